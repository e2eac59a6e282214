"""What a library tells of itself: its papers, bodies, failures and size."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ingest.paper import AgendaItem, Block, Origins, Page, PaperKind, Passage, Span, Table
from search.answer import ItemCard, PaperCard
from search.twins import Relation


@dataclass(frozen=True, slots=True)
class KeptPassage:
    """A passage with what its citation says of paper and item."""

    passage: Passage
    paper: PaperCard
    item: ItemCard | None

    @property
    def beside(self) -> str:
        """What is searched beside the passage's own words: context, and table rows read out."""
        return "\n".join(filter(None, (self.passage.context, self.passage.read_out)))


@dataclass(frozen=True, slots=True)
class PassageStems:
    """The stems of a passage, in order, stop words included, a blank before and after each.

    To look for one in such a line takes a tenth of the time of taking the line apart.
    """

    own: str
    """Of its own words."""
    beside: str
    """Of what is searched beside them."""

    def holds(self, *stems: str) -> bool:
        """Tell whether stems stand in it side by side."""
        wanted = f" {' '.join(stems)} "
        return wanted in self.own or wanted in self.beside


@dataclass(frozen=True, slots=True)
class PaperTwin:
    """A paper that says much the same as the one asked about."""

    card: PaperCard
    shared: float
    """Above 0, to 1: share of the words of both that they have in common; of a part, share of its
    own words that the whole has too."""
    relation: Relation
    """What the paper asked about is to the twin: "part of" where the twin holds it."""


@dataclass(frozen=True, slots=True)
class BodyCount:
    """A body (None: papers of no known body) and how many papers are held of it."""

    body: str | None
    papers: int


@dataclass(frozen=True, slots=True)
class FailedFile:
    """A file that could not be read."""

    source: str
    reason: str
    advice: str
    noted: str
    """When: UTC, ISO 8601."""
    held: bool
    """An earlier version of it is held and still answers."""


@dataclass(frozen=True, slots=True)
class Exempt:
    """What of a paper is kept from the public."""

    whole: bool
    spans: tuple[Span, ...]
    """Of its text; what stands outside them is open unless the whole paper is exempt."""

    def meets(self, start: int, end: int) -> bool:
        """Tell whether any of text[start:end] is exempt."""
        return self.whole or any(first < end and start < last for first, last in self.spans)


@dataclass(frozen=True, slots=True)
class SourceFile:
    """The file of a paper as it was when it was read."""

    path: Path
    sha256: str
    format: str


@dataclass(frozen=True, slots=True)
class Status:
    """The library in figures."""

    papers: int
    passages: int
    pages: int
    scanned_pages: int
    """Pages without text."""
    failures: int
    generation: int
    model: str
    dimension: int
    reranker: str | None
    """The library's own, whatever the settings say."""
    created: str
    """UTC, ISO 8601."""
    bytes_on_disk: int


@dataclass(frozen=True, slots=True)
class Leaf:
    """One page of a paper, with what is needed to show it."""

    card: PaperCard
    page: Page
    starts: tuple[int, ...]
    """Where each page of the paper begins in its text, page 1 first."""
    first_block: int
    """Which of the paper's blocks the first of these is."""
    blocks: tuple[Block, ...]
    """Those that stand on the page, wholly or in part."""
    tables: tuple[Table, ...]
    """Those with a row among the blocks."""
    origins: Origins
    """Of the page alone."""
    items: tuple[AgendaItem, ...]
    """Of the whole paper."""

    def page_at(self, position: int) -> int:
        """Return the number of the page that holds a character of the paper's text."""
        return max(1, bisect_right(self.starts, position))


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting of a body on one day, as far as papers tell of it."""

    body: str
    day: date
    papers: int
    kinds: tuple[PaperKind, ...]
    """Of its papers, each once."""


@dataclass(frozen=True, slots=True)
class PaperItem:
    """An agenda item of a paper, and the page that it begins on."""

    card: PaperCard
    item: AgendaItem
    page: int


@dataclass(frozen=True, slots=True)
class YearCount:
    """How many papers of a body (None: no known body) are of meetings in a year (None: no date)."""

    body: str | None
    year: int | None
    papers: int


@dataclass(frozen=True, slots=True)
class UnreadPages:
    """The pages of a paper that are only pictures, which no question finds."""

    card: PaperCard
    pages: tuple[int, ...]
