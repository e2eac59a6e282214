"""What belongs to what: an appendix to its report, a report to its agenda item.

Only by evidence that both papers print: a decision's number in both names, the report's own list of
appendices, an agenda item's number or title. Where two papers fit as well, neither is named: a
wrong report is worse than none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from ingest.paper import PaperKind
from search.answer import ItemCard, PaperCard

ALIKE = 0.6
"""Share of the shorter title's words that stand in the other, for two titles to name one thing."""
_FEWEST_WORDS = 2
"""Words in common, or all of a title that has fewer."""
_OPENING = 400
"""Characters at the start of a paper in which it says whose appendix it is."""
_LIST = 2_500
"""Characters of a report's list of appendices."""

_REFERENCE = re.compile(r"(?<![\d/\-])(\d{2,4})\s?[/\-]?\s?(\d{4,6})(?![\d/])")
"""A decision's or application's number: "24/00115", in file names "24-00115"."""
_LETTER = re.compile(r"\b(?:appendix|annex|schedule)\s+(?P<letter>[a-z]|\d{1,2})\b", re.IGNORECASE)
_TO_ITEM = re.compile(
    r"\b(?:appendix|annex)\b[^.\n]{0,20}?\bto\s(?:agenda\s)?item\s(?:no\.?\s)?(?P<number>\d{1,3}\w?)\b",
    re.IGNORECASE,
)
_NAMED_ITEM = re.compile(r"^(?:agenda )?item (?P<number>\d{1,3}[a-z]?)\b", re.IGNORECASE)
_LISTED = re.compile(
    r"^[\s•\-–|]*(?:appendix|annex)\s+(?P<letter>[a-z]|\d{1,2})\b[\s:–\-.|]+(?P<title>\S.{2,119})$",
    re.IGNORECASE | re.MULTILINE,
)
_HEAD = re.compile(r"^.{0,20}\bappendices\b.{0,12}$", re.IGNORECASE | re.MULTILINE)
_LETTER_FIRST = re.compile(
    r"(?:^|\s)(?P<letter>[A-Z])[:.]\s(?P<title>[A-Z][^:\n]{4,100}?)(?=\s[A-Z]:|$)", re.M
)
_LETTER_LAST = re.compile(r"(?P<title>[A-Z][^–\n]{4,110}?)\s–\s(?P<letter>[A-Z])(?=\s|$)", re.M)
_WORD = re.compile(r"[^\W\d_]{3,}")
_SMALL = frozenset("the and for appendix annex final draft".split())
_REPORTS = (PaperKind.REPORT,)
_AGENDAS = (PaperKind.AGENDA, PaperKind.PACK, PaperKind.MINUTES)
_PARTS = (PaperKind.APPENDIX, PaperKind.DECISION)


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A paper of the same folder."""

    card: PaperCard
    text: str
    items: tuple[ItemCard, ...]


@dataclass(frozen=True, slots=True)
class Tie:
    """What a paper belongs to, or what belongs to it, and the words that show it."""

    card: PaperCard
    item: ItemCard | None
    evidence: str


@dataclass(frozen=True, slots=True)
class Belonging:
    """Where a paper belongs, as far as papers say so."""

    report: Tie | None = None
    """Of an appendix or a decision's draft: the report it came with."""
    agenda: Tie | None = None
    """The agenda, pack or minutes that name its item, and that item."""
    appendices: tuple[Tie, ...] = ()
    """Of a report: what came with it."""


def belonging(paper: Neighbour, neighbours: Sequence[Neighbour]) -> Belonging:
    """Return where a paper belongs among the others of its folder."""
    report = _report_of(paper, neighbours)
    agenda = _agenda_of(paper, neighbours)
    if agenda is None and report is not None:
        owner = next(each for each in neighbours if each.card.id == report.card.id)
        agenda = _agenda_of(owner, neighbours)
    appendices = []
    if paper.card.kind in _REPORTS:
        everyone = [paper, *neighbours]
        for each in neighbours:
            tie = _report_of(each, [other for other in everyone if other is not each])
            if tie is not None and tie.card.id == paper.card.id:
                appendices.append(Tie(each.card, None, tie.evidence))
    return Belonging(report, agenda, tuple(appendices))


def _name(paper: Neighbour) -> str:
    return PurePosixPath(paper.card.source).stem


def _reference(words: str) -> str | None:
    match = _REFERENCE.search(words)
    return f"{match[1]}/{match[2]}" if match else None


def _report_of(paper: Neighbour, neighbours: Sequence[Neighbour]) -> Tie | None:
    """Return the one report that a paper came with."""
    if paper.card.kind not in _PARTS:
        return None
    reports = [each for each in neighbours if each.card.kind in _REPORTS]
    reference = _reference(_name(paper))
    if reference:
        reports = [each for each in reports if _reference(_name(each)) == reference]
        if len(reports) == 1:
            return Tie(reports[0].card, None, f"the number {reference} in both names")
    found = [(each, words) for each in reports if (words := _lists(each, paper))]
    if len(found) == 1:
        report, words = found[0]
        return Tie(report.card, None, words)
    return None


def _lists(report: Neighbour, paper: Neighbour) -> str | None:
    """Return the line of a report's list of appendices that names a paper, if one does."""
    own = _LETTER.search(_name(paper)) or _LETTER.search(paper.text[:_OPENING])
    if own is None:
        return None
    for letter, title in _listed(report.text):
        if letter.casefold() == own["letter"].casefold() and _alike(title, paper):
            return f"“{letter}: {title}”"
    return None


def _listed(text: str) -> Iterator[tuple[str, str]]:
    """Yield the letter and title of each appendix that a report lists."""
    for match in _LISTED.finditer(text):
        yield match["letter"], match["title"].strip()
    for head in _HEAD.finditer(text):
        part = text[head.end() : head.end() + _LIST]
        for form in (_LETTER_FIRST, _LETTER_LAST):
            for match in form.finditer(part):
                yield match["letter"], " ".join(match["title"].split())


def _words(title: str) -> set[str]:
    return {word for word in _WORD.findall(title.casefold()) if word not in _SMALL}


def _alike(title: str, paper: Neighbour) -> bool:
    """Tell whether a title names a paper, as it is titled or as its file is named."""
    wanted = _words(title)
    for name in (paper.card.title, _name(paper)):
        shorter, longer = sorted((wanted, _words(name)), key=len)
        common = len(shorter & longer)
        if common >= min(_FEWEST_WORDS, len(shorter)) > 0 and common >= ALIKE * len(shorter):
            return True
    return False


def _agenda_of(paper: Neighbour, neighbours: Sequence[Neighbour]) -> Tie | None:
    """Return the item that a paper is taken under, where all papers that name it agree."""
    if paper.card.kind in _AGENDAS:
        return None
    for finds in (_by_number, _by_reference, _by_title):
        ties = [tie for each in _agendas(paper, neighbours) for tie in finds(paper, each)]
        numbers = {tie.item.number for tie in ties if tie.item and tie.item.number}
        if ties and len(numbers) <= 1:
            return min(ties, key=lambda tie: _AGENDAS.index(tie.card.kind))
        if len(numbers) > 1:
            return None
    return None


def _agendas(paper: Neighbour, neighbours: Sequence[Neighbour]) -> list[Neighbour]:
    """Return the agendas of its meeting; of an undated paper, where all are of one day."""
    found = [each for each in neighbours if each.card.kind in _AGENDAS and each.card.meeting_date]
    when = paper.card.meeting_date
    if when is not None:
        return [each for each in found if each.card.meeting_date == when]
    days = {each.card.meeting_date for each in found if each.card.kind is PaperKind.AGENDA}
    return [each for each in found if each.card.meeting_date in days] if len(days) == 1 else []


def _by_number(paper: Neighbour, agenda: Neighbour) -> Iterator[Tie]:
    """By "Agenda Item 6" at its head, "Appendix B to item 7", or its file's name."""
    stamped = paper.items[0].number if len(paper.items) == 1 else None
    said = _TO_ITEM.search(paper.text[:_OPENING]) or _NAMED_ITEM.match(_name(paper))
    number = stamped or (said["number"] if said else None)
    for item in agenda.items:
        if number and item.number == number:
            yield Tie(agenda.card, item, said.group() if said and not stamped else f"item {number}")


def _by_reference(paper: Neighbour, agenda: Neighbour) -> Iterator[Tie]:
    """By a decision's number in the title of the item and in the paper's name or head."""
    reference = _reference(_name(paper)) or _reference(paper.text[:_OPENING])
    for item in agenda.items:
        if reference and _reference(item.title or "") == reference:
            yield Tie(agenda.card, item, f"the number {reference} in both")


def _by_title(paper: Neighbour, agenda: Neighbour) -> Iterator[Tie]:
    """By the item's title, of which the paper's title has all words, or the other way round."""
    own = _words(paper.card.title)
    for item in agenda.items:
        words = _words(item.title or "")
        shorter, longer = sorted((own, words), key=len)
        if len(shorter) >= _FEWEST_WORDS and shorter <= longer and paper.card.kind in _REPORTS:
            yield Tie(agenda.card, item, f"“{item.title}”")
