"""Finds a paper's twins by the shingles that papers share, never by looking at every paper."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence

from search.errors import NotHeld
from search.holdings import PaperTwin
from search.store.rows import CARD, card_of
from search.twins import FEWEST_COMMON, Relation, relation, sketch

COMMONPLACE = 10
"""Papers beyond which a shingle is a form's words or a council's turn of phrase, and counts for
nothing: the agendas of one committee all look alike, and are not one another's twins."""

_TELLING = f"""SELECT hash FROM shingle AS mine WHERE paper = ? AND {COMMONPLACE} >=
    (SELECT count(*) FROM (SELECT 1 FROM shingle WHERE hash = mine.hash LIMIT {COMMONPLACE} + 1))"""  # noqa: S608


def insert_shingles(db: sqlite3.Connection, paper: int, text: str) -> None:
    """Keep the sketch of a paper, by its number; runs inside its caller's transaction."""
    # In order, so that the table's pages are each written once.
    db.executemany(
        "INSERT INTO shingle VALUES (?, ?)", [(each, paper) for each in sorted(sketch(text))]
    )


def twins(db: sqlite3.Connection, identity: str) -> list[PaperTwin]:
    """Return the twins of a paper: the same first, then by the share in common, then by source.

    Raises:
        NotHeld: there is no paper of this id.
    """
    row = db.execute("SELECT number, figures FROM paper WHERE id = ?", (identity,)).fetchone()
    if row is None:
        raise NotHeld("paper", identity)
    number, figures = row
    mine = [each for (each,) in db.execute(_TELLING, (number,))]
    found = []
    for other, common in _common(db, number, mine):
        columns = db.execute(
            f"SELECT paper.figures, {CARD} FROM paper WHERE number = ?",  # noqa: S608
            (other,),
        ).fetchone()
        theirs = db.execute(f"SELECT count(*) FROM ({_TELLING})", (other,)).fetchone()[0]  # noqa: S608
        same_figures = columns[0] == figures
        related = relation(len(mine), theirs, common, same_figures=same_figures)
        if related:
            found.append(PaperTwin(card_of(columns[1:]), related[1], related[0]))
    order = list(Relation)
    return sorted(
        found, key=lambda each: (order.index(each.relation), -each.shared, each.card.source)
    )


def _common(db: sqlite3.Connection, number: int, mine: Sequence[int]) -> list[tuple[int, int]]:
    """Return (paper, shingles in common) of the other papers that share enough to be twins."""
    # CROSS JOIN: from each shingle to the few papers that have it, never the other way round.
    return db.execute(
        "SELECT paper, count(*) AS common FROM json_each(?) AS mine"
        " CROSS JOIN shingle ON shingle.hash = mine.value WHERE paper <> ?"
        " GROUP BY paper HAVING common >= ?",
        (json.dumps(mine), number, FEWEST_COMMON),
    ).fetchall()
