"""What search is asked and what it answers: filters, hits and their reasons."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ingest.paper import Citation, ItemKind, PaperKind, PaperState
from search.readings.reading import Reading
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
class Count:
    """How many passages have one value (None: those that have none)."""

    value: str | None
    passages: int


@dataclass(frozen=True, slots=True)
class Facets:
    """How many passages match by words, under the filters; each count is exact.

    A passage matches that holds, with its titles and context, at least `needed` of the question's
    `words`.
    """

    words: int
    needed: int
    passages: int
    bodies: tuple[Count, ...]
    kinds: tuple[Count, ...]
    years: tuple[Count, ...]
    """Of the meeting. Each: greatest count first, passages without a value last."""


NO_FACETS = Facets(0, 0, 0, (), (), ())


class Order(StrEnum):
    """In which order hits are shown."""

    BEST = "best"
    LATEST = "latest"
    """By the day of the meeting, undated papers last; the hits are those that BEST would give."""


class Grouping(StrEnum):
    """By what hits are shown together."""

    MEETING = "meeting"


@dataclass(frozen=True, slots=True)
class Wishes:
    """How a question is to be read and its answer laid out."""

    today: date | None = None
    """What "last year" is counted from; None: relative times are not read."""
    ignored: tuple[str, ...] = ()
    """Keys of readings to drop."""
    order: Order = Order.BEST
    group: Grouping | None = None
    explain: bool = False


@dataclass(frozen=True, slots=True)
class Meeting:
    """Hits of one meeting, in their order."""

    body: str | None
    meeting_date: date | None
    ranks: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """What one voice adds to a hit's score."""

    voice: str
    score: float


@dataclass(frozen=True, slots=True)
class Trace:
    """How an answer came about."""

    by_words: tuple[tuple[str, float], ...]
    """(passage id, BM25) of the first candidates by words."""
    by_meaning: tuple[tuple[str, float], ...]
    """(passage id, cosine) of the first candidates by meaning."""
    parts: tuple[tuple[Part, ...], ...]
    """Of each hit, in the hits' order; they add up to its score."""
    milliseconds: tuple[tuple[str, float], ...]
    """(stage, time), in the order of the stages."""


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
    item_key: str | None
    """The same for all hits of one agenda item; None where a passage stands under no item."""
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
    readings: tuple[Reading, ...] = ()
    """What the question's words were read as, in their order; each can be dropped by its key."""
    facets: Facets = NO_FACETS
    meetings: tuple[Meeting, ...] = ()
    """The hits by meeting, where that was wished; the meeting of the first hit first."""
    trace: Trace | None = None
    """Where it was wished."""
