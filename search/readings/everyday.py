"""Reads everyday words as what papers call the same thing: "lamp posts" as "lighting columns".

Members ask in the words of the street, and papers answer in those of their departments. The pairs
are general knowledge of British and Irish councils (everyday.toml beside this), not of any papers.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from importlib import resources

from search.readings.names import Names
from search.readings.reading import Reading, ReadingKind
from search.readings.tokens import SMALL, tokens
from search.words import stems


def everyday(question: str, holds: Callable[[str], bool], names: Names) -> Iterator[Reading]:
    """Yield the everyday words of a question with the terms for the same that the library holds.

    Args:
        question: as it was typed.
        holds: tells whether any passage or title holds a stem.
        names: whose acronyms stand for terms too.
    """
    known, longest = _known()
    words = tokens(question)
    for at in range(len(words)):
        for end in range(min(len(words), at + longest), at, -1):
            terms = known.get(tuple(each.stem for each in words[at:end]), ())
            held = [term for term in terms if all(map(holds, stems(term)))]
            if held:
                start, after = words[at].start, words[end - 1].end
                values = dict.fromkeys([*held, *_shortened(held, names)])
                yield Reading(
                    ReadingKind.EVERYDAY, start, after, question[start:after], tuple(values)
                )
                break


def _shortened(terms: list[str], names: Names) -> Iterator[str]:
    """Yield the acronyms that the library's papers define for terms."""
    for term in terms:
        key = tuple(each.stem for each in tokens(term) if each.low not in SMALL)
        yield from (each.short for each in names.by_long.get(key, ())[:1])


@cache
def _known() -> tuple[Mapping[tuple[str, ...], tuple[str, ...]], int]:
    """Return the terms for everyday words, by their stems, and the stems of the longest."""
    file = resources.files("search.readings").joinpath("everyday.toml")
    subjects = tomllib.loads(file.read_text(encoding="utf-8"))
    pairs = {
        tuple(each.stem for each in tokens(words)): tuple(terms)
        for subject in subjects.values()
        for words, terms in subject.items()
    }
    return pairs, max(map(len, pairs), default=0)
