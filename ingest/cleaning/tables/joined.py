"""Puts the cells of a table row into one paragraph, and a paper's rows into tables."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby

from ingest.cleaning.pieces import NOWHERE, CellSpans, Paragraph, Piece, Pieces, Row
from ingest.cleaning.starts import ends
from ingest.cleaning.tables.heads import is_amount
from ingest.paper import Block, BlockRole, Table, TableRow
from ingest.sentences import sentence_spans

NEAREST = 3
"""Blocks above a table among which its caption stands; units and notes may stand between."""
LONGEST_CAPTION = 40
"""Words; a longer paragraph says more than what the table shows."""

WORDS_OF_TITLE = 12
"""Words of a title that is neither bold nor numbered."""
WORDS_OF_NOTE = 6
"""Words of a note between a table and its caption: "All figures in £m"."""

_NUMBERED = re.compile(
    r"(?:Table|Figure|Chart|Appendix|Annex)\s+\w{1,4}(?:\.\d{1,3})*\b", re.IGNORECASE
)

Written = tuple[Paragraph, Block]
"""A paragraph and the block that it became."""


def row_of(
    cells: Sequence[Pieces],
    table: int,
    *,
    head: bool = False,
    goes_on: bool = False,
    between: str = " ",
) -> Paragraph:
    """Return a row's cells as one paragraph; a head over several columns is said once.

    Args:
        cells: for each column what it says, empty where nothing; the same value again in the next
            column is one cell over both.
        table: number of its table.
        head: it names the columns.
        goes_on: its first cell is that of the row before.
        between: what stands between two cells.
    """
    pieces: list[Piece] = []
    spans: list[tuple[int, int] | None] = []
    position = 0
    before: Pieces = ()
    for cell in cells:
        if not cell:
            spans.append(None)
        elif cell is before:
            spans.append(spans[-1])
        else:
            if pieces:
                pieces.append(_between(pieces[-1], cell[0], between))
                position += len(between)
            start = position
            position += sum(len(piece.text) for piece in cell)
            pieces += cell
            spans.append((start, position))
        before = cell
    row = Row(table, tuple(spans), head, goes_on)
    return Paragraph(BlockRole.TABLE_ROW, tuple(pieces), row=row)


def _between(last: Piece, following: Piece, text: str) -> Piece:
    """Return what stands between two cells: the very space between them, where they print one."""
    end = last.raw + len(last.text)
    printed = NOWHERE not in (last.raw, following.raw) and last.page == following.page
    if printed and following.raw == end + 1 and text == " ":
        return Piece(text, last.page, end)
    return Piece(text, last.page)


def _is_title(said: str) -> bool:
    """Tell whether a paragraph right above a table is its title: short, and no sentence."""
    return len(said.split()) <= WORDS_OF_TITLE and said[:1].isupper() and not ends(said)


def tables_of(written: Sequence[Written], text: str) -> tuple[Table, ...]:
    """Return the tables whose rows are among a paper's paragraphs, in order."""
    marked = [(at, each[0].row) for at, each in enumerate(written) if each[0].row is not None]
    found = []
    for _, group in groupby(marked, key=lambda pair: pair[1].table if pair[1] else None):
        table = _table([at for at, _ in group], written, text)
        if table.rows:
            found.append(table)
    return tuple(found)


@dataclass(slots=True)
class _Heads:
    """The column heads that the rows of a table have given so far."""

    columns: list[list[str]] = field(default_factory=list)

    def add(self, cells: CellSpans, said: str) -> None:
        """Add a row of heads below those so far."""
        for column, cell in enumerate(cells):
            if column == len(self.columns):
                self.columns.append([])
            word = said[cell[0] : cell[1]] if cell else ""
            if word and word not in self.columns[column]:
                self.columns[column].append(word)


def _table(places: Sequence[int], written: Sequence[Written], text: str) -> Table:
    """Return the table whose rows stand at these places."""
    heads, rows = _Heads(), []
    first: tuple[int, int] | None = None
    for at in places:
        paragraph, block = written[at]
        row = paragraph.row
        if row is None:
            continue
        if row.head:
            heads.add(row.cells, paragraph.text)
            continue
        cells = tuple(cell and (block.start + cell[0], block.start + cell[1]) for cell in row.cells)
        if row.goes_on and cells and cells[0] is None:
            # A figure is of its own row only; a label may stand beside several.
            labels = first is not None and not is_amount(text[first[0] : first[1]])
            cells = (first if labels else None, *cells[1:])
        first = cells[0] if cells else None
        rows.append(TableRow(at, cells))
    width = max((len(row.cells) for row in rows), default=0)
    names = [" ".join(words) for words in heads.columns]
    names += [""] * (width - len(names))
    return Table(
        _caption(written[max(0, places[0] - NEAREST) : places[0]], text), tuple(names), tuple(rows)
    )


def _caption(above: Sequence[Written], text: str) -> str | None:
    """Return what the nearest block above says of the table: "Table 3 ...", heading or lead-in.

    Units and notes may stand between; they are part of what "Table 3 ..." says.
    """
    nearest: str | None = None
    between: list[str] = []
    for paragraph, block in reversed(above):
        said = text[block.start : block.end].rstrip(": ")
        if paragraph.role is BlockRole.TABLE_ROW or len(said.split()) > LONGEST_CAPTION:
            break
        if _NUMBERED.match(said):
            return " – ".join([said, *reversed(between)])
        leads = paragraph.role is BlockRole.HEADING or text[block.end - 1] == ":"
        if leads and nearest is None:
            first, last = sentence_spans(said)[-1]
            nearest = said[first:last]
        elif not leads and not between and nearest is None and _is_title(said):
            nearest = said
        elif not leads and len(said.split()) > WORDS_OF_NOTE:
            break
        between.append(said)
    return nearest
