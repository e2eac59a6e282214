"""How a date, a citation or a figure is put into words: the same on the page and the terminal."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import PurePosixPath

from ingest.paper import Citation, PaperKind, PaperState
from search.answer import ItemCard, PaperCard, Twin

KINDS = {
    PaperKind.AGENDA: "agenda",
    PaperKind.MINUTES: "minutes",
    PaperKind.REPORT: "report",
    PaperKind.DECISION: "decision record",
    PaperKind.APPENDIX: "appendix",
    PaperKind.QUESTIONS: "questions",
    PaperKind.PACK: "agenda pack",
    PaperKind.MOTION: "motion",
    PaperKind.TRANSCRIPT: "transcript",
    PaperKind.OTHER: "paper",
}


def day(when: date) -> str:
    """Return a date as papers write it: 30 January 2025."""
    return f"{when.day} {when:%B %Y}"


def counted(n: int, one: str, many: str | None = None) -> str:
    """Return a number with its noun: 1 paper, 2,000 papers."""
    return f"{n:,} {one if n == 1 else many or one + 's'}"


def listed(names: Sequence[str]) -> str:
    """Return names as a sentence lists them: a, b and c."""
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def pages(citation: Citation, paper: PaperCard) -> str | None:
    """Return "page 3" or "pages 3 to 4"; None where the paper has no pages."""
    if not paper.paged:
        return None
    if citation.first_page == citation.last_page:
        return f"page {citation.first_page}"
    return f"pages {citation.first_page} to {citation.last_page}"


def paragraphs(citation: Citation) -> str | None:
    """Return "paragraph 3.2" or "paragraphs 3.2 to 3.4"; None where none is numbered."""
    if citation.paragraphs is None:
        return None
    first, last = citation.paragraphs
    return f"paragraph {first}" if first == last else f"paragraphs {first} to {last}"


def meeting(paper: PaperCard) -> str | None:
    """Return body and date, as far as they are known."""
    when = day(paper.meeting_date) if paper.meeting_date else None
    return ", ".join(part for part in (paper.body, when) if part) or None


def business(item: ItemCard | None) -> str | None:
    """Return "Minute 285 (item 7), Budget"; None where a passage stands under no item."""
    if item is None:
        return None
    numbers = [
        f"{name} {number}"
        for name, number in (("minute", item.minute), ("item", item.number))
        if number
    ]
    label = f"{numbers[0]} ({numbers[1]})" if len(numbers) == 2 else "".join(numbers)
    return ", ".join(part for part in (label[:1].upper() + label[1:], item.title) if part) or None


def kind(paper: PaperCard) -> str:
    """Return what a paper is: "draft minutes", "report"."""
    return f"draft {KINDS[paper.kind]}" if paper.state is PaperState.DRAFT else KINDS[paper.kind]


def called(paper: PaperCard) -> str:
    """Return a paper's title, and its kind where the title does not tell it."""
    what = kind(paper)
    return paper.title if what in paper.title.casefold() else f"{paper.title} ({what})"


def cited(paper: PaperCard, item: ItemCard | None, citation: Citation) -> str:
    """Return a whole citation in one line, as a member would quote it."""
    parts = (
        meeting(paper),
        business(item),
        called(paper),
        pages(citation, paper),
        paragraphs(citation),
    )
    return " · ".join(part for part in parts if part)


def cited_twin(twin: Twin) -> str:
    """Return the citation of a twin, with its file's name: the titles are often the same."""
    name = PurePosixPath(twin.paper.source).name
    return f"{cited(twin.paper, None, twin.citation)} · {name}"
