"""Says in short what is to be done, in the sentence's own words."""

from __future__ import annotations

import re

LONGEST = 200
"""Characters of an action; a longer one ends with a whole clause or word."""

_TRIMMED = re.compile(
    r"^(?:(?:that|and|also|then|to|now|the)\s(?=(?:that|to|and|also)\b)|[\s,:;•–*-])+"
    r"|[\s,;:.*”\"]+$"
)
_SETTLED = re.compile(
    r",?\s(?:and|which)\s(?:(?:this|the|that|it)\s)?(?:(?:proposal|motion|suggestion)\s)?"
    r"was\s(?:\w+ly\s)?(?:seconded|agreed|supported)\b.*$",
    re.DOTALL,
)
"""What was said of the proposal, and is no part of it."""
_CUT = re.compile(r"[,;](?=\s)|\s(?=and\b|which\b|in order\b|so that\b|as\b)")


def action_of(sentence: str, start: int, end: int) -> str:
    """Return sentence[start:end] without what only joins it on, and not too long."""
    words = _TRIMMED.sub("", _SETTLED.sub("", sentence[start:end]))
    if len(words) <= LONGEST:
        return words or _TRIMMED.sub("", sentence)[:LONGEST]
    cuts = [match.start() for match in _CUT.finditer(words, 0, LONGEST)]
    cut = cuts[-1] if cuts and cuts[-1] > LONGEST // 2 else words.rfind(" ", 0, LONGEST)
    return words[:cut].rstrip(" ,;")
