"""What a clerk has said of papers; each function runs inside its caller's transaction."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence


def settled(db: sqlite3.Connection) -> dict[str, Mapping[str, str]]:
    """Return what was said of papers, by source: values by name of fact."""
    return {
        source: json.loads(said) for source, said in db.execute("SELECT source, said FROM settled")
    }


def settle(db: sqlite3.Connection, said: Mapping[str, Mapping[str, str]]) -> None:
    """Hold exactly this of these papers, by source."""
    unsettle(db, list(said))
    db.executemany(
        "INSERT INTO settled VALUES (?, ?)",
        [(source, json.dumps(dict(each))) for source, each in said.items() if each],
    )


def unsettle(db: sqlite3.Connection, sources: Sequence[str]) -> None:
    """Forget what was said of papers."""
    db.executemany("DELETE FROM settled WHERE source = ?", [(source,) for source in sources])
