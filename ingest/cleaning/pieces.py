"""The values that cleaning works on: pieces of text, printed lines, paragraphs being put together.

A piece remembers where on its page it came from, so that whatever cleaning drops, joins or moves,
each character that stays can still be found on the page.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ingest.paper import BlockRole

NOWHERE = -1
"""The raw start of a piece that no text layer holds."""


class Piece(NamedTuple):
    """A run of characters of one page: text[i] is character raw + i of the page's text layer."""

    text: str
    page: int
    """From 1."""
    raw: int = NOWHERE
    """Its first character in the page's text layer; NOWHERE where cleaning put it in."""

    def cut(self, start: int, end: int) -> Piece:
        """Return characters start to end of it."""
        if start == 0 and end >= len(self.text):
            return self
        raw = self.raw if self.raw == NOWHERE else self.raw + start
        return Piece(self.text[start:end], self.page, raw)


Pieces = tuple[Piece, ...]


def text_of(pieces: Iterable[Piece]) -> str:
    """Return what the pieces say."""
    return "".join([piece.text for piece in pieces])


def cut(pieces: Sequence[Piece], start: int, end: int) -> Pieces:
    """Return characters start to end of the pieces' joint text."""
    kept = []
    position = 0
    for piece in pieces:
        first, last = max(start - position, 0), min(end - position, len(piece.text))
        if first < last:
            kept.append(piece.cut(first, last))
        position += len(piece.text)
    return tuple(kept)


class Line(NamedTuple):
    """One printed line with what layout tells of it; lengths in points, upright page."""

    pieces: Pieces
    text: str
    left: float
    right: float
    base: float
    """Height of its baseline above the page's foot."""
    size: float
    """Height of its letters, ascent to descent."""
    bold: bool
    """From its first character to its last."""
    cells: tuple[tuple[int, float], ...] = ()
    """Where a new cell begins after a gap much wider than a space: in text, and from the left."""
    words: tuple[tuple[int, float, float], ...] = ()
    """Where each word begins in text, and its left and right side; empty where that is unknown."""

    @property
    def page(self) -> int:
        """Number of its page."""
        return self.pieces[0].page


class Rule(NamedTuple):
    """A ruled line of a page, as long as it runs; points from the lower left, upright page."""

    across: bool
    """From left to right; else from foot to head."""
    at: float
    """Its height if it runs across, else how far it stands from the left."""
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page's lines in the order in which its file draws them."""

    number: int
    height: float
    width: float
    lines: tuple[Line, ...]
    rules: tuple[Rule, ...] = ()


CellSpans = tuple[tuple[int, int] | None, ...]
"""For each column of a table its cell's span in a row's text, or None where there is none."""


@dataclass(frozen=True, slots=True)
class Row:
    """How a paragraph that is a table row divides into cells."""

    table: int
    """Rows with the same number are of the same table."""
    cells: CellSpans
    head: bool = False
    """It names the columns."""
    goes_on: bool = False
    """Its first cell is that of the row before: one label beside several rows, or a row that a
    page's end divides."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A block before it has its place in the paper's text."""

    role: BlockRole
    pieces: Pieces
    level: int = 0
    fills: bool = False
    """Its last line reaches the margin, so that it may go on over the page's end."""
    row: Row | None = None
    """Its cells, where it is a row of a table whose columns are known."""

    @property
    def text(self) -> str:
        """Return what it says."""
        return text_of(self.pieces)
