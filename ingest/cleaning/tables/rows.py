"""Puts together what stands side by side on a page: raised letters, cells of a printed table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from ingest.cleaning.pieces import Line, Piece, Sheet
from ingest.cleaning.starts import leads_to_page, marker

NEAR = 0.35
"""A gap below so many letter heights is no gap between cells."""
TOUCHING = 0.12
"""A gap below so many letter heights is none: the letters are one word."""
SPREADSHEET = 0.5
"""From this share of lines that are mostly figures, a page is read row by row."""
LONGEST_CELL = 32
"""Characters of a cell that is put in one row with what stands beside it."""
REMEMBERED = 4096
"""Lines whose kind is kept at hand: each is asked for several times while its page is read."""
SAME_ROW = 0.4
"""Baselines closer than this, in letter heights, are one row."""

_FIGURE = re.compile(r"[-+(£$€]*\d[\d,.]*[)%kmbn]*|[-–—]|£(?:000s?|[mk])|n/a|nil", re.IGNORECASE)

_BARE_NUMBER = re.compile(r"\d{1,2} [^\W\d_]")
_AMOUNT = re.compile(r"\d[.,]\d|[£$€%]|[-+]\d")


@lru_cache(maxsize=REMEMBERED)
def figures(text: str) -> tuple[int, int]:
    """Return how many words of text are figures, and how many words it has."""
    words = text.split()
    return sum(map(bool, map(_FIGURE.fullmatch, words))), len(words)


def is_figure(text: str) -> bool:
    """Tell whether text is one figure, or the dash that stands for none."""
    return _FIGURE.fullmatch(text) is not None


def is_row(line: Line) -> bool:
    """Tell whether a line is a row of cells: wide gaps, or a label with figures."""
    return bool(line.cells and inner_cells(line)) or _reads_as_row(line.text)


@lru_cache(maxsize=REMEMBERED)
def _reads_as_row(text: str) -> bool:
    """Tell whether a line's words alone make it a row."""
    if leads_to_page(text):
        return True
    if text.startswith("(") and text.endswith(")"):
        return False
    count, words = figures(text[len(marker(text) or "") :])
    telling = count > 2 or (count == 2 and _AMOUNT.search(text) is not None)
    return telling and 2 * count > words


def is_table_row(group: Sequence[Line]) -> bool:
    """Tell whether lines are one row; its label may take more than one line before the cells."""
    if is_row(group[0]):
        return True
    for at, line in enumerate(group[1:4], start=1):
        cells = inner_cells(line)
        if cells:
            return max(each.right for each in group[:at]) < cells[0][1]
    return False


def inner_cells(line: Line) -> list[tuple[int, float]]:
    """Return where its cells begin, not counting the gap after a number or bullet."""
    if not line.cells:
        return []
    start = marker(line.text)
    first = len(start.rstrip()) + 1 if start else 0
    if line.bold and _BARE_NUMBER.match(line.text):
        # "4    Legal implications": the number of a heading, not a cell.
        first = 3
    return [cell for cell in line.cells if cell[0] > first]


def put_side_by_side(sheet: Sheet) -> Sheet:
    """Return the sheet with its broken rows whole."""
    lines = _by_rows(sheet.lines) if _is_spreadsheet(sheet.lines) else list(sheet.lines)
    merged: list[Line] = []
    for line in lines:
        if merged and _beside(merged[-1], line):
            merged[-1] = beside(merged[-1], line)
        else:
            merged.append(line)
    return replace(sheet, lines=tuple(_in_order(merged)))


def in_order(sheet: Sheet) -> Sheet:
    """Return a sheet so that the stamps on it stand where they are read."""
    return replace(sheet, lines=tuple(_in_order(list(sheet.lines))))


def _in_order(lines: list[Line]) -> list[Line]:
    """Move what is drawn last but stands above all else to the front, and the reverse.

    Packs stamp each report's first page with its agenda item after everything else is drawn.
    """
    while len(lines) > 2 and lines[-1].base > max(line.base for line in lines[:-1]):
        lines = [lines[-1], *lines[:-1]]
        if lines[0].base <= lines[-1].base:
            break
    if len(lines) > 2 and lines[0].base < min(line.base for line in lines[1:]):
        lines = [*lines[1:], lines[0]]
    return lines


def _is_spreadsheet(lines: Sequence[Line]) -> bool:
    """Tell whether most lines are figures: such pages are often drawn column by column."""
    numeric = 0
    for line in lines:
        count, words = figures(line.text)
        numeric += count >= 1 and 2 * count >= words
    return len(lines) > 5 and numeric >= SPREADSHEET * len(lines)


def _by_rows(lines: Sequence[Line]) -> list[Line]:
    """Sort lines from the head down, and from the left within a row."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda each: -each.base):
        if rows and rows[-1][0].base - line.base < SAME_ROW * min(line.size, rows[-1][0].size):
            rows[-1].append(line)
        else:
            rows.append([line])
    return [line for row in rows for line in sorted(row, key=lambda each: each.left)]


def _beside(one: Line, other: Line) -> bool:
    """Tell whether other goes on where one ends: a raised "th", the rest of a row."""
    size = max(one.size, other.size)
    gap = other.left - one.right
    apart = abs(one.base - other.base)
    if not -NEAR * size < gap:
        return False
    if gap < NEAR * size:
        return apart < 0.6 * size
    small = min(one.size, other.size)
    return apart < SAME_ROW * small and (_is_short(one) and _is_short(other))


def _is_short(line: Line) -> bool:
    """Tell whether a line can be a cell of a row, or has figures, as no column of prose has."""
    return len(line.text) <= LONGEST_CELL or figures(line.text)[0] > 0


def beside(one: Line, other: Line) -> Line:
    """Return both as one line."""
    gap = other.left - one.right
    space = () if gap < TOUCHING * max(one.size, other.size) else (Piece(" ", one.page),)
    shift = len(one.text) + len(space)
    begins = ((shift, other.left),) if gap > NEAR * max(one.size, other.size) else ()
    pieces = (*one.pieces, *space, *other.pieces)
    return one._replace(
        pieces=pieces,
        text=one.text + " " * len(space) + other.text,
        right=max(one.right, other.right),
        bold=one.bold and other.bold,
        cells=one.cells + begins + tuple((at + shift, left) for at, left in other.cells),
        words=_words_of_both(one, other, shift),
    )


def _words_of_both(one: Line, other: Line, shift: int) -> tuple[tuple[int, float, float], ...]:
    """Return where the words of both stand, if that is known."""
    if not one.words or not other.words:
        return ()
    moved = tuple((at + shift, left, right) for at, left, right in other.words)
    if shift > len(one.text):
        return one.words + moved
    # Touching letters are one word: "13" and its raised "th".
    (at, left, _), (_, _, right) = one.words[-1], moved[0]
    return (*one.words[:-1], (at, left, right), *moved[1:])
