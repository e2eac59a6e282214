"""What happens in an item, in the paper's own words, for `matters export items`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ingest.paper import Motion, Paper, Question, Resolution, Span

Line = dict[str, object]


def business_in_words(paper: Paper, item: int | None) -> Line:
    """Return the motions, questions and resolutions of one item; what it has none of is left out.

    Args:
        paper: the paper.
        item: the item's position; None for what stands in no item.
    """
    business = paper.business
    found: Line = {
        "motions": [_motion(paper, each) for each in business.motions if each.item == item],
        "questions": [_question(paper, each) for each in business.questions if each.item == item],
        "resolutions": [
            _resolution(paper, each) for each in business.resolutions if each.item == item
        ],
    }
    return {name: lines for name, lines in found.items() if lines}


def _words(paper: Paper, span: Span | None) -> str | None:
    return paper.text.text[slice(*span)] if span else None


def _motion(paper: Paper, motion: Motion) -> Line:
    vote = motion.vote
    return {
        "proposer": motion.proposer,
        "seconder": motion.seconder,
        "words": _words(paper, motion.words),
        "outcome": motion.outcome.value if motion.outcome else None,
        "in_favour": vote.in_favour if vote else None,
        "against": vote.against if vote else None,
        "abstaining": vote.abstaining if vote else None,
        "manner": vote.manner if vote else None,
        "reply": _words(paper, motion.reply),
        "amendments": [_motion(paper, each) for each in motion.amendments],
    }


def _question(paper: Paper, question: Question) -> Line:
    return {
        "asker": question.asker,
        "asked_of": question.asked_of,
        "words": _words(paper, question.words),
        "replier": question.replier,
        "reply": _words(paper, question.reply),
        "supplementary": [_question(paper, each) for each in question.supplementary],
    }


def _resolution(paper: Paper, resolution: Resolution) -> Line:
    return {
        "ruling": resolution.ruling.value,
        "words": _words(paper, resolution.span),
        "clauses": [_words(paper, each.span) for each in resolution.clauses],
    }
