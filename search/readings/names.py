"""The names that a library knows: its bodies, who speaks, and what its acronyms stand for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TypeVar

from search.readings.tokens import SMALL, stem, tokens

K = TypeVar("K")
V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class KnownBody:
    """A body as the library shows it, with its other spellings and the days it met."""

    name: str
    spellings: tuple[str, ...]
    meetings: tuple[date, ...] = ()
    """Ascending."""


@dataclass(frozen=True, slots=True)
class Expansion:
    """What an acronym stands for, as papers define it."""

    short: str
    long: str
    by_body: Mapping[str, int]
    """In how many papers of each body ("" for none) it is defined so."""

    @property
    def papers(self) -> int:
        """In how many papers it is defined so."""
        return sum(self.by_body.values())


class Names:
    """What a question's words are looked up in; made once for each generation of a library."""

    def __init__(
        self,
        bodies: Sequence[KnownBody] = (),
        speakers: Sequence[str] = (),
        expansions: Sequence[Expansion] = (),
    ) -> None:
        """Take the names as they are kept; each index is made when it is first asked for."""
        self.bodies = tuple(bodies)
        self._speakers = tuple(speakers)
        self._expansions = tuple(expansions)

    @cached_property
    def bodies_by_stems(self) -> Mapping[frozenset[str], str]:
        """The name shown of each body, by the stems of each of its spellings, small words apart."""
        found: dict[frozenset[str], str] = {}
        for body in self.bodies:
            for spelling in (body.name, *body.spellings):
                found.setdefault(_stems(spelling), body.name)
        found.pop(frozenset(), None)
        return found

    def met(self, names: Sequence[str]) -> list[date]:
        """Return the days on which any of some bodies met, ascending."""
        return sorted({day for each in self.bodies if each.name in names for day in each.meetings})

    @cached_property
    def people(self) -> Mapping[str, tuple[str, ...]]:
        """Speakers with a form of address, as the papers name them, by the stem of the surname."""
        return _grouped((surname(each), each) for each in self._speakers if is_person(each))

    @cached_property
    def offices(self) -> Mapping[tuple[str, ...], tuple[str, ...]]:
        """Speakers named by office, by its stems in order, small words apart."""
        pairs = ((tuple(_in_order(each)), each) for each in self._speakers if not is_person(each))
        return _grouped((key, each) for key, each in pairs if key)

    @cached_property
    def by_short(self) -> Mapping[str, tuple[Expansion, ...]]:
        """What each acronym stands for, the most usual first."""
        return _usual_first((each.short.casefold(), each) for each in self._expansions)

    @cached_property
    def by_long(self) -> Mapping[tuple[str, ...], tuple[Expansion, ...]]:
        """The acronyms of each expansion, by its stems in order, the most usual first."""
        return _usual_first((tuple(_in_order(each.long)), each) for each in self._expansions)


ADDRESSES = frozenset(
    "mr mrs ms miss mx dr prof professor hon sir dame lord lady baroness rev reverend fr cllr clr"
    " councillor comhairleoir ald alderman senator deputy mayor provost superintendent inspector"
    " constable supt sergeant sgt garda".split()
)
"""Forms of address that stand before a surname."""


def is_person(speaker: str) -> bool:
    """Tell a name with its form of address from an office ("Deputy Leader", "Mayor")."""
    words = speaker.replace(".", " ").split()
    if len(words) < 2 or words[0].casefold() not in ADDRESSES:
        return False
    return words[0].casefold() not in ("deputy", "lord", "mayor") or not _OFFICE & {
        word.casefold() for word in words[1:]
    }


_OFFICE = frozenset(
    "leader chair chairman chairperson mayor provost chief executive head director manager officer"
    " engineer clerk treasurer cathaoirleach lieutenant".split()
)


def surname(speaker: str) -> str:
    """Return the stem of a speaker's surname: the last word that is no initial."""
    words = [each.low for each in tokens(speaker) if len(each.low) > 1]
    return stem(words[-1]) if words else ""


def initials(speaker: str) -> frozenset[str]:
    """Return the initials that a speaker's name gives, of first names or alone."""
    words = [each.low for each in tokens(speaker)]
    last = next((at for at in range(len(words) - 1, -1, -1) if len(words[at]) > 1), 0)
    given = [word for at, word in enumerate(words) if at != last and word not in ADDRESSES]
    return frozenset(word[0] for word in given)


def _stems(name: str) -> frozenset[str]:
    return frozenset(_in_order(name))


def _in_order(name: str) -> list[str]:
    return [each.stem for each in tokens(name) if each.low not in SMALL]


def _grouped(pairs: Iterable[tuple[K, V]]) -> dict[K, tuple[V, ...]]:
    found: defaultdict[K, list[V]] = defaultdict(list)
    for key, value in pairs:
        found[key].append(value)
    return {key: tuple(values) for key, values in found.items()}


def _usual_first(pairs: Iterable[tuple[K, Expansion]]) -> dict[K, tuple[Expansion, ...]]:
    return {
        key: tuple(sorted(values, key=lambda each: (-each.papers, each.short, each.long)))
        for key, values in _grouped(pairs).items()
    }
