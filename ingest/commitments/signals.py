"""The rules that find undertakings: each has a name, and says why it is one.

A rule reads one sentence with its part and surroundings and returns what it found, or nothing.
They are tried in order of how plainly they speak; the first that finds something counts.
"""

from __future__ import annotations

import re
from collections.abc import Callable

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

Rule = Callable[[Candidate], Finding | None]


MIN_WORDS = 4
"""A sentence of fewer words names no act."""


_INTERROGATIVE = re.compile(
    r"\W*(?:\(?\w{1,3}[.)]\s)?(?:How|What|When|Why|Who|Which|Where|Can|Could|Does|Do|Did|Has"
    r"|Have|Is|Are|Will|Would|If so)\b"
    r"(?=.*\?|(?: many| much| long| often)\b|\s(?:will|would|is|are)\b)"
)


_PROMISING = re.compile(
    r"\b(?:will|would|shall|be|to|undertook|agreed?|agrees|ACTION|Action|delegate[sd]?"
    r"|requests?(?:ed)?|asks?(?:ed)?"
    r"|called|calling|urged|suggested|queried|enquired|intention|should|I’ll|we’ll|keen)\b"
)
"""Without one of these words no rule finds anything."""


RULES: tuple[Rule, ...] = (
    undertook,
    action_point,
    resolved_task,
    delegated_task,
    agreed,
    seconded,
    intends,
    modal,
    instructed,
    requested,
)
"""Plainest first."""


def find_signal(sentence: Candidate) -> Finding | None:
    """Return the plainest undertaking or request in a sentence, or None where there is none."""
    if sentence.part is Part.QUESTION or _INTERROGATIVE.match(sentence.words):
        return None
    if len(sentence.words.split()) < MIN_WORDS or not _PROMISING.search(sentence.words):
        return None
    if sentence.part is Part.PROPOSAL:
        return proposal(sentence)
    for rule in RULES:
        found = rule(sentence)
        if found:
            return found
    return None
