"""How a paper's paragraphs look in print, and how its words are written for reportlab."""

from __future__ import annotations

import re
from html import escape

from reportlab.lib.enums import TA_CENTER
from reportlab.lib.styles import ParagraphStyle

BODY = ParagraphStyle(
    "body",
    fontName="Helvetica",
    fontSize=12,
    leading=14.6,
    spaceAfter=9,
    bulletFontSize=12,
    embeddedHyphenation=1,
)
STYLES = {
    "para": BODY,
    "below": ParagraphStyle("below", BODY, keepWithNext=1),
    "title": ParagraphStyle(
        "title", BODY, fontName="Helvetica-Bold", fontSize=13, leading=16, alignment=TA_CENTER
    ),
    "subtitle": ParagraphStyle("subtitle", BODY, fontName="Helvetica-Bold", alignment=TA_CENTER),
    "heading": ParagraphStyle(
        "heading", BODY, fontName="Helvetica-Bold", spaceBefore=6, spaceAfter=5, keepWithNext=1
    ),
    "subheading": ParagraphStyle(
        "subheading", BODY, fontName="Helvetica-BoldOblique", spaceAfter=5, keepWithNext=1
    ),
    "caption": ParagraphStyle(
        "caption", BODY, fontName="Helvetica-Bold", fontSize=10, spaceAfter=4, keepWithNext=1
    ),
    "numbered": ParagraphStyle("numbered", BODY, leftIndent=34, bulletIndent=0),
    "inner": ParagraphStyle("inner", BODY, leftIndent=62, bulletIndent=34),
    "bullet": ParagraphStyle("bullet", BODY, leftIndent=52, bulletIndent=38, spaceAfter=4),
    "cell": ParagraphStyle("cell", BODY, fontSize=9.5, leading=11.5, spaceAfter=0),
    "field": ParagraphStyle("field", BODY, spaceAfter=0),
}
BREAKS = re.compile(
    r"(?<=\w{3})(?=(?:ment|tion|sion|able|ance|ence|ing|ness|tive|ship|ity)s?\b)", re.IGNORECASE
)
SOFT_HYPHEN = "\u00ad"


def inline(words: str, hyphens: bool = False) -> str:
    """Write a block's words for reportlab; with `hyphens`, long words may part at line ends."""
    text = escape(words, quote=False)
    if hyphens:
        text = BREAKS.sub(SOFT_HYPHEN, text)
    return re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", text).replace("\n", "<br/>")
