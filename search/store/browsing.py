"""What readers browse: lists of papers and meetings, one page of a paper, what is held of what."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from datetime import date

from ingest.paper import AgendaItem, Block, ItemKind, Page, PaperKind, Table
from search.answer import Filters, PaperCard
from search.errors import NotHeld
from search.holdings import Leaf, Meeting, PaperItem, UnreadPages, YearCount
from search.store.filtering import where
from search.store.pages import Words, page_of
from search.store.rows import CARD, blocks_of, card_of, item_of, origins_of, tables_of

_ITEM = (
    "item.position, item.number, item.minute, item.title, item.kind, item.depth, item.start,"
    ' item."end", item.exempt'
)
_PAGE_OF_ITEM = (
    "(SELECT max(page.number) FROM page WHERE page.paper = item.paper AND page.start <= item.start)"
)
_CARD_COLUMNS = 10


def part_of_list(
    db: sqlite3.Connection, filters: Filters, limit: int, offset: int
) -> tuple[list[PaperCard], int]:
    """Return some of the papers that the filters allow, and how many there are in all.

    Latest meeting first, undated ones last, as in a whole list.
    """
    condition, values = where(filters)
    rows = db.execute(
        f"SELECT {CARD} FROM paper WHERE {condition}"  # noqa: S608
        " ORDER BY paper.meeting_date IS NULL, paper.meeting_date DESC, paper.source"
        " LIMIT ? OFFSET ?",
        [*values, limit, offset],
    ).fetchall()
    total = db.execute(f"SELECT count(*) FROM paper WHERE {condition}", values)  # noqa: S608
    return [card_of(row) for row in rows], int(total.fetchone()[0])


def meetings(
    db: sqlite3.Connection, filters: Filters, limit: int, offset: int
) -> tuple[list[Meeting], int]:
    """Return some of the meetings that papers allowed are of, latest first, and how many in all."""
    condition, values = where(filters)
    found = (
        "SELECT body.name AS name, paper.meeting_date AS day, count(*) AS papers,"  # noqa: S608
        " json_group_array(DISTINCT paper.kind) AS kinds"
        " FROM paper JOIN body ON body.key = paper.body_key"
        f" WHERE {condition} AND paper.meeting_date IS NOT NULL GROUP BY name, day"
    )
    rows = db.execute(
        f"{found} ORDER BY day DESC, name LIMIT ? OFFSET ?", [*values, limit, offset]
    ).fetchall()
    total = db.execute(f"SELECT count(*) FROM ({found})", values)  # noqa: S608
    return [
        Meeting(name, date.fromisoformat(day), papers, tuple(map(PaperKind, json.loads(kinds))))
        for name, day, papers, kinds in rows
    ], int(total.fetchone()[0])


def items(db: sqlite3.Connection, filters: Filters) -> list[PaperItem]:
    """Return the agenda items of the papers that the filters allow, paper by paper."""
    condition, values = where(filters)
    rows = db.execute(
        f"SELECT {CARD}, {_ITEM}, {_PAGE_OF_ITEM} FROM item"  # noqa: S608
        f" JOIN paper ON paper.number = item.paper WHERE {condition}"
        " ORDER BY paper.source, item.position",
        values,
    )
    return [
        PaperItem(card_of(row[:_CARD_COLUMNS]), item_of(row[_CARD_COLUMNS:-1]), row[-1])
        for row in rows
    ]


def matters(db: sqlite3.Connection, kind: PaperKind, limit: int) -> list[str]:
    """Return titles of open items of substance, of the latest papers of a kind, one a paper."""
    condition, values = where(Filters(kinds=(kind,)))
    rows = db.execute(
        "SELECT title FROM (SELECT item.title, paper.meeting_date AS day, row_number() OVER ("  # noqa: S608
        "  PARTITION BY item.paper ORDER BY item.position) AS place"
        "  FROM item JOIN paper ON paper.number = item.paper"
        f" WHERE {condition} AND item.kind = ? AND NOT item.exempt AND NOT paper.exempt"
        "  AND item.depth = 1 AND length(item.title) BETWEEN 10 AND 60"
        "  AND item.title GLOB '[A-Z]* *' AND item.title NOT GLOB '*[0-9:]*')"
        " WHERE place = 1 ORDER BY day IS NULL, day DESC, title LIMIT ?",
        [*values, ItemKind.SUBSTANTIVE.value, limit],
    )
    return list(dict.fromkeys(title for (title,) in rows))


def years(db: sqlite3.Connection) -> list[YearCount]:
    """Return how many papers are held of each body and year, bodies by name."""
    condition, values = where(Filters())
    rows = db.execute(
        "SELECT body.name, substr(paper.meeting_date, 1, 4) AS year, count(*) FROM paper"  # noqa: S608
        f" LEFT JOIN body ON body.key = paper.body_key WHERE {condition}"
        " GROUP BY body.name, year ORDER BY body.name IS NULL, body.name, year",
        values,
    )
    return [YearCount(body, int(year) if year else None, papers) for body, year, papers in rows]


def unread_pages(db: sqlite3.Connection) -> list[UnreadPages]:
    """Return the papers with pages that are only pictures, by source."""
    condition, values = where(Filters())
    rows = db.execute(
        f"SELECT {CARD}, json_group_array(unread.number) FROM paper"  # noqa: S608
        " JOIN (SELECT paper, number FROM page WHERE scanned AND ocr IS NULL ORDER BY number)"
        f" AS unread ON unread.paper = paper.number WHERE {condition}"
        " GROUP BY paper.number ORDER BY paper.source",
        values,
    )
    return [
        UnreadPages(card_of(row[:_CARD_COLUMNS]), tuple(sorted(json.loads(row[-1]))))
        for row in rows
    ]


def last_noted(db: sqlite3.Connection) -> str | None:
    """Return when a file was last taken in, UTC in ISO 8601; None where none was."""
    noted: str | None = db.execute("SELECT max(noted) FROM file").fetchone()[0]
    return noted


def page_at(db: sqlite3.Connection, identity: str, position: int) -> int:
    """Return the number of the page with a character of a paper's text.

    Raises:
        NotHeld: there is no such paper.
    """
    condition, values = where(Filters(papers=(identity,)))
    (number,) = db.execute(
        "SELECT max(page.number) FROM page JOIN paper ON paper.number = page.paper"  # noqa: S608
        f" WHERE {condition} AND page.start <= ?",
        [*values, position],
    ).fetchone()
    if number is None:
        raise NotHeld("paper", identity)
    return int(number)


def said(db: sqlite3.Connection, identity: str, start: int, end: int) -> str:
    """Return characters [start, end) of a paper's text, as many of them as there are.

    Raises:
        NotHeld: there is no such paper.
    """
    condition, values = where(Filters(papers=(identity,)))
    row = db.execute(f"SELECT paper.number FROM paper WHERE {condition}", values).fetchone()  # noqa: S608
    if row is None:
        raise NotHeld("paper", identity)
    return Words(db, row[0]).said(start, end)


def leaf(db: sqlite3.Connection, identity: str, number: int) -> Leaf:
    """Return one page of a paper.

    Raises:
        NotHeld: there is no such paper, or it has no such page.
    """
    condition, values = where(Filters(papers=(identity,)))
    row = db.execute(
        f"SELECT {CARD}, paper.number, paper.blocks, paper.origins, paper.tables FROM paper"  # noqa: S608
        f" WHERE {condition}",
        values,
    ).fetchone()
    if row is None:
        raise NotHeld("paper", identity)
    card, (key, blocks, origins, tables) = card_of(row[:_CARD_COLUMNS]), row[_CARD_COLUMNS:]
    pages = db.execute(
        "SELECT number, start FROM page WHERE paper = ? ORDER BY number", (key,)
    ).fetchall()
    page = page_of(db, key, number)
    if page is None:
        raise NotHeld("page", f"{number} of paper {identity}")
    first, on_page = _on_page(blocks_of(blocks), page)
    places = origins_of(origins)
    return Leaf(
        card=card,
        page=page,
        starts=tuple(start for _, start in pages),
        first_block=first,
        blocks=on_page,
        tables=_among(tables_of(tables), first, len(on_page)),
        origins=places[places[:, 2] == number],
        items=_items_of(db, key),
    )


def _on_page(blocks: Sequence[Block], page: Page) -> tuple[int, tuple[Block, ...]]:
    """Return the blocks with a part on a page, and which the first of them is."""
    on_page = [
        (at, each)
        for at, each in enumerate(blocks)
        if each.end > page.start < page.end > each.start
    ]
    return (on_page[0][0] if on_page else 0), tuple(each for _, each in on_page)


def _among(tables: Sequence[Table], first: int, count: int) -> tuple[Table, ...]:
    return tuple(
        table for table in tables if any(first <= row.block < first + count for row in table.rows)
    )


def _items_of(db: sqlite3.Connection, key: int) -> tuple[AgendaItem, ...]:
    rows = db.execute(f"SELECT {_ITEM} FROM item WHERE paper = ? ORDER BY position", (key,))  # noqa: S608
    return tuple(item_of(row) for row in rows)
