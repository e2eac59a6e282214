"""Questions whose answers are known, each with its candidates: asked once, ordered many times.

Finding a question's candidates takes nearly all of its time; to order them with a voice silenced,
or with other weights, costs next to nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from api.cli.measuring import read_questions
from api.measuring import Question, holds, same_paper
from ingest.embedding import Embedder
from ingest.paper import paper_id
from search.answer import Filters
from search.ask import find, signals
from search.confidence import Signals
from search.duplicates import Group, collapse
from search.fusion import ordered
from search.holdings import KeptPassage
from search.leaning import Plan, plan
from search.query import understand
from search.ranking import COUNTS, Found, Voices
from search.readings.question import read
from search.view import View
from tests.benchmarks.qmsum import Transcripts

DEEPEST = 5
"""Hits looked at."""

Holds = Callable[[KeptPassage], bool]
"""Tells whether a passage holds the answer."""


@dataclass(frozen=True, slots=True)
class Case:
    """A question, what was found for it, and which of the candidates hold its answer."""

    id: str
    found: Found
    background: float
    """Cosine of the question and an accidental passage."""
    gold: frozenset[str]
    answerable: bool
    removed: bool
    """The papers that answer it were taken away."""

    def rank(self, counts: Voices = COUNTS) -> int | None:
        """Return the place of the first hit under these weights, from 1; None below DEEPEST."""
        scores = {each: voices.score(counts) for each, voices in self.found.voices.items()}
        shown = self._shown([identity for identity, _ in ordered(scores)])
        places = (at for at, group in enumerate(shown, start=1) if group.first in self.gold)
        return next(places, None)

    def signals(self) -> Signals:
        """Return what speaks for an answer, as a member's question would have it."""
        shown = self._shown([identity for identity, _ in self.found.order])
        return signals(self.found, [each.first for each in shown], self.background)

    def _shown(self, best_first: Sequence[str]) -> list[Group]:
        papers = {each: kept.paper for each, kept in self.found.kept.items()}
        words = {identity: each.own for identity, each in self.found.stems.items()}
        return collapse(best_first, papers, words, DEEPEST)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, the papers that answer it (by id; none: no paper does), and its gold."""

    id: str
    text: str
    papers: frozenset[str]
    answerable: bool
    holds: Holds


def of_papers(file: Path, view: View, embedder: Embedder) -> list[Case]:
    """Put the questions of a file to a library, and again without the papers that answer them."""
    cards = view.papers()
    asked = [
        Asked(
            each.id,
            each.text,
            frozenset(
                card.id
                for card in cards
                if any(same_paper(card.source, gold.paper) for gold in each.gold)
            ),
            bool(each.gold),
            _quotes(each),
        )
        for each in read_questions(file)
    ]
    return _cases(asked, view, embedder)


def of_transcripts(transcripts: Transcripts, view: View, embedder: Embedder) -> list[Case]:
    """Put QMSum's questions to the library of its meetings, and again without their meeting."""
    asked = [
        Asked(
            each.id,
            each.text,
            frozenset([paper_id(each.meeting)]),
            True,
            _among(transcripts.hits(each)),
        )
        for each in transcripts.questions
    ]
    return _cases(asked, view, embedder)


def _cases(asked: Sequence[Asked], view: View, embedder: Embedder) -> list[Case]:
    every = [card.id for card in view.papers()]
    made = []
    for each in asked:
        planned = plan(understand(each.text), read(each.text, view, None))
        vector = embedder.embed_queries([planned.query.asked])[0]
        made.append(_case(view, each, planned, vector, Filters(), removed=False))
        if each.answerable:
            left = Filters(papers=tuple(one for one in every if one not in each.papers))
            made.append(_case(view, each, planned, vector, left, removed=True))
    return made


def _case(
    view: View,
    asked: Asked,
    planned: Plan,
    vector: NDArray[np.float32],
    filters: Filters,
    *,
    removed: bool,
) -> Case:
    found = find(view, planned, vector, filters)
    return Case(
        id=asked.id,
        found=found,
        background=view.background(vector),
        gold=frozenset(each for each, kept in found.kept.items() if asked.holds(kept)),
        answerable=asked.answerable and not removed,
        removed=removed,
    )


def _quotes(question: Question) -> Holds:
    return lambda kept: any(
        same_paper(kept.paper.source, gold.paper) and holds(kept.passage.text, gold.quote)
        for gold in question.gold
    )


def _among(passages: frozenset[str]) -> Holds:
    return lambda kept: kept.passage.id in passages
