"""Finds what a paper's acronyms stand for, where the paper itself says so.

"High Needs Block (HNB)" and "HNB (High Needs Block)" define it; each letter must begin a word of
what it stands for, in order. After Schwartz and Hearst, A simple algorithm for identifying
abbreviation definitions in biomedical text, 2003, and stricter: rather none than a wrong one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

_SHORT = r"[A-Z](?:[A-Z0-9&]|[a-z](?=[A-Z])){1,7}"
_AFTER = re.compile(rf"\(\s?[\"“‘']?(?P<short>{_SHORT})s?[\"”’']?\s?\)")
_BEFORE = re.compile(rf"\b(?P<short>{_SHORT})s? \((?P<long>[^()\n]{{5,90}})\)")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*|&|[-–/]")
_SMALL = frozenset("of and the for in to on with a an by from or at - – / &".split())
_REACH = 120
"""Characters before a bracket in which what it stands for may begin."""


def acronyms(text: str) -> dict[tuple[str, str], int]:
    """Return (acronym, what it stands for) and how often a text says so."""
    found: Counter[tuple[str, str]] = Counter()
    for match in _AFTER.finditer(text):
        head = text[max(0, match.start() - _REACH) : match.start()].rpartition("\n")[2]
        long = _ending(head, match["short"])
        if long:
            found[match["short"], long] += 1
    for match in _BEFORE.finditer(text):
        if _ending(match["long"], match["short"]) == match["long"].strip():
            found[match["short"], match["long"].strip()] += 1
    return dict(found)


def _ending(head: str, short: str) -> str | None:
    """Return the end of a text whose words begin with these letters; None where none does."""
    words = list(_WORD.finditer(head))
    if not words or head[words[-1].end() :].strip(" ,\"'”’"):
        return None
    start = _match([each[0] for each in words], short.replace("&", "").upper())
    if start is None:
        return None
    long = head[words[start].start() : words[-1].end()]
    return long if long.casefold() != short.casefold() and " " in long else None


def _match(words: Sequence[str], letters: str) -> int | None:
    """Return the word with which a run to the last word begins that has these initials in order."""
    at = len(words)
    for position in range(len(letters) - 1, -1, -1):
        at -= 1
        while at >= 0 and words[at][0].upper() != letters[position]:
            if words[at].lower() not in _SMALL:
                return None
            at -= 1
        if at < 0:
            return None
    return at if words[at].lower() not in _SMALL else None
