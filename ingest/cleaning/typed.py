"""Rebuilds paragraphs from typed lines, which have no layout but their length and blank lines.

Exports of PDFs as text often put a blank line after every line, so that a blank line tells
nothing; or break a justified heading into one word a line. Each page is judged by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from math import ceil
from operator import itemgetter

from ingest.cleaning.characters import BREAK, settled
from ingest.cleaning.hyphens import Spelling, joined
from ingest.cleaning.joining import across_pages
from ingest.cleaning.pieces import Paragraph, Piece, Row, text_of
from ingest.cleaning.starts import (
    bullet,
    closes_quotation,
    ends,
    ends_sentence,
    glued,
    goes_on,
    in_capitals,
    label,
    marker,
    number,
    only_joins,
    only_marker,
    starts_low,
)
from ingest.cleaning.tables.heads import Look, heads_of
from ingest.cleaning.tables.rows import is_figure
from ingest.paper import BlockRole

LONGEST_WRAPPED = 140
"""Characters; lines that run longer were not broken at a margin."""
FULL = 0.86
"""Share of the margin that a line must reach with the next word; letters differ in width."""
DOUBLE_SPACED = 0.8
"""Share of lines after a blank one above which blank lines part nothing..."""
CUT_SENTENCES = 0.06
"""... if also this share of the blank lines stands inside a sentence."""
WORDS_OF_TITLE = 3
"""Lines of one word in capitals that make a title; two may be two headings."""
BROKEN_TITLE = 0.55
"""Share of the margin from which a line in capitals, which are wide, may be full."""
LONGEST_LABEL = 80
"""Characters of the label before a row of figures."""
BETWEEN = " | "
"""What stands between two cells of a typed row."""
LONGEST_HEADING = 150
"""Characters of a heading set in bold or capitals."""


@dataclass(frozen=True, slots=True)
class Typed:
    """One typed line, cleaned, not empty."""

    text: str
    page: int = 1
    after_blank: bool = False
    bold: bool = False
    fixed: BlockRole | None = None
    """What it is, where its markup says so; then it is a paragraph by itself."""
    level: int = 0
    cells: tuple[str, ...] = ()
    """Of a table row: what each column says."""


def spaced(text: str) -> str:
    """Return a line's text with a space between its number and its first word."""
    number_end = glued(text)
    return f"{text[:number_end]} {text[number_end:]}" if number_end else text


def rebuilt(lines: Sequence[Typed]) -> list[Paragraph]:
    """Return the paragraphs that the lines were, in order."""
    spelling = Spelling(line.text for line in lines)
    pages = [list(page) for _, page in groupby(lines, key=lambda line: line.page)]
    double = [page for page in pages if _is_spaced_out(page)]
    cuts = _cuts(double)
    found: list[Paragraph] = []
    for page in pages:
        spaced = _is_spaced_out(page) and (cuts >= CUT_SENTENCES or _cuts([page]) >= CUT_SENTENCES)
        found += _page(page, _Habit(_margin(page), spaced), spelling)
    return across_pages(_with_tables(found), spelling)


def _with_tables(found: Sequence[Paragraph]) -> list[Paragraph]:
    """Return the paragraphs, rows one below the other with as many cells as one table."""
    tabled: list[Paragraph] = []
    keys = [len(each.row.cells) if each.row else 0 for each in found]
    for table, (width, group) in enumerate(
        groupby(zip(keys, found, strict=True), key=itemgetter(0))
    ):
        rows = [each for _, each in group]
        heads = heads_of([_look(each) for each in rows]) if width else 0
        for at, each in enumerate(rows):
            row = each.row and replace(each.row, table=table, head=at < heads)
            tabled.append(replace(each, row=row) if row else each)
    return tabled


def _look(row: Paragraph) -> Look:
    """Return a typed row as heads.py looks at it; nothing in it is known to be bold."""
    cells = row.row.cells if row.row else ()
    texts = tuple(row.text[cell[0] : cell[1]] if cell else "" for cell in cells)
    return Look(texts, (False,) * len(texts))


def _cells_of(line: Typed) -> Row | None:
    """Return where a typed row's cells stand in its text."""
    if not line.cells:
        return None
    spans: list[tuple[int, int] | None] = []
    position = 0
    for cell in line.cells:
        spans.append((position, position + len(cell)) if cell else None)
        position += len(cell) + len(BETWEEN) if cell else 0
    return Row(0, tuple(spans))


@dataclass(frozen=True, slots=True)
class _Habit:
    """How one page was typed."""

    margin: int | None
    """Characters at which its lines break; None where they do not."""
    double_spaced: bool


def _margin(lines: Sequence[Typed]) -> int | None:
    """Return where a page's lines break, in characters, or None where they do not."""
    lengths = sorted(len(line.text) for line in lines)
    # Most lines of a page may be headings and names; the longest twentieth are prose.
    margin = lengths[ceil(0.95 * (len(lengths) - 1))]
    wrapped = 30 <= margin <= LONGEST_WRAPPED and lengths[-1] <= 1.3 * margin + 10
    return margin if wrapped else None


def _is_spaced_out(lines: Sequence[Typed]) -> bool:
    """Tell whether nearly every line of a page stands after a blank one."""
    blank = sum(line.after_blank for line in lines[1:])
    return blank >= DOUBLE_SPACED * (len(lines) - 1) and _margin(lines) is not None


def _cuts(pages: Sequence[Sequence[Typed]]) -> float:
    """Return which share of the blank lines stands inside a sentence."""
    pairs = [pair for page in pages for pair in pairwise(page) if pair[1].after_blank]
    cut = sum(starts_low(two.text) and not ends(one.text) for one, two in pairs)
    return cut / len(pairs) if pairs else 0.0


def _page(lines: Sequence[Typed], habit: _Habit, spelling: Spelling) -> list[Paragraph]:
    """Return one page's paragraphs."""
    found: list[Paragraph] = []
    group: list[Typed] = []
    for line in _with_rows(_with_titles(lines)):
        if group and not _goes_with(group, line, habit):
            found.append(_paragraph(group, habit, spelling))
            group = []
        group.append(line)
    if group:
        found.append(_paragraph(group, habit, spelling))
    return found


def _with_titles(lines: Sequence[Typed]) -> Iterator[Typed]:
    """Yield the lines, those of a title in capitals that breaks after each word joined."""
    at = 0
    while at < len(lines):
        run = 0
        while at + run < len(lines) and _is_title_word(lines[at + run], run):
            run += 1
        if run >= WORDS_OF_TITLE:
            text = " ".join(line.text for line in lines[at : at + run])
            yield replace(lines[at], text=text)
            at += run
        else:
            yield lines[at]
            at += 1


def _is_title_word(line: Typed, before: int) -> bool:
    """Tell whether a line is one word in capitals, or the end of a title after such words."""
    if not line.text.isupper() or line.fixed or ends(line.text) or only_marker(line.text):
        return False
    return " " not in line.text or (before >= WORDS_OF_TITLE and not marker(line.text))


def _with_rows(lines: Iterable[Typed]) -> Iterator[Typed]:
    """Yield the lines, those of a table that was typed one cell a line joined to rows."""
    waiting: list[Typed] = []
    for line in lines:
        nothing = line.text in "-–—" and len(waiting) > 1
        if waiting and not line.fixed and (nothing or _is_cell(line.text)):
            waiting.append(line)
            continue
        yield from _row(waiting)
        waiting = [line]
    yield from _row(waiting)


def _is_cell(text: str) -> bool:
    """Tell whether a line is a figure, and not the number of what follows."""
    return is_figure(text) and not only_marker(text)


def _row(cells: Sequence[Typed]) -> Sequence[Typed]:
    """Return a label and its figures as one row, if there are enough of them."""
    figures = [cell for cell in cells if is_figure(cell.text)]
    telling = any(not cell.text.isdigit() for cell in figures)
    head = cells[0].text if cells else ""
    if len(figures) < 2 or not telling or len(head) > LONGEST_LABEL or cells[0].fixed:
        return cells
    texts = tuple(cell.text for cell in cells)
    row = replace(cells[0], text=BETWEEN.join(texts), fixed=BlockRole.TABLE_ROW, cells=texts)
    return [row]


def _goes_with(group: Sequence[Typed], line: Typed, habit: _Habit) -> bool:
    """Tell whether line goes on with the paragraph that group is so far."""
    last = group[-1]
    if line.fixed or last.fixed:
        return False
    if only_marker(last.text) and len(group) == 1:
        return not only_marker(line.text) or line.text.startswith("(")
    if marker(line.text) and not _only_looks_numbered(last, line, habit):
        return False
    if _opens_with_label(line.text, last.text):
        return False
    if last.text[-1:] in f"-{BREAK}" and last.text[-2:-1].isalnum():
        return True
    if only_joins(line.text) or goes_on(last.text):
        return not last.after_blank or habit.double_spaced or not line.after_blank or _caps(last)
    unfinished = not ends(last.text)
    if unfinished and _is_title(last, habit) and line.text.isupper():
        return last.bold == line.bold
    if line.after_blank and not habit.double_spaced:
        return unfinished and starts_low(line.text) and len(last.text) > 20
    if unfinished and starts_low(line.text):
        return True
    if line.bold != last.bold:
        return False
    return _is_full(last, line, habit) and not _closes(last, line, habit)


def _opens_with_label(text: str, before: str) -> bool:
    """Tell whether text opens with a label of a form or minute: "PRESENT:"."""
    found = label(text)
    return found is not None and (found.isupper() or found == text or ends(before))


def _is_title(line: Typed, habit: _Habit) -> bool:
    """Tell whether a line is in capitals and so long that a title may have broken after it."""
    return line.text.isupper() and len(line.text) >= BROKEN_TITLE * (habit.margin or 1000)


def _caps(line: Typed) -> bool:
    """Tell whether a line is of a heading in capitals, or one word of it."""
    return line.text.isupper()


def _only_looks_numbered(last: Typed, line: Typed, habit: _Habit) -> bool:
    """Tell whether a line starts with a number only because the sentence broke there."""
    if bullet(line.text) or line.text.startswith("("):
        return False
    return number(line.text) is not None and goes_on(last.text) and _is_full(last, line, habit)


def _is_full(last: Typed, line: Typed, habit: _Habit) -> bool:
    """Tell whether line's first word would not have fitted at the end of last."""
    if habit.margin is None:
        return False
    first = len(line.text.split(" ", 1)[0])
    return len(last.text) + 1 + first >= FULL * habit.margin


def _closes(last: Typed, line: Typed, habit: _Habit) -> bool:
    """Tell whether a full line still ends its paragraph, where nothing else can tell."""
    if closes_quotation(last.text) and not starts_low(line.text):
        return True
    if not habit.double_spaced or not ends_sentence(last.text):
        return False
    return habit.margin is not None and len(last.text) < 0.92 * habit.margin


def _paragraph(group: Sequence[Typed], habit: _Habit, spelling: Spelling) -> Paragraph:
    """Return the group's lines as one paragraph."""
    pieces = settled(joined([(Piece(line.text, line.page),) for line in group], spelling))
    role, level = _role(group, "".join(piece.text for piece in pieces))
    fills = habit.margin is not None and len(group[-1].text) >= FULL * habit.margin
    row = _cells_of(group[0]) if text_of(pieces) == group[0].text else None
    return Paragraph(role, pieces, level, fills, row)


def _role(group: Sequence[Typed], text: str) -> tuple[BlockRole, int]:
    """Return what the paragraph is, and its level."""
    if group[0].fixed:
        return group[0].fixed, group[0].level
    short = len(text) <= LONGEST_HEADING and not ends_sentence(text) and text[-1] not in ",;"
    worded = sum(map(str.isalpha, text)) > 2
    if short and worded and not bullet(text):
        if all(line.bold for line in group):
            return BlockRole.HEADING, 2
        if in_capitals(text):
            return BlockRole.HEADING, 2
    if marker(text):
        return BlockRole.LIST_ITEM, 0
    return BlockRole.PARAGRAPH, 0
