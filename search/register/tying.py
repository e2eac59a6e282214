"""What ties a later passage to an entry: rare words, names, an agenda item, and meaning."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from math import log1p
from typing import Protocol

from ingest.paper import ItemKind
from search.duplicates import print_of
from search.holdings import KeptPassage
from search.register.completion import cover
from search.register.values import Entry
from search.words import content_words, stems

ENOUGH = 0.55
"""Share of the action's words, by rarity, that a passage which reports on it holds..."""

NEAR = 0.4
"""... and how near it is in meaning, on the way from an accidental passage to the same words;"""

NEARLY_ALL = 0.8
"""or else, share of the words that will do without a name that both have, and from another body."""

ELSEWHERE = 0.6
"""Nearness that a paper of another body needs, or else NEAR with NEARLY_ALL: most of what others
print is business of theirs."""

FEWEST_SHARED = 3
FEWEST_TELLING = 2
"""Words of the action that are shared, and those of them that tell: fewer are a coincidence."""

TELLING = 0.02
"""Share of the library's passages above which a word is nobody's own."""

FEW = 12
"""Passages that hold a word which is somebody's own however small the library is."""

HALF = 0.5
"""Share of the names in the action that a passage on it holds: "the vans in Banwell and Gorse" are
not any vans."""

RAREST = 2
"""Words of the action, the rarest, of which a passage on it holds at least one."""

_HOLLOW = frozenset(
    stems(
        "revert look follow seek provide bring send consider examine investigate arrange ensure ask"
        " request contact clarify carry undertake write engage respond circulate submit"
    )
)
"""Verbs of undertaking, which tell nothing of a matter. Not those that papers use as nouns, as a
survey or a report: that may be the very thing that was promised."""

WHOSE = (ItemKind.QUESTION, ItemKind.MOTION)
"""Items whose titles tell whose they are, and not on what: they tie nothing."""

_NAME = re.compile(r"(?<![.!?]\s)(?<!^)\b[A-ZÀ-Þ][\w'’-]+")
_REFERENCE = re.compile(r"\b(?!\d+(?:am|pm|st|nd|rd|th)\b)(?=[\w/-]*\d)[\w/-]{3,}\b")


class Counted(Protocol):
    """A library, as far as the rarity of words goes."""

    @property
    def passage_count(self) -> int:
        """How many passages there are."""
        ...

    def frequency(self, stem: str) -> int:
        """Return how many passages hold a stem in their own words."""
        ...


@dataclass(frozen=True, slots=True)
class Sought:
    """What a passage that reports on an entry is known by."""

    action: str
    words: Mapping[str, str]
    """The action's stems, each with the word that it is of."""
    weight: Mapping[str, float]
    """How much each tells: its idf (Robertson and Zaragoza, 2009)."""
    telling: frozenset[str]
    rarest: frozenset[str]
    """Those of which a passage holds at least one."""
    placed: frozenset[str]
    """Words of the action that are rare and names: of places, people, schemes."""
    names: Mapping[tuple[str, ...], str]
    """The stems of each name or reference that few passages hold, with its words."""
    bodies: frozenset[str | None]
    titles: frozenset[tuple[str, ...]]
    """The stems of the titles of its agenda items."""
    shingles: frozenset[tuple[str, ...]]
    """Of its sentence."""


def sought_by(held: Counted, entry: Entry) -> Sought:
    """Return what a passage that reports on an entry is known by."""
    commitment = entry.first.commitment
    # Who and by when is no part of the matter: a report on it seldom says so again.
    beside = {*stems(entry.present.owner or ""), *stems(commitment.owner or "")}
    beside.update(stems(commitment.due.words) if commitment.due else ())
    words = {stem: word for word, stem in content_words(commitment.action) if stem not in beside}
    count = held.passage_count
    frequency = {stem: held.frequency(stem) for stem in words}
    few = max(TELLING * count, FEW)
    named = {
        tuple(stems(name)): name
        for name in (
            *_NAME.findall(commitment.sentence),
            *_REFERENCE.findall(commitment.sentence),
        )
    }
    return Sought(
        action=commitment.action,
        words=words,
        weight={
            stem: log1p((max(count - each, 0) + 0.5) / (each + 0.5))
            for stem, each in frequency.items()
        },
        telling=frozenset(
            stem for stem, each in frequency.items() if each <= few and stem not in _HOLLOW
        ),
        placed=frozenset(
            stem
            for stem, word in words.items()
            if word[:1].isupper() and frequency[stem] <= few and stem not in _HOLLOW
        ),
        rarest=frozenset(
            sorted(frequency.keys() - _HOLLOW, key=lambda stem: (frequency[stem], stem))[:RAREST]
        ),
        names={
            key: name
            for key, name in named.items()
            if any(held.frequency(stem) <= few and stem not in beside for stem in key)
        },
        bodies=frozenset(place.paper.body for place in entry.places),
        titles=frozenset(
            tuple(stems(place.item.title))
            for place in entry.places
            if place.item and place.item.title and place.item.kind not in WHOSE
        ),
        shingles=print_of(stems(commitment.sentence)).shingles,
    )


def tied(
    kept: KeptPassage, sought: Sought, held: frozenset[str], near: float, *, same_item: bool
) -> bool:
    """Tell whether a passage shares enough with an entry, in words and in meaning, to be on it."""
    share = cover(held, sought.weight)
    # Its own body's name stands on every paper of it.
    telling = held.difference(stems(kept.paper.body or ""))
    few = len(sought.telling & telling) < FEWEST_TELLING or (
        len((sought.weight.keys() & telling) - _HOLLOW) < FEWEST_SHARED and not same_item
    )
    if few or share < ENOUGH or sought.rarest.isdisjoint(telling):
        return False
    if len(sought.placed & telling) < HALF * len(sought.placed):
        return False
    most = share >= NEARLY_ALL
    named = any(telling.issuperset(key) for key in sought.names)
    if not (named or same_item or most):
        return False
    if kept.paper.body not in sought.bodies:
        return near >= ELSEWHERE or (near >= NEAR and most)
    return near >= NEAR or same_item or (named and most)
