"""Finds dates as clerks print them and OCR leaves them: "Thursday, 4th March, 2021", `4" May`."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_WEEKDAYS = "mon tue wed thu fri sat sun".split()
_MONTH = (
    r"(?P<{0}>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b"
)
_YEAR = r"(?P<{0}>(?:19|20)\d\d)\b"
# What OCR makes of a raised "th": 4", 14™, 2%, 3°, 3'¢; and what a scan leaves of "st" and "nd".
_ORDINAL = r"(?:(?!(?:in|on|at|to|by|or|as|is)\b)[a-z]{1,2}|[\"”“'’‘™°%*®©¢#^~`´]{1,3}|\b)"
# The letters that the name of a month or weekday has at each of its first three places: one look at
# them passes most of a text over.
_NAME_BEGINS = "".join(
    f"[{''.join(sorted(set(letters)))}]" for letters in zip(*_MONTHS, *_WEEKDAYS, strict=True)
)
_DATE = re.compile(
    rf"(?=\d|{_NAME_BEGINS})"
    r"(?:(?P<weekday>mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?"
    r"|sun)(?:day)?\b[\s,.]{0,3}(?:the\s)?)?"
    r"(?:"
    rf"(?<![\w£€$.])(?P<day>\d{{1,2}})\s?{_ORDINAL}[\s,.\-–]{{0,3}}(?:day\s)?(?:of\s)?"
    rf"{_MONTH.format('month')}(?:[\s,.\-–]{{1,4}}{_YEAR.format('year')})?"
    rf"|\b{_MONTH.format('month_us')}\s(?P<day_us>\d{{1,2}})(?:st|nd|rd"
    rf"|th)?,?\s{_YEAR.format('year_us')}"
    r"|(?<![\w./-])(?P<day_no>\d{1,2})(?P<sep>[./-])(?P<month_no>\d{1,2})(?P=sep)"
    r"(?P<year_no>(?:19|20)?\d\d)(?![\w./-])"
    r"|(?<![\w./-])(?P<year_iso>(?:19|20)\d\d)-(?P<month_iso>\d\d)-(?P<day_iso>\d\d)(?![\w-])"
    r")",
    re.IGNORECASE,
)
_FIRST_YEAR, _LAST_YEAR = 1889, 2100
"""County councils first met in 1889; a year outside is a number that looks like one."""


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date as printed, at text[start:end]; year None where it prints none."""

    start: int
    end: int
    day: int
    month: int
    year: int | None
    weekday: int | None
    """0 Monday to 6 Sunday, as printed."""

    def in_year(self, year: int) -> date | None:
        """Return the date it is in a year; None where that year has no such day."""
        if not 1 <= self.day <= monthrange(year, self.month)[1]:
            return self._by_weekday(year)
        return date(year, self.month, self.day)

    def value(self, earlier: Sequence[date] = ()) -> date | None:
        """Return the date; a year that is not printed follows from the dates before the meeting.

        Args:
            earlier: dates known to lie before it (the letter's, the last minutes'), best first.
        """
        if self.year is not None:
            return self.in_year(self.year)
        for known in earlier:
            for year in (known.year, known.year + 1):
                found = self.in_year(year)
                if found and found >= known and self.weekday in (None, found.weekday()):
                    return found
        return None

    def _by_weekday(self, year: int) -> date | None:
        """Mend a misread day ("Thursday, 42 January"): the weekday is its checksum."""
        if self.weekday is None:
            return None
        days = range(1, monthrange(year, self.month)[1] + 1)
        fitting = [
            date(year, self.month, day)
            for day in days
            if day % 10 == self.day % 10 and date(year, self.month, day).weekday() == self.weekday
        ]
        return fitting[0] if len(fitting) == 1 else None


def find_dates(text: str) -> Iterator[FoundDate]:
    """Yield every date in the text, in order; day before month, as here."""
    for match in _DATE.finditer(text):
        found = _read(match)
        if found is not None:
            yield found


def is_day(line: str) -> bool:
    """Tell a line that is a day, perhaps with its hour, and nothing else."""
    found = next(find_dates(line[:60]), None)
    if found is None:
        return False
    return not re.search(r"[^\W\d]{3}", f"{line[: found.start]} {line[found.end :]}")


def _read(match: re.Match[str]) -> FoundDate | None:
    part = match.groupdict()
    day = part["day"] or part["day_us"] or part["day_no"] or part["day_iso"]
    name = part["month"] or part["month_us"]
    number = part["month_no"] or part["month_iso"]
    month = _MONTHS.index(name[:3].lower()) + 1 if name else int(number)
    year = part["year"] or part["year_us"] or part["year_no"] or part["year_iso"]
    full_year = None if year is None else int(year) + (2000 if len(year) == 2 else 0)
    if not 1 <= month <= 12 or int(day) == 0:
        return None
    if full_year is not None and not _FIRST_YEAR <= full_year <= _LAST_YEAR:
        return None
    weekday = part["weekday"]
    return FoundDate(
        start=match.start(),
        end=match.end(),
        day=int(day),
        month=month,
        year=full_year,
        weekday=None if weekday is None else _WEEKDAYS.index(weekday[:3].lower()),
    )
