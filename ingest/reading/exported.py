"""Reads Markdown that was exported from a PDF: "---" between pages, lines as they were printed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.cleaning.assembling import Leaf, assemble
from ingest.cleaning.furniture import is_bare_number, is_stamp
from ingest.cleaning.starts import bullet, ends
from ingest.cleaning.typed import Typed, rebuilt, spaced
from ingest.paper import BlockRole, CleanText
from ingest.reading.inline import is_bold, without_marks

_PAGE_MARK = re.compile(r"^[ \t]*(?:-{3,}|\*{3,}|_{3,})[ \t]*$", re.MULTILINE)
_ORIGINAL = re.compile(
    r"\s*\[original (?:file|document|pdf)\]\([^\n]{0,2000}\)[ \t]*(?:\n|$)", re.IGNORECASE
)
_NOTICE = re.compile(
    r"[*_\s]*<small>.{0,300}</small>[*_\s]*|scanned page, text may contain errors.*", re.I
)
_READ_AS_BAR = re.compile(r"^[|l] (?=[a-z]{2})(?!.*\|.*\|)")
_READ_AS_LETTER = re.compile(r"^[e¢©«»°] +(?=[A-Z])")
_HEADING = re.compile(r"(#{1,6})[ \t]+(?=\S)")
PREAMBLE = 2000
"""Characters before the first page mark that may only be links and notices."""
MIN_NUMBERED = 0.4
"""Share of marks followed by a page number from which they are page marks."""


def is_export(text: str) -> bool:
    """Tell whether the rules across a Markdown paper are its pages' ends."""
    if _ORIGINAL.match(text[:PREAMBLE]):
        return True
    marks = list(_PAGE_MARK.finditer(text))
    if len(marks) < 2:
        return False
    numbered = sum(
        is_bare_number(_first_line(text[mark.end() : mark.end() + 200])) for mark in marks
    )
    cut = sum(_cuts(text, mark) for mark in marks)
    return numbered >= MIN_NUMBERED * len(marks) or cut >= MIN_NUMBERED * len(marks)


def read_export(text: str) -> CleanText:
    """Return the paper's text, its pages numbered from 1 after the preamble."""
    sheets = _PAGE_MARK.split(text)
    if len(sheets) > 1 and _is_preamble(sheets[0]):
        sheets = sheets[1:]
    if len(sheets) > 1 and not sheets[-1].strip():
        sheets = sheets[:-1]
    lines: list[Typed] = []
    leaves = []
    for number, sheet in enumerate(sheets, start=1):
        found = list(_lines(sheet, number))
        label = None
        if found and is_bare_number(found[0].text) and len(sheets) > 1:
            label = found.pop(0).text.strip("-–—| ")
        lines += found
        leaves.append(Leaf(number, label))
    return assemble(rebuilt(lines), leaves, paged=len(sheets) > 1 or bool(_ORIGINAL.match(text)))


def _is_preamble(head: str) -> bool:
    """Tell whether what stands before the first page mark is no page."""
    rest = _NOTICE.sub("", _ORIGINAL.sub("", head[:PREAMBLE]))
    return len(head) <= PREAMBLE and not rest.strip()


def _first_line(text: str) -> str:
    """Return the first line that says anything."""
    return without_marks(next((line for line in text.split("\n") if line.strip()), ""))


def _cuts(text: str, mark: re.Match[str]) -> bool:
    """Tell whether a mark stands in the middle of a sentence."""
    before = text[max(0, mark.start() - 200) : mark.start()].rstrip().rsplit("\n", 1)[-1]
    return bool(before) and not ends(before) and _first_line(text[mark.end() :][:200])[:1].islower()


def _lines(sheet: str, page: int) -> Iterator[Typed]:
    """Yield one page's lines without their marks, notices and page stamps."""
    after_blank = False
    for line in sheet.split("\n"):
        if _NOTICE.fullmatch(line.strip()) or _ORIGINAL.fullmatch(line):
            continue
        heading = _HEADING.match(line)
        cleaned = without_marks(line[heading.end() :] if heading else line)
        if cleaned and not is_stamp(cleaned):
            if heading:
                level = len(heading[1])
                yield Typed(cleaned, page, after_blank, fixed=BlockRole.HEADING, level=level)
            elif _is_table(cleaned):
                yield from _row(cleaned, page, after_blank)
            else:
                cleaned = _READ_AS_LETTER.sub("• ", _READ_AS_BAR.sub("I ", spaced(cleaned)))
                yield Typed(cleaned, page, after_blank, bold=is_bold(line) and not bullet(cleaned))
        after_blank = not cleaned


def _is_table(line: str) -> bool:
    """Tell whether a line is a table row of Markdown."""
    return line.startswith("|") and line.endswith("|") and line.count("|") > 2


def _row(line: str, page: int, after_blank: bool) -> Iterator[Typed]:
    """Yield a table row with bars between its cells, unless it only rules a line."""
    cells = tuple(cell.strip() for cell in line.strip("|").split("|"))
    if any(cell.strip("-: ") for cell in cells):
        row = " | ".join(cell for cell in cells if cell)
        yield Typed(row, page, after_blank, fixed=BlockRole.TABLE_ROW, cells=cells)
