"""Questions whose answers are known, each with its candidates: asked once, ordered many times.

Finding a question's candidates takes nearly all of its time; to order them with a voice silenced,
or with other weights, costs next to nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from api.cli.measuring import read_questions
from api.measuring import Question, holds, same_paper
from ingest.embedding import Embedder
from search.answer import Filters
from search.ask import DEPTH
from search.candidates import rarity
from search.duplicates import collapse
from search.fusion import ordered
from search.holdings import KeptPassage
from search.query import understand
from search.ranking import COUNTS, Found, Voices, rank
from search.view import View
from tests.benchmarks.qmsum import Transcripts
from tests.shared import shared

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
    answerable: bool
    gold: frozenset[str]

    def rank(self, counts: Voices = COUNTS) -> int | None:
        """Return the place of the first hit under these weights, from 1; None below DEEPEST."""
        scores = {each: voices.score(counts) for each, voices in self.found.voices.items()}
        papers = {each: kept.paper for each, kept in self.found.kept.items()}
        best_first = [identity for identity, _ in ordered(scores)]
        shown = collapse(best_first, papers, self.found.stems, DEEPEST)
        places = (at for at, group in enumerate(shown, start=1) if group.first in self.gold)
        return next(places, None)


def of_papers(name: str, view: View, embedder: Embedder) -> list[Case]:
    """Put the questions of a file of the shared folder to the library of real papers."""
    questions = read_questions(shared() / "eval" / f"{name}.jsonl")
    return [
        _case(view, embedder, each.id, each.text, bool(each.gold), _quotes(each))
        for each in questions
    ]


def of_transcripts(transcripts: Transcripts, view: View, embedder: Embedder) -> list[Case]:
    """Put QMSum's questions to the library of its meetings."""
    return [
        _case(view, embedder, each.id, each.text, True, _among(transcripts.hits(each)))
        for each in transcripts.questions
    ]


def _case(
    view: View, embedder: Embedder, identity: str, text: str, answerable: bool, held: Holds
) -> Case:
    query = understand(text)
    vector = embedder.embed_queries([query.asked])[0]
    found = rank(
        query,
        view.by_words(query.stems, Filters(), DEPTH),
        view.by_meaning(vector, Filters(), DEPTH),
        view.passages,
        rarity(view, query.stems),
    )
    gold = frozenset(each for each, kept in found.kept.items() if held(kept))
    return Case(identity, found, view.background(vector), answerable, gold)


def _quotes(question: Question) -> Holds:
    return lambda kept: any(
        same_paper(kept.paper.source, gold.paper) and holds(kept.passage.text, gold.quote)
        for gold in question.gold
    )


def _among(passages: frozenset[str]) -> Holds:
    return lambda kept: kept.passage.id in passages
