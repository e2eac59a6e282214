"""Brings the dense index up to the library."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ingest.keeping import Vectors
from search.dense.files import REMOVED, Files
from search.state import State, note_state, read_state, usable

VERSION = 2
"""Raise it with any change to the index's form: indexes of another version are made anew."""


class DenseWriter:
    """Brings the index in one folder up to the library; its caller is the only writer."""

    def __init__(self, folder: Path, identity: str, dimension: int) -> None:
        """Look at what is there later: see is_at and held."""
        self._folder = folder
        self._identity = identity
        self._dimension = dimension
        self._files: Files | None = None

    def is_at(self, generation: int) -> bool:
        """Tell whether the index is whole and says that it reflects a generation."""
        state = read_state(self._folder)
        if state is None or not usable(state, VERSION, self._identity, generation):
            return False
        if self._files is None:
            self._files = self._as_left()
        return state.generation == generation and self._files is not None

    def count(self) -> int:
        """Return how many passages the index holds."""
        return 0 if self._files is None else self._files.count

    def held(self, generation: int) -> NDArray[np.int64]:
        """Return the numbers that the index holds now, none where it has to be made anew.

        Args:
            generation: the library's; an index ahead of it belongs to another past.
        """
        if self._files is None:
            state = read_state(self._folder)
            if usable(state, VERSION, self._identity, generation):
                self._files = self._as_left()
        if self._files is None:
            self._files = Files.start(self._folder, self._dimension)
        numbers = self._files.entries["number"]
        return np.sort(numbers[numbers != REMOVED])

    def write(
        self,
        gone: NDArray[np.int64],
        rows: Iterable[tuple[Sequence[int], Vectors]],
        generation: int,
    ) -> None:
        """Remove some passages, add others, and note the generation reached."""
        files, self._files = self._files, None  # unknown until it is all written
        if files is None:
            raise RuntimeError("held comes before write")
        files.change(gone, rows)
        note_state(self._folder, State(VERSION, self._identity, generation))
        self._files = files

    def _as_left(self) -> Files | None:
        try:
            return Files(self._folder, self._dimension)
        except ValueError:  # deleted or broken
            return None
