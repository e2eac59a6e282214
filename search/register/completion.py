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
from search.words import content_words, stems

NEAR = 0.6
"""Share of the undertaking's words, by rarity, that such a sentence holds. Where it begins with
"It" or the like, the words of the sentence before count too."""

NEARLY_ALL = 0.8
"""The share for a sentence in the active voice: who had published something may be anyone."""

_ADVERBS = (
    r"(?:(?:now|since|already|also|all|both|subsequently|recently|duly|fully|successfully|"
    r"therefore|then) )*"
)
_PAST = re.compile(
    rf"\b(?:(?:has|have|had) {_ADVERBS}(?:been {_ADVERBS})?|(?:was|were) {_ADVERBS})"
    r"(?P<verb>[a-z]+)\b",
    re.IGNORECASE,
)
_COMPLETE = re.compile(r"\b(?:is|are|was|were) (?:now )?complete\b", re.IGNORECASE)
_IN_PLACE = re.compile(
    r"\b(?:is|are|was|were) (?:now )?(?:in place|up and running|operational)\b", re.IGNORECASE
)
_PASSIVE = re.compile(r"\b(?:been|is|are|was|were)\b", re.IGNORECASE)
_REFERS_BACK = re.compile(r"(?:it|this|these|they|that|those|both)\b", re.IGNORECASE)
_SIMPLE = {
    "held": "hold", "sent": "send", "written": "write", "wrote": "write", "brought": "bring",
    "made": "make", "given": "give", "taken": "take", "met": "meet", "sought": "seek",
    "built": "build", "done": "do", "laid": "lay", "drawn": "draw", "spoken": "speak",
    "begun": "begin", "shown": "show", "put": "put", "got": "get", "found": "find",
}  # fmt: skip
"""Past forms that share no stem with their verb."""

_ALWAYS = frozenset(
    stem for verb in "complete finish implement conclude fulfil do".split() for stem in stems(verb)
)
"""Whatever was promised is carried out by these."""

_ALIKE = tuple(
    frozenset(stem for verb in verbs.split() for stem in stems(verb))
    for verbs in (
        "put install build establish introduce create set develop implement",
        "circulate send provide publish issue share distribute supply forward email give present "
        "submit bring furnish upload",
        "install erect repair fix replace build construct put mend renew restore",
        "hold meet arrange convene organise",
        "write contact ask invite request correspond",
        "appoint recruit employ engage",
        "begin start commence launch open",
    )
)
"""One verb promises, another of the same line reports: "circulate" is carried out by "sent"."""

_PUT_IN_PLACE = _ALIKE[0]
"""What is carried out by being in place."""

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


def completion(text: str, action: str, wanted: Mapping[str, float]) -> Completion | None:
    """Return the sentence that best tells that an undertaking was carried out, if any does.

    Args:
        text: of a passage.
        action: what was to be done.
        wanted: what each stem of the action tells, above 0.
    """
    best: Completion | None = None
    verbs = _verbs(action)
    before: frozenset[str] = frozenset()
    for start, end in sentence_spans(text):
        sentence = text[start:end]
        own = frozenset(stems(sentence))
        told = _told(sentence, verbs)
        if told:
            said = own | before if _REFERS_BACK.match(sentence) else own
            share = cover(said, wanted)
            enough = NEAR if _PASSIVE.search(told) else NEARLY_ALL
            if share >= enough and (best is None or share > best.cover):
                best = Completion(start, end, told, share)
        before = own
    return best


def _verbs(action: str) -> frozenset[str]:
    """Return the stems of the verbs by which an action is carried out."""
    words = [stem for _, stem in content_words(action)]
    verbs = _ALWAYS | frozenset(words[:1])  # an action mostly begins with its verb
    for alike in _ALIKE:
        if not alike.isdisjoint(words):
            verbs |= alike
    return verbs


def cover(held: frozenset[str], wanted: Mapping[str, float]) -> float:
    """Return the share of the wanted stems that are held, by what each tells: 0 to 1."""
    total = fsum(wanted.values())
    return fsum(each for stem, each in wanted.items() if stem in held) / total if total else 0.0


def _told(sentence: str, verbs: frozenset[str]) -> str | None:
    """Return the words of a sentence that tell of completion; None where none do."""
    for match in _PAST.finditer(sentence):
        verb = match["verb"].casefold()
        past = verb in _SIMPLE or verb.endswith("ed")
        carried_out = not verbs.isdisjoint(stems(_SIMPLE.get(verb, verb)))
        if verb == "carried" and sentence[match.end() :].startswith(" out"):
            carried_out = True
        if past and carried_out and not _NOT_YET.search(sentence[: match.start("verb")]):
            return match[0]
    stands = _COMPLETE.search(sentence)
    if not verbs.isdisjoint(_PUT_IN_PLACE - _ALWAYS):
        stands = stands or _IN_PLACE.search(sentence)
    return stands[0] if stands and not _NOT_YET.search(sentence[: stands.end()]) else None
