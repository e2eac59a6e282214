"""Makes printed lines of what OCR sees on the picture of a page, as layout wants them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from math import sqrt
from statistics import median

import pypdfium2 as pdfium

from ingest.cleaning.characters import clean_pieces
from ingest.cleaning.pieces import Line, Piece, Sheet, text_of
from ingest.cleaning.starts import only_marker
from ingest.cleaning.tables.rows import LONGEST_CELL, SAME_ROW, beside
from ingest.reading.ocr import LONGEST_SIDE, ReadLine, read_image

DOTS_PER_INCH = 200
"""At which pages are drawn: ten-point letters are then some 25 dots high."""
MOST_DOTS = 6_000_000
"""Of a drawn page, for which the engine takes some 1.3 GB; A4 has 3.9 million, and what is larger
than A4 is drawn coarser."""
ALIKE = 0.3
"""Boxes whose heights differ by this share of the usual one hold letters of the same size: a line
without a "p" or a "d" is only boxed lower."""
MOST_SCALED = 1.4
"""Letters that are higher or lower than the paper's by this factor are another size."""
BELOW_MIDDLE = 0.28
"""Of a line's height: how far its baseline stands below its middle."""
COLUMN_LINES = 6
"""Lines on either side of a gap from which it may part two columns."""


def read_page(page: pdfium.PdfPage, number: int) -> tuple[Sheet, float] | None:
    """Return the lines in the picture of a page, and the engine's mean confidence, 0 to 1.

    None where there is no text in it. Number counts from 1.
    """
    width, height = page.get_size()
    scale = _scale(width, height)
    bitmap = page.render(scale=scale)
    try:
        read = read_image(bitmap.to_numpy()[:, :, :3].copy())
    finally:
        bitmap.close()
    lines = in_reading_order(list(_lines(read, number, height, scale)), width)
    if not lines:
        return None
    characters = sum(len(each.text) for each in read)
    confidence = sum(each.confidence * len(each.text) for each in read) / max(1, characters)
    return Sheet(number, height, width, tuple(lines)), min(1.0, max(0.0, confidence))


def fitted(sheets: Sequence[Sheet], seen: Collection[int]) -> list[Sheet]:
    """Return a paper's sheets, the letters on those that OCR read as high as on the others.

    A box around letters is a little higher than they are, and a page whose letters are all a
    little higher would be one of headings.

    Args:
        sheets: all pages.
        seen: numbers of those that OCR read.
    """
    printed = [line for sheet in sheets if sheet.number not in seen for line in sheet.lines]
    every = printed or [line for sheet in sheets for line in sheet.lines]
    if not every:
        return list(sheets)
    usual = median(line.size for line in every)
    return [_scaled(sheet, usual) if sheet.number in seen else sheet for sheet in sheets]


def _scaled(sheet: Sheet, usual: float) -> Sheet:
    """Return the sheet with its letters usual points high, if they were nearly so."""
    if not sheet.lines:
        return sheet
    ratio = usual / median(line.size for line in sheet.lines)
    if not 1 / MOST_SCALED < ratio < MOST_SCALED:
        return sheet
    return replace(
        sheet, lines=tuple(line._replace(size=ratio * line.size) for line in sheet.lines)
    )


def _scale(width: float, height: float) -> float:
    """Return how many dots to draw for each point of a page of this size."""
    width, height = max(width, 1.0), max(height, 1.0)
    dots = sqrt(MOST_DOTS / (width * height))
    return min(DOTS_PER_INCH / 72, dots, LONGEST_SIDE / max(width, height))


def _lines(read: Sequence[ReadLine], page: int, height: float, scale: float) -> Iterator[Line]:
    """Yield the lines as layout wants them: in points, from the page's foot."""
    if not read:
        return
    usual = median(each.bottom - each.top for each in read)
    for each in read:
        pieces = clean_pieces([Piece(each.text, page)])
        if not pieces:
            continue
        tall = each.bottom - each.top
        size = (usual if abs(tall - usual) < ALIKE * usual else tall) / scale
        middle = height - (each.top + each.bottom) / 2 / scale
        yield Line(
            pieces=pieces,
            text=text_of(pieces),
            left=each.left / scale,
            right=each.right / scale,
            base=middle - BELOW_MIDDLE * size,
            size=size,
            bold=False,
        )


def in_reading_order(lines: Sequence[Line], width: float) -> list[Line]:
    """Return lines from the head down, row by row; of two columns of prose the left one first.

    Args:
        lines: of one page.
        width: of the page, in points.
    """
    rows = _by_rows(lines)
    gutter = _gutter(rows, width)
    if gutter is None:
        return rows
    ordered: list[Line] = []
    left: list[Line] = []
    right: list[Line] = []
    for line in rows:
        if line.left < gutter < line.right:  # a heading over both columns
            ordered += [*left, *right, line]
            left, right = [], []
        else:
            (left if line.right <= gutter else right).append(line)
    return [*ordered, *left, *right]


def _by_rows(lines: Sequence[Line]) -> list[Line]:
    """Sort lines from the head down, and from the left within a row; a row's baselines are one."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda each: (-each.base, each.left)):
        if rows and rows[-1][0].base - line.base < SAME_ROW * min(line.size, rows[-1][0].size):
            rows[-1].append(line._replace(base=rows[-1][0].base))
        else:
            rows.append([line])
    return [line for row in rows for line in _numbered(sorted(row, key=lambda each: each.left))]


def _numbered(row: Sequence[Line]) -> Iterator[Line]:
    """Yield a row's lines from the left, a number or bullet together with what it opens."""
    before: Line | None = None
    for line in row:
        if before is not None:
            # Their boxes may touch or overlap, though a space is between them.
            end = min(before.right, line.left - line.size / 2)
            line = beside(before._replace(right=end), line)
        before = line if only_marker(line.text) else None
        if before is None:
            yield line
    if before is not None:
        yield before


def _gutter(lines: Sequence[Line], width: float) -> float | None:
    """Return where two columns of prose part, from the left; the cells of a table are shorter."""
    for share in (0.5, 0.48, 0.52, 0.45, 0.55, 0.4, 0.6):
        middle = share * width
        sides = (
            [line for line in lines if line.right <= middle],
            [line for line in lines if line.left >= middle],
        )
        across = len(lines) - sum(map(len, sides))
        if across <= len(lines) / 5 and all(map(_is_column, sides)):
            return middle
    return None


def _is_column(lines: Sequence[Line]) -> bool:
    """Tell whether lines are many enough, and long enough, for a column of prose."""
    return len(lines) >= COLUMN_LINES and median(len(line.text) for line in lines) > LONGEST_CELL
