"""Elections: whom each motion nominates, how many voted for whom, and who was declared elected.

A nomination is a motion that names who is to hold an office. Where the paper declares somebody
elected, that nomination was carried, and those it was voted on against were lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.business.moved import Moved
from ingest.business.names import SEVERAL, SURE, last_name
from ingest.business.regions import Region
from ingest.business.votes import manner_near, number_of, people
from ingest.paper import Outcome, Span, Vote

_CHOSEN = r"(?:re-?)?(?:elected|appointed)\b"
_DULY = r"(?:(?:to\sbe|be|then|duly|hereby|therefore|accordingly|unanimously)\s)*"
_OFFICE = (
    r"(?i:(?:vice[- ]?|deputy\s|lord\s)*(?:chair|mayor|president|provost|leader|conven[eo]r)"
    r"|(?:leas[- ])?cathaoirleach)"
)
_NOMINEE = re.compile(
    rf"\W*(?:[Tt]hat\b,?\s)?(?P<who>{SEVERAL})\s(?:(?:is|was|were)\s)?(?:{_DULY}"
    rf"(?:{_CHOSEN}|nominated\b)|(?:as|for)\s(?:the\s)?(?:[Oo]ffice\sof\s)?{_OFFICE})"
)
_NOMINATED = re.compile(rf"(?P<who>{SURE})\s(?:was|were)\s{_DULY}\Z")
"""What stands before "nominated by Councillor Pell"."""
_ASIDE = r"(?:\s?\([^()\n]{1,30}\))?"
_DECLARED = re.compile(
    rf"(?:\bdeclared\s(?:that\s)?|\b(?:RESOLVED|Resolved)\W{{1,3}}(?:unanimously\s)?(?:that|THAT)\s)"
    rf"(?P<who>{SEVERAL}{_ASIDE}),?\s(?:(?:was|were)\s)?{_DULY}{_CHOSEN}"
    rf"|(?P<were>{SEVERAL}{_ASIDE})\s(?:was|were)\s{_DULY}{_CHOSEN}"
)
_TOOK_OFFICE = re.compile(
    rf"(?:{SURE}){_ASIDE}\s(?:was|were)\s{_DULY}{_CHOSEN}\s(?:(?:as|to|be|the)\s){{0,3}}{_OFFICE}"
)
_ELECTION = re.compile(r"\b(?:election|appointment)\b|\bto\s(?:elect|appoint)\b", re.IGNORECASE)
_BALLOT = re.compile(
    rf"(?:^\W*|(?<=[\d.]\)\s)|(?<=[.;]\s))(?:[Vv]otes?\s)?[Ff]or\s(?P<who>{SURE})\s?[:–-]?\s?(?=\(|\d|$)",
    re.MULTILINE,
)
_POLLED = re.compile(
    rf"(?P<who>{SURE})\s?(?:(?:received|polled|obtained|secured|had|got)\s|[:–(-]\s?)?"
    r"(?P<count>\d{1,3}|[a-z]+(?:-[a-z]+)?)\s(?:(?:first|second)[- ]\w+\s)?votes?\b"
)
_PRINTED = re.compile(r"\(\s?(\d{1,3})\s?\)")
_OTHER_SIDE = re.compile(r"^\W*(?:abst|against|not\svoting)", re.IGNORECASE | re.MULTILINE)
_VOTED = re.compile(r"\b(?:vot(?:e|es|ed|ing)|ballots?)\b", re.IGNORECASE)
_LONGEST_NAMES = 2_000
"""Characters of the names of those who voted for one; sixty names take about a thousand."""


@dataclass(frozen=True, slots=True)
class _Declared:
    """Who was elected, and the words that say so; places are in the region."""

    span: Span
    names: tuple[str, ...]


def elect(region: Region, found: Sequence[Moved]) -> None:
    """Give each nomination its votes, and what became of it.

    Args:
        region: where they stand.
        found: its motions, in order; those that nominate nobody stay as they are.
    """
    named = [(each, who) for each in found if (who := _nominees(region, each))]
    if not named:
        return
    ballots = list(_ballots(region))
    since = 0
    for declared in _declarations(region):
        running = [(each, who) for each, who in named if since <= each.start < declared.span[0]]
        won = [each for each, who in running if _meet(who, declared.names)]
        if won:
            since = declared.span[1]
            _settle(region, running, won, declared, ballots)


def elected(region: Region) -> Iterator[Span]:
    """Yield the sentences of an item on an election that say who was elected to an office."""
    if not _ELECTION.search(region.text, 0, region.line_end(0)):
        return
    for start, end in region.around(("elected", "appointed"), 200, 80):
        for match in _TOOK_OFFICE.finditer(region.text, start, end):
            yield match.start(), region.sentence(match.end() - 1)[1]


def _settle(
    region: Region,
    running: Sequence[tuple[Moved, tuple[str, ...]]],
    won: Sequence[Moved],
    declared: _Declared,
    ballots: Sequence[tuple[str, Vote]],
) -> None:
    """Tell what one declaration makes of the nominations before it."""
    start, end = declared.span
    moved = max(each.words[1] if each.words else each.start for each, _ in running)
    voted = _VOTED.search(region.text, moved, start) is not None
    for each, who in running:
        for name, vote in ballots:
            if each.start < vote.span[0] < start and _meet(who, (name,)):
                each.vote = vote
                each.end = max(each.end, vote.span[1])
        told_by_it = each.told is not None and start < each.told[1] and each.told[0] < end
        if told_by_it or each.outcome is None:
            outcome = Outcome.CARRIED if each in won else Outcome.LOST if voted else None
            each.outcome, each.told = outcome, declared.span if outcome else None
            each.end = max(each.end, end) if outcome else each.end


def _nominees(region: Region, each: Moved) -> tuple[str, ...]:
    """Return whom a motion nominates, each by the name that is printed; nobody for most."""
    found = _NOMINEE.match(region.text, *each.words) if each.words else None
    found = found or _NOMINATED.search(region.text, region.line_start(each.start), each.start)
    return _names(found["who"]) if found else ()


def _declarations(region: Region) -> Iterator[_Declared]:
    if not region.says("elected", "appointed"):
        return
    for start, end in region.around(("elected", "appointed"), 200, 1):
        for match in _DECLARED.finditer(region.text, start, min(len(region.text), end + 9)):
            who = match["who"] or match["were"]
            yield _Declared(match.span(), _names(who))


def _ballots(region: Region) -> Iterator[tuple[str, Vote]]:
    """Yield for whom so many voted, in order, by name."""
    if not region.says("for ", "votes"):
        return
    for match in _POLLED.finditer(region.text):
        count = number_of(match["count"])
        if count is not None:
            yield match["who"], Vote(match.span(), count, manner=manner_near(region, match.start()))
    labels = list(_BALLOT.finditer(region.text))
    manner: str | None = None
    for at, label in enumerate(labels):
        manner = manner_near(region, label.start()) or manner
        until = labels[at + 1].start() if at + 1 < len(labels) else len(region.text)
        yield (
            label["who"],
            _counted(region, label, min(until, label.end() + _LONGEST_NAMES), manner),
        )


def _counted(region: Region, label: re.Match[str], until: int, manner: str | None) -> Vote:
    """Return the vote for one: the figure below or beside the name, or else the names counted."""
    first = region.text.find("\n", label.end(), until)
    line_end = region.line_end(first + 1) if first >= 0 else until
    printed = _PRINTED.search(region.text, label.end(), min(until, line_end + 8))
    if printed:
        return Vote((label.start(), printed.end()), int(printed[1]), manner=manner)
    names = region.text[label.end() : min(until, line_end)]
    other = _OTHER_SIDE.search(names)
    names = names[: other.start()] if other else names
    vote = Vote((label.start(), label.end() + len(names.rstrip())), manner=manner)
    return replace(vote, in_favour=len(people(names)) or None)


def _names(who: str) -> tuple[str, ...]:
    return tuple(name for name in re.split(r",\s|\s(?:and|&)\s", who) if name.strip())


def _meet(one: Sequence[str], other: Sequence[str]) -> bool:
    """Tell whether one of these people is one of those: last names agree, and initials if any."""
    return any(_same(a, b) for a in one for b in other)


def _same(one: str, other: str) -> bool:
    if last_name(one) != last_name(other):
        return False
    initials = _initial(one), _initial(other)
    return None in initials or initials[0] == initials[1]


def _initial(name: str) -> str | None:
    """Return the first letter of a first name: of "Councillor Ryan (Eddie)", "e"."""
    bracketed = re.search(r"\(\s?(\w)", name)
    if bracketed:
        return bracketed[1].casefold()
    words = name.split()
    return words[-2][0].casefold() if len(words) > 2 else None
