"""What one run of a question's words was read as, so that it can be shown and taken back."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from search.periods import Period

EVERYTHING = "*"
"""The key that drops every reading: the question is searched by its plain words."""


class ReadingKind(StrEnum):
    """What words of a question can be read as."""

    BODY = "body"
    TIME = "time"
    PERSON = "person"
    KIND = "kind"
    STATE = "state"
    REFERENCE = "reference"
    MINUTE = "minute"
    ITEM = "item"
    PHRASE = "phrase"
    ACRONYM = "acronym"
    EVERYDAY = "everyday"
    SPELLING = "spelling"
    ORDER = "order"


STANDING_FOR = frozenset({ReadingKind.ACRONYM, ReadingKind.EVERYDAY})
"""Readings of words as other words for the same thing, any of their values."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One run of a question's words, and what it was taken for."""

    kind: ReadingKind
    start: int
    end: int
    """Characters of the question as it was typed, end-exclusive."""
    words: str
    """question[start:end]."""
    values: tuple[str, ...]
    """What it was read as, any of them: names as the library shows them, a period in ISO form."""
    hard: bool = False
    """Only passages that meet it may answer; else it only moves them up."""
    held: bool = True
    """False: the library holds nothing like it, so it does nothing."""
    period: Period | None = None
    """Of a time."""

    @property
    def key(self) -> str:
        """Name it for whoever wants it dropped: the same in every answer to the same words."""
        value = self.values[0] if len(self.values) == 1 else self.words
        if self.kind in STANDING_FOR or self.kind is ReadingKind.SPELLING:
            value = self.words
        return f"{self.kind}:{value}"


def without(readings: Collection[Reading], ignored: Collection[str]) -> tuple[Reading, ...]:
    """Return the readings whose keys are not among those ignored, in any letter case."""
    keys = {each.strip().casefold() for each in ignored}
    if EVERYTHING in keys:
        return ()
    return tuple(each for each in readings if each.key.casefold() not in keys)
