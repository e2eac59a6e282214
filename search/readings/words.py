"""Reads words as other words: acronyms as what they stand for, misspelt words as held ones."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence

from rapidfuzz.distance import OSA

from search.readings.lexicon import is_usual
from search.readings.names import Expansion, Names
from search.readings.reading import Reading, ReadingKind
from search.readings.tokens import SMALL, tokens
from search.words import content_words, stem_of

Vocabulary = Callable[[str], Sequence[tuple[str, int]]]
"""(stem, passages that hold it) of every stem that begins with some letters, commonest first."""

SHORTEST_ACRONYM = 3
"""Letters of one that a question's words are also read as; two letters stand for too much else."""

LONGEST_EXPANSION = 9
"""Words of what an acronym stands for."""

SHORTEST_NAME = 5
SHORTEST = 6
"""Letters of a word with a capital, and without, that may be a misspelling: shorter ones are one
edit from too many others, plain words from too many names."""

TWO_EDITS = 8
"""Letters from which two edits may lie between what is typed and what is held."""

_ACRONYM = re.compile(r"\b[A-Z](?:[A-Z0-9&]|[a-z](?=[A-Z])){1,7}(?=s?\b)")


def acronyms(question: str, names: Names, bodies: Collection[str]) -> Iterator[Reading]:
    """Yield the acronyms of a question with what they stand for, and the other way round.

    Of several meanings that of the bodies asked holds, else the most usual.
    """
    for match in _ACRONYM.finditer(question):
        known = _preferred(names.by_short.get(match[0].casefold(), ()), bodies)
        if known:
            yield _reading(question, match.start(), match.end(), known.long)
    words = [each for each in tokens(question) if each.low not in SMALL]
    for at in range(len(words)):
        for end in range(min(len(words), at + LONGEST_EXPANSION), at + 1, -1):
            stems = tuple(each.stem for each in words[at:end])
            known = _preferred(names.by_long.get(stems, ()), bodies)
            if known and len(known.short) >= SHORTEST_ACRONYM:
                yield _reading(question, words[at].start, words[end - 1].end, known.short)
                break


def spellings(
    question: str,
    taken: Sequence[Reading],
    holds: Callable[[str], bool],
    vocabulary: Vocabulary,
    written: Callable[[str], str],
) -> Iterator[Reading]:
    """Yield the words that no passage holds and that are an edit or two from one that some hold.

    A usual English word is left as it is: it was meant, the papers only lack it.

    Args:
        question: as it was typed.
        taken: readings whose words are not looked at.
        holds: tells whether any passage or title holds a stem.
        vocabulary: the stems held.
        written: a stem as the papers write it.
    """
    for word, stem in content_words(question):
        shortest = SHORTEST_NAME if word[:1].isupper() else SHORTEST
        may_be = len(stem_of(word)) == 1 and stem.isalpha() and len(stem) >= shortest
        if not may_be or holds(stem) or is_usual(word):
            continue
        at = question.find(word)
        if at < 0 or any(each.start < at + len(word) and at < each.end for each in taken):
            continue
        near = _nearest(stem, vocabulary(stem[:1]))
        if near:
            yield Reading(ReadingKind.SPELLING, at, at + len(word), word, (written(near),))


def _nearest(stem: str, held: Sequence[tuple[str, int]]) -> str | None:
    """Return the held stem the fewest edits from one that is not, the commonest of equals."""
    most = 2 if len(stem) >= TWO_EDITS else 1
    near = [
        (edits, -count, other)
        for other, count in held
        if abs(len(other) - len(stem)) <= most
        and (edits := OSA.distance(stem, other, score_cutoff=most)) <= most
        and other.isalpha()
    ]
    return min(near)[2] if near else None


def _preferred(known: Sequence[Expansion], bodies: Collection[str]) -> Expansion | None:
    for each in known:
        if not each.by_body.keys().isdisjoint(bodies):
            return each
    return known[0] if known else None


def _reading(question: str, start: int, end: int, value: str) -> Reading:
    return Reading(ReadingKind.ACRONYM, start, end, question[start:end], (value,))
