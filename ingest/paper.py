"""The domain's words: paper, page, block, agenda item, passage, citation.

Everything here is a frozen value, and the module imports nothing of ours. A paper's text is one
string; a page, a block, an item and a passage are spans of it, in characters, end-exclusive.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray

Origins = NDArray[np.int32]
"""(n, 4) rows of start, length, page, raw start, ascending by start: characters
[start, start + length) of the paper's text are characters [raw start, raw start + length) of that
page's text layer (pdfium's numbering). Characters outside every row were put in by cleaning (a
space between two lines). Shape (0, 4) where a format has no text layer."""


Span = tuple[int, int]
"""Characters of a text, end-exclusive."""


def no_origins() -> Origins:
    """Return the origins of a paper whose format has no text layer."""
    return np.zeros((0, 4), dtype=np.int32)


class PaperKind(StrEnum):
    """What a paper is for."""

    AGENDA = "agenda"
    MINUTES = "minutes"
    REPORT = "report"
    DECISION = "decision"
    APPENDIX = "appendix"
    QUESTIONS = "questions"
    PACK = "pack"
    MOTION = "motion"
    TRANSCRIPT = "transcript"
    OTHER = "other"


class PaperState(StrEnum):
    """Whether minutes were confirmed; only where the paper's own heading says so."""

    DRAFT = "draft"
    CONFIRMED = "confirmed"


class ItemKind(StrEnum):
    """What an agenda item is: standing business, a question, a motion, or matter for debate."""

    STANDING = "standing"
    QUESTION = "question"
    MOTION = "motion"
    SUBSTANTIVE = "substantive"


class BlockRole(StrEnum):
    """What a block of text is on its page."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list item"
    TABLE_ROW = "table row"


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """One bookmark of a paper: depth from 0, page from 1."""

    title: str
    page: int
    depth: int


@dataclass(frozen=True, slots=True)
class Page:
    """One page's part of the paper's text: text[start : start + len(text)] of the whole.

    The pages' texts, joined with nothing between, are the paper's text.
    """

    number: int
    label: str | None
    start: int
    text: str
    scanned: bool = False
    """Without a text layer, or nearly so, though something is drawn on it."""
    ocr: float | None = None
    """Mean confidence, 0 to 1, of the OCR that read the page; None where none did."""

    @property
    def end(self) -> int:
        """Where the page ends in the paper's text."""
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, paragraph, list entry or table row: one span of the paper's text.

    Blocks are in order, do not overlap, hold no line break, and are separated by line breaks.
    """

    role: BlockRole
    start: int
    end: int
    level: int = 0
    """Of a heading: 1 the largest. Of a list entry: its nesting, from 0."""


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row of a table under its heads."""

    block: int
    """Which of the paper's blocks it is."""
    cells: tuple[tuple[int, int] | None, ...]
    """For each column the cell's span of the paper's text, or None where there is nothing. One
    label beside several rows is the first cell of each of them."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table as a clerk understands it, over page ends too."""

    caption: str | None
    """The heading or line above it that says what it shows."""
    heads: tuple[str, ...]
    """What each column is called, "" where nothing says so; as many as any row has cells."""
    rows: tuple[TableRow, ...]
    """Without the rows that hold the heads."""


@dataclass(frozen=True, slots=True)
class CleanText:
    """A paper as a clerk would type it out anew: no running heads, whole paragraphs."""

    text: str
    pages: tuple[Page, ...]
    blocks: tuple[Block, ...]
    origins: Origins = field(default_factory=no_origins)
    paged: bool = True
    """False where the format has no pages (HTML, Word, text): then there is one page, number 1."""
    outline: tuple[OutlineEntry, ...] = ()
    title: str | None = None
    """What the file's metadata gives as its title, if anything sensible."""
    tables: tuple[Table, ...] = ()
    """Those whose columns are known, in order; each row is a block of role TABLE_ROW."""

    def page_at(self, position: int) -> int:
        """Return the number of the page that holds the character at position."""
        after = bisect_right(self.pages, position, key=lambda page: page.start)
        return self.pages[max(0, after - 1)].number


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing known of a paper, and where it was found."""

    value: str
    evidence: str
    """The very words that tell it."""
    found_in: str
    """"text", "outline", "metadata", "file name", "folder" or "override"."""


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """One item of business as the paper prints it: a span of its text, heading included.

    A sub-item (depth 2 and below) lies inside its parent's span.
    """

    position: int
    """From 0, in the paper's order."""
    number: str | None
    """As the agenda numbers it: "7", "7(a)"."""
    minute: str | None
    """As the minutes number it, where they differ from the agenda: "285"."""
    title: str | None
    kind: ItemKind
    depth: int
    start: int
    end: int
    exempt: bool = False


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a passage stands: pages from 1, characters end-exclusive."""

    first_page: int
    last_page: int
    start: int
    end: int

    def __post_init__(self) -> None:
        """Reject what no reader could open."""
        if not 1 <= self.first_page <= self.last_page:
            raise ValueError(f"pages {self.first_page} to {self.last_page}")
        if not 0 <= self.start < self.end:
            raise ValueError(f"characters {self.start} to {self.end}")


@dataclass(frozen=True, slots=True)
class Passage:
    """A quotable stretch of one paper, never across an agenda item."""

    id: str
    """Made of the paper's source and the passage's own words: survives edits elsewhere."""
    text: str
    """Exactly the paper's text[citation.start : citation.end]."""
    context: str
    """Body, date, item and paper in one line: searched and cited, never quoted."""
    citation: Citation
    item: int | None
    """Position of its innermost agenda item in the paper's items."""
    read_out: str | None = None
    """Its table rows as a clerk reads them out, each figure with its column's head: searched
    and embedded, never quoted. None where it holds no row of a known table."""
    speakers: tuple[str, ...] = ()
    """Who speaks in it, by name or office, in order, each once (see ingest.speakers)."""


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper, read and understood."""

    source: str
    """Absolute path of its file, in POSIX form."""
    sha256: str
    format: str
    """"pdf", "word", "html", "markdown" or "text"."""
    title: str
    kind: PaperKind
    state: PaperState | None
    body: str | None
    meeting_date: date | None
    exempt: bool
    facts: Mapping[str, Fact]
    """Evidence for "title", "kind", "state", "body", "meeting_date", "exempt", where known."""
    text: CleanText
    items: tuple[AgendaItem, ...]
    passages: tuple[Passage, ...]
    closed: tuple[Span, ...] = ()
    """What of the text is exempt, in order: all of it where the paper is (see ingest.exemption)."""

    @property
    def id(self) -> str:
        """The paper's address in links: stays the same while its file stays where it is."""
        return paper_id(self.source)


def paper_id(source: str) -> str:
    """Return the id of the paper at source: 16 hexadecimal digits."""
    return sha256(source.encode()).hexdigest()[:16]


def passage_id(source: str, text: str, occurrence: int) -> str:
    """Return the id of a passage: 20 hexadecimal digits.

    Args:
        source: the paper's source.
        text: the passage's own words.
        occurrence: how many passages with the same words stand before it in the paper.
    """
    return sha256(f"{source}\0{text}\0{occurrence}".encode()).hexdigest()[:20]
