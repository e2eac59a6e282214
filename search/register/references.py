"""A short reference for people to write and say: HC-2024-03-12-PCAPR.

Body and date are for the eye; the last part, made of the sentence's words, is what tells entries
apart. So it stays through ingests, through a draft's becoming printed minutes, and after a body or
date was set right.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from hashlib import blake2b

from search.register.values import Entry, Place
from search.words import stems

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no letter that is taken for a figure or another letter."""

_LENGTH = 5
"""33 million codes: two of a year's thousand are the same once in 70 years."""

_SMALL = frozenset("and of the for in on to a".split())
_LONGEST_PREFIX = 5


def codes(sentences: Iterable[str]) -> list[str]:
    """Return the code of each sentence of one paper: by its words, and how often they came before.

    Spelling, punctuation and inflection do not matter, so that a draft and its printed minutes
    give the same.
    """
    seen: Counter[str] = Counter()
    made = []
    for sentence in sentences:
        words = " ".join(stems(sentence))
        digest = blake2b(f"{words}\0{seen[words]}".encode(), digest_size=8).digest()
        number = int.from_bytes(digest)
        made.append("".join(_ALPHABET[number >> 5 * at & 31] for at in range(_LENGTH)))
        seen[words] += 1
    return made


def reference(entry: Entry) -> str:
    """Return the reference of an entry: that of its first place."""
    return reference_of(entry.first)


def reference_of(place: Place) -> str:
    """Return the reference under which a place was, or would be, an entry."""
    day = place.paper.meeting_date
    return f"{_initials(place.paper.body)}-{day or 'UNDATED'}-{place.code}"


def code_in(name: str) -> str | None:
    """Return the code of a reference, or of its last part alone; None where it is neither."""
    found = re.fullmatch(rf"(?:.*-)?([{_ALPHABET}]{{{_LENGTH}}})", name.strip().upper())
    return found[1] if found else None


def _initials(body: str | None) -> str:
    words: list[str] = [
        each for each in re.findall(r"[^\W\d_]+", body or "") if each.casefold() not in _SMALL
    ]
    if len(words) == 1:
        return words[0][:3].upper()
    initials = [str(word[0]) for word in words[:_LONGEST_PREFIX]]
    return "".join(initials).upper() or "X"
