"""Puts paragraphs into one text with its pages, blocks and origins."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from ingest.cleaning.pieces import NOWHERE, Paragraph, Piece
from ingest.cleaning.tables.joined import Written, tables_of
from ingest.paper import Block, CleanText, Origins, OutlineEntry, Page, no_origins


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page as its file has it, before its text is known."""

    number: int
    label: str | None = None
    scanned: bool = False
    ocr: float | None = None


ONE_LEAF = (Leaf(1),)
"""The page of a format without pages."""


def assemble(
    paragraphs: Iterable[Paragraph],
    leaves: Sequence[Leaf],
    *,
    paged: bool,
    outline: Sequence[OutlineEntry] = (),
    title: str | None = None,
) -> CleanText:
    """Return the paper's text: paragraphs in order, a line break between each two.

    Args:
        paragraphs: in reading order; their pages never go back.
        leaves: every page of the paper, in order, also those without text.
        paged: whether the format has pages.
        outline: the paper's bookmarks.
        title: what its metadata gives.
    """
    pieces, written = _laid_out(paragraphs)
    text = "".join(piece.text for piece in pieces)
    return CleanText(
        text=text,
        pages=_pages(text, pieces, leaves),
        blocks=tuple(block for _, block in written),
        origins=_origins(pieces),
        paged=paged,
        outline=tuple(outline),
        title=title,
        tables=tables_of(written, text),
    )


def _laid_out(paragraphs: Iterable[Paragraph]) -> tuple[list[Piece], list[Written]]:
    """Return all pieces, line breaks among them, and each paragraph with its block."""
    pieces: list[Piece] = []
    written: list[Written] = []
    position = 0
    for paragraph in paragraphs:
        if not _says_anything(paragraph):
            continue
        length = sum([len(piece.text) for piece in paragraph.pieces])
        if written:
            pieces.append(Piece("\n", pieces[-1].page))
            position += 1
        pieces.extend(paragraph.pieces)
        block = Block(paragraph.role, position, position + length, paragraph.level)
        written.append((paragraph, block))
        position += length
    return pieces, written


def _says_anything(paragraph: Paragraph) -> bool:
    """Tell whether a paragraph has any letter or digit; a rule of dashes or dots has none."""
    return any(map(str.isalnum, paragraph.text))


def _pages(text: str, pieces: Sequence[Piece], leaves: Sequence[Leaf]) -> tuple[Page, ...]:
    """Cut the text where a piece of a later page begins."""
    starts: dict[int, int] = {}
    position = 0
    for piece in pieces:
        starts.setdefault(piece.page, position)
        position += len(piece.text)
    pages: list[Page] = []
    end = len(text)
    for leaf in reversed(leaves):
        # A page without text starts, and ends, where the next one starts.
        start = starts.get(leaf.number, end) if leaf is not leaves[0] else 0
        words = text[start:end]
        pages.append(Page(leaf.number, leaf.label, start, words, leaf.scanned, leaf.ocr))
        end = start
    return tuple(reversed(pages))


def _origins(pieces: Sequence[Piece]) -> Origins:
    """Return a row for each run of characters that stands unbroken on its page."""
    rows: list[tuple[int, int, int, int]] = []
    position = 0
    for piece in pieces:
        length = len(piece.text)
        if piece.raw != NOWHERE and length:
            if rows and _continues(rows[-1], position, piece):
                start, run, page, raw = rows[-1]
                rows[-1] = (start, run + length, page, raw)
            else:
                rows.append((position, length, piece.page, piece.raw))
        position += length
    return np.array(rows, dtype=np.int32) if rows else no_origins()


def _continues(row: tuple[int, int, int, int], position: int, piece: Piece) -> bool:
    """Tell whether piece goes on, in the text and on the page, where row ends."""
    start, run, page, raw = row
    return start + run == position and page == piece.page and raw + run == piece.raw
