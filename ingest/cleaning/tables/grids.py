"""Finds the grids that a page's ruled lines make, and what cell of one a place lies in."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from ingest.cleaning.pieces import Rule

SNAP = 3.0
"""Points within which two lines are one: double borders, borders drawn cell by cell."""
JOIN = 4.0
"""Points between the end of a line and the next one that goes on with it, or meets it."""
MANY = 4
"""Columns from which a line across one of them parts no rows."""
MOST_RULES = 400
"""Lines in one direction after joining; a page with more is a plan, not a table."""
MOST_CELLS = 20_000
"""Cells of the smallest size; a page of squared paper has more."""


@dataclass(frozen=True)
class Grid:
    """A table's ruled lines: which of its smallest cells are open to each other."""

    xs: tuple[float, ...]
    """From the left."""
    ys: tuple[float, ...]
    """From the head down."""
    walls: tuple[frozenset[int], ...]
    """For each band between two heights, the inner places of xs where a line parts it."""
    floors: tuple[frozenset[int], ...]
    """For each inner height, by its place in ys less 1, the columns that a line closes there."""

    @cached_property
    def box(self) -> tuple[float, float, float, float]:
        """Left, bottom, right, top."""
        return self.xs[0], self.ys[-1], self.xs[-1], self.ys[0]

    @cached_property
    def reach(self) -> tuple[float, float, float, float]:
        """Its box with what a double border adds: a place within lies in the grid."""
        left, bottom, right, top = self.box
        return left - SNAP, bottom - SNAP, right + SNAP, top + SNAP

    @cached_property
    def _depths(self) -> list[float]:
        """Its heights as they grow from the head down."""
        return [-height for height in self.ys]

    def cell_at(self, x: float, y: float) -> tuple[int, int]:
        """Return band and column of a place in the grid, each from 0."""
        column = min(max(bisect_right(self.xs, x) - 1, 0), len(self.xs) - 2)
        band = bisect_right(self._depths, -y) - 1
        return min(max(band, 0), len(self.ys) - 2), column

    def first_band(self, band: int, column: int) -> int:
        """Return the topmost band that is open to this one in its column."""
        while band > 0 and column not in self.floors[band - 1]:
            band -= 1
        return band


def joined_rules(rules: Sequence[Rule]) -> list[Rule]:
    """Return the rules with each that is drawn in parts, or twice, as one."""
    joined: list[Rule] = []
    for across in (True, False):
        run: list[Rule] = []
        for rule in sorted(rule for rule in rules if rule.across is across):
            if run and rule.at - run[0].at > SNAP:
                joined += _in_one_line(run)
                run = []
            run.append(rule)
        joined += _in_one_line(run)
    return joined


def _in_one_line(run: Sequence[Rule]) -> list[Rule]:
    """Join rules at nearly the same place where one goes on with the other."""
    if len(run) < 2:
        return list(run)
    at = sum([rule.at for rule in run]) / len(run)
    joined: list[Rule] = []
    for across, _, start, end in sorted(run, key=lambda each: each.start):
        if joined and start <= joined[-1].end + JOIN:
            joined[-1] = Rule(across, at, joined[-1].start, max(joined[-1].end, end))
        else:
            joined.append(Rule(across, at, start, end))
    return joined


def grids(rules: Sequence[Rule]) -> list[Grid]:
    """Return the grids of joined rules that have inner lines, the smallest first."""
    across = [rule for rule in rules if rule.across]
    upright = [rule for rule in rules if not rule.across]
    if max(len(across), len(upright)) > MOST_RULES:
        return []
    found = []
    for level, standing in _touching(across, upright):
        xs = tuple(sorted({rule.at for rule in standing}))
        ys = tuple(sorted({rule.at for rule in level if _parts_rows(rule, xs)}, reverse=True))
        level = [rule for rule in level if rule.at in ys]
        parts = (len(xs) - 1) * (len(ys) - 1)
        if len(xs) > 1 and len(ys) > 1 and 1 < parts <= MOST_CELLS:
            found.append(Grid(xs, ys, _walls(xs, ys, standing), _floors(xs, ys, level)))
    return sorted(found, key=_area)


def _parts_rows(rule: Rule, xs: Sequence[float]) -> bool:
    """Tell whether a line across closes more than one of many columns.

    A shade that fades is drawn as many thin strips; what else is ruled off in one column only is
    one cell of several lines.
    """
    middles = [(one + other) / 2 for one, other in pairwise(xs)]
    closed = sum(rule.start <= middle <= rule.end for middle in middles)
    return closed > 1 or len(middles) < MANY


def _area(grid: Grid) -> float:
    left, bottom, right, top = grid.box
    return (right - left) * (top - bottom)


def _touching(
    across: Sequence[Rule], upright: Sequence[Rule]
) -> list[tuple[list[Rule], list[Rule]]]:
    """Return the rules by what hangs together."""
    waiting = set(range(len(upright)))
    left = set(range(len(across)))
    found = []
    while left:
        level, standing, fresh = [], [], [left.pop()]
        while fresh:
            rule = across[fresh.pop()]
            level.append(rule)
            for at in [at for at in waiting if _meet(rule, upright[at])]:
                waiting.remove(at)
                standing.append(upright[at])
                crossed = [each for each in left if _meet(across[each], upright[at])]
                left.difference_update(crossed)
                fresh += crossed
        found.append((level, standing))
    return found


def _meet(level: Rule, standing: Rule) -> bool:
    """Tell whether a line across and an upright one touch or cross."""
    return (
        level.start - JOIN <= standing.at <= level.end + JOIN
        and standing.start - JOIN <= level.at <= standing.end + JOIN
    )


def _walls(
    xs: Sequence[float], ys: Sequence[float], standing: Sequence[Rule]
) -> tuple[frozenset[int], ...]:
    """Return for each band where an upright line parts it."""
    place = {x: at for at, x in enumerate(xs)}
    walls: list[set[int]] = [set() for _ in range(len(ys) - 1)]
    for rule in standing:
        if 0 < place[rule.at] < len(xs) - 1:
            for band, held in enumerate(walls):
                if rule.start <= (ys[band] + ys[band + 1]) / 2 <= rule.end:
                    held.add(place[rule.at])
    return tuple(map(frozenset, walls))


def _floors(
    xs: Sequence[float], ys: Sequence[float], level: Sequence[Rule]
) -> tuple[frozenset[int], ...]:
    """Return for each inner height which columns a line closes there."""
    place = {y: at for at, y in enumerate(ys)}
    floors: list[set[int]] = [set() for _ in range(len(ys) - 2)]
    for rule in level:
        if 0 < place[rule.at] < len(ys) - 1:
            for column in range(len(xs) - 1):
                if rule.start <= (xs[column] + xs[column + 1]) / 2 <= rule.end:
                    floors[place[rule.at] - 1].add(column)
    return tuple(map(frozenset, floors))
