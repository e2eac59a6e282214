"""Orders the candidates of a question: pure, total and stable.

Six voices speak from question and passage: the words (BM25), the meaning (cosine), how much of the
question a passage covers together with its context line, whether it holds the kind of thing that is
wanted (a name for "who"), whether it records what is asked for, where an agenda only announces it,
and whether the question's names stand whole in it.
The cover says most: BM25 lets one rare word outweigh the rest of the question, the cover does not.
What the question names adds more voices (search/leaning.py), and an operator's cross-encoder one
(search/reranking.py). Each can be told to a reader.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from itertools import compress, pairwise
from math import fsum
from operator import attrgetter, mul

from ingest.paper import PaperKind
from search.fusion import Ranked, ordered, scaled
from search.holdings import KeptPassage, PassageStems
from search.query import Query
from search.wanted import BY_VERB, Wanted, fits

READ = 60
"""How many of each index's candidates are read. Reading all hundred found the answers to 105
questions no better, forty lost one; choosing by fused score lost three."""

HEAD = 10
"""Passages at the head that tell whether the papers deal with a matter at length."""

TOGETHER = 3_000
"""Characters of one paper within which two passages are of one matter: three passages or so."""


@dataclass(frozen=True, slots=True)
class Voices:
    """What speaks for a passage, each 0 to 1; or what each counts at its fullest."""

    cover: float
    """The share of the question's words that the passage and its context hold, by rarity."""
    meaning: float
    """Cosine, from the last candidate to the first."""
    words: float
    """BM25, likewise."""
    fitting: float
    """It holds the kind of thing that is wanted."""
    recorded: float = 0.0
    """It is of the minutes, where the question asks what was said, promised or decided; of any
    paper but an agenda, which only announces, where it asks for something else."""
    named: float = 0.0
    """The share of the question's names of several words that stand whole in it, by rarity: of
    "Family Hubs", where another passage has families and a hub."""
    date: float = 0.0
    """How near its meeting is to the days that the question names."""
    body: float = 0.0
    """It is a paper of a body that the question names."""
    person: float = 0.0
    """A person whom the question names speaks in it."""
    kind: float = 0.0
    """It is of a kind of paper that the question names."""
    latest: float = 0.0
    """How late its meeting is, where the question asks for the present."""
    stands_for: float = 0.0
    """The share of the question's words that it lacks while it holds what they stand for."""
    reading: float = 0.0
    """What a cross-encoder says of it among those that it read; 0 without one."""

    def score(self, counts: Voices) -> float:
        """Add them up."""
        return fsum(map(mul, _each(self), _each(counts)))

    def parts(self, counts: Voices) -> dict[str, float]:
        """Return what each adds to the score, by name, in order."""
        return dict(zip(VOICES, map(mul, _each(self), _each(counts)), strict=True))


VOICES = tuple(each.name for each in fields(Voices))
"""Their names."""

OF_ITS_OWN = tuple(each for each in VOICES if each not in ("stands_for", "reading"))
"""Voices that add to all others: what words stand for only makes up for lacking cover. What a
cross-encoder says is left out of what a question could have, for it reads the first passages only
and one of them always speaks in full."""

_each = attrgetter(*VOICES)

COUNTS = Voices(
    cover=0.75,
    meaning=0.25,
    words=0.05,
    fitting=0.15,
    recorded=0.1,
    named=0.05,
    date=0.3,
    body=0.1,
    person=0.1,
    kind=0.05,
    latest=0.05,
    stands_for=0.6,
    reading=1.0,
)
"""What each voice is worth, and how the figures were found: docs/ranking.md. None comes with us to
measure a cross-encoder's by; at 1 it outweighs any other and still listens to them."""


@dataclass(frozen=True, slots=True)
class Found:
    """The candidates of one question, ranked."""

    query: Query
    order: tuple[tuple[str, float], ...]
    """(passage id, score), best first, equal scores by id."""
    voices: Mapping[str, Voices]
    """What speaks for each of them."""
    kept: Mapping[str, KeptPassage]
    lexical: Mapping[str, float]
    """BM25 of those that the words brought up."""
    dense: Mapping[str, float]
    """Cosine of those that the meaning brought up."""
    stems: Mapping[str, PassageStems]
    """Those of each passage."""
    held: Mapping[str, frozenset[str]]
    """Which of the question's stems each passage or its context holds."""
    weight: Callable[[str], float]
    """How much a stem tells."""

    def heard(self, voices: Mapping[str, Voices]) -> Found:
        """Return it with these voices instead, and in the order that they give."""
        return replace(self, voices=voices, order=in_order(voices))

    def cover(self, identity: str) -> float:
        """Return the share of the question's words that a passage holds, by rarity: 0 to 1."""
        return self.share(self.held[identity])

    def share(self, stems_held: frozenset[str]) -> float:
        """Return the share of the question's words that these stems are, by rarity: 0 to 1."""
        return _share(self.query.stems, stems_held, self.weight)

    def fullness(self) -> float:
        """Return the most that speaks for a passage, of all that could for the question: 0 to 1.

        A voice that speaks for none of the candidates could not: the question names no day, no
        body, or none that is held.
        """
        every = self.voices.values()
        could = fsum(
            getattr(COUNTS, name)
            for name in OF_ITS_OWN
            if name == "cover" or any(getattr(each, name) > 0 for each in every)
        )
        heard = replace(COUNTS, reading=0.0)
        return max((each.score(heard) for each in every), default=0.0) / could

    def names(self, identity: str) -> float:
        """Return the share of the question's names that a passage holds, 1 where it has none."""
        names = self.query.names
        return _share(names, self.held[identity], self.weight) if names else 1.0

    def together(self) -> float:
        """Return how far the first HEAD stand together: 0 apart, 1 one by one in one paper."""
        first = [self.kept[identity] for identity, _ in self.order[:HEAD]]
        places = sorted((each.paper.id, each.passage.citation.start) for each in first)
        near = (
            paper == next_paper and start - before < TOGETHER
            for (paper, before), (next_paper, start) in pairwise(places)
        )
        return sum(near) / (HEAD - 1)


def rank(
    query: Query,
    lexical: Ranked,
    dense: Ranked,
    read: Callable[[Sequence[str]], Mapping[str, KeptPassage]],
    stems_of: Callable[[Sequence[str]], Mapping[str, PassageStems]],
    weight: Callable[[str], float],
) -> Found:
    """Order the candidates of two rankings.

    Args:
        query: the question.
        lexical: (passage id, BM25), best first.
        dense: (passage id, cosine), best first.
        read: fetches passages; those that it lacks are dropped.
        stems_of: fetches their stems; of none that is read may it lack them.
        weight: how much a stem tells (its idf), above 0.
    """
    kept = read(list({identity: None for identity, _ in (*lexical[:READ], *dense[:READ])}))
    stems = stems_of(list(kept))
    held = {identity: frozenset(filter(stems[identity].holds, query.stems)) for identity in kept}
    words, meaning = scaled(lexical), scaled(dense)
    names = query.long_names
    voices = {
        identity: Voices(
            cover=_share(query.stems, held[identity], weight),
            meaning=meaning.get(identity, 0.0),
            words=words.get(identity, 0.0),
            fitting=float(fits(query.wanted, query.gives, each.passage.text)),
            recorded=float(_records(query.wanted, each.paper.kind)),
            named=_named(names, stems[identity], weight),
        )
        for identity, each in kept.items()
    }
    return Found(
        query=query,
        order=in_order(voices),
        voices=voices,
        kept=kept,
        lexical=dict(lexical),
        dense=dict(dense),
        stems=stems,
        held=held,
        weight=weight,
    )


def _records(wanted: Wanted, kind: PaperKind) -> bool:
    """Tell whether a kind of paper records what is wanted."""
    if wanted in BY_VERB:
        return kind is PaperKind.MINUTES
    return kind is not PaperKind.AGENDA


def in_order(voices: Mapping[str, Voices]) -> tuple[tuple[str, float], ...]:
    """Return (passage id, score), best first, equal scores by id."""
    return tuple(ordered({identity: each.score(COUNTS) for identity, each in voices.items()}))


def _named(
    names: Sequence[tuple[str, str]], stems: PassageStems, weight: Callable[[str], float]
) -> float:
    """Return the share of names, two stems of each, that stand in a passage side by side."""
    tells = [weight(one) + weight(other) for one, other in names]
    told = (tell for tell, pair in zip(tells, names, strict=True) if stems.holds(*pair))
    return fsum(told) / total if (total := fsum(tells)) > 0 else 0.0


def _share(words: Sequence[str], held: frozenset[str], weight: Callable[[str], float]) -> float:
    tells = list(map(weight, words))
    told = compress(tells, map(held.__contains__, words))
    return fsum(told) / total if (total := fsum(tells)) > 0 else 0.0
