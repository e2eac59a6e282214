"""Writes out the rows of ruled tables, page after page: which rows are heads, what runs on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.cleaning.characters import settled
from ingest.cleaning.hyphens import Spelling, joined
from ingest.cleaning.pieces import Line, Paragraph, Pieces
from ingest.cleaning.tables.heads import Look, heads_of, is_amount
from ingest.cleaning.tables.joined import row_of
from ingest.cleaning.tables.ruled import GridRow, RuledTable

SAME_COLUMN = 6.0
"""Points by which the columns of a table that runs on may differ from page to page..."""
SAME_STRIP = 24.0
"""... and those of one whose columns only white strips part."""


@dataclass(frozen=True, slots=True)
class _Open:
    """The last table, which may run on."""

    number: int
    page: int
    xs: tuple[float, ...]
    heads: tuple[str, ...]
    """What each of its rows of heads says."""
    ends: bool
    """Nothing stands below it on its page."""


class TableClerk:
    """Writes out a paper's tables in order, and remembers what may run over a page's end."""

    def __init__(self, spelling: Spelling) -> None:
        """Start without any table; spelling tells how the paper writes its words."""
        self._spelling = spelling
        self._tables = 0
        self._last: _Open | None = None

    def new_table(self) -> int:
        """Return the number of a table that begins."""
        self._tables += 1
        return self._tables

    def rows_of(
        self, table: RuledTable, *, leads: bool, ends: bool
    ) -> Iterator[Paragraph | Sequence[Line]]:
        """Yield a table's rows as paragraphs, and the lines of what in it is prose.

        Args:
            table: one ruled table of one page.
            leads: nothing stands above it on its page.
            ends: nothing stands below it on its page.
        """
        rows = [row for row in table.rows if row.lines]
        if not rows:
            return
        titles = 0
        while titles < len(rows) - 1 and _is_title(rows[titles]):
            titles += 1
        running = self._runs_on(table, rows, leads, rows[titles:])
        heads, repeated = self._heads(rows[titles:], running)
        number = running.number if running else self.new_table()
        named = running.heads if running else ()
        if not running:
            named = tuple(map(_said, rows[titles : titles + heads]))
        for at, row in enumerate(rows):
            if at < titles and not running:
                yield row.lines
            elif titles <= at < titles + repeated or (running and _said(row) in named):
                continue
            elif row.is_prose:
                yield row.lines
            else:
                head = titles <= at < titles + heads
                broken = running is not None and not at and not row.cells[0]
                yield self._row(row, number, head, row.goes_on or broken)
        self._last = _Open(number, rows[-1].lines[0].page, table.xs, named, ends)

    def _runs_on(
        self, table: RuledTable, rows: Sequence[GridRow], leads: bool, body: Sequence[GridRow]
    ) -> _Open | None:
        """Return the table that this one goes on with: of the page before, or after a note."""
        last = self._last
        if last is None or len(last.xs) != len(table.xs):
            return None
        page = rows[0].lines[0].page
        if page == last.page:
            if not last.heads or heads_of([_look(row) for row in body]):
                return None
        elif not (leads and last.ends and page == last.page + 1) or _begins_anew(body, last.heads):
            return None
        wander = SAME_COLUMN if table.ruled else SAME_STRIP
        near = all(abs(one - other) <= wander for one, other in zip(last.xs, table.xs, strict=True))
        return last if near else None

    def _heads(self, rows: Sequence[GridRow], running: _Open | None) -> tuple[int, int]:
        """Return how many of the first rows are heads, and how many repeat those before."""
        if running and running.heads:
            repeated = 0
            for row, said in zip(rows, running.heads, strict=False):
                repeated += _said(row) == said
            return 0, repeated
        return heads_of([_look(row) for row in rows]), 0

    def _row(self, row: GridRow, number: int, head: bool, goes_on: bool) -> Paragraph:
        """Return a row as a paragraph; heads over several columns are said of each."""
        cells = [self._cell(cell) for cell in row.cells]
        if head:
            for at in range(1, len(cells)):
                if not cells[at] and at not in row.walls:
                    cells[at] = cells[at - 1]
        return row_of(cells, number, head=head, goes_on=goes_on)

    def _cell(self, lines: Sequence[Line]) -> Pieces:
        """Return what a cell's lines say, in one."""
        return settled(joined([line.pieces for line in lines], self._spelling))


def _begins_anew(rows: Sequence[GridRow], heads: Sequence[str]) -> bool:
    """Tell whether rows at the head of a page open with other heads than those of the table."""
    looks = [_look(row) for row in rows]
    own = heads_of(looks)
    if not own or not heads or any(_said(row) in heads for row in rows[:own]):
        return False
    # A short first row of a table of words is no proof: it may be any row of it.
    figures = any(is_amount(text) for look in looks[own:] for text in look.texts)
    return figures or looks[0].all_bold


def _is_title(row: GridRow) -> bool:
    """Tell whether a row is one cell over all columns: what the table is called."""
    return not row.walls and sum(map(bool, row.cells)) == 1


def _said(row: GridRow) -> str:
    """Return what a row says, spaces apart."""
    return " ".join(line.text for line in row.lines)


def _look(row: GridRow) -> Look:
    """Return a row as heads.py looks at it; a cell over several columns is in each."""
    texts: list[str] = []
    bold: list[bool] = []
    for at, cell in enumerate(row.cells):
        if not cell and at and at not in row.walls:
            texts.append(texts[-1])
            bold.append(bold[-1])
        else:
            texts.append(" ".join(line.text for line in cell))
            bold.append(bool(cell) and all(line.bold for line in cell))
    return Look(tuple(texts), tuple(bold))
