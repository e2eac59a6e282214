"""The register's words: place, entry, change, and how an entry stands at present."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from ingest.paper import Commitment, CommitmentKind, Due
from search.answer import ItemCard, PaperCard
from search.periods import Period, months

_DAYS = ("%d %B %Y", "%d %b %Y", "%d/%m/%Y")
"""How people write a day; the first is how it is shown to them."""


class State(StrEnum):
    """How an entry stands, as officers say; open until they say anything."""

    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"
    REJECTED = "rejected"
    """No undertaking at all: found in error."""


class Field(StrEnum):
    """What a change is about, and what its old and new values are."""

    STATE = "state"
    """Values of State."""
    OWNER = "owner"
    """A name; None for nobody."""
    DUE = "due"
    """A day or a period (see due_of); None for no day."""
    NOTE = "note"
    """The note itself is the change's note; no values."""
    MERGE = "merge"
    """New: the id of a commitment that is the same undertaking."""
    UNDO = "undo"
    """New: the number of the change that holds no longer."""


@dataclass(frozen=True, slots=True)
class Wish:
    """A change that an officer asks for."""

    commitment: str
    """Id of a commitment as printed: one of the entry's places."""
    by: str
    """Who, as whoever calls tells it."""
    field: Field
    old: str | None = None
    new: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change(Wish):
    """A change that was made: one line of the log."""

    number: int
    """Higher than that of any change before it."""
    made: datetime
    """UTC, to the second."""


@dataclass(frozen=True, slots=True)
class Place:
    """One commitment as one paper prints it."""

    commitment: Commitment
    paper: PaperCard
    item: ItemCard | None
    code: str
    """Tells undertakings apart by their words: the last part of a reference."""


@dataclass(frozen=True, slots=True)
class Present:
    """How an entry stands: what is printed, as officers have corrected it."""

    state: State
    owner: str | None
    due: Due | None
    notes: tuple[Change, ...]
    """The changes that carry a note and hold, oldest first."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One undertaking: every place that prints it, and all that officers said of it."""

    places: tuple[Place, ...]
    """At least one; earliest meeting first, within it the record (see authority) first."""
    history: tuple[Change, ...]
    """Of all its places, oldest first, with the changes that were undone."""
    present: Present

    @property
    def first(self) -> Place:
        """The place that it is quoted from."""
        return self.places[0]

    @property
    def id(self) -> str:
        """Id of the commitment that it is quoted from; those of its other places stand for it."""
        return self.first.commitment.id

    @property
    def kind(self) -> CommitmentKind:
        """Agreed to, or only asked for; agreed to where any place says so."""
        kinds = {place.commitment.kind for place in self.places}
        agreed = CommitmentKind.COMMITMENT
        return agreed if agreed in kinds else self.first.commitment.kind

    @property
    def meeting_date(self) -> date | None:
        """Day of the meeting that it is quoted from."""
        return self.first.paper.meeting_date

    def overdue(self, today: date) -> bool:
        """Tell whether it is open on a day by which all of its period has passed."""
        due = self.present.due
        late = due is not None and due.last is not None and due.last < today
        return late and self.present.state is State.OPEN


def due_of(words: str) -> Due:
    """Return the day or period of "2024-03-31" or "2024-03-01/2024-03-31".

    Raises:
        ValueError: it is neither.
    """
    first, slash, last = words.partition("/")
    begins = date.fromisoformat(first)
    return Due(words, begins, date.fromisoformat(last) if slash else begins)


def due_typed(words: str) -> Due:
    """Return a day or period as people write one: as due_of has it, or as it is shown to them.

    "31 March 2024", "31/3/2024", "March 2024", "2024", "1 March 2024 to 5 April 2024".

    Raises:
        ValueError: it is neither.
    """
    try:
        return due_of(words)
    except ValueError:
        first, _, last = words.partition(" to ")
        return Due(words, _typed(first).first, _typed(last or first).last)


def _typed(words: str) -> Period:
    for written in _DAYS:
        try:
            year, month, day, *_ = time.strptime(words.strip(), written)
        except ValueError:
            continue
        return Period(date(year, month, day), date(year, month, day))
    try:
        year, month, *_ = time.strptime(words.strip(), "%B %Y")
    except ValueError:
        return months(time.strptime(words.strip(), "%Y").tm_year, 1, 12)
    return months(year, month, month)


def due_words(due: Due | None) -> str | None:
    """Return a due date as a change holds it: a day or a period if it has any, else its words."""
    if due is None or due.first is None or due.last is None:
        return due.words if due else None
    return f"{due.first}" if due.first == due.last else f"{due.first}/{due.last}"
