"""What was decided on a matter, and what was asked without a full reply, out of one paper."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.paper import Motion, PaperKind, Question, Resolution, Ruling, Span
from search.briefing.choosing import meeting_of
from search.briefing.quoting import RECALLING, Quotable
from search.briefing.relevance import Measure
from search.briefing.values import Decision, Open, Quote
from search.duplicates import CONTAINED, Print, alike, authority, print_of
from search.words import stems

MOST_DECISIONS = 8
MOST_OPEN = 8

DECISION_WORDS = 70
"""Words quoted of a resolution or motion; their numbered parts are long."""

LATER = re.compile(
    r"\b(?:written (?:reply|response|answer)|(?:respond|reply) in writing"
    r"|write to (?:him|her|them|you|the \w+|Councillor|Cllr|Mr|Mrs|Ms)|(?:come|get|report) back to"
    r"|(?:did|do|does) not (?:have|hold) (?:the|those|that|these|any|this) (?:\w+ )?"
    r"(?:figures?|details?|data|information|answers?|numbers?)|not (?:currently |yet )?available"
    r"|(?:to|be) circulated|outside (?:of )?the meeting|take (?:it|this|that) away"
    r"|not (?:in a position|able) to (?:answer|provide|give|confirm|say))\b",
    re.IGNORECASE,
)
"""A reply that puts the answer off."""

_PROCEDURE = re.compile(
    r"\b(?:adjourn\w*|suspen\w+|resum\w+|standing orders|exclu(?:de|sion of) the (?:press|public)"
    r"|special meeting|minutes be)\b",
    re.IGNORECASE,
)
"""What is resolved, or moved, of the meeting itself."""

_SENTENCE = re.compile(r"[^.!?\n]*$")


def decisions(quotable: Quotable, measure: Measure) -> Iterator[Decision]:
    """Yield the resolutions and motions of a paper that are on a matter, in order.

    Recommendations are left out, and decisions that a report only recalls: what was decided is
    what the record of the meeting tells.
    """
    for resolution in (
        () if quotable.card.kind in RECALLING else quotable.paper.business.resolutions
    ):
        if resolution.ruling is not Ruling.RECOMMENDED:
            span = _of_matter(quotable, resolution, measure)
            quote = quotable.quote(*span, DECISION_WORDS) if span else None
            if quote is not None:
                yield Decision(quote, ruling=resolution.ruling)
    for motion in quotable.paper.business.motions:
        for each in (motion, *motion.amendments):
            quote = _moved(quotable, each, measure)
            if quote is not None:
                yield Decision(
                    quote,
                    proposer=each.proposer,
                    seconder=each.seconder,
                    outcome=each.outcome,
                    vote=each.vote,
                )


def open_questions(quotable: Quotable, measure: Measure) -> Iterator[tuple[Open, bool]]:
    """Yield the questions of a paper that are on a matter, and whether each has a full reply."""
    if quotable.card.kind is PaperKind.AGENDA:
        return
    for question in quotable.paper.business.questions:
        for each in (question, *question.supplementary):
            if not _on_matter(quotable, each.words, measure):
                continue
            quote = quotable.quote(*each.words)
            if quote is not None:
                reply = _put_off(quotable, each)
                full = each.reply is not None and reply is None
                yield Open(quote, each.asker, reply), full


def decided_once(found: Sequence[Decision]) -> tuple[Decision, ...]:
    """Return the latest decisions, each once: with an outcome before without, the record first."""
    kept: list[tuple[Print, Decision]] = []
    for each in sorted(found, key=_most_telling_first):
        mine = print_of(stems(each.quote.text))
        held = next(
            (
                at
                for at, (theirs, other) in enumerate(kept)
                if alike(mine, theirs) or _of_one_meeting(mine, each, theirs, other)
            ),
            None,
        )
        if held is None:
            kept.append((mine, each))
        else:
            first = kept[held][1]
            kept[held] = (kept[held][0], replace(first, quote=_again(first.quote, each.quote)))
    latest = sorted((each for _, each in kept), key=lambda each: _day(each.quote))
    return tuple(latest[-MOST_DECISIONS:])


def open_once(found: Sequence[tuple[Open, bool]]) -> tuple[Open, ...]:
    """Return the questions that no paper prints a full reply to, each once."""
    replied = [print_of(stems(each.quote.text)) for each, full in found if full]
    kept: list[tuple[Print, Open]] = []
    for each, full in sorted(found, key=lambda pair: authority(pair[0].quote.paper)):
        mine = print_of(stems(each.quote.text))
        known = [*replied, *(other for other, _ in kept)]
        if not full and not any(alike(mine, other) for other in known):
            kept.append((mine, each))
    return tuple(each for _, each in kept)


def latest_open(found: Sequence[Open]) -> tuple[Open, ...]:
    """Return the latest of what got no full reply, latest first."""
    return tuple(sorted(found, key=lambda each: _day(each.quote), reverse=True)[:MOST_OPEN])


def _of_one_meeting(mine: Print, each: Decision, theirs: Print, other: Decision) -> bool:
    """Tell whether a decision stands in another of its own meeting, as one part of it may."""
    if meeting_of(each.quote) != meeting_of(other.quote):
        return False
    fewer = min(len(mine.shingles), len(theirs.shingles))
    return fewer > 0 and len(mine.shingles & theirs.shingles) >= CONTAINED * fewer


def _of_matter(quotable: Quotable, resolution: Resolution, measure: Measure) -> Span | None:
    """Return what of a resolution is on a matter: all of it, or the clause that names it."""
    own = quotable.ruled(resolution)
    if _PROCEDURE.search(quotable.paper.text.text[slice(*own)]):
        return None
    item = quotable.item_at(own[0])
    if item and measure.speaks(item.title):
        return own
    for clause in resolution.clauses:
        if measure.speaks(quotable.paper.text.text[slice(*clause.span)]):
            return clause.span
    return own if _on_matter(quotable, own, measure) else None


def _moved(quotable: Quotable, motion: Motion, measure: Measure) -> Quote | None:
    span = motion.words or motion.span
    procedure = _PROCEDURE.search(quotable.paper.text.text[slice(*span)])
    if procedure or not _on_matter(quotable, span, measure):
        return None
    return quotable.quote(*span, DECISION_WORDS)


def _on_matter(quotable: Quotable, span: Span, measure: Measure) -> bool:
    item = quotable.item_at(span[0])
    text = quotable.paper.text.text[slice(*span)]
    return measure.speaks(text) or measure.speaks(item.title if item else None)


def _put_off(quotable: Quotable, question: Question) -> Quote | None:
    """Return the sentence of a reply that puts the answer off; None where none does."""
    if question.reply is None:
        return None
    start, end = question.reply
    text = quotable.paper.text.text[start:end]
    found = LATER.search(text)
    if found is None:
        return None
    before = _SENTENCE.search(text[: found.start()])
    begins = before.start() if before else found.start()
    begins += len(text[begins:]) - len(text[begins:].lstrip())
    after = re.search(r"[.!?\n]", text[found.end() :])
    ends = found.end() + after.end() if after else len(text)
    return quotable.quote(start + begins, start + ends)


def _again(first: Quote, other: Quote) -> Quote:
    papers = {each.id: each for each in (*first.again, other.paper) if each.id != first.paper.id}
    return replace(first, again=tuple(papers.values()))


def _most_telling_first(each: Decision) -> tuple[bool, int, str, int]:
    untold = each.ruling is None and each.outcome is None
    return (untold, authority(each.quote.paper), *_day(each.quote)[:1], each.quote.citation.start)


def _day(quote: Quote) -> tuple[str, str, int]:
    day = quote.paper.meeting_date
    return (day.isoformat() if day else "", quote.paper.id, quote.citation.start)
