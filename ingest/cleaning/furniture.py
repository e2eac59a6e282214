"""Finds what is printed on page after page at the same place: heads, feet, page numbers."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import takewhile

from ingest.cleaning.pieces import Line, Sheet
from ingest.cleaning.tables.above import stands_over
from ingest.cleaning.tables.grids import Grid
from ingest.cleaning.tables.rows import REMEMBERED
from ingest.cleaning.tables.ruled import lines_in, table_grids

EDGE = 0.15
"""Share of the page's height, from its head and from its foot, where furniture begins..."""
DEPTH = 0.3
"""... and to which it may reach without a gap: a letterhead, the column heads of a long table."""
OUTERMOST = 24
"""Lines counted from an edge."""
SAME_PLACE = 4.0
"""Points by which the same furniture wanders from page to page."""
NEIGHBOURHOOD = 3
"""Pages before and after in which furniture repeats; packs change theirs with each report."""
REPEATS = 2
"""Other pages in the neighbourhood that must have it too; one in a paper of two or three pages."""

ROWS_OF_TABLE = 3
"""A ruled grid of more rows is a table; one of fewer may be a letterhead."""

_DIGITS = re.compile(r"\d{1,9}")
_STAMP = re.compile(
    r"(?:page|pg\.?|p\.)\s*\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?|\d{1,4}\s*(?:of|/)\s*\d{1,4}",
    re.IGNORECASE,
)
_PAGE = re.compile(r"Page \d{1,4}(?: of \d{1,4})?")
"""Packs print it also along a side, so it goes wherever it stands alone."""
_BARE = re.compile(r"[-–—|\s]*(?:\d{1,4}|[ivxl]{1,6})[-–—|\s]*", re.IGNORECASE)


def is_stamp(text: str) -> bool:
    """Tell whether text is a page stamp in words: "Page 3", "3 of 12"."""
    return _STAMP.fullmatch(text.strip()) is not None


def is_bare_number(text: str) -> bool:
    """Tell whether text is a page number alone: "3", "- 3 -", "iv"."""
    return _BARE.fullmatch(text) is not None


def without_furniture(sheets: Sequence[Sheet]) -> list[Sheet]:
    """Return the sheets without running heads, feet and page numbers.

    A head that first stands on the paper's first page stays there: it is its title; and so does one
    that first stands above a table. Nothing that
    stands on one page only is taken, save a page stamp.
    """
    edges = [(_edge(sheet, True), _edge(sheet, False)) for sheet in sheets]
    seen = _places_of(sheets, edges)
    repeats = REPEATS if len(sheets) > 3 else 1
    cleared = []
    for page, (sheet, (head, foot)) in enumerate(zip(sheets, edges, strict=True)):
        gone = {
            *(at for at, line in enumerate(sheet.lines) if _PAGE.fullmatch(line.text)),
            *_furniture(sheet, page, head, True, seen, repeats),
            *_furniture(sheet, page, foot, False, seen, repeats),
        }
        lines = (line for at, line in enumerate(sheet.lines) if at not in gone)
        cleared.append(replace(sheet, lines=tuple(lines)))
    return cleared


_Seen = dict[tuple[bool, str], list[tuple[int, Line]]]


def _edge(sheet: Sheet, head: bool) -> list[int]:
    """Return the places in the sheet of its outermost lines, from the edge inwards.

    They end where a table or its heads begin: those repeat on every page, and are no furniture.
    """
    bases = [line.base for line in sheet.lines]
    order = sorted(range(len(bases)), key=bases.__getitem__, reverse=head)
    edge = [at for at in order[:OUTERMOST] if _depth(sheet, sheet.lines[at], head) < DEPTH]
    tables = _tables(sheet)
    if not tables:
        return edge
    held = {at for grid in tables for at in lines_in(grid, sheet.lines)}
    held.update(
        at
        for at in edge
        if any(stands_over(sheet.lines[at], grid.xs, grid.ys[0]) for grid in tables)
    )
    return list(takewhile(lambda at: at not in held, edge))


def _depth(sheet: Sheet, line: Line, head: bool) -> float:
    """Return how far from its edge a line stands, as a share of the page's height."""
    height = max(sheet.height, 1.0)
    return (height - line.base if head else line.base) / height


@lru_cache(maxsize=REMEMBERED)
def _key(text: str) -> str:
    """Return text with its digits masked and its case and spaces evened out."""
    return " ".join(_DIGITS.sub("#", text).lower().split())


def _places_of(sheets: Sequence[Sheet], edges: Sequence[tuple[list[int], list[int]]]) -> _Seen:
    """Return where each line near an edge stands, by edge and masked text."""
    seen: _Seen = defaultdict(list)
    for page, (sheet, both) in enumerate(zip(sheets, edges, strict=True)):
        for head, at_edge in zip((True, False), both, strict=True):
            for at in at_edge:
                seen[head, _key(sheet.lines[at].text)].append((page, sheet.lines[at]))
    return seen


def _furniture(
    sheet: Sheet, page: int, at_edge: list[int], head: bool, seen: _Seen, repeats: int
) -> Iterator[int]:
    """Yield the places of an edge's furniture, inwards until the paper's own words begin."""
    for at in at_edge:
        line = sheet.lines[at]
        stamp = is_stamp(line.text) and _depth(sheet, line, head) < EDGE
        if stamp or _is_own_number(sheet, line, at == at_edge[0]):
            yield at
        elif _repeats(line, page, seen[head, _key(line.text)], repeats):
            title = head and (page == 0 or _names_table(sheet, line, page, seen))
            if is_bare_number(line.text) or not title:
                yield at
        elif not is_stamp(line.text):
            return


def _names_table(sheet: Sheet, line: Line, page: int, seen: _Seen) -> bool:
    """Tell whether a head stands for the first time, above a table: there it is its title."""
    if not _tables(sheet):
        return False
    places = seen[True, _key(line.text)]
    return all(twin.text != line.text for other, twin in _near(places, page) if other == page - 1)


def _tables(sheet: Sheet) -> list[Grid]:
    """Return the grids of a sheet that are tables, not letterheads."""
    return [grid for grid in table_grids(sheet) if len(grid.ys) > ROWS_OF_TABLE]


def _is_own_number(sheet: Sheet, line: Line, outermost: bool) -> bool:
    """Tell whether a line is the sheet's own number, alone at the edge."""
    return outermost and line.text.strip("-–—| ") == str(sheet.number) and len(sheet.lines) > 1


def _repeats(line: Line, page: int, places: list[tuple[int, Line]], repeats: int) -> bool:
    """Tell whether a line stands at the same place on enough of the pages around."""
    bare = is_bare_number(line.text)
    worded = any(map(str.isalpha, line.text))
    others = sum(
        other != page
        and abs(twin.base - line.base) <= SAME_PLACE
        and (bare or abs(twin.left - line.left) <= SAME_PLACE or _centre_off(twin, line))
        and (
            _counts_up(line.text, twin.text, other - page)
            if bare or worded
            else line.text == twin.text
        )
        for other, twin in _near(places, page)
    )
    return others >= repeats


def _centre_off(one: Line, other: Line) -> bool:
    """Tell whether two lines are centred, or end, at the same place."""
    centres = abs(one.left + one.right - other.left - other.right) / 2
    return min(centres, abs(one.right - other.right)) <= SAME_PLACE


def _near(places: list[tuple[int, Line]], page: int) -> list[tuple[int, Line]]:
    """Return the places on pages of the neighbourhood."""
    first = bisect_left(places, page - NEIGHBOURHOOD, key=lambda place: place[0])
    last = bisect_left(places, page + NEIGHBOURHOOD + 1, key=lambda place: place[0])
    return places[first:last]


def _counts_up(text: str, twin: str, pages: int) -> bool:
    """Tell whether two texts differ by nothing, or by numbers that count the pages."""
    numbers = zip(_DIGITS.findall(text), _DIGITS.findall(twin), strict=True)
    steps = {int(two) - int(one) for one, two in numbers}
    # A bare number that stays the same is a figure, not a page.
    return steps <= {pages} if is_bare_number(text) else steps <= {0, pages}
