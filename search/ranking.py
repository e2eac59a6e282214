"""Orders the candidates of a question: pure, total and stable.

Five voices, each one that a reader can be told: the words (BM25), the meaning (cosine), how much of
the question a passage covers together with its context line, how near its meeting is to the dates
that the question names, and whether it holds the kind of thing that is wanted (a name for "who").
The cover says most: BM25 lets one rare word outweigh the rest of the question, the cover does not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import fsum

from search.fusion import Ranked, fuse, ordered
from search.holdings import KeptPassage
from search.periods import nearness, periods
from search.query import Query
from search.sentences import fits
from search.words import stems

LEXICAL = 0.1
DENSE = 0.25
COVER = 0.75
DATE = 0.3
FITTING = 0.05
"""What each voice counts at its fullest."""

READ = 60
"""How many of each index's candidates are read. Reading all hundred found the answers to 105
questions no better, forty lost one; choosing by fused score lost three."""

AGREEING = 10
"""Passages at the head that tell whether one item of business deals with the question."""


@dataclass(frozen=True, slots=True)
class Found:
    """The candidates of one question, ranked."""

    query: Query
    order: tuple[tuple[str, float], ...]
    """(passage id, score), best first, equal scores by id."""
    kept: Mapping[str, KeptPassage]
    lexical: Mapping[str, float]
    """BM25 of those that the words brought up."""
    dense: Mapping[str, float]
    """Cosine of those that the meaning brought up."""
    stems: Mapping[str, Sequence[str]]
    """Those of each passage's own words, in order."""
    held: Mapping[str, frozenset[str]]
    """Which of the question's stems each passage or its context holds."""
    weight: Callable[[str], float]
    """How much a stem tells."""

    def cover(self, identity: str) -> float:
        """Return the share of the question's words that a passage holds, by rarity: 0 to 1."""
        return _share(self.query.stems, self.held[identity], self.weight)

    def names(self, identity: str) -> float:
        """Return the share of the question's names that a passage holds, 1 where it has none."""
        names = self.query.names
        return _share(names, self.held[identity], self.weight) if names else 1.0

    def agreement(self) -> float:
        """Return the share of the first AGREEING that is of one item of one paper: 0 to 1."""
        first = [self.kept[identity] for identity, _ in self.order[:AGREEING]]
        counts = Counter((each.paper.id, each.item) for each in first)
        return max(counts.values(), default=0) / AGREEING


def rank(
    query: Query,
    lexical: Ranked,
    dense: Ranked,
    read: Callable[[Sequence[str]], Mapping[str, KeptPassage]],
    weight: Callable[[str], float],
) -> Found:
    """Order the candidates of two rankings.

    Args:
        query: the question.
        lexical: (passage id, BM25), best first.
        dense: (passage id, cosine), best first.
        read: fetches passages; those that it lacks are dropped.
        weight: how much a stem tells (its idf), above 0.
    """
    fused = fuse([(lexical, LEXICAL), (dense, DENSE)])
    kept = read(list({identity: None for identity, _ in (*lexical[:READ], *dense[:READ])}))
    own = {identity: stems(each.passage.text) for identity, each in kept.items()}
    held = {identity: _held(query, own[identity], each.beside) for identity, each in kept.items()}
    named = periods(query.question)
    scores = {
        identity: fsum(
            (
                score,
                COVER * _share(query.stems, held[identity], weight),
                DATE * nearness(named, kept[identity].paper.meeting_date),
                FITTING * fits(query.wanted, kept[identity].passage.text),
            )
        )
        for identity, score in fused
        if identity in kept
    }
    return Found(query, tuple(ordered(scores)), kept, dict(lexical), dict(dense), own, held, weight)


def _held(query: Query, own: Sequence[str], beside: str) -> frozenset[str]:
    return frozenset(query.stems) & (_of_context(beside) | frozenset(own))


@lru_cache(maxsize=4096)
def _of_context(context: str) -> frozenset[str]:
    """Return the stems of a context line; the passages of an agenda item share theirs."""
    return frozenset(stems(context))


def _share(words: Sequence[str], held: frozenset[str], weight: Callable[[str], float]) -> float:
    total = fsum(weight(stem) for stem in words)
    return fsum(weight(stem) for stem in words if stem in held) / total if total > 0 else 0.0
