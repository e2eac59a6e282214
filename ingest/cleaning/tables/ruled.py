"""Takes the tables out of a page by their ruled lines: which printed line stands in which cell."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from ingest.cleaning.pieces import Line, Rule, Sheet
from ingest.cleaning.starts import ends, only_marker, starts_low
from ingest.cleaning.tables.grids import Grid, grids
from ingest.cleaning.tables.rows import SAME_ROW, figures

BASE = 0.3
"""Letter heights above its baseline where a line stands in a cell for certain."""
LONGEST_ALONE = 25
"""Words of a cell alone in its row, above which it is prose in a frame, not a section's name."""
MOST_LINES = 600
"""Lines between two rules that are parted into rows, since each looks at those before it."""
WIDE = 0.6
"""Share of the page's width from which nothing stands beside a table."""
NEXT_LINE = 1.6
"""Letter heights between two lines of one cell; more is a blank line."""

REMEMBERED = 64
"""Pages whose grids are kept at hand."""

Cells = tuple[tuple[Line, ...], ...]
"""For each column the lines of its cell."""


@dataclass(frozen=True, slots=True)
class GridRow:
    """One row of a ruled table."""

    cells: Cells
    walls: frozenset[int]
    """The inner columns at whose left side a line parts this row."""
    goes_on: bool = False
    """Its first cell began in a row above."""

    @property
    def lines(self) -> list[Line]:
        """Its lines, cell by cell."""
        return [line for cell in self.cells for line in cell]

    @property
    def is_prose(self) -> bool:
        """Whether it is running text in a frame: one long cell, perhaps with its number."""
        filled = [cell for cell in self.cells if cell]
        if len(filled) == 2 and all(only_marker(line.text) for line in filled[0]):
            filled = filled[1:]
        if len(filled) != 1:
            return False
        return sum(len(line.text.split()) for line in filled[0]) > LONGEST_ALONE


@dataclass(frozen=True, slots=True)
class RuledTable:
    """One ruled table of one page."""

    xs: tuple[float, ...]
    """Its columns' sides, from the left."""
    rows: tuple[GridRow, ...]
    ruled: bool = True
    """Whether lines rule its columns; else white strips do, which wander from page to page."""


Part = RuledTable | tuple[Line, ...]
"""What a page falls into: a table, or the lines between two tables."""


def lines_of(part: Part) -> tuple[Line, ...]:
    """Return the lines of a part."""
    if isinstance(part, RuledTable):
        return tuple(line for row in part.rows for line in row.lines)
    return part


def table_grids(sheet: Sheet) -> list[Grid]:
    """Return the sheet's grids that part at least one row into cells."""
    return _grids(sheet.rules) if sheet.rules else []


@lru_cache(maxsize=REMEMBERED)
def _grids(rules: tuple[Rule, ...]) -> list[Grid]:
    """Find a page's grids; each is asked for while its head, its foot and its tables are read."""
    return [grid for grid in grids(rules) if any(grid.walls)]


def lines_in(grid: Grid, lines: Sequence[Line]) -> set[int]:
    """Return the places of the lines that stand in a grid."""
    left, bottom, right, top = grid.reach
    return {
        at
        for at, line in enumerate(lines)
        if left <= (line.left + line.right) / 2 <= right
        and bottom <= line.base + BASE * line.size <= top
    }


def parts(sheet: Sheet) -> Iterator[Part]:
    """Yield the sheet's tables and what stands between, in the order in which they are drawn."""
    owner: dict[int, int] = {}
    found = table_grids(sheet)
    for number, grid in enumerate(found):
        for at in lines_in(grid, sheet.lines):
            owner.setdefault(at, number)
    tables = {
        number: list(_tables(grid, [sheet.lines[at] for at in owner if owner[at] == number]))
        for number, grid in enumerate(found)
    }
    waiting: list[Line] = []
    done: set[int] = set()
    said: set[int] = set()
    for at, line in enumerate(sheet.lines):
        number = owner.get(at, -1)
        if number < 0 or not tables[number]:
            if at not in said:
                waiting.append(line)
        elif number not in done:
            done.add(number)
            late = _drawn_late(sheet, found[number], at, [*owner, *said])
            waiting += (sheet.lines[each] for each in late)
            said.update(late)
            if waiting:
                yield tuple(waiting)
                waiting = []
            yield from tables[number]
    if waiting:
        yield tuple(waiting)


def _drawn_late(sheet: Sheet, grid: Grid, at: int, known: Sequence[int]) -> list[int]:
    """Return the lines drawn after a wide table that stand above it: spreadsheets draw so."""
    left, _, right, top = grid.box
    if right - left < WIDE * sheet.width:
        return []
    apart = set(known)
    return [
        each
        for each in range(at + 1, len(sheet.lines))
        if each not in apart and sheet.lines[each].base >= top
    ]


def _place(line: Line) -> tuple[float, float]:
    """Return where a line stands for certain."""
    return (line.left + line.right) / 2, line.base + BASE * line.size


def _tables(grid: Grid, lines: Sequence[Line]) -> Iterator[RuledTable]:
    """Yield a grid's tables: a form changes its columns on the way, a table does not."""
    rows = [split for row in _rows(grid, lines) for split in _split(row)]
    if not any(sum(map(bool, row.cells)) > 1 for row in rows):
        return
    run: list[GridRow] = []
    walls: frozenset[int] = frozenset()
    for row in rows:
        if run and not (row.walls <= walls or row.walls >= walls):
            yield _narrowed(grid, run, walls)
            run, walls = [], frozenset()
        run.append(row)
        walls |= row.walls
    yield _narrowed(grid, run, walls)


def _rows(grid: Grid, lines: Sequence[Line]) -> Iterator[GridRow]:
    """Yield the grid's rows that hold anything."""
    held: dict[tuple[int, int], list[Line]] = {}
    for line in sorted(lines, key=lambda each: (-each.base, each.left)):
        held.setdefault(grid.cell_at(*_place(line)), []).append(line)
    held = _over_rows(grid, held)
    for band, walls in enumerate(grid.walls):
        sides = [0, *sorted(walls), len(grid.xs) - 1]
        cells: list[tuple[Line, ...]] = [()] * (len(grid.xs) - 1)
        for first, last in itertools.pairwise(sides):
            cell = [line for column in range(first, last) for line in held.get((band, column), ())]
            cells[first] = tuple(sorted(cell, key=_down_and_right))
        if any(cells):
            goes_on = not cells[0] and grid.first_band(band, 0) < band
            yield GridRow(tuple(cells), walls, goes_on)


def _down_and_right(line: Line) -> tuple[float, float]:
    """Order lines of a cell as they are read; a raised letter stays on its line."""
    return (-round(line.base / max(1.0, SAME_ROW * line.size)), line.left)


def _over_rows(
    grid: Grid, held: dict[tuple[int, int], list[Line]]
) -> dict[tuple[int, int], list[Line]]:
    """Move the lines of a cell that is open over several bands to its first band.

    A column without any lines across, beside columns that have them, is not one cell: its lines
    stand level with their rows.
    """
    moved: dict[tuple[int, int], list[Line]] = {}
    runs: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for band, column in held:
        runs.setdefault((grid.first_band(band, column), column), []).append((band, column))
    tops: dict[int, list[tuple[int, float]]] = {}
    for (band, column), lines in held.items():
        tops.setdefault(band, []).append((column, lines[0].base))
    for first, places in runs.items():
        if len(places) == 1:
            moved.setdefault(first, []).extend(held[places[0]])
            continue
        level = sum(
            abs(held[band, column][0].base - base) < SAME_ROW * held[band, column][0].size
            for band, column in places
            for other, base in tops[band]
            if other != column and grid.first_band(band, other) != first[0]
        )
        for place in places:
            moved.setdefault(place if level > 1 else first, []).extend(held[place])
    return moved


def _split(row: GridRow) -> Iterator[GridRow]:
    """Yield the rows that a band holds between two lines across: one for each line of figures."""
    anchors = _anchors(row.cells)
    if len(anchors) < 2 or len(row.lines) > MOST_LINES:
        yield row
        return
    filed: list[list[list[Line]]] = []
    for line, column in sorted(
        ((line, column) for column, cell in enumerate(row.cells) for line in cell),
        key=lambda pair: (-pair[0].base, pair[1]),
    ):
        if not filed or not _belongs([each for cell in filed[-1] for each in cell], line, anchors):
            filed.append([[] for _ in row.cells])
        filed[-1][column].append(line)
    for cells in filed:
        yield GridRow(tuple(map(tuple, cells)), row.walls, row.goes_on)


def _anchors(cells: Cells) -> list[float]:
    """Return the baselines of a band's lines of figures, where a column has several."""
    found: list[float] = []
    for cell in cells:
        if len(cell) < 2:
            continue
        numeric = [line for line in cell if _all_figures(line.text)]
        if len(numeric) > 1 and 3 * len(numeric) >= 2 * len(cell):
            found += (line.base for line in numeric)
    apart: list[float] = []
    for base in sorted(found, reverse=True):
        if not apart or apart[-1] - base > 3:
            apart.append(base)
    return apart


def _all_figures(text: str) -> bool:
    count, words = figures(text)
    return count == words


def _belongs(row: Sequence[Line], line: Line, anchors: Sequence[float]) -> bool:
    """Tell whether a line goes on with the row of figures so far."""
    column = [each for each in row if each.left < line.right and line.left < each.right]
    last = min(column or row, key=lambda each: each.base)
    if any(abs(each.base - line.base) < SAME_ROW * line.size for each in row):
        return True
    if any(abs(base - line.base) < SAME_ROW * line.size for base in anchors):
        return False
    near = last.base - line.base < NEXT_LINE * line.size and last.bold == line.bold
    return near and (starts_low(line.text) or not ends(last.text))


def _narrowed(grid: Grid, rows: Sequence[GridRow], walls: frozenset[int]) -> RuledTable:
    """Return rows as a table with only the columns that they part."""
    sides = [0, *sorted(walls), len(grid.xs) - 1]
    narrowed = []
    for row in rows:
        cells = [
            tuple(line for column in range(first, last) for line in row.cells[column])
            for first, last in itertools.pairwise(sides)
        ]
        parted = frozenset(at for at, side in enumerate(sides) if side in row.walls)
        narrowed.append(GridRow(tuple(cells), parted, row.goes_on))
    return RuledTable(tuple(grid.xs[side] for side in sides), tuple(narrowed))
