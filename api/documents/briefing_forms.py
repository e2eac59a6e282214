"""The forms in which a briefing can be taken away."""

from __future__ import annotations

from enum import StrEnum

from api.documents.briefing_outline import Link, outline_of
from search.briefing.values import Briefing


class BriefingForm(StrEnum):
    """A form, by the end of its file's name."""

    WORD = "docx"
    PDF = "pdf"
    MARKDOWN = "md"
    TIMELINE = "svg"

    @property
    def media_type(self) -> str:
        """What it is called over HTTP."""
        return _MEDIA_TYPES[self]


_MEDIA_TYPES = {
    BriefingForm.WORD: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    BriefingForm.PDF: "application/pdf",
    BriefingForm.MARKDOWN: "text/markdown; charset=utf-8",
    BriefingForm.TIMELINE: "image/svg+xml",
}


def briefing_document(form: BriefingForm, briefing: Briefing, link: Link, council: str) -> bytes:
    """Return a briefing as a document.

    Args:
        form: what it is to be; the timeline is the picture alone.
        briefing: what is said.
        link: gives the addresses of papers.
        council: whose papers these are; "" where that is not known.
    """
    if form is BriefingForm.TIMELINE:
        from api.documents.briefing_timeline import timeline_svg

        return timeline_svg(briefing).encode()
    outline = outline_of(briefing, link, council)
    if form is BriefingForm.WORD:
        from api.documents.briefing_word import briefing_word

        return briefing_word(outline)
    if form is BriefingForm.PDF:
        from api.documents.briefing_pdf import briefing_pdf

        return briefing_pdf(outline)
    from api.documents.briefing_markdown import markdown_of

    return markdown_of(outline).encode()
