"""Brings both derived indexes up to the library's papers, from whatever state they are in."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ingest.keeping import Vectors
from search.dense.writer import DenseWriter
from search.holdings import KeptPassage
from search.lexical.fields import LexicalRow
from search.lexical.writer import LexicalWriter, change_aside
from search.publishing import Published, publish, withdraw
from search.store import papers as paper_rows
from search.store import passages as passage_rows
from search.store.bodies import keys_of_passages

LEXICAL = "lexical"
DENSE = "dense"
"""The indexes' folders in the library's folder."""

ROWS_AT_A_TIME = 500
"""Passages in memory while indexing."""


class Indexes:
    """The two indexes of one library, for its only writer."""

    def __init__(self, folder: Path, db: sqlite3.Connection) -> None:
        """Look at nothing yet; the library's own row must be there."""
        row = db.execute("SELECT identity, model, dimension FROM library").fetchone()
        identity, model, dimension = row
        self._folder = folder
        self._db = db
        self._dimension = int(dimension)
        self._lexical = LexicalWriter(folder / LEXICAL, identity)
        # Of the model too: vectors of another, as long as these, are of no use.
        self._dense = DenseWriter(folder / DENSE, f"{identity} {model}", self._dimension)

    def bring_up(self, *, thorough: bool, known: Published | None) -> None:
        """Make the indexes hold the library's passages, no more and no less, and publish that.

        Args:
            thorough: no trace of removed passages may stay in the files: see search.purging.
            known: what was published of this folder last, if no writer was at work since.
        """
        generation = paper_rows.generation(self._db)
        withdraw(self._folder)
        if known is None or not self._follow(known, generation, thorough):
            self._compare(generation, thorough)
        publish(self._folder, generation, passage_rows.last_number(self._db))
        passage_rows.drop_removed(self._db)
        self._lexical.settle()

    def take_over(self, aside: Path, built: NDArray[np.int64]) -> None:
        """Put an index of words that was built aside in place of the present one.

        Args:
            aside: its folder.
            built: numbers of the passages it was built of, ascending: others may have come and
                gone since.
        """
        generation = paper_rows.generation(self._db)
        gone, fresh = _differences(built, passage_rows.passage_numbers(self._db))
        change_aside(aside, gone, rows(self._db, fresh))
        withdraw(self._folder)
        self._lexical.take_over(aside, len(gone), generation)
        publish(self._folder, generation, passage_rows.last_number(self._db))

    def _follow(self, known: Published, generation: int, thorough: bool) -> bool:
        """Bring the indexes up by what changed since something was published.

        Returns:
            Whether they hold now as many passages as the library: otherwise they were not what
            they said they were.
        """
        if not (self._lexical.is_at(known.generation) and self._dense.is_at(known.generation)):
            return False
        gone = passage_rows.removed(self._db)
        fresh = passage_rows.numbers_after(self._db, known.last)
        gone = gone[gone <= known.last]
        self._lexical.write(gone, rows(self._db, fresh), generation, thorough=thorough)
        self._dense.write(gone, self._vectors(fresh), generation)
        count = passage_rows.passage_count(self._db)
        return self._lexical.count() == self._dense.count() == count

    def _compare(self, generation: int, thorough: bool) -> None:
        """Bring the indexes up by comparing all numbers, wherever an earlier run stopped."""
        wanted = passage_rows.passage_numbers(self._db)
        gone, fresh = _differences(self._lexical.held(generation), wanted)
        self._lexical.write(gone, rows(self._db, fresh), generation, thorough=thorough)
        gone, fresh = _differences(self._dense.held(generation), wanted)
        self._dense.write(gone, self._vectors(fresh), generation)

    def _vectors(self, numbers: NDArray[np.int64]) -> Iterator[tuple[list[int], Vectors]]:
        return passage_rows.vectors(self._db, numbers.tolist(), self._dimension)


def rows(db: sqlite3.Connection, numbers: NDArray[np.int64]) -> Iterator[LexicalRow]:
    """Yield what the index of words is told of passages; those not held any more are left out."""
    for at in range(0, len(numbers), ROWS_AT_A_TIME):
        kept = passage_rows.passages(db, numbers[at : at + ROWS_AT_A_TIME].tolist())
        keys = keys_of_passages(db, list(kept))
        for number, each in kept.items():
            yield _row(number, each, keys.get(number))


def _differences(
    held: NDArray[np.int64], wanted: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the numbers that are to go, and those that are to come."""
    gone = np.setdiff1d(held, wanted, assume_unique=True)
    return gone, np.setdiff1d(wanted, held, assume_unique=True)


def _row(number: int, kept: KeptPassage, body: str | None) -> LexicalRow:
    return LexicalRow(
        number=number,
        text=kept.passage.text,
        title=kept.paper.title,
        item=(kept.item.title if kept.item else None) or "",
        context=kept.beside,
        paper=kept.paper.id,
        body=body,
        kind=kept.paper.kind.value,
        meeting_date=kept.paper.meeting_date,
        item_number=kept.item.number if kept.item else None,
        minute=kept.item.minute if kept.item else None,
    )
