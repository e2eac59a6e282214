"""Finds the white strips that run down between the words of a table's rows."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ingest.cleaning.pieces import Line, cut
from ingest.cleaning.tables.rows import is_figure

APART = 0.8
"""Letter heights between two words from which they may be of two cells; a space has 0.3."""
FIGURES_APART = 0.15
"""The same between two figures, which no one sets in one cell without a mark between."""
TOUCHES = 1.5
"""Points by which a word may reach over the side of its column."""
REACHES = 0.25
"""Share of its width by which a head may reach over the column beside: it is wider than figures."""
STRIP = 0.45
"""Letter heights of the narrowest white strip between two columns."""
ONE_IN = 12
"""Of so many rows one may reach across a strip: a long label, a note."""


class Span(NamedTuple):
    """Words of one line that stand close together."""

    left: float
    right: float
    start: int
    end: int


def segments(line: Line, sides: Sequence[float] = ()) -> list[Span]:
    """Return the words of a line by what stands close together, with their places in its text.

    Args:
        line: one printed line.
        sides: where columns part, from the left, if that is known: no two words beside one stand
            together.
    """
    found: list[Span] = []
    words = line.words
    for at, (start, left, right) in enumerate(words):
        end = words[at + 1][0] - 1 if at + 1 < len(words) else len(line.text)
        before = found[-1] if found else None
        if (
            before is None
            or (sides and _side_between(before.right, left, right, sides))
            or _apart(line, before, left, line.text[start:end])
        ):
            found.append(Span(left, right, start, end))
        else:
            found[-1] = Span(before.left, right, before.start, end)
    return found


def _side_between(before: float, left: float, right: float, sides: Sequence[float]) -> bool:
    """Tell whether a column's side stands between a word and what ends before it."""
    reach = max(TOUCHES, REACHES * (right - left))
    first = bisect_left(sides, before - reach)
    return first < len(sides) and sides[first] <= left + reach


def column_at(place: float, sides: Sequence[float]) -> int:
    """Return the column, from 0, that a place lies in; sides are those between, from the left."""
    return bisect_left(sides, place)


def _apart(line: Line, before: Span, left: float, word: str) -> bool:
    """Tell whether a word is of another cell than what stands before it."""
    gap = left - before.right
    if gap >= APART * line.size or gap < FIGURES_APART * line.size:
        return gap >= APART * line.size
    return is_figure(word) and is_figure(line.text[before.start : before.end])


def strips(rows: Sequence[Sequence[Span]], size: float) -> list[float]:
    """Return the middles of the white strips that run down between the words of all rows.

    Args:
        rows: for each row where its words stand; a row may be of several lines.
        size: letter height.
    """
    borders = sorted(
        border
        for row in rows
        for left, right in _covered(row)
        for border in ((left, 1), (right, -1))
    )
    allowed = len(rows) // ONE_IN
    found = []
    covering = 0
    opened: float | None = None
    for at, change in borders:
        if covering + change > allowed and opened is not None:
            if at - opened >= STRIP * size:
                found.append((opened + at) / 2)
            opened = None
        covering += change
        if covering <= allowed and change < 0 and opened is None:
            opened = at
    return found


def _covered(row: Sequence[Span]) -> list[tuple[float, float]]:
    """Return what a row's words cover, without overlaps."""
    covered: list[tuple[float, float]] = []
    for left, right, *_ in sorted(row):
        if covered and left <= covered[-1][1]:
            covered[-1] = (covered[-1][0], max(covered[-1][1], right))
        else:
            covered.append((left, max(left, right)))
    return covered


def in_columns(line: Line, sides: Sequence[float]) -> Iterator[tuple[int, Line]]:
    """Yield the parts of a line by the column that each stands in, from 0.

    Args:
        line: one printed line.
        sides: where columns part, from the left; one fewer than there are columns.
    """
    parts: list[tuple[int, Span]] = []
    for span in segments(line, sides):
        column = column_at((span.left + span.right) / 2, sides)
        if parts and parts[-1][0] == column:
            before = parts[-1][1]
            parts[-1] = (column, Span(before.left, span.right, before.start, span.end))
        else:
            parts.append((column, span))
    if len(parts) < 2:
        yield parts[0][0] if parts else column_at((line.left + line.right) / 2, sides), line
        return
    for column, span in parts:
        yield column, part_of(line, span)


def part_of(line: Line, span: Span) -> Line:
    """Return a part of a line as a line of its own."""
    first = bisect_left(line.words, (span.start,))
    words = line.words[first : bisect_left(line.words, (span.end,), first)]
    return line._replace(
        pieces=cut(line.pieces, span.start, span.end),
        text=line.text[span.start : span.end],
        left=span.left,
        right=span.right,
        cells=(),
        words=tuple([(at - span.start, left, right) for at, left, right in words]),
    )
