"""Papers to rows and back: nothing is lost on the way."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ingest.paper import (
    AgendaItem,
    Block,
    BlockRole,
    Fact,
    ItemKind,
    Origins,
    OutlineEntry,
    Paper,
    PaperKind,
    PaperState,
    Table,
    TableRow,
)
from search.answer import ItemCard, PaperCard
from search.store.bodies import key_of
from search.store.packing import pack, unpack
from search.twins import figures_of, sketch

Row = tuple[Any, ...]

ROLES = tuple(BlockRole)
"""A block's role is kept as its place in this list: roles may be added at its end only."""

CARD = """paper.id, paper.source, paper.title, paper.kind, paper.state,
    (SELECT name FROM body WHERE body.key = paper.body_key),
    paper.meeting_date, paper.format, paper.paged,
    (SELECT count(*) FROM page WHERE page.paper = paper.number)"""
"""The columns of a PaperCard, for a query that names the table paper."""

ITEM = "item.number, item.minute, item.title, item.kind"
"""The columns of an ItemCard, for a query that names the table item."""


def paper_row(paper: Paper) -> Row:
    """Return the columns of table paper after number, in the schema's order."""
    return (
        paper.id,
        paper.source,
        paper.sha256,
        paper.format,
        paper.title,
        paper.kind.value,
        paper.state.value if paper.state else None,
        paper.body,
        key_of(paper.body),
        paper.meeting_date.isoformat() if paper.meeting_date else None,
        paper.exempt,
        paper.text.paged,
        paper.text.title,
        figures_of(paper.text.text),
        _pack_facts(paper.facts),
        json.dumps([[each.title, each.page, each.depth] for each in paper.text.outline]),
        _pack_blocks(paper.text.blocks),
        _pack_numbers(paper.text.origins),
        _pack_tables(paper.text.tables),
        pack_sketch(sketch(paper.text.text)),
    )


def item_row(item: AgendaItem) -> Row:
    """Return the columns of table item after paper, in the schema's order."""
    return (
        item.position,
        item.number,
        item.minute,
        item.title,
        item.kind.value,
        item.depth,
        item.start,
        item.end,
        item.exempt,
    )


def item_of(row: Row) -> AgendaItem:
    """Return the item of a row made by item_row."""
    position, number, minute, title, kind, depth, start, end, exempt = row
    return AgendaItem(
        position, number, minute, title, ItemKind(kind), depth, start, end, bool(exempt)
    )


def card_of(row: Row) -> PaperCard:
    """Return the card of a row of CARD's columns."""
    identity, source, title, kind, state, body, meeting, file_format, paged, pages = row
    return PaperCard(
        id=identity,
        source=source,
        title=title,
        kind=PaperKind(kind),
        state=PaperState(state) if state else None,
        body=body,
        meeting_date=date.fromisoformat(meeting) if meeting else None,
        format=file_format,
        paged=bool(paged),
        page_count=pages,
    )


def item_card_of(row: Row) -> ItemCard | None:
    """Return the card of a row of ITEM's columns; None where the join found no item."""
    number, minute, title, kind = row
    return ItemCard(number, minute, title, ItemKind(kind)) if kind else None


def facts_of(packed: str) -> dict[str, Fact]:
    """Return the facts of column facts."""
    return {name: Fact(*parts) for name, parts in json.loads(packed).items()}


def outline_of(packed: str) -> tuple[OutlineEntry, ...]:
    """Return the bookmarks of column outline."""
    return tuple(OutlineEntry(*parts) for parts in json.loads(packed))


def tables_of(packed: bytes, start: int = 0, end: int | None = None) -> tuple[Table, ...]:
    """Return the tables of column tables, or only those with a cell that begins in [start, end).

    A budget book has hundreds, so what is not wanted is not taken apart. A table whose cells lie
    on both sides of the span may come too.
    """
    reaches, *tables = unpack(packed).split(b"\n")
    return tuple(
        _table_of(table)
        for (first, last), table in zip(json.loads(reaches), tables, strict=True)
        if last >= start and (end is None or first < end)
    )


def blocks_of(packed: bytes) -> tuple[Block, ...]:
    """Return the blocks of column blocks."""
    return tuple(
        Block(ROLES[role], start, end, level)
        for role, start, end, level in _unpack_numbers(packed).tolist()
    )


def origins_of(packed: bytes) -> Origins:
    """Return the origins of column origins."""
    return _unpack_numbers(packed)


def pack_sketch(shingles: Iterable[int]) -> bytes:
    """Return column sketch of a paper's sampled shingles."""
    return np.array(sorted(shingles), dtype="<i4").tobytes()


def sketch_of(packed: bytes) -> list[int]:
    """Return the shingles of column sketch, ascending."""
    shingles: list[int] = np.frombuffer(packed, dtype="<i4").tolist()
    return shingles


def packed_shingles(listed: str) -> bytes:
    """Return column sketch of what an earlier version kept row by row, as JSON."""
    return pack_sketch(json.loads(listed))


def _pack_facts(facts: Mapping[str, Fact]) -> str:
    return json.dumps(
        {name: [fact.value, fact.evidence, fact.found_in] for name, fact in facts.items()}
    )


def _table_of(packed: bytes) -> Table:
    caption, heads, rows = json.loads(packed)
    return Table(
        caption,
        tuple(heads),
        tuple(
            TableRow(block, tuple(tuple(cell) if cell else None for cell in cells))
            for block, cells in rows
        ),
    )


def _pack_tables(tables: Sequence[Table]) -> bytes:
    return _by_line(
        [
            [table.caption, table.heads, [[row.block, row.cells] for row in table.rows]]
            for table in tables
        ]
    )


def tables_by_line(packed: bytes) -> bytes:
    """Return column tables of what an earlier version kept there, one JSON text of all tables."""
    return _by_line(json.loads(unpack(packed)))


def _by_line(tables: Sequence[Sequence[Any]]) -> bytes:
    """Pack tables a line each, the first line telling where the cells of each begin."""
    starts = [
        [cell[0] for _, cells in rows for cell in cells if cell] or [0] for _, _, rows in tables
    ]
    reaches = [[min(each), max(each)] for each in starts]
    lines = [json.dumps(each) for each in (reaches, *tables)]
    return pack("\n".join(lines).encode())


def _pack_blocks(blocks: Sequence[Block]) -> bytes:
    rows = [[ROLES.index(block.role), block.start, block.end, block.level] for block in blocks]
    return _pack_numbers(np.array(rows, dtype=np.int32).reshape(len(rows), 4))


def _pack_numbers(rows: NDArray[np.int32]) -> bytes:
    # Little-endian on every machine: a library may be copied from one to another.
    return pack(np.ascontiguousarray(rows, dtype="<i4").tobytes())


def _unpack_numbers(packed: bytes) -> NDArray[np.int32]:
    return np.frombuffer(unpack(packed), dtype="<i4").reshape(-1, 4).astype(np.int32)
