"""Finds the sentence of a passage that tells that an undertaking was carried out.

A sentence tells it by a verb of completion in the past ("has been circulated", "was published"),
beside the undertaking's own words. One that promises, asks or denies does not.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from math import fsum

from ingest.sentences import sentence_spans
from search.words import stems

NEAR = 0.5
"""Share of the undertaking's words, by rarity, in the sentence and the one before it ("It was")."""

_ADVERBS = (
    r"(?:(?:now|since|already|also|all|both|subsequently|recently|duly|fully|successfully|"
    r"therefore|then) )*"
)
_PAST = re.compile(
    rf"\b(?P<auxiliary>(?:has|have|had) {_ADVERBS}(?:been {_ADVERBS})?|(?:was|were) {_ADVERBS})"
    r"(?P<verb>[a-z]+)\b",
    re.IGNORECASE,
)
_STANDING = re.compile(
    r"\b(?:is|are|was|were) (?:now )?(?:complete|in place|up and running|operational|live)\b",
    re.IGNORECASE,
)
_VERBS = frozenset(
    stem
    for verb in (
        "completed circulated published provided sent issued implemented delivered finished "
        "installed introduced undertaken shared distributed supplied appointed recruited signed "
        "submitted presented carried launched opened resolved fixed repaired arranged"
    ).split()
    for stem in stems(verb)
)
"""What is carried out by being done, whatever verb promised it; the undertaking's own verb too."""

_NOT_YET = re.compile(
    r"\bnot\b|n't\b|\bnever\b|\byet to\b|\bonce\b|\bwhen\b|\bif\b|\buntil\b|\bunless\b|"
    r"\bshould\b|\bwould\b|\bcould\b|\bwill\b|\bmay\b|\bmight\b|\bwhether\b|\bunable\b|"
    r"\bno [a-z]+ (?:has|have|had|was|were)\b|\?",
    re.IGNORECASE,
)
"""Before the verb: it is denied, awaited or only thought of."""


@dataclass(frozen=True, slots=True)
class Completion:
    """A sentence that tells of something carried out."""

    start: int
    end: int
    """Characters of the passage's text, end-exclusive."""
    words: str
    """The words that tell it, as they stand there."""
    cover: float
    """Share of the undertaking's words beside them, 0 to 1."""


def completion(text: str, wanted: Mapping[str, float]) -> Completion | None:
    """Return the sentence that best tells that an undertaking was carried out, if any does.

    Args:
        text: of a passage.
        wanted: what each stem of the undertaking's action tells, above 0.
    """
    best: Completion | None = None
    before: frozenset[str] = frozenset()
    for start, end in sentence_spans(text):
        sentence = text[start:end]
        own = frozenset(stems(sentence))
        told = _told(sentence, frozenset(wanted))
        if told:
            share = cover(own | before, wanted)
            if share >= NEAR and (best is None or share > best.cover):
                best = Completion(start, end, told, share)
        before = own
    return best


def cover(held: frozenset[str], wanted: Mapping[str, float]) -> float:
    """Return the share of the wanted stems that are held, by what each tells: 0 to 1."""
    total = fsum(wanted.values())
    return fsum(each for stem, each in wanted.items() if stem in held) / total if total else 0.0


def _told(sentence: str, action: frozenset[str]) -> str | None:
    """Return the words of a sentence that tell of completion; None where none do."""
    for match in _PAST.finditer(sentence):
        carried_out = set(stems(match["verb"])) & (_VERBS | action)
        past = re.search(r"(?:ed|en|nt|lt|de|ne|ld|un)$", match["verb"], re.IGNORECASE)
        if carried_out and past and not _NOT_YET.search(sentence[: match.start("verb")]):
            return match[0]
    stands = _STANDING.search(sentence)
    return stands[0] if stands and not _NOT_YET.search(sentence[: stands.end()]) else None
