"""Which entries of a register hold which words, in their sentences and their items' titles.

Taking the words of 7,388 entries apart takes half a second, so it is done once for a generation of
a library and not for each search.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from math import fsum, log1p
from sys import intern

from search.register.values import Entry
from search.words import content_words, stems

REMEMBERED = 65_536
"""Sentences and titles whose words are remembered, some 300 bytes each: the next generation of a
library has nearly all of them again."""


class Wording:
    """The entries of one register by the stems that they hold; places in it stand for them."""

    def __init__(self, register: Sequence[Entry]) -> None:
        """Take the words of every entry apart."""
        self._count = len(register)
        self._held: defaultdict[str, array[int]] = defaultdict(lambda: array("L"))
        for at, entry in enumerate(register):
            for stem in _words(entry):
                self._held[stem].append(at)

    def holding(self, wanted: Iterable[str]) -> set[int]:
        """Return the places of the entries that hold any of some stems."""
        return {at for stem in wanted for at in self._held.get(stem, ())}

    def about(self, topic: str) -> Mapping[int, float]:
        """Return the share of a topic's words, by rarity among entries, that entries hold.

        Those that hold none of them are left out.
        """
        words = [stem for _, stem in content_words(topic)]
        weight = {
            stem: log1p((self._count + 0.5) / (len(self._held.get(stem, ())) + 0.5))
            for stem in words
        }
        total = fsum(weight.values())
        told: defaultdict[int, list[float]] = defaultdict(list)
        for stem in words:
            for at in self._held.get(stem, ()):
                told[at].append(weight[stem])
        return {at: fsum(each) / total for at, each in told.items()}


def _words(entry: Entry) -> frozenset[str]:
    texts = [entry.first.commitment.sentence]
    texts += [one.item.title for one in entry.places if one.item and one.item.title]
    return frozenset(stem for text in texts for stem in _stems(text))


@lru_cache(REMEMBERED)
def _stems(text: str) -> tuple[str, ...]:
    return tuple(intern(each) for each in stems(text))
