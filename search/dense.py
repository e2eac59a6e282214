"""The dense index: cosine by FAISS, derived from the library's vectors.

Flat, over float16: exact, and on two cores fast enough for any council (20,000 passages 1 ms,
300,000 16 ms). It lies in a folder of its own and may be deleted at any time.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray

from ingest.keeping import Vectors
from search.publishing import swap_in
from search.state import State, note_state, read_state, usable

VERSION = 1
"""Raise it with any change to the index's form: indexes of another version are made anew."""

BACKGROUND = 2_000
"""Passages, evenly spread, that a question is compared with to see what an accidental cosine is."""

ROOM_FOR_TIES = 32
"""Candidates fetched beyond the limit, so that equal scores at the edge are cut by number."""

_FILE = "passages.faiss"

_Faiss = Any
"""An IndexIDMap2; FAISS's own stubs know neither its fields nor its Python ways of calling."""

_searching: Any = faiss.SearchParameters
_chosen: Any = faiss.IDSelectorBitmap


class DenseIndex:
    """One generation of the index, as it was when opened."""

    def __init__(self, folder: Path) -> None:
        """Read what is there into memory.

        Raises:
            ValueError: there is no index, or a broken one.
        """
        self._index = _read(folder / _FILE)
        self._mean = _mean(self._index)

    def __len__(self) -> int:
        """Return how many passages it holds."""
        return int(self._index.ntotal)

    def numbers(self) -> NDArray[np.int64]:
        """Return the numbers of all passages in the index, in its own order."""
        return _numbers(self._index)

    def rows(self) -> NDArray[np.float32]:
        """Return all vectors, (len(self), dimension), in the order of numbers."""
        return np.asarray(self._index.index.reconstruct_n(0, len(self)), dtype=np.float32)

    def search(
        self, question: NDArray[np.float32], allowed: NDArray[np.int64] | None, limit: int
    ) -> list[tuple[int, float]]:
        """Return the passages nearest to a question.

        Args:
            question: (dimension,) of norm 1.
            allowed: the numbers of the passages that may answer; None for all.
            limit: how many at most.

        Returns:
            (passage number, cosine), best first, equal scores by number.
        """
        wanted = min(limit + ROOM_FOR_TIES, len(self) if allowed is None else len(allowed))
        if wanted <= 0 or limit <= 0:
            return []
        parameters = None
        if allowed is not None:
            bits = np.zeros(int(allowed.max()) + 1, dtype=np.bool_)
            bits[allowed] = True
            # A bit a number: a set of them is slow where the filters allow many.
            parameters = _searching(sel=_chosen(np.packbits(bits, bitorder="little")))
        scores, numbers = self._index.search(question[np.newaxis], wanted, params=parameters)
        found = [
            (int(number), float(score))
            for number, score in zip(numbers[0], scores[0], strict=True)
            if number >= 0
        ]
        return sorted(found, key=lambda pair: (-pair[1], pair[0]))[:limit]

    def background(self, question: NDArray[np.float32]) -> float:
        """Return the mean cosine of a question and any passage: what an accidental one is."""
        return float(self._mean @ question)


class DenseWriter:
    """Brings the index in one folder up to the library; its caller is the only writer."""

    def __init__(self, folder: Path, identity: str, dimension: int) -> None:
        """Look at what is there later: see held."""
        self._folder = folder
        self._identity = identity
        self._dimension = dimension
        self._index: _Faiss | None = None

    def held(self, generation: int) -> NDArray[np.int64]:
        """Return the numbers that the index holds now, none where it has to be made anew.

        Args:
            generation: the library's; an index ahead of it belongs to another past.
        """
        if self._index is None:
            state = read_state(self._folder)
            if usable(state, VERSION, self._identity, generation):
                self._index = self._as_left()
        if self._index is None:
            self._index = self._start_anew()
        return np.sort(_numbers(self._index))

    def write(
        self,
        gone: NDArray[np.int64],
        rows: Iterable[tuple[Sequence[int], Vectors]],
        generation: int,
    ) -> None:
        """Remove some passages, add others, swap the new index in, note the generation reached."""
        index = self._index
        if index is None:
            raise RuntimeError("held comes before write")
        if len(gone):
            index.remove_ids(np.ascontiguousarray(gone))
        before = int(index.ntotal)
        for numbers, vectors in rows:
            index.add_with_ids(np.ascontiguousarray(vectors), np.array(numbers, dtype=np.int64))
        if len(gone) or index.ntotal != before or not (self._folder / _FILE).is_file():
            self._save(index)
        note_state(self._folder, State(VERSION, self._identity, generation))

    def _save(self, index: _Faiss) -> None:
        aside = self._folder / f"{_FILE}.tmp"
        faiss.write_index(index, str(aside))
        with aside.open("rb") as file:
            os.fsync(file.fileno())
        swap_in(aside, self._folder / _FILE)

    def _start_anew(self) -> _Faiss:
        """Drop the index and return an empty one."""
        shutil.rmtree(self._folder, ignore_errors=True)
        self._folder.mkdir(parents=True)
        flat = faiss.IndexScalarQuantizer(
            self._dimension, faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT
        )
        return faiss.IndexIDMap2(flat)

    def _as_left(self) -> _Faiss | None:
        try:
            index = _read(self._folder / _FILE)
        except ValueError:
            return None
        return index if index.d == self._dimension else None


def _read(path: Path) -> _Faiss:
    try:
        return faiss.read_index(str(path))
    except RuntimeError as exc:
        raise ValueError(f"no dense index at {path}, or a broken one") from exc


def _numbers(index: _Faiss) -> NDArray[np.int64]:
    return np.asarray(faiss.vector_to_array(index.id_map), dtype=np.int64)


def _mean(index: _Faiss) -> NDArray[np.float32]:
    """Return the mean vector of BACKGROUND passages; zeros where there are none."""
    total = int(index.ntotal)
    places = range(0, total, max(1, total // BACKGROUND))
    if not places:
        return np.zeros(index.d, dtype=np.float32)
    rows = [index.index.reconstruct(place) for place in places]
    return np.asarray(np.mean(rows, axis=0), dtype=np.float32)
