"""How a date, a citation or a figure is put into words: the same on the page and the terminal."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import PurePosixPath

from ingest.paper import Citation, PaperKind, PaperState
from search.answer import Facets, Hit, ItemCard, Meeting, PaperCard, Twin
from search.periods import Period
from search.readings.reading import Reading, ReadingKind

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

MARKS = {"“": "”", '"': '"'}
"""Quotation marks that papers set around whole speeches, each with the one that closes it."""

MOST_NUMBERS = 12
"""Of pages named one by one."""

FORMATS = {
    "pdf": "PDF",
    "word": "Word",
    "html": "web page",
    "markdown": "Markdown",
    "text": "plain text",
}


READ_AS = {
    ReadingKind.BODY: "papers of {}",
    ReadingKind.TIME: "{}",
    ReadingKind.PERSON: "said by {}",
    ReadingKind.KIND: "in {}",
    ReadingKind.STATE: "in {} papers",
    ReadingKind.REFERENCE: "the reference {}",
    ReadingKind.MINUTE: "minute {}",
    ReadingKind.ITEM: "item {}",
    ReadingKind.PHRASE: "the words “{}”",
    ReadingKind.ACRONYM: "also {}",
    ReadingKind.EVERYDAY: "also {}",
    ReadingKind.SPELLING: "{}",
    ReadingKind.ORDER: "{}",
}
"""How a reading is put into words; {} is what was read."""


def day(when: date) -> str:
    """Return a date as papers write it: 30 January 2025."""
    return f"{when.day} {when:%B %Y}"


def days(first: date, last: date) -> str:
    """Return the days from one to another: a whole month or year by its name."""
    if first.day == 1 and last.day == monthrange(last.year, last.month)[1]:
        if (first.year, first.month) == (last.year, last.month):
            return f"{first:%B %Y}"
        if first.year == last.year and (first.month, last.month) == (1, 12):
            return str(first.year)
    return f"{day(first)} to {day(last)}"


def counted(n: int, one: str, many: str | None = None) -> str:
    """Return a number with its noun: 1 paper, 2,000 papers."""
    return f"{n:,} {one if n == 1 else many or one + 's'}"


def size(n_bytes: int) -> str:
    """Return a size as people say it: 100 MB."""
    return f"{n_bytes / 2**20:,.0f} MB" if n_bytes >= 2**20 else f"{n_bytes / 2**10:,.0f} KB"


def begun(words: str) -> str:
    """Return words as a line begins, with a capital."""
    return f"{words[:1].upper()}{words[1:]}"


def listed(names: Sequence[str]) -> str:
    """Return names as a sentence lists them: a, b and c; "" where there are none."""
    if not names:
        return ""
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def moment(noted: str) -> str:
    """Return a moment given in ISO 8601, to the minute: 3 March 2025, 14:05 UTC."""
    when = datetime.fromisoformat(noted)
    return f"{day(when)}, {when:%H:%M} UTC"


def page_numbers(numbers: Sequence[int]) -> str:
    """Return "page 3" or "pages 3, 4 and 9", the first MOST_NUMBERS of many."""
    named = [str(each) for each in numbers[:MOST_NUMBERS]]
    if len(numbers) > MOST_NUMBERS:
        named.append(f"{len(numbers) - MOST_NUMBERS} others")
    return f"{'page' if len(numbers) == 1 else 'pages'} {listed(named)}"


def kinds_of(kinds: Sequence[PaperKind]) -> str:
    """Return kinds of papers as a sentence lists them, in the order of KINDS."""
    return listed([name for kind, name in KINDS.items() if kind in kinds])


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


def titled(hit: Hit) -> str:
    """Return what a hit's heading says: its paper, the pages and numbered paragraphs."""
    parts = (called(hit.paper), pages(hit.citation, hit.paper), paragraphs(hit.citation))
    return ", ".join(part for part in parts if part)


def between_marks(words: str, cut: bool = False) -> str:
    """Return a quotation between quotation marks, with an ellipsis where it is cut.

    Marks of its own that hold all of it serve as such, also where the other one of them is left
    out: of a long speech the papers print one with each paragraph.
    """
    end = " …" if cut else ""
    first, last = words[:1], words[-1:]
    if first in MARKS:
        closed = _closed(words)
        if closed is None:
            return f"{words}{end}{'' if last == MARKS[first] else MARKS[first]}"
        if not words[closed + 1 :].strip(".,;"):
            return f"{words}{end}"
    elif last == "”" and words.count("“") < words.count("”"):
        return f"“{words}{end}"
    return f"“{words}{end}”"


def _closed(words: str) -> int | None:
    """Return where the mark that begins a quotation is closed; None where it is not."""
    opening, closing = words[0], MARKS[words[0]]
    depth = 0
    for at, each in enumerate(words):
        if at and each == closing:
            depth -= 1
        elif each == opening:
            depth += 1
        if not depth:
            return at
    return None


def quotation(text: str, citation: str) -> str:
    """Return words with their citation, as they are pasted into a letter."""
    return f"{between_marks(' '.join(text.split()))} ({citation})"


def why(hit: Hit) -> list[str]:
    """Return why a passage is shown, in sentences."""
    reasons = hit.reasons
    words = listed([f"“{word}”" for word in reasons.matched])
    said = [f"It, or the heading it stands under, has {words} of your question."] if words else []
    if reasons.lexical is not None and reasons.dense is not None:
        said.append("It came up both by its words and by its meaning.")
    elif reasons.lexical is not None:
        said.append("It came up by its words alone.")
    elif reasons.dense is not None:
        said.append("It came up by its meaning alone.")
    if hit.answer[1] > hit.answer[0]:
        said.append("The marked sentence is the one in it that is nearest to your question.")
    return said


def cited_twin(twin: Twin) -> str:
    """Return the citation of a twin, with its file's name: the titles are often the same."""
    name = PurePosixPath(twin.paper.source).name
    return f"{cited(twin.paper, None, twin.citation)} · {name}"


def read_as(reading: Reading) -> str:
    """Return what words were read as: "papers of Cabinet", "May 2024"."""
    value = period(reading.period) if reading.period else either(_shown(reading))
    told = READ_AS[reading.kind].format(value)
    if not reading.held:
        return f"{told}, which no paper holds"
    return f"only passages with {told}" if reading.hard else told


def period(named: Period) -> str:
    """Return a period as a reader would say it: one day, from, until, or from one to another."""
    if named.first == named.last:
        return day(named.first)
    if named.last == date.max:
        return f"{day(named.first)} or later"
    if named.first == date.min:
        return f"{day(named.last)} or earlier"
    return days(named.first, named.last)


def either(names: Sequence[str]) -> str:
    """Return names of which any will do: a, b or c."""
    return " or ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def met(meeting: Meeting) -> str:
    """Return the body and day of a meeting, as far as they are known."""
    when = day(meeting.meeting_date) if meeting.meeting_date else None
    return ", ".join(part for part in (meeting.body, when) if part) or "Of no known meeting"


def matching(facets: Facets) -> str:
    """Return what facets count: "12 passages hold at least 2 of the 3 words"."""
    if facets.needed == facets.words:
        words = "the word" if facets.words == 1 else f"all {facets.words} words"
    else:
        words = f"at least {facets.needed} of the {facets.words} words"
    verb = "holds" if facets.passages == 1 else "hold"
    return f"{counted(facets.passages, 'passage')} {verb} {words}"


def _shown(reading: Reading) -> list[str]:
    if reading.kind is ReadingKind.KIND:
        return [KINDS[PaperKind(value)] for value in reading.values]
    return list(reading.values)
