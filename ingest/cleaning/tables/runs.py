"""Finds which lines of a page are rows of one table, though nothing rules it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ingest.cleaning.pieces import Line, Paragraph
from ingest.cleaning.roles import Group
from ingest.cleaning.starts import ends, leads_to_page, number
from ingest.cleaning.tables.above import with_heads_above
from ingest.cleaning.tables.aligned import neighbours
from ingest.cleaning.tables.ruled import Part, RuledTable
from ingest.paper import BlockRole

LARGER = 1.12
"""Times a row's letter height above which a line between two rows is a heading, not a row."""
MOST_ABOVE = 24
"""Paragraphs above a table without ruled lines among which its heads are looked for: a file may
draw each of its columns' heads by itself."""
WORDS_OF_SECTION = 6
"""Words of a line alone between two rows of such a table that names its next section."""

Told = tuple[Paragraph, Group]
"""A paragraph with its lines."""


def with_heads(page: Sequence[Part]) -> Iterator[Part]:
    """Yield a page's parts, each ruled table with the heads that stand above its ruled lines."""
    waiting: tuple[Line, ...] = ()
    for part in page:
        if isinstance(part, RuledTable):
            waiting, part = with_heads_above(waiting, part)
            if waiting:
                yield waiting
            waiting = ()
            yield part
        else:
            if waiting:
                yield waiting
            waiting = part
    if waiting:
        yield waiting


def groups_above(above: Sequence[Told]) -> tuple[Group, ...]:
    """Return the lines of what may be heads: what ends no sentence."""
    kept: list[Group] = []
    for each, lines in reversed(above):
        if ends(each.text) or each.role is BlockRole.LIST_ITEM:
            break
        kept.insert(0, lines)
    return tuple(kept)


def row_runs(found: Sequence[Told]) -> Iterator[tuple[int, int]]:
    """Yield the first and last place, end-exclusive, of rows that stand below each other."""
    first = 0
    while first < len(found):
        last = first
        while last < len(found) and _is_row_of_run(found, last, first):
            last += 1
        if last > first + 1:
            yield first, last
        first = max(last, first + 1)


def _is_row_of_run(found: Sequence[Told], at: int, first: int) -> bool:
    """Tell whether a paragraph goes on with a run: a row, or a section's name between two."""
    each, lines = found[at]
    if leads_to_page(each.text) or (at > first and not neighbours([found[at - 1][1], lines])):
        return False
    if each.role is BlockRole.TABLE_ROW:
        return True
    if at == first or at + 1 == len(found) or found[at + 1][0].role is not BlockRole.TABLE_ROW:
        return False
    size = found[first][1][0].size
    short = len(lines) == 1 and len(each.text.split()) <= WORDS_OF_SECTION
    return short and lines[0].size <= size * LARGER and not number(each.text)
