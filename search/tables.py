"""The part of a table that stands in a passage: caption, heads, and cells as they are printed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.paper import Table, TableRow
from ingest.readout import label_column

CELL = 10
"""What a cell takes beside its words, in characters: its frame."""


@dataclass(frozen=True, slots=True)
class TableCell:
    """One cell: text is characters [start, end) of the paper's text."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class TableSlice:
    """The rows of one table that stand in a passage, under the table's heads."""

    caption: str | None
    heads: tuple[str, ...]
    """What each column is called, "" where nothing says so."""
    label: int
    """The column, from 0, whose cells say what each row is of."""
    rows: tuple[tuple[TableCell | None, ...], ...]
    """Each as long as heads; None where there is nothing. One label beside several rows is the
    first cell of each, and may stand before the passage."""


def slices(
    tables: Sequence[Table], start: int, end: int, said: Callable[[int, int], str]
) -> tuple[TableSlice, ...]:
    """Return what of a paper's tables stands in a passage, in order.

    Args:
        tables: the paper's.
        start: of the passage, in characters of the paper's text.
        end: of the passage.
        said: returns characters [start, end) of the paper's text.
    """
    return tuple(_slices(tables, start, end, said))


def nearest(
    tables: Sequence[TableSlice], at: int, characters: int
) -> tuple[tuple[TableSlice, ...], int]:
    """Return the rows of tables nearest to a place, in order, and how many are left out.

    Args:
        tables: those of a passage.
        at: the place, in characters of the paper's text.
        characters: that the rows and their heads have at most, each cell CELL more for its frame;
            the nearest row is kept whatever it has.
    """
    rows = sorted(
        (_distance(row, at), which, place)
        for which, table in enumerate(tables)
        for place, row in enumerate(table.rows)
    )
    kept: set[tuple[int, int]] = set()
    begun: set[int] = set()
    left = characters
    for _, which, place in rows:
        table = tables[which]
        cost = _length(cell.text if cell else "" for cell in table.rows[place])
        if which not in begun:
            cost += _length([table.caption or "", *table.heads])
        if kept and cost > left:
            break
        left -= cost
        begun.add(which)
        kept.add((which, place))
    cut = (
        replace(table, rows=tuple(row for at, row in enumerate(table.rows) if (which, at) in kept))
        for which, table in enumerate(tables)
    )
    return tuple(table for table in cut if table.rows), len(rows) - len(kept)


def _distance(row: Sequence[TableCell | None], at: int) -> int:
    """Return how many characters lie between a place and the nearest cell of a row."""
    return min(max(cell.start - at, at - cell.end + 1, 0) for cell in row if cell)


def _length(texts: Iterable[str]) -> int:
    return sum(len(text) + CELL for text in texts)


def _slices(
    tables: Sequence[Table], start: int, end: int, said: Callable[[int, int], str]
) -> Iterator[TableSlice]:
    for table in tables:
        rows = [row for row in table.rows if _stands_in(row, start, end)]
        if not rows:
            continue
        width = len(table.heads)
        cells = tuple(
            tuple(
                TableCell(said(*cell), *cell) if cell else None
                for cell in (*row.cells, *[None] * (width - len(row.cells)))
            )
            for row in rows
        )
        words = [[cell.text if cell else "" for cell in row] for row in cells]
        yield TableSlice(table.caption, table.heads, label_column(words), cells)


def _stands_in(row: TableRow, start: int, end: int) -> bool:
    """Tell whether a row stands between two places: its own cells, not a label above it."""
    own = [cell for cell in row.cells if cell]
    return bool(own) and start <= own[-1][0] < end
