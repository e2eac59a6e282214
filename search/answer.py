"""What search is asked and what it answers: filters, hits and their reasons."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ingest.paper import Citation, ItemKind, PaperKind, PaperState
from search.tables import TableSlice


@dataclass(frozen=True, slots=True)
class Filters:
    """Which papers may answer; every filter given must hold, within one any value may.

    A filter that nothing matches leaves nothing: it never falls back to everything.
    """

    bodies: tuple[str, ...] = ()
    kinds: tuple[PaperKind, ...] = ()
    since: date | None = None
    until: date | None = None
    """Meeting dates from since to until, both included; undated papers match neither."""
    papers: tuple[str, ...] = ()
    """Paper ids."""

    def __post_init__(self) -> None:
        """Reject a period that ends before it begins."""
        if self.since and self.until and self.since > self.until:
            raise ValueError(f"since {self.since} is after until {self.until}")


@dataclass(frozen=True, slots=True)
class PaperCard:
    """What a citation says of its paper."""

    id: str
    source: str
    title: str
    kind: PaperKind
    state: PaperState | None
    body: str | None
    meeting_date: date | None
    format: str
    paged: bool
    page_count: int


@dataclass(frozen=True, slots=True)
class ItemCard:
    """What a citation says of its agenda item."""

    number: str | None
    minute: str | None
    title: str | None
    kind: ItemKind


@dataclass(frozen=True, slots=True)
class Reasons:
    """Why a hit is there."""

    score: float
    """The fused score that ordered the hits."""
    lexical: float | None
    """BM25, above 0; None where the words did not bring it up."""
    dense: float | None
    """Cosine of question and passage; None where the meaning did not bring it up."""
    matched: tuple[str, ...]
    """The question's words that stand in the passage or its context, as the question has them."""


@dataclass(frozen=True, slots=True)
class Twin:
    """The same words in another place: a draft, the printed minutes, a pack."""

    passage: str
    paper: PaperCard
    citation: Citation


@dataclass(frozen=True, slots=True)
class Hit:
    """One passage that may answer, with everything its citation needs."""

    rank: int
    """From 1."""
    passage: str
    """The passage's id."""
    text: str
    context: str
    read_out: str | None
    """Its table rows, each figure with its column's head, and fields of forms; None without any."""
    tables: tuple[TableSlice, ...]
    """The same rows as tables; a form's fields that no table holds are in none."""
    speakers: tuple[str, ...]
    """Who speaks in it, by name or role, in order."""
    answer: tuple[int, int]
    """The sentence that answers best: characters of text, end-exclusive."""
    citation: Citation
    paper: PaperCard
    item: ItemCard | None
    twins: tuple[Twin, ...]
    reasons: Reasons


@dataclass(frozen=True, slots=True)
class Answer:
    """The hits for one question, best first, all of one generation of the library."""

    question: str
    asked: str
    """The question as it was searched: without the words that only frame it."""
    filters: Filters
    hits: tuple[Hit, ...]
    answered: bool
    """False: the papers do not seem to answer this; the hits are the nearest passages."""
    confidence: float
    """0 to 1: how likely the papers answer the question."""
    generation: int
