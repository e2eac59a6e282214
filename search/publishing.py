"""Tells readers which generation of the library is complete.

A small file in the library's folder names it; the file is away while the indexes are being brought
up, and carries a random mark, so that a reader who finds the same file before and after opening
the parts knows that they belong together.
"""

from __future__ import annotations

import json
import os
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path

PUBLISHED = "published.json"


@dataclass(frozen=True, slots=True)
class Published:
    """One completed generation."""

    generation: int
    mark: str
    """Random: no two publications are equal."""
    last: int
    """The highest number that a passage had been given: those of later ones are above it."""


def publish(folder: Path, generation: int, last: int) -> None:
    """Tell that papers and indexes are all of this generation."""
    published = Published(generation, secrets.token_hex(8), last)
    write_whole(folder / PUBLISHED, json.dumps(asdict(published)).encode())


def withdraw(folder: Path) -> None:
    """Tell that the indexes are being written to."""
    (folder / PUBLISHED).unlink(missing_ok=True)


def published(folder: Path) -> Published | None:
    """Return what is published; None while the indexes are being brought up, or after a crash."""
    try:
        return Published(**json.loads((folder / PUBLISHED).read_bytes()))
    except (OSError, ValueError, TypeError):
        return None


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that a reader, or a crash, finds the old or the new one, never a part."""
    aside = path.with_name(f"{path.name}.tmp")
    with aside.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    swap_in(aside, path)


def swap_in(aside: Path, path: Path) -> None:
    """Put a finished file in the place of another, and make the exchange last."""
    aside.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
