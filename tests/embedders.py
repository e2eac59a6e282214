"""A deterministic stand-in for the embedding model; it passes the same contract."""

import re
from collections.abc import Sequence
from hashlib import blake2b

import numpy as np

from ingest.keeping import Vectors

DIMENSION = 64


class HashEmbedder:
    """Hashes each word to a direction and adds them up: texts that share words are near."""

    name = "hash"
    dimension = DIMENSION

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Return (len(texts), DIMENSION) float32 rows of norm 1."""
        rows = np.array([self._sum(text) for text in texts], dtype=np.float32)
        rows = rows.reshape(len(texts), DIMENSION)
        return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-12)

    embed_queries = embed_passages

    @staticmethod
    def _sum(text: str) -> np.ndarray:
        total = np.zeros(DIMENSION, dtype=np.float32)
        total[0] = 1e-3  # a text without words has a direction too
        for word in re.findall(r"\w+", text.casefold()):
            seed = int.from_bytes(blake2b(word.encode(), digest_size=8).digest())
            total += np.random.default_rng(seed).standard_normal(DIMENSION).astype(np.float32)
        return total
