"""Briefings as Word documents, as councils set them: A4, Arial 11, real headings, page numbers.

The headings are Word's own, so that screen readers and the navigation pane find them; the list of
contents leads to them, and Word adds its page numbers when it is brought up to date (F9).
"""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from api.documents.briefing_outline import REFERENCES, Block, Note, Outline, Quoted, Row, Under
from api.documents.sheet import plain
from api.documents.wordparts import bookmarked, field, link_inside, link_outside

MARGIN = 25
"""Millimetres."""

SPACES = {"Heading 1": (18, 4), "Heading 2": (10, 2), "Normal": (0, 6)}
"""Points before and after."""

SIZES = {"Title": 22, "Heading 1": 15, "Heading 2": 12, "Normal": 11}
"""Points."""

INK = RGBColor(0x1A, 0x1A, 0x1A)


def briefing_word(outline: Outline) -> bytes:
    """Return a briefing as a Word document."""
    document = Document()
    _lay_out(document, outline)
    document.add_paragraph(plain(outline.title), style="Title")
    for each in outline.about:
        document.add_paragraph(plain(each))
    _contents(document, outline.headings)
    for at, part in enumerate(outline.parts):
        _heading(document, part.title, at)
        for block in part.blocks:
            _block(document, block)
    if outline.references:
        _references(document, outline)
    written = BytesIO()
    document.save(written)
    return written.getvalue()


def _lay_out(document: WordDocument, outline: Outline) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(MARGIN)
    section.top_margin = section.bottom_margin = Mm(MARGIN)
    for name, size in SIZES.items():
        style = document.styles[name]
        style.font.name, style.font.size = "Arial", Pt(size)
        style.font.color.rgb = INK
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for key in [each for each in fonts.attrib if each.endswith("Theme")]:
            del fonts.attrib[key]  # a theme's font would win over ours
        fonts.set(qn("w:eastAsia"), "Arial")
    document.styles["Title"].font.bold = True
    for name, (before, after) in SPACES.items():
        space = document.styles[name].paragraph_format
        space.space_before, space.space_after = Pt(before), Pt(after)
    properties = document.core_properties
    properties.title, properties.language = plain(outline.title), "en-GB"
    properties.author = properties.comments = ""
    foot = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    foot.add_run("Page ")
    with field(foot, "PAGE"):
        foot.add_run("1")
    foot.add_run(" of ")
    with field(foot, "NUMPAGES"):
        foot.add_run("1")


def _contents(document: WordDocument, headings: Sequence[str]) -> None:
    if not headings:
        return
    document.add_paragraph().add_run("Contents").bold = True
    lines = [document.add_paragraph() for _ in headings]
    with field(lines[0], 'TOC \\o "1-1" \\h \\z \\u', lines[-1]):
        for at, (line, heading) in enumerate(zip(lines, headings, strict=True)):
            line.paragraph_format.space_after = Pt(2)
            link_inside(line, heading, _part_mark(at))


def _heading(document: WordDocument, words: str, at: int) -> None:
    paragraph = document.add_heading(level=1)
    with bookmarked(paragraph, _part_mark(at), at):
        paragraph.add_run(plain(words))


def _block(document: WordDocument, block: Block) -> None:
    match block:
        case Note(words):
            document.add_paragraph().add_run(plain(words)).italic = True
        case Under(words):
            document.add_heading(plain(words), level=2)
        case Row(head, entries):
            paragraph = document.add_paragraph()
            paragraph.add_run(f"{plain(head)}: ").bold = True
            for at, (words, numbers) in enumerate(entries):
                paragraph.add_run(("; " if at else "") + plain(words))
                _numbers(paragraph, numbers)
        case Quoted():
            paragraph = document.add_paragraph()
            if block.label:
                paragraph.add_run(f"{plain(block.label)}: ").bold = True
            paragraph.add_run(plain(block.marked))
            _numbers(paragraph, [block.number])
            if block.after:
                paragraph.add_run(f" ({plain(block.after)})")


def _numbers(paragraph: Paragraph, numbers: Sequence[int]) -> None:
    for number in numbers:
        paragraph.add_run(" ")
        link_inside(paragraph, f"[{number}]", f"reference_{number}")


def _references(document: WordDocument, outline: Outline) -> None:
    _heading(document, REFERENCES, len(outline.parts))
    before = len(outline.headings)
    for each in outline.references:
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.left_indent = Mm(10)
        paragraph.paragraph_format.first_line_indent = Mm(-10)
        with bookmarked(paragraph, f"reference_{each.number}", before + each.number):
            paragraph.add_run(f"{each.number}.\t")
        if each.link:
            link_outside(paragraph, plain(each.words), each.link)
        else:
            paragraph.add_run(plain(each.words))


def _part_mark(at: int) -> str:
    return f"part_{at + 1}"
