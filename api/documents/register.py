"""The register as a table, with the columns that councils' own trackers have."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from api.documents.sheet import Cell, Column, Sheet
from api.wording import between_marks, business, counted, day, days, kind, meeting, pages
from search.register.followup import FollowUp, Suggestion
from search.register.references import reference
from search.register.values import Entry

COLUMNS = (
    Column("Reference", 16),
    Column("Origin", 11),
    Column("Date", 9),
    Column("Body", 10),
    Column("Item", 13),
    Column("Action", 25),
    Column("Owner", 11),
    Column("Due", 11),
    Column("Latest evidence", 22),
    Column("State", 8),
)

EVIDENCE = (
    "Evidence is what later papers print; whether it settles an entry is for officers to say."
)

NOT_SEARCHED = "not searched"

NO_EVIDENCE = (
    "Later papers were not searched for evidence, since there are too many entries for one answer: "
    "choose fewer, by body or dates, or use `matters commitments export`."
)


def register_sheet(
    entries: Sequence[Entry], told: Mapping[str, FollowUp] | None, today: date, council: str = ""
) -> Sheet:
    """Return entries as a table, in the order given.

    Args:
        entries: what is listed.
        told: what later papers tell of each, by the entry's id; None where there were too many to
            look.
        today: what was due before it is overdue.
        council: whose register it is, for the title.
    """
    return Sheet(
        title="Register of commitments" + (f", {council}" if council else ""),
        about=f"{counted(len(entries), 'entry', 'entries')} on {day(today)}. "
        + (EVIDENCE if told is not None else NO_EVIDENCE),
        columns=COLUMNS,
        rows=tuple(
            _row(
                entry,
                NOT_SEARCHED if told is None else evidence_in_words(told.get(entry.id)),
                today,
            )
            for entry in entries
        ),
    )


def state_in_words(entry: Entry, today: date) -> str:
    """Return how an entry stands: "open, overdue"."""
    state = entry.present.state.value
    return f"{state}, overdue" if entry.overdue(today) else state


def due_in_words(entry: Entry) -> Cell:
    """Return the day of an entry, the period it may fall in, or else the paper's own words."""
    due = entry.present.due
    if due is None or due.first is None or due.last is None:
        return due.words if due else None
    return due.last if due.first == due.last else days(due.first, due.last)


def evidence_in_words(told: FollowUp | None) -> str | None:
    """Return the latest evidence with its source: what it suggests, who met when, the words."""
    latest = told.latest if told else None
    if told is None or latest is None:
        return None
    start, end = latest.sentence
    words = latest.kept.passage.text[start:end]
    suggested = "Seems done" if told.suggested is Suggestion.DONE else "Reported on"
    return f"{suggested}: {meeting(latest.kept.paper)}: {between_marks(words)}"


def _row(entry: Entry, evidence: str | None, today: date) -> tuple[Cell, ...]:
    first = entry.first
    page = pages(first.commitment.citation, first.paper)
    return (
        reference(entry),
        ", ".join(filter(None, (kind(first.paper), page))),
        entry.meeting_date,
        first.paper.body,
        business(first.item),
        first.commitment.action,
        entry.present.owner,
        due_in_words(entry),
        evidence,
        state_in_words(entry, today),
    )
