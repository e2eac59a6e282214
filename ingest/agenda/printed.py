"""Items printed one below the other, as minutes and agendas do."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace
from itertools import zip_longest

from ingest.agenda.found import Found, as_items
from ingest.agenda.kinds import asks_or_moves, kind_of, names_question_or_motion
from ingest.agenda.lines import Line, read_lines
from ingest.agenda.numbering import choose
from ingest.agenda.numbers import Numbered, numbered_lines
from ingest.agenda.parts import Part, find_parts
from ingest.agenda.titles import item_line, read_title
from ingest.agenda.unnumbered import fill_gaps, plain_headings, tasks, with_unnumbered
from ingest.paper import AgendaItem, CleanText

_EXEMPT_GROUP = re.compile(
    r"^\W*(?:\d{1,3}[.)]?\s+)?(?:exempt|confidential|restricted|private)\b.{0,30}"
    r"\b(?:items?|business|session|information)\W*$"
    r"|^\W*part (?:2|ii|b|two)\b.{0,60}$",
    re.IGNORECASE,
)
_OPEN_GROUP = re.compile(
    r"^\W*(?:unrestricted|public|open)\b.{0,20}\bitems?\W*$|^\W*part (?:1|i|a|one)\b.{0,60}$",
    re.IGNORECASE,
)


def printed_items(text: CleanText, agenda: bool) -> tuple[AgendaItem, ...]:
    """Return the items of minutes or of an agenda."""
    lines = read_lines(text)
    numbered = _cut_rests(choose(numbered_lines(lines, agenda)))
    heads = _nest([_read_head(lines, each, agenda) for each in numbered])
    heads = with_unnumbered(lines, heads, agenda)
    if not heads:
        heads = tasks(lines) if agenda else plain_headings(lines)
    if not agenda:
        heads = _minute_numbers(heads)
    heads = _mark_exempt(lines, fill_gaps(lines, heads, agenda))
    return as_items(_with_parts(lines, heads, agenda), text)


def _cut_rests(numbered: list[Numbered]) -> list[Numbered]:
    """Where several items stand in one line, end each one's words where the next begins."""
    cut = []
    for each, after in zip_longest(numbered, numbered[1:]):
        if after is not None and after.line == each.line and after.rest:
            at = each.rest.find(after.rest)
            mark = re.compile(rf"\s{after.number}{after.letter}\.\s?$", re.IGNORECASE)
            each = replace(each, rest=mark.sub("", each.rest[:at])) if at > 0 else each
        cut.append(each)
    return cut


def _read_head(lines: tuple[Line, ...], each: Numbered, agenda: bool) -> Found:
    """Read an item's title and numbers from the line that begins it."""
    own = _own_words(lines, each)
    if own is not None:
        return own
    title, body = read_title(lines, each.line, each.rest, agenda or each.style == "item")
    first_words = each.rest if title is None else (lines[body].text if body < len(lines) else "")
    number: str | None = each.printed
    minute: str | None = None
    for line in lines[each.line + 1 : body + 2]:
        item = item_line(line.text)
        if item:
            number, minute = item, each.printed
            body = max(body, each.line + 1)
            break
    if each.style == "slash" and minute is None and not agenda:
        number, minute = each.agenda_number, each.printed
    return Found(number, minute, title, kind_of(title, first_words), 1, each.start, each.line, body)


def _own_words(lines: tuple[Line, ...], each: Numbered) -> Found | None:
    """Read a question or motion whose number stands before its words, below its heading.

    "Questions submitted by Councillor Hill" / "8. I will ask ..." / "9. I will ask ...".
    """
    above = lines[each.line - 1] if each.line else None
    under = above is not None and names_question_or_motion(above.text)
    if not each.rest or names_question_or_motion(each.rest):
        return None
    if not asks_or_moves(each.rest) and not (under and len(each.rest) > 80):
        return None
    heading, at = None, each.line
    for back in range(each.line - 1, max(-1, each.line - 13), -1):
        if names_question_or_motion(lines[back].text):
            heading, at = " ".join(lines[back].text.split()).strip(" .:")[:300], back
            break
    first = at == each.line - 1
    start = lines[at].start if first else each.start
    kind = kind_of(heading, each.rest)
    return Found(each.printed, None, heading, kind, 1, start, at if first else each.line, each.line)


def _nest(heads: list[Found]) -> list[Found]:
    """Put "5(b)" under "5" where the paper has one."""
    nested: list[Found] = []
    top: str | None = None
    for each in heads:
        number = each.number or ""
        if "(" in number and top is not None and number.split("(")[0] == top:
            nested.append(replace(each, depth=2))
            continue
        top = number if number else top
        nested.append(each)
    return nested


def _minute_numbers(heads: list[Found]) -> list[Found]:
    """Numbers that begin far above 1 are minute numbers, even where no "(Item 1)" says so."""
    plain = [each for each in heads if each.number and each.minute is None]
    numbers = [int(re.sub(r"\D", "", each.number or "") or 0) for each in plain]
    steady = len(numbers) > 3 and numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    if len(plain) < 2 or not (min(numbers) > 20 or (steady and numbers[0] > 1)):
        return heads
    return [
        replace(each, number=None, minute=each.number)
        if each.number and each.minute is None
        else each
        for each in heads
    ]


def _mark_exempt(lines: tuple[Line, ...], heads: list[Found]) -> list[Found]:
    """Items at or under EXEMPT ITEMS are exempt, until a heading opens the meeting again."""
    marks = [
        (line.start, bool(_EXEMPT_GROUP.match(line.text)))
        for line in lines
        if len(line.text) < 120 and (_EXEMPT_GROUP.match(line.text) or _OPEN_GROUP.match(line.text))
    ]
    starts = [start for start, _ in marks]
    marked = []
    for each in heads:
        before = bisect_right(starts, each.start) - 1
        marked.append(replace(each, exempt=True) if before >= 0 and marks[before][1] else each)
    return marked


def _with_parts(lines: tuple[Line, ...], heads: list[Found], agenda: bool) -> list[Found]:
    """Put each item's parts after it, and theirs after them."""
    found: list[Found] = []
    for each, after in zip_longest(heads, heads[1:]):
        found.append(each)
        last = after.line if after else len(lines)
        for part in find_parts(lines, each.body, last, each.kind, agenda):
            outer = _part(lines, each, part)
            if outer.start <= each.start:
                continue
            found.append(outer)
            inner = find_parts(lines, part.body, part.last, part.kind, agenda)
            found.extend(_part(lines, outer, deeper) for deeper in inner)
    return found


def _part(lines: tuple[Line, ...], whole: Found, part: Part) -> Found:
    return Found(
        number=f"{whole.number or whole.minute or ''}{part.mark}",
        minute=None,
        title=part.title,
        kind=part.kind,
        depth=whole.depth + 1,
        start=lines[part.first].start,
        line=part.first,
        body=part.body,
        exempt=whole.exempt,
    )
