"""Tells what each part of a paper stands under: a heading, or a table's caption."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.paper import Block, BlockRole, CleanText, Table

MOST_LEADING = 8
"""Blocks above a table's first row that may be its caption, notes and heads."""

_LETTERS = re.compile(r"[^\W\d_]{2,}")


@dataclass(frozen=True, slots=True)
class TablePlaces:
    """Where the paper's tables are among its blocks."""

    rows: dict[int, int]
    """Each row's table, by block, heads left out."""
    leads: dict[int, int]
    """What leads into a table (its caption, its heads), and its first row: words to its end."""
    within: frozenset[int]
    """Blocks from a table's first to its last."""


def places_of_tables(text: CleanText) -> TablePlaces:
    """Return where the paper's tables are."""
    rows = {row.block: number for number, table in enumerate(text.tables) for row in table.rows}
    leads: dict[int, int] = {}
    within: set[int] = set()
    for table in text.tables:
        first, last = table.rows[0].block, table.rows[-1].block
        within.update(range(first, last + 1))
        words = _words(text, first, last)
        at = first - 1
        while first - at <= MOST_LEADING and at >= 0 and at not in rows:
            if not _leads_into(text, table, at):
                break
            words += _words(text, at, at)
            leads[at] = words
            if not _heads_section(text, table, at):
                within.add(at)
            at -= 1
    return TablePlaces(rows, leads, frozenset(within))


def _heads_section(text: CleanText, table: Table, at: int) -> bool:
    """Tell whether what leads into a table heads more than the table: "3. Budget"."""
    block = text.blocks[at]
    said = text.text[block.start : block.end]
    numbered = said.casefold().startswith(("table ", "figure ", "chart "))
    return block.role is BlockRole.HEADING and said.rstrip(": ") == table.caption and not numbered


def _leads_into(text: CleanText, table: Table, at: int) -> bool:
    """Tell whether a block is a table's caption or heads."""
    block = text.blocks[at]
    if block.role is BlockRole.TABLE_ROW:
        return True
    said = text.text[block.start : block.end].rstrip(": ")
    caption = table.caption or ""
    return len(said) > 2 and bool(caption) and (said in caption or said.endswith(caption))


def _words(text: CleanText, first: int, last: int) -> int:
    """Count the words of blocks first to last."""
    return len(text.text[text.blocks[first].start : text.blocks[last].end].split())


def sections(
    text: CleanText, blocks: Sequence[tuple[int, Block]], tables: TablePlaces
) -> list[tuple[int, str | None]]:
    """Return from where on what is said stands under what, in order.

    Rows that go on with a table stand under its caption; a heading inside a table is none, nor is
    one without a word.

    Args:
        text: the paper.
        blocks: those of one agenda item, with their places among the paper's blocks.
        tables: where the paper's tables are.

    Returns:
        (position, name): what begins after the position stands under the name.
    """
    named: list[tuple[int, str | None]] = []
    heading: str | None = None
    captioned = False
    for at, block in blocks:
        if at in tables.rows:
            if not captioned:
                named.append((block.start, text.tables[tables.rows[at]].caption or heading))
            captioned = True
        elif captioned and (at not in tables.within or at in tables.leads):
            named.append((block.start - 1, heading))
            captioned = False
        if block.role is BlockRole.HEADING and at not in tables.within:
            said = text.text[block.start : block.end]
            if _LETTERS.search(said):
                heading = said
                named.append((block.start, said))
    return named
