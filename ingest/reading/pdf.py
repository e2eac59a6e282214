"""Reads PDF papers, page by page, with pdfium; pypdf mends what it cannot open."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from ingest.cleaning.assembling import Leaf, assemble
from ingest.cleaning.layout import paragraphs
from ingest.cleaning.pieces import Line, Sheet
from ingest.errors import EncryptedPaper, UnreadablePaper
from ingest.paper import CleanText
from ingest.reading.pictures import fitted, read_page
from ingest.reading.printed import PrintedPage
from ingest.reading.structure import mended, read_structure

NEARLY_EMPTY = 16
"""Letters and digits; a page stamp on a scanned page has fewer."""
DRAWN = 50
"""Paths; letters drawn as outlines need more, a ruled frame fewer."""
PICTURE_SHARE = 0.2
"""Of the page's area; a scan covers more, a logo less."""
MAX_PAGES = 20_000
"""The largest packs have some 2,000."""


def read_pdf(path: Path, content: bytes, *, with_ocr: bool = False) -> CleanText:
    """Return the paper's text.

    Args:
        path: the paper's file.
        content: its bytes.
        with_ocr: read pictures of pages too; the OCR is installed then.

    Raises:
        EncryptedPaper: it does not open without a password.
        UnreadablePaper: pdfium cannot open it, or it has no pages.
    """
    with closing(_opened(path, content)) as pdf:
        pages = len(pdf)
        if not 0 < pages <= MAX_PAGES:
            raise UnreadablePaper(path, f"the PDF has {pages} pages")
        structure = read_structure(pdf)
        sheets, leaves = [], []
        for number in range(1, pages + 1):
            sheet, scanned, confidence = _page(pdf, number, with_ocr)
            sheets.append(sheet)
            leaves.append(Leaf(number, structure.label(number), scanned, confidence))
        seen = {leaf.number for leaf in leaves if leaf.ocr is not None}
        return assemble(
            paragraphs(fitted(sheets, seen) if seen else sheets),
            leaves,
            paged=True,
            outline=structure.outline,
            title=structure.title,
        )


def _opened(path: Path, content: bytes) -> pdfium.PdfDocument:
    """Open the PDF, mended where it is broken, or say why not."""
    try:
        return pdfium.PdfDocument(content)
    except pdfium.PdfiumError as exc:
        if exc.err_code == raw.FPDF_ERR_PASSWORD:
            raise EncryptedPaper(path, "the PDF needs a password") from exc
        whole = mended(content)
        if whole is None:
            raise UnreadablePaper(path, "the PDF is broken or cut short") from exc
    try:
        return pdfium.PdfDocument(whole)
    except pdfium.PdfiumError as exc:
        raise UnreadablePaper(path, "the PDF is broken or cut short") from exc


def _page(pdf: pdfium.PdfDocument, number: int, with_ocr: bool) -> tuple[Sheet, bool, float | None]:
    """Return one page's lines, whether it is scanned, and how sure OCR is of it.

    A page that cannot be loaded is empty.
    """
    try:
        page = pdf[number - 1]
    except pdfium.PdfiumError:
        return Sheet(number, 0.0, 0.0, ()), False, None
    try:
        printed = PrintedPage(page, number)
    except pdfium.PdfiumError:
        page.close()
        return Sheet(number, 0.0, 0.0, ()), False, None
    lines, rules = printed.lines(), printed.rules
    scanned = _says_nearly_nothing(lines) and _drawn_on(page)
    sheet, confidence = Sheet(number, printed.height, printed.width, lines, rules), None
    printed.close()
    if scanned and with_ocr:
        sheet, confidence = _seen(page, number) or (sheet, None)
    page.close()
    return sheet, scanned, confidence


def _seen(page: pdfium.PdfPage, number: int) -> tuple[Sheet, float] | None:
    """Return what OCR reads on a page; one that it stumbles over stays a picture."""
    try:
        return read_page(page, number)
    except Exception:  # the engine promises no list of what it raises
        return None


def _says_nearly_nothing(lines: Sequence[Line]) -> bool:
    """Tell whether lines hold no more than a page stamp."""
    if sum(len(line.text) for line in lines) > 10 * NEARLY_EMPTY:
        return False
    return sum(sum(map(str.isalnum, line.text)) for line in lines) < NEARLY_EMPTY


def _drawn_on(page: pdfium.PdfPage) -> bool:
    """Tell whether a picture or many strokes stand on the page."""
    width, height = page.get_size()
    strokes = 0
    for thing in page.get_objects(max_depth=3):
        if thing.type == raw.FPDF_PAGEOBJ_IMAGE:
            left, bottom, right, top = thing.get_bounds()
            if abs((right - left) * (top - bottom)) > PICTURE_SHARE * width * height:
                return True
        strokes += thing.type in (raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_SHADING)
        if strokes > DRAWN:
            return True
    return False
