"""An item as it is found, before its end is known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.agenda.kinds import title_exempt
from ingest.paper import AgendaItem, CleanText, ItemKind

_DEEPEST = 3
"""Depth of "3(d)(ii)"."""


@dataclass(frozen=True, slots=True)
class Found:
    """An item before its end is known: start in the paper's text."""

    number: str | None
    minute: str | None
    title: str | None
    kind: ItemKind
    depth: int
    start: int
    line: int = 0
    body: int = 0
    """The first line after its title."""
    exempt: bool = False


def as_items(found: Sequence[Found], text: CleanText) -> tuple[AgendaItem, ...]:
    """Give each item its end: the next item of its depth or less, or the paper's end."""
    ends = [len(text.text)] * _DEEPEST
    items: list[AgendaItem] = []
    for each in reversed(found):
        end = min(ends[: each.depth])
        ends[each.depth - 1 :] = [each.start] * (_DEEPEST - each.depth + 1)
        if end > each.start:
            items.append(_as_item(each, end))
    return tuple(replace(each, position=at) for at, each in enumerate(reversed(items)))


def _as_item(each: Found, end: int) -> AgendaItem:
    return AgendaItem(
        position=0,
        number=each.number,
        minute=each.minute,
        title=each.title,
        kind=each.kind,
        depth=each.depth,
        start=each.start,
        end=end,
        exempt=each.exempt or title_exempt(each.title),
    )
