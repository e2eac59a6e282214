"""Remembers vectors: of questions put again, and of sentences that like questions bring up again.

A sentence's vector takes longer than all else that a question needs. Whoever is answered for the
public and for those who may see what is exempt keeps one of these for each, so that not even the
time of an answer tells the one what the other asked or was shown.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from hashlib import sha256
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from ingest.embedding import Embedder
from ingest.keeping import Vectors

SENTENCES = 4_096
"""Vectors remembered: 6 MB, those of some 500 questions."""


class Remembering:
    """An embedder that has the vectors of passages and sentences at hand which it made lately."""

    def __init__(self, embedder: Embedder, most: int = SENTENCES) -> None:
        """Stand before a model.

        Args:
            embedder: makes what is not remembered.
            most: vectors remembered, from 1; those used longest ago are forgotten first.
        """
        self._embedder = embedder
        self._most = most
        self._known: OrderedDict[bytes, NDArray[np.float32]] = OrderedDict()
        self._guard = Lock()

    @property
    def name(self) -> str:
        """Name of the model."""
        return self._embedder.name

    @property
    def dimension(self) -> int:
        """Length of every vector."""
        return self._embedder.dimension

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Return (len(texts), dimension) float32 rows of norm 1; equal texts have equal rows."""
        return self._recalled("passage", texts, self._embedder.embed_passages)

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """Return (len(texts), dimension) float32 rows of norm 1; equal texts have equal rows."""
        # One by one: texts that a model reads together round one another.
        rows = [self._recalled("query", [text], self._embedder.embed_queries) for text in texts]
        return np.concatenate(rows) if rows else np.zeros((0, self.dimension), dtype=np.float32)

    def _recalled(
        self, kind: str, texts: Sequence[str], embed: Callable[[Sequence[str]], Vectors]
    ) -> Vectors:
        """Return the vectors of texts of one kind: some models read questions otherwise."""
        # By their hashes: what was removed from a library leaves no words here.
        keys = [sha256(f"{kind} {text}".encode(errors="surrogatepass")).digest() for text in texts]
        with self._guard:
            found = {key: self._known[key] for key in keys if key in self._known}
        fresh = {key: text for key, text in zip(keys, texts, strict=True) if key not in found}
        if fresh:
            made = embed(list(fresh.values()))
            found.update(zip(fresh, made, strict=True))
        with self._guard:
            for key, row in found.items():
                self._known[key] = row
                self._known.move_to_end(key)
            while len(self._known) > self._most:
                self._known.popitem(last=False)
        rows = [found[key] for key in keys]
        return np.stack(rows) if rows else np.zeros((0, self.dimension), dtype=np.float32)
