"""Which papers say much the same: drafts and printed minutes, packs and the reports in them.

A paper is known by a sample of its shingles, the runs of five words that stand in it: those whose
hash a fixed number divides. Whoever draws every paper's sample so can tell from two samples alone
how much of both papers is common (their resemblance), and how much of one stands in the other (its
containment), however different their lengths. Broder, On the resemblance and containment of
documents, 1997 (there MOD_m).

Likeness of words is not sameness: two minutes may differ in a sum only. Papers are the same only
where all their figures are, in their order.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

SHINGLE = 5
"""Words a shingle: "that the report be noted" is met by chance, few longer runs are."""

ONE_IN = 8
"""Of the shingles, one in so many is sampled: a page gives about forty."""

FEWEST_COMMON = 8
"""Common shingles of two samples below which nothing is said; about a paragraph."""

SAME = 0.95
"""Resemblance from which papers are the same, if their figures are; one published twice has a
cover sheet or an agenda's numbers changed."""

NEARLY = 0.6
"""Resemblance from which they are nearly the same: minutes corrected, a report brought up to
date."""

WITHIN = 0.8
"""Containment from which the shorter one is part of the longer; a pack's own running heads and
the joins of its pages break some shingles of each report."""

_WORD = re.compile(r"\w+")
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
_STEP = np.uint64(0x9E3779B97F4A7C15)


class Relation(StrEnum):
    """What one paper is to another: "the same", "part of" it, ..."""

    SAME = "same"
    NEARLY = "nearly the same"
    PART = "part of"
    HOLDS = "holds"


def sketch(text: str) -> frozenset[int]:
    """Return the sampled shingles of a paper's text, as signed integers of 32 bits.

    The same for any text of the same words: case, punctuation and spaces do not matter.
    """
    words = _WORD.findall(text.casefold())
    if len(words) < SHINGLE:
        return frozenset()
    hashes = _shingles(_hashes(words))
    sampled = hashes[hashes % np.uint64(ONE_IN) == 0].view(np.int64)
    # The upper half, for the lower digits chose the sample: with a million of them held, one in
    # four thousand meets another by chance, and twins share eight or more.
    return frozenset((sampled >> 32).tolist())


def figures_of(text: str) -> str:
    """Return 16 hexadecimal digits that stand for all figures of a text, in their order."""
    figures = " ".join(_FIGURE.findall(text))
    return blake2b(figures.encode(), digest_size=8).hexdigest()


def relation(
    mine: int, theirs: int, common: int, *, same_figures: bool
) -> tuple[Relation, float] | None:
    """Tell what one paper is to another from their samples.

    Args:
        mine: how many shingles the one's sample has.
        theirs: how many the other's has.
        common: how many both have.
        same_figures: whether both give the same figures in the same order.

    Returns:
        What the one is to the other, and the share in common, above 0 to 1: of the words of
        both, or of the part's own. None where they are no twins.
    """
    if common < FEWEST_COMMON:
        return None
    resemblance = common / (mine + theirs - common)
    if resemblance >= NEARLY:
        same = same_figures and resemblance >= SAME
        return (Relation.SAME if same else Relation.NEARLY), resemblance
    contained = common / min(mine, theirs)
    if contained < WITHIN:
        return None
    # Of one length they would resemble each other by 2/3 at least.
    return (Relation.PART if mine < theirs else Relation.HOLDS), contained


def _hashes(words: Sequence[str]) -> NDArray[np.uint64]:
    known = {word: _hash(word) for word in set(words)}
    return np.fromiter((known[word] for word in words), dtype=np.uint64, count=len(words))


def _hash(word: str) -> int:
    # Not hash(): that of a string differs from one run of Python to the next.
    digest = blake2b(word.encode("utf-8", "replace"), digest_size=8).digest()
    return int.from_bytes(digest, "little")


def _shingles(words: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Return a hash of each run of SHINGLE words; overflow is meant: it is modulo 2 ** 64."""
    count = len(words) - SHINGLE + 1
    mixed = np.zeros(count, dtype=np.uint64)
    for at in range(SHINGLE):
        mixed = mixed * _STEP + words[at : at + count]
    # The last steps of SplitMix64, so that the low digits, which sample, hang on every word.
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return mixed ^ (mixed >> np.uint64(31))
