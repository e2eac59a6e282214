"""Finds how far to the right the lines of a column may reach."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ingest.cleaning.pieces import Line
from ingest.cleaning.tables.rows import is_row

EVEN = 0.6
"""Share of a column's lines that must end near its right side for that to be its margin."""
NEAR_MARGIN = 0.15
"""Share of its width within which a ragged line ends near the margin."""
MOST_LINES = 1500
"""Lines of a page up to which neighbours are looked for, since each run looks at each line."""


def below(one: Line, other: Line) -> bool:
    """Tell whether other stands under one, not far down, in the same column."""
    drop = one.base - other.base
    return (
        0.3 * one.size < drop < 4 * max(one.size, other.size)
        and other.left < one.right
        and one.left < other.right
    )


def right_margins(lines: Sequence[Line]) -> list[float]:
    """Return for each line how far its column reaches, in points from the left."""
    page = max((line.right for line in lines), default=0.0)
    neighbours = lines if len(lines) <= MOST_LINES else ()
    return [
        margin for run in _runs(lines) for margin in [_margin(run, page, neighbours)] * len(run)
    ]


def _runs(lines: Sequence[Line]) -> Iterator[Sequence[Line]]:
    """Yield runs of lines one below the other."""
    start = 0
    for at in range(1, len(lines) + 1):
        if at == len(lines) or not below(lines[at - 1], lines[at]):
            yield lines[start:at]
            start = at


def _margin(run: Sequence[Line], page: float, neighbours: Sequence[Line]) -> float:
    """Return a run's margin: its own even edge, else what stands beside it, else the page's."""
    prose = [line for line in run if not is_row(line)] or list(run)
    right = max(line.right for line in prose)
    width = right - min(line.left for line in prose)
    even = sum(right - line.right <= NEAR_MARGIN * width for line in prose)
    if len(prose) > 2 and even >= EVEN * len(prose):
        return right
    top, bottom, size = run[0].base + run[0].size, run[-1].base, run[0].size
    beside = [
        line.left for line in neighbours if line.left > right and bottom - size < line.base < top
    ]
    return max(right, min(beside, default=page + size) - size)
