"""Cuts a sentence where a second undertaking begins: "… agreed to write, and Mr Pell would …"."""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.commitments.clauses import holds_any
from ingest.commitments.parts import Candidate

_JOINTS = (";", ", ", " and ", " while ", " whilst ")
_NAME = (
    r"(?:[Tt]he |[Aa]n? )?(?!Members\b)[A-Z][\w’&/.-]*"
    r"(?:[ ,]+(?:[A-Z(][\w’&/.)-]*|of|for|and|the)){0,9}"
)
_WILL = r"(?:will|would|shall|agreed to|undertook to)"
_JOINT = re.compile(
    rf";\s(?:and\s)?(?={_NAME} (?:{_WILL}|to)\b)"
    r"|(?:;(?:\sand)?|,?\s(?:and|while|whilst)|,)\s"
    r"(?:that\s(?=(?:the |an? )?[\w’&/ -]{3,80}? [a-z]+ )"
    rf"|(?={_NAME} {_WILL}\b)|(?=(?:the|an?|this|these|further)"
    rf" [^,;]{{3,80}}? (?:will|would|shall) be ))"
)
"""What stands between two clauses that each say who, or what, will do, or be done."""


_CONDITION = re.compile(r"\W*(?:If|Should|Unless|Once|When|Where|Subject to|Provided)\b")
"""What opens a sentence and holds for all of it."""


def joints(words: str) -> list[tuple[int, int]]:
    """Return where a sentence can be cut: each joint, and its end. Empty where it is one clause."""
    if not holds_any(words, _JOINTS) or _CONDITION.match(words):
        return []
    found = [match.span() for match in _JOINT.finditer(words)]
    return [*found, (len(words), len(words))] if found else []


def part_of(sentence: Candidate, start: int, end: int) -> Candidate:
    """Return words[start:end] of a sentence, as standing where it does."""
    return replace(
        sentence,
        start=sentence.start + start,
        end=sentence.start + end,
        words=sentence.words[start:end],
    )
