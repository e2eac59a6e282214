"""The seam between whoever holds the passages and whoever ranks them.

Ranking sees passage ids, scores and values of the domain; what holds them (SQLite, tantivy and
FAISS today, an engine on many machines some day) stays behind it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from math import log1p
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from search.answer import Facets, Filters
from search.holdings import KeptPassage, PassageStems
from search.readings.holding import ANYTHING, Holding
from search.readings.question import Held
from search.tables import TableSlice

Ranking = list[tuple[str, float]]
"""(passage id, score), best first, equal scores by id, no id twice."""


class Candidates(Held, Protocol):
    """One generation of a library, as far as answering a question goes."""

    @property
    def generation(self) -> int:
        """Number of the generation."""
        ...

    def require_model(self, name: str) -> None:
        """Make sure that this embedder made the passages' vectors.

        Raises:
            ModelMismatch: another one did.
        """
        ...

    @property
    def passage_count(self) -> int:
        """How many passages there are."""
        ...

    def by_words(
        self,
        stems: Sequence[str],
        filters: Filters,
        limit: int,
        holding: Holding = ANYTHING,
        lesser: Sequence[str] = (),
    ) -> Ranking:
        """Return the passages that hold any of the stems, by BM25; the lesser ones count less."""
        ...

    def by_meaning(
        self,
        question: NDArray[np.float32],
        filters: Filters,
        limit: int,
        holding: Holding = ANYTHING,
    ) -> Ranking:
        """Return the passages nearest to a question's vector, by cosine."""
        ...

    def facets(self, stems: Sequence[str], filters: Filters, holding: Holding) -> Facets:
        """Count the passages that hold most of some stems, by body, kind and year."""
        ...

    def passages(self, ids: Sequence[str]) -> Mapping[str, KeptPassage]:
        """Return passages by id; ids that are not held are left out."""
        ...

    def stems(self, ids: Sequence[str]) -> Mapping[str, PassageStems]:
        """Return the stems of passages by id; ids that are not held are left out."""
        ...

    def tables(self, ids: Sequence[str]) -> Mapping[str, tuple[TableSlice, ...]]:
        """Return the tables in passages by the passage's id; passages without are left out."""
        ...

    def frequency(self, stem: str) -> int:
        """Return how many passages hold a stem in their own words."""
        ...

    def background(self, question: NDArray[np.float32]) -> float:
        """Return the mean cosine of a question and any passage: what an accidental one is."""
        ...


def rarity(held: Candidates, words: Sequence[str]) -> Callable[[str], float]:
    """Return the idf of each of a question's stems (Robertson and Zaragoza, 2009), above 0."""
    count = held.passage_count
    idf = {}
    for stem in words:
        with_it = held.frequency(stem)
        idf[stem] = log1p((max(count - with_it, 0) + 0.5) / (with_it + 0.5))
    return idf.__getitem__
