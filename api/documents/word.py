"""Tables as Word documents: A4 across, the heads repeated on every page, no row broken."""

from __future__ import annotations

from copy import deepcopy
from io import BytesIO

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import Table, _Cell, _Row

from api.documents.sheet import Sheet, in_words, plain

WIDTH, HEIGHT, MARGIN = 297, 210, 12
"""Millimetres: A4 across."""

POINTS = 8
"""Small, but ten columns of sentences stay readable on paper."""


def word_of(sheet: Sheet) -> bytes:
    """Return a table as a Word document."""
    document = Document()
    _lay_out(document)
    document.core_properties.title = plain(sheet.title)
    document.core_properties.author = ""
    document.add_heading(plain(sheet.title), level=1)
    document.add_paragraph(plain(sheet.about))
    table = document.add_table(rows=1, cols=len(sheet.columns), style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    for cell, column in zip(table.rows[0].cells, sheet.columns, strict=True):
        _write(cell, column.head, bold=True)
        _shade(cell)
    _mark(table.rows[0], "w:tblHeader")
    model = table.add_row()
    _mark(model, "w:cantSplit")
    for cell in model.cells:
        _write(cell, "")
    _widen(table, sheet)
    _fill(table, model, sheet)
    written = BytesIO()
    document.save(written)
    return written.getvalue()


def _lay_out(document: WordDocument) -> None:
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(WIDTH), Mm(HEIGHT)
    section.left_margin = section.right_margin = Mm(MARGIN)
    section.top_margin = section.bottom_margin = Mm(MARGIN)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Arial", Pt(9)


def _fill(table: Table, model: _Row, sheet: Sheet) -> None:
    """Put copies of a row in its place, each with its own words.

    Laying out each anew costs nine times as much, half a minute for a council's whole register.
    """
    table._tbl.remove(model._tr)
    for values in sheet.rows:
        row = deepcopy(model._tr)
        for run, value in zip(list(row.iter(qn("w:r"))), values, strict=True):
            run.text = in_words(value)
        table._tbl.append(row)


def _widen(table: Table, sheet: Sheet) -> None:
    total = sum(column.width for column in sheet.columns)
    widths = [Mm((WIDTH - 2 * MARGIN) * column.width / total) for column in sheet.columns]
    for at, width in enumerate(widths):
        table.columns[at].width = width
    # Word goes by each cell's own width, LibreOffice by the columns'.
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = width


def _write(cell: _Cell, text: str, *, bold: bool = False) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_after = Pt(0)
    run = paragraph.add_run(text)
    run.bold, run.font.size = bold, Pt(POINTS)


def _mark(row: _Row, name: str) -> None:
    """Give a row a property that python-docx has no word for."""
    row._tr.get_or_add_trPr().append(OxmlElement(name))


def _shade(cell: _Cell) -> None:
    shading = OxmlElement("w:shd")
    shading.set(qn("w:val"), "clear")
    shading.set(qn("w:fill"), "E3E8EE")
    cell._tc.get_or_add_tcPr().append(shading)
