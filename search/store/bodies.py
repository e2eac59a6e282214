"""One body, one name: its spellings meet under a key, and the library shows the commonest."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from pathlib import PurePosixPath

from ingest.meeting.bodies import canonical, is_council
from search.holdings import BodyCount

ANY_COUNCIL = canonical("Full Council")
"""The key of "Council" and "Full Council", which may be any council's own meeting."""

ANY_OF_A_SORT = tuple(
    f"{sort} Council"
    for sort in ("County", "City", "Borough", "District", "Town", "Parish", "Community")
)
"""What a council calls itself for short in its own papers: "County Council"."""

SAME_BODY = """SELECT spelt.key FROM body AS given JOIN body AS spelt ON spelt.name = given.name
    WHERE given.key IN (SELECT value FROM json_each(?))"""
"""The keys of the bodies whose keys are given, and of those linked with them."""


def key_of(body: str | None) -> str | None:
    """Return the key under which all spellings of a body's name meet."""
    return (canonical(body) or body) if body else None


def keys(names: Sequence[str]) -> str:
    """Return the parameter of SAME_BODY for names in any spelling."""
    return json.dumps([key_of(name) for name in names])


def all_keys(db: sqlite3.Connection, names: Sequence[str]) -> tuple[str, ...]:
    """Return the keys of bodies named in any spelling, those of bodies not held among them."""
    found = {key for (key,) in db.execute(SAME_BODY, (keys(names),))}
    return tuple(sorted(found.union(key_of(name) or "" for name in names)))


def shown_names(db: sqlite3.Connection, names: Sequence[str]) -> tuple[str, ...]:
    """Return what the library shows of bodies named in any spelling; nothing of those not held."""
    rows = db.execute(
        f"SELECT DISTINCT name FROM body WHERE key IN ({SAME_BODY}) ORDER BY name",  # noqa: S608
        (keys(names),),
    )
    return tuple(name for (name,) in rows)


def keys_of_passages(db: sqlite3.Connection, numbers: Sequence[int]) -> dict[int, str | None]:
    """Return the key of the body of each passage, by the passage's number.

    It stays as it is while the body's shown name, and what it is linked with, may change.
    """
    rows = db.execute(
        "SELECT passage.number, paper.body_key FROM passage"
        " JOIN paper ON paper.number = passage.paper"
        " WHERE passage.number IN (SELECT value FROM json_each(?))",
        (json.dumps(list(numbers)),),
    )
    return dict(rows.fetchall())


def name_bodies(db: sqlite3.Connection) -> None:
    """Find anew what each body is called; part of every transaction that changes papers."""
    db.execute("DELETE FROM body")
    db.execute(
        "INSERT INTO body SELECT body_key, body FROM ("
        "  SELECT body_key, body, row_number() OVER ("
        "    PARTITION BY body_key ORDER BY count(*) DESC, body) AS place"
        "  FROM paper WHERE body IS NOT NULL GROUP BY body_key, body"
        ") WHERE place = 1"
    )
    _link_short_names(db)
    council = _the_council(db)
    if council is not None:
        db.execute("INSERT OR REPLACE INTO body VALUES (?, ?)", (ANY_COUNCIL, council))


def _link_short_names(db: sqlite3.Connection) -> None:
    """Show "County Council" as "Saltmarsh County Council" where that is the only one it can be."""
    names = dict(db.execute("SELECT key, name FROM body"))
    for short in ANY_OF_A_SORT:
        key = canonical(short)
        whole = {
            name for name in names.values() if name.casefold().endswith(f" {short.casefold()}")
        }
        if key in names and len(whole) == 1:
            db.execute("UPDATE body SET name = ? WHERE key = ?", (whole.pop(), key))


def names_by_key(db: sqlite3.Connection) -> dict[str, str]:
    """Return the name shown of each body, by its keys."""
    return dict(db.execute("SELECT key, name FROM body").fetchall())


def counts(db: sqlite3.Connection) -> list[BodyCount]:
    """Return the bodies with papers, by name; papers of no known body last."""
    rows = db.execute(
        "SELECT body.name, count(*) FROM paper LEFT JOIN body ON body.key = paper.body_key"
        " GROUP BY body.name ORDER BY body.name IS NULL, body.name"
    )
    return [BodyCount(name, papers) for name, papers in rows]


def _the_council(db: sqlite3.Connection) -> str | None:
    """Return the one council that papers of "Full Council" can be of, by the name shown.

    That is the only one that papers filed beside them name; without such papers, or where none of
    those names any, the only one of the library. Of two, neither.
    """
    named = {
        key: name
        for key, name in db.execute("SELECT key, name FROM body")
        if key != ANY_COUNCIL and is_council(name)
    }
    rows = db.execute(
        "SELECT source, body_key FROM paper WHERE body_key IN (SELECT value FROM json_each(?))",
        (json.dumps([ANY_COUNCIL, *named]),),
    ).fetchall()
    folders = {_folder(source) for source, key in rows if key == ANY_COUNCIL}
    beside = {key for source, key in rows if key != ANY_COUNCIL and _folder(source) in folders}
    possible = {named[key] for key in beside or named}
    return possible.pop() if len(possible) == 1 else None


def _folder(source: str) -> str:
    return str(PurePosixPath(source).parent)
