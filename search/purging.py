"""Takes the traces of removed passages out of the index of words, beside whoever writes.

The index's files keep the words of what was removed, and count them, until it is built anew: a
minute's work for some hundred thousand passages. That is done in a folder of its own and without
the writer's lock, which is taken only to put what was built in place, with what changed meanwhile.
"""

from __future__ import annotations

import shutil
import time
from contextlib import closing
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from search.errors import LibraryBusy
from search.indexes import LEXICAL, Indexes, rows
from search.lexical.writer import build_aside, owes
from search.opened import OPEN
from search.publishing import publish, published, withdraw
from search.store import papers as paper_rows
from search.store import passages as passage_rows
from search.store.lock import WriterLock
from search.store.schema import empty_log, open_to_read, open_to_write

PURGING_LOCK = "purging.lock"

ASIDE = "lexical.new"

WAIT_SECONDS = 60.0
"""How long what was built waits for a writer. One who goes on longer reads papers in, and sees to
it when that is done."""

PAUSE_SECONDS = 0.02


def purge(folder: Path) -> None:
    """Take out of a library's files the traces of what was removed, where that is owed."""
    places = [place for place in (folder, folder / OPEN) if owes(place / LEXICAL)]
    if not places:
        return
    try:
        lock = WriterLock(folder, PURGING_LOCK)
    except LibraryBusy:  # somebody is at it, and sees to what was removed since as well
        return
    try:
        for place in places:
            while owes(place / LEXICAL) and _purge(folder, place):
                pass
    finally:
        shutil.rmtree(folder / ASIDE, ignore_errors=True)
        lock.release()


def _purge(folder: Path, place: Path) -> bool:
    """Purge a library or its open part; tell whether that could be done."""
    with closing(open_to_read(place)) as db:
        identity = paper_rows.identity(db)
        built = passage_rows.passage_numbers(db)
        build_aside(folder / ASIDE, rows(db, built))
    lock = _in_turn(folder)
    if lock is None:
        return False
    try:
        return put_in_place(folder, place, identity, built)
    finally:
        lock.release()


def put_in_place(folder: Path, place: Path, identity: str, built: NDArray[np.int64]) -> bool:
    """Put what was built aside in place, if it is still of the same library; under its lock.

    Args:
        folder: the library's.
        place: the same, or that of its open part.
        identity: of what the index was built of.
        built: numbers of the passages it was built of, ascending.

    Returns:
        Whether the present index is such that this could be decided.
    """
    whole, part = published(folder), published(place)
    with closing(open_to_write(place)) as db:
        if not (whole and part and part.generation == paper_rows.generation(db)):
            return False  # a writer was stopped: the next begins with what that left behind
        if paper_rows.identity(db) == identity:  # the open part may have been made anew
            withdraw(folder)
            Indexes(place, db).take_over(folder / ASIDE, built)
            if place != folder:  # whose readers are told by the whole one
                publish(folder, whole.generation, whole.last)
        empty_log(db)
    return True


def _in_turn(folder: Path) -> WriterLock | None:
    """Return the right to write; None where somebody keeps it for long."""
    deadline = time.monotonic() + WAIT_SECONDS
    while time.monotonic() < deadline:
        try:
            return WriterLock(folder)
        except LibraryBusy:
            time.sleep(PAUSE_SECONDS)
    return None
