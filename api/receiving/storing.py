"""Where papers that were sent are kept: under the council's folder, with what was said of them.

UploadRefused  one file cannot be taken; the others still can
"""

from __future__ import annotations

import json
import re
import tomllib
import unicodedata
from collections.abc import Mapping
from datetime import date
from pathlib import Path, PureWindowsPath

from ingest.errors import IngestError
from ingest.finding import papers_under
from ingest.overrides import SUFFIX, sidecar_of
from ingest.paper import paper_id
from ingest.reading import SUFFIXES, format_of

SUFFIX_OF = {
    "pdf": ".pdf",
    "word": ".docx",
    "html": ".html",
    "markdown": ".md",
    "text": ".txt",
}
"""What a file is called that came without a suffix by which a walk through folders finds it."""

LONGEST_NAME = 150
"""Bytes of a file's name; file systems take 255, and a sidecar's is longer than its paper's."""

_UNSAFE = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]+')
"""What one file system or another does not take in a name."""


class UploadRefused(Exception):
    """A file that was sent is not taken."""

    def __init__(self, name: str, reason: str) -> None:
        """Name the file, and say why."""
        super().__init__(f"{name}: {reason}")
        self.name = name
        self.reason = reason


def place_of(folder: Path, body: str, day: date | None) -> Path:
    """Return the folder of a meeting's papers: agendas of all meetings are called alike."""
    parts = [_clean(body), day.isoformat() if day else ""]
    return folder.joinpath(*(each for each in parts if each))


def name_of(sent: str, content: bytes) -> str:
    """Return what a file will be called, judged by what is in it.

    Args:
        sent: its name where it came from, perhaps with folders of that machine.
        content: all of it.

    Raises:
        UploadRefused: it is no paper.
    """
    name = _clean(PureWindowsPath(sent).name)
    if not name:
        raise UploadRefused("a file", "it has no name: give it one and send it again")
    if name.casefold().endswith(SUFFIX):
        reason = "it is a sidecar: say what it says in the form, and send the paper itself"
        raise UploadRefused(name, reason)
    path = Path(name)
    try:
        form = format_of(path, content)
    except IngestError as error:
        raise UploadRefused(name, f"{error.reason}. {error.advice}") from error
    suffix = path.suffix if path.suffix.casefold() in SUFFIXES else SUFFIX_OF[form]
    stem = name.removesuffix(suffix).encode()[: LONGEST_NAME - len(suffix)]
    return stem.decode(errors="ignore") + suffix


def store(
    place: Path, sent: str, content: bytes, said: Mapping[str, object], *, replace: bool
) -> Path:
    """Keep a file and what was said of it; return where it lies.

    Where a paper is replaced, what was said of it before holds unless something else is said now:
    an exempt paper must not come open by being sent again.

    Args:
        place: its folder, made where it is missing.
        sent: its name where it came from.
        content: all of it.
        said: what a sidecar may say, by name of fact: texts, and whether it is exempt.
        replace: put it in the place of a paper of the same name.

    Raises:
        UploadRefused: it is no paper, or there is one of this name and replace is not set.
        OSError: the folder cannot be written.
    """
    name = name_of(sent, content)
    place.mkdir(parents=True, exist_ok=True)
    paper = (place / name).absolute()
    new = _claim(paper)
    if not new and not replace:
        raise UploadRefused(
            name,
            "there is a paper of this name already: tick “Replace” to put this one in its place, "
            "or give this one another name",
        )
    try:
        # Before the paper: nobody must read it without knowing that it is exempt.
        _settle(paper, said)
        _write(paper, content)
    except BaseException:
        if new:
            paper.unlink(missing_ok=True)
        raise
    return paper


def stored(folder: Path) -> dict[str, Path]:
    """Return the papers under a folder by their ids, those that came last first."""
    if not folder.is_dir():
        return {}
    papers = sorted(papers_under([folder]), key=lambda each: (-_age(each), each))
    return {paper_id(each.as_posix()): each for each in papers}


def discard(folder: Path, paper: Path) -> None:
    """Remove a paper's file, what was said of it, and the folders that it leaves empty.

    Raises:
        OSError: they cannot be removed.
    """
    paper.unlink(missing_ok=True)
    sidecar_of(paper).unlink(missing_ok=True)
    for above in paper.parents:
        if above == folder.absolute() or any(above.iterdir()):
            break
        above.rmdir()


def sidecar_text(said: Mapping[str, object]) -> str:
    """Return the text of a sidecar: texts as TOML writes them, which JSON does nearly alike."""
    lines = (f"{name} = {json.dumps(value, ensure_ascii=False)}\n" for name, value in said.items())
    return "".join(lines).replace("\x7f", "\\u007f")


def _claim(paper: Path) -> bool:
    """Take a name by an empty file; return False where there is a file of that name."""
    try:
        paper.open("xb").close()
    except FileExistsError:
        return False
    return True


def _settle(paper: Path, said: Mapping[str, object]) -> None:
    """Write down what is said of a paper, added to what was said before."""
    if not said:
        return
    sidecar = sidecar_of(paper)
    try:
        before = tomllib.loads(sidecar.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        before = {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as exc:
        reason = f"what was said of it before, in {sidecar.name}, cannot be read: mend that first"
        raise UploadRefused(paper.name, reason) from exc
    # TOML has days of its own; a text of the same day says as much.
    known = {
        name: value if isinstance(value, bool) else str(value) for name, value in before.items()
    }
    _write(sidecar, sidecar_text({**known, **said}).encode())


def _write(file: Path, content: bytes) -> None:
    """Put a file in its place whole: who reads it meanwhile reads the one before."""
    part = file.with_name(f".{file.name}.part")
    try:
        part.write_bytes(content)
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)


def _clean(name: str) -> str:
    """Return a name of a file or folder as any file system takes it, "" where nothing is left."""
    text = _UNSAFE.sub("-", unicodedata.normalize("NFC", name))
    text = " ".join(text.split()).removeprefix("~$").strip(". ")
    return text.encode()[:LONGEST_NAME].decode(errors="ignore") if len(text) < 1_000 else ""


def _age(file: Path) -> int:
    try:
        return file.stat().st_mtime_ns
    except OSError:  # gone since it was listed
        return 0
