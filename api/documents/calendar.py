"""Due days as iCalendar (RFC 5545), for Outlook and other calendars to take in."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from icalendar import Calendar, Event

from api.documents.sheet import plain
from api.wording import between_marks, cited
from search.register.references import reference
from search.register.values import Entry, State


def calendar_of(entries: Iterable[Entry], made: datetime) -> bytes:
    """Return the days by which open entries are due, one all-day event each.

    Taken in again, an event replaces the one before it: its id is the entry's reference.

    Args:
        entries: those that are not open, or have no day, are left out.
        made: when, in UTC.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Matters Arising//register of commitments//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", "Commitments due")
    for entry in entries:
        due = entry.present.due
        if entry.present.state is State.OPEN and due and due.last:
            calendar.add_component(_event(entry, made))
    return bytes(calendar.to_ical())


def _event(entry: Entry, made: datetime) -> Event:
    first, due = entry.first, entry.present.due
    if due is None or due.last is None:
        raise ValueError(f"{entry.id} has no day")
    owner = f" ({entry.present.owner})" if entry.present.owner else ""
    event = Event()
    event.add("uid", f"{reference(entry)}@matters-arising")
    event.add("dtstamp", made)
    event.add("dtstart", due.last)
    event.add("dtend", due.last + timedelta(days=1))
    event.add("summary", plain(f"Due: {first.commitment.action}{owner}"))
    said = between_marks(first.commitment.sentence)
    told = cited(first.paper, first.item, first.commitment.citation)
    event.add("description", plain(f"{reference(entry)}\n{said}\n{told}"))
    event.add("transp", "TRANSPARENT")
    return event
