"""The library for its writer: keeps papers whole, and makes them findable.

One folder holds everything: library.sqlite3 is the truth; the indexes beside it are derived and
may be deleted at any time.
"""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType

import numpy as np
from numpy.typing import NDArray

from ingest.errors import IngestError, SidecarWrong
from ingest.keeping import Embedded, Held, Stamp
from search.derived import Derived, in_step
from search.errors import LibraryDerived, LibraryMissing, ModelMismatch, NotHeld
from search.purging import purge
from search.register.values import Wish
from search.store import commitments as commitment_rows
from search.store import models as model_rows
from search.store import settling, writing
from search.store.lock import WriterLock
from search.store.schema import DATABASE, empty_log, open_to_write


class Library:
    """Keeps papers (ingest.keeping.Keeper): the only writer of its folder while it is open."""

    def __init__(
        self, folder: Path, db: sqlite3.Connection, lock: WriterLock, *, in_haste: bool = False
    ) -> None:
        """Wrap an open database; see create_or_open."""
        self._in_haste = in_haste
        self._folder = folder
        self._db = db
        self._lock = lock
        self._closed = False
        self._derived = Derived(folder, db)
        if not in_step(folder, db):
            self._derived.bring_up(thorough=True)

    @classmethod
    def create_or_open(cls, folder: Path, model: str, dimension: int) -> Library:
        """Open the library in a folder for writing, or make one there.

        Args:
            folder: made where it is missing.
            model: the embedder's name.
            dimension: length of its vectors.

        Raises:
            LibraryBusy: another process is writing.
            ModelMismatch: the library's vectors were made with another model.
            LibraryTooNew: a later version of this program made it.
            LibraryDamaged: its database is broken.
            LibraryDerived: it is the open part of another library.
        """
        return cls._opened(folder, lambda db: _sign(db, folder, model, dimension))

    @classmethod
    def open(cls, folder: Path, *, in_haste: bool = False) -> Library:
        """Open the library in a folder for writing, whatever its model.

        Args:
            folder: the library's.
            in_haste: leave traces of what others removed to the next writer; see close.

        Raises:
            LibraryMissing: there is none.
            LibraryBusy, LibraryTooNew, LibraryDamaged, LibraryDerived: as in create_or_open.
        """
        if not (folder / DATABASE).is_file():
            raise LibraryMissing(folder)
        return cls._opened(folder, lambda db: _must_be_whole(db, folder), in_haste=in_haste)

    @classmethod
    def _opened(
        cls, folder: Path, look: Callable[[sqlite3.Connection], None], *, in_haste: bool = False
    ) -> Library:
        lock = WriterLock(folder)
        try:
            db = open_to_write(folder)
            try:
                look(db)
                return cls(folder, db, lock, in_haste=in_haste)
            except BaseException:
                db.close()
                raise
        except BaseException:
            lock.release()
            raise

    @property
    def model(self) -> str:
        """Name of the embedder whose vectors it keeps."""
        return model_rows.own_model(self._db)

    def close(self) -> None:
        """Let others write; a second call does nothing.

        Then take the traces of what was removed out of the files, beside whoever writes next.
        """
        if self._let_go() and not self._in_haste:
            purge(self._folder)

    def _let_go(self) -> bool:
        """Let others write; tell whether that was still to do."""
        if self._closed:
            return False
        self._closed = True
        try:
            self._derived.close()
            empty_log(self._db)
        finally:  # on a full disk the log stays, and whoever opens the library next empties it
            self._db.close()
            self._lock.release()
        return True

    def __enter__(self) -> Library:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if kind is None:
            self.close()
        else:
            self._let_go()

    def held(self) -> Mapping[str, Held]:
        """Return what is known of every file, by source."""
        return writing.held_files(self._db)

    def known_vectors(self, texts: Sequence[str]) -> Mapping[str, NDArray[np.float32]]:
        """Return the vectors already made with the library's model, by the text embedded."""
        return writing.known_vectors(self._db, texts)

    def keep_vectors(self, vectors: Mapping[str, NDArray[np.float32]]) -> None:
        """Know vectors from now on, by the text embedded, before a paper with it is kept."""
        with writing.transaction(self._db):
            writing.insert_early_vectors(self._db, vectors)

    def drop_unused_vectors(self) -> None:
        """Forget the vectors that were kept for papers which then were not."""
        with writing.transaction(self._db):
            writing.drop_early_vectors(self._db)

    def keep(self, papers: Sequence[Embedded]) -> None:
        """Hold exactly these versions of these papers, in one transaction; make them findable.

        A paper held before under the same source is replaced whole; of two in one call under the
        same source, the last is kept.
        """
        latest = {each.paper.source: each for each in papers}
        if not latest:
            return
        with (
            writing.transaction(self._db),
            writing.sweeping_vectors(self._db),
            commitment_rows.keeping_changes(self._db, list(latest)),
        ):
            writing.delete_papers(self._db, list(latest))
            for each in latest.values():
                writing.insert_paper(self._db, each)
                writing.note_file(self._db, each.paper.source, each.paper.sha256, each.stamp)
            writing.drop_early_vectors(self._db, those_in_use=True)
            writing.raise_generation(self._db)
        self._derived.bring_up(
            thorough=False, open_changed=not all(each.paper.exempt for each in latest.values())
        )

    def refresh(self, stamps: Mapping[str, Stamp]) -> None:
        """Note new stamps of files whose bytes did not change, by source."""
        with writing.transaction(self._db):
            self._db.executemany(
                "UPDATE file SET size = ?, modified_ns = ?, reader = ? WHERE source = ?",
                [
                    (stamp.size, stamp.modified_ns, stamp.reader, source)
                    for source, stamp in stamps.items()
                ],
            )

    def forget(self, sources: Sequence[str]) -> int:
        """Remove papers (and failures) wholly; return how many were held.

        Readers miss them from now on; no file holds a trace of them when the library is closed.
        """
        with writing.transaction(self._db), writing.sweeping_vectors(self._db):
            with commitment_rows.keeping_changes(self._db, sources):
                gone = writing.delete_papers(self._db, sources)
            commitment_rows.forget_changes(self._db, sources)
            settling.unsettle(self._db, sources)
            writing.drop_early_vectors(self._db)
            self._db.executemany(
                "DELETE FROM file WHERE source = ?", [(source,) for source in sources]
            )
            if gone:
                writing.raise_generation(self._db)
        if gone:
            self._derived.bring_up(thorough=True)
            empty_log(self._db)
        return gone

    def settled(self) -> Mapping[str, Mapping[str, str]]:
        """Return what a clerk has said of papers, by source: values by name of fact."""
        return settling.settled(self._db)

    def settle(self, said: Mapping[str, Mapping[str, str]]) -> None:
        """Remember what a clerk says of papers from now on, by source; nothing of one: forget it.

        It outlives the paper's present version, and goes when the paper is forgotten.
        """
        with writing.transaction(self._db):
            settling.settle(self._db, said)

    def record(self, wishes: Sequence[Wish]) -> None:
        """Add changes to the log of commitments, all or none, and let readers see them.

        Raises:
            NotHeld: no paper prints one of the commitments any more.
        """
        made = writing.now()
        with writing.transaction(self._db):
            for wish in wishes:
                if not commitment_rows.insert_change(self._db, wish, made):
                    raise NotHeld("commitment", wish.commitment)
            writing.raise_generation(self._db)
        self._derived.bring_up(thorough=False)

    def change_model(
        self, model: str, dimension: int, make: Callable[[sqlite3.Connection], None]
    ) -> None:
        """Be another model's library from now on; the vectors of the old one are kept aside.

        Args:
            model: the embedder's name.
            dimension: length of its vectors.
            make: sees to it that every text has a spare vector of that model (search.reembedding).
        """
        if model == self.model:
            return
        make(self._db)
        with writing.transaction(self._db):
            model_rows.exchange(self._db, model, dimension)
            writing.raise_generation(self._db)
        self._derived.close()
        self._derived = Derived(self._folder, self._db)  # its indexes are of the old model
        self._derived.bring_up(thorough=False)

    def set_reranker(self, name: str | None) -> None:
        """Have the first passages read again by this cross-encoder from now on; None: by none."""
        with writing.transaction(self._db):
            self._db.execute("UPDATE library SET reranker = ?", (name,))
            writing.raise_generation(self._db)
        self._derived.bring_up(thorough=False)

    def report_failure(self, source: str, sha256: str, stamp: Stamp, error: IngestError) -> None:
        """Remember that a file could not be read; a version held before stays as it is.

        Only that it counts as exempt where it was its sidecar that could not be read: perhaps that
        was to say so.
        """
        with writing.transaction(self._db):
            writing.note_file(self._db, source, sha256, stamp, error)
            doubtful = isinstance(error, SidecarWrong) and writing.shut(self._db, source)
            if doubtful:
                writing.raise_generation(self._db)
        if doubtful:
            self._derived.bring_up(thorough=True)


def _sign(db: sqlite3.Connection, folder: Path, model: str, dimension: int) -> None:
    """Give a new library its identity, or check an old one's model."""
    with writing.transaction(db):
        row = db.execute("SELECT model, dimension, opened FROM library").fetchone()
        if row and row[2]:
            raise LibraryDerived(folder)
        if row is None:
            db.execute(
                "INSERT INTO library (one, identity, model, dimension, generation, created)"
                " VALUES (1, ?, ?, ?, 0, ?)",
                (secrets.token_hex(16), model, dimension, writing.now()),
            )
        elif row[:2] != (model, dimension):
            held, given = f"{row[0]} ({row[1]})", f"{model} ({dimension})"
            raise ModelMismatch(folder, held, given)


def _must_be_whole(db: sqlite3.Connection, folder: Path) -> None:
    """Make sure that a library is one, and not the open part of another."""
    row = db.execute("SELECT opened FROM library").fetchone()
    if row is None:  # whoever made it died before it had a model
        raise LibraryMissing(folder)
    if row[0]:
        raise LibraryDerived(folder)
