"""Reads the people a question names, as the papers name who speaks: "Mr Gough", "the Leader"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from search.readings.names import ADDRESSES, Names, initials
from search.readings.reading import Reading, ReadingKind
from search.readings.tokens import SMALL, Token, tokens
from search.words import FRAMING_WORDS

LONGEST_OFFICE = 10
"""Words of an office; the longest that papers print run to about eight."""

_COUNCILLOR = frozenset("councillor cllr clr comhairleoir".split())
_ASKED_OF = frozenset("did has had does was why".split())


def people(question: str, names: Names) -> Iterator[Reading]:
    """Yield the speakers that a question names."""
    words = tokens(question)
    at = 0
    while at < len(words):
        end, said_by = _person(words, at, names) or _office(words, at, names) or (at + 1, ())
        if said_by:
            start, stop = words[at].start, words[end - 1].end
            yield Reading(ReadingKind.PERSON, start, stop, question[start:stop], said_by)
        at = end


def _person(words: Sequence[Token], at: int, names: Names) -> tuple[int, tuple[str, ...]] | None:
    """Return where a name that begins at a word ends, and how the papers name its bearer."""
    addressed = words[at].low in ADDRESSES and at + 1 < len(words)
    first = at + 1 if addressed else at
    if not addressed and not _alone(words, at):
        return None
    end = first
    while end < len(words) and end < first + 4 and words[end].capital:
        end += 1
    for last in range(end - 1, first - 1, -1):
        known = names.people.get(words[last].stem, ())
        given = frozenset(each.low[0] for each in words[first:last])
        fits = tuple(each for each in known if _same(given, initials(each)))
        if fits:
            councillors = tuple(each for each in fits if _is_councillor(each.split()[0]))
            chosen = councillors if addressed and _is_councillor(words[at].low) else ()
            return last + 1, chosen or fits
    return None


def _qualifies(words: Sequence[Token], at: int) -> bool:
    """Tell whether a word makes another office of the one after it: "Deputy" Leader."""
    return (at > 0 and words[at].capital) or words[at].low in ("deputy", "vice", "assistant")


def _alone(words: Sequence[Token], at: int) -> bool:
    """Tell whether a surname without address may stand here: "did Gough say"."""
    following = words[at + 1].low if at + 1 < len(words) else ""
    asked = at > 0 and words[at - 1].low in _ASKED_OF
    return words[at].capital and asked and following in FRAMING_WORDS


def _is_councillor(address: str) -> bool:
    return address.casefold().rstrip(".") in _COUNCILLOR


def _same(given: frozenset[str], held: frozenset[str]) -> bool:
    """Tell whether the initials that two namings give allow one bearer."""
    return not given or not held or bool(given & held)


def _office(words: Sequence[Token], at: int, names: Names) -> tuple[int, tuple[str, ...]] | None:
    """Return where an office that begins at a word ends, and how the papers name it."""
    if not (words[at].capital or (at > 0 and words[at - 1].low == "the")):
        return None
    if at > 0 and words[at - 1].low != "the" and _qualifies(words, at - 1):
        return None
    stems: list[str] = []
    best: tuple[int, tuple[str, ...]] | None = None
    for end in range(at, min(at + LONGEST_OFFICE, len(words))):
        if words[end].low not in SMALL:
            stems.append(words[end].stem)
            known = names.offices.get(tuple(stems))
            if known:
                best = (end + 1, known)
    if best is None or (at == 0 and not words[at].capital):
        return None
    following = words[best[0]].low if best[0] < len(words) else ""
    # "the Leader of the Opposition" is not the Leader.
    return None if following in ("of", "for") else best
