"""Finds the day of a paper's meeting.

A paper names many dates: the letter's, the last minutes', the next meeting's. Each is weighed by
what stands around it; where no date weighs enough, the paper does not tell.
"""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise

from ingest.meeting.bodies import is_council, read_body, same_body
from ingest.meeting.dates import FoundDate, find_dates, is_day
from ingest.meeting.heads import MEETING_KINDS, UNDER_TITLE, Head, considered_at, is_item_page
from ingest.meeting.whose import read_back
from ingest.paper import CleanText, Fact, PaperKind

_FLAGS = re.IGNORECASE
_BODIES = (
    "council|cabinet|committee|panel|board|forum|executive|commission|group|partnership|assembly"
    "|district|spc"
)
_CUES = tuple(
    (weight, re.compile(words, _FLAGS | re.DOTALL))
    for weight, words in (
        (
            6,
            r"\b(?:held|convened|assembled|takes? place|took place|meets?|met"
            r"|scheduled)\b.{0,200}$",
        ),
        (
            12,
            r"\bdate(?: and time)? of (?:the )?(?:meeting|decision)\s?:?\s*$"
            r"|\bmeeting\s?:\s*$"
            rf"|\b(?:meeting|{_BODIES}) date\s?:?\s*$",
        ),
        (
            5,
            rf"\bto\s?:?\s(?:(?!minutes|meeting|receive"
            rf"|note)[^:]){{0,70}}\b(?:{_BODIES})\b[\s,–—\-]*$",
        ),
        (5, r"\b\d{1,2}(?:[.:]\d\d)?\s?(?:am|pm|noon)\s*(?:,|on)?\s*$"),
        (2, rf"\b(?:{_BODIES})\b\s*$"),  # a letterhead above a letter's date, as often as not
        (5, rf"\b(?:{_BODIES})\b(?:\s*[,:.\-–—]\s*|\s)on\s(?:the\s)?$"),
        (5, rf"\b(?:{_BODIES})\b\s*[,:\-–—]\s*$"),
        (4, r"\b(?:meeting|summons|agenda)\b.{0,60}\bon\s*(?:the\s)?$"),
        (3, r"\bminutes of\b.{0,250}$"),
        (2, r"\bdate\s?:\s*$"),
        (
            -9,
            r"(?:(?<![(\d])\b\d{1,2}[a-z]?\s?[.)]\s|\bto (?:confirm|approve|adopt|consider"
            r"|receive|agree|sign|note)\b"
            r"|\b(?:confirmation|adoption|approval) of\b|\bcirculated\b|\bcop(?:y|ies) of\b"
            r"|\bprevious\b"
            r"|\blast\b|\bmost recent\b|\barising from\b).{0,60}\b(?:minutes|meetings?)\b.{0,200}$",
        ),
        (
            -7,
            r"\b(?:dated|published|publication date ?:|deadline|issued?|despatched|expires?|signed"
            r"|since|until|before|no later than|from|between|as at"
            r"|next meeting\b.{0,80})\s*(?:on\s)?$",
        ),
        (-4, r"\b(?:deferred|adjourned|referred|postponed)\b.{0,60}$"),
    )
)
_FIRST_ITEM = re.compile(
    r"^\W*(?:(?:item )?1\s?[.,:)]\s?\D|\S{0,9}\s{0,3}(?:1\.\s*)?apologies for absence"
    r"|to (?:adopt|confirm|approve)\b.{0,40}minutes)",
    _FLAGS,
)
_TIME = re.compile(
    r"^[\s,.;–\-]*(?:at|@|from|commencing(?: at)?)?\s*(?:\d{1,2}(?:[.:]\d\d)?\s?(?:a\.?\s?m"
    r"|p\.?\s?m|noon|hrs)"
    r"|\d{1,2}[.:]\d\d\b|noon|midday)",
    _FLAGS,
)
_COMING = re.compile(
    r"\b(?:will|prior to|presented|to be (?:taken|considered|discussed|held))\b", _FLAGS
)
_HEADING = re.compile(rf"^\W*[A-Z].{{0,90}}\b(?:{_BODIES})\b[\s,:–—\-]*$", _FLAGS)
_ENOUGH = 4.0
"""Weight from which a date is the meeting's: one clear turn of phrase, or a weekday and a time."""
_TITLE_WITHIN = 900
"""Characters within which minutes name their own meeting."""
_UNDER_BODY, _TOP_LINES, _DAY_CHARS = 4, 8, 20
"""What a day gains that heads a report below its committee's name, and where it is looked for."""
_IN_BUSINESS = 6
"""What a date loses that stands among the items."""
_BEFORE = 260
"""Characters before a date that tell what it is the date of."""


def tell_date(
    text: CleanText, head: Head, kind: PaperKind, body: str | None, named: date | None
) -> tuple[date, Fact] | None:
    """Return the meeting's date and the words that tell it; None where the paper does not.

    Args:
        text: the paper.
        head: its head.
        kind: what it is for.
        body: the body whose meeting it is for.
        named: the date in its file name; only helps where the text leaves out the year.
    """
    if is_item_page(head):
        return _considered(head) or _under_title(head)
    found = _in_head(head, kind, named)
    if found is None and kind in (PaperKind.REPORT, PaperKind.DECISION) and body:
        found = _where_body_meets(text.text, body)
    return found or _in_title(text, kind)


def _considered(head: Head) -> tuple[date, Fact] | None:
    told = considered_at(head)
    found = next(find_dates(told[0]), None) if told else None
    value = found.value() if found else None
    return (value, Fact(value.isoformat(), " - ".join(told), "text")) if told and value else None


def _under_title(head: Head) -> tuple[date, Fact] | None:
    """Read an item's page: "Planning Committee - Tuesday, 4th June, 2024 6.30 pm"."""
    for line in head.lines[:UNDER_TITLE]:
        for found in find_dates(line[:300]):
            value = found.value()
            if value and found.weekday is not None and _HEADING.search(line[: found.start]):
                return value, Fact(value.isoformat(), line[:200], "text")
    return None


def _in_title(text: CleanText, kind: PaperKind) -> tuple[date, Fact] | None:
    """Read a page's or a pack's metadata: "Agenda for Cabinet on Tuesday, 4th June, 2024"."""
    title = text.title or ""
    if kind not in MEETING_KINDS or not re.search(r"\b(?:agenda|minutes|pack)\b", title, _FLAGS):
        return None
    for found in find_dates(title[:600]):
        value = found.value()
        if value:
            return value, Fact(value.isoformat(), title[:200], "metadata")
    return None


def _in_head(head: Head, kind: PaperKind, named: date | None) -> tuple[date, Fact] | None:
    """Return the date in the head that weighs most, the first of equals; None if none enough."""
    flat = head.flat
    dates = list(find_dates(flat))
    hints = [value for each in dates if each.year and (value := each.value())]
    hints += [named] if named else []
    business = _business(head)
    lettered = _under_body(head)
    best: tuple[float, date, Fact] | None = None
    end = 0
    for each in dates:
        before = flat[max(end, each.start - _BEFORE) : each.start]
        weight = _weigh(before, each, flat[each.end : each.end + 30], kind)
        weight -= _IN_BUSINESS if each.start > business else 0
        weight += _UNDER_BODY if lettered and lettered <= each.start < lettered + _DAY_CHARS else 0
        value = each.value(hints)
        if value and weight >= _ENOUGH and (best is None or weight > best[0]):
            words = flat[max(end, each.start - 120) : each.end].strip()
            best = weight, value, Fact(value.isoformat(), words, "text")
        end = each.end
    return None if best is None else _checked(best[1], best[2], dates, named)


def _under_body(head: Head) -> int | None:
    """Return where a line begins that is a day alone, below one that is a committee's name alone.

    Below a council's name it is a letter's as often as not.
    """
    at = 0
    for above, line in pairwise(head.lines[:_TOP_LINES]):
        at += len(above) + 1
        body = read_body(above) if is_day(line) else None
        if body and not above[body[1] :].strip(" .,:") and not is_council(body[0]):
            return at
    return None


def _business(head: Head) -> int:
    """Return where the first item or numbered paragraph begins: what it dates is another matter."""
    at = 0
    for line in head.lines:
        if _FIRST_ITEM.match(line):
            return at
        at += len(line) + 1
    return at


def _checked(
    value: date, fact: Fact, dates: list[FoundDate], named: date | None
) -> tuple[date, Fact]:
    """Let the file name mend a slip in day or year where the printed weekday bears it out."""
    printed = [each.weekday for each in dates if each.weekday is not None and each.value() == value]
    near = named and (
        (named.year, named.month) == (value.year, value.month)
        or (named.month, named.day) == (value.month, value.day)
    )
    if named and near and printed and value.weekday() != printed[0] == named.weekday():
        return named, Fact(named.isoformat(), fact.evidence, "file name")
    return value, fact


def _weigh(before: str, found: FoundDate, after: str, kind: PaperKind) -> float:
    weight = sum(points for points, words in _CUES if words.search(before))
    if found.weekday is not None:
        weight += 2
    if _TIME.match(after):
        weight += 2
    if found.start > _TITLE_WITHIN and re.search(r"\bminutes\b", before[-120:], _FLAGS):
        weight -= 6  # the last meeting's, approved here
    if kind not in MEETING_KINDS and found.weekday is None and found.start > 1200:
        weight -= 3  # further down, a report tells of other meetings
    return weight - found.start / 500


def _where_body_meets(text: str, body: str) -> tuple[date, Fact] | None:
    """Look through a report for "decision by Cabinet on 30 January 2025": its body, to come."""
    for found in find_dates(text):
        value = found.value()
        if value is None or found.year is None:
            continue
        before = text[max(0, found.start - 120) : found.start]
        on = re.search(r"\s(?:on\s(?:the\s)?)?$", before)
        name = read_back(before, on.start()) if on else None
        if name is None or not same_body(name[0], body):
            continue
        around = text[max(0, found.start - 160) : found.end + 60]
        if _COMING.search(around):
            return value, Fact(value.isoformat(), " ".join(around.split())[:200], "text")
    return None
