"""Finds a paper's twins by the shingles that papers share, never by looking at every paper."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence

from search.errors import NotHeld
from search.holdings import PaperTwin
from search.store.rows import CARD, card_of, sketch_of
from search.twins import FEWEST_COMMON, Relation, relation, sketch

COMMONPLACE = 10
"""Papers beyond which a shingle is a form's words or a council's turn of phrase, and counts for
nothing: the agendas of one committee all look alike, and are not one another's twins."""

FEWEST_SAMPLED = 4
"""Sampled shingles of a passage, some thirty words, below which no share is told of it."""


def insert_shingles(db: sqlite3.Connection, paper: int) -> None:
    """Keep which paper has the shingles of its sketch; runs inside its caller's transaction."""
    (packed,) = db.execute("SELECT sketch FROM paper WHERE number = ?", (paper,)).fetchone()
    # In order, so that the table's pages are each written once.
    db.executemany(
        "INSERT INTO shingle VALUES (?, ?)", [(each, paper) for each in sketch_of(packed)]
    )


def delete_shingles(db: sqlite3.Connection, source: str) -> None:
    """Forget which paper has the shingles of one that is about to go."""
    row = db.execute("SELECT number, sketch FROM paper WHERE source = ?", (source,)).fetchone()
    if row is not None:
        db.executemany(
            "DELETE FROM shingle WHERE hash = ? AND paper = ?",
            [(each, row[0]) for each in sketch_of(row[1])],
        )


def twins(db: sqlite3.Connection, identity: str) -> list[PaperTwin]:
    """Return the twins of a paper: the same first, then by the share in common, then by source.

    Raises:
        NotHeld: there is no paper of this id.
    """
    row = db.execute(
        "SELECT number, figures, sketch FROM paper WHERE id = ?", (identity,)
    ).fetchone()
    if row is None:
        raise NotHeld("paper", identity)
    number, figures, packed = row
    mine = _telling(db, packed)
    found = []
    for other, common in _common(db, number, mine):
        columns = db.execute(
            f"SELECT paper.sketch, paper.figures, {CARD} FROM paper WHERE number = ?",  # noqa: S608
            (other,),
        ).fetchone()
        theirs, columns = len(_telling(db, columns[0])), columns[1:]
        same_figures = columns[0] == figures
        related = relation(len(mine), theirs, common, same_figures=same_figures)
        if related:
            found.append(PaperTwin(card_of(columns[1:]), related[1], related[0]))
    order = list(Relation)
    return sorted(
        found, key=lambda each: (order.index(each.relation), -each.shared, each.card.source)
    )


def _telling(db: sqlite3.Connection, packed: bytes) -> list[int]:
    """Return the shingles of a sketch that are not commonplace."""
    rows = db.execute(
        "SELECT value FROM json_each(?) WHERE ? >="
        " (SELECT count(*) FROM (SELECT 1 FROM shingle WHERE hash = value LIMIT ? + 1))",
        (json.dumps(sketch_of(packed)), COMMONPLACE, COMMONPLACE),
    )
    return [each for (each,) in rows]


def _common(db: sqlite3.Connection, number: int, mine: Sequence[int]) -> list[tuple[int, int]]:
    """Return (paper, shingles in common) of the other papers that share enough to be twins."""
    # CROSS JOIN: from each shingle to the few papers that have it, never the other way round.
    return db.execute(
        "SELECT paper, count(*) AS common FROM json_each(?) AS mine"
        " CROSS JOIN shingle ON shingle.hash = mine.value WHERE paper <> ?"
        " GROUP BY paper HAVING common >= ?",
        (json.dumps(mine), number, FEWEST_COMMON),
    ).fetchall()


def printed_by(db: sqlite3.Connection, text: str, body: str | None, meeting: str) -> float:
    """Return the share of a text's words that one paper of a body's meeting prints, 0 to 1.

    Args:
        db: the library's.
        text: too short a one (see FEWEST_SAMPLED) is said to share nothing.
        body: the name that the library shows; None for papers that name none.
        meeting: its date, ISO 8601.
    """
    sampled = sketch(text)
    if len(sampled) < FEWEST_SAMPLED:
        return 0.0
    row = db.execute(
        "SELECT count(*) AS common FROM json_each(?) AS mine"
        " CROSS JOIN shingle ON shingle.hash = mine.value"
        " JOIN paper ON paper.number = shingle.paper"
        " LEFT JOIN body ON body.key = paper.body_key"
        " WHERE paper.meeting_date = ? AND body.name IS ?"
        " GROUP BY shingle.paper ORDER BY common DESC LIMIT 1",
        (json.dumps(list(sampled)), meeting, body),
    ).fetchone()
    return row[0] / len(sampled) if row else 0.0
