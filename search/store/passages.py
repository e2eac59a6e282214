"""Passages out of the database: their words are cut from the pages that hold them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from ingest.paper import Citation, Passage
from search.answer import PaperCard
from search.errors import NotHeld
from search.holdings import KeptPassage
from search.store.pages import Cuttings
from search.store.rows import CARD, ITEM, Row, card_of, item_card_of
from search.store.vectors import vectors_of

NUMBERS_A_QUERY = 500
"""Parameters a query; SQLite allows 32,766, and older ones 999."""


_PASSAGE = """passage.id, passage.context, passage.first_page, passage.last_page, passage.start,
    passage."end", passage.item, passage.read_out, passage.speakers,
    passage.paragraphs"""


def passage_numbers(db: sqlite3.Connection) -> NDArray[np.int64]:
    """Return the numbers of all passages, ascending."""
    rows = db.execute("SELECT number FROM passage ORDER BY number")
    return np.fromiter((number for (number,) in rows), dtype=np.int64)


def numbers_after(db: sqlite3.Connection, last: int) -> NDArray[np.int64]:
    """Return the numbers of the passages kept after one, ascending."""
    rows = db.execute("SELECT number FROM passage WHERE number > ? ORDER BY number", (last,))
    return np.fromiter((number for (number,) in rows), dtype=np.int64)


def last_number(db: sqlite3.Connection) -> int:
    """Return the highest number that was ever given to a passage; 0 where none was."""
    row = db.execute("SELECT seq FROM sqlite_sequence WHERE name = 'passage'").fetchone()
    return int(row[0]) if row else 0


def removed(db: sqlite3.Connection) -> NDArray[np.int64]:
    """Return the numbers of the passages removed since the indexes were last brought up."""
    rows = db.execute("SELECT passage FROM removed ORDER BY passage")
    return np.fromiter((number for (number,) in rows), dtype=np.int64)


def drop_removed(db: sqlite3.Connection) -> None:
    """Note that the indexes hold nothing of what was removed."""
    if db.execute("SELECT 1 FROM removed LIMIT 1").fetchone():
        db.execute("DELETE FROM removed")


def spans(db: sqlite3.Connection) -> NDArray[np.int64]:
    """Return (paper's number, first, last of its passages' numbers) of all papers, a row each.

    A paper's passages are kept in one go, so no other's lie between them.
    """
    rows = db.execute("SELECT paper, min(number), max(number) FROM passage GROUP BY paper")
    return np.array(rows.fetchall(), dtype=np.int64).reshape(-1, 3)


def passage_count(db: sqlite3.Connection) -> int:
    """Return how many passages are held."""
    return int(db.execute("SELECT count(*) FROM passage").fetchone()[0])


def ids(db: sqlite3.Connection, numbers: Sequence[int]) -> dict[int, str]:
    """Return the ids of passages by number; numbers that are not held are left out."""
    rows = db.execute(
        "SELECT number, id FROM passage WHERE number IN (SELECT value FROM json_each(?))",
        (json.dumps(list(numbers)),),
    )
    return dict(rows.fetchall())


def numbers_of(db: sqlite3.Connection, identities: Sequence[str]) -> dict[str, int]:
    """Return the numbers of passages by id; ids that are not held are left out."""
    rows = db.execute(
        "SELECT id, number FROM passage WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(identities)),),
    )
    return dict(rows.fetchall())


def passages(db: sqlite3.Connection, numbers: Sequence[int]) -> dict[int, KeptPassage]:
    """Return passages by number, ascending; numbers that are not held are left out."""
    return _passages(
        db, "passage.number IN (SELECT value FROM json_each(?))", [json.dumps(list(numbers))]
    )


def passages_by_id(db: sqlite3.Connection, identities: Sequence[str]) -> dict[str, KeptPassage]:
    """Return passages by id; ids that are not held are left out."""
    kept = _passages(
        db, "passage.id IN (SELECT value FROM json_each(?))", [json.dumps(list(identities))]
    )
    return {each.passage.id: each for each in kept.values()}


def passages_of(db: sqlite3.Connection, paper: int) -> tuple[Passage, ...]:
    """Return the passages of a paper, by its number, in its order."""
    return tuple(each.passage for each in _passages(db, "passage.paper = ?", [paper]).values())


def passage(db: sqlite3.Connection, identity: str) -> KeptPassage:
    """Return one passage by its id.

    Raises:
        NotHeld: there is none.
    """
    for kept in _passages(db, "passage.id = ?", [identity]).values():
        return kept
    raise NotHeld("passage", identity)


def vectors_by_id(
    db: sqlite3.Connection, identities: Sequence[str]
) -> dict[str, NDArray[np.float32]]:
    """Return the vectors of passages by id; ids that are not held are left out."""
    packed = packed_vectors(db, identities)
    return {each: vectors_of([row], len(row))[0] for each, row in packed.items()}


def packed_vectors(db: sqlite3.Connection, identities: Sequence[str]) -> dict[str, bytes]:
    """Return what is kept of the vectors of passages (see search.store.vectors), by id."""
    rows = db.execute(
        "SELECT passage.id, vector.row FROM passage JOIN vector ON vector.hash = passage.vector"
        " WHERE passage.id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(identities)),),
    )
    return dict(rows.fetchall())


def vectors(
    db: sqlite3.Connection, numbers: Sequence[int], dimension: int
) -> Iterator[tuple[list[int], NDArray[np.float32]]]:
    """Yield (numbers, (n, dimension) rows) of the passages asked for, a part at a time."""
    for at in range(0, len(numbers), NUMBERS_A_QUERY):
        part = numbers[at : at + NUMBERS_A_QUERY]
        marks = ", ".join("?" * len(part))
        rows = db.execute(
            "SELECT passage.number, vector.row FROM passage JOIN vector"  # noqa: S608
            f" ON vector.hash = passage.vector WHERE passage.number IN ({marks})"
            " ORDER BY passage.number",
            part,
        ).fetchall()
        yield [number for number, _ in rows], vectors_of([row for _, row in rows], dimension)


def _passages(
    db: sqlite3.Connection, condition: str, values: Sequence[int | str]
) -> dict[int, KeptPassage]:
    """Return the passages that meet a condition, by number, in the order they were kept."""
    rows = db.execute(
        f"SELECT passage.number, passage.paper, {_PASSAGE}, {ITEM} FROM passage"  # noqa: S608
        " LEFT JOIN item ON item.paper = passage.paper AND item.position = passage.item"
        f" WHERE {condition} ORDER BY passage.number",
        list(values),
    ).fetchall()
    cards = _cards(db, {owner for _, owner, *_ in rows})
    cuttings = Cuttings(db, ((owner, *columns[2:4]) for _, owner, *columns in rows))
    return {
        number: KeptPassage(
            _passage(tuple(columns[:10]), cuttings.cut(owner, *columns[2:6])),
            cards[owner],
            item_card_of(tuple(columns[10:])),
        )
        for number, owner, *columns in rows
    }


def _cards(db: sqlite3.Connection, papers: Collection[int]) -> dict[int, PaperCard]:
    """Return the cards of papers by number: one for all the passages of each."""
    rows = db.execute(
        f"SELECT paper.number, {CARD} FROM paper"  # noqa: S608
        " WHERE paper.number IN (SELECT value FROM json_each(?))",
        (json.dumps(list(papers)),),
    )
    return {number: card_of(tuple(card)) for number, *card in rows}


def _passage(row: Row, text: str) -> Passage:
    identity, context, first, last, start, end, item, read_out, speakers, numbered = row
    paragraphs = json.loads(numbered) if numbered else None
    citation = Citation(first, last, start, end, tuple(paragraphs) if paragraphs else None)
    spoken = () if speakers == "[]" else tuple(json.loads(speakers))  # of most, nobody's name
    return Passage(identity, text, context, citation, item, read_out, spoken)
