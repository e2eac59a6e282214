"""Finds the same undertaking printed again in one paper: as proposed, and as resolved."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

RUN = 3
"""Words of a run: short enough that a changed word spoils few, long enough not to be chance."""

SAME = 0.75
"""Share of the shorter sentence's runs that both have. A proposal and its resolution differ in a
verb's ending and in who is named first."""

FEWEST_WORDS = 5
"""Shorter sentences ("This will be done.") are alike by chance."""

_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Printed:
    """One printing of an undertaking."""

    words: str
    start: int
    end: int
    item: int | None
    formal: bool
    """It stands in a motion or a resolution."""
    settled: bool
    """It stands in a resolution, which counts before other places."""
    again: tuple[tuple[int, int], ...] = ()


def collapse(found: Sequence[Printed]) -> tuple[Printed, ...]:
    """Return each undertaking once, in order, with where else it is printed.

    The same words in another item are another undertaking ("It was agreed to refer this motion"),
    save where one of them is a motion or resolution, which may be printed apart from its debate.
    """
    kept: list[Printed] = []
    for each in sorted(found, key=lambda one: (not one.settled, one.start)):
        for at, first in enumerate(kept):
            if _same(first, each):
                kept[at] = replace(first, again=(*first.again, (each.start, each.end), *each.again))
                break
        else:
            kept.append(each)
    return tuple(sorted(kept, key=lambda one: one.start))


def _same(first: Printed, second: Printed) -> bool:
    if first.item != second.item and not (first.formal and second.formal):
        return False
    one, other = _WORD.findall(first.words.casefold()), _WORD.findall(second.words.casefold())
    if min(len(one), len(other)) < FEWEST_WORDS:
        return one == other
    runs, others = _runs(one), _runs(other)
    return len(runs & others) >= SAME * min(len(runs), len(others)) and len(runs & others) >= (
        0.4 * max(len(runs), len(others))
    )


def _runs(words: Sequence[str]) -> set[tuple[str, ...]]:
    return {tuple(words[at : at + RUN]) for at in range(len(words) - RUN + 1)}
