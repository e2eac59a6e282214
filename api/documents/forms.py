"""The forms in which the register can be taken away."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from enum import StrEnum

from search.register.followup import Later, follow_up
from search.register.values import Entry


class Form(StrEnum):
    """A form, by the end of its file's name."""

    CSV = "csv"
    XLSX = "xlsx"
    WORD = "docx"
    CALENDAR = "ics"

    @property
    def media_type(self) -> str:
        """What it is called over HTTP."""
        return _MEDIA_TYPES[self]


_MEDIA_TYPES = {
    Form.CSV: "text/csv",
    Form.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Form.WORD: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Form.CALENDAR: "text/calendar",
}


def document(
    form: Form,
    held: Later,
    entries: Sequence[Entry],
    today: date,
    made: datetime,
    council: str,
    most_followed: int | None = None,
) -> bytes:
    """Return entries as a document.

    Args:
        form: what it is to be; a calendar holds the open entries with a day.
        held: where later papers are searched for evidence.
        entries: in the order wanted.
        today: what was due before it is overdue.
        made: when, in UTC.
        council: whose register it is; "" where that is not known.
        most_followed: entries for which evidence is searched; for more it is for none of them,
            and the table says so. None for any number.
    """
    if form is Form.CALENDAR:
        from api.documents.calendar import calendar_of

        return calendar_of(entries, made)
    from api.documents.register import register_sheet
    from api.documents.spreadsheets import csv_of, xlsx_of
    from api.documents.word import word_of

    told = None
    if most_followed is None or len(entries) <= most_followed:
        told = {entry.id: follow_up(held, entry, today) for entry in entries}
    sheet = register_sheet(entries, told, today, council)
    return {Form.CSV: csv_of, Form.XLSX: xlsx_of, Form.WORD: word_of}[form](sheet)
