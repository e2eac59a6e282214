"""Reads by when something is to be done: the paper's words, and the days where they tell any."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Sequence
from datetime import date, timedelta
from functools import lru_cache

from ingest.commitments.clauses import holds_any
from ingest.meeting.dates import FoundDate, find_dates
from ingest.paper import Due

_MONTHS = (
    "january february march april may june july august september october november december".split()
)
_NAMED = tuple(each.title() for each in _MONTHS)
_MONTH = rf"(?:{'|'.join(_NAMED)})"
_NUMBERS = {
    word: number
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve".split()
    )
} | {"a": 1, "an": 1, "fourteen": 14, "twenty-one": 21, "twenty-eight": 28, "thirty": 30}
_COUNT = r"(?:\d{1,3}|" + "|".join(_NUMBERS) + r")"
_BY = (
    r"(?:[Bb]y|[Bb]efore|[Oo]n or before|[Nn]o later than|[Nn]ot later than|[Ii]n|[Oo]n|[Aa]t"
    r"|[Dd]uring|[Ff]or"
    r"|[Uu]ntil|[Ff]rom|[Ww]ithin|[Pp]rior to|[Aa]head of|[Ii]n advance of|[Tt]owards|[Aa]round"
    r"|[Aa]fter|[Ff]ollowing"
    r"|[Ss]cheduled for|[Dd]ue (?:on|in|by)|close on|[Uu]nder|as part of|[Ii]n time for|[Tt]o)"
)
_PART_OF_MONTH = (
    r"(?:(?:the )?(?:end|beginning|start|middle|close|course|month) of "
    r"|(?:early|mid|late|mid-|early in|late in|later in)[ -]?)"
)
_MEETING = (
    r"(?:[Mm]eetings?|[Cc]ouncil|[Cc]ommittee|[Cc]abinet|[Pp]lenary|[Bb]oard|[Cc]ycle|[Ss]ession)"
)
_DATED = re.compile(
    rf"(?:{_BY} )?(?:the )?(?:{_PART_OF_MONTH})?"
    rf"(?:(?:[Mm]eeting|{_MEETING}) (?:to be held |held |scheduled )?(?:on|for|in) )?"
    r"(?:the )?(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? )?"
)
_MONTHLY = re.compile(
    rf"(?:{_BY} )?(?:the )?(?P<part>{_PART_OF_MONTH})?(?:the )?(?P<month>{_MONTH})\b(?:,? (?:of"
    rf" )?(?P<year>20\d\d))?"
    rf"(?P<meeting>(?: (?:[A-Z][\w’-]+|monthly|full|ordinary|annual|special|of|the)){{0,5}}?"
    rf" {_MEETING}\b(?: of (?:the )?(?:[A-Z][\w-]+ ?)+)?)?"
)
_QUARTER = re.compile(
    rf"{_BY} (?:the end of )?(?:Q(?P<q>[1-4])|(?:the )?(?P<named>first|second|third|fourth|last"
    rf"|final) quarter)(?: of)? (?P<year>20\d\d)"
)
_WITHIN = re.compile(
    rf"(?:[Ww]ithin|[Ii]n|[Oo]ver) (?:the next |the coming )?(?P<count>{_COUNT}) (?:working"
    rf" )?(?P<unit>day|week|fortnight|month|year)s?(?:’|')?"
    r"(?: time| of (?:the|this) meeting)?\b(?! (?:period|of age))"
)
_END_OF_YEAR = re.compile(
    rf"{_BY} (?:the )?end of (?:the|this) (?:calendar )?year\b|before (?:Christmas|the end of"
    rf" the year)"
)
_END_OF_MONTH = re.compile(rf"{_BY} (?:the )?(?:end of )?(?P<which>this|the|next) month\b")
_VAGUE = re.compile(
    r"\b(?:in due course|as soon as (?:possible|practicable|practical|they are|it is)(?:"
    r" (?:within|in) [^,.;]{3,40})?"
    r"|as a matter of urgency|at the earliest (?:opportunity|possible \w+|convenience)|without"
    r" delay|shortly|immediately|forthwith"
    r"|in the (?:near|coming|next) (?:future|days|weeks|months|week|few (?:days|weeks|months))"
    r"|(?:with)?in the (?:next )?(?:coming|few)? ?(?:days|weeks|months)|over the (?:coming|next)"
    r" (?:few )?(?:days|weeks|months)"
    r"|within the next few (?:days|weeks|months)|in the short term|closer to the time|nearer the"
    r" time|later (?:this|in the) (?:year|month|week|summer)"
    r"|at a later (?:date|stage|meeting)|at a (?:future|subsequent) (?:date|meeting)(?: of"
    r" [^,.;]{3,60})?|at a date to be arranged|on a date to be \w+"
    r"|(?:at |for |to |by |before |prior to )?(?:the|its|our|their|a) (?:next|following"
    r"|forthcoming|subsequent) (?:[\w-]+ ){0,4}(?:[Mm]eeting|cycle|session)s?(?: of (?:the"
    r" )?(?:[A-Z][\w-]+ ?)+)?"
    r"|in the meantime|going forward|in the new year|(?:early|later) (?:next|this|in the)"
    r" (?:year|new year)|next (?:year|week|month|spring|summer|autumn|winter)"
    r"|this (?:year|week|month|spring|summer|autumn|winter)|(?:in|by|during) (?:the )?(?:early "
    r"|late |mid[ -]?)?(?:[Ss]pring|[Ss]ummer|[Aa]utumn|[Ww]inter)(?: (?:of )?20\d\d)?"
    r"|(?:in|during|by|before|under) (?:the )?(?:early |late |mid["
    r" -]?)?(?:20\d\d(?:[-/]\d\d(?:\d\d)?)?)(?: [\w]+ (?:of works|programme|program|allocation"
    r"|budget))?"
    r"|at once|straight away|soon|before \w+ing\b[^,;.]{3,60}"
    r"|(?:[Oo]nce|[Ww]hen|[Uu]pon|[Oo]n (?:completion|receipt) of|[Ff]ollowing (?:completion"
    r"|receipt) of|[Aa]s soon as)\b[^,;.]{3,90}?(?=,|;|\.|$| (?:a|an|the|we|it|this) [\w"
    r" ]{2,40}? (?:will|would)))"
)
_TELLS_TIME = re.compile(
    r"\d|\b(?:January|February|March|April|May|June|July|August|September|October|November"
    r"|December|Christmas"
    r"|[Ww]ithin|[Nn]ext|[Ss]oon|[Ss]hort\w*|[Cc]oming|[Ff]uture|[Ll]ater|[Cc]loser|[Nn]earer"
    r"|[Ii]mmediately|forthwith"
    r"|[Uu]rgency|delay|due course|opportunity|convenience|possible|practicable|date|meeting"
    r"|meantime|forward|year|month"
    r"|week|days|[Ss]pring|[Ss]ummer|[Aa]utumn|[Ww]inter|at once|straight away|[Bb]efore|[Oo]nce"
    r"|[Ww]hen|[Uu]pon"
    r"|[Cc]ompletion|[Rr]eceipt|[Mm]eeting|[Ss]ession|cycle|(?:two|three|four|five|six) \w+)\b"
)
_NO_DUE = re.compile(
    r"(?:dated|since|ago|held on|of the|as at|from|letter of|motion of|minutes of)\s*$",
    re.IGNORECASE,
)


_OF_A_THING = re.compile(
    r"(?<!\bbe)(?<!\bis)(?<!\bare)(?<!\band)(?<!\bnow)(?<![,(])\s"
    r"(?:received|submitted|lodged)\s(?:by|before|on|in)?"
    r"(?:\sthe (?:deadline|closing date) of)?\s*$"
)
"""Before a date that is when some other thing came, or comes: "submissions received by 3 May"."""
_SCHEDULED = re.compile(
    r"\b(?:is|are|was|were|been|be|now|[Cc]ouncil|[Cc]abinet"
    r"|(?:[Mm]eeting|[Ww]orkshop|[Bb]riefing|[Ss]ession|[Vv]isit|[Ss]eminar)s?)\s$"
)
"""Before "scheduled for", where that tells when the act itself is to be."""


def _of_a_thing(before: str, due: str) -> bool:
    """Tell whether a date is of a thing that is only spoken of: "elections scheduled for May"."""
    if due.startswith("scheduled for"):
        return not _SCHEDULED.search(before)
    return bool(_NO_DUE.search(before) or _OF_A_THING.search(before))


def find_due(words: str, meeting: date | None, act: int = 0) -> Due | None:
    """Return by when a sentence says that something is to be done.

    Args:
        words: the sentence.
        meeting: the day that it was said on; without it a date needs its year.
        act: where the act is named: of two dates the one behind it counts.

    Returns:
        None where nothing is said of time. A date before the meeting is none.
    """
    if not _TELLS_TIME.search(words):
        return None
    found = _dated(words, meeting)
    behind = [each for each in found if each[0] >= act]
    ahead = [each for each in found if each[0] < EARLY or _AWAITED.match(each[1].words)]
    if behind or ahead:
        return _closest(sorted(behind or ahead, key=lambda each: each[0]))
    vague = [
        match
        for match in _VAGUE.finditer(words)
        if match.start() >= act or match.start() < EARLY or _WHEN.match(match.group())
        if not _OF_NOTICE.search(words[: match.start()])
    ]
    later = [match for match in vague if match.start() >= act]
    return Due(words=(later or vague)[0].group().strip()) if vague else None


EARLY = 40
"""Characters within which a date opens its sentence: "In March the officers will report"."""

_WHEN = re.compile(r"[Oo]nce|[Ww]hen|[Uu]pon|[Oo]n |[Ff]ollowing|[Aa]s soon|[Bb]efore|[Pp]rior")
"""Opens what has to come first, wherever it stands in the sentence."""

_OF_NOTICE = re.compile(r"\b(?:move|call|ask|propose)\s$")
"""Before when a motion is to be moved: "I will move at the next meeting"."""

_AWAITED = re.compile(r"(?:scheduled for|due |close on|until)")


@lru_cache(maxsize=64)
def says_when(words: str) -> bool:
    """Tell whether a sentence says of any time when something is to be done."""
    return find_due(words, None) is not None


@lru_cache(maxsize=64)
def _dated(words: str, meeting: date | None) -> tuple[tuple[int, Due], ...]:
    """Return the dates of a sentence, each with where it begins; past ones are left out.

    Kept for the next question about the same sentence: its clauses ask, and then its find.
    """
    days = list(find_dates(words)) if _DIGIT.search(words) else []
    found = [
        (start, due)
        for start, due in [
            *_days(words, meeting, days),
            *_months(words, meeting, days),
            *_spans(words, meeting),
        ]
        if not _of_a_thing(words[:start], due.words)
    ]
    return tuple(
        each for each in found if not meeting or each[1].last is None or each[1].last >= meeting
    )


_DIGIT = re.compile(r"\d")


def _closest(found: list[tuple[int, Due]]) -> Due:
    """Return the first date, or a day that says it more closely: "the April meeting on 3 April"."""
    first = found[0][1]
    for _, due in found[1:]:
        if not (due.first and first.first and first.last) or due.first != due.last:
            continue
        if first.first != first.last and first.first <= due.first <= first.last:
            return due
    return first


def _days(words: str, meeting: date | None, days: Sequence[FoundDate]) -> list[tuple[int, Due]]:
    found = []
    for each in days:
        day = each.value([meeting] if meeting else [])
        start = each.start
        for lead in _DATED.finditer(words, max(0, each.start - 60), each.start):
            if lead.end() >= each.start and lead.group():
                start = min(start, lead.start())
                break
        found.append((start, Due(words=words[start : each.end], first=day, last=day)))
    return found


def _months(words: str, meeting: date | None, days: Sequence[FoundDate]) -> list[tuple[int, Due]]:
    if not holds_any(words, _NAMED):
        return []
    taken = [(each.start, each.end) for each in days]
    found = []
    for match in _MONTHLY.finditer(words):
        at = match.start("month")
        if any(start <= at < end for start, end in taken):
            continue
        if match["month"] == "May" and not (
            match["year"] or match["meeting"] or match.group() != "May"
        ):
            continue
        number = _MONTHS.index(match["month"].casefold()) + 1
        year = int(match["year"]) if match["year"] else _year_of(number, meeting)
        text = match.group().strip()
        if year is None:
            found.append((match.start(), Due(words=text)))
            continue
        last = date(year, number, monthrange(year, number)[1])
        first = (
            last if (match["part"] or "").startswith(("end", "the end")) else date(year, number, 1)
        )
        found.append((match.start(), Due(words=text, first=first, last=last)))
    return found


def _year_of(month: int, meeting: date | None) -> int | None:
    if meeting is None:
        return None
    return meeting.year if month >= meeting.month else meeting.year + 1


_SPANS = ("quarter", "Q", "day", "week", "fortnight", "month", "year", "Christmas")
"""What a span of time is not told without."""


def _spans(words: str, meeting: date | None) -> list[tuple[int, Due]]:
    """Read quarters, "within six weeks", "by the end of the year", "by the end of the month"."""
    found: list[tuple[int, Due]] = []
    if not holds_any(words, _SPANS):
        return found
    for match in _QUARTER.finditer(words):
        named = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4, "final": 4}
        quarter = int(match["q"]) if match["q"] else named[match["named"]]
        year, month = int(match["year"]), 3 * quarter
        last = date(year, month, monthrange(year, month)[1])
        found.append((match.start(), Due(match.group(), date(year, month - 2, 1), last)))
    if meeting is None:
        return found
    for match in _WITHIN.finditer(words):
        within = match.group().casefold().startswith("within")
        if match["unit"] == "year" and not within and not match.group().endswith("time"):
            continue  # "in the next five years" says how long, or tells of years gone by
        count = int(match["count"]) if match["count"].isdigit() else _NUMBERS[match["count"]]
        last = _later(meeting, count, match["unit"])
        first = meeting if within else last
        found.append((match.start(), Due(match.group(), first, last)))
    for match in _END_OF_YEAR.finditer(words):
        last = date(meeting.year, 12, 31)
        found.append((match.start(), Due(match.group(), meeting, last)))
    for match in _END_OF_MONTH.finditer(words):
        day = _later(meeting.replace(day=1), 1 if match["which"] == "next" else 0, "month")
        last = day.replace(day=monthrange(day.year, day.month)[1])
        found.append((match.start(), Due(match.group(), max(meeting, day), last)))
    return found


def _later(day: date, count: int, unit: str) -> date:
    if unit in ("month", "year"):
        months = day.month - 1 + count * (12 if unit == "year" else 1)
        year, month = day.year + months // 12, months % 12 + 1
        return date(year, month, min(day.day, monthrange(year, month)[1]))
    return day + timedelta(days=count * {"day": 1, "week": 7, "fortnight": 14}[unit])
