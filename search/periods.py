"""Finds the dates that a question names, so that papers of meetings near them come first."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import exp

NEAR_DAYS = 90.0
"""Days over which nearness falls to about a third: minutes are often asked for by the month that
something happened in, and stand in the papers of the next meeting or two."""

MONTHS = (
    "january february march april may june july august september october november december".split()
)
_SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "winter": (12, 12)}
_NAMED = re.compile(
    # Not a financial year (2025-26): its figures are settled in the papers of the year before.
    r"(?:\b(?P<day>\d{1,2})(?:st|nd|rd|th)? (?:of )?)?"
    rf"(?:\b(?P<part>{'|'.join((*MONTHS, *_SEASONS))}),? (?:of )?)?"
    r"\b(?P<year>(?:19|20)\d\d)\b(?![-/–]\d)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Period:
    """From first to last day, both included."""

    first: date
    last: date

    def __str__(self) -> str:
        """Return it in ISO form: 2031-05-01/2031-05-31."""
        return f"{self.first}/{self.last}"


def periods(question: str) -> tuple[Period, ...]:
    """Return the days, months, seasons and years that a question names, in order."""
    return tuple(period for _, _, period in dated(question))


def dated(text: str) -> list[tuple[int, int, Period]]:
    """Return the days, months, seasons and years that a text names: (start, end, period) each."""
    found = []
    for match in _NAMED.finditer(text):
        year, part = int(match["year"]), (match["part"] or "").casefold()
        if part in _SEASONS:
            named = months(year, *_SEASONS[part])
        elif part in MONTHS:
            month = MONTHS.index(part) + 1
            named = _day(year, month, match["day"]) or months(year, month, month)
        else:
            named = months(year, 1, 12)
        found.append((match.start(), match.end(), named))
    return found


def nearness(named: Sequence[Period], meeting: date | None) -> float:
    """Return how near a meeting is to the nearest of some periods: 1 within it, falling to 0.

    0 where the question names no date, or the paper has none.
    """
    if meeting is None or not named:
        return 0.0
    apart = min(max((each.first - meeting).days, (meeting - each.last).days, 0) for each in named)
    return exp(-apart / NEAR_DAYS)


def months(year: int, first: int, last: int) -> Period:
    """Return some months of a year, 1 to 12, first and last included."""
    return Period(date(year, first, 1), date(year, last, monthrange(year, last)[1]))


def _day(year: int, month: int, day: str | None) -> Period | None:
    try:
        only = date(year, month, int(day or 0))
    except ValueError:  # no day was named, or there is none like it
        return None
    return Period(only, only)
