"""Collapses the same words in several places: a draft, the printed minutes, a pack.

Two passages are twins when the shorter one's words stand in the other and both give the same
figures. Passages that differ in a figure say different things, however alike their words are; but
what an agenda announces ("I will ask how many homes are empty") is a twin of the passage that holds
it together with the reply, whatever figures that gives.
Word shingles and their containment: Broder, On the resemblance and containment of documents, 1997.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

from ingest.paper import PaperKind, PaperState
from search.answer import PaperCard

SHINGLE = 3
"""Words a shingle: fewer meet by chance, more are broken by every hyphen."""

CONTAINED = 0.8
"""Share of the shorter passage's shingles that a twin holds; two text layers of the same page
agree in nine of ten."""

FEWEST_SHINGLES = 5
"""Passages with fewer are headings and vote lists: twins only if they are the same throughout."""


_FIGURE = re.compile(r"[0-9](?<![^ ][0-9])[^ ]*")  # the digit first: there are few


@dataclass(frozen=True, slots=True)
class Print:
    """What a passage or sentence is compared by."""

    shingles: frozenset[tuple[str, ...]]
    figures: frozenset[str]


@dataclass(slots=True)
class Group:
    """A passage and its twins, best first."""

    first: str
    twins: list[str] = field(default_factory=list)


def collapse(
    ranked: Sequence[str],
    papers: Mapping[str, PaperCard],
    words: Mapping[str, str],
    limit: int,
) -> list[Group]:
    """Group a ranking's passages with their twins.

    A group stands where its best passage stood; it is shown as its most authoritative one.

    Args:
        ranked: passage ids, best first.
        papers: the paper of each.
        words: the stems of each passage's words, in order, with blanks between.
        limit: groups wanted; passages beyond the last group's are looked at only as its twins.

    Returns:
        At most limit groups, best first.
    """
    groups: list[Group] = []
    by_figures: defaultdict[frozenset[str], list[tuple[Print, Group]]] = defaultdict(list)
    announced: list[tuple[Print, Group]] = []
    for identity in ranked:
        same_figures = by_figures[figures_of(words[identity])]
        is_notice = papers[identity].kind is PaperKind.AGENDA
        if not (same_figures or is_notice or announced) and len(groups) >= limit:
            continue  # most passages: their shingles need not be made
        mine = print_of(words[identity].split())
        found = next((group for theirs, group in same_figures if alike(mine, theirs)), None)
        if not found and is_notice:
            every = chain.from_iterable(by_figures.values())
            found = next((group for theirs, group in every if announces(mine, theirs)), None)
        elif not found:
            notice = next((each for each in announced if announces(each[0], mine)), None)
            if notice:
                announced.remove(notice)  # what gives other figures than this is no twin of it
                found = notice[1]
                same_figures.append((mine, found))
        if found:
            found.twins.append(identity)
        elif len(groups) < limit:
            groups.append(Group(identity))
            same_figures.append((mine, groups[-1]))
            if is_notice:
                announced.append((mine, groups[-1]))
    return [_best_first(group, papers) for group in groups]


def _best_first(group: Group, papers: Mapping[str, PaperCard]) -> Group:
    # sorted is stable: among equals the ranking's order holds.
    members = sorted([group.first, *group.twins], key=lambda each: authority(papers[each]))
    return Group(members[0], members[1:])


def authority(paper: PaperCard) -> int:
    """Return how far a paper is from being the record: 0 is confirmed minutes."""
    if paper.state is PaperState.CONFIRMED:
        return 0
    if paper.kind is PaperKind.MINUTES and paper.state is None:
        return 1
    return 2 if paper.kind is not PaperKind.PACK else 3


def alike(one: Print, other: Print) -> bool:
    """Tell whether two texts are twins: the same figures, and nearly the same words."""
    if one.figures != other.figures:
        return False
    fewer = min(len(one.shingles), len(other.shingles))
    if fewer < FEWEST_SHINGLES:
        return one.shingles == other.shingles
    return len(one.shingles & other.shingles) >= CONTAINED * fewer


def announces(notice: Print, other: Print) -> bool:
    """Tell whether a text holds nearly all the words of a notice, and its figures among others."""
    shared = notice.shingles & other.shingles
    enough = len(notice.shingles) >= FEWEST_SHINGLES
    return (
        enough
        and notice.figures <= other.figures
        and len(shared) >= CONTAINED * len(notice.shingles)
    )


def print_of(words: Sequence[str]) -> Print:
    """Return what a text is compared by, from the stems of its words in order."""
    shifted = (words[at:] for at in range(min(SHINGLE, len(words))))
    return Print(frozenset(zip(*shifted, strict=False)), figures_of(" ".join(words)))


def figures_of(words: str) -> frozenset[str]:
    """Return the figures among the stems of a text's words, which have blanks between."""
    return frozenset(_FIGURE.findall(words))


class Prints:
    """Prints in the order in which they came; those alike one are found without looking at all."""

    def __init__(self) -> None:
        """Hold none."""
        self._held: list[Print] = []
        self._with: defaultdict[tuple[str, ...] | None, list[int]] = defaultdict(list)

    def add(self, one: Print) -> None:
        """Hold one more."""
        for shingle in one.shingles or (None,):
            self._with[shingle].append(len(self._held))
        self._held.append(one)

    def like(self, one: Print) -> Iterator[int]:
        """Yield the places, from 0, of those alike one, in order."""
        # Alike are those that share a shingle, or have none at all.
        near = {at for shingle in one.shingles or (None,) for at in self._with.get(shingle, ())}
        return (at for at in sorted(near) if alike(one, self._held[at]))
