"""Tells an English word from a slip of the finger."""

from __future__ import annotations

from functools import cache

from ingest.embedding import packaged_folder


def is_usual(word: str) -> bool:
    """Tell whether a word is one that English texts often hold, in the singular or the plural."""
    low = word.casefold()
    return low in _usual() or low.removesuffix("s") in _usual()


@cache
def _usual() -> frozenset[str]:
    """Return the words that the packaged model has learnt whole: some 22,000, the commonest."""
    return frozenset((packaged_folder() / "vocab.txt").read_text(encoding="utf-8").split())
