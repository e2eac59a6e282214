"""From a question to an Answer: candidates, ranking, twins, sentences, reasons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from ingest.embedding import Embedder
from search.answer import Answer, Filters, Hit, Reasons, Twin, Wishes
from search.candidates import Candidates, rarity
from search.confidence import Signals, confidence, nearness
from search.duplicates import Group, collapse
from search.errors import EmptyQuery, QuestionTooLong
from search.explaining import Stopwatch, traced
from search.holdings import KeptPassage
from search.laying_out import by_meeting, in_order, item_key
from search.leaning import Plan, lean, plan
from search.query import understand
from search.ranking import Found, rank
from search.readings.question import read
from search.readings.reading import EVERYTHING, without
from search.reranking import Reranker, reread
from search.sentences import (
    Sentence,
    best_by_meaning,
    best_by_words,
    sentences,
)
from search.tables import TableSlice

LONGEST_QUESTION = 1_000
"""Characters."""

MOST_HITS = 50
"""No one reads further, and every hit costs its sentences."""

DEPTH = 100
"""Candidates from each index: of 105 questions, 98 had their answer among them, from 50 each 94."""

ANSWERED = 0.5
"""Confidence from which the papers are said to answer."""

READ_CLOSELY = 2
"""Hits whose sentences are compared by meaning; below them the words choose. Of 162 hits with the
answer, a third one compared marked none better; the first alone, one fewer."""

READ_CHARACTERS = 250
"""Of a sentence whose meaning is compared: a longer one is a list or a broken table, and would take
the time of several."""


class Asker:
    """Answers questions from any library made with its embedder."""

    def __init__(self, embedder: Embedder, reranker: Reranker | None = None) -> None:
        """Take the model that made the library's vectors, and one that reads the head again."""
        self._embedder = embedder
        self._reranker = reranker

    def ask(
        self,
        held: Candidates,
        question: str,
        filters: Filters | None = None,
        limit: int = 10,
        wishes: Wishes | None = None,
        watch: Stopwatch | None = None,
    ) -> Answer:
        """Return the passages that answer a question, best first.

        The same question to the same generation gives the same answer.

        Args:
            held: one generation of a library.
            question: as it was typed, up to LONGEST_QUESTION characters.
            filters: which papers may answer.
            limit: hits wanted, 1 to MOST_HITS; values outside are brought inside.
            wishes: how to read the question and lay out the answer.
            watch: times the stages.

        Raises:
            EmptyQuery: nothing to search for.
            QuestionTooLong: more than LONGEST_QUESTION characters.
            ModelMismatch: another model made the library's vectors.
        """
        filters, wishes, watch = filters or Filters(), wishes or Wishes(), watch or Stopwatch()
        limit = max(1, min(limit, MOST_HITS))
        planned = _planned(held, question, wishes)
        query = planned.query
        held.require_model(self._embedder.name)
        watch.lap("reading")
        vector = self._embedder.embed_queries([query.asked])[0]
        watch.lap("embedding")
        found = find(held, planned, vector, filters, watch)
        if self._reranker:
            found = reread(found, self._reranker)
            watch.lap("reading again")
        facets = held.facets(query.stems, filters, planned.holding)
        watch.lap("facets")
        readings = _readings(found, limit)
        shown = [each.group.first for each in readings]
        sure = confidence(signals(found, shown, held.background(vector))) if shown else 0.0
        readings = self._compare(readings, vector)
        watch.lap("sentences")
        readings = in_order(readings, wishes.order, lambda each: _met(found, each))
        tables = held.tables([each.group.first for each in readings])
        hits = tuple(_hit(at, each, found, tables) for at, each in enumerate(readings, start=1))
        best = [each.best for each in readings]
        return Answer(
            question=question,
            asked=query.asked,
            filters=filters,
            hits=hits,
            answered=sure >= ANSWERED,
            confidence=sure,
            generation=held.generation,
            readings=planned.readings,
            facets=facets,
            meetings=by_meeting(hits) if wishes.group else (),
            trace=traced(found, best, watch) if wishes.explain else None,
        )

    def _compare(self, readings: Sequence[_Reading], vector: NDArray[np.float32]) -> list[_Reading]:
        """Let the meaning of their sentences help to choose the answers of the first hits."""
        head, rest = readings[:READ_CLOSELY], readings[READ_CLOSELY:]
        open_to_doubt = [each for each in head if len(each.sentences) > 1]
        texts = [
            each.text[slice(*one.span)][:READ_CHARACTERS]
            for each in open_to_doubt
            for one in each.sentences
        ]
        known = iter((self._embedder.embed_passages(texts) @ vector).tolist() if texts else ())
        compared = {
            each.group.first: each.compared([next(known) for _ in each.sentences])
            for each in open_to_doubt
        }
        return [*(compared.get(each.group.first, each) for each in head), *rest]


@dataclass(frozen=True, slots=True)
class _Reading:
    """A hit in the making."""

    group: Group
    best: str
    """The passage of the group that stood first, and whose score it has."""
    score: float
    text: str
    sentences: tuple[Sentence, ...]
    """The best by words, best first."""
    answer: Sentence

    def compared(self, cosines: Sequence[float]) -> _Reading:
        """Return it with the answer chosen by the meaning of its sentences too."""
        return replace(self, answer=best_by_meaning(self.sentences, cosines))


def _planned(held: Candidates, question: str, wishes: Wishes) -> Plan:
    """Return how a question is searched, as it is read by whoever asks.

    Raises:
        EmptyQuery, QuestionTooLong: it is no question.
    """
    if len(question) > LONGEST_QUESTION:
        raise QuestionTooLong(len(question), LONGEST_QUESTION)
    query = understand(question)
    if not query.stems:
        raise EmptyQuery
    plain = EVERYTHING in wishes.ignored
    read_as = () if plain else without(read(question, held, wishes.today), wishes.ignored)
    return plan(query, read_as)


def find(
    held: Candidates,
    planned: Plan,
    vector: NDArray[np.float32],
    filters: Filters,
    watch: Stopwatch | None = None,
) -> Found:
    """Return the candidates of a question, ranked as it was read.

    Args:
        held: one generation of a library.
        planned: the question, read.
        vector: its embedding.
        filters: which papers may answer.
        watch: times the stages.
    """
    watch = watch or Stopwatch()
    query, holding = planned.query, planned.holding
    lexical = held.by_words(query.stems, filters, DEPTH, holding, planned.lesser)
    watch.lap("by words")
    dense = held.by_meaning(vector, filters, DEPTH, holding)
    watch.lap("by meaning")
    ranked = rank(query, lexical, dense, held.passages, held.stems, rarity(held, query.stems))
    found = lean(ranked, planned.readings)
    watch.lap("ranking")
    return found


def _readings(found: Found, limit: int) -> list[_Reading]:
    """Return the first hits, twins collapsed, each with its sentences measured by words."""
    scores = dict(found.order)
    readings = []
    papers = {identity: kept.paper for identity, kept in found.kept.items()}
    words = {identity: each.own for identity, each in found.stems.items()}
    for group in collapse(list(scores), papers, words, limit):
        text = found.kept[group.first].passage.text
        measured = sentences(text, found.query, found.weight)
        chosen = tuple(best_by_words(measured))
        # A group stands where its best member stood, whichever of them is shown.
        best = max((group.first, *group.twins), key=lambda each: scores[each])
        readings.append(_Reading(group, best, scores[best], text, chosen, chosen[0]))
    return readings


def _met(found: Found, reading: _Reading) -> date | None:
    return found.kept[reading.group.first].paper.meeting_date


def _hit(
    rank: int,
    reading: _Reading,
    found: Found,
    tables: Mapping[str, tuple[TableSlice, ...]],
) -> Hit:
    identity = reading.group.first
    kept = found.kept[identity]
    pairs = zip(found.query.words, found.query.stems, strict=True)
    return Hit(
        rank=rank,
        passage=identity,
        text=kept.passage.text,
        context=kept.passage.context,
        read_out=kept.passage.read_out,
        tables=tables.get(identity, ()),
        speakers=kept.passage.speakers,
        answer=reading.answer.span,
        citation=kept.passage.citation,
        paper=kept.paper,
        item=kept.item,
        item_key=item_key(kept),
        twins=tuple(_twin(found.kept[each]) for each in reading.group.twins),
        reasons=Reasons(
            score=reading.score,
            lexical=found.lexical.get(identity),
            dense=found.dense.get(identity),
            matched=tuple(
                dict.fromkeys(word for word, stem in pairs if stem in found.held[identity])
            ),
        ),
    )


def _twin(kept: KeptPassage) -> Twin:
    return Twin(kept.passage.id, kept.paper, kept.passage.citation)


def signals(found: Found, shown: Sequence[str], accidental: float) -> Signals:
    """Return what speaks for an answer.

    Args:
        found: the candidates.
        shown: ids of the passages of the first hits, best first; none speaks for no answer.
        accidental: mean cosine of the question and any passage.
    """
    if not shown:
        return Signals(fullness=0.0, names=0.0, nearness=0.0, together=0.0)
    return Signals(
        fullness=found.fullness(),
        names=found.names(shown[0]),
        nearness=nearness(max(found.dense.values(), default=0.0), accidental),
        together=found.together(),
    )
