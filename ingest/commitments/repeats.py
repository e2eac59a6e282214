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

OF_LONGER = 0.4
"""... and of the longer one's: what only stands within another is not the same."""

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
    kept: list[tuple[Printed, _Words]] = []
    for each in sorted(found, key=lambda one: (not one.settled, one.start)):
        mine = _Words.of(each.words)
        for at, (first, theirs) in enumerate(kept):
            apart = first.item != each.item and not (first.formal and each.formal)
            if not apart and theirs.same(mine):
                again = (*first.again, (each.start, each.end), *each.again)
                kept[at] = (replace(first, again=again), theirs)
                break
        else:
            kept.append((each, mine))
    return tuple(sorted((one for one, _ in kept), key=lambda one: one.start))


@dataclass(frozen=True, slots=True)
class _Words:
    words: tuple[str, ...]
    runs: frozenset[tuple[str, ...]]

    @classmethod
    def of(cls, text: str) -> _Words:
        words = tuple(_WORD.findall(text.casefold()))
        return cls(words, frozenset(zip(*(words[at:] for at in range(RUN)), strict=False)))

    def same(self, other: _Words) -> bool:
        """Tell whether two texts are one undertaking's words, by the runs that both have."""
        if min(len(self.words), len(other.words)) < FEWEST_WORDS:
            return self.words == other.words
        fewer, more = sorted((len(self.runs), len(other.runs)))
        return len(self.runs & other.runs) >= max(SAME * fewer, OF_LONGER * more)
