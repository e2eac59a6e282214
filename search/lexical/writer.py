"""Brings the lexical index up to the library, and takes out of it what was removed."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import tantivy
from numpy.typing import NDArray

from search.lexical.fields import VERSION, LexicalRow, fields, schema
from search.lexical.index import LexicalIndex
from search.state import State, note_state, read_state, usable
from search.words import analyser

HEAP = 64 << 20
"""Bytes the writer may gather before it writes a segment."""

DELETED_SHARE = 0.2
"""Share of deleted passages at which the index is built anew: they still count in word
frequencies, and take time."""

_NONE: NDArray[np.int64] = np.zeros(0, dtype=np.int64)


class LexicalWriter:
    """Brings the index in one folder up to the library; its caller is the only writer."""

    def __init__(self, folder: Path, identity: str) -> None:
        """Look at what is there later: see held."""
        self._folder = folder
        self._identity = identity
        self._aside = folder.with_name(f"{folder.name}.new")
        self._held: NDArray[np.int64] | None = None
        self._deleted = 0
        self._owed = False

    def held(self, generation: int) -> NDArray[np.int64]:
        """Return the numbers that the index holds now, none where it has to be made anew.

        Args:
            generation: the library's; an index ahead of it belongs to another past.
        """
        if self._held is None:
            shutil.rmtree(self._aside, ignore_errors=True)  # of a run that was stopped
            state = read_state(self._folder)
            if state is not None and usable(state, VERSION, self._identity, generation):
                self._held = self._as_left()
                self._deleted, self._owed = state.deleted, state.owed
        if self._held is None:
            self.start_anew()
        return self._held if self._held is not None else _NONE

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
        held, self._held = self._held, None  # unknown until it is all written
        if held is None:
            raise RuntimeError("held comes before write")
        left = np.setdiff1d(held, gone, assume_unique=True)
        added = _fill(self._folder, gone, rows)
        self._deleted += len(gone)
        self._owed |= thorough and len(gone) > 0
        self._owed |= self._deleted > DELETED_SHARE * max(len(left) + len(added), 1)
        self._note(generation)
        self._held = np.sort(np.concatenate([left, added]))

    @property
    def owed(self) -> bool:
        """Whether the index is to be built anew, for what it keeps of removed passages."""
        return owes(self._folder)

    def build_aside(self, rows: Iterable[LexicalRow]) -> None:
        """Build an index of these passages beside the present one, which answers meanwhile."""
        shutil.rmtree(self._aside, ignore_errors=True)
        self._aside.mkdir(parents=True)
        _fill(self._aside, _NONE, rows)

    def take_over(self, generation: int) -> None:
        """Put what was built aside, of the same passages, in the place of the present index."""
        held = self.held(generation)
        shutil.rmtree(self._folder)
        self._aside.rename(self._folder)
        self._held, self._deleted, self._owed = held, 0, False
        self._note(generation)

    def start_anew(self) -> None:
        """Drop the index."""
        shutil.rmtree(self._folder, ignore_errors=True)
        self._folder.mkdir(parents=True)
        self._held, self._deleted, self._owed = _NONE, 0, False

    def _note(self, generation: int) -> None:
        state = State(VERSION, self._identity, generation, self._deleted, self._owed)
        note_state(self._folder, state)

    def _as_left(self) -> NDArray[np.int64] | None:
        try:
            return LexicalIndex(self._folder).numbers()
        except ValueError:  # deleted or broken
            return None


def owes(folder: Path) -> bool:
    """Tell whether the index in a folder keeps traces that have to be taken out."""
    state = read_state(folder)
    return state is not None and state.owed


def _fill(folder: Path, gone: NDArray[np.int64], rows: Iterable[LexicalRow]) -> NDArray[np.int64]:
    """Remove passages from the index in a folder, add others; return the numbers of those."""
    shape = schema()
    index = tantivy.Index(shape, path=str(folder))
    index.register_tokenizer("stems", analyser())
    writer = index.writer(HEAP, 1)
    try:
        # A killed writer's, which the next of that name would run into.
        writer.garbage_collect_files()
        for number in gone.tolist():
            writer.delete_documents_by_term("number", number)
        added = []
        for row in rows:
            writer.add_document(tantivy.Document.from_dict(fields(row), shape))
            added.append(row.number)
        writer.commit()
        writer.wait_merging_threads()
    finally:
        # It holds a lock until it is let go, and the traceback of an error would not let it go.
        del writer
    return np.array(added, dtype=np.int64)
