"""How often the sentence that is marked in a hit is the one that answers."""

from __future__ import annotations

from collections.abc import Sequence

from api.measuring import Question, holds, same_paper
from api.wiring import House
from search.answer import Filters, Hit
from tests.benchmarks.weights import share

LIMIT = 10


def marked(over: House, questions: Sequence[Question]) -> list[float]:
    """Return the share of first hits whose marked sentence is the gold one, with its interval.

    The shorter of the two must stand in the longer. Questions without a hit are left out.
    """
    marks = []
    for question in questions:
        for hit in over.ask(question.text, Filters(), LIMIT).hits if question.gold else ():
            quotes = _quoted(question, hit)
            if quotes:
                sentence = hit.text[slice(*hit.answer)]
                marks.append(any(holds(sentence, each) or holds(each, sentence) for each in quotes))
                break
    return share(marks)


def _quoted(question: Question, hit: Hit) -> list[str]:
    return [
        gold.quote
        for gold in question.gold
        if same_paper(hit.paper.source, gold.paper) and holds(hit.text, gold.quote)
    ]
