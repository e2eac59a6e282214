"""Reads the numbers that lines begin with, and weighs which look like items' headings."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ingest.agenda.kinds import asks_or_moves, is_known_heading, names_question_or_motion
from ingest.agenda.lines import Line, capital_share, looks_like_heading, shouts
from ingest.agenda.titles import is_task, item_line, opens_business, run_in_title

_FLAGS = re.IGNORECASE
_DOTTED = re.compile(
    r"^[^\w(]{0,3}?(?P<number>[1-9]\d{0,2})\s?(?P<letter>[A-Za-z]?)\s?(?:[.:]{1,2}(?!\d)"
    r"|,(?=\s[A-Z]))\s*(?P<rest>.*)$",
    re.DOTALL,
)
_PAREN = re.compile(r"^\(?(?P<number>[1-9]\d?)(?P<letter>)\)\s*(?P<rest>\S.*)$", re.DOTALL)
_BARE = re.compile(r"^[^\w(]{0,2}(?P<number>[1-9]\d{0,2})(?P<letter>[A-Za-z]?)\s?[.:)]?\s*$")
_SPACED = re.compile(r"^(?P<number>\d{1,4})(?P<letter>[A-Z]?)\s+(?P<rest>[A-Z‘“'\"].*)$", re.DOTALL)
_ITEM = re.compile(
    r"^(?:(?:agenda )?item|minute)\s?(?:no\.?"
    r"|number)?\s?:?\s?(?P<number>\d{1,3})(?P<letter>[a-z]?)\b\s?[.:)\-–—]*\s*(?P<rest>.*)$",
    _FLAGS | re.DOTALL,
)
_SLASHED_NUMBER = (
    r"(?P<print>(?:[A-Z][A-Za-z]{0,7}[ ./\-]?)?(?:\d{1,2}\.)?(?P<first>\d{1,4})/(?P<second>\d{1,4})"
    r"(?:[A-Z]|-\d{2})?)"
)
"""Minute numbers: "45/23", "Cou/285/07-08", "PL21/044"."""
_SLASHED = re.compile(
    rf"^{_SLASHED_NUMBER}\s?[.:)\-–]*\s+(?P<rest>(?:\d{{1,3}}\.\s+)?[A-Z‘“'\"].*)$", re.DOTALL
)
_SLASHED_ALONE = re.compile(rf"^{_SLASHED_NUMBER}\s?[.:]?\s*$")
_YEARED = re.compile(
    r"^(?P<print>(?:(?P<first>\d{2}|20\d{2})\.|[A-Z]{1,8}(?P<year>\d{2,4})-)(?P<second>\d{1,4}))"
    r"\s?[.:)\-–]*\s+(?P<rest>[A-Z‘“'\"].*)$",
    re.DOTALL,
)
"""Numbers that begin with the year: "21.44", "P24-11". In minutes alone "21.44" may also be a
paragraph, so that all of them must begin with one year and no item may bear its number."""
_MONTH = re.compile(
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december)\b",
    _FLAGS,
)
_PART = re.compile(
    r"^(?P<number>\d{1,3})\s?\((?P<letter>[a-z])\)\s?[.:]?\s*(?P<rest>.*)$", re.DOTALL
)
_INSIDE = re.compile(
    r"(?<=[\w.):”’\"])(?<!\d\.)\s(?P<number>\d{1,2})(?P<letter>[A-Za-z]?)\.\s?(?=[A-Z‘“]|\s\d\d/)"
)
_REFERENCE = re.compile(r"\d{2,4}/\d{2,}")
"""A decision's or an application's number, which titles begin with."""
_FLOATING = re.compile(r"^\d{1,3}[a-z]?\s?[.:]", _FLAGS)
_FORMS = (
    (_ITEM, "item", 2.0),
    (_DOTTED, "dot", 0.0),
    (_PART, "dot", 0.0),
    (_PAREN, "paren", -1.5),
    (_SPACED, "bare", -1.0),
)
"""Form, style, and what the form alone adds to a line's weight; the first that fits is read."""
_ROW_NUMBERS = 4
"""Numbers in a line beyond which it is a table's row."""
_AGENDA_WORD = re.compile(r"^\W*a\s?g\s?e\s?n\s?d\s?a\b[\s\W]*(?=\d)", _FLAGS)
_INTRODUCES = re.compile(r"\b(?:agenda|business|items|matters)\b", _FLAGS)
"""Words of a line that ends in a colon above the items themselves."""
_LISTED = 3.0
_FEWEST_YEARED = 3
_TITLE_LINES = 7
"""Lines that a title may take above its "(Item 4)"."""
_MOST = 400
"""Numbered lines that are weighed; beyond, only the heaviest."""


@dataclass(frozen=True, slots=True)
class Numbered:
    """A line that begins with a number, and how much it looks like an item's heading."""

    number: int
    letter: str
    printed: str
    line: int
    start: int
    """In the paper's text."""
    rest: str
    """The words after the number."""
    weight: float
    style: str = "dot"
    """How it is printed: "dot", "bare", "item", "paren" or "slash"; one paper keeps to one."""
    agenda_number: str | None = None
    """Where minutes print both: "C048/23 1. Apologies"."""


def numbered_lines(lines: tuple[Line, ...], agenda: bool) -> list[Numbered]:
    """Return every line that an item may begin with, weighed.

    Args:
        lines: the paper's lines.
        agenda: whether it is an agenda, where items run on inside a block of bad OCR.
    """
    found: list[Numbered] = []
    slashed: list[tuple[int, re.Match[str]]] = []
    yeared: list[tuple[int, re.Match[str]]] = []
    for at, line in enumerate(lines):
        if line.cell and not agenda:
            continue
        above = _BARE.match(lines[at - 1].text) if agenda and at else None
        if above and "." in above.group() and _FLOATING.match(line.text):
            continue
        skip = _AGENDA_WORD.match(line.text)
        offset = skip.end() if skip else 0
        words = line.text[offset:]
        alone = at + 1 < len(lines) and _SLASHED_ALONE.match(words)
        slash = _SLASHED.match(f"{words.strip()} {lines[at + 1].text}" if alone else words)
        if slash:
            slashed.append((at, slash))
            continue
        year = _YEARED.match(words)
        if year:
            yeared.append((at, year))
            continue
        each = _read(lines, at, words, offset, agenda)
        if each:
            found.append(each)
        if agenda:
            found.extend(_inside(lines, at, offset))
    found.extend(_read_slashed(lines, slashed))
    found.extend(_read_yeared(lines, yeared, found))
    found.sort(key=lambda each: each.start)
    found = _without_lists(lines, _with_item_lines(lines, found))
    heaviest = sorted(found, key=lambda each: each.weight, reverse=True)[:_MOST]
    return sorted(heaviest, key=lambda each: each.start)


def _with_item_lines(lines: tuple[Line, ...], found: list[Numbered]) -> list[Numbered]:
    """Where minutes print "(Item 4)" below each heading, only those headings are items."""
    places = [each.line for each in found]
    owners = set()
    for at, line in enumerate(lines):
        if item_line(line.text):
            above = bisect_left(places, at) - 1
            if above >= 0 and at - places[above] <= _TITLE_LINES:
                owners.add(above)
    return [found[at] for at in sorted(owners)] if len(owners) > 1 else found


def _without_lists(lines: tuple[Line, ...], found: list[Numbered]) -> list[Numbered]:
    """Make light what numbers a list: it begins at 1 below a line that ends in a colon."""
    weighed: list[Numbered] = []
    listed = 0  # the number that would go on with the list
    for each in found:
        above = lines[each.line - 1].text.rstrip() if each.line else ""
        if each.number == 1 and above.endswith(":") and not _INTRODUCES.search(above[-200:]):
            listed = 1
        if listed and each.number == listed and not names_question_or_motion(each.rest):
            each = replace(each, weight=each.weight - _LISTED)
            listed += 1
        else:
            listed = 0
        weighed.append(each)
    return weighed


def _read(
    lines: tuple[Line, ...], at: int, words: str, offset: int, agenda: bool
) -> Numbered | None:
    """Read the number that a line begins with, in the first form that fits."""
    bare = _BARE.match(words)
    if bare:
        return _bare(lines, at, bare, agenda)
    for form, style, extra in _FORMS:
        match = form.match(words)
        if not match:
            continue
        rest = " ".join(match["rest"].split())
        if _FLOATING.match(rest) or not _may_be_item(style, rest, agenda):
            return None  # "8. 9. 10. Questions": numbers that have lost their items
        weight = extra + _weigh(lines, at, rest, agenda)
        return _numbered(match, at, lines[at].start + offset, rest, weight, style)
    return None


def _may_be_item(style: str, rest: str, agenda: bool) -> bool:
    """Tell whether words after a number without a dot can be a title, not a row or a sentence."""
    if style == "item":
        return agenda or not rest or looks_like_heading(rest, 300)
    if style == "bare" and agenda:
        return looks_like_heading(rest, 250) or names_question_or_motion(rest)
    if style == "bare":
        return looks_like_heading(rest) and len(re.findall(r"\d+", rest)) <= _ROW_NUMBERS
    return True


def _bare(lines: tuple[Line, ...], at: int, bare: re.Match[str], agenda: bool) -> Numbered | None:
    """A number alone: the title is the next line, unless numbers have floated off their items."""
    after = lines[at + 1].text if at + 1 < len(lines) else ""
    before = lines[at - 1].text if at else ""
    if not after or _BARE.match(after) or _BARE.match(before):
        return None
    rest = " ".join(after.split())
    if _FLOATING.match(rest):
        return None
    if re.search(r"[.:)]\s*$", bare.group()) is None and not looks_like_heading(rest):
        return None  # a page number
    dotted = re.search(r"[.:)]", bare.group()) is not None
    weight = _weigh(lines, at + 1, rest, agenda) + (0.5 if dotted else -2.0)
    return _numbered(bare, at, lines[at].start, "", weight, "dot" if dotted else "bare")


def _numbered(
    match: re.Match[str], at: int, start: int, rest: str, weight: float, style: str = "dot"
) -> Numbered:
    letter = match["letter"].lower()
    printed = match["number"] + (f"({letter})" if match.re is _PART else letter)
    return Numbered(int(match["number"]), letter, printed, at, start, rest, weight, style)


def _inside(lines: tuple[Line, ...], at: int, offset: int) -> Iterator[Numbered]:
    line = lines[at]
    for match in _INSIDE.finditer(line.text, offset):
        rest = " ".join(line.text[match.end() :].split())
        yield _numbered(match, at, line.start + match.start() + 1, rest, 0.0)


def _read_slashed(
    lines: tuple[Line, ...], found: list[tuple[int, re.Match[str]]]
) -> Iterator[Numbered]:
    """Minute numbers like "45/23" or "2023/45": the part that changes is the number."""
    firsts = {match["first"] for _, match in found}
    seconds = {match["second"] for _, match in found}
    part = "first" if len(firsts) >= len(seconds) else "second"
    for at, match in found:
        rest = " ".join(match["rest"].split())
        both = re.match(r"(\d{1,3})\.\s+", rest)
        rest = rest[both.end() :] if both else rest
        alone = _SLASHED_ALONE.match(lines[at].text)
        if looks_like_heading(rest, 250) or shouts(rest) or run_in_title(rest):
            weight = 1.0 + _weigh(lines, at + 1 if alone else at, rest, agenda=False)
            yield Numbered(
                int(match[part]),
                "",
                match["print"],
                at,
                lines[at].start,
                "" if alone else rest,
                weight,
                "slash",
                both[1] if both else None,
            )


def _read_yeared(
    lines: tuple[Line, ...], yeared: list[tuple[int, re.Match[str]]], others: list[Numbered]
) -> list[Numbered]:
    """Numbers like "21.44", where they can be nothing but the year's 44th item."""
    headed = [(at, match) for at, match in yeared if looks_like_heading(match["rest"].strip(), 250)]
    years = {match["first"] or match["year"] for _, match in headed}
    seconds = {match["second"] for _, match in headed}
    alone = len(years) == 1 and not any(str(each.number) in years for each in others)
    if not alone or len(headed) < _FEWEST_YEARED or len(seconds) < len(headed):
        return []
    return [
        Numbered(
            int(match["second"]),
            "",
            match["print"],
            at,
            lines[at].start,
            rest := " ".join(match["rest"].split()),
            1.0 + _weigh(lines, at, rest, agenda=False),
            "slash",
        )
        for at, match in headed
    ]


def _weigh(lines: tuple[Line, ...], at: int, rest: str, agenda: bool) -> float:
    """Return how much a numbered line looks like an item's heading; above 0 it does."""
    line = lines[at]
    weight = 1.0 + (1.5 if line.heading else 0.0)
    if not rest:
        return weight - 2
    if names_question_or_motion(rest) or is_known_heading(rest) or asks_or_moves(rest):
        weight += 3
    if is_task(rest):
        weight += 2
    if _MONTH.match(rest):
        return -5.0
    if (rest[0].islower() or rest[0].isdigit() or rest[0] in "£€$%") and not _REFERENCE.match(rest):
        weight -= 3
    if shouts(rest[:80]):
        weight += 1
    if agenda:
        return weight + (0.5 if len(rest) < 200 else 0.0)
    rest = run_in_title(rest) or rest
    if len(rest) > 220 and not opens_later(rest):
        weight -= 1.5
    elif looks_like_heading(rest):
        weight += 1
    if rest.endswith((".", ";", ",")) and len(rest) > 60 and capital_share(rest) < 0.6:
        weight -= 1.5
    if opens_business(rest):
        weight -= 2
    elif at + 1 < len(lines) and opens_business(lines[at + 1].text):
        weight += 1
    return weight


def opens_later(rest: str) -> bool:
    """Tell whether a long block begins with a title: bad OCR runs both together."""
    start = re.search(
        r"\s(?=(?:Circulated|The |Mr|Ms|It was|On the proposal|Proposed|I will|\| will))",
        rest[:200],
    )
    return bool(start) and capital_share(rest[: start.start()]) >= 0.6 if start else False
