"""A question's words with their places, for readers that look for names in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from search.words import stem_of

SMALL = frozenset("of and the for & a an".split())
"""Words that names hold or leave out as it comes."""

_WORD = re.compile(r"sub-committee|[^\W_]+(?:['’](?!s\b)[^\W_]+)*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Token:
    """One word: its place in the question, as typed, without case, and its stem."""

    start: int
    end: int
    typed: str
    low: str
    stem: str

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital."""
        return self.typed[:1].isupper()


def tokens(text: str) -> list[Token]:
    """Return the words of a text in order; "Cabinet's" is "Cabinet"."""
    return [
        Token(match.start(), match.end(), match[0], low, stem(low))
        for match in _WORD.finditer(text)
        for low in [match[0].casefold().replace("sub-c", "subc").replace("’", "'")]
    ]


def stem(word: str) -> str:
    """Return the stem of one word, or the word where it has none."""
    return next(iter(stem_of(word)), word)


def before(words: Sequence[Token], at: int, passed_over: frozenset[str]) -> tuple[str, int]:
    """Return the word before a place that is none of those passed over, and where it stands.

    Returns:
        ("", -1) where there is none.
    """
    at -= 1
    while at >= 0 and words[at].low in passed_over:
        at -= 1
    return (words[at].low, at) if at >= 0 else ("", -1)


def possessive(question: str, token: Token) -> bool:
    """Tell whether a word is followed by 's."""
    return re.match(r"['’]s?\b", question[token.end :]) is not None
