"""Opens the present generation of a library: its parts, made by one writer, as of one moment."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from pathlib import Path

from search.access import Access
from search.dense.index import DenseIndex
from search.derived import catch_up
from search.errors import LibraryBusy, LibraryMissing, LibraryOutOfStep, NoRight
from search.indexes import DENSE, LEXICAL
from search.lexical.index import LexicalIndex
from search.opened import open_folder, reflects
from search.publishing import Published, published
from search.store import papers as paper_rows
from search.store import passages as passage_rows
from search.store.faults import faults_named
from search.store.schema import is_current, open_to_read
from search.view import View

WAIT_SECONDS = 60.0
"""How long a reader who comes while a writer is indexing waits for it: a batch takes a second,
making a large index anew a minute."""

PAUSE_SECONDS = 0.02


def open_view(folder: Path, access: Access = Access.PUBLIC) -> View:
    """Open the library's present generation for reading.

    What is derived from it and was left behind by a crash, deleted, or made by an older version is
    brought up first; while a writer does so, this waits.

    Args:
        folder: the library's.
        access: what whoever reads may see.

    Raises:
        LibraryMissing: there is no library.
        LibraryTooNew, LibraryDamaged, NoRight: it cannot be read.
        NoRoom: its indexes are behind, and the disk is too full to bring them up.
        LibraryOutOfStep: its indexes are behind, and this process may not write.
    """
    deadline = time.monotonic() + WAIT_SECONDS
    while True:
        view = try_to_open(folder, access)
        if view is not None:
            return view
        try:
            with faults_named(folder):
                catch_up(folder)
        except LibraryBusy as exc:  # a writer is at it
            if time.monotonic() > deadline:
                raise LibraryOutOfStep(folder) from exc
            time.sleep(PAUSE_SECONDS)
        except (OSError, sqlite3.OperationalError, NoRight) as exc:
            raise LibraryOutOfStep(folder) from exc


def try_to_open(folder: Path, access: Access) -> View | None:
    """Open the present generation; None where its parts do not belong together just now."""
    before = published(folder)
    with closing(open_to_read(folder)) as db:
        db.execute("BEGIN")  # what is read from now on is of one moment
        if not before or not is_current(db) or paper_rows.generation(db) != before.generation:
            return None
        opened = open_folder(folder, db) if access is Access.PUBLIC else None
        if opened is not None and not reflects(opened, db):
            return None
    return _put_together(folder, opened or folder, access, before)


def _put_together(folder: Path, place: Path, access: Access, before: Published) -> View | None:
    """Open the parts in place, if what is published of the library in folder stays the same."""
    complete = published(place)
    try:
        db = open_to_read(place)
    except LibraryMissing:
        if place == folder:
            raise
        return None  # the open part is just being made anew
    try:
        db.execute("BEGIN")
        if complete and paper_rows.generation(db) == complete.generation:
            if access is Access.PUBLIC:
                _hide_files(db)
            lexical = LexicalIndex(place / LEXICAL)
            dense = DenseIndex(place / DENSE, paper_rows.dimension(db))
            whole = len(lexical) == len(dense) == passage_rows.passage_count(db)
            if whole and published(folder) == before:
                return View(folder, db, lexical, dense, before)
    except ValueError:  # an index is gone or broken
        pass
    except BaseException:
        db.close()
        raise
    db.close()
    return None


def _hide_files(db: sqlite3.Connection) -> None:
    """Let this connection see nothing of files.

    What could not be read may be exempt, and when a file was last taken in may tell of one that is.
    """
    db.execute("CREATE TEMP VIEW file AS SELECT * FROM main.file WHERE FALSE")
