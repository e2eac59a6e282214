"""What a question's readings do: what is searched, and which passages they move up.

A soft reading never leaves a passage out, it adds a voice of its own to the score: a wrong filter
costs the answer, a wrong voice a place or two.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import exp

from ingest.paper import PaperKind, PaperState
from search.answer import PaperCard
from search.periods import nearness
from search.query import Query
from search.ranking import Found
from search.readings.holding import Holding
from search.readings.question import needed
from search.readings.reading import STANDING_FOR, Reading, ReadingKind
from search.words import content_words, stem_of

RECENT_DAYS = 365.0
"""Days over which the voice of the latest falls to about a third."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How a question is searched, as it was read."""

    query: Query
    """What ranks: misspelt words mended.

    Words that were read stay: without those that name a body, a day or a kind of paper, four fewer
    of 163 questions had their answer first."""
    lesser: tuple[str, ...]
    """Stems that bring passages up beside the query's: they stand for words of the question."""
    holding: Holding
    readings: tuple[Reading, ...]


def plan(query: Query, readings: Sequence[Reading]) -> Plan:
    """Return how a question is searched."""
    mended = _mended(query, readings)
    lesser = {
        stem: None
        for each in readings
        if each.kind in STANDING_FOR
        for value in each.values
        for stem in _stems(value)
        if stem not in mended.stems
    }
    return Plan(
        query=mended,
        lesser=tuple(lesser),
        holding=needed(readings),
        readings=tuple(readings),
    )


def lean(found: Found, readings: Sequence[Reading]) -> Found:
    """Return the candidates of a question with the voices of its readings, in their order."""
    if not readings:
        return found
    by_kind: dict[ReadingKind, list[Reading]] = defaultdict(list)
    for each in readings:
        if not each.hard and each.held:
            by_kind[each.kind].append(each)
    bodies = {value for each in by_kind[ReadingKind.BODY] for value in each.values}
    people = {value for each in by_kind[ReadingKind.PERSON] for value in each.values}
    kinds = {PaperKind(value) for each in by_kind[ReadingKind.KIND] for value in each.values}
    draft = bool(by_kind[ReadingKind.STATE])
    named = [each.period for each in readings if each.period is not None]
    latest = _latest(found) if by_kind[ReadingKind.ORDER] else None
    stood_for = {identity: _stood_for(found, identity, readings) for identity in found.voices}
    leaned = found.heard(
        {
            identity: replace(
                voices,
                date=nearness(named, kept.paper.meeting_date),
                body=float(kept.paper.body in bodies),
                person=float(not people.isdisjoint(kept.passage.speakers)),
                kind=float(_of_kind(kept.paper, kinds, draft)),
                latest=_recency(kept.paper.meeting_date, latest),
                stands_for=found.share(stood_for[identity]),
            )
            for identity, voices in found.voices.items()
            for kept in (found.kept[identity],)
        }
    )
    held = {
        identity: stems_held | stood_for[identity] for identity, stems_held in found.held.items()
    }
    return replace(leaned, held=held)


def _mended(query: Query, readings: Sequence[Reading]) -> Query:
    """Return a question with its misspelt words as the papers write them."""
    mended = {each.words: each.values[0] for each in readings if each.kind is ReadingKind.SPELLING}
    if not mended:
        return query
    found: dict[str, str] = {}
    for word, stem in zip(query.words, query.stems, strict=True):
        found.setdefault(_stem(mended[word]) if word in mended else stem, word)
    asked = query.asked
    for typed, held in mended.items():
        asked = asked.replace(typed, held)
    return replace(query, asked=asked, words=tuple(found.values()), stems=tuple(found))


def _of_kind(paper: PaperCard, kinds: Collection[PaperKind], draft: bool) -> bool:
    """Tell whether a paper is of a kind that is named; where a draft is, whether it is one."""
    if draft and paper.state is not PaperState.DRAFT:
        return False
    return paper.kind in kinds or (draft and not kinds)


def _latest(found: Found) -> date | None:
    days = [each.paper.meeting_date for each in found.kept.values() if each.paper.meeting_date]
    return max(days, default=None)


def _recency(met: date | None, latest: date | None) -> float:
    """Return how late a meeting is: 1 the latest of the candidates', falling to 0."""
    return exp(-(latest - met).days / RECENT_DAYS) if met and latest else 0.0


def _stood_for(found: Found, identity: str, readings: Sequence[Reading]) -> frozenset[str]:
    """Return the question's stems that a passage lacks while it holds what they stand for."""
    credited: set[str] = set()
    for each in readings:
        if each.kind not in STANDING_FOR:
            continue
        typed = {stem for _, stem in content_words(each.words)} & set(found.query.stems)
        lacking = typed - found.held[identity]
        if lacking and any(_holds(found, identity, _stems(value)) for value in each.values):
            credited |= lacking
    return frozenset(credited)


def _holds(found: Found, identity: str, wanted: Collection[str]) -> bool:
    return all(map(found.stems[identity].holds, wanted))


def _stems(term: str) -> list[str]:
    return [stem for _, stem in content_words(term)]


def _stem(word: str) -> str:
    return next(iter(stem_of(word)), word)
