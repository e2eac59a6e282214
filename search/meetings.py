"""One meeting's papers held together by item: what the agenda, reports and minutes say of each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from ingest.paper import PaperKind
from search.answer import PaperCard
from search.holdings import PaperItem
from search.words import content_words

LISTING = (PaperKind.AGENDA, PaperKind.PACK, PaperKind.MINUTES, PaperKind.DECISION)
"""Papers whose items are the meeting's business; in this order they name it."""

MUCH = 0.5
"""Share of the words of either title that two titles of one matter have in common."""

_NUMBERED = re.compile(r"^(?:agenda )?item (\d{1,3}[a-z]?)\b", re.IGNORECASE)


@dataclass(slots=True, eq=False)
class _Gathering:
    """A matter while its papers are looked for."""

    number: str | None
    title: str
    words: frozenset[str]
    places: list[PaperItem] = field(default_factory=list)
    papers: list[PaperCard] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Matter:
    """One item of a meeting's business, wherever its papers have it."""

    number: str | None
    """As the agenda numbers it."""
    title: str
    places: tuple[PaperItem, ...]
    """Where agenda, pack, minutes and decisions have it: an item of each paper."""
    papers: tuple[PaperCard, ...]
    """Reports and others that are about it as a whole."""


def business(
    cards: Sequence[PaperCard], items: Iterable[PaperItem]
) -> tuple[list[Matter], list[PaperCard]]:
    """Return a meeting's matters in the agenda's order, and the papers that belong to none.

    Agendas, packs and minutes belong to the meeting as a whole and are in neither list.

    Args:
        cards: the meeting's papers.
        items: their agenda items, each paper's in its order.
    """
    gathered = _gathered(items)
    listed = {place.card.id for each in gathered for place in each.places}
    others = []
    for card in cards:
        # A decision's own record often has no items: it is about one as a whole.
        if card.kind not in LISTING or (card.kind is PaperKind.DECISION and card.id not in listed):
            about = _about(gathered, card)
            others.append(card) if about is None else about.papers.append(card)
    return [
        Matter(each.number, each.title, tuple(each.places), tuple(each.papers)) for each in gathered
    ], others


def _gathered(items: Iterable[PaperItem]) -> list[_Gathering]:
    """Return the matters of the papers of LISTING; one that is new follows its paper's last one."""
    listed = [each for each in items if each.card.kind in LISTING and each.item.depth == 1]
    gathered: list[_Gathering] = []
    paper, last = "", -1
    for each in sorted(listed, key=lambda one: LISTING.index(one.card.kind)):
        if each.card.id != paper:
            paper, last = each.card.id, -1
        if not each.item.title:
            continue
        words = _words(each.item.title)
        matter = _same(gathered, words, each.item.number)
        if matter is None:
            matter = _Gathering(each.item.number, each.item.title, words)
            gathered.insert(last + 1, matter)
        last = gathered.index(matter)
        matter.places.append(each)
    return gathered


def _same(
    gathered: Sequence[_Gathering], words: frozenset[str], number: str | None
) -> _Gathering | None:
    """Return the matter that an item of these words is; a like number decides between like ones."""
    alike = [each for each in gathered if _share(words, each.words) >= MUCH]
    return max(
        alike,
        key=lambda each: (_share(words, each.words), number is not None and number == each.number),
        default=None,
    )


def _about(gathered: Sequence[_Gathering], card: PaperCard) -> _Gathering | None:
    """Return the matter that a paper is about: by the number in its file's name, or its title."""
    name = card.source.rpartition("/")[2]
    numbered = _NUMBERED.match(name)
    if numbered:
        for each in gathered:
            if each.number and each.number.casefold() == numbered[1].casefold():
                return each
    words = _words(f"{card.title} {name.rpartition('.')[0]}")
    alike = [
        each for each in gathered if len(each.words) > 1 and _within(each.words, words) >= MUCH
    ]
    return max(alike, key=lambda each: (_within(each.words, words), len(each.words)), default=None)


def _words(title: str) -> frozenset[str]:
    return frozenset(stem for _, stem in content_words(title))


def _share(one: frozenset[str], other: frozenset[str]) -> float:
    """Return the share of all the words of two titles that both have (Jaccard)."""
    return len(one & other) / len(one | other) if one or other else 1.0


def _within(title: frozenset[str], words: frozenset[str]) -> float:
    """Return the share of a title's words that are among others."""
    return len(title & words) / len(title)
