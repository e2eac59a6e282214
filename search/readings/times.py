"""Reads the times that a question names: days, ranges, "last year", "at the last meeting".

What is relative is taken from the day given as today; without one it is not read.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from search.periods import MONTHS, Period, dated, months
from search.readings.names import Names
from search.readings.reading import Reading, ReadingKind

_DATED = (
    r"(?:\d{1,2}(?:st|nd|rd|th)? (?:of )?)?"
    rf"(?:(?:{'|'.join(MONTHS)}|spring|summer|autumn|winter),? (?:of )?)?(?:19|20)\d\d"
    r"(?![-/–]?\d)"
)
_MONTH = rf"(?:{'|'.join(MONTHS)})"
_FROM_TO = re.compile(
    rf"\b(?:between|from) (?P<first>{_DATED}|{_MONTH})"
    rf" (?:and|to|until|till|–|-) (?P<last>{_DATED})",
    re.IGNORECASE,
)
_SINCE = re.compile(rf"\b(?:since|after) (?P<day>{_DATED})", re.IGNORECASE)
_UNTIL = re.compile(rf"\b(?:before|until|till|up to) (?P<day>{_DATED})", re.IGNORECASE)
_NAMED_MONTHS = "|".join(each.title() for each in MONTHS)
_BARE_MONTH = re.compile(
    rf"\b(?P<how>[Ii]n|[Dd]uring|[Ss]ince|[Ll]ast) (?P<month>{_NAMED_MONTHS})\b(?!,? (?:of )?\d)"
)
_RELATIVE = re.compile(
    r"\b(?:(?P<which>last|this|previous) (?P<unit>week|month|year)|yesterday"
    r"|(?:in |over |during |within )?the (?:last|past) (?:(?P<count>\d{1,2}|two|three|four|five|six"
    r"|twelve) )?(?P<units>weeks?|months?|years?))\b",
    re.IGNORECASE,
)
_COUNTS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "twelve": 12}
_LAST_MEETING = re.compile(
    r"\b(?P<last>last|latest|most recent|previous)(?: \w+){0,2}? meeting\b",
    re.IGNORECASE,
)
_NOW = re.compile(
    r"\b(?:currently|current|latest|most recent(?:ly)?|recent(?:ly)?|up[ -]to[ -]date"
    r"|at present|at the moment|nowadays|these days|today|now)\b(?! (?:and )?then\b)",
    re.IGNORECASE,
)


def times(
    question: str, names: Names, today: date | None, bodies: Sequence[str]
) -> Iterator[Reading]:
    """Yield the times that a question names, the longest wording first.

    Args:
        question: as it was typed.
        names: of the library.
        today: what relative times are counted from.
        bodies: those that the question names.
    """
    for match in _FROM_TO.finditer(question):
        last = dated(match["last"])
        first = dated(match["first"]) or dated(f"{match['first']} {match['last'][-4:]}")
        if first and last and first[0][2].first <= last[-1][2].last:
            yield _time(match, Period(first[0][2].first, last[-1][2].last))
    for match in _SINCE.finditer(question):
        for _, _, named in dated(match["day"]):
            yield _time(match, Period(named.first, date.max))
    for match in _UNTIL.finditer(question):
        for _, _, named in dated(match["day"]):
            yield _time(match, Period(date.min, named.last))
    if today is not None:
        yield from _relative(question, names, today, bodies)
    for start, end, named in dated(question):
        yield _reading(question, start, end, named)


def latest_first(question: str) -> Iterator[Reading]:
    """Yield the words that ask for the present: of near equals the later meeting is wanted."""
    for match in _NOW.finditer(question):
        yield Reading(ReadingKind.ORDER, match.start(), match.end(), match[0], ("latest first",))
        return


def _relative(question: str, names: Names, today: date, bodies: Sequence[str]) -> Iterator[Reading]:
    for match in _LAST_MEETING.finditer(question):
        held = [day for day in names.met(bodies) if day <= today]
        if held:
            # The body may stand between: "the last Cabinet meeting".
            yield _reading(question, *match.span("last"), Period(held[-1], held[-1]))
    for match in _RELATIVE.finditer(question):
        yield _time(match, _counted_back(match, today))
    for match in _BARE_MONTH.finditer(question):
        month = MONTHS.index(match["month"].casefold()) + 1
        named = months(today.year - (month > today.month), month, month)
        since = match["how"].casefold() == "since"
        yield _time(match, Period(named.first, today) if since else named)


def _counted_back(match: re.Match[str], today: date) -> Period:
    unit = (match["unit"] or match["units"] or "day").casefold().rstrip("s")
    if match["units"]:
        count = _COUNTS.get((match["count"] or "").casefold()) or int(match["count"] or 1)
        return Period(_ago(today, count, unit), today)
    back = 0 if (match["which"] or "").casefold() == "this" else 1
    if unit == "year":
        return months(today.year - back, 1, 12)
    if unit == "month":
        first = _ago(today.replace(day=1), back, "month")
        return months(first.year, first.month, first.month)
    if unit == "week":
        monday = today - timedelta(days=today.weekday() + 7 * back)
        return Period(monday, monday + timedelta(days=6))
    return Period(today - timedelta(days=1), today - timedelta(days=1))


def _ago(day: date, count: int, unit: str) -> date:
    if unit == "week":
        return day - timedelta(weeks=count)
    whole = day.year * 12 + day.month - 1 - count * (12 if unit == "year" else 1)
    year, month = divmod(whole, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _time(match: re.Match[str], period: Period) -> Reading:
    return _reading(match.string, match.start(), match.end(), period)


def _reading(question: str, start: int, end: int, period: Period) -> Reading:
    words = question[start:end]
    return Reading(ReadingKind.TIME, start, end, words, (str(period),), period=period)
