"""Reads Word papers (.docx): headings by their styles, lists, tables row by row."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
from docx.document import Document
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph as WordParagraph

from ingest.cleaning.assembling import ONE_LEAF, assemble
from ingest.cleaning.characters import clean_text
from ingest.cleaning.pieces import Paragraph, Piece, Pieces
from ingest.cleaning.starts import ends_sentence, in_capitals, marker
from ingest.cleaning.tables.heads import Look, heads_of
from ingest.cleaning.tables.joined import row_of
from ingest.errors import EncryptedPaper, UnreadablePaper
from ingest.paper import BlockRole, CleanText
from ingest.reading.numbering import BULLET, ListNumbers

MAX_UNPACKED = 512 * 2**20
"""Bytes of all parts together; the largest real papers hold some 200 MB of pictures."""
MAX_TEXT_PART = 128 * 2**20
"""Bytes of one part of XML; a 1,000-page report has some 20 MB."""
MOST_COLUMNS = 63
"""Word's own limit; a cell that says it is wider would be made as many times."""
LONGEST_HEADING = 150
"""Characters of a heading that only its bold letters tell."""

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def read_word(path: Path, content: bytes) -> CleanText:
    """Return the paper's text in document order, without headers and footers.

    Raises:
        EncryptedPaper: it needs a password.
        UnreadablePaper: it is broken, or unpacks to more than a paper can hold.
    """
    _check_size(path, content)
    try:
        document = docx.Document(BytesIO(content))
    except Exception as exc:  # python-docx lets through whatever zip and XML raise
        raise UnreadablePaper(path, "the Word file is broken or cut short") from exc
    if document.element.find(f"{_W}body") is None:
        raise UnreadablePaper(path, "the Word file is broken or cut short")
    paragraphs = list(_blocks(document))
    title = clean_text(document.core_properties.title or "")
    return assemble(paragraphs, ONE_LEAF, paged=False, title=title or None)


def _check_size(path: Path, content: bytes) -> None:
    """Refuse a file that unpacks to too much, before anything is unpacked."""
    with zipfile.ZipFile(BytesIO(content)) as parts:
        infos = parts.infolist()
    if any(info.flag_bits & 1 for info in infos):
        raise EncryptedPaper(path, "the Word file needs a password")
    large = [
        i for i in infos if i.filename.endswith((".xml", ".rels")) and i.file_size > MAX_TEXT_PART
    ]
    if large or sum(info.file_size for info in infos) > MAX_UNPACKED:
        raise UnreadablePaper(path, "the Word file unpacks to more than any paper holds")


def _blocks(document: Document) -> Iterator[Paragraph]:
    """Yield paragraphs and table rows in document order."""
    numbers = ListNumbers(document)
    tables = 0
    for each in document.iter_inner_content():
        if isinstance(each, Table):
            tables += 1
            yield from _rows(each, tables)
        else:
            yield from _written(each, numbers)


def _written(paragraph: WordParagraph, numbers: ListNumbers) -> Iterator[Paragraph]:
    """Yield a paragraph with its role, then the text boxes anchored in it."""
    text = clean_text(paragraph.text)
    if text:
        entry = numbers.of(paragraph)
        style = numbers.style(paragraph)
        role, level = _role(paragraph, style, text, entry[0] if entry else None)
        if role is BlockRole.LIST_ITEM and not marker(text):
            text = (entry[1] if entry else BULLET) + text
        elif role is BlockRole.HEADING and entry and entry[1] != BULLET and not marker(text):
            text = entry[1] + text
        yield Paragraph(role, (Piece(text, 1),), level)
    for box in paragraph._p.iter(_W + "txbxContent"):
        if not any(each.tag.endswith("}Fallback") for each in box.iterancestors()):
            yield from _boxed(box)


def _boxed(box: Any) -> Iterator[Paragraph]:  # noqa: ANN401 - an lxml element of python-docx
    """Yield a text box's paragraphs."""
    for each in box.iter(_W + "p"):
        text = clean_text("".join(part.text or "" for part in each.iter(_W + "t")))
        if text:
            yield Paragraph(BlockRole.PARAGRAPH, (Piece(text, 1),))


def _role(
    paragraph: WordParagraph,
    style: Any,  # noqa: ANN401 - python-docx does not say
    text: str,
    level: int | None,
) -> tuple[BlockRole, int]:
    """Return a paragraph's role by its style, then by its look; level is its nesting in a list."""
    name = (style.name or "").lower() if style is not None else ""
    if name == "title":
        return BlockRole.HEADING, 1
    if name.startswith("heading ") and name[8:9].isdigit():
        return BlockRole.HEADING, min(int(name[8]), 6) or 1
    short = len(text) <= LONGEST_HEADING and not ends_sentence(text) and text[-1] not in ",;"
    said = [run for run in paragraph.runs if run.text.strip()]
    if short and ((said and all(run.bold for run in said)) or in_capitals(text)):
        return BlockRole.HEADING, 6
    if level is not None:
        return BlockRole.LIST_ITEM, level
    if name.startswith("list") or marker(text):
        return BlockRole.LIST_ITEM, 0
    return BlockRole.PARAGRAPH, 0


def _rows(table: Table, number: int) -> Iterator[Paragraph]:
    """Yield a table's rows; a cell merged over several columns is said once."""
    rows = [_cells(row) for row in table.rows]
    rows = [cells for cells in rows if any(text for text, _ in cells)]
    marked = sum(_repeats_as_head(row) for row in table.rows)
    heads = marked or heads_of([_look(cells) for cells in rows])
    for at, cells in enumerate(rows):
        head = at < heads
        said: list[Pieces] = []
        for text, again in cells:
            if again:
                said.append(said[-1] if head else ())
            else:
                said.append((Piece(text, 1),) if text else ())
        yield row_of(said, number, head=head, between=" | ")


def _cells(row: _Row) -> list[tuple[str, bool]]:
    """Return for each column what its cell says, and whether it is the cell before gone on."""
    for each in row._tr.tc_lst:
        each.grid_span = min(each.grid_span, MOST_COLUMNS)
    cells: list[tuple[str, bool]] = []
    before: object = None
    for cell in row.cells:
        again = cell._tc is before
        cells.append((_cell_text(cell), again))
        before = cell._tc
    return cells


def _look(cells: list[tuple[str, bool]]) -> Look:
    """Return a row as heads.py looks at it; Word's own mark tells heads better than bold does."""
    return Look(tuple(text for text, _ in cells), (False,) * len(cells))


def _repeats_as_head(row: _Row) -> bool:
    """Tell whether Word repeats the row as a head on each page."""
    properties: Any = row._tr.trPr
    return properties is not None and properties.find(f"{_W}tblHeader") is not None


def _cell_text(cell: _Cell) -> str:
    """Return a cell's text in one line."""
    return clean_text(" ".join(text.text for text in cell.paragraphs))
