"""Brings the lexical index up to the library, and takes out of it what was removed."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import numpy as np
import tantivy
from numpy.typing import NDArray

from search.lexical.fields import VERSION, LexicalRow, fields, schema
from search.lexical.index import LexicalIndex
from search.state import State, note_state, read_state, usable

HEAP = 64 << 20
"""Bytes the writer may gather before it writes a segment."""

DELETED_SHARE = 0.2
"""Share of deleted passages at which the index is built anew: they still count in word
frequencies, and take time."""

_NONE: NDArray[np.int64] = np.zeros(0, dtype=np.int64)


class LexicalWriter:
    """Brings the index in one folder up to the library; its caller is the only writer."""

    def __init__(self, folder: Path, identity: str) -> None:
        """Look at what is there later: see is_at and held."""
        self._folder = folder
        self._identity = identity
        self._merging: tantivy.IndexWriter | None = None

    def is_at(self, generation: int) -> bool:
        """Tell whether the index is whole and says that it reflects a generation."""
        state = read_state(self._folder)
        if state is None or not usable(state, VERSION, self._identity, generation):
            return False
        return state.generation == generation and self._as_left() is not None

    def held(self, generation: int) -> NDArray[np.int64]:
        """Return the numbers that the index holds now, none where it has to be made anew.

        Args:
            generation: the library's; an index ahead of it belongs to another past.
        """
        state = read_state(self._folder)
        index = self._as_left() if usable(state, VERSION, self._identity, generation) else None
        if index is not None:
            return index.numbers()
        shutil.rmtree(self._folder, ignore_errors=True)
        self._folder.mkdir(parents=True)
        return _NONE

    def count(self) -> int:
        """Return how many passages the index holds; none where it is gone or broken."""
        index = self._as_left()
        return len(index) if index is not None else 0

    def write(
        self,
        gone: NDArray[np.int64],
        rows: Iterable[LexicalRow],
        generation: int,
        *,
        thorough: bool = False,
    ) -> None:
        """Remove some passages, add others, commit, and note the generation reached.

        Of those removed the files keep traces, which count in word frequencies; where they may not
        stay or have become many, they are owed from then on (see owed).

        Args:
            gone: numbers of passages to remove.
            rows: passages to add.
            generation: the library's.
            thorough: no trace of those that are gone may stay.
        """
        self.settle()
        state = read_state(self._folder) or State(VERSION, self._identity, generation)
        owed = state.owed or (thorough and len(gone) > 0)
        if owed and not state.owed:
            # First: who comes after a stop behind the commit finds nothing to remove any more.
            note_state(self._folder, replace(state, owed=True))
        self._merging, count = _fill(self._folder, gone, rows)
        deleted = state.deleted + len(gone)
        owed |= deleted > DELETED_SHARE * max(count, 1)
        self._note(generation, deleted, owed=owed)

    def settle(self) -> None:
        """Wait until the index's parts are merged where there are many: no reader need wait."""
        if self._merging is not None:
            self._merging.wait_merging_threads()
            self._merging = None

    @property
    def owed(self) -> bool:
        """Whether the index is to be built anew, for what it keeps of removed passages."""
        return owes(self._folder)

    def take_over(self, aside: Path, deleted: int, generation: int) -> None:
        """Put an index built aside, of the same passages, in the place of the present one.

        Args:
            aside: its folder; see build_aside.
            deleted: how many passages were removed from it since it was built.
            generation: the library's.
        """
        self.settle()
        shutil.rmtree(self._folder)
        aside.rename(self._folder)
        self._note(generation, deleted, owed=deleted > 0)

    def _note(self, generation: int, deleted: int, *, owed: bool) -> None:
        note_state(self._folder, State(VERSION, self._identity, generation, deleted, owed))

    def _as_left(self) -> LexicalIndex | None:
        try:
            return LexicalIndex(self._folder)
        except ValueError:  # deleted or broken
            return None


def owes(folder: Path) -> bool:
    """Tell whether the index in a folder keeps traces that have to be taken out."""
    state = read_state(folder)
    return state is not None and state.owed


def build_aside(aside: Path, rows: Iterable[LexicalRow]) -> None:
    """Build an index of these passages in a folder of its own."""
    shutil.rmtree(aside, ignore_errors=True)  # of a run that was stopped
    aside.mkdir(parents=True)
    change_aside(aside, _NONE, rows)


def change_aside(aside: Path, gone: NDArray[np.int64], rows: Iterable[LexicalRow]) -> None:
    """Remove passages from an index that was built aside, and add others."""
    writer, _ = _fill(aside, gone, rows)
    writer.wait_merging_threads()


def _fill(
    folder: Path, gone: NDArray[np.int64], rows: Iterable[LexicalRow]
) -> tuple[tantivy.IndexWriter, int]:
    """Remove passages from the index in a folder, add others; return how many it holds then."""
    shape = schema()
    index = tantivy.Index(shape, path=str(folder))
    writer = index.writer(HEAP, 1)
    try:
        # A killed writer's, which the next of that name would run into.
        writer.garbage_collect_files()
        for number in gone.tolist():
            writer.delete_documents_by_term("number", number)
        for row in rows:
            writer.add_document(tantivy.Document.from_dict(fields(row), shape))
        writer.commit()
    except BaseException:
        # It holds a lock until it is let go, and the traceback of an error would not let it go.
        del writer
        raise
    index.reload()
    return writer, index.searcher().num_docs
