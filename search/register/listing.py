"""Which entries of a register are wanted, and in which order: pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from math import fsum, log1p
from sys import intern

from ingest.paper import CommitmentKind
from search.errors import AmbiguousName, NotHeld
from search.register.references import code_in, reference_of
from search.register.values import Entry, State
from search.words import content_words, stems

ENOUGH = 0.5
"""Share of a topic's words, by rarity, that an entry about it holds."""

REMEMBERED = 65_536
"""Sentences and titles whose words are remembered, some 300 bytes each: each topic is looked for in
those of every entry, and taking 7,388 entries' words apart takes half a second."""

STANDING = (State.OPEN, State.DONE, State.DROPPED)
"""What a register shows unless asked otherwise: all but what was found in error."""


class Order(StrEnum):
    """What the list is sorted by; equal ones by meeting, latest first."""

    MEETING = "meeting"
    """Latest first, undated ones last."""
    DUE = "due"
    """Soonest first, those without a day last."""
    OWNER = "owner"
    """By name, those of nobody last."""
    BODY = "body"
    TOPIC = "topic"
    """Those that hold most of the topic's words first."""
    OVERDUE = "overdue"
    """Overdue ones first, the longest overdue at their head; the rest by topic or meeting."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which entries are wanted; every filter given must hold, within one any value may."""

    states: tuple[State, ...] = STANDING
    kinds: tuple[CommitmentKind, ...] = ()
    bodies: tuple[str, ...] = ()
    owner: str | None = None
    """Words that the owner's name holds, in any form."""
    topic: str | None = None
    """In plain words: what the sentence, or the title of its agenda item, is about."""
    since: date | None = None
    until: date | None = None
    """Meeting dates, both included; undated entries match neither."""
    due_after: date | None = None
    due_before: date | None = None
    """Days by which it is due, both included; entries without a day match neither."""
    overdue: bool = False
    """Only what is open and was due before today."""
    order: Order | None = None
    """None: by topic where there is one, else by meeting."""


def chosen(register: Sequence[Entry], wanted: Wanted, today: date) -> list[Entry]:
    """Return the entries that are wanted, in the order that is wanted.

    Args:
        register: all entries.
        wanted: bodies by the names that the library shows.
        today: what is due before it is overdue.
    """
    found = [each for each in register if _meets(each, wanted, today)]
    relevance = _relevance(register, wanted.topic) if wanted.topic else {}
    if wanted.topic:
        found = [each for each in found if relevance.get(each.id, 0.0) >= ENOUGH]
    order = wanted.order or (Order.TOPIC if wanted.topic else Order.MEETING)
    by_meeting = sorted(found, key=_latest_first)
    return sorted(
        by_meeting, key=lambda each: _key(each, order, relevance.get(each.id, 0.0), today)
    )


def find(register: Sequence[Entry], name: str) -> Entry:
    """Return the entry of an id or a reference: of any of its places.

    Raises:
        NotHeld: there is none.
        AmbiguousName: it is the reference of several.
    """
    code = code_in(name)
    by_id = [each for each in register if name in {one.commitment.id for one in each.places}]
    by_code = [each for each in register if code and code in {one.code for one in each.places}]
    found = by_id or by_code
    if len(found) > 1:
        whole = name.strip().upper()
        found = [each for each in found if whole in map(reference_of, each.places)] or found
    if not found:
        raise NotHeld("commitment", name)
    if len(found) > 1:
        raise AmbiguousName(name, [each.id for each in found])
    return found[0]


def _meets(entry: Entry, wanted: Wanted, today: date) -> bool:
    present, meeting = entry.present, entry.meeting_date
    due = present.due.last if present.due else None
    return (
        present.state in wanted.states
        and (not wanted.kinds or entry.kind in wanted.kinds)
        and (not wanted.bodies or any(one.paper.body in wanted.bodies for one in entry.places))
        and (not wanted.owner or _named(present.owner, wanted.owner))
        and _within(meeting, wanted.since, wanted.until)
        and _within(due, wanted.due_after, wanted.due_before)
        and (not wanted.overdue or entry.overdue(today))
    )


def _named(owner: str | None, asked: str) -> bool:
    return set(stems(asked)) <= set(stems(owner or ""))


def _within(day: date | None, first: date | None, last: date | None) -> bool:
    if first is None and last is None:
        return True
    return day is not None and (first or day) <= day <= (last or day)


def _relevance(register: Sequence[Entry], topic: str) -> dict[str, float]:
    """Return the share of a topic's words, by rarity among entries, that each entry holds."""
    words = [stem for _, stem in content_words(topic)]
    held = {each.id: _words(each) for each in register}
    with_it = Counter(stem for each in held.values() for stem in each.intersection(words))
    weight = {stem: log1p((len(held) + 0.5) / (with_it[stem] + 0.5)) for stem in words}
    total = fsum(weight.values())
    return {
        identity: fsum(weight[stem] for stem in words if stem in each) / total if total else 0.0
        for identity, each in held.items()
    }


def _words(entry: Entry) -> frozenset[str]:
    texts = [entry.first.commitment.sentence]
    texts += [one.item.title for one in entry.places if one.item and one.item.title]
    return frozenset(stem for text in texts for stem in _stems(text))


@lru_cache(REMEMBERED)
def _stems(text: str) -> tuple[str, ...]:
    return tuple(intern(each) for each in stems(text))


def _latest_first(entry: Entry) -> tuple[int, int, str]:
    day = entry.meeting_date
    return (-day.toordinal() if day else 0, entry.first.commitment.citation.start, entry.id)


def _key(entry: Entry, order: Order, relevance: float, today: date) -> tuple[bool, float | str]:
    """Return what an entry is sorted by; whatever lacks it comes last."""
    due = entry.present.due.last if entry.present.due else None
    if order is Order.DUE:
        return due is None, due.toordinal() if due else 0
    if order is Order.OWNER:
        return entry.present.owner is None, (entry.present.owner or "").casefold()
    if order is Order.BODY:
        return entry.first.paper.body is None, entry.first.paper.body or ""
    if order is Order.OVERDUE:
        late = entry.overdue(today)
        return not late, due.toordinal() if late and due else -relevance
    return False, -relevance if order is Order.TOPIC else 0
