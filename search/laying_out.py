"""Lays out the hits of an answer: their order, their meetings, and which belong together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TypeVar

from search.answer import Hit, Meeting, Order
from search.holdings import KeptPassage

T = TypeVar("T")


def in_order(hits: Sequence[T], order: Order, met: Callable[[T], date | None]) -> list[T]:
    """Return hits, given best first, as they are to be shown.

    Args:
        hits: best first.
        order: LATEST is by meeting, latest first, undated papers last, of one day the best first.
        met: the day of a hit's meeting.
    """
    if order is Order.BEST:
        return list(hits)
    return sorted(hits, key=lambda each: -(met(each) or date.min).toordinal())


def by_meeting(hits: Sequence[Hit]) -> tuple[Meeting, ...]:
    """Return the hits' ranks by body and day, in the order of each meeting's first hit.

    Papers without a body or a day are of a meeting only with others that lack the same.
    """
    ranks: dict[tuple[str | None, date | None], list[int]] = {}
    for hit in hits:
        ranks.setdefault((hit.paper.body, hit.paper.meeting_date), []).append(hit.rank)
    return tuple(Meeting(body, day, tuple(each)) for (body, day), each in ranks.items())


def item_key(kept: KeptPassage) -> str | None:
    """Return what the passages of one agenda item share; None of a passage under no item."""
    item = kept.passage.item
    return None if item is None else f"{kept.paper.id}:{item}"
