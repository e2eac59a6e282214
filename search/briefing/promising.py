"""The register's open entries on a matter, with the latest that later papers tell of each."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date

from ingest.paper import CommitmentKind
from search.briefing.quoting import Quotable
from search.briefing.relevance import Measure
from search.briefing.values import SURE, Matter, Promise, Quote
from search.register.followup import FollowUp
from search.register.listing import Wanted
from search.register.values import Entry, State

MOST_PROMISES = 6
MOST_REQUESTS = 8


ASKED = "asked"
"""The rule that finds requests told in minutes: the words of a motion are told as a motion."""

_PROCEDURE = re.compile(
    r"^(?:(?:to )?(?:hold|convene|arrange|receive|invite|attend|refer|defer|adjourn)\b"
    r"|(?:(?:the|this|an?) )?(?:[\w’-]+ ){0,6}?(?:meeting|workshop|deputation|motion|item)s?\b"
    r" (?:[\w’-]+ ){0,8}?be (?:held|invited|received|referred|deferred|convened|placed|taken)\b)",
    re.IGNORECASE,
)
"""What is undertaken of meetings: when they are, who is invited, where a motion goes."""


def wanted(matter: Matter, measure: Measure) -> Wanted:
    """Return what is wanted of the register; whether an entry is on the matter is told later."""
    return Wanted(
        states=(State.OPEN,),
        holding=measure.stems,
        bodies=matter.filters.bodies,
        since=matter.filters.since,
        until=matter.filters.until,
    )


def on_matter(entries: Sequence[Entry], measure: Measure, matter: Matter) -> list[Entry]:
    """Return the entries on a matter: overdue first, the latest meeting's first."""
    allowed = [each for each in entries if _allowed(each, matter) and _speaks(each, measure)]
    return sorted(allowed, key=lambda each: _key(each, matter.today))


def promise(
    entry: Entry, quote: Quote, told: FollowUp, quotable: Callable[[str], Quotable], today: date
) -> Promise:
    """Return an entry with its words and the latest that later papers tell of it."""
    return Promise(entry, entry.overdue(today), quote, _latest(told, quotable))


def _latest(told: FollowUp, quotable: Callable[[str], Quotable]) -> Quote | None:
    latest = told.latest
    if latest is None:
        return None
    begins = latest.kept.passage.citation.start
    start, end = latest.sentence
    return quotable(latest.kept.paper.id).quote(begins + start, begins + end)


def _allowed(entry: Entry, matter: Matter) -> bool:
    paper, asked = entry.first.paper, matter.filters
    return (not asked.papers or paper.id in asked.papers) and (
        not asked.kinds or paper.kind in asked.kinds
    )


def _speaks(entry: Entry, measure: Measure) -> bool:
    title = entry.first.item.title if entry.first.item else None
    printed = entry.first.commitment
    if entry.kind is CommitmentKind.COMMITMENT:
        if printed.confidence < SURE or _PROCEDURE.search(printed.action):
            return False
    elif printed.signal != ASKED:
        return False
    return measure.speaks(printed.sentence) or measure.speaks(title)


def _key(entry: Entry, today: date) -> tuple[bool, int, str]:
    met = entry.meeting_date or date.min
    return (not entry.overdue(today), -met.toordinal(), entry.id)
