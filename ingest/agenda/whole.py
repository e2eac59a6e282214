"""Papers whose items are not printed one below the other: packs, reports, one item's web page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.agenda.found import Found, as_items
from ingest.agenda.kinds import kind_of
from ingest.agenda.printed import printed_items
from ingest.agenda.titles import tidy_title
from ingest.meeting.heads import heads_item_page
from ingest.paper import AgendaItem, CleanText, OutlineEntry, PaperKind

_FLAGS = re.IGNORECASE
_NUMBERED = re.compile(
    r"^(?:item )?(?P<number>\d{1,3}[a-z]?)[.:]?\s+(?:[-–—]\s+)?(?P<title>\S.*)$", _FLAGS | re.DOTALL
)
_FRONT = re.compile(r"^\s*(?:agenda|front ?sheet|supplementary agenda|contents)\b", _FLAGS)
_ITEM_STAMP = re.compile(r"^\W*agenda item(?: no\.?)?\s?:?\s?(?P<number>\d{1,3}[a-z]?)\W*$", _FLAGS)
_HEAD_LINES = 12
_FEWEST_STAMPS = 2


def one_item(text: CleanText, kind: PaperKind) -> tuple[AgendaItem, ...]:
    """Return the one item that a report or an item's web page is about; () where none is told."""
    lines = [block for block in text.blocks[:_HEAD_LINES] if block.end > block.start]
    for at, block in enumerate(lines):
        words = text.text[block.start : min(block.end, block.start + 400)].strip()
        if heads_item_page(words) and at + 1 < len(lines):
            title = text.text[lines[at + 1].start : lines[at + 1].end][:300]
            found = Found(None, None, tidy_title(title), kind_of(title), 1, lines[at + 1].start)
            return as_items([found], text)
        stamp = _ITEM_STAMP.match(words)
        if stamp and kind in (PaperKind.REPORT, PaperKind.DECISION, PaperKind.APPENDIX):
            found = Found(stamp["number"].lower(), None, None, kind_of(None), 1, 0)
            return as_items([found], text)
    return ()


@dataclass(frozen=True, slots=True)
class _Place:
    number: str | None
    title: str
    page: int
    depth: int


def items_of_pack(text: CleanText) -> tuple[AgendaItem, ...]:
    """Return an item for each numbered entry of the outline; without any, the front page's."""
    places = _numbered_entries(text.outline)
    if not places:
        return _front_items(text)
    starts = {page.number: page.start for page in text.pages}
    found = [
        Found(each.number, None, tidy_title(each.title), kind_of(each.title), 1, starts[each.page])
        for each in places
        if each.page in starts
    ]
    found.sort(key=lambda each: each.start)
    return as_items(found, text)


def _numbered_entries(outline: Sequence[OutlineEntry]) -> list[_Place]:
    numbered = [
        (entry, match) for entry in outline if (match := _NUMBERED.match(entry.title.strip()))
    ]
    if not numbered:
        return []
    # Bookmarks inside a report ("1. Background") lie deeper than the items.
    depth = min(entry.depth for entry, _ in numbered)
    return [
        _Place(match["number"], " ".join(match["title"].split()), entry.page, depth)
        for entry, match in numbered
        if entry.depth == depth and not _FRONT.match(entry.title)
    ]


def _front_items(text: CleanText) -> tuple[AgendaItem, ...]:
    """Without an outline the agenda at the front says what the items are.

    Where each report begins with "Agenda Item 2", the item is the report, not its line in front.
    """
    front = printed_items(text, agenda=True)
    stamps: dict[str, int] = {}
    for block in text.blocks:
        stamp = _ITEM_STAMP.match(text.text[block.start : min(block.end, block.start + 40)])
        if stamp:
            stamps.setdefault(stamp["number"].lower(), block.start)
    listed = {each.number for each in front if each.depth == 1}
    if len(listed & stamps.keys()) < _FEWEST_STAMPS:
        return front
    first = min(stamps.values())
    found = [
        Found(
            each.number,
            each.minute,
            each.title,
            each.kind,
            each.depth,
            stamps.get(each.number or "", each.start),
            exempt=each.exempt,
        )
        for each in front
        if each.start < first
    ]
    return as_items(sorted(found, key=lambda each: each.start), text)
