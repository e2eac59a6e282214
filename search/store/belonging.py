"""Brings the papers of one folder together, to tell what belongs to what."""

from __future__ import annotations

import sqlite3
from pathlib import PurePosixPath

from search.belonging import Belonging, Neighbour, belonging
from search.errors import NotHeld
from search.store.pages import text_of
from search.store.rows import CARD, ITEM, card_of, item_card_of

MOST = 200
"""Papers in a folder beyond which it is an archive, and tells nothing of what came together."""


def belongs(db: sqlite3.Connection, identity: str) -> Belonging:
    """Return where a paper belongs.

    Raises:
        NotHeld: there is no paper of this id.
    """
    row = db.execute("SELECT source FROM paper WHERE id = ?", (identity,)).fetchone()
    if row is None:
        raise NotHeld("paper", identity)
    folder = f"{PurePosixPath(row[0]).parent}/"
    rows = db.execute(
        f"SELECT number, {CARD} FROM paper"  # noqa: S608
        " WHERE source >= ? AND source < ? AND instr(substr(source, ?), '/') = 0"
        " ORDER BY source LIMIT ?",
        # "0" follows "/": all sources that begin with the folder.
        (folder, f"{folder[:-1]}0", len(folder) + 1, MOST + 1),
    ).fetchall()
    if len(rows) > MOST:
        return Belonging()
    papers = [_neighbour(db, number, tuple(card)) for number, *card in rows]
    paper = next(each for each in papers if each.card.id == identity)
    return belonging(paper, [each for each in papers if each is not paper])


def _neighbour(db: sqlite3.Connection, number: int, card: tuple[object, ...]) -> Neighbour:
    items = db.execute(
        f"SELECT {ITEM} FROM item WHERE paper = ? ORDER BY position",  # noqa: S608
        (number,),
    )
    cards = (item_card_of(item) for item in items)
    return Neighbour(
        card=card_of(card),
        text=text_of(db, number),
        items=tuple(each for each in cards if each),
    )
