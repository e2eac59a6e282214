"""Finds the heads that stand over several columns at once: a year over its budget and its actual.

Nothing rules them off, so their place tells: the lines below name every column of figures, and
all these columns can be shared out among those above, so that each stands over the middle of its
own.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ingest.cleaning.pieces import Line
from ingest.cleaning.tables.heads import is_amount
from ingest.cleaning.tables.ruled import GridRow
from ingest.cleaning.tables.strips import (
    REACHES,
    TOUCHES,
    Span,
    column_at,
    part_of,
    segments,
)

OFF_CENTRE = 0.35
"""Column widths by which a head may stand off the middle of the columns that it spans."""
MOST_WORDS_APART = 5
"""Words of a head, or of a cell that may stand beside another inside one ruled column."""
SAME_LEVEL = 0.4
"""Letter heights within which two lines are level."""


class Head(NamedTuple):
    """A head over one or more columns of figures, from the first to the last, each from 1."""

    lines: tuple[Line, ...]
    first: int
    last: int


def columns_over(line: Line, sides: Sequence[float]) -> set[int] | None:
    """Return the columns that a line of heads stands over, or None where it is no such line."""
    if not line.words:
        return None  # prose: where its words stand was not asked
    if _runs_on_over_columns(line, sides):
        return None
    columns = set()
    for span in segments(line, sides):
        reach = max(TOUCHES, REACHES * (span.right - span.left))
        crosses = any(span.left + reach < side < span.right - reach for side in sides)
        if crosses or len(line.text[span.start : span.end].split()) > MOST_WORDS_APART:
            return None
        columns.add(column_at((span.left + span.right) / 2, sides))
    return columns


def _runs_on_over_columns(line: Line, sides: Sequence[float]) -> bool:
    """Tell a title, which begins over the labels, from heads and from a row of figures."""
    apart = segments(line)
    return any(s.left < sides[0] and column_at(s.right, sides) > 1 for s in apart) and not any(
        is_amount(line.text[s.start : s.end]) for s in apart
    )


def levels(lines: Sequence[Line]) -> list[list[Line]]:
    """Return lines by the height at which they stand, from the head down."""
    found: list[list[Line]] = []
    for line in sorted(lines, key=lambda each: -each.base):
        if found and found[-1][0].base - line.base <= SAME_LEVEL * line.size:
            found[-1].append(line)
        else:
            found.append([line])
    return found


def spanning(
    lines: Sequence[Line], sides: Sequence[float], right: float
) -> tuple[list[Head], list[Line]]:
    """Return the heads over several columns among the lines of a table's heads, and the rest.

    Args:
        lines: all lines of its heads.
        sides: where its columns part, from the left; the first column holds the labels.
        right: where its last column ends.
    """
    rows = levels(lines)
    named = next((at for at, row in enumerate(rows) if _names_all(row, sides)), 0)
    above = [line for row in rows[:named] for line in row]
    spans = sorted(
        (span.left, at, span)
        for at, line in enumerate(above)
        for span in segments(line)
        if (span.left + span.right) / 2 > sides[0]
    )
    clusters: list[list[tuple[int, Span]]] = []
    end = sides[0]
    for left, at, span in spans:
        if not clusters or left >= end:
            clusters.append([])
        clusters[-1].append((at, span))
        end = max(end, span.right) if clusters[-1][1:] else span.right
    if len(clusters) == 1 and all(columns_over(line, sides) is not None for line in above):
        return [], list(lines)  # one line of the head of one column
    middles = [
        (min(s.left for _, s in each) + max(s.right for _, s in each)) / 2 for each in clusters
    ]
    runs = _shared_out(middles, [*sides, right]) if len(clusters) < len(sides) else None
    if not runs:
        return [], list(lines)
    heads = [
        Head(tuple(part_of(above[at], span) for at, span in sorted(each)), *run)
        for each, run in zip(clusters, runs, strict=True)
    ]
    labels = [
        part_of(line, span)
        for line in above
        for span in segments(line)
        if (span.left + span.right) / 2 <= sides[0]
    ]
    return heads, [*labels, *(line for row in rows[named:] for line in row)]


def spanning_row(heads: Sequence[Head], columns: int) -> GridRow:
    """Return heads over several columns each as one row of so many columns, open between these."""
    cells: list[tuple[Line, ...]] = [()] * columns
    walls = set(range(1, columns))
    for head in heads:
        cells[head.first] = head.lines
        walls -= set(range(head.first + 1, head.last + 1))
    return GridRow(tuple(cells), frozenset(walls))


def _names_all(row: Sequence[Line], sides: Sequence[float]) -> bool:
    """Tell whether lines of one height name every column of figures, each by itself."""
    over = [columns_over(line, sides) for line in row]
    named = {column for each in over for column in each or ()}
    return None not in over and named >= set(range(1, len(sides) + 1))


def _shared_out(middles: Sequence[float], edges: Sequence[float]) -> list[tuple[int, int]] | None:
    """Return for each head its columns, so that all are shared out and it stands over their middle.

    Args:
        middles: where the heads stand, from the left.
        edges: where the columns of figures begin, and the last one ends.

    Returns:
        (first, last) of each, or None where that cannot be.
    """
    best: list[dict[int, tuple[float, list[tuple[int, int]]]]] = [{0: (0.0, [])}]
    for middle in middles:
        reached: dict[int, tuple[float, list[tuple[int, int]]]] = {}
        for done, (cost, runs) in best[-1].items():
            for last in range(done + 1, len(edges)):
                off = abs((edges[done] + edges[last]) / 2 - middle)
                whole = cost + off
                if off <= OFF_CENTRE * (edges[last] - edges[done]) / (last - done) and (
                    last not in reached or whole < reached[last][0]
                ):
                    reached[last] = (whole, [*runs, (done + 1, last)])
        best.append(reached)
    found = best[-1].get(len(edges) - 1)
    return found[1] if found else None
