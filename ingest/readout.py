"""Reads rows and fields out as a clerk does: each figure with its row's label and column's head.

The words of a table row alone ("Lamps 20 35 (15)") answer no question, since what they mean stands
at the head of their columns and above the table. Read out, they can be found. A form's field is
read out with its label.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ingest.forms import fields
from ingest.paper import CleanText, Table, TableRow

MOST_CHARACTERS = 4_000
"""Of what is read out for one passage: some twenty rows of six figures under long heads."""
LONGEST_CELL = 400
"""Characters of one cell that are read out; the passage itself holds the rest."""
LONGEST_HEAD = 120
"""Characters of a column's head that are said with each of its figures."""
LABELLED = 0.5
"""Share of a column's cells that must be words for it to hold the labels of the rows."""

_LETTER = re.compile(r"[^\W\d_]{2,}")


@dataclass(frozen=True, slots=True)
class _Spoken:
    """One row or field, read out."""

    block: int
    table: int | None
    """None for a field that stands in no table."""
    words: str


@dataclass(frozen=True, slots=True)
class ReadOut:
    """A paper's rows and fields, read out; made once, asked for each passage."""

    captions: tuple[str | None, ...]
    rows: tuple[_Spoken, ...] = field(default=())
    """By block."""

    def of(self, first: int, last: int) -> str | None:
        """Return what is read out of blocks first to last, end-exclusive; None without any.

        Each table's caption is said once, before its first row; each row is a line.
        """
        said: list[str] = []
        table: int | None = None
        length = 0
        at = bisect_left(self.rows, first, key=lambda row: row.block)
        while at < len(self.rows) and self.rows[at].block < last and length < MOST_CHARACTERS:
            row = self.rows[at]
            caption = self.captions[row.table] if row.table is not None else None
            words = f"{caption}: {row.words}" if caption and row.table != table else row.words
            said.append(words[: MOST_CHARACTERS - length])
            length += len(said[-1]) + 1
            table = row.table
            at += 1
        return "\n".join(said) or None


def read_out(text: CleanText) -> ReadOut:
    """Return a paper's table rows, and the fields of its forms, as they are read out."""
    rows = [
        _Spoken(row.block, number, words)
        for number, table in enumerate(text.tables)
        for row, words in _rows(text.text, table)
    ]
    rows += [_Spoken(block, None, words) for block, words in fields(text)]
    rows.sort(key=lambda row: row.block)
    return ReadOut(tuple(table.caption for table in text.tables), tuple(rows))


def _rows(text: str, table: Table) -> Iterator[tuple[TableRow, str]]:
    """Yield each row with what is said of it; a section's name goes before its rows."""
    said = [_cells(text, row) for row in table.rows]
    label = label_column(said)
    heads = [head[:LONGEST_HEAD] for head in table.heads]
    headed = any(heads)
    section = ""
    fields: list[str] = []
    for row, cells in zip(table.rows, said, strict=True):
        filled = [cell for cell in cells if cell]
        above, fields = fields, filled if _names_fields(filled) else []
        if len(filled) == 1 and len(cells) > 2:
            section = filled[0].rstrip(":")
            yield row, section
        elif headed:
            words = _under_heads(cells, heads, label)
            yield row, (f"{section}: {words}" if section else words)[:MOST_CHARACTERS]
        elif len(above) == len(filled) and not fields:
            pairs = zip(above, filled, strict=True)
            yield row, "; ".join(f"{name.rstrip(':')}: {value}" for name, value in pairs)
        else:
            yield row, _as_form(filled)


def _cells(text: str, row: TableRow) -> list[str]:
    """Return what a row's cells say."""
    return [text[cell[0] : cell[1]][:LONGEST_CELL] if cell else "" for cell in row.cells]


def label_column(rows: Sequence[Sequence[str]]) -> int:
    """Return the column, from 0, that says what each row is of: the first of words.

    Args:
        rows: for each row what its cells say, "" where there is nothing.
    """
    for column in range(max(map(len, rows), default=0)):
        cells = [row[column] for row in rows if column < len(row) and row[column]]
        worded = sum(_LETTER.search(cell) is not None for cell in cells)
        if cells and worded >= LABELLED * len(cells):
            return column
    return 0


def _under_heads(cells: Sequence[str], heads: Sequence[str], label: int) -> str:
    """Say a row's label, then each other cell that holds anything with its column's head."""
    values = [
        f"{heads[column]} = {cell}" if column < len(heads) and heads[column] else cell
        for column, cell in enumerate(cells)
        if cell and column != label
    ]
    named = cells[label] if label < len(cells) else ""
    said = "; ".join(values)
    return f"{named}, {said}" if named and said else named or said


def _names_fields(cells: Sequence[str]) -> bool:
    """Tell whether a form's row names the fields that its next row fills in."""
    return len(cells) > 1 and cells[-1].endswith(":")


def _as_form(cells: Sequence[str]) -> str:
    """Say the cells of a row without heads as a form's fields: "Proposer: A. Bell"."""
    if not any(cell.endswith(":") for cell in cells):
        first, *rest = cells
        return f"{first}: {'; '.join(rest)}" if rest else first
    said = ""
    for cell in cells:
        if said:
            said += " " if said.endswith(":") else "; "
        said += cell
    return said
