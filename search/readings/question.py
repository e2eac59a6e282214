"""Reads a whole question: every reader in turn, no word read twice."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Protocol

from search.readings.bodies import bodies
from search.readings.everyday import everyday
from search.readings.holding import Holding
from search.readings.names import Names
from search.readings.papers import kinds, references
from search.readings.people import people
from search.readings.reading import Reading, ReadingKind
from search.readings.times import latest_first, times
from search.readings.words import acronyms, spellings


class Held(Protocol):
    """What a question's words are looked up in."""

    def names(self) -> Names:
        """Return the names that the library knows."""
        ...

    def count(self, holding: Holding) -> int:
        """Return how many passages hold some things."""
        ...

    def holds(self, stem: str) -> bool:
        """Tell whether any passage or its title holds a stem."""
        ...

    def vocabulary(self, prefix: str) -> Sequence[tuple[str, int]]:
        """Return (stem, passages with it) of the stems that begin so, commonest first."""
        ...

    def written(self, stem: str) -> str:
        """Return a stem as a paper writes it."""
        ...


_NEEDS: dict[ReadingKind, Callable[[str], Holding]] = {
    ReadingKind.PHRASE: lambda value: Holding(phrases=(value,)),
    ReadingKind.REFERENCE: lambda value: Holding(phrases=(value,)),
    ReadingKind.MINUTE: lambda value: Holding(minutes=(value,)),
    ReadingKind.ITEM: lambda value: Holding(items=(value,)),
}


def read(question: str, held: Held, today: date | None) -> tuple[Reading, ...]:
    """Return what a question's words are read as, in their order; no two share a word.

    Args:
        question: as it was typed.
        held: the library.
        today: what "last year" and "the last meeting" are counted from; None: they are not read.
    """
    names = held.names()
    told = [_weighed(each, held) for each in _apart((), references(question))]
    where = _apart(told, bodies(question, names))
    meant = [name for each in where for name in each.values]
    found = [*told, *where]
    for readers in (
        times(question, names, today, meant),
        people(question, names),
        kinds(question),
        latest_first(question),
        acronyms(question, names, meant),
        everyday(question, held.holds, names),
    ):
        found += _apart(found, readers)
    found += spellings(question, found, held.holds, held.vocabulary, held.written)
    return tuple(sorted(found, key=lambda each: (each.start, each.end)))


def needed(readings: Iterable[Reading]) -> Holding:
    """Return what the hard readings of a question ask of a passage."""
    needs = [_NEEDS[each.kind](each.values[0]) for each in readings if each.hard]
    return Holding(
        tuple(phrase for each in needs for phrase in each.phrases),
        tuple(number for each in needs for number in each.minutes),
        tuple(number for each in needs for number in each.items),
    )


def _weighed(reading: Reading, held: Held) -> Reading:
    """Return a reference or phrase as hard where the library holds it, else as not held."""
    known = held.count(_NEEDS[reading.kind](reading.values[0])) > 0
    return replace(reading, hard=known, held=known)


def _apart(taken: Sequence[Reading], others: Iterable[Reading]) -> list[Reading]:
    """Return those readings that share no word with those before them."""
    kept: list[Reading] = []
    for each in others:
        if all(each.end <= one.start or one.end <= each.start for one in (*taken, *kept)):
            kept.append(each)
    return kept
