"""Finds the papers under files and folders, and tells which of them need reading."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from ingest.keeping import Held, Stamp
from ingest.reading import SUFFIXES


class NothingThere(Exception):
    """A path that was asked for does not exist."""


@dataclass(frozen=True, slots=True)
class Found:
    """What lies under the given paths, against what the library holds."""

    to_read: tuple[Path, ...]
    """New and changed papers, and those that an older reader read."""
    unchanged: tuple[str, ...]
    """Sources held as they are on disk (or that failed, and would fail again)."""
    restamped: Mapping[str, Stamp]
    """Of the unchanged, those with a new date on disk but the same bytes."""
    missing: tuple[str, ...]
    """Sources held from under these paths that are on disk no more."""


def find(paths: Sequence[Path], held: Mapping[str, Held], reader: str) -> Found:
    """Compare files and folders with what is held.

    Args:
        paths: files, taken whatever their suffix, and folders, searched for SUFFIXES.
        held: what the library knows, by source.
        reader: fingerprint of the present reader.

    Raises:
        NothingThere: a path does not exist.
    """
    roots = [_existing(path) for path in paths]
    to_read: list[Path] = []
    unchanged: list[str] = []
    restamped: dict[str, Stamp] = {}
    seen: set[str] = set()
    for path in _papers_under(roots):
        source = path.as_posix()
        if source in seen:
            continue
        seen.add(source)
        stamp = stamp_of(path, reader)
        known = held.get(source)
        if known is None or known.reader != reader:
            to_read.append(path)
        elif (known.size, known.modified_ns) == (stamp.size, stamp.modified_ns):
            unchanged.append(source)
        elif known.size == stamp.size and digest(path) == known.sha256:
            unchanged.append(source)
            restamped[source] = stamp
        else:
            to_read.append(path)
    missing = sorted(source for source in held.keys() - seen if _lies_under(source, roots))
    return Found(tuple(to_read), tuple(unchanged), restamped, tuple(missing))


def stamp_of(path: Path, reader: str) -> Stamp:
    """Return a file's identity on disk."""
    stat = path.stat()
    return Stamp(stat.st_size, stat.st_mtime_ns, reader)


def digest(path: Path) -> str:
    """Return the SHA-256 of a file's bytes, read piece by piece."""
    total = sha256()
    with path.open("rb") as file:
        while piece := file.read(1 << 20):
            total.update(piece)
    return total.hexdigest()


def _existing(path: Path) -> Path:
    absolute = path.absolute()
    if not absolute.exists():
        raise NothingThere(f"{path} does not exist: check the path, or the drive it is on")
    # Not resolve(): a council's share keeps the name it is known by, links and all.
    return absolute


def _papers_under(roots: Sequence[Path]) -> Iterator[Path]:
    """Yield files in a stable order; a folder that links to one above it is not entered again."""
    for root in roots:
        if root.is_file():
            yield root
        else:
            yield from _papers_in(root, (root.resolve(),))


def _papers_in(folder: Path, above: tuple[Path, ...]) -> Iterator[Path]:
    for each in sorted(folder.iterdir()):
        if each.name.startswith((".", "~$")):
            continue
        if each.is_dir():
            real = each.resolve()
            if real not in above:
                yield from _papers_in(each, (*above, real))
        elif each.suffix.casefold() in SUFFIXES and each.is_file():
            yield each


def _lies_under(source: str, roots: Sequence[Path]) -> bool:
    return any(Path(source).is_relative_to(root) for root in roots)
