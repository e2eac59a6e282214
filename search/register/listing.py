"""Which entries of a register are wanted, and in which order: pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ingest.paper import CommitmentKind
from search.errors import AmbiguousName, NotHeld
from search.register.references import code_in, reference_of
from search.register.values import Entry, State
from search.register.wording import Wording
from search.words import stems

ENOUGH = 0.5
"""Share of a topic's words, by rarity, that an entry about it holds."""

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
    """Overdue ones first, those whose day passed last at their head: what fell due ten years ago is
    seldom acted on, and stands behind. The rest by topic or meeting."""


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
    holding: tuple[str, ...] = ()
    """Stems of which it holds at least one, where a topic is; none: any entry."""
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


def chosen(
    register: Sequence[Entry], wanted: Wanted, today: date, wording: Wording | None = None
) -> list[Entry]:
    """Return the entries that are wanted, in the order that is wanted.

    Args:
        register: all entries.
        wanted: bodies by the names that the library shows.
        today: what is due before it is overdue.
        wording: of the register; None to have it made where words are asked for.
    """
    if wording is None and (wanted.topic or wanted.holding):
        wording = Wording(register)
    places: set[int] | range = range(len(register))
    relevance: dict[str, float] = {}
    if wording and wanted.holding:
        places = wording.holding(wanted.holding)
    if wording and wanted.topic:
        about = wording.about(wanted.topic)
        places = {at for at in places if about.get(at, 0.0) >= ENOUGH}
        relevance = {register[at].id: about[at] for at in places}
    found = [each for each in (register[at] for at in places) if _meets(each, wanted, today)]
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
        return not late, -due.toordinal() if late and due else -relevance
    return False, -relevance if order is Order.TOPIC else 0
