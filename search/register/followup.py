"""What later papers report on an entry, and what that suggests; nothing is ever set by it.

It is worked out for one entry when it is asked for: the index of words brings up passages of later
meetings, and they are compared by rare words, names and references, and meaning. Papers that print
the entry's own meeting again (its minutes in the next pack) tell nothing new and are left out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from math import fsum
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from ingest.sentences import sentence_spans
from search.answer import Filters
from search.candidates import Ranking
from search.confidence import nearness
from search.duplicates import CONTAINED, Print, alike, print_of
from search.holdings import KeptPassage
from search.register.completion import Completion, completion, cover
from search.register.tying import Sought, sought_by, tied
from search.register.values import Entry
from search.words import stems

DEPTH = 60
"""Passages that are read, the best by words. For 250 entries of two councils, when looser ties
counted, these held 75 pieces of the evidence that a hundred from each index held, 80, at a third of
the time; those found by meaning alone share too few words to count."""

FORMULA = 0.5
"""Share of the sentence's runs of words from which a passage is the same form of words for another
occasion ("agreed to hold the May meeting"), unless it tells of completion."""

HORIZON = timedelta(days=2 * 365)
"""How long after its day, or its meeting, an entry is reported on; what is alike later is another
year's business of the same kind."""

MEANING = 0.5
"""What nearness counts, against 1 for the words and NAMES for names and references."""

NAMES = 0.2
SAME_ITEM = 0.2
"""Under an agenda item of the same title: an action brought back, a standing item."""

COMPLETED = 0.5
MOST_EVIDENCE = 5
"""Passages that an officer reads before deciding."""

NOT_TOLD = re.compile(
    r"^(?:hold|(?:re-?)?fix|reschedule)\b.*\b(?:[Mm]eeting|[Ww]orkshop)s?\b"
    r"|\b(?:[Mm]eeting|[Ww]orkshop)s?\b.{0,60}\bbe held\b"
    r"|^(?:refer|defer|send|forward)\b.{0,20}\b(?:[Mm]otion|item|matter)\b"
)
"""Undertakings that no later passage can be known by: to meet (all agendas look like it), and to
refer "this motion", whose own words say nothing of the matter."""


class Suggestion(StrEnum):
    """What the later papers suggest; an officer decides."""

    OPEN = "open"
    REPORTED = "reported on"
    DONE = "done"
    OVERDUE = "overdue"
    """It is open, its day has passed, and no later paper reports on it."""


class Later(Protocol):
    """One generation of a library, as far as following an entry up goes."""

    @property
    def passage_count(self) -> int:
        """How many passages there are."""
        ...

    def by_words(self, stems: Sequence[str], filters: Filters, limit: int) -> Ranking:
        """Return the passages that hold any of the stems, by BM25."""
        ...

    def passages(self, ids: Sequence[str]) -> Mapping[str, KeptPassage]:
        """Return passages by id; ids that are not held are left out."""
        ...

    def frequency(self, stem: str) -> int:
        """Return how many passages hold a stem in their own words."""
        ...

    def vectors(self, ids: Sequence[str]) -> Mapping[str, NDArray[np.float32]]:
        """Return the vectors of passages by id, of norm 1; ids that are not held are left out."""
        ...

    def background(self, question: NDArray[np.float32]) -> float:
        """Return the mean cosine of a vector and any passage: what an accidental one is."""
        ...

    def printed_by(self, text: str, body: str | None, meeting: date) -> float:
        """Return the share of a text's words that one paper of a meeting prints, 0 to 1."""
        ...


@dataclass(frozen=True, slots=True)
class Evidence:
    """A later passage that seems to report on an entry, and why."""

    kept: KeptPassage
    sentence: tuple[int, int]
    """The one that tells most: characters of the passage's text, end-exclusive."""
    words: tuple[str, ...]
    """Words of the action that it shares, as the entry has them, rarest first."""
    names: tuple[str, ...]
    """Names and references of the entry's sentence that it shares."""
    same_item: bool
    """It stands under an agenda item of the same title."""
    nearness: float
    """How near it is to the entry's passage in meaning: 0 accidental, 1 the same words."""
    completed: str | None
    """Its words that tell that the undertaking was carried out."""
    score: float
    """Orders the evidence of one entry; means nothing across entries."""


@dataclass(frozen=True, slots=True)
class FollowUp:
    """What the later papers tell of one entry."""

    suggested: Suggestion
    evidence: tuple[Evidence, ...]
    """Best first, at most MOST_EVIDENCE."""

    @property
    def latest(self) -> Evidence | None:
        """The evidence of the latest meeting, the best of it."""
        dated = [each for each in self.evidence if each.kept.paper.meeting_date]
        return max(dated, key=lambda each: (each.kept.paper.meeting_date, each.score), default=None)


def follow_up(held: Later, entry: Entry, today: date) -> FollowUp:
    """Return what papers of later meetings report on an entry.

    Args:
        held: one generation of a library.
        entry: as it stands; without a meeting date nothing is later than it.
        today: what was due before it is overdue.
    """
    evidence = tuple(_evidence(held, entry)) if entry.meeting_date else ()
    if any(each.completed for each in evidence):
        return FollowUp(Suggestion.DONE, evidence)
    if evidence:
        return FollowUp(Suggestion.REPORTED, evidence)
    return FollowUp(Suggestion.OVERDUE if entry.overdue(today) else Suggestion.OPEN, ())


def _evidence(held: Later, entry: Entry) -> list[Evidence]:
    sought = sought_by(held, entry)
    if not sought.telling or entry.meeting_date is None:
        return []
    if NOT_TOLD.search(entry.first.commitment.action):
        return []
    due = entry.present.due.last if entry.present.due else None
    latest = max(entry.meeting_date, due or entry.meeting_date)
    later = Filters(
        since=entry.meeting_date + timedelta(days=1),
        until=min(latest, date.max - HORIZON) + HORIZON,
    )
    passage = entry.first.commitment.passage or ""
    mine = held.vectors([passage]).get(passage)
    ranked = held.by_words(list(sought.words), later, DEPTH)
    kept = held.passages([identity for identity, _ in ranked])
    near = _nearness(held, mine, list(kept))
    found = [
        evidence
        for identity, each in kept.items()
        if (evidence := _of(each, sought, near.get(identity, 0.0))) is not None
    ]
    found.sort(key=lambda each: (-each.score, each.kept.passage.id))
    return _fresh(held, entry, found)


def _fresh(held: Later, entry: Entry, found: Sequence[Evidence]) -> list[Evidence]:
    """Return the first that tell anything new: not the entry's own meeting, nothing twice."""
    fresh: list[Evidence] = []
    prints: list[Print] = []
    for each in found:
        text = each.kept.passage.text
        mine = print_of(stems(text))
        if any(alike(mine, other) for other in prints) or _printed(held, entry, text):
            continue
        fresh.append(each)
        prints.append(mine)
        if len(fresh) == MOST_EVIDENCE:
            break
    return fresh


def _nearness(
    held: Later, mine: NDArray[np.float32] | None, ids: Sequence[str]
) -> dict[str, float]:
    if mine is None:
        return {}
    accidental = held.background(mine)
    vectors = held.vectors(ids)
    return {each: nearness(float(row @ mine), accidental) for each, row in vectors.items()}


def _of(kept: KeptPassage, sought: Sought, near: float) -> Evidence | None:
    """Return a passage as evidence; None where too little ties it to the entry."""
    own = stems(kept.passage.text)
    everything = frozenset(own) | frozenset(stems(kept.beside))
    share = cover(everything, sought.weight)
    title = tuple(stems(kept.item.title)) if kept.item and kept.item.title else ()
    same_item = title in sought.titles
    if not tied(kept, sought, everything, near, same_item=same_item):
        return None
    done = completion(kept.passage.text, sought.action, sought.weight)
    again = _shared(sought.shingles, own) if sought.shingles else 0.0
    if again >= (CONTAINED if done else FORMULA):
        return None  # the undertaking itself printed again, or another like it
    names = tuple(name for key, name in sought.names.items() if key and everything.issuperset(key))
    shared = sorted(sought.weight.keys() & everything, key=lambda stem: -sought.weight[stem])
    return Evidence(
        kept=kept,
        sentence=(done.start, done.end) if done else _best(kept.passage.text, sought),
        words=tuple(dict.fromkeys(sought.words[stem] for stem in shared)),
        names=tuple(dict.fromkeys(names)),
        same_item=same_item,
        nearness=near,
        completed=done.words if done else None,
        score=_score(share, near, names, sought, same_item, done),
    )


def _score(
    share: float,
    near: float,
    names: Sequence[str],
    sought: Sought,
    same_item: bool,
    done: Completion | None,
) -> float:
    return fsum(
        (
            share,
            MEANING * near,
            NAMES * len(names) / max(len(sought.names), 1),
            SAME_ITEM * same_item,
            COMPLETED * (done.cover if done else 0.0),
        )
    )


def _best(text: str, sought: Sought) -> tuple[int, int]:
    """Return the sentence that holds most of the action's words, the first of equals."""
    spans = sentence_spans(text) or [(0, len(text))]
    shares = [cover(frozenset(stems(text[slice(*span)])), sought.weight) for span in spans]
    return spans[shares.index(max(shares))]


def _shared(shingles: frozenset[tuple[str, ...]], words: Sequence[str]) -> float:
    return len(shingles & print_of(words).shingles) / len(shingles)


def _printed(held: Later, entry: Entry, text: str) -> bool:
    """Tell whether a passage prints again what papers of the entry's own meetings say."""
    meetings = {
        (place.paper.body, place.paper.meeting_date)
        for place in entry.places
        if place.paper.meeting_date
    }
    return any(held.printed_by(text, body, day) >= CONTAINED for body, day in meetings if day)
