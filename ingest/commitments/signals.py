"""The rules that find undertakings: each has a name, and says why it is one.

A rule reads one sentence with its part and surroundings and returns what it found, or nothing.
They are tried in order of how plainly they speak; the first that finds something counts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from ingest.commitments.clauses import MODALS, holds_any, is_agent
from ingest.commitments.compounds import joints, part_of
from ingest.commitments.dues import find_due
from ingest.commitments.findings import Finding
from ingest.commitments.modals import modal
from ingest.commitments.parts import Candidate, Part
from ingest.commitments.resolutions import delegated_task, proposal, resolved_task, seconded
from ingest.commitments.speech import (
    action_point,
    agreed,
    instructed,
    intends,
    requested,
    undertook,
)
from ingest.paper import CommitmentKind


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule, and what it costs little to look for first."""

    find: Callable[[Candidate], Finding | None]
    cues: tuple[str, ...]
    """Pieces of words: in a sentence with none of them the rule finds nothing."""


MIN_WORDS = 4
"""A sentence of fewer words names no act."""


_INTERROGATIVE = re.compile(
    r"\W*(?:\(?\w{1,3}[.)]\s)?(?:How|What|When|Why|Who|Which|Where|Can|Could|Does|Do|Did|Has"
    r"|Have|Is|Are|Will|Would|If so)\b"
    r"(?=.*\?|(?: many| much| long| often)\b|\s(?:will|would|is|are)\b)"
)


ANY = ("",)
_GIVEN = ("gave", "committed", "volunteered", "accepted")
_SOUGHT = ("sought", "queried", "enquired", "keen")


RULES: tuple[Rule, ...] = (
    Rule(undertook, ("took", "promised", "pledged", "offered", "guaranteed", *_GIVEN)),
    Rule(action_point, ("ACTION", "Action", " to ")),
    Rule(resolved_task, ANY),
    Rule(delegated_task, ("elegat",)),
    Rule(agreed, ("greed",)),
    Rule(seconded, ("proposed", "moved")),
    Rule(intends, (*MODALS, "intention", "happy to", "willing to")),
    Rule(modal, MODALS),
    Rule(instructed, ("instructed", "directed", "tasked", "asked", "requested")),
    Rule(requested, ("request", "asked", "urg", "call", "pressed", "suggested", *_SOUGHT)),
)
"""Plainest first."""


def find_signals(sentence: Candidate) -> list[tuple[Candidate, Finding]]:
    """Return the undertakings and requests in a sentence, each with the words that hold it.

    They are parts of the sentence where each is somebody else's or for another day, else all of it.
    """
    whole = find_signal(sentence)
    if whole is None:
        return []
    if whole.kind is CommitmentKind.COMMITMENT:
        parts = list(_parts(sentence))
        if len(parts) > 1 and _differ(parts):
            return parts
    return [(sentence, whole)]


def _parts(sentence: Candidate) -> Iterator[tuple[Candidate, Finding]]:
    """Yield the shortest parts of a sentence, from its start on, that undertake something."""
    begin = 0
    for end, following in joints(sentence.words):
        part = part_of(sentence, begin, end)
        found = find_signal(part)
        if found and found.kind is CommitmentKind.COMMITMENT:
            yield part, found
            begin = following


def _differ(parts: Sequence[tuple[Candidate, Finding]]) -> bool:
    """Tell whether each part names another doer, or another day."""
    owners = [finding.owner for _, finding in parts[1:]]
    named = all(owner and is_agent(owner) and owner != owner.lower() for owner in owners)
    dues = [find_due(part.words, None, finding.action[0]) for part, finding in parts]
    return (named and len({*owners, parts[0][1].owner}) == len(parts)) or (
        all(dues) and len({due.words for due in dues if due}) == len(parts)
    )


def find_signal(sentence: Candidate) -> Finding | None:
    """Return the plainest undertaking or request in a sentence, or None where there is none."""
    if sentence.part is Part.QUESTION or _INTERROGATIVE.match(sentence.words):
        return None
    if sentence.words.count(" ") + 1 < MIN_WORDS:
        return None
    if sentence.part is Part.PROPOSAL:
        return proposal(sentence)
    if sentence.part is not Part.RESOLUTION and not holds_any(sentence.words, _CUES):
        return None
    for rule in RULES:
        if holds_any(sentence.words, rule.cues) and (found := rule.find(sentence)):
            return found
    return None


_CUES = tuple({cue: None for rule in RULES for cue in rule.cues if rule.cues is not ANY})
"""Without any of these no rule finds anything outside a resolution."""
