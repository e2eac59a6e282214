"""The open part of a library: what those see who may not read what is exempt.

It is a library of its own, with its own database and indexes, in a folder of the whole one, and
holds no word of anything exempt. So whatever is asked of it, today or by a feature to come, is
answered as if the exempt papers had never been read in: lists, counts, names, word frequencies and
confidence alike. Like the indexes it is derived and may be deleted; it is made as soon as anything
exempt is held, and stays from then on, so that nobody learns from its going that there was.
"""

from __future__ import annotations

import secrets
import shutil
import sqlite3
from hashlib import sha256
from pathlib import Path

import numpy as np

from ingest.exemption import open_part
from ingest.keeping import Embedded, Stamp, Vectors
from ingest.paper import Paper
from search.indexes import LEXICAL, ROWS_AT_A_TIME, Indexes
from search.lexical.index import of_this_form
from search.publishing import published
from search.state import State, note_state, read_state, usable
from search.store import commitments as commitment_rows
from search.store import papers as paper_rows
from search.store import passages as passage_rows
from search.store import writing
from search.store.rows import item_row, paper_row
from search.store.schema import MIGRATIONS, empty_log, open_to_write

OPEN = "open"
"""Its folder in the whole library's folder."""

VERSION = len(MIGRATIONS)
"""A migration leaves it without what only papers read anew would bring: it is made again."""

_NO_STAMP = Stamp(0, 0, "")


def open_folder(folder: Path, db: sqlite3.Connection) -> Path | None:
    """Return where the open part of a library lies, or has to; None where all of it is open."""
    opened = folder / OPEN
    return opened if opened.is_dir() or _holds_exempt(db) else None


def reflects(opened: Path, db: sqlite3.Connection) -> bool:
    """Tell whether the open part of a library is at the generation of the whole."""
    state, complete = read_state(opened), published(opened)
    return state == _state(db) and complete is not None


class OpenPart:
    """The open part of one library, for its only writer."""

    def __init__(self, folder: Path, db: sqlite3.Connection) -> None:
        """Look at nothing yet."""
        self._folder = folder / OPEN
        self._whole_folder = folder
        self._whole = db
        self._db: sqlite3.Connection | None = None
        self._indexes: Indexes | None = None

    def bring_up(self, *, thorough: bool, first: int) -> None:
        """Make it hold the open part of every paper of the library, no more and no less.

        Args:
            thorough: leave no trace of removed papers in its files either.
            first: its generation, where it has to be made.
        """
        if open_folder(self._whole_folder, self._whole) is None:
            return
        db, made = self._opened()
        gone, fresh = self._differences(db)
        with writing.transaction(db), writing.sweeping_vectors(db):
            changed, removed = _draw(db, self._whole, gone, fresh)
            changed_model = _take_models(db, self._whole)
            told = commitment_rows.tell_openly(db, self._whole)
            if changed or changed_model or told:
                writing.raise_generation(db)
            if made:
                db.execute("UPDATE library SET generation = ?", (first,))
        thorough = thorough or removed
        if changed_model:
            self._indexes = None  # which know the model's name
        complete = published(self._folder)
        whole = complete is not None and complete.generation == paper_rows.generation(db)
        if not whole or not of_this_form(self._folder / LEXICAL):
            self._its_indexes(db).bring_up(thorough=thorough, known=complete)
        if thorough:
            empty_log(db)
        note_state(self._folder, _state(self._whole))

    def close(self) -> None:
        """Let go of its database."""
        if self._db is not None:
            self._indexes = None
            try:
                empty_log(self._db)
            finally:
                self._db.close()
                self._db = None

    def _its_indexes(self, db: sqlite3.Connection) -> Indexes:
        if self._indexes is None:
            self._indexes = Indexes(self._folder, db)
        return self._indexes

    def _opened(self) -> tuple[sqlite3.Connection, bool]:
        """Return its database, and whether that had to be made; one of another past is dropped."""
        if self._db is not None:
            return self._db, False
        state, whole = read_state(self._folder), _state(self._whole)
        if not usable(state, VERSION, whole.identity, whole.generation):
            shutil.rmtree(self._folder, ignore_errors=True)
        db = open_to_write(self._folder)
        row = self._whole.execute("SELECT model, dimension, created FROM library").fetchone()
        made = db.execute("SELECT 1 FROM library").fetchone() is None
        if made:
            db.execute(
                "INSERT INTO library (one, identity, model, dimension, generation, created, opened)"
                " VALUES (1, ?, ?, ?, 0, ?, 1)",
                (secrets.token_hex(16), *row),
            )
        self._db = db
        return db, made

    def _differences(self, db: sqlite3.Connection) -> tuple[dict[int, str], dict[int, str]]:
        """Return the papers to drop and those to draw: source by number in the whole library."""
        query = "SELECT number, source FROM paper WHERE NOT exempt"
        wanted = dict(self._whole.execute(query).fetchall())
        held = dict(db.execute("SELECT whole, source FROM drawn").fetchall())
        gone = {number: held[number] for number in held.keys() - wanted.keys()}
        fresh = {number: wanted[number] for number in sorted(wanted.keys() - held.keys())}
        return gone, fresh


def _draw(
    db: sqlite3.Connection, whole: sqlite3.Connection, gone: dict[int, str], fresh: dict[int, str]
) -> tuple[bool, bool]:
    """Drop some papers, and draw others.

    Returns:
        Whether anything changed, and whether anything may have gone that was open until now.
    """
    known = dict(db.execute("SELECT source, digest FROM drawn").fetchall())
    changed = bool(set(gone.values()) - set(fresh.values()))
    removed = changed
    db.executemany("DELETE FROM drawn WHERE whole = ?", [(number,) for number in gone])
    writing.delete_papers(db, sorted(set(gone.values()) - set(fresh.values())))
    for number, source in fresh.items():
        identity = whole.execute("SELECT id FROM paper WHERE number = ?", (number,)).fetchone()[0]
        drawn = open_part(paper_rows.paper(whole, identity))
        if drawn is None:
            continue
        digest = _digest(drawn) if drawn.closed else None
        db.execute("INSERT INTO drawn VALUES (?, ?, ?)", (number, source, digest))
        if digest is not None and known.get(source) == digest:
            continue  # only its exempt part is another
        removed = removed or bool(drawn.closed and writing.delete_papers(db, [source]))
        writing.delete_papers(db, [source])
        writing.insert_paper(db, Embedded(drawn, _NO_STAMP, _vectors(whole, drawn)))
        changed = True
    return changed, removed


def _take_models(db: sqlite3.Connection, whole: sqlite3.Connection) -> bool:
    """Take over the whole library's reranker, and its model with all vectors if that is another.

    Returns:
        Whether the model is another.
    """
    (reranker,) = whole.execute("SELECT reranker FROM library").fetchone()
    db.execute("UPDATE library SET reranker = ?", (reranker,))
    wanted = whole.execute("SELECT model, dimension FROM library").fetchone()
    if db.execute("SELECT model, dimension FROM library").fetchone() == wanted:
        return False
    # By passage and not by text: what a passage says beside its words may be blank here.
    shown = db.execute("SELECT id, vector FROM passage ORDER BY number DESC").fetchall()
    for at in range(0, len(shown), ROWS_AT_A_TIME):
        keys = dict(shown[at : at + ROWS_AT_A_TIME])
        rows = passage_rows.packed_vectors(whole, list(keys))
        db.executemany(
            "UPDATE vector SET row = ? WHERE hash = ?",
            [(rows[identity], key) for identity, key in keys.items()],
        )
    db.execute("UPDATE library SET model = ?, dimension = ?", wanted)
    return True


def _vectors(whole: sqlite3.Connection, drawn: Paper) -> Vectors:
    """Return the vectors of a paper's open passages, which the whole library holds."""
    dimension = int(whole.execute("SELECT dimension FROM library").fetchone()[0])
    numbers = passage_rows.numbers_of(whole, [each.id for each in drawn.passages])
    rows = [
        row
        for _, part in passage_rows.vectors(whole, sorted(numbers.values()), dimension)
        for row in part
    ]
    by_number = dict(zip(sorted(numbers.values()), rows, strict=True))
    found = [by_number[numbers[each.id]] for each in drawn.passages]
    return np.stack(found) if found else np.zeros((0, 0), np.float32)


def _digest(drawn: Paper) -> bytes:
    """Return what changes whenever anything does that is kept of a paper."""
    parts = (
        paper_row(drawn),
        drawn.closed,
        [(page.number, page.label, page.text, page.scanned, page.ocr) for page in drawn.text.pages],
        [item_row(item) for item in drawn.items],
        drawn.passages,
        drawn.business,
        drawn.commitments,
    )
    return sha256(repr(parts).encode()).digest()


def _state(whole: sqlite3.Connection) -> State:
    """Return what the open part says of itself when it is in step."""
    identity, generation = whole.execute("SELECT identity, generation FROM library").fetchone()
    return State(VERSION, identity, generation)


def _holds_exempt(db: sqlite3.Connection) -> bool:
    """Tell whether a library holds anything exempt; an open part never does."""
    row = db.execute(
        "SELECT NOT opened AND (EXISTS (SELECT 1 FROM paper WHERE exempt)"
        " OR EXISTS (SELECT 1 FROM closed)) FROM library"
    ).fetchone()
    return bool(row and row[0])
