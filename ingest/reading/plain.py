"""Reads plain text: hard-wrapped, double-spaced or one line a paragraph; form feeds end pages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ingest.cleaning.assembling import Leaf, assemble
from ingest.cleaning.characters import clean_text
from ingest.cleaning.furniture import is_stamp
from ingest.cleaning.typed import Typed, rebuilt, spaced
from ingest.paper import CleanText
from ingest.reading.decoding import decoded


def read_plain(path: Path, content: bytes) -> CleanText:
    """Return the paper's text; path only serves the other readers' errors."""
    sheets = decoded(content).strip("\f").split("\f")
    paged = len(sheets) > 1
    lines = [
        line
        for number, sheet in enumerate(sheets, start=1)
        for line in typed_lines(sheet, number)
        if not (paged and is_stamp(line.text))
    ]
    leaves = [Leaf(number) for number in range(1, len(sheets) + 1)]
    return assemble(rebuilt(lines), leaves, paged=paged)


def typed_lines(text: str, page: int) -> Iterator[Typed]:
    """Yield the lines of text that say anything."""
    after_blank = False
    for line in text.split("\n"):
        cleaned = clean_text(line)
        if cleaned:
            yield Typed(spaced(cleaned), page, after_blank)
        after_blank = not cleaned
