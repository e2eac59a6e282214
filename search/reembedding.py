"""Changes a library to another model while it goes on answering from the vectors that it has.

The new vectors are made beside the old ones, without holding up whoever reads papers in or changes
the register, and are kept as they are made: a run that is cut off goes on where it stopped. When
every text has one they change places in one transaction, with the model's name, and become a new
generation; readers take over both or neither.
"""

from __future__ import annotations

import shutil
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from ingest.embedding import Embedder
from ingest.passages import embedded_text
from search.errors import LibraryDerived, NoRoom
from search.library import Library
from search.store import models as model_rows
from search.store import passages as passage_rows
from search.store import writing
from search.store.faults import faults_named
from search.store.lock import WriterLock
from search.store.schema import is_current, open_to_read, open_to_write

SLICE_TEXTS = 128
"""Texts embedded between two signs of life: what an interruption can cost."""

CHANGING_LOCK = "changing.lock"
"""Held by whoever makes vectors for another model: two would do the same work twice."""

BYTES_A_PART = 10
"""Of disk for each part of each new vector while they change places: with 23,440 texts of 384 parts
the folder grew by 7.7 at most, and by 2.5 for good."""


@dataclass(frozen=True, slots=True)
class Making:
    """How far the vectors of another model are."""

    done: int
    total: int
    """Texts."""


@dataclass(frozen=True, slots=True)
class Changed:
    """What changing a library's model took."""

    texts: int
    embedded: int
    """Texts that the model had to embed; the others' vectors were known."""
    seconds: float


def change_model(
    folder: Path, embedder: Embedder, progress: Callable[[Making], None] = lambda _: None
) -> Changed:
    """Make a library the embedder's, and answer from the old vectors until all new ones are there.

    Raises:
        LibraryMissing, LibraryTooNew, LibraryDamaged, LibraryDerived: it cannot be written.
        LibraryBusy: another process changes its model; or reads papers in just when all vectors
            are made: they are kept.
        NoRoom: the disk has not the room that is needed; what was made is kept.
    """
    began = time.monotonic()
    maker = _Maker(folder, embedder, progress)
    lock = WriterLock(folder, CHANGING_LOCK)
    try:
        with faults_named(folder), closing(_open(folder)) as db:
            if model_rows.own_model(db) == embedder.name:
                return Changed(model_rows.text_count(db), 0, time.monotonic() - began)
            maker.check_room(db)
            maker.make(db)
            texts = model_rows.text_count(db)
        with faults_named(folder), Library.open(folder) as library:
            library.change_model(embedder.name, embedder.dimension, maker.make)
    finally:
        lock.release()
    return Changed(texts, maker.embedded, time.monotonic() - began)


class _Maker:
    """Makes the vectors that a model lacks of a library's texts."""

    def __init__(
        self, folder: Path, embedder: Embedder, progress: Callable[[Making], None]
    ) -> None:
        self._folder = folder
        self._embedder = embedder
        self._progress = progress
        self.embedded = 0

    def check_room(self, db: sqlite3.Connection) -> None:
        """Make sure, roughly, that the disk has the room before hours are spent."""
        needed = model_rows.text_count(db) * self._embedder.dimension * BYTES_A_PART
        free = shutil.disk_usage(self._folder).free
        if free < needed:
            raise NoRoom(self._folder, needed, free)

    def make(self, db: sqlite3.Connection) -> None:
        """Keep a vector of every text that lacks one, those that come meanwhile too."""
        while numbers := model_rows.lacking(db, self._embedder.name):
            total = model_rows.text_count(db)
            for at in range(0, len(numbers), SLICE_TEXTS):
                self._progress(Making(total - len(numbers) + at, total))
                self._embed(db, numbers[at : at + SLICE_TEXTS])
            self._progress(Making(total, total))

    def _embed(self, db: sqlite3.Connection, numbers: list[int]) -> None:
        kept = passage_rows.passages(db, numbers)  # some may have been removed meanwhile
        if not kept:
            return
        texts = [embedded_text(each.passage) for each in kept.values()]
        rows = self._embedder.embed_passages(texts)
        with writing.transaction(db):
            model_rows.keep_spares(db, self._embedder.name, dict(zip(kept, rows, strict=True)))
        self.embedded += len(kept)


def _open(folder: Path) -> sqlite3.Connection:
    """Open the database to write spare vectors to, beside its one writer.

    SQLite lets the two write in turn; only a migration wants the library for itself.
    """
    with closing(open_to_read(folder)) as db:
        current = is_current(db)
        row = db.execute("SELECT opened FROM library").fetchone() if current else None
    if row and row[0]:
        raise LibraryDerived(folder)
    if not current:
        Library.open(folder).close()
    return open_to_write(folder)
