"""How much a text speaks of a matter: pure.

A matter is a few words, often a name of two or three ("family hubs"). Papers that speak of it hold
them close together; "families" and "a transport hub" a page apart are chance. So what counts is the
best share of the matter's words, by rarity, within a window of a few words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import fsum, log1p

from search.words import stems

SHORT = 3
"""Words of a matter of which all have to stand in a text: "tax" alone is not "council tax", nor a
"support fund" the "household support fund"."""

ENOUGH = 0.7
"""Share of a longer matter's words, by rarity, from which a text speaks of it."""

LISTED = 5
"""Stems of the longest entry of a list within a sentence."""

_COMMA = re.compile(r",| and | or |;")
_ROUNDING = 1e-9

WINDOW = 4
"""Words in which they stand, beside the matter's own number: room for "hubs for families with
children", not for another clause."""


@dataclass(frozen=True)
class Measure:
    """Measures texts against a matter."""

    ways: tuple[Mapping[str, float], ...]
    """What the matter is called: the stems of each name, with what each tells (its idf, above 0).
    The first is as it was typed; others are what its acronyms and everyday words stand for."""

    @cached_property
    def stems(self) -> tuple[str, ...]:
        """All stems of all names, each once."""
        return tuple(dict.fromkeys(stem for way in self.ways for stem in way))

    def cover(self, text: str | None) -> float:
        """Return the best share of the words of any name that stand close together: 0 to 1."""
        if not text:
            return 0.0
        words = self._words(text)
        return max((_closest(words, way) for way in self.ways), default=0.0)

    def speaks(self, text: str | None) -> bool:
        """Tell whether a text speaks of the matter."""
        if not text:
            return False
        words = self._words(text)
        return any(
            _closest(words, way) >= (1 - _ROUNDING if len(way) <= SHORT else ENOUGH)
            for way in self.ways
        )

    def _words(self, text: str) -> Sequence[str]:
        """Return the stems of a text; the same sentences and titles are measured several times."""
        known = self._known.get(text)
        if known is None:
            known = self._known[text] = stems(text)
        return known

    @cached_property
    def _known(self) -> dict[str, list[str]]:
        return {}

    def lists(self, text: str) -> bool:
        """Tell whether a text only names the matter in a list: "buses, family hubs and parks"."""
        parts = [stems(part) for part in _COMMA.split(text)]
        short = [len(part) <= LISTED for part in parts]
        named = [
            at
            for at, part in enumerate(parts)
            if any(_closest(part, way) >= 1 - _ROUNDING for way in self.ways)
        ]
        return bool(named) and all(
            short[at] and any(short[max(at - 1, 0) : at]) and any(short[at + 1 : at + 2])
            for at in named
        )


def rarity(frequency: int, count: int) -> float:
    """Return the idf of a stem (Robertson and Zaragoza, 2009), above 0.

    Args:
        frequency: how many passages hold it.
        count: how many passages there are.
    """
    return log1p((max(count - frequency, 0) + 0.5) / (frequency + 0.5))


def _closest(words: Sequence[str], way: Mapping[str, float]) -> float:
    total = fsum(way.values())
    places = [at for at, word in enumerate(words) if word in way]
    if not places or total <= 0:
        return 0.0
    reach = WINDOW + len(way)
    return (
        max(
            fsum(way[stem] for stem in {words[at] for at in places if start <= at < start + reach})
            for start in places
        )
        / total
    )
