"""The tables in passages, out of the database: cells are cut from the pages that hold them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence

from ingest.paper import Table
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
    papers = {paper: _Tabled(db, paper) for _, paper, _, _ in rows}
    return {
        identity: slices(papers[paper].tables(start, end), start, end, papers[paper].said)
        for identity, paper, start, end in rows
    }


class _Tabled:
    """One paper's tables and words."""

    def __init__(self, db: sqlite3.Connection, paper: int) -> None:
        query = "SELECT tables FROM paper WHERE number = ?"
        self._packed = db.execute(query, (paper,)).fetchone()[0]
        self.said = Words(db, paper).said
        """Returns characters [start, end) of the paper's text."""

    def tables(self, start: int, end: int) -> tuple[Table, ...]:
        """Return the tables with a cell that begins in [start, end), and perhaps others."""
        return tables_of(self._packed, start, end)
