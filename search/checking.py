"""Looks whether a library is whole: the truth in itself, and all that is derived against it."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ingest.exemption import is_closed
from ingest.paper import passage_id
from search.dense.index import DenseIndex
from search.derived import catch_up, in_step
from search.errors import LibraryDamaged
from search.indexes import DENSE, LEXICAL
from search.lexical.index import LexicalIndex
from search.opened import OPEN, open_folder
from search.publishing import withdraw
from search.store import papers as paper_rows
from search.store import passages as passage_rows
from search.store.lock import WriterLock
from search.store.pages import pages_of, text_of
from search.store.schema import is_current, open_to_read
from search.store.vectors import MOST, pack_vectors

MOST_NAMED = 5
"""Faults of one sort that are named; the rest is counted."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something about a library that is not as it should be."""

    what: str
    derived: bool
    """It can be made again from the truth: see repair. Otherwise a copy has to be restored."""


def check(folder: Path) -> list[Fault]:
    """Return what is wrong with a library; nothing where all is well.

    Raises:
        LibraryMissing: there is none.
        LibraryTooNew: a later version of this program made it.
    """
    try:
        with closing(open_to_read(folder)) as db:
            db.execute("BEGIN")
            truth = [Fault(what, derived=False) for what in _some(_truth(db))]
            # Where the truth does not hold there is nothing to hold the rest to.
            return truth or [Fault(what, derived=True) for what in _some(_derived(folder, db))]
    except (sqlite3.DatabaseError, LibraryDamaged) as exc:
        return [Fault(f"the database cannot be read: {exc}", derived=False)]


def repair(folder: Path) -> None:
    """Make all that is derived from a library anew.

    Raises:
        LibraryBusy: another process is writing.
    """
    lock = WriterLock(folder)
    try:
        withdraw(folder)
        for name in (LEXICAL, DENSE, OPEN):
            shutil.rmtree(folder / name, ignore_errors=True)
    finally:
        lock.release()
    catch_up(folder)


def _truth(db: sqlite3.Connection) -> Iterator[str]:
    """Yield what is wrong with the database."""
    for (said,) in db.execute("PRAGMA integrity_check"):
        if said != "ok":
            yield f"SQLite finds: {said}"
    for table, row, other, _ in db.execute("PRAGMA foreign_key_check"):
        yield f"row {row} of table {table} refers to a row of {other} that is not there"
    if not is_current(db):
        return  # an earlier version made it: the next command that writes brings it up
    yield from _places(db)
    yield from _vectors(db)


def _places(db: sqlite3.Connection) -> Iterator[str]:
    """Yield the papers whose pages do not join, and the passages that are not where they say."""
    for number, source in db.execute("SELECT number, source FROM paper").fetchall():
        try:
            pages = pages_of(db, number)
        except sqlite3.DatabaseError:
            yield f"the words of {source} cannot be unpacked"
            continue
        text = "".join(page.text for page in pages)
        starts = {page.number: page.start for page in pages}
        at = 0
        for page in pages:
            if page.start != at:
                yield f"page {page.number} of {source} does not begin where the one before ends"
            at += len(page.text)
        closed = db.execute(
            'SELECT start, "end" FROM closed WHERE paper = ? ORDER BY start', (number,)
        ).fetchall()
        yield from _passages(db, number, source, text, starts, closed)


def _passages(
    db: sqlite3.Connection,
    number: int,
    source: str,
    text: str,
    starts: dict[int, int],
    closed: list[tuple[int, int]],
) -> Iterator[str]:
    """Yield the passages of a paper that are not its own words at their own place."""
    rows = db.execute(
        'SELECT id, start, "end", first_page, last_page FROM passage WHERE paper = ?', (number,)
    ).fetchall()
    whole = closed == [(0, len(text))]
    # Open ones are counted first: see ingest.exemption.
    rows.sort(key=lambda row: (not whole and is_closed(row[1], row[2], closed), row[1]))
    seen: dict[str, int] = {}
    for identity, start, end, first, last in rows:
        words = text[start:end]
        occurrence = seen.get(words, 0)
        seen[words] = occurrence + 1
        if identity != passage_id(source, words, occurrence):
            yield f"passage {identity} of {source} is not made of the words at its place"
        elif not starts.get(first, end) <= start or last not in starts:
            yield f"passage {identity} of {source} is not on the pages that it names"


def _vectors(db: sqlite3.Connection) -> Iterator[str]:
    """Yield the vectors that are of another length or measure, or of no passage."""
    row = db.execute("SELECT dimension FROM library").fetchone()
    dimension = int(row[0]) if row else 0
    for key, packed in db.execute("SELECT hash, row FROM vector"):
        greatest = int(np.abs(np.frombuffer(packed, dtype=np.int8).astype(int)).max(initial=0))
        if len(packed) != dimension or greatest != MOST:
            yield f"vector {key.hex()[:16]} has {len(packed)} parts, the greatest {greatest}"
    for (model,) in db.execute(
        "SELECT model FROM spare_vector GROUP BY model HAVING min(length(row)) <> max(length(row))"
    ):
        yield f"vectors kept of the model {model} differ in length"
    lost = "SELECT count(*) FROM vector WHERE hash NOT IN (SELECT vector FROM passage)"
    if count := db.execute(lost).fetchone()[0]:
        yield f"{count} vectors belong to no passage"


def _derived(folder: Path, db: sqlite3.Connection) -> Iterator[str]:
    """Yield where the indexes and the open part differ from the database."""
    if not is_current(db) or not in_step(folder, db):
        yield "what is derived from the database has not caught up with it"
        return
    wanted = passage_rows.passage_numbers(db)
    try:
        lexical = LexicalIndex(folder / LEXICAL)
        dense = DenseIndex(folder / DENSE, paper_rows.dimension(db))
    except ValueError as exc:
        yield str(exc)
        return
    if not np.array_equal(lexical.numbers(), wanted):
        yield "the index of words does not hold the passages of the database"
    if not np.array_equal(np.sort(dense.numbers()), wanted):
        yield "the index of meaning does not hold the passages of the database"
    elif not _same_vectors(db, dense):
        yield "the index of meaning holds other vectors than the database"
    opened = open_folder(folder, db)
    if opened is not None:
        yield from _open_part(opened, db)


def _same_vectors(db: sqlite3.Connection, dense: DenseIndex) -> bool:
    """Tell whether the index holds the database's vectors."""
    numbers, rows = dense.numbers(), dense.rows()
    place = {int(number): at for at, number in enumerate(numbers)}
    return all(
        rows[[place[number] for number in part]].tobytes() == b"".join(pack_vectors(true))
        for part, true in passage_rows.vectors(db, numbers.tolist(), paper_rows.dimension(db))
    )


def _open_part(opened: Path, db: sqlite3.Connection) -> Iterator[str]:
    """Yield what is wrong with the open part, above all anything exempt in it."""
    for fault in check(opened):
        yield f"in the open part, {fault.what}"
    open_papers = _column(db, "SELECT id FROM paper WHERE NOT exempt ORDER BY id")
    with closing(open_to_read(opened)) as inside:
        if _column(inside, "SELECT id FROM paper ORDER BY id") != open_papers:
            yield "the open part does not hold the open papers"
        for paper, start, end in db.execute(
            'SELECT paper.id, start, "end" FROM closed JOIN paper ON paper.number = closed.paper'
            " WHERE NOT paper.exempt"
        ):
            drawn = inside.execute("SELECT number FROM paper WHERE id = ?", (paper,)).fetchone()
            if drawn is None or text_of(inside, drawn[0])[start:end].strip():
                yield f"the open part shows what is exempt of paper {paper}"


def _column(db: sqlite3.Connection, query: str) -> list[str]:
    return [each for (each,) in db.execute(query)]


def _some(faults: Iterator[str]) -> list[str]:
    """Return the first faults, and how many more there are."""
    found = list(faults)
    rest = len(found) - MOST_NAMED
    return found[:MOST_NAMED] + ([f"and {rest:,} more"] if rest > 0 else [])
