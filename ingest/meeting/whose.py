"""Finds whose meeting a paper is for.

A paper names many bodies. The one that meets stands in a few turns of phrase: "a meeting of the
... held", "To: ...", "Committee - Tuesday, ...", a line of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.meeting.bodies import is_council, read_body, tidy_body
from ingest.meeting.dates import find_dates
from ingest.meeting.heads import MEETING_KINDS, UNDER_TITLE, Head, considered_at, is_item_page
from ingest.paper import CleanText, Fact, PaperKind

_FLAGS = re.IGNORECASE
_THE = r"(?:the\s)?"
_MEETING = re.compile(r"(?<!previous )(?<!last )\bmeetings?\b", _FLAGS)
_SENTENCE_END = re.compile(r"(?<=\w\w\w)[.!?]\s")
_MINUTES_HEADED = re.compile(r"\W*(?:\w+ )?minutes(?: (?:no\.? ?)?\d+)?\W+(?=[A-Z])", _FLAGS)
_OF = re.compile(rf"\b(?:of|for)\s{_THE}", _FLAGS)
_MEMBERS = re.compile(rf"\bmembers?\s(?:of|on|to)\s{_THE}", _FLAGS)
_TO = re.compile(rf"(?:^|\s)(?:report )?to\s?:?\s{_THE}", _FLAGS)
_LABELS = re.compile(
    r"\b(?:decision to be taken by|decision[ -]maker|decided at meeting|decision taken by"
    r"|committee"
    rf"|meeting|body|report to|presented to|circulated to|submitted to|for"
    rf"|meeting of)\s?:?\s{_THE}",
    _FLAGS,
)
_ASKED = re.compile(
    r"\b(?:is|are)\s(?:asked|recommended|requested|invited|being asked)\s(?:to|that)\b", _FLAGS
)
_TITLE_BODY = re.compile(rf"\b(?:for|of)\s{_THE}", _FLAGS)
_ELECTED = re.compile(
    r"\s(?:of|for)\s(?:the\s)?(?:elected members of\s)?(?:the\s)?(?=\w+ district\b)", _FLAGS
)


def tell_body(text: CleanText, head: Head, kind: PaperKind) -> Fact | None:
    """Return the body whose meeting the paper is for, if its own text or metadata names it."""
    ways = (
        (_considered, _under_title, _asked)
        if is_item_page(head)
        else (_dated_heading, _of_meeting, _of_members, _in_labels, _own_line, _asked)
        if kind is PaperKind.PACK
        else (_of_meeting, _of_members, _dated_heading, _in_labels, _own_line, _asked)
        if kind in MEETING_KINDS
        else (_addressee, _in_labels, _dated_heading, _own_line_of_report, _asked)
    )
    for way in ways:
        found = way(head)
        if found is not None:
            return found
    return _in_title(text)


def _considered(head: Head) -> Fact | None:
    told = considered_at(head)
    found = read_body(told[1]) if told else None
    return Fact(tidy_body(found[0]), " - ".join(told), "text") if told and found else None


def _under_title(head: Head) -> Fact | None:
    """Read an item's page: "Planning Committee - Tuesday, 4th June, 2024 6.30 pm", or the name."""
    top = Head(head.lines[:UNDER_TITLE], "")
    return _dated_heading(top) or _own_line(top)


def _fact(name: str, text: str, start: int, end: int, found_in: str = "text") -> Fact:
    return Fact(tidy_body(name), text[max(0, start) : end].strip()[:200], found_in)


def _of_meeting(head: Head) -> Fact | None:
    """Read "MINUTES of a meeting of the Cabinet", "meeting to consider ... for the District"."""
    flat = head.flat
    for meeting in _MEETING.finditer(flat, 0, 2500):
        before = read_back(flat, meeting.start())
        if before is not None:
            end, name = _with_district(flat, meeting.end(), before[0])
            return _fact(name, flat, before[1], end)
        held = re.compile(r"\b(?:held|at)\b", _FLAGS).search(
            flat, meeting.end(), meeting.end() + 200
        )
        limit = held.start() if held else meeting.end() + 160
        ended = _SENTENCE_END.search(flat, meeting.end(), limit)
        limit = ended.start() if ended else limit
        for of in _OF.finditer(flat, meeting.end(), limit + 1):
            found = read_body(flat, of.end())
            if found:
                return _fact(found[0], flat, meeting.start(), found[1])
    return _minutes_of(head)


def _with_district(flat: str, end: int, name: str) -> tuple[int, str]:
    """Read on after "JOINT POLICING SUB COMMITTEE MEETING": "OF THE MUNICIPAL DISTRICT OF VALE"."""
    of = _ELECTED.match(flat, end)
    district = read_body(flat, of.end()) if of and not is_council(name) else None
    return (district[1], f"{name} of the {district[0]}") if district else (end, name)


def _minutes_of(head: Head) -> Fact | None:
    """Read "Minutes of the Planning Committee"; in a first line "Draft Minutes 12 Vale Board"."""
    for line in head.lines[:2]:
        headed = _MINUTES_HEADED.match(line)
        named = read_body(line, headed.end()) if headed else None
        if named:
            return _fact(named[0], line, 0, named[1])
    for of in re.finditer(
        rf"\b(?:minutes|agenda|summons)\s(?:of|for)\s{_THE}", head.top(1500), _FLAGS
    ):
        found = read_body(head.flat, of.end())
        if found:
            return _fact(found[0], head.flat, of.start(), found[1])
    return None


def _of_members(head: Head) -> Fact | None:
    for of in _MEMBERS.finditer(head.flat, 0, 2500):
        found = read_body(head.flat, of.end())
        if found:
            return _fact(found[0], head.flat, of.start(), found[1])
    return None


def _dated_heading(head: Head) -> Fact | None:
    """Read "CABINET - THURSDAY, 30 JANUARY 2025", "County Council 13th February 2025"."""
    for line in head.lines[:25]:
        for found in find_dates(line[:300]):
            body = read_body(line)
            if body and not re.sub(r"[\s,\-–—:]|on|the", "", line[body[1] : found.start]):
                return _fact(body[0], line, 0, found.end)
            break
    return None


def _addressee(head: Head) -> Fact | None:
    for to in _TO.finditer(head.flat, 0, 1200):
        found = read_body(head.flat, to.end())
        if found and (":" in to.group() or to.start() < 300):
            return _fact(found[0], head.flat, to.start(), found[1])
    return None


def _in_labels(head: Head) -> Fact | None:
    for label in _LABELS.finditer(head.flat, 0, 1500):
        if ":" not in label.group() and not re.match(
            r"(?:circ|subm|pres|report)", label.group(), _FLAGS
        ):
            continue
        found = read_body(head.flat, label.end())
        if found:
            return _fact(found[0], head.flat, label.start(), found[1])
    return None


def _own_lines(head: Head) -> Iterator[tuple[str, str]]:
    for line in head.lines[:15]:
        if len(line) <= 120:
            found = read_body(line)
            if found and not line[found[1] :].strip(" .,:-–—"):
                yield found[0], line


def _own_line(head: Head) -> Fact | None:
    """A line that is a body's name; a committee's rather than the council's above it."""
    found = list(_own_lines(head))
    for name, line in found:
        if not is_council(name):
            return Fact(tidy_body(name), line, "text")
    return Fact(tidy_body(found[-1][0]), found[-1][1], "text") if found else None


def _own_line_of_report(head: Head) -> Fact | None:
    """In a report a council's name alone is its letterhead."""
    found = _own_line(head)
    return None if found is None or is_council(found.value) else found


def _asked(head: Head) -> Fact | None:
    """Read "The Scrutiny Committee is asked to" at the start of a line."""
    for line in head.lines:
        asked = _ASKED.search(line[:200])
        found = read_body(line, 4 if line.startswith("The ") else 0) if asked else None
        if asked and found and not line[found[1] : asked.start()].strip():
            return _fact(found[0], line, 0, asked.end())
    return None


def _in_title(text: CleanText) -> Fact | None:
    """The metadata of packs: "(Public Pack)Agenda Document for Cabinet, 30/01/2025 10:00"."""
    title = text.title or ""
    if next(find_dates(title), None) is None:
        return None
    for of in _TITLE_BODY.finditer(title[:600]):
        found = read_body(title, of.end())
        if found:
            return _fact(found[0], title, of.start(), found[1], "metadata")
    return None


def read_back(text: str, end: int) -> tuple[str, int] | None:
    """Read the body's name that ends just before end ("the Budget County Council Meeting")."""
    window = text[max(0, end - 90) : end]
    for start in re.finditer(r"(?<![\w’'\-])[A-Z]", window):
        found = read_body(window, start.start())
        if found and not window[found[1] :].strip():
            return found[0], end - len(window) + start.start()
    return None
