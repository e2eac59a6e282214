"""The tables in passages, out of the database: cells are cut from the pages that hold them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence

from search.store.pages import Words
from search.store.rows import tables_of
from search.tables import TableSlice, slices


def slices_by_id(
    db: sqlite3.Connection, identities: Sequence[str]
) -> dict[str, tuple[TableSlice, ...]]:
    """Return the tables that stand in passages, by the passage's id; those without are left out."""
    rows = db.execute(
        'SELECT passage.id, passage.paper, passage.start, passage."end" FROM passage'
        " WHERE passage.read_out IS NOT NULL"
        " AND passage.id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(identities)),),
    ).fetchall()
    papers = {paper for _, paper, _, _ in rows}
    packed = dict(
        db.execute(
            "SELECT number, tables FROM paper WHERE number IN (SELECT value FROM json_each(?))",
            (json.dumps(list(papers)),),
        )
    )
    words = {paper: Words(db, paper) for paper in papers}
    return {
        identity: slices(tables_of(packed[paper], start, end), start, end, words[paper].said)
        for identity, paper, start, end in rows
    }
