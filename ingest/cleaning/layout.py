"""Rebuilds paragraphs from the printed lines of a paper's pages."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import quantiles

from ingest.cleaning.characters import BREAK, settled
from ingest.cleaning.columns import below, right_margins
from ingest.cleaning.furniture import without_furniture
from ingest.cleaning.hyphens import Spelling, joined
from ingest.cleaning.joining import across_pages
from ingest.cleaning.pieces import Line, Paragraph, Pieces, Sheet
from ingest.cleaning.roles import Body, Group, paragraph
from ingest.cleaning.starts import bullet, ends, goes_on, number, starts_low
from ingest.cleaning.tables.above import Run, with_heads_parted
from ingest.cleaning.tables.aligned import aligned, with_inner_columns
from ingest.cleaning.tables.rows import (
    SAME_ROW,
    in_order,
    inner_cells,
    is_row,
    is_table_row,
    put_side_by_side,
)
from ingest.cleaning.tables.ruled import Part, RuledTable, lines_of, parts, table_grids
from ingest.cleaning.tables.runs import MOST_ABOVE, groups_above, row_runs, with_heads
from ingest.cleaning.tables.tabling import TableClerk

LOOSER = 1.28
"""A gap this many times the usual one parts paragraphs; single to one-and-a-half is 1.5."""
ANOTHER_SIZE = 0.12
"""Letters that differ in height by this share are another style."""
INDENT = 0.8
"""Letter heights by which a first line is moved in or out."""
DEFAULT_GAP = 1.05
"""Distance of baselines in letter heights where too few lines tell; Word's single spacing."""
TIGHT = 1.12
"""Letter heights between two lines of one cell; between two rows there is more."""
FAR = 4
"""Letter heights by which no line of a paragraph is moved in or out."""
NEARLY_FULL = 4
"""Letter heights between a line's end and the margin that one longer word would fill."""
ROOM = 0.9
"""Letter heights left over on a line after the next line's first word: it could have stood here."""


def paragraphs(sheets: Sequence[Sheet]) -> list[Paragraph]:
    """Return a paper's paragraphs, in order, from its pages' lines."""
    pages = [
        [_side_by_side(sheet, part) for part in parts(sheet)]
        for sheet in map(_in_order, without_furniture(sheets))
    ]
    printed = [[line for part in page for line in lines_of(part)] for page in pages]
    lines = [line for page in printed for line in page]
    if not lines:
        return []
    spelling = Spelling(line.text for line in lines)
    gaps = [_gaps(page) for page in printed]
    body = _body(lines, _usual([gap for page in gaps for gap in page], DEFAULT_GAP))
    clerk = TableClerk(spelling)
    found = [
        each
        for page, own in zip(pages, gaps, strict=True)
        for each in _page(page, replace(body, gap=_usual(own, body.gap)), spelling, clerk)
    ]
    return across_pages(found, spelling)


def _in_order(sheet: Sheet) -> Sheet:
    """Return a sheet with tables in order; one without is put in order when its rows are whole."""
    return in_order(sheet) if table_grids(sheet) else sheet


def _side_by_side(sheet: Sheet, part: Part) -> Part:
    """Return a part of a sheet with its broken lines whole; a ruled table has its cells."""
    if isinstance(part, RuledTable):
        return with_heads_parted(with_inner_columns(part))
    return put_side_by_side(replace(sheet, lines=part)).lines


def _page(
    page: Sequence[Part], body: Body, spelling: Spelling, clerk: TableClerk
) -> Iterator[Paragraph]:
    """Yield one page's paragraphs and table rows."""
    whole = [each for part in with_heads(page) for each in _with_aligned(part, body, spelling)]
    for at, part in enumerate(whole):
        if isinstance(part, Paragraph):
            yield part
            continue
        for each in clerk.rows_of(part, leads=not at, ends=at == len(whole) - 1):
            if isinstance(each, Paragraph):
                yield each
            else:
                for prose, _ in _prose(each, body, spelling):
                    yield prose


def _with_aligned(part: Part, body: Body, spelling: Spelling) -> Iterator[Paragraph | RuledTable]:
    """Yield a part's paragraphs, and as tables what stands in columns without ruled lines."""
    if isinstance(part, RuledTable):
        yield part
        return
    found = list(_prose(part, body, spelling))
    done = 0
    for first, last in row_runs(found):
        above = found[max(done, first - MOST_ABOVE) : first]
        run = Run(tuple(lines for _, lines in found[first:last]), groups_above(above))
        table = aligned(run)
        if table is not None:
            yield from (each for each, _ in found[done : first - table[1]])
            yield table[0]
            done = last
    yield from (each for each, _ in found[done:])


def _prose(
    lines: Sequence[Line], body: Body, spelling: Spelling
) -> Iterator[tuple[Paragraph, Group]]:
    """Yield the paragraphs of lines outside every ruled table, each with its lines."""
    for group, fills, alone in with_company(lines, body):
        yield paragraph(group, _text(group, spelling), body, alone=alone, fills=fills), group


def with_company(lines: Sequence[Line], body: Body) -> Iterator[tuple[Group, bool, bool]]:
    """Yield each paragraph's lines, whether its last reaches the margin, and whether it is alone.

    Alone is what has nothing to its left or right.
    """
    heights = sorted(line.base for line in lines)
    for group, fills in groups(lines, body):
        size = group[0].size
        top = max(line.base for line in group) + SAME_ROW * size
        bottom = min(line.base for line in group) - SAME_ROW * size
        level = bisect_right(heights, top) - bisect_left(heights, bottom)
        yield group, fills, level <= len(group)


def _body(lines: Sequence[Line], gap: float) -> Body:
    """Return the paper's usual type: its letter heights and weight by characters; its line gap."""
    printed: Counter[tuple[float, bool]] = Counter()
    for line in lines:
        printed[line.size, line.bold] += len(line.text)
    sizes: Counter[float] = Counter()
    bold: Counter[bool] = Counter()
    for (size, is_bold), characters in printed.items():
        sizes[round(size * 2) / 2] += characters
        bold[is_bold] += characters
    size = max(sizes, key=lambda each: (sizes[each], each))
    larger = sorted({each for each in sizes if each > size * (1 + ANOTHER_SIZE)}, reverse=True)
    return Body(size, tuple(larger), gap, 2 * bold[True] > bold.total())


def _gaps(lines: Sequence[Line]) -> list[float]:
    """Return the distances of baselines in the prose of one page, in letter heights."""
    return [
        (one.base - other.base) / one.size
        for one, other in pairwise(lines)
        if len(one.text) > 40
        and 0.6 * one.size < one.base - other.base < 2 * one.size
        and not is_row(one)
    ]


def _usual(gaps: Sequence[float], otherwise: float) -> float:
    """Return the usual one of distances of baselines."""
    # The lowest tenth may be raised letters; a paper of one-line paragraphs has few lower.
    return quantiles(gaps, n=10)[2] if len(gaps) > 2 else otherwise


def groups(lines: Sequence[Line], body: Body) -> Iterator[tuple[Group, bool]]:
    """Yield one page's lines by paragraphs, and whether each one's last reaches the margin."""
    margins = right_margins(lines)
    start = 0
    for at in range(1, len(lines) + 1):
        last, margin = lines[at - 1], margins[at - 1]
        if at == len(lines) or _parts(lines[start:at], lines[at], margin, body):
            yield tuple(lines[start:at]), margin - last.right < NEARLY_FULL * last.size
            start = at


def _parts(group: Sequence[Line], line: Line, margin: float, body: Body) -> bool:
    """Tell whether a new paragraph begins with line."""
    last = group[-1]
    if _opens(last.text) and below(last, line) and not is_row(group[0]):
        return False
    in_row = is_table_row(group)
    if in_row and _same_row(group[0], line):
        return False
    if is_row(line) and _labels(group, line):
        return False
    if is_row(line):
        return not _only_looks_like_row(last, line, margin, body)
    if in_row:
        return not _fills_cell(group, line, body)
    drop = last.base - line.base
    unfinished = not ends(last.text)
    if not below(last, line) or drop > LOOSER * _gap(group, body) * last.size + 1:
        flows = starts_low(line.text) and unfinished and _is_full(last, line, margin)
        return not (flows and _other_column(last, line))
    if abs(line.size - last.size) > ANOTHER_SIZE * last.size:
        return True
    if _starts(last, line, margin):
        return True
    if abs(line.left - last.left) > FAR * line.size and not _centred(last, line):
        return not (starts_low(line.text) and unfinished)
    if (starts_low(line.text) and unfinished) or last.text[-1:] in f"-{BREAK}":
        return False
    if line.bold != last.bold:
        return not goes_on(last.text) or last.text == "No"
    if _indents(group, line, unfinished):
        return True
    return not _is_full(last, line, margin) and not goes_on(last.text)


def _gap(group: Sequence[Line], body: Body) -> float:
    """Return the distance of baselines within a group so far, or else the usual one."""
    if len(group) < 2:
        return body.gap
    first = (group[-2].base - group[-1].base) / group[-1].size
    return max(body.gap, first) if first > 0 else body.gap


def _other_column(last: Line, line: Line) -> bool:
    """Tell whether line stands at the head of a column to the right."""
    return line.base > last.base and line.left > last.right


def _is_full(last: Line, line: Line, margin: float) -> bool:
    """Tell whether line's first word would not have fitted at the end of last."""
    first = line.text.split(" ", 1)[0]
    width = (line.right - line.left) * (len(first) + 1) / max(1, len(line.text))
    return margin - last.right < width + ROOM * last.size


def _centred(last: Line, line: Line) -> bool:
    """Tell whether two lines are set about one middle."""
    return abs(last.left + last.right - line.left - line.right) < line.size


def _opens(text: str) -> bool:
    """Tell whether text opens a bracket near its end that it does not close."""
    tail = text[-40:]
    return tail.rfind("(") > tail.rfind(")")


def _starts(last: Line, line: Line, margin: float) -> bool:
    """Tell whether line starts with a bullet or number that opens a block."""
    if bullet(line.text):
        sign = line.text[0]
        return sign not in "-–—o»>" or ends(last.text) or not _is_full(last, line, margin)
    start = number(line.text)
    if start is None:
        return False
    if start.startswith("(") or ends(last.text) or not _is_full(last, line, margin):
        return last.text[-1:] not in f"-{BREAK}"
    return line.left < last.left - INDENT * line.size or bool(line.cells)


def _indents(group: Sequence[Line], line: Line, unfinished: bool) -> bool:
    """Tell whether line is moved in or out as a new paragraph's first line is."""
    last = group[-1]
    shift = line.left - last.left
    if abs(shift) < INDENT * line.size:
        return False
    if len(group) == 1:
        hangs = number(last.text) or bullet(last.text)
        return not hangs and shift > 0 and not unfinished
    return not unfinished


def _same_row(row: Line, line: Line) -> bool:
    """Tell whether line is a cell further right in a row, drawn after a taller cell."""
    return abs(row.base - line.base) < SAME_ROW * row.size and line.left > row.right - line.size


def _labels(group: Sequence[Line], line: Line) -> bool:
    """Tell whether group is the upper part of a label that ends in the row line."""
    last, cells = group[-1], inner_cells(line)
    return (
        bool(cells)
        and not any(is_row(each) for each in group)
        and 0.3 * last.size < last.base - line.base < TIGHT * last.size
        and abs(last.left + last.right - line.left - _label_right(line)) < cells[0][1] - line.left
        and max(each.right for each in group) < cells[0][1]
        and not ends(last.text)
        and last.bold == line.bold
    )


def _label_right(line: Line) -> float:
    """Return about where the first cell of a row ends."""
    first = inner_cells(line)[0][0]
    return line.left + (line.right - line.left) * first / max(1, len(line.text))


def _only_looks_like_row(last: Line, line: Line, margin: float, body: Body) -> bool:
    """Tell whether a wide gap or some figures stand in the middle of a paragraph."""
    return (
        len(inner_cells(line)) < 2
        and not is_row(last)
        and not ends(last.text)
        and abs(last.left - line.left) < SAME_ROW * line.size
        and 0.3 * last.size < last.base - line.base < LOOSER * body.gap * last.size + 1
        and _is_full(last, line, margin)
    )


def _fills_cell(group: Sequence[Line], line: Line, body: Body) -> bool:
    """Tell whether line goes on below the last cell of a row."""
    last = group[-1]
    drop = last.base - line.base
    if not -0.1 * last.size < drop <= LOOSER * body.gap * last.size + 1:
        return False
    lefts = [left for row in group for _, left in row.cells]
    return bool(lefts) and lefts[-1] - 3 <= line.left < last.right and not ends(last.text)


def _text(group: Group, spelling: Spelling) -> Pieces:
    """Return a group's lines as one."""
    return settled(joined([line.pieces for line in group], spelling))
