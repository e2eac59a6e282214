"""Finds the places that print one undertaking: in a draft, the printed minutes, a pack.

Places are one where their sentences are nearly the same, with the same figures, and their papers
are of one body and one meeting. Two sentences of one paper are never one by their words alone: an
officer may promise the same under two items. Whatever officers merge is one too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from search.duplicates import Print, alike, authority, print_of
from search.register.folding import fold, holding
from search.register.values import Change, Entry, Field, Place
from search.words import stems


def entries(places: Iterable[Place], log: Iterable[Change]) -> list[Entry]:
    """Return the entries of a register, in the order of their first places.

    Args:
        places: those that may be seen, in any order.
        log: of these places; what was changed of any other is left out.
    """
    ordered = sorted(places, key=_order)
    logs: defaultdict[str, list[Change]] = defaultdict(list)
    for change in sorted(log, key=lambda each: each.number):
        logs[change.commitment].append(change)
    groups = _joined(_as_printed(ordered), logs)
    return [_entry(group, logs) for group in groups]


def same_undertaking(one: Place, other: Place) -> bool:
    """Tell whether two places of different papers print one undertaking."""
    meeting = _meeting(one)
    return meeting is not None and meeting == _meeting(other) and same_words(one, other)


def same_words(one: Place, other: Place) -> bool:
    """Tell whether two places have nearly the same sentence, with the same figures."""
    return alike(_print(one), _print(other))


def _as_printed(ordered: Sequence[Place]) -> list[list[Place]]:
    """Return the places as groups, by what is printed alone."""
    papers: defaultdict[object, set[str]] = defaultdict(set)
    for place in ordered:
        papers[_meeting(place)].add(place.paper.id)
    groups: list[list[Place]] = []
    known: defaultdict[object, list[tuple[Print, list[Place]]]] = defaultdict(list)
    for place in ordered:
        meeting = _meeting(place)
        group = [place]
        if meeting is not None and len(papers[meeting]) > 1:
            group = _group_of(place, known[meeting])
        if len(group) == 1:
            groups.append(group)
    return groups


def _group_of(place: Place, known: list[tuple[Print, list[Place]]]) -> list[Place]:
    """Put a place into the first group of its meeting that prints the same, or one of its own."""
    mine = _print(place)
    for theirs, group in known:
        if alike(mine, theirs) and all(each.paper.id != place.paper.id for each in group):
            group.append(place)
            return group
    known.append((mine, [place]))
    return known[-1][1]


def _joined(groups: Sequence[list[Place]], logs: dict[str, list[Change]]) -> list[list[Place]]:
    """Return the groups with those that officers merged as one, in the order of their first."""
    group_of = {place.commitment.id: at for at, group in enumerate(groups) for place in group}
    lowest = list(range(len(groups)))

    def root(at: int) -> int:
        while lowest[at] != at:
            at = lowest[at]
        return at

    # A change is undone within its own commitment's log or another's of its entry: look at all.
    everything = holding(change for log in logs.values() for change in log)
    for change in everything:
        here, there = group_of.get(change.commitment), group_of.get(change.new or "")
        if change.field is Field.MERGE and here is not None and there is not None:
            one, other = sorted((root(here), root(there)))
            lowest[other] = one
    joined: defaultdict[int, list[Place]] = defaultdict(list)
    for at, group in enumerate(groups):
        joined[root(at)] += group
    return [sorted(group, key=_order) for group in joined.values()]


def _entry(group: Sequence[Place], logs: dict[str, list[Change]]) -> Entry:
    log = [change for place in group for change in logs.get(place.commitment.id, ())]
    history = sorted(log, key=lambda each: each.number)
    return Entry(tuple(group), tuple(history), fold(group, history))


def _meeting(place: Place) -> tuple[str, date] | None:
    """Return whose meeting and when; None where the paper does not tell both."""
    paper = place.paper
    return (paper.body, paper.meeting_date) if paper.body and paper.meeting_date else None


def _order(place: Place) -> tuple[date, int, str, int, str]:
    commitment, paper = place.commitment, place.paper
    return (
        paper.meeting_date or date.max,
        authority(paper),
        paper.source,
        commitment.citation.start,
        commitment.id,
    )


def _print(place: Place) -> Print:
    return print_of(stems(place.commitment.sentence))
