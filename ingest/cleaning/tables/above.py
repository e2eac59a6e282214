"""Finds the heads of a table among the lines above it, where no ruled lines hold them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.cleaning.pieces import Line
from ingest.cleaning.tables.heads import is_amount
from ingest.cleaning.tables.ruled import GridRow, RuledTable
from ingest.cleaning.tables.spanning import (
    SAME_LEVEL,
    columns_over,
    levels,
    spanning,
    spanning_row,
)
from ingest.cleaning.tables.strips import TOUCHES, in_columns, segments

MOST_ABOVE = 8
"""Levels of lines above a table that may be its heads; each of its columns has a line in some."""
LARGER = 1.12
"""Times the rows' letter height above which a line above them is a heading."""
NEXT_ABOVE = 2.2
"""Letter heights between two lines of heads, or between them and their table."""
HEADS_DEEP = 4.0
"""Letter heights above a ruled table within which the first line of its heads stands."""
FEWEST_NAMED = 3
"""Columns that a line must stand over to be of a table's heads, not of the page's."""

Group = tuple[Line, ...]
"""Lines of one paragraph."""


@dataclass(frozen=True, slots=True)
class Run:
    """Rows that stand one below the other, as groups of lines."""

    rows: tuple[Group, ...]
    above: tuple[Group, ...] = ()
    """Groups right above that may be its heads."""


@dataclass(frozen=True, slots=True)
class Above:
    """What stands above a table's rows and belongs to it, as groups of lines in their order."""

    heads: tuple[Group, ...] = ()
    sections: tuple[Group, ...] = ()
    """Names of its first section, between its heads and its first row."""

    @property
    def lines(self) -> list[Line]:
        """Every line of it."""
        return [line for group in (*self.heads, *self.sections) for line in group]

    def rows(self, sides: Sequence[float], right: float) -> Iterator[GridRow]:
        """Yield it as rows of the table.

        Args:
            sides: where the table's columns part, from the left.
            right: where its last column ends.
        """
        lines = [line for group in self.heads for line in group]
        heads, rest = spanning(lines, sides, right) if lines else ([], [])
        if heads:
            yield spanning_row(heads, len(sides) + 1)
        walls = frozenset(range(1, len(sides) + 1))
        for row in ([rest] if rest else []), self.sections:
            yield from (row_of_lines(each, sides, walls) for each in row)


def heads_above(above: Sequence[Group], sides: Sequence[float], size: float, right: float) -> Above:
    """Return what of the groups above a table, the nearest ones, are its heads.

    Letters larger than the rows' are of a heading, unless they stand over the labels alone, below
    heads: then they name the first section.

    Args:
        above: groups of lines, the nearest last.
        sides: where the table's columns part, from the left.
        size: its rows' letter height.
        right: where its last column ends.
    """
    between = _sections(above, sides, size)
    if between:
        found = _heads(above[: len(above) - between], sides, size, right)
        sections = tuple(above[len(above) - between :])
        top = max(line.base for group in sections for line in group)
        heads = [line for group in found for line in group]
        named = {column for line in heads for column in columns_over(line, sides) or ()}
        apart = all(line.base > top + SAME_LEVEL * size for line in heads)
        if apart and 2 * len(named - {0}) > len(sides):
            return Above(tuple(found), sections)
    return Above(tuple(_heads(above, sides, size, right)))


def _sections(above: Sequence[Group], sides: Sequence[float], size: float) -> int:
    """Return how many of the nearest groups name a section; the first of them in large letters."""
    count = 0
    for distance, group in enumerate(reversed(above), start=1):
        line = group[0]
        if len(group) > 1 or line.right > sides[0] + TOUCHES or holds_amount(group):
            break
        if line.size > LARGER * size:
            count = distance
    return count


def _heads(
    above: Sequence[Group], sides: Sequence[float], size: float, right: float
) -> Sequence[Group]:
    """Return the nearest groups that stand over columns as heads do."""
    lines: list[Line] = []
    columns: set[int] = set()
    wide = kept = narrow = 0
    for distance, group in enumerate(reversed(above), start=1):
        lines += group
        large = any(line.size > LARGER * size for line in group)
        if large or holds_amount(group) or len(levels(lines)) > MOST_ABOVE:
            break
        over = [columns_over(line, sides) for line in group]
        wide += over.count(None)
        new = {column for each in over if each for column in each}
        if None in over and (len(columns | new) < 2 or not all(line.words for line in group)):
            break
        columns |= new
        # What stands over the labels alone is the table's title, unless more heads stand above.
        if len(columns) > 1 and (None in over or new != {0}):
            kept = distance
            narrow = narrow if wide else distance
    if kept > narrow and not spanning([*_lines(above[len(above) - kept :])], sides, right)[0]:
        kept = narrow
    return above[len(above) - kept :] if kept else ()


def _lines(groups: Sequence[Group]) -> Iterator[Line]:
    """Yield the lines of groups."""
    return (line for group in groups for line in group)


def with_heads_above(
    lines: tuple[Line, ...], table: RuledTable
) -> tuple[tuple[Line, ...], RuledTable]:
    """Return the lines above a table without its heads, and the table with them.

    Heads on a shaded band have no ruled lines about them. A table that has heads of its own, or
    whose columns nothing stands over, stays as it is.
    """
    inner = table.xs[1:-1]
    over = _right_above(lines, table) if _needs_heads(table) else []
    named = {column for line in over for column in columns_over(line, inner) or ()}
    if 2 * len(named) <= len(inner):
        return lines, table
    walls = frozenset(range(1, len(inner) + 1))
    head = row_of_lines(sorted(over, key=lambda line: (-line.base, line.left)), inner, walls)
    kept = tuple(line for line in lines if not any(line is each for each in over))
    return kept, replace(table, rows=(head, *table.rows))


def with_heads_parted(table: RuledTable) -> RuledTable:
    """Return a table with its first row parted, where that names its columns without lines.

    Heads in a band of colour often have no lines between them, as their rows have.
    """
    first, inner = table.rows[0], table.xs[1:-1]
    if first.walls or not inner or len(table.rows) < 2:
        return table
    over = [columns_over(line, inner) for line in first.lines]
    named = {column for each in over for column in each or ()}
    if None in over or len(named) < max(2, len(inner)):
        return table
    walls = frozenset(range(1, len(inner) + 1))
    head = row_of_lines(sorted(first.lines, key=lambda line: (-line.base, line.left)), inner, walls)
    return replace(table, rows=(head, *table.rows[1:]))


def stands_over(line: Line, xs: Sequence[float], top: float) -> bool:
    """Tell whether a line names most columns of a ruled table right below it.

    Args:
        line: one printed line.
        xs: the sides of the table's columns, from the left.
        top: the table's uppermost ruled line.
    """
    near = top <= line.base <= top + HEADS_DEEP * line.size
    if not near or not xs[0] - line.size < line.left <= line.right < xs[-1] + line.size:
        return False
    over = columns_over(line, xs[1:-1])
    return over is not None and len(over) >= FEWEST_NAMED and 2 * len(over) > len(xs) - 2


def _right_above(lines: Sequence[Line], table: RuledTable) -> list[Line]:
    """Return the lines above a table, upwards, as long as each stands close over columns of it."""
    first = table.rows[0].lines
    base = max(line.base for line in first)
    over: list[Line] = []
    for line in sorted(lines, key=lambda each: each.base):
        size = max(line.size, first[0].size)
        inside = table.xs[0] - size < line.left and line.right < table.xs[-1] + size
        if line.base <= base - SAME_LEVEL * size or not inside:
            continue
        far = line.base - base > NEXT_ABOVE * size
        if (
            far
            or columns_over(line, table.xs[1:-1]) is None
            or len(levels([*over, line])) > MOST_ABOVE
        ):
            break
        over.append(line)
        base = max(base, line.base)
    return over


def _needs_heads(table: RuledTable) -> bool:
    """Tell whether a table's first row holds figures: then its heads stand elsewhere."""
    return any(is_amount(" ".join(line.text for line in cell)) for cell in table.rows[0].cells)


def holds_amount(lines: Sequence[Line]) -> bool:
    """Tell whether lines hold a figure, as a row of another table does, and no head."""
    return any(
        is_amount(line.text[span.start : span.end]) for line in lines for span in segments(line)
    )


def row_of_lines(lines: Sequence[Line], sides: Sequence[float], walls: frozenset[int]) -> GridRow:
    """Return lines as one row."""
    cells: list[list[Line]] = [[] for _ in range(len(sides) + 1)]
    for line in lines:
        for column, part in in_columns(line, sides):
            cells[column].append(part)
    return GridRow(tuple(map(tuple, cells)), walls)
