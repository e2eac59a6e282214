"""Finds the parts of an item that are minuted on their own: (a), (b), (i), "Motion 2 – ..."."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.agenda.kinds import kind_of
from ingest.agenda.lines import Line, looks_like_heading
from ingest.agenda.titles import opens_business, read_title
from ingest.paper import ItemKind

_LETTER = re.compile(r"^\s?\(?(?P<mark>[a-z])\)\s*(?P<rest>.*)$", re.DOTALL)
_ROMAN = re.compile(r"^\s?\(?(?P<mark>i{1,3}|iv|vi{0,3}|ix|xi{0,3}|x)\)\s*(?P<rest>.*)$", re.DOTALL)
_ROMANS = "i ii iii iv v vi vii viii ix x xi xii xiii".split()
_OUTCOME = re.compile(
    r"\b(?:proposed by|resolved|was (?:agreed|noted|proposed|approved|adopted|deferred"
    r"|withdrawn)|were (?:noted|agreed)"
    r"|noted by|members noted|noted the|agreed (?:to|that|by)|taken as read|carried"
    r"|approved by)\b",
    re.IGNORECASE,
)
_RESOLVED = re.compile(r"\b(?:proposed by|resolved|it was agreed|noted)\b", re.IGNORECASE)
_NAMED = re.compile(
    r"^(?:motion|question)\b.{0,40}?\b(?P<number>\d{1,2})\s?[-–—:]\s?\S", re.IGNORECASE
)
_NEAR = 3
"""Lines after the title within which parts begin; a list further down is a list."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part: its mark as printed, title, and the lines it takes (from first to before last)."""

    mark: str
    title: str | None
    kind: ItemKind
    first: int
    body: int
    last: int


def find_parts(
    lines: tuple[Line, ...], first: int, last: int, kind: ItemKind, agenda: bool
) -> tuple[Part, ...]:
    """Return the parts among lines first to last (exclusive), the lines after an item's title.

    Parts of one question, lists of minutes adopted together and lists in resolutions are none.
    """
    if kind in (ItemKind.MOTION, ItemKind.QUESTION):
        return _named_parts(lines, first, last, kind)
    for marks in (_LETTER, _ROMAN):
        starts = _starts(lines, first, last, marks)
        near = bool(starts) and starts[0] <= first + _NEAR - 1
        if starts and (near or _titled(lines, starts, marks)):
            return _parts(lines, starts, last, marks, kind, agenda, first)
    return ()


def _titled(lines: tuple[Line, ...], starts: list[int], marks: re.Pattern[str]) -> bool:
    """Tell whether most marks stand before a heading, so that they are no list."""
    headed = 0
    for at in starts:
        match = marks.match(lines[at].text)
        rest = match["rest"].strip() if match else ""
        _, body = read_title(lines, at, rest, agenda=False)
        below = lines[body].text if body < len(lines) else ""
        headed += looks_like_heading(rest or lines[min(at + 1, len(lines) - 1)].text) and (
            opens_business(below) or len(below) > 120
        )
    return headed * 2 > len(starts)


def _named_parts(
    lines: tuple[Line, ...], first: int, last: int, kind: ItemKind
) -> tuple[Part, ...]:
    starts = [
        at
        for at in range(first, last)
        if len(lines[at].text) < 200 and _NAMED.match(lines[at].text)
    ]
    parts = []
    for at, end in zip(starts, [*starts[1:], last], strict=False):
        match = _NAMED.match(lines[at].text)
        title, body = read_title(lines, at, lines[at].text, agenda=False)
        if match and title:
            parts.append(Part(f"({match['number']})", title, kind, at, min(body, end), end))
    return tuple(parts)


def _starts(lines: tuple[Line, ...], first: int, last: int, marks: re.Pattern[str]) -> list[int]:
    """Return the lines where the marks go on from the first: a, b, c; a mark may come twice."""
    starts: list[int] = []
    rank = 0
    for at in range(first, last):
        match = marks.match(lines[at].text)
        if not match:
            continue
        this = _rank(match["mark"], marks)
        if this in (rank, rank + 1) and (starts or this == 1):
            starts.append(at)
            rank = this
    return starts or _out_of_order(lines, first, last, marks)


def _out_of_order(
    lines: tuple[Line, ...], first: int, last: int, marks: re.Pattern[str]
) -> list[int]:
    """Parts taken out of order, (b) before (a): each with a heading, none left out."""
    found: dict[int, int] = {}
    for at in range(first, last):
        match = marks.match(lines[at].text)
        if match and looks_like_heading(match["rest"].strip()):
            found.setdefault(_rank(match["mark"], marks), at)
    whole = len(found) > 1 and set(found) == set(range(1, len(found) + 1))
    return sorted(found.values()) if whole else []


def _rank(mark: str, marks: re.Pattern[str]) -> int:
    return _ROMANS.index(mark) + 1 if marks is _ROMAN else ord(mark) - ord("a") + 1


def _parts(
    lines: tuple[Line, ...],
    starts: list[int],
    last: int,
    marks: re.Pattern[str],
    kind: ItemKind,
    agenda: bool,
    first: int,
) -> tuple[Part, ...]:
    ends = [*starts[1:], last]
    parts = []
    own = resolved = 0
    for at, end in zip(starts, ends, strict=False):
        match = marks.match(lines[at].text)
        rest = match["rest"].strip() if match else ""
        mark = f"({match['mark']})" if match else ""
        title, body = _part_title(lines, at, end, rest, agenda)
        text = " ".join(line.text for line in lines[at:end])
        own += bool(_OUTCOME.search(text)) or (end > body and title is not None)
        resolved += bool(_RESOLVED.search(text))
        of_minutes = kind is ItemKind.STANDING and re.search(r"\bheld on\b", title or "")
        part_kind = kind_of(title) if title and not of_minutes else kind
        parts.append(Part(mark, title, part_kind, at, body, end))
    listed = starts[0] > first and lines[starts[0] - 1].text.rstrip().endswith(":")
    if agenda:
        keep = kind is not ItemKind.STANDING and not listed
    else:
        keep = own >= 0.6 * len(parts) and not (listed and resolved < max(2, len(parts)))
    return tuple(parts) if keep else ()


def _part_title(
    lines: tuple[Line, ...], at: int, end: int, rest: str, agenda: bool
) -> tuple[str | None, int]:
    heading = rest or (lines[at + 1].text if at + 1 < end else "")
    if not looks_like_heading(heading, 240) and not (agenda and rest):
        return None, at + 1
    title, body = read_title(lines, at, rest, agenda)
    return title, min(body, end)
