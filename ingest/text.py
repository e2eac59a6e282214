"""A paper's text and its places: pages, blocks, tables, and where each character was printed.

Everything here is a frozen value, and the module imports nothing of ours. The text is one string; a
page and a block are spans of it, in characters, end-exclusive.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

Origins = NDArray[np.int32]
"""(n, 4) rows of start, length, page, raw start, ascending by start: characters
[start, start + length) of the paper's text are characters [raw start, raw start + length) of that
page's text layer (pdfium's numbering). Characters outside every row were put in by cleaning (a
space between two lines). Shape (0, 4) where a format has no text layer."""


Span = tuple[int, int]
"""Characters of a text, end-exclusive."""


def no_origins() -> Origins:
    """Return the origins of a paper whose format has no text layer."""
    return np.zeros((0, 4), dtype=np.int32)


class BlockRole(StrEnum):
    """What a block of text is on its page."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list item"
    TABLE_ROW = "table row"


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """One bookmark of a paper: depth from 0, page from 1."""

    title: str
    page: int
    depth: int


@dataclass(frozen=True, slots=True)
class Page:
    """One page's part of the paper's text: text[start : start + len(text)] of the whole.

    The pages' texts, joined with nothing between, are the paper's text.
    """

    number: int
    label: str | None
    start: int
    text: str
    scanned: bool = False
    """Without a text layer, or nearly so, though something is drawn on it."""
    ocr: float | None = None
    """Mean confidence, 0 to 1, of the OCR that read the page; None where none did."""

    @property
    def end(self) -> int:
        """Where the page ends in the paper's text."""
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, paragraph, list entry or table row: one span of the paper's text.

    Blocks are in order, do not overlap, hold no line break, and are separated by line breaks.
    """

    role: BlockRole
    start: int
    end: int
    level: int = 0
    """Of a heading: 1 the largest. Of a list entry: its nesting, from 0."""


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row of a table under its heads."""

    block: int
    """Which of the paper's blocks it is."""
    cells: tuple[tuple[int, int] | None, ...]
    """For each column the cell's span of the paper's text, or None where there is nothing. One
    label beside several rows is the first cell of each of them."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table as a clerk understands it, over page ends too."""

    caption: str | None
    """The heading or line above it that says what it shows."""
    heads: tuple[str, ...]
    """What each column is called, "" where nothing says so; as many as any row has cells."""
    rows: tuple[TableRow, ...]
    """Without the rows that hold the heads."""


@dataclass(frozen=True, slots=True)
class CleanText:
    """A paper as a clerk would type it out anew: no running heads, whole paragraphs."""

    text: str
    pages: tuple[Page, ...]
    blocks: tuple[Block, ...]
    origins: Origins = field(default_factory=no_origins)
    paged: bool = True
    """False where the format has no pages (HTML, Word, text): then there is one page, number 1."""
    outline: tuple[OutlineEntry, ...] = ()
    title: str | None = None
    """What the file's metadata gives as its title, if anything sensible."""
    tables: tuple[Table, ...] = ()
    """Those whose columns are known, in order; each row is a block of role TABLE_ROW."""

    def page_at(self, position: int) -> int:
        """Return the number of the page that holds the character at position."""
        after = bisect_right(self.pages, position, key=lambda page: page.start)
        return self.pages[max(0, after - 1)].number
