"""Facets: how many passages match a question by its words, by body, kind and year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from search.answer import Count, Facets


def most_of(words: int) -> int:
    """Return how many of a question's words a passage must hold to count: more than half."""
    return words // 2 + 1 if words else 0


def facets(
    words: int,
    passages: int,
    values: Mapping[str, Mapping[str | int, int]],
    names: Mapping[str, str],
) -> Facets:
    """Return counts as they are shown.

    Args:
        words: of the question.
        passages: that hold most of them.
        values: of those, how many of each value of "body" (its key), "kind" and "year".
        names: the name shown of each body, by key.
    """
    bodies: Counter[str | None] = Counter()
    for key, count in values["body"].items():
        bodies[names.get(str(key), str(key))] += count
    return Facets(
        words=words,
        needed=most_of(words),
        passages=passages,
        bodies=_counts(bodies, passages),
        kinds=_counts({str(key): count for key, count in values["kind"].items()}, passages),
        years=_counts({str(int(key)): count for key, count in values["year"].items()}, passages),
    )


def _counts(values: Mapping[str | None, int] | Mapping[str, int], whole: int) -> tuple[Count, ...]:
    """Return the counts, greatest first, then by value; what has no value comes last."""
    found = [Count(value, count) for value, count in values.items()]
    found.sort(key=lambda each: (-each.passages, each.value or ""))
    left = whole - sum(each.passages for each in found)
    return tuple(found + [Count(None, left)] * (left > 0))
