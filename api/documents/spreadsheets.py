"""Tables as CSV and as XLSX, in which no cell is ever run as a formula."""

from __future__ import annotations

import csv
from datetime import date
from io import BytesIO, StringIO

from openpyxl import Workbook
from openpyxl.cell.cell import Cell as XlsxCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from api.documents.sheet import Cell, Sheet, begins_a_formula, plain

CHARACTERS_A_LINE = 170
"""Width of a sheet that a wide screen shows whole."""

LONGEST_CELL = 32_767
"""Characters that a cell of XLSX holds."""

_HEAD_ROW = 3


def csv_of(sheet: Sheet) -> bytes:
    """Return a table as CSV: UTF-8 with the mark by which spreadsheet programs know it.

    A cell that might be run as a formula begins with an apostrophe, which OWASP advises.
    """
    written = StringIO(newline="")
    rows = csv.writer(written)
    rows.writerow([column.head for column in sheet.columns])
    rows.writerows([[_as_csv(cell) for cell in row] for row in sheet.rows])
    return written.getvalue().encode("utf-8-sig")


def xlsx_of(sheet: Sheet) -> bytes:
    """Return a table as XLSX: heads that stay in sight and can be filtered by, days as days."""
    book = Workbook()
    page = book.active
    if not isinstance(page, Worksheet):
        raise TypeError("a new workbook has one worksheet")
    page.title = plain(sheet.title)[:31]
    _put(page.cell(1, 1), sheet.title)
    page.cell(1, 1).font = Font(bold=True, size=14)
    _put(page.cell(2, 1), sheet.about)
    total = sum(column.width for column in sheet.columns)
    for at, column in enumerate(sheet.columns, start=1):
        head = page.cell(_HEAD_ROW, at)
        _put(head, column.head)
        head.font = Font(bold=True)
        head.fill = PatternFill("solid", fgColor="E3E8EE")
        width = CHARACTERS_A_LINE * column.width / total
        page.column_dimensions[get_column_letter(at)].width = width
    for number, row in enumerate(sheet.rows, start=_HEAD_ROW + 1):
        for at, cell in enumerate(row, start=1):
            _put(page.cell(number, at), cell)
            page.cell(number, at).alignment = Alignment(wrap_text=True, vertical="top")
    _set_up(page, len(sheet.columns), _HEAD_ROW + len(sheet.rows))
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def _set_up(page: Worksheet, columns: int, rows: int) -> None:
    page.freeze_panes = f"A{_HEAD_ROW + 1}"
    page.auto_filter.ref = f"A{_HEAD_ROW}:{get_column_letter(columns)}{rows}"
    page.print_title_rows = f"{_HEAD_ROW}:{_HEAD_ROW}"
    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = "9"  # A4
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr.fitToPage = True


def _put(place: XlsxCell, cell: Cell) -> None:
    if cell is None:
        return
    if isinstance(cell, date):
        place.value = cell
        place.number_format = "d mmm yyyy"
        return
    text = plain(cell)[:LONGEST_CELL]
    place.value = text
    place.data_type = "s"  # openpyxl takes what begins with = for a formula
    if begins_a_formula(text):
        # Excel's own apostrophe: stays text also when someone edits the cell.
        place.quotePrefix = True


def _as_csv(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, date):
        return cell.isoformat()
    text = plain(cell)
    return f"'{text}" if begins_a_formula(text) else text
