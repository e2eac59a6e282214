"""Finds the numbers that number the items, among all the numbers that lines begin with.

Items' numbers ascend through the whole paper, by one as a rule; lists inside an item begin again
at 1 and their lines are sentences. So the items are the heaviest ascending chain, where a line
weighs more the more it looks like a heading.
"""

from __future__ import annotations

from collections.abc import Sequence

from ingest.agenda.numbers import Numbered

_STEP = 1.0
_GAP = 0.35
_FIRST = 1.0
_CHANGE = 1.5
_SURE = 0.8
"""Mean weight below which a chain is a list, not a paper's items."""
_STRAY = 3.5
"""Weight from which a heading whose number is out of order is an item taken out of order."""


def choose(found: Sequence[Numbered]) -> list[Numbered]:
    """Return the heaviest ascending chain, and headings out of order that fill its gaps."""
    if not found:
        return []
    best: list[float] = []
    back: list[int] = []
    for at, each in enumerate(found):
        total = each.weight + (_FIRST if each.number == 1 else 0.0)
        source = -1
        for earlier in range(at):
            link = _link(found[earlier], each)
            if link is not None and best[earlier] + link + each.weight > total:
                total = best[earlier] + link + each.weight
                source = earlier
        best.append(total)
        back.append(source)
    at = max(range(len(found)), key=lambda each: best[each])
    chain: list[Numbered] = []
    while at >= 0:
        chain.append(found[at])
        at = back[at]
    chain.reverse()
    return _with_strays(chain, found)


def _link(earlier: Numbered, later: Numbered) -> float | None:
    """Return what following on is worth; None where a number cannot follow the other."""
    gap = later.number - earlier.number
    if (
        gap < 0
        or later.start <= earlier.start
        or (earlier.style == "slash") != (later.style == "slash")
    ):
        return None
    change = 0.0 if earlier.style == later.style else _CHANGE
    if gap == 0:
        return _STEP - change if later.letter > earlier.letter else None
    return (_STEP if gap == 1 else -_GAP * min(gap, 12)) - change


def _with_strays(chain: list[Numbered], found: Sequence[Numbered]) -> list[Numbered]:
    if sum(each.weight for each in chain) < _SURE * len(chain):
        return []
    taken = {(each.number, each.letter) for each in chain}
    most = max(each.number for each in chain)
    strays = []
    for each in found:
        key = (each.number, each.letter)
        near = each.number <= most + 10
        if (
            key not in taken
            and each.weight >= _STRAY - (1.0 if each.number < most else 0.0)
            and near
        ):
            strays.append(each)
            taken.add(key)
    return sorted([*chain, *strays], key=lambda each: each.start)
