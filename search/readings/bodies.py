"""Reads the bodies whose papers a question asks for: "at Cabinet", "the West district meeting".

A body is only read where it meets or decides. One that is the question's subject ("how is the
Pensions Board paid for?", "the county council's roads") is left alone: its own papers are not the
ones that tell of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from search.readings.names import Names
from search.readings.reading import Reading, ReadingKind
from search.readings.tokens import SMALL, Token, before, possessive, stem, tokens

MOST = 4
"""Bodies that one wording may mean; more is no name but a kind ("the policy committees")."""

_KINDS = frozenset(
    map(
        stem,
        "council cabinet committee subcommittee board panel district forum partnership".split(),
    )
)
_PLACES = frozenset(map(stem, "county city town borough parish".split()))
_COUNCIL = stem("council")
_MEETS = frozenset(
    map(stem, "meeting meetings minutes agenda agendas session councillors members debate".split())
)
_DECIDES = frozenset(
    map(
        stem,
        "agree agreed decide decided resolve resolved approve approved vote voted note noted reject"
        " rejected adopt adopted authorise authorised discuss discussed debate debated hear heard"
        " consider considered recommend recommended ask asked say said think thought arrange look"
        " looked met meet promise promised undertake undertook commit committed".split(),
    )
)
_WHERE = frozenset("at by before told tell did when has had to in".split())
_SUBJECT = frozenset(
    "about on regarding concerning for with against of as like between under from into per".split()
)
_PASSED_OVER = frozenset(
    "the a an its our full extraordinary special annual ordinary budget last latest next previous"
    " most recent january february march april may june july august september october november"
    " december whole".split()
)


def bodies(question: str, names: Names) -> Iterator[Reading]:
    """Yield the bodies whose meetings a question is about."""
    words = tokens(question)
    at = 0
    while at < len(words):
        found = _longest(words, at, names)
        if found is None:
            at += 1
            continue
        end, meant = found
        if _meets(question, words, at, end):
            start, stop = words[at].start, words[end - 1].end
            yield Reading(ReadingKind.BODY, start, stop, question[start:stop], meant)
        at = end


def _longest(words: Sequence[Token], at: int, names: Names) -> tuple[int, tuple[str, ...]] | None:
    """Return where the longest name that begins at a word ends, and the bodies it may mean."""
    known = names.bodies_by_stems
    taken: set[str] = set()
    possible = list(known)
    best: tuple[int, tuple[str, ...]] | None = None
    for end in range(at, len(words)):
        token = words[end]
        if token.low in SMALL and taken:
            continue
        possible = [each for each in possible if token.stem in each]
        if not possible or token.stem in taken:
            break
        taken.add(token.stem)
        if frozenset(taken) in known:
            best = (end + 1, (known[frozenset(taken)],))
        elif _tells_enough(taken, words, end):
            # A name that holds another whole is another body's: a district's, its sub-committee's.
            least = [each for each in possible if not any(other < each for other in possible)]
            meant = tuple(dict.fromkeys(known[each] for each in least))
            if len(meant) <= MOST:
                best = (end + 1, meant)
    return best


def _tells_enough(taken: set[str], words: Sequence[Token], end: int) -> bool:
    """Tell whether some words of a body's name stand for it: with what it is, or that it meets."""
    if not taken - _KINDS - _PLACES:
        return False
    following = words[end + 1].stem if end + 1 < len(words) else ""
    return bool(taken & _KINDS) or following in _MEETS


def _meets(question: str, words: Sequence[Token], at: int, end: int) -> bool:
    """Tell whether a body named by words [at, end) is named as one that meets or decides."""
    following = words[end].stem if end < len(words) else ""
    if end < len(words) and words[end].low == "member":
        return False  # the Cabinet Member is a person
    named = [each for each in words[at:end] if each.low not in SMALL]
    if following in _MEETS:
        return True
    if possessive(question, words[end - 1]):
        return False
    preceding, where = before(words, at, _PASSED_OVER)
    if preceding == "of" and where > 0 and words[where - 1].stem in _MEETS:
        return True
    if preceding in _SUBJECT:
        return False
    capitals = all(each.capital for each in named)
    # Alone, "cabinet" may be a cupboard, and "county council" is who runs the county.
    if not capitals and (len(named) == 1 or named[-1].stem == _COUNCIL):
        return False
    return where < 0 or following in _DECIDES or preceding in _WHERE
