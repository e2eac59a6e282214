"""Brings both derived indexes up to the library's papers, from whatever state they are in."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from search.dense.writer import DenseWriter
from search.holdings import KeptPassage
from search.lexical.fields import LexicalRow
from search.lexical.writer import LexicalWriter
from search.publishing import publish, withdraw
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

    def bring_up(self, *, thorough: bool) -> None:
        """Make the indexes hold the library's passages, no more and no less, and publish that.

        What differs is found by passage numbers, so it does not matter where an earlier run
        stopped.

        Args:
            thorough: no trace of removed passages may stay in the files: see purge.
        """
        generation = paper_rows.generation(self._db)
        withdraw(self._folder)
        wanted = passage_rows.passage_numbers(self._db)
        self._bring_up_lexical(wanted, generation, thorough)
        self._bring_up_dense(wanted, generation)
        publish(self._folder, generation)

    def purge(self) -> None:
        """Take out of the files the traces of passages that were removed, where that is owed.

        That is to build the index of words anew, a minute's work for a hundred thousand passages.
        It is done after readers were told of the removal, and beside the index that they use.
        """
        if not self._lexical.owed:
            return
        generation = paper_rows.generation(self._db)
        self._lexical.build_aside(self._rows(self._lexical.held(generation)))
        withdraw(self._folder)
        self._lexical.take_over(generation)
        publish(self._folder, generation)

    def _bring_up_lexical(self, wanted: NDArray[np.int64], generation: int, thorough: bool) -> None:
        held = self._lexical.held(generation)
        gone = np.setdiff1d(held, wanted, assume_unique=True)
        fresh = np.setdiff1d(wanted, held, assume_unique=True)
        self._lexical.write(gone, self._rows(fresh), generation, thorough=thorough)

    def _bring_up_dense(self, wanted: NDArray[np.int64], generation: int) -> None:
        held = self._dense.held(generation)
        gone = np.setdiff1d(held, wanted, assume_unique=True)
        fresh = np.setdiff1d(wanted, held, assume_unique=True)
        rows = passage_rows.vectors(self._db, fresh.tolist(), self._dimension)
        self._dense.write(gone, rows, generation)

    def _rows(self, numbers: NDArray[np.int64]) -> Iterator[LexicalRow]:
        for at in range(0, len(numbers), ROWS_AT_A_TIME):
            kept = passage_rows.passages(self._db, numbers[at : at + ROWS_AT_A_TIME].tolist())
            keys = keys_of_passages(self._db, list(kept))
            for number, each in kept.items():
                yield _row(number, each, keys[number])


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
