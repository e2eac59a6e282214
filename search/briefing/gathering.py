"""Gathers the passages that speak of a matter: as many as there are, and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ingest.paper import PaperKind
from search.answer import Filters
from search.briefing.relevance import Measure, rarity
from search.briefing.values import Matter
from search.confidence import nearness
from search.errors import EmptyQuery
from search.holdings import KeptPassage
from search.leaning import plan
from search.query import Query, understand
from search.readings.question import read
from search.readings.reading import STANDING_FOR, Reading
from search.view import View
from search.words import content_words

DEPTH = 600
"""Passages that the words bring up, of which those on the matter are kept. "Greenway" stands in 400
of the 24,059 passages of three councils' papers; few matters stand in more."""

BY_MEANING = 100
"""Passages that the meaning brings up: as many as a question is given."""

NEAR = 0.6
"""How near a passage that holds few of the matter's words has to be in meaning (0 accidental, 1 the
same words): papers that call it by another name."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """A passage on the matter."""

    kept: KeptPassage
    near: float
    """How near it is in meaning: 0 accidental, 1 the same words."""
    item: bool
    """Its agenda item, or its whole paper, is on the matter, by its title."""


def measure_of(view: View, matter: Matter) -> tuple[Query, Measure]:
    """Return how a matter is searched and measured.

    Raises:
        EmptyQuery: its topic holds no word to search for.
    """
    query = understand(matter.topic)
    if not query.stems:
        raise EmptyQuery
    readings = read(matter.topic, view, matter.today)
    planned = plan(query, readings)
    ways = [planned.query.stems, *_spelt_out(planned.query, readings)]
    count = view.passage_count
    return planned.query, Measure(
        tuple({stem: rarity(view.frequency(stem), count) for stem in way} for way in ways)
    )


def gather(
    view: View, measure: Measure, vector: NDArray[np.float32], filters: Filters
) -> list[Gathered]:
    """Return the passages that speak of a matter, in the order of their papers.

    Args:
        view: one generation of a library.
        measure: of the matter.
        vector: the matter's, of norm 1.
        filters: which papers may be quoted.
    """
    by_words = view.by_words(measure.stems, filters, DEPTH)
    by_meaning = view.by_meaning(vector, filters, BY_MEANING)
    ids = list({identity: None for identity, _ in (*by_words, *by_meaning)})
    vectors = view.vectors(ids)
    accidental = view.background(vector)
    found = []
    for identity, kept in view.passages(ids).items():
        mine = vectors.get(identity)
        near = 0.0 if mine is None else nearness(float(mine @ vector), accidental)
        item = measure.speaks(kept.item.title if kept.item else None)
        whole = _is_whole(kept) and measure.speaks(kept.paper.title)
        if item or whole or near >= NEAR or measure.speaks(kept.passage.text):
            found.append(Gathered(kept, near, item or whole))
    return sorted(found, key=_place)


def _is_whole(kept: KeptPassage) -> bool:
    """Tell whether a paper is on one matter, which its title names."""
    return kept.paper.kind not in (PaperKind.MINUTES, PaperKind.PACK, PaperKind.AGENDA)


def _place(found: Gathered) -> tuple[str, str, int]:
    day = found.kept.paper.meeting_date
    return (day.isoformat() if day else "9", found.kept.paper.id, found.kept.passage.citation.start)


def _spelt_out(query: Query, readings: Sequence[Reading]) -> list[tuple[str, ...]]:
    """Return the stems of a matter with each acronym or everyday word as what it stands for."""
    ways = []
    for each in readings:
        if each.kind in STANDING_FOR:
            typed = {stem for _, stem in content_words(each.words)}
            left = [stem for stem in query.stems if stem not in typed]
            for value in each.values:
                spelt = [stem for _, stem in content_words(value)]
                ways.append(tuple(dict.fromkeys([*left, *spelt])))
    return ways
