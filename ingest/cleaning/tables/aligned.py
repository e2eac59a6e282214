"""Finds the columns of a table that no lines rule: by the white strips between its words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from ingest.cleaning.pieces import Line
from ingest.cleaning.tables.above import (
    Above,
    Group,
    Run,
    heads_above,
    holds_amount,
    row_of_lines,
)
from ingest.cleaning.tables.heads import is_amount
from ingest.cleaning.tables.ruled import GridRow, RuledTable
from ingest.cleaning.tables.spanning import MOST_WORDS_APART, spanning
from ingest.cleaning.tables.strips import Span, in_columns, segments, strips


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


def aligned(run: Run) -> tuple[RuledTable, int] | None:
    """Return a run's rows with their columns, and how many of the groups above are its heads.

    None where no strip runs down between its words.
    """
    size = run.rows[0][0].size
    run, moved = _with_heads_apart(run, size)
    sides = _sides(run.rows, size)
    if not sides:
        return None
    walls = frozenset(range(1, len(sides) + 1))
    rows = [row_of_lines(row, sides, walls) for row in run.rows]
    right = max(line.right for row in run.rows for line in row)
    over = heads_above(run.above, sides, size, right) if _holds_figures(rows) else Above()
    lines = [*over.lines, *(line for row in run.rows for line in row)]
    rows = [*over.rows(sides, right), *rows]
    xs = (min(line.left for line in lines), *sides, max(line.right for line in lines))
    taken = len(over.heads) + len(over.sections) - moved
    return RuledTable(xs, tuple(rows), ruled=False), taken


def _with_heads_apart(run: Run, size: float) -> tuple[Run, int]:
    """Return a run without the first rows that are heads over several columns; and how many.

    They may stand in the white strips between the columns that they span, and would hide them.
    """
    first = next((at for at, row in enumerate(run.rows) if holds_amount(row)), 0)
    if not 0 < first < len(run.rows) - 1:
        return run, 0
    sides = _sides(run.rows[first:], size)
    apart = Run(run.rows[first:], (*run.above, *run.rows[:first]))
    right = max(line.right for row in apart.rows for line in row)
    hidden = len(sides) > len(_sides(run.rows, size))
    first_lines = [line for row in run.rows[:first] for line in row]
    if not sides or not (hidden or spanning(first_lines, sides, right)[0]):
        return run, 0
    over = heads_above(apart.above, sides, size, right)
    return (apart, first) if len(over.heads) + len(over.sections) >= first else (run, 0)


def _sides(rows: Sequence[Group], size: float) -> list[float]:
    """Return where the columns of rows part."""
    spans = [[span for line in row for span in segments(line)] for row in rows]
    full = [row for row in spans if len(row) > 1]
    return strips(full, size) if len(full) > 1 else []


def _holds_figures(rows: Sequence[GridRow]) -> bool:
    """Tell whether most rows hold figures; fields of a form have no heads above them."""
    told = sum(any(is_amount(line.text) for line in row.lines) for row in rows)
    return 2 * told >= len(rows)


def neighbours(run: Sequence[Sequence[Line]]) -> bool:
    """Tell whether groups stand close below each other, as rows do."""
    return all(0 < one[-1].base - other[0].base < 4 * one[-1].size for one, other in pairwise(run))
