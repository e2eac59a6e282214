"""Writes to a library on a disk that is full, or may not be written, and tells what came of it.

python -m tests.search.disks full FOLDER does so in a name space of its own, where it mounts small
disks upon FOLDER; python -m tests.search.disks shut LIBRARY reads and writes as an account without
rights there. Each prints a line of JSON.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from search.access import Access
from search.checking import check
from search.errors import LibraryMissing, SearchError
from search.generation import open_view
from search.library import Library
from search.store.faults import faults_named
from tests.search.factory import embedded, paper

NOBODY = 65534

SIZES_KIB = (500, 700, 900)
"""Of the disks that fill up: each at another moment of writing, the first before there is a library
at all."""


def write(folder: Path, papers: int = 100) -> None:
    """Read so many papers in, exempt ones too, and remove some."""
    with Library.create_or_open(folder, "hash", 64) as library:
        for number in range(papers):
            said = [f"Lido {number} {part}. {'Towels cost two pounds. ' * 30}" for part in range(5)]
            made = paper(said, source=f"/papers/{number}.md")
            if number % 3 == 2:
                made = replace(made, exempt=True, closed=((0, len(made.text.text)),))
            library.keep(embedded(made))
            if number % 5 == 4:
                library.forget([f"/papers/{number - 1}.md"])


def told(folder: Path, do: Callable[[], object]) -> str:
    """Return what an attempt is refused with, "" where it is not."""
    try:
        with faults_named(folder):
            do()
    except SearchError as error:
        return type(error).__name__
    return ""


def fill_up(place: Path) -> dict[str, list[str]]:
    """Fill small disks up; return what that was refused with, and what came of it in this process.

    That is, once there is room again: what is wrong with the library, and what the next writing is
    refused with.
    """
    found: dict[str, list[str]] = {"full": [], "faults": [], "next": []}
    folder = place / "library"
    for size in SIZES_KIB:
        mount("-t", "tmpfs", "-o", f"size={size}k", "tmpfs", str(place))
        found["full"].append(told(folder, lambda: write(folder)))
        mount("-o", "remount,size=100m", str(place))
        with suppress(LibraryMissing):
            open_view(folder, Access.EXEMPT).close()  # what was left half done is done now
            found["faults"] += [each.what for each in check(folder)]
        found["next"].append(told(folder, lambda: write(folder, 3)))
        subprocess.run(["umount", str(place)], check=True)
    return found


def mount(*arguments: str) -> None:
    subprocess.run(["mount", *arguments], check=True)


def shut_out(folder: Path) -> list[str]:
    """Read and write without the right to; return what each attempt is refused with."""
    with suppress(PermissionError):  # whoever is no administrator has no more rights than nobody
        os.setegid(NOBODY)
        os.seteuid(NOBODY)
    attempts = [
        lambda: open_view(folder).close(),
        lambda: Library.open(folder).close(),
        lambda: Library.create_or_open(folder / "new", "hash", 64).close(),
    ]
    return [told(folder, each) for each in attempts]


def main() -> None:
    place = Path(sys.argv[2])
    print(json.dumps(fill_up(place) if sys.argv[1] == "full" else shut_out(place)))


if __name__ == "__main__":
    main()
