"""The audit: who did what, in the order it was done; it is only ever added to.

It keeps no question of anybody, unless the operator wants those of whoever may see what is exempt.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from api.access.people import DAY
from api.access.roles import Caller
from api.access.store import AccessStore

LONGEST = 2_000
"""Characters of what a line says; more is somebody's flood."""


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that was done."""

    number: int
    """From 1, without gaps: one that is missing was taken out."""
    at: str
    """UTC, ISO 8601."""
    who: str
    role: str
    did: str
    what: str


class Audit:
    """The record of what was done."""

    def __init__(self, store: AccessStore, now: Callable[[], float] = time.time) -> None:
        """Look at nothing yet."""
        self._store = store
        self._now = now

    def add(self, caller: Caller, did: str, what: str = "") -> None:
        """Note what someone did; on disk when this returns."""
        values = (int(self._now()), caller.name, caller.role.value, did, what[:LONGEST])
        with self._store.writing() as db:
            db.execute("INSERT INTO audit VALUES (NULL, ?, ?, ?, ?, ?)", values)

    def lines(self) -> Iterator[Line]:
        """Yield what was done, oldest first."""
        with self._store.reading() as db:
            rows = db.execute("SELECT * FROM audit ORDER BY number") if db else ()
            for number, at, *rest in rows:
                yield Line(number, datetime.fromtimestamp(at, UTC).isoformat(), *rest)

    def forget_older(self, days: int) -> None:
        """Drop what was done more than so many days ago: the one way out of the audit."""
        with self._store.reading() as db:
            if db is None:
                return
        since = int(self._now()) - days * DAY
        with self._store.writing() as db:
            old = "SELECT coalesce(max(number), 0) FROM audit WHERE at < ?"
            db.execute(f"UPDATE audit_kept SET before = ({old})", (since,))  # noqa: S608
            db.execute("DELETE FROM audit WHERE number <= (SELECT before FROM audit_kept)")
            db.execute("UPDATE audit_kept SET before = 0")
