"""What a paper's file name and folders say of it; believed last, for both are often wrong."""

from __future__ import annotations

import re
from datetime import date
from pathlib import PurePath

from ingest.meeting.bodies import read_body, tidy_body
from ingest.meeting.dates import find_dates

_FOLDERS_UP = 3
"""How many folders above a paper can be about its meeting: meeting, month, year."""
_MEETING_OF = re.compile(r"\bmeeting (?:of|for) (?:the )?", re.IGNORECASE)
_PART = re.compile(r"\s+[-–—]\s+|\d{1,2}[.:]\d\d\s")


def name_of(source: PurePath) -> str:
    """Return the file name in words: no suffix, underscores and plus signs as spaces."""
    return " ".join(re.sub(r"[_+]|%20", " ", source.stem).split())


def date_in_name(source: PurePath) -> date | None:
    """Return the last full date in the file name."""
    dates = [found.value() for found in find_dates(name_of(source))]
    return next((each for each in reversed(dates) if each), None)


def date_in_folders(source: PurePath) -> tuple[date, str] | None:
    """Return the date of the folder ("2025-01-30", "2021/11/04-Meeting of ..."), and its words."""
    folders = [parent.name for parent in source.parents[:_FOLDERS_UP] if parent.name]
    for name in folders:
        for found in find_dates(name.replace("_", " ")):
            value = found.value()
            if value:
                return value, name
    path = "/".join(reversed(folders))
    parts = re.search(r"\b((?:19|20)\d\d)/(\d\d)/(\d\d)\b", path)
    if parts:
        try:
            return date(int(parts[1]), int(parts[2]), int(parts[3])), path
        except ValueError:
            return None
    return None


def body_in_name(source: PurePath) -> tuple[str, str] | None:
    """Return the body that the file name gives, and the words that give it."""
    return _body_in(name_of(source))


def body_in_folders(source: PurePath) -> tuple[str, str] | None:
    """Return the body that the nearest folder gives, and the words that give it."""
    for parent in source.parents[:_FOLDERS_UP]:
        found = _body_in(re.sub(r"^\d+\s?-\s?", "", parent.name.replace("_", " ")))
        if found:
            return found
    return None


def _body_in(words: str) -> tuple[str, str] | None:
    spelt = words if words != words.lower() else words.title()
    after = _MEETING_OF.search(spelt)
    parts = [spelt[after.end() :]] if after else []
    # The last part first: "Printed minutes 09th-Jan 10.00 Planning Committee".
    parts += reversed([part for part in _PART.split(spelt) if part])
    for part in parts:
        found = read_body(re.sub(r"^(?:the|of) ", "", part.strip(), flags=re.IGNORECASE))
        if found:
            return tidy_body(found[0]), words
    return None
