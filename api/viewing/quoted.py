"""Words of a paper that an address has marked: "120-180,240-300~1f2e3d4c".

The numbers are characters of the paper's text. What follows them tells these words from all others,
so that nothing wrong is marked once the paper was read anew, or to those who may not see them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from hashlib import sha256

from ingest.paper import Span

MOST = 5
"""Stretches of words in one address: few pages have more, and it stays short enough to print."""

_FORM = re.compile(rf"((?:(?:^|,)\d{{1,7}}-\d{{1,7}}){{1,{MOST}}})~([0-9a-f]{{8}})")


def named(quoted: Iterable[tuple[int, str]]) -> str:
    """Return how an address names words to be marked; "" for none.

    Args:
        quoted: where each begins in the paper's text, and the words; those after MOST are left out.
    """
    joined = _joined(dict.fromkeys(quoted))[:MOST]
    if not joined:
        return ""
    spans = ",".join(f"{start}-{start + len(words)}" for start, words in joined)
    return f"{spans}~{_told([words for _, words in joined])}"


def spans_of(name: str, said: Callable[[int, int], str]) -> tuple[Span, ...]:
    """Return the spans that an address names; none where the paper says other words there.

    Args:
        name: as named() made it, or anything else.
        said: gives the paper's text from one character to another.
    """
    found = _FORM.fullmatch(name)
    if not found:
        return ()
    pairs = (each.split("-") for each in found[1].split(","))
    spans = tuple((int(start), int(end)) for start, end in pairs)
    if any(start >= end for start, end in spans):
        return ()
    return spans if _told([said(*span) for span in spans]) == found[2] else ()


def _joined(quoted: Iterable[tuple[int, str]]) -> list[tuple[int, str]]:
    """Return words in the order of the paper, those that overlap made one."""
    joined: list[tuple[int, str]] = []
    for start, words in sorted(quoted):
        before, said = joined[-1] if joined else (0, "")
        if start < before + len(said):
            joined[-1] = (before, said + words[before + len(said) - start :])
        else:
            joined.append((start, words))
    return joined


def _told(words: Sequence[str]) -> str:
    return sha256("\0".join(words).encode()).hexdigest()[:8]
