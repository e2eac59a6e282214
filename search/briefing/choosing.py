"""Chooses what a reader of ten minutes is shown: pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import zip_longest

from search.briefing.lines import Candidate
from search.briefing.values import Decision, Line, Met, Place, Quote, Sort, Speaker

TIMELINE_WORDS = 800
"""Quoted words of the timeline. With the other parts some 1,600: eight minutes at 200 a minute."""

MOST_LINES = 4
"""Lines of one meeting: more is its minutes."""

POSITION = (2, 1, 1)
"""Lines that tell the current position: of the latest meeting, the one before, and so on."""

PRESENT = timedelta(days=2 * 365)
"""What is older beside the latest meeting's words is history, and stands in the timeline."""

SUBSTANTIAL = 3
"""Sentences of one paper that name the matter from which its meeting dealt with it, under whatever
title; fewer are mentions by the way."""

_OPEN = (Sort.ASKED, Sort.MOVED, Sort.RECOMMENDED)
"""What settles nothing."""

MOST_SPEAKERS = 10
PLACES = 3
"""Places where one speaker is shown to have spoken; the latest."""

Meeting = tuple[str | None, date | None]


def meeting_of(each: Quote) -> Meeting:
    """Return the body and day of the meeting that a quotation's paper is of."""
    return each.paper.body, each.paper.meeting_date


def overlap(one: Quote, other: Quote) -> bool:
    """Tell whether two quotations share words of one paper."""
    first, second = one.citation, other.citation
    same = one.paper.id == other.paper.id
    return same and first.start < second.end and second.start < first.end


def current_position(found: Sequence[Candidate], decided: Sequence[Decision]) -> list[Quote]:
    """Return what the latest meetings that dealt with the matter tell, latest first.

    What a meeting decided comes before what it was told.

    A question, motion or recommendation is none. Where no meeting dealt with the matter, any that
    named it will do.
    """
    by_meeting: defaultdict[Meeting, list[Candidate]] = defaultdict(list)
    for each in sorted(found, key=_best_first):
        if _tells(each) and each.quote.paper.meeting_date and each.sort not in _OPEN:
            by_meeting[meeting_of(each.quote)].append(each)
    dealt = {meeting: lines for meeting, lines in by_meeting.items() if _dealt_with(lines)}
    latest = sorted((dealt or by_meeting).values(), key=lambda lines: _latest_first(lines[0].quote))
    latest = [lines for lines in latest if _is_present(lines[0].quote, latest[0][0].quote)]
    position: list[Quote] = []
    for lines, some in zip(latest, POSITION, strict=False):
        meeting = meeting_of(lines[0].quote)
        settled = [
            each.quote
            for each in decided
            if meeting_of(each.quote) == meeting and (each.ruling or each.outcome)
        ]
        told = [
            each.quote
            for each in lines
            if not any(overlap(each.quote, other) for other in settled)
            and (each.sort is not Sort.DECIDED or not settled)
        ]
        # The last decision of a meeting is the resolution, those before it amend it.
        position += [*reversed(settled), *told][:some]
    return position


def _is_present(each: Quote, latest: Quote) -> bool:
    """Tell whether what a meeting tells may still hold beside what the latest does."""
    mine, last = each.paper.meeting_date, latest.paper.meeting_date
    return mine is not None and last is not None and last - mine <= PRESENT


def _dealt_with(lines: Sequence[Candidate]) -> bool:
    if any(each.item for each in lines):
        return True
    named = Counter(each.quote.paper.id for each in lines if each.names)
    return max(named.values(), default=0) >= SUBSTANTIAL


def timeline(
    found: Sequence[Candidate], elsewhere: Sequence[Quote], decided: Sequence[Decision]
) -> tuple[Met, ...]:
    """Return the meetings with their lines, earliest first.

    Every year has its best line first, then every meeting, then their second lines and so on, as
    far as TIMELINE_WORDS go; meetings for which no room is left are listed without a line.

    Args:
        found: all candidates, each said once.
        elsewhere: what other parts of the briefing quote, and the timeline not again.
        decided: what the papers print of decisions on the matter; a motion's outcome seldom names
            it, so that no line tells of it.
    """
    settled = {meeting_of(each.quote) for each in decided if each.ruling or each.outcome}
    shown = _shown(
        [
            each
            for each in found
            if _tells(each) and not any(overlap(each.quote, other) for other in elsewhere)
        ]
    )
    by_meeting: defaultdict[Meeting, list[Candidate]] = defaultdict(list)
    for each in found:
        by_meeting[meeting_of(each.quote)].append(each)
    met = [
        Met(
            body=meeting[0],
            meeting_date=meeting[1],
            sentences=len(lines),
            decided=meeting in settled or any(each.sort is Sort.DECIDED for each in lines),
            first=max(lines, key=lambda each: each.worth).quote,
            lines=tuple(
                Line(each.sort, each.quote)
                for each in sorted(shown.get(meeting, ()), key=_by_place)
            ),
        )
        for meeting, lines in by_meeting.items()
    ]
    return tuple(sorted(met, key=lambda each: (each.meeting_date or date.max, each.body or "")))


def speakers_of(found: Sequence[Candidate]) -> tuple[Speaker, ...]:
    """Return who spoke, whoever spoke at most places first, each with the latest places."""
    quotes: defaultdict[str, dict[Place, Quote]] = defaultdict(dict)
    names: dict[str, str] = {}
    for each in sorted(found, key=lambda one: _latest_first(one.quote)):
        for name in each.speakers:
            key = name.casefold().replace(".", "")
            names.setdefault(key, name)
            quotes[key].setdefault(each.quote.place, each.quote)
    order = sorted(quotes, key=lambda key: (-len(quotes[key]), names[key]))
    return tuple(
        Speaker(names[key], not _is_named(names[key]), tuple(quotes[key].values())[:PLACES])
        for key in order[:MOST_SPEAKERS]
    )


def _tells(each: Candidate) -> bool:
    """Tell whether a line names the matter, or else tells more than that something was said."""
    return each.names or each.sort is not Sort.REPORTED


def _shown(found: Sequence[Candidate]) -> dict[Meeting, list[Candidate]]:
    by_meeting: defaultdict[Meeting, list[Candidate]] = defaultdict(list)
    for each in sorted(found, key=_best_first):
        by_meeting[meeting_of(each.quote)].append(each)
    rounds = zip_longest(*(lines[:MOST_LINES] for lines in by_meeting.values()))
    in_turn = [sorted(filter(None, each), key=_best_first) for each in rounds]
    first = in_turn[0] if in_turn else []
    of_year: dict[int, Candidate] = {}
    for each in first:
        if day := each.quote.paper.meeting_date:
            of_year.setdefault(day.year, each)
    order = [*of_year.values(), *(each for each in first if each not in of_year.values())]
    shown: defaultdict[Meeting, list[Candidate]] = defaultdict(list)
    words = 0
    for each in [*order, *(one for later in in_turn[1:] for one in later)]:
        words += len(each.quote.text.split())
        if words > TIMELINE_WORDS and shown:
            break
        shown[meeting_of(each.quote)].append(each)
    return shown


def _is_named(speaker: str) -> bool:
    first = speaker.partition(" ")[0].rstrip(".").casefold()
    return first in _ADDRESSES


_ADDRESSES = frozenset(
    "mr mrs ms miss mx dr prof professor hon sir dame lord lady baroness rev reverend fr cllr clr"
    " councillor comhairleoir ald alderman senator deputy bailie".split()
)


def _best_first(each: Candidate) -> tuple[float, str, int]:
    return (-each.worth, each.quote.paper.id, each.quote.citation.start)


def _by_place(each: Candidate) -> tuple[str, int]:
    return (each.quote.paper.id, each.quote.citation.start)


def _latest_first(quote: Quote) -> tuple[int, str, int]:
    day = quote.paper.meeting_date or date.min
    return (-day.toordinal(), quote.paper.id, quote.citation.start)
