"""Briefings as PDF, for those without Word: A4, fonts inside, contents, bookmarks, page numbers.

The fonts are those that come with reportlab (Bitstream Vera): all of Latin-1, and the marks that
papers use. A letter that they lack is set without its accent, and if that is no help as a question
mark; Word and Markdown keep it. The PDF has no tags: for screen readers Word is the better form.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import reportlab
from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Paragraph
from reportlab.platypus.tableofcontents import TableOfContents

from api.documents.briefing_outline import REFERENCES, Block, Note, Outline, Quoted, Row, Under
from api.documents.sheet import plain

FONT = "Vera"
_FILES = {"Vera": "Vera.ttf", "Vera-Bold": "VeraBd.ttf", "Vera-Italic": "VeraIt.ttf"}

LINK = "#0b4f8a"
MARGIN = 22 * mm


def briefing_pdf(outline: Outline) -> bytes:
    """Return a briefing as a PDF: the same bytes for the same outline."""
    _register_fonts()
    written = BytesIO()
    _Laid(written, outline).multiBuild(list(_story(outline)))
    return written.getvalue()


class _Laid(BaseDocTemplate):  # type: ignore[misc]
    """Numbers the pages, and tells contents and bookmarks of the headings."""

    def __init__(self, written: BytesIO, outline: Outline) -> None:
        super().__init__(
            written,
            pagesize=A4,
            leftMargin=MARGIN,
            rightMargin=MARGIN,
            topMargin=MARGIN,
            bottomMargin=MARGIN,
            title=plain(outline.title),
            author="",
            lang="en-GB",
            invariant=1,
        )
        frame = Frame(MARGIN, MARGIN, A4[0] - 2 * MARGIN, A4[1] - 2 * MARGIN, 0, 0, 0, 0)
        self.addPageTemplates([PageTemplate(frames=[frame], onPage=_number)])

    def afterFlowable(self, flowable: Any) -> None:  # noqa: ANN401, N802
        """Note the page of each heading."""
        if getattr(flowable, "style", None) is _STYLES["part"]:
            words = flowable.getPlainText()
            self.notify("TOCEntry", (0, escape(words), self.page, _part_mark(words)))
            self.canv.addOutlineEntry(words, _part_mark(words), 0)


def _number(canvas: Any, document: Any) -> None:  # noqa: ANN401
    canvas.setFont(FONT, 9)
    canvas.drawCentredString(A4[0] / 2, MARGIN / 2, f"Page {document.page}")


def _story(outline: Outline) -> Iterator[Any]:
    yield Paragraph(_set(outline.title), _STYLES["title"])
    for each in outline.about:
        yield Paragraph(_set(each), _STYLES["body"])
    if outline.headings:
        yield Paragraph("<b>Contents</b>", _STYLES["body"])
        contents = TableOfContents(dotsMinLevel=0)
        contents.levelStyles = [_STYLES["contents"]]
        yield contents
    for part in outline.parts:
        yield _heading(part.title)
        for block in part.blocks:
            yield _block(block)
    if outline.references:
        yield _heading(REFERENCES)
    for reference in outline.references:
        words = _set(reference.words)
        if reference.link:
            words = f'<a href="{escape(reference.link, _QUOTES)}" color="{LINK}">{words}</a>'
        mark = f'<a name="reference_{reference.number}"/>{reference.number}.&nbsp;&nbsp;'
        yield Paragraph(mark + words, _STYLES["reference"])


def _heading(words: str) -> Any:  # noqa: ANN401
    return Paragraph(f'<a name="{_part_mark(words)}"/>{_set(words)}', _STYLES["part"])


def _block(block: Block) -> Any:  # noqa: ANN401
    match block:
        case Note(words):
            return Paragraph(f"<i>{_set(words)}</i>", _STYLES["body"])
        case Under(words):
            return Paragraph(_set(words), _STYLES["under"])
        case Row(head, entries):
            told = "; ".join(_set(words) + _numbers(numbers) for words, numbers in entries)
            return Paragraph(f"<b>{_set(head)}:</b> {told}", _STYLES["body"])
        case Quoted():
            label = f"<b>{_set(block.label)}:</b> " if block.label else ""
            after = f" ({_set(block.after)})" if block.after else ""
            words = _set(block.marked)
            return Paragraph(label + words + _numbers([block.number]) + after, _STYLES["body"])


def _numbers(numbers: Sequence[int]) -> str:
    return "".join(f' <a href="#reference_{each}" color="{LINK}">[{each}]</a>' for each in numbers)


def _set(text: str) -> str:
    """Return a text as reportlab's paragraphs take it, in letters that the fonts have."""
    known = _letters()
    return escape("".join(each if ord(each) in known else _near(each) for each in plain(text)))


def _near(letter: str) -> str:
    """Return a letter without its accent where the fonts have that; else a question mark."""
    bare = "".join(
        each for each in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(each)
    )
    known = _letters()
    return bare if all(ord(each) in known for each in bare) else "?"


@cache
def _letters() -> frozenset[int]:
    return frozenset(pdfmetrics.getFont(FONT).face.charToGlyph)


@cache
def _register_fonts() -> None:
    folder = Path(reportlab.__file__).parent / "fonts"
    for name, file in _FILES.items():
        pdfmetrics.registerFont(TTFont(name, folder / file))
    pdfmetrics.registerFontFamily(
        FONT, normal=FONT, bold="Vera-Bold", italic="Vera-Italic", boldItalic="Vera-Bold"
    )


def _part_mark(words: str) -> str:
    return "part_" + "_".join(words.casefold().split())


_QUOTES = {'"': "&quot;"}
_BODY = ParagraphStyle("body", fontName=FONT, fontSize=10, leading=14, spaceAfter=6)
_STYLES = {
    "body": _BODY,
    "contents": ParagraphStyle("contents", _BODY, spaceAfter=0),
    "title": ParagraphStyle(
        "title", _BODY, fontName="Vera-Bold", fontSize=20, leading=26, spaceAfter=12
    ),
    "part": ParagraphStyle(
        "part",
        _BODY,
        fontName="Vera-Bold",
        fontSize=14,
        leading=18,
        spaceBefore=14,
        keepWithNext=1,
        textColor=HexColor("#1a1a1a"),
    ),
    "under": ParagraphStyle(
        "under", _BODY, fontName="Vera-Bold", fontSize=10.5, spaceBefore=6, keepWithNext=1
    ),
    "reference": ParagraphStyle("reference", _BODY, leftIndent=10 * mm, firstLineIndent=-10 * mm),
}
