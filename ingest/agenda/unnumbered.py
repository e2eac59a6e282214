"""Items that no number shows: questions and motions, lost numbers, special meetings."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise, zip_longest

from ingest.agenda.found import Found
from ingest.agenda.kinds import (
    asks_or_moves,
    is_group,
    is_known_heading,
    kind_of,
    names_question_or_motion,
)
from ingest.agenda.lines import Line, looks_like_heading
from ingest.agenda.titles import begins_part, cut_title, is_task, opens_business, read_title

_ATTENDANCE = re.compile(
    r"\W*(?:members? |also |sectoral |officials? |officers? |other )*(?:present|in attendance"
    r"|attendance|apolog\w+|"
    r"officials|officers|staff|interests|reps)\b",
    re.IGNORECASE,
)
_SEVERAL = re.compile(r"\W*(?:\w+ )?(?:questions|notices)\b", re.IGNORECASE)
_HEADING_CHARS = 300
_OCR_NUMBER = re.compile(r"^[^\w(‘“]*(?:[\dA-Za-z]{1,2}[\W_]+)?(?=[A-Z])")


def with_unnumbered(lines: tuple[Line, ...], heads: list[Found], agenda: bool) -> list[Found]:
    """Add the items without a number: questions, motions, and headings that all councils print."""
    taken = {at for each in heads for at in range(each.line, max(each.body, each.line + 1))}
    more = _questions(lines, taken, {each.start for each in heads}, agenda)
    taken.update(each.line for each in more)
    first = min((each.line for each in heads), default=len(lines))
    opening = _agenda_word(lines)
    for at, line in enumerate(lines):
        words = " ".join(line.text.split())
        if at in taken or is_group(words):
            continue
        if agenda and at > opening and _heads_task(lines, at):
            more.append(_headed(lines, at, _OCR_NUMBER.sub("", words), agenda))
        elif not agenda and at < first and is_known_heading(words):
            more.append(_headed(lines, at, words, agenda))
    return sorted([*heads, *more], key=lambda each: each.start)


def _headed(lines: tuple[Line, ...], at: int, words: str, agenda: bool) -> Found:
    title, body = read_title(lines, at, words, agenda)
    return Found(None, None, title, kind_of(title), 1, lines[at].start, at, body)


def _questions(
    lines: tuple[Line, ...], taken: set[int], starts: set[int], agenda: bool
) -> list[Found]:
    """Find questions and motions by heading, and under "Questions submitted by ..." each one."""
    found = []
    heading: str | None = None
    first = False  # the question that the heading itself begins
    for at, line in enumerate(lines):
        words = " ".join(line.text.split())
        if names_question_or_motion(words):
            heading, first = words.strip(" .:")[:_HEADING_CHARS], at not in taken
            if first:
                found.append(_headed(lines, at, words, agenda))
        elif at in taken:
            heading = None if line.start in starts else heading
        elif agenda and heading and asks_or_moves(words) and _SEVERAL.match(heading):
            if not first:
                kind = kind_of(heading, words)
                found.append(Found(None, None, heading, kind, 1, line.start, at, at))
            first = False
    return found


def _heads_task(lines: tuple[Line, ...], at: int) -> bool:
    """Tell a heading whose number OCR lost by the line below it: "To adopt Minutes of ..."."""
    if at + 1 >= len(lines) or len(lines[at].text) > 120:
        return False
    if any(begins_part(line.text) for line in lines[at - 1 : at + 1]):
        return False
    words = _OCR_NUMBER.sub("", " ".join(lines[at].text.split()))
    below = lines[at + 1].text.lstrip()
    return (
        looks_like_heading(words)
        and not is_group(words)
        and below.startswith("To ")
        and is_task(below)
    )


def tasks(lines: tuple[Line, ...]) -> list[Found]:
    """The business of a special meeting, without number or heading: "To pass a vote of ..."."""
    found = []
    for at in range(_agenda_word(lines) + 1, len(lines)):
        words = " ".join(lines[at].text.split())
        if is_task(words):
            title = cut_title(words)[0]
            found.append(Found(None, None, title, kind_of(title), 1, lines[at].start, at, at + 1))
    return found


def _agenda_word(lines: tuple[Line, ...]) -> int:
    """Return the line that says AGENDA; items stand below it."""
    for at, line in enumerate(lines):
        if re.match(r"\W*a?\s?g\s?e\s?n\s?d\s?a\W*$", line.text, re.IGNORECASE):
            return at
    return len(lines)


def plain_headings(lines: tuple[Line, ...]) -> list[Found]:
    """Find the items of minutes without numbers: headings with business below."""
    found: list[Found] = []
    for at in range(_after_attendance(lines), len(lines) - 1):
        words = " ".join(lines[at].text.split())
        if (found and at < found[-1].body) or not _may_head(lines, at, words):
            continue
        each = _headed(lines, at, words, agenda=False)
        below = lines[each.body].text if each.body < len(lines) else ""
        if each.title and opens_business(below) and len(below) > 40:
            found.append(replace(each, kind=kind_of(each.title, below)))
    return found


def _may_head(lines: tuple[Line, ...], at: int, words: str) -> bool:
    """Tell a heading from a label, a list of names and a sentence."""
    shaped = looks_like_heading(words, 300) or lines[at].heading or _lays_before(lines[at + 1])
    plain = not (words.endswith(":") or words.count(",") > 2 or len(words) < 8)
    return shaped and plain and not is_group(words) and not opens_business(words)


def _after_attendance(lines: tuple[Line, ...]) -> int:
    """Return the line after those who were there."""
    last = 0
    for at, line in enumerate(lines[:60]):
        if _ATTENDANCE.match(line.text):
            last = at + 1
    return last + 1


def _lays_before(line: Line) -> bool:
    """Tell whether a line lays papers before the meeting: what stands above is the item."""
    return bool(re.match(r"(?:already )?circulated,?\s", line.text, re.IGNORECASE))


def fill_gaps(lines: tuple[Line, ...], heads: list[Found], agenda: bool) -> list[Found]:
    """Find the one heading whose number OCR lost, between items 4 and 6; number it."""
    if agenda:
        return _number_floating(heads)
    numbers = {each.number for each in heads}
    filled: list[Found] = []
    for each, after in zip_longest(heads, heads[1:]):
        filled.append(each)
        low, high = _plain_number(each), _plain_number(after)
        if low and high and high - low == 2 and str(low + 1) not in numbers:
            lost = _lost_heading(lines, each.body + 1, after.line)
            filled += [replace(lost, number=str(low + 1))] if lost else []
    return filled


def _plain_number(each: Found | None) -> int | None:
    """Return an agenda's number where it has no letter and is no minute's."""
    if each is None or each.minute or not each.number or not each.number.isdigit():
        return None
    return int(each.number)


def _lost_heading(lines: tuple[Line, ...], first: int, last: int) -> Found | None:
    for at in range(first, last):
        words = " ".join(lines[at].text.split())
        shaped = lines[at].heading or looks_like_heading(words)
        if not shaped or is_group(words) or len(words) < 12 or words[0].isdigit():
            continue
        each = _headed(lines, at, words, agenda=False)
        if each.title and each.body < last and opens_business(lines[each.body].text):
            return each
    return None


def _number_floating(heads: list[Found]) -> list[Found]:
    """Number the unnumbered between two numbered items, where exactly their numbers are missing."""
    numbered = [at for at, each in enumerate(heads) if each.number and each.number.isdigit()]
    filled = list(heads)
    for left, right in pairwise(numbered):
        low, high = int(heads[left].number or 0), int(heads[right].number or 0)
        if right - left > 1 and high - low == right - left:
            for at in range(left + 1, right):
                filled[at] = replace(heads[at], number=str(low + at - left))
    return filled
