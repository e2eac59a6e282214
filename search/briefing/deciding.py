"""What was decided on a matter, out of one paper."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.paper import Motion, Resolution, Ruling, Span
from search.briefing.choosing import meeting_of
from search.briefing.quoting import RECALLING, Quotable
from search.briefing.relevance import Measure
from search.briefing.values import Decision, Quote
from search.duplicates import CONTAINED, Print, alike, authority, print_of
from search.words import stems

MOST_DECISIONS = 8

DECISION_WORDS = 70
"""Words quoted of a resolution or motion; their numbered parts are long."""

_PROCEDURE = re.compile(
    r"\b(?:adjourn\w*|suspen\w+|resum\w+|standing orders|exclu(?:de|sion of) the (?:press|public)"
    r"|special meeting|minutes be)\b",
    re.IGNORECASE,
)
"""What is resolved, or moved, of the meeting itself."""


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
            if not (each.outcome or each.vote or each.seconder):
                continue  # a notice of motion: nothing was decided on it that the paper prints
            quote = _moved(quotable, each, measure)
            if quote is not None:
                yield Decision(
                    quote,
                    proposer=each.proposer,
                    seconder=each.seconder,
                    outcome=each.outcome,
                    vote=each.vote,
                )


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
    latest = sorted((each for _, each in kept), key=lambda each: day_of(each.quote))
    return tuple(latest[-MOST_DECISIONS:])


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
    return own if on_matter(quotable, own, measure) else None


def _moved(quotable: Quotable, motion: Motion, measure: Measure) -> Quote | None:
    span = motion.words or motion.span
    procedure = _PROCEDURE.search(quotable.paper.text.text[slice(*span)])
    if procedure or not on_matter(quotable, span, measure):
        return None
    return quotable.quote(*span, DECISION_WORDS)


def on_matter(quotable: Quotable, span: Span, measure: Measure) -> bool:
    """Tell whether what stands there is on a matter, by its own words or its item's title."""
    item = quotable.item_at(span[0])
    text = quotable.paper.text.text[slice(*span)]
    return measure.speaks(text) or measure.speaks(item.title if item else None)


def _again(first: Quote, other: Quote) -> Quote:
    papers = {each.id: each for each in (*first.again, other.paper) if each.id != first.paper.id}
    return replace(first, again=tuple(papers.values()))


def _most_telling_first(each: Decision) -> tuple[bool, int, str, int]:
    untold = each.ruling is None and each.outcome is None
    return (untold, authority(each.quote.paper), *day_of(each.quote)[:1], each.quote.citation.start)


def day_of(quote: Quote) -> tuple[str, str, int]:
    """Return what sorts quotations by day, undated first."""
    day = quote.paper.meeting_date
    return (day.isoformat() if day else "", quote.paper.id, quote.citation.start)
