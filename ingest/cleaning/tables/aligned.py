"""Finds the columns of a table that no lines rule: by the white strips between its words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ingest.cleaning.pieces import Line
from ingest.cleaning.tables.heads import is_amount
from ingest.cleaning.tables.ruled import GridRow, RuledTable
from ingest.cleaning.tables.strips import (
    REACHES,
    TOUCHES,
    Span,
    column_at,
    in_columns,
    segments,
    strips,
)

MOST_ABOVE = 8
"""Lines above a ruled table that may be its heads."""
LARGER = 1.12
"""Times the rows' letter height above which a line above them is a heading."""
NEXT_ABOVE = 2.2
"""Letter heights between two lines of heads, or between them and their table."""
HEADS_DEEP = 4.0
"""Letter heights above a ruled table within which the first line of its heads stands."""
FEWEST_NAMED = 3
"""Columns that a line must stand over to be of a table's heads, not of the page's."""
SAME_LEVEL = 0.4
"""Letter heights within which two lines are level."""
MOST_WORDS_APART = 5
"""Words of a cell that may stand beside another inside one ruled column."""


def with_inner_columns(table: RuledTable) -> RuledTable:
    """Return a ruled table with the columns that stand side by side between two of its lines."""
    sides: list[float] = []
    for column in range(len(table.xs) - 1):
        sides.append(table.xs[column])
        sides += _inner(table, column)
    if len(sides) == len(table.xs) - 1:
        return table
    sides.append(table.xs[-1])
    return replace(
        table, xs=tuple(sides), rows=tuple(_parted(row, table.xs, sides) for row in table.rows)
    )


def _inner(table: RuledTable, column: int) -> list[float]:
    """Return where one ruled column parts into several."""
    rows: list[list[Span]] = []
    several = 0
    for row in table.rows:
        if not row.cells[column] or _reaches(row, column):
            continue
        levels: dict[int, list[Span]] = {}
        for line in row.cells[column]:
            spans = segments(line)
            if any(len(line.text[s.start : s.end].split()) > MOST_WORDS_APART for s in spans):
                return []
            levels.setdefault(round(line.base / line.size), []).extend(spans)
        several += any(len(spans) > 1 for spans in levels.values())
        rows.append([span for spans in levels.values() for span in spans])
    if not several or len(rows) < 2:
        return []
    return strips(rows, table.rows[0].lines[0].size if table.rows[0].lines else 10.0)


def _reaches(row: GridRow, column: int) -> bool:
    """Tell whether the cell that begins in a column goes on into the next one."""
    return column + 1 < len(row.cells) and column + 1 not in row.walls


def _parted(row: GridRow, before: Sequence[float], sides: Sequence[float]) -> GridRow:
    """Return a row with its lines in the new columns."""
    place = {x: at for at, x in enumerate(sides)}
    cells: list[list[Line]] = [[] for _ in range(len(sides) - 1)]
    walls = {place[before[wall]] for wall in row.walls}
    for column, cell in enumerate(row.cells):
        first, last = place[before[column]], place[before[column + 1]]
        if last - first == 1 or _reaches(row, column):
            cells[first] += cell
            continue
        inner = sides[first + 1 : last]
        several = False
        for line in cell:
            for part, piece in in_columns(line, inner):
                cells[first + part].append(piece)
                several = several or bool(part)
        if several or not cell:
            walls.update(range(first + 1, last))
    return GridRow(tuple(map(tuple, cells)), frozenset(walls), row.goes_on)


def with_heads_above(
    lines: tuple[Line, ...], table: RuledTable
) -> tuple[tuple[Line, ...], RuledTable]:
    """Return the lines above a table without its heads, and the table with them.

    Heads on a shaded band have no ruled lines about them. A table that has heads of its own, or
    whose columns nothing stands over, stays as it is.
    """
    inner = table.xs[1:-1]
    over = _right_above(lines, table) if _needs_heads(table) else []
    named = {column for line in over for column in _columns_over(line, inner) or ()}
    if 2 * len(named) <= len(inner):
        return lines, table
    walls = frozenset(range(1, len(inner) + 1))
    head = _row(sorted(over, key=lambda line: (-line.base, line.left)), inner, walls)
    kept = tuple(line for line in lines if not any(line is each for each in over))
    return kept, replace(table, rows=(head, *table.rows))


def with_heads_parted(table: RuledTable) -> RuledTable:
    """Return a table with its first row parted, where that names its columns without lines.

    Heads in a band of colour often have no lines between them, as their rows have.
    """
    first, inner = table.rows[0], table.xs[1:-1]
    if first.walls or not inner or len(table.rows) < 2:
        return table
    over = [_columns_over(line, inner) for line in first.lines]
    named = {column for each in over for column in each or ()}
    if None in over or len(named) < max(2, len(inner)):
        return table
    walls = frozenset(range(1, len(inner) + 1))
    head = _row(sorted(first.lines, key=lambda line: (-line.base, line.left)), inner, walls)
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
    over = _columns_over(line, xs[1:-1])
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
        if far or len(over) == MOST_ABOVE or _columns_over(line, table.xs[1:-1]) is None:
            break
        over.append(line)
        base = max(base, line.base)
    return over


def _needs_heads(table: RuledTable) -> bool:
    """Tell whether a table's first row holds figures: then its heads stand elsewhere."""
    return any(is_amount(" ".join(line.text for line in cell)) for cell in table.rows[0].cells)


@dataclass(frozen=True, slots=True)
class Run:
    """Rows that stand one below the other, as groups of lines."""

    rows: tuple[tuple[Line, ...], ...]
    above: tuple[tuple[Line, ...], ...] = ()
    """Groups right above that may be its heads."""


def aligned(run: Run) -> tuple[RuledTable, int] | None:
    """Return a run's rows with their columns, and how many of the groups above are its heads.

    None where no strip runs down between its words.
    """
    size = run.rows[0][0].size
    spans = [[span for line in row for span in segments(line)] for row in run.rows]
    full = [row for row in spans if len(row) > 1]
    sides = strips(full, size) if len(full) > 1 else []
    if not sides:
        return None
    walls = frozenset(range(1, len(sides) + 1))
    rows = [_row(row, sides, walls) for row in run.rows]
    heads = _heads_above(run.above, sides, size) if _holds_figures(rows) else ()
    over = [line for group in heads for line in group]
    if over:
        rows.insert(0, _row(over, sides, walls))
    left = min(line.left for row in (over, *run.rows) for line in row)
    right = max(line.right for row in (over, *run.rows) for line in row)
    return RuledTable((left, *sides, right), tuple(rows), ruled=False), len(heads)


def _row(lines: Sequence[Line], sides: Sequence[float], walls: frozenset[int]) -> GridRow:
    """Return lines as one row."""
    cells: list[list[Line]] = [[] for _ in range(len(sides) + 1)]
    for line in lines:
        for column, part in in_columns(line, sides):
            cells[column].append(part)
    return GridRow(tuple(map(tuple, cells)), walls)


def _holds_figures(rows: Sequence[GridRow]) -> bool:
    """Tell whether most rows hold figures; fields of a form have no heads above them."""
    told = sum(any(is_amount(line.text) for line in row.lines) for row in rows)
    return 2 * told >= len(rows)


def _heads_above(
    above: Sequence[tuple[Line, ...]], sides: Sequence[float], size: float
) -> Sequence[tuple[Line, ...]]:
    """Return those of the groups above, the nearest ones, that stand over columns as heads do.

    Letters larger than the rows' are of a heading.
    """
    lines = 0
    columns: set[int] = set()
    kept = 0
    for distance, group in enumerate(reversed(above), start=1):
        over = [_columns_over(line, sides) for line in group]
        lines += len(group)
        large = any(line.size > LARGER * size for line in group)
        if lines > MOST_ABOVE or large or any(each is None for each in over):
            break
        new = {column for each in over if each for column in each}
        columns |= new
        # What stands over the labels alone is the table's title, unless more heads stand above.
        if len(columns) > 1 and new != {0}:
            kept = distance
    return above[len(above) - kept :] if kept else ()


def _columns_over(line: Line, sides: Sequence[float]) -> set[int] | None:
    """Return the columns that a line of heads stands over, or None where it is no such line."""
    columns = set()
    for span in segments(line, sides):
        reach = max(TOUCHES, REACHES * (span.right - span.left))
        crosses = any(span.left + reach < side < span.right - reach for side in sides)
        if crosses or len(line.text[span.start : span.end].split()) > MOST_WORDS_APART:
            return None
        columns.add(column_at((span.left + span.right) / 2, sides))
    return columns


def neighbours(run: Sequence[Sequence[Line]]) -> bool:
    """Tell whether groups stand close below each other, as rows do."""
    return all(0 < one[-1].base - other[0].base < 4 * one[-1].size for one, other in pairwise(run))
