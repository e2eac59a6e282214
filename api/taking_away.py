"""An answer as a file to take away: quotations with their citations, and nothing else."""

from __future__ import annotations

import csv
from collections.abc import Callable
from io import BytesIO, StringIO

from docx import Document

from api import wording
from search.answer import Answer, Hit

Link = Callable[[str], str]
"""From a passage's id to its address."""

COLUMNS = (
    *("rank", "quotation", "sentence that answers", "body", "meeting", "item", "paper", "kind"),
    *("page", "citation", "link", "exempt"),
)

EXEMPT = "Exempt: not for the public."

NOT_ANSWERED = (
    "The papers do not seem to answer this. The passages below are only the nearest ones, and may "
    "be about something else."
)

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_csv(answer: Answer, link: Link, exempt: frozenset[str]) -> bytes:
    """Return an answer as CSV (RFC 4180), UTF-8 with a mark that tells Excel so.

    Args:
        answer: with its hits.
        link: gives a passage's address.
        exempt: passages that hold anything exempt.
    """
    written = StringIO()
    writer = csv.writer(written)
    writer.writerow(COLUMNS)
    for hit in answer.hits:
        marked = "yes" if hit.passage in exempt else ""
        writer.writerow([_harmless(each) for each in (*_row(hit, link), marked)])
    return written.getvalue().encode("utf-8-sig")


def as_word(answer: Answer, link: Link, exempt: frozenset[str]) -> bytes:
    """Return an answer as a Word file: the question, and each quotation under its citation.

    Args:
        answer: with its hits.
        link: gives a passage's address.
        exempt: passages that hold anything exempt.
    """
    document = Document()
    document.core_properties.title = _printable(answer.question)
    document.core_properties.author = "Matters Arising"
    document.add_heading(_printable(answer.question), level=1)
    if not answer.hits:
        document.add_paragraph("No passage was found.")
    elif not answer.answered:
        document.add_paragraph(NOT_ANSWERED)
    for hit in answer.hits:
        document.add_heading(_printable(wording.titled(hit)), level=2)
        if hit.passage in exempt:
            document.add_paragraph(EXEMPT)
        quotation = document.add_paragraph(style="Quote")
        for words, answers in _parts(hit):
            quotation.add_run(_printable(words)).bold = answers
        document.add_paragraph(_printable(wording.cited(hit.paper, hit.item, hit.citation)))
        document.add_paragraph(link(hit.passage))
    written = BytesIO()
    document.save(written)
    return written.getvalue()


def _parts(hit: Hit) -> list[tuple[str, bool]]:
    """Return a passage in parts, each with whether it is the sentence that answers."""
    start, end = hit.answer
    parts = ((hit.text[:start], False), (hit.text[start:end], True), (hit.text[end:], False))
    return [(words, answers) for words, answers in parts if words]


def _row(hit: Hit, link: Link) -> list[str]:
    start, end = hit.answer
    paper = hit.paper
    return [
        str(hit.rank),
        hit.text,
        hit.text[start:end],
        paper.body or "",
        paper.meeting_date.isoformat() if paper.meeting_date else "",
        wording.business(hit.item) or "",
        paper.title,
        wording.kind(paper),
        wording.pages(hit.citation, paper) or "",
        wording.cited(paper, hit.item, hit.citation),
        link(hit.passage),
    ]


def _harmless(cell: str) -> str:
    """Keep a spreadsheet from taking a paper's words for a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _printable(text: str) -> str:
    """Leave out control characters, which a Word file cannot hold."""
    return "".join(each for each in text if each.isprintable() or each in "\n\t")
