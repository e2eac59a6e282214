"""Finds passages by meaning: one generation of the dense index, for readers.

Of many passages the nearest are found by their sketches, and those few compared by their rows: of
a million recombined ones, REFINED leave out none of the nearest hundred that the rows themselves
would find. Sketches are read into memory (56 bytes a passage), rows are mapped.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray

from search.dense.files import REMOVED, Files, sketches_of

BACKGROUND = 2_000
"""Passages, evenly spread, that a question is compared with to see what an accidental cosine is."""

REFINED = 2_000
"""Passages compared by their rows, a millisecond's work; where there are no more, all are."""

A_RESULT = 10
"""As many for each result wanted, where that is more."""

BITS = 4
"""Of each part of a question, as sketches are compared with it."""

_searching: Any = faiss.RaBitQSearchParameters
_chosen: Any = faiss.IDSelectorBitmap


class DenseIndex:
    """One generation of the index, as it was when opened.

    Only that of passages removed since, the rows are blotted out.
    """

    def __init__(self, folder: Path, dimension: int) -> None:
        """Read what is there, but for the rows.

        Args:
            folder: the index's.
            dimension: length of the library's vectors.

        Raises:
            ValueError: there is no index, or a broken one.
        """
        files = Files(folder, dimension)
        self._numbers = np.ascontiguousarray(files.entries["number"])
        self._lengths = np.ascontiguousarray(files.entries["length"])
        self._here = self._numbers != REMOVED
        self._count = int(np.count_nonzero(self._here))
        self._rows = files.rows()
        self._sketches = sketches_of(dimension)
        self._sketches.add_sa_codes(np.ascontiguousarray(files.sketches()))
        self._mean = self._mean_of_some()

    def __len__(self) -> int:
        """Return how many passages it holds."""
        return self._count

    def numbers(self) -> NDArray[np.int64]:
        """Return the numbers of all passages in the index, in its own order."""
        return np.asarray(self._numbers[self._here], dtype=np.int64)

    def rows(self) -> NDArray[np.int8]:
        """Return all rows as they are kept, (len(self), dimension), in the order of numbers."""
        return np.asarray(self._rows[self._here], dtype=np.int8)

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
        if limit <= 0:
            return []
        here = self._here if allowed is None else self._here & self._among(allowed)
        refined = max(REFINED, A_RESULT * limit)
        places = np.flatnonzero(here)
        if len(places) > refined:
            places = self._near(question, refined, None if len(places) == len(here) else here)
        scores = self._cosines(question, places)
        numbers = self._numbers[places]
        best = np.lexsort((numbers, -scores))[:limit]
        return list(zip(numbers[best].tolist(), scores[best].tolist(), strict=True))

    def background(self, question: NDArray[np.float32]) -> float:
        """Return the mean cosine of a question and any passage: what an accidental one is."""
        return float(self._mean @ question)

    def _among(self, allowed: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Return for each place whether the passage there is one of those."""
        most = max(int(self._numbers.max(initial=0)), int(allowed.max(initial=0)))
        known = np.zeros(most + 2, dtype=np.bool_)  # the last stands for REMOVED
        known[allowed] = True
        return np.asarray(known[self._numbers], dtype=np.bool_)

    def _near(
        self, question: NDArray[np.float32], count: int, here: NDArray[np.bool_] | None
    ) -> NDArray[np.int64]:
        """Return the places that seem nearest by their sketches, ascending."""
        selector = None if here is None else _chosen(np.packbits(here, bitorder="little"))
        parameters = _searching(sel=selector, qb=BITS, centered=False)
        _, found = self._sketches.search(question[np.newaxis], count, params=parameters)
        return np.sort(found[0][found[0] >= 0])  # in the order of the file

    def _cosines(
        self, question: NDArray[np.float32], places: NDArray[np.int64]
    ) -> NDArray[np.float32]:
        # Not @, which may round equal rows in different places differently.
        sums = np.einsum("ij,j->i", self._rows[places].astype(np.float32), question)
        return np.asarray(sums / np.maximum(self._lengths[places], 1e-12), dtype=np.float32)

    def _mean_of_some(self) -> NDArray[np.float32]:
        """Return the mean vector of BACKGROUND passages; zeros where there are none."""
        places = np.flatnonzero(self._here)
        places = places[:: max(1, len(places) // BACKGROUND)]
        if not len(places):
            return np.zeros(self._rows.shape[1], dtype=np.float32)
        lengths = self._lengths[places, np.newaxis]
        return np.asarray(np.mean(self._rows[places] / lengths, axis=0), dtype=np.float32)
