"""Keeps everything that is derived from a library in step with it: its open part, its indexes."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from search.indexes import Indexes
from search.opened import OpenPart, open_folder, reflects
from search.publishing import published, withdraw
from search.store import papers as paper_rows
from search.store.lock import WriterLock
from search.store.schema import open_to_write


class Derived:
    """What is derived from one library, for its only writer."""

    def __init__(self, folder: Path, db: sqlite3.Connection) -> None:
        """Look at nothing yet; the library's own row must be there."""
        self._folder = folder
        self._db = db
        self._open = OpenPart(folder, db)
        self._indexes = Indexes(folder, db)

    def bring_up(self, *, thorough: bool, open_changed: bool = True) -> None:
        """Bring all of it to the library's generation, and publish that.

        Args:
            thorough: no trace of removed papers may stay in any file: see search.purging.
            open_changed: what changed last is not all exempt.
        """
        known = published(self._folder)
        withdraw(self._folder)
        first = paper_rows.generation(self._db) - (not open_changed)
        self._open.bring_up(thorough=thorough, first=first)
        self._indexes.bring_up(thorough=thorough, known=known)

    def close(self) -> None:
        """Let go of the open part."""
        self._open.close()


def in_step(folder: Path, db: sqlite3.Connection) -> bool:
    """Tell whether all that is derived is known to be at the library's generation."""
    found = published(folder)
    if found is None or found.generation != paper_rows.generation(db):
        return False
    opened = open_folder(folder, db)
    return opened is None or reflects(opened, db)


def catch_up(folder: Path) -> None:
    """Bring up what is derived after a crash, a deletion or an update of this program.

    Raises:
        LibraryBusy: a writer is at work, and will do it.
        OSError, sqlite3.OperationalError: this process may not write there.
    """
    lock = WriterLock(folder)
    try:
        db = open_to_write(folder)
        derived = Derived(folder, db)
        try:
            derived.bring_up(thorough=True)
        finally:
            derived.close()
            db.close()
    finally:
        lock.release()
