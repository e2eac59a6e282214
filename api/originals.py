"""The original of a paper, given out only while it is what was read."""

from __future__ import annotations

import os
from codecs import getincrementaldecoder
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import BinaryIO
from urllib.parse import quote

from search.holdings import SourceFile

PIECE = 1 << 20
"""Bytes read at a time."""

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

NOTHING_RUNS = "default-src 'none'; frame-ancestors 'none'; sandbox"
"""For everything but PDF, whose viewers in browsers are plug-ins that a sandbox keeps out."""

PDF_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; frame-ancestors 'none'"
)
"""What browsers' own viewers of PDFs need, and no more."""


class OriginalChanged(Exception):
    """The file is gone, or no longer the one that was read: its pages may not be those cited."""

    def __init__(self, name: str, reason: str) -> None:
        """Name the file and say what became of it."""
        super().__init__(f"the file {name} {reason}: ingest its folder again, and ask anew")


@dataclass(frozen=True, slots=True)
class Original:
    """An open original, and the headers that go with it."""

    opened: BinaryIO
    headers: dict[str, str]

    def pieces(self) -> Iterator[bytes]:
        """Yield its bytes, and close it."""
        with self.opened:
            while piece := self.opened.read(PIECE):
                yield piece

    def close(self) -> None:
        """Close it unread."""
        self.opened.close()


def open_original(file: SourceFile) -> Original:
    """Open the original of a paper.

    What is checked is what is sent: one open file is read for both, so that a file put in its
    place meanwhile changes nothing.

    Raises:
        OriginalChanged: the file is gone, or its SHA-256 is not the one that was read.
    """
    try:
        opened = file.path.open("rb")
    except OSError as exc:
        raise OriginalChanged(file.path.name, "is not where it was read") from exc
    digest, utf8 = _look_through(opened)
    if digest != file.sha256:
        opened.close()
        raise OriginalChanged(file.path.name, "has changed since it was read")
    opened.seek(0)
    length = os.fstat(opened.fileno()).st_size
    return Original(opened, _headers(file, length, utf8))


def _look_through(opened: BinaryIO) -> tuple[str, bool]:
    """Return the SHA-256 of a file, and whether it is UTF-8 throughout."""
    digest, decoder, utf8 = sha256(), getincrementaldecoder("utf-8")(), True
    while piece := opened.read(PIECE):
        digest.update(piece)
        if utf8:
            try:
                decoder.decode(piece)
            except UnicodeDecodeError:
                utf8 = False
    return digest.hexdigest(), utf8


def _headers(file: SourceFile, length: int, utf8: bool) -> dict[str, str]:
    # HTML goes out as plain text: what a council's web page would run, it does not run here.
    text = f"text/plain; charset={'utf-8' if utf8 else 'windows-1252'}"
    kind = {"pdf": "application/pdf", "word": WORD}.get(file.format, text)
    shown = "attachment" if file.format == "word" else "inline"
    return {
        "Content-Type": kind,
        "Content-Length": str(length),
        "Content-Disposition": f"{shown}; filename*=UTF-8''{quote(file.path.name, safe='')}",
        "Content-Security-Policy": PDF_POLICY if file.format == "pdf" else NOTHING_RUNS,
        "Cache-Control": "private, no-cache",
        "ETag": f'"{file.sha256}"',
    }
