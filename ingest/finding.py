"""Finds the papers under files and folders, and tells which of them need reading.

A paper is read anew when its bytes change, and also when what reads it does. That is remembered
as one line, its reader: the fingerprint of the code, after "+" a mark of what a clerk says of it,
after "/" what became of its scanned pages: the OCR that read them, or UNREAD.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from ingest.keeping import Held, Stamp
from ingest.overrides import SUFFIX, Given, mark_of, sidecar_of
from ingest.reading import SUFFIXES

UNREAD = "unread"
"""What became of the scanned pages of a paper that was read without OCR."""


class NothingThere(Exception):
    """A path that was asked for does not exist."""


@dataclass(frozen=True, slots=True)
class Readers:
    """How papers would be read now."""

    fingerprint: str
    """Of the code (see reader_fingerprint)."""
    ocr: str = ""
    """What reads scanned pages; "" for nothing."""
    given: Mapping[str, Given] = field(default_factory=dict)
    """What the command line has said of papers, by source."""

    def reader_of(self, path: Path) -> str:
        """Return what would read a paper, its scanned pages left aside."""
        mark = mark_of(path, self.given.get(path.as_posix(), {}))
        return f"{self.fingerprint}+{mark}" if mark else self.fingerprint

    def is_up_to_date(self, path: Path, reader: str) -> bool:
        """Tell whether a paper that reader has read would be read no better now.

        Text that OCR once read is kept where the OCR is gone.
        """
        plain, _, scans = reader.partition("/")
        return plain == self.reader_of(path) and (not scans or not self.ocr or scans == self.ocr)


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
    stray: tuple[Path, ...] = ()
    """Sidecars in the given folders that belong to no paper."""


def find(paths: Sequence[Path], held: Mapping[str, Held], readers: Readers) -> Found:
    """Compare files and folders with what is held.

    Args:
        paths: files, taken whatever their suffix, and folders, searched for SUFFIXES.
        held: what the library knows, by source.
        readers: how papers would be read now.

    Raises:
        NothingThere: a path does not exist.
    """
    to_read: list[Path] = []
    unchanged: list[str] = []
    restamped: dict[str, Stamp] = {}
    seen: set[str] = set()
    papers = papers_under(paths)
    for path in papers:
        source = path.as_posix()
        seen.add(source)
        known = held.get(source)
        stamp = _same_bytes(path, known) if known else None
        if known is None or stamp is None or not readers.is_up_to_date(path, known.reader):
            to_read.append(path)
            continue
        unchanged.append(source)
        if stamp.modified_ns != known.modified_ns:
            restamped[source] = stamp
    missing = sorted(source for source in held.keys() - seen if _lies_under(source, paths))
    named = {path.absolute() for path in paths}
    folders = {paper.parent for paper in papers if paper not in named}
    stray = (sidecar for folder in sorted(folders) for sidecar in _stray_in(folder))
    return Found(tuple(to_read), tuple(unchanged), restamped, tuple(missing), tuple(stray))


def papers_under(paths: Sequence[Path]) -> list[Path]:
    """Return the absolute paths of the papers under files and folders, each once.

    A file is taken whatever its suffix; where it is a sidecar, its paper is taken instead.

    Raises:
        NothingThere: a path does not exist.
    """
    roots = [_existing(path) for path in paths]
    return list(dict.fromkeys(_files_under(roots)))


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


def _same_bytes(path: Path, known: Held) -> Stamp | None:
    """Return a file's present stamp if its bytes are those that are known."""
    try:
        stamp = stamp_of(path, known.reader)
        same = (stamp.size, stamp.modified_ns) == (known.size, known.modified_ns)
        if same or (stamp.size == known.size and digest(path) == known.sha256):
            return stamp
    except OSError:
        pass  # gone or locked since it was listed: who reads it will say so
    return None


def _files_under(roots: Sequence[Path]) -> Iterator[Path]:
    """Yield files in a stable order; a folder that links to one above it is not entered again."""
    for root in roots:
        if root.is_file():
            paper = root.with_suffix("")
            yield paper if sidecar_of(paper) == root and paper.is_file() else root
        else:
            yield from _papers_in(root, (root.resolve(),))


def _papers_in(folder: Path, above: tuple[Path, ...]) -> Iterator[Path]:
    for each in _entries(folder):
        if each.name.startswith((".", "~$")):
            continue
        if each.is_dir():
            real = each.resolve()
            if real not in above:
                yield from _papers_in(each, (*above, real))
        elif _has_suffix(each) and each.is_file():
            yield each


def _stray_in(folder: Path) -> Iterator[Path]:
    """Yield sidecars that belong to no paper of their folder.

    They are named for a paper that is not there, or for one without its suffix ("minutes.toml"
    beside "minutes.pdf"), and what they say would be missed in silence.
    """
    here = {each.name for each in _entries(folder)}
    stems = {Path(name).stem for name in here if _has_suffix(Path(name))}
    for name in sorted(here):
        meant = Path(name).stem
        if name.endswith(SUFFIX) and meant not in here and (meant in stems or _has_suffix(meant)):
            yield folder / name


def _has_suffix(name: str | Path) -> bool:
    return Path(name).suffix.casefold() in SUFFIXES


def _entries(folder: Path) -> list[Path]:
    """Return what lies in a folder, by name."""
    return sorted(folder.iterdir())


def _lies_under(source: str, paths: Sequence[Path]) -> bool:
    return any(Path(source).is_relative_to(path.absolute()) for path in paths)
