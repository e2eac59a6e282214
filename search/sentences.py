"""Chooses the sentence of a passage that answers a question best."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import fsum

from ingest.sentences import sentence_spans
from search.query import Query
from search.wanted import Wanted, fits
from search.words import stems

Span = tuple[int, int]

FITTING = 0.5
"""What a sentence of the kind wanted (a date for "when") is worth, against 1 for holding all the
question's words. It never lifts one that shares nothing with the question, nor follows one that
does."""

FOLLOWING = 0.65
"""What the words of the sentence before count: an answer often follows the sentence that names its
matter ("It held 96 people."). Of 162 hits 106 were marked right, three fewer at half as much."""

MEANING = 1.5
"""What a sentence's cosine counts against its words."""

CONSIDERED = 3
"""How many of a passage's sentences, the best by words, are compared by meaning."""

LEAD = 0.1
"""A sentence behind the best by more than this is not compared: the meaning seldom makes up for it,
and every sentence costs the time of its vector. At half as much again, a third more of them changed
one mark of 162."""

HEADING_WORDS = 16
"""Words of the longest heading; what is longer and has no full stop is a list or a broken table."""

_NUMBER = re.compile(r"(?:\(?item )?\d{1,3}[a-z]?[.)] ", re.IGNORECASE)
_SUBJECT = re.compile(r"(?:subject|title|report to|from|to) ?: ", re.IGNORECASE)
_ASKING = re.compile(r"\bI (?:will|hereby) (?:ask|move)\b|\?[\"”’')]*$")
_FIGURE_OR_FIELD = re.compile(r"\d|\w ?: ")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a passage and how well it answers."""

    span: Span
    """Characters of the passage's text, end-exclusive."""
    cover: float
    """Share of the question's words that it holds, each weighted by how rare it is: 0 to 1."""
    following: float
    """Share that it and the sentence before hold together: cover to 1."""
    fits: bool
    """It holds what the question wants: a date, an amount, a name."""

    @property
    def worth(self) -> float:
        """How well it answers, without regard to meaning."""
        fitting = FITTING * (self.fits and self.following > 0)
        return self.cover + FOLLOWING * (self.following - self.cover) + fitting


def sentences(text: str, query: Query, weight: Callable[[str], float]) -> list[Sentence]:
    """Return the sentences of a passage in order, measured against a question.

    Args:
        text: the passage's text.
        query: the question.
        weight: how much a stem tells (its idf), above 0.

    Returns:
        At least one: a text of white space is one sentence. Headings are left out where anything
        else is said: they name the question's matter better than its answer does, and tell
        nothing; so are sentences that ask themselves, where a fact is wanted. The words of both
        count for the sentence that follows.
    """
    wanted = {stem: weight(stem) for stem in query.stems}
    total = fsum(wanted.values())
    found = []
    spans = sentence_spans(text)
    saying = {span for span in spans if _may_answer(text[slice(*span)], query)} or set(spans)
    before: set[str] = set()
    for start, end in spans:
        held = wanted.keys() & set(stems(text[start:end]))
        if (start, end) in saying:
            cover, following = (
                fsum(wanted[each] for each in some) / total if total > 0 else 0.0
                for some in (held, held | before)
            )
            fitting = fits(query.wanted, query.gives, text[start:end])
            found.append(Sentence((start, end), cover, following, fitting))
        before = held
    return found or [Sentence((0, len(text)), 0.0, 0.0, False)]


def _may_answer(sentence: str, query: Query) -> bool:
    """Tell whether a sentence can answer: no heading can, nor what asks where a fact is wanted."""
    if only_names(sentence):
        return False
    of_a_fact = query.wanted not in (Wanted.STATEMENT, Wanted.ANYTHING)
    return not (of_a_fact and _ASKING.search(sentence))


def only_names(sentence: str) -> bool:
    """Tell whether a sentence only names what follows it: it ends in a colon, or is a heading.

    A heading is short, unpunctuated, and holds no figures and no field.
    """
    words = len(sentence.split())
    if sentence.endswith(":"):
        return True
    if words > HEADING_WORDS or sentence[-1] in ".!?;:”\"'’":
        return False
    if _SUBJECT.match(sentence):
        return True
    numbered = _NUMBER.match(sentence)
    return numbered is not None or not _FIGURE_OR_FIELD.search(sentence)


def best_by_words(measured: Sequence[Sentence]) -> list[Sentence]:
    """Return the sentences that may answer, best by words first, the first of equals.

    They are at most CONSIDERED, none more than LEAD behind the best: one alone is settled.
    """
    ranked = sorted(measured, key=lambda each: (-each.worth, each.span))[:CONSIDERED]
    return [each for each in ranked if ranked[0].worth - each.worth <= LEAD]


def best_by_meaning(ranked: Sequence[Sentence], cosines: Sequence[float]) -> Sentence:
    """Return the sentence that answers best by words and meaning.

    Args:
        ranked: at least one, best by words first.
        cosines: of each with the question.
    """
    worths = [each.worth + MEANING * cosine for each, cosine in zip(ranked, cosines, strict=True)]
    return ranked[worths.index(max(worths))]
