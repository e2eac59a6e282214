"""The domain's words: paper, agenda item, motion, question, passage, citation, and their text.

Everything here is a frozen value, and the module imports only ingest.text, whose words are had here
as well. A paper's text is one string; an item and a passage are spans of it, in characters,
end-exclusive.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from hashlib import sha256

from ingest.text import (
    Block,
    BlockRole,
    CleanText,
    Origins,
    OutlineEntry,
    Page,
    Span,
    Table,
    TableRow,
    no_origins,
)

__all__ = [  # had here as well; what is defined below needs no mention
    "Block",
    "BlockRole",
    "CleanText",
    "Origins",
    "OutlineEntry",
    "Page",
    "Span",
    "Table",
    "TableRow",
    "no_origins",
]


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


class Outcome(StrEnum):
    """What became of a motion or an amendment."""

    CARRIED = "carried"
    AGREED = "agreed"
    """Without a word of a vote: agreed, adopted, approved."""
    LOST = "lost"
    """Also where nobody seconded it."""
    WITHDRAWN = "withdrawn"
    REFERRED = "referred"
    DEFERRED = "deferred"
    NOTED = "noted"


class Ruling(StrEnum):
    """What a resolution does."""

    RESOLVED = "resolved"
    AGREED = "agreed"
    DECIDED = "decided"
    RECOMMENDED = "recommended"


@dataclass(frozen=True, slots=True)
class Vote:
    """How a vote went, as far as it is printed; where only names are, they are counted."""

    span: Span
    in_favour: int | None = None
    against: int | None = None
    abstaining: int | None = None
    manner: str | None = None
    """"unanimous", "nem con", "casting vote", "show of hands", "roll call" or "recorded"."""


@dataclass(frozen=True, slots=True)
class Motion:
    """A motion, or an amendment to one: from its proposal, or its notice, to its outcome."""

    item: int | None
    """Position of its innermost agenda item in the paper's items."""
    span: Span
    words: Span | None
    """What is moved; None where the paper only says that it was."""
    proposer: str | None
    seconder: str | None
    vote: Vote | None
    outcome: Outcome | None
    outcome_at: Span | None
    """The very words that tell the outcome."""
    reply: Span | None = None
    """What an officer wrote in reply to a notice of motion."""
    amendments: tuple[Motion, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """A question put to a meeting, and its reply."""

    item: int | None
    span: Span
    words: Span
    asker: str | None
    asked_of: str | None
    replier: str | None
    reply: Span | None
    """None where the paper prints none: an agenda, or a reply that was given by word of mouth."""
    supplementary: tuple[Question, ...] = ()


@dataclass(frozen=True, slots=True)
class Clause:
    """One numbered part of a resolution."""

    mark: str
    """As printed, without brackets or stop: "a", "iv", "2"."""
    span: Span


@dataclass(frozen=True, slots=True)
class Resolution:
    """What a meeting resolved, agreed or decided, or is recommended to."""

    item: int | None
    ruling: Ruling
    span: Span
    clauses: tuple[Clause, ...] = ()


@dataclass(frozen=True, slots=True)
class Business:
    """What happens in a paper's items, each kind in the paper's order."""

    motions: tuple[Motion, ...] = ()
    questions: tuple[Question, ...] = ()
    resolutions: tuple[Resolution, ...] = ()


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a passage stands: pages from 1, characters end-exclusive."""

    first_page: int
    last_page: int
    start: int
    end: int
    paragraphs: tuple[str, str] | None = None
    """The first and the last paragraph it holds, by the numbers printed before them."""

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
    """Its table rows as a clerk reads them out, each figure with its column's head, and fields of
    forms with their labels: searched and embedded, never quoted. None where it holds neither."""
    speakers: tuple[str, ...] = ()
    """Who speaks in it, by name or office, in order, each once (see ingest.speakers)."""


class CommitmentKind(StrEnum):
    """What an undertaking is: agreed to, or only asked for."""

    COMMITMENT = "commitment"
    REQUEST = "request"


@dataclass(frozen=True, slots=True)
class Due:
    """By when something is to be done: in the paper's words, and as days where they tell any."""

    words: str
    """"by the end of March", "at the next meeting", "in due course"."""
    first: date | None = None
    last: date | None = None
    """The days it may fall on, both included: one day, or the whole of a month. None where the
    words and the meeting's date do not tell."""

    def __post_init__(self) -> None:
        """Reject half a period, and one that ends before it begins."""
        if (self.first is None) != (self.last is None):
            raise ValueError(f"a period from {self.first} to {self.last}")
        if self.first and self.last and self.first > self.last:
            raise ValueError(f"a period from {self.first} to {self.last}")


@dataclass(frozen=True, slots=True)
class Commitment:
    """An undertaking recorded in a paper that somebody will do something after the meeting."""

    id: str
    """Made of the paper's source and the sentence's own words: survives edits elsewhere."""
    kind: CommitmentKind
    sentence: str
    """Exactly the paper's text[citation.start : citation.end]."""
    citation: Citation
    item: int | None
    """Position of its innermost agenda item in the paper's items."""
    passage: str | None
    """Id of the passage that holds the sentence's beginning."""
    action: str
    """What is to be done, in a short form made only of the sentence's own words."""
    owner: str | None
    """Who is to do it, as named: a person, role or body; None where nobody is."""
    due: Due | None
    signal: str
    """Which rule found it: a short name, explained in ingest.commitments."""
    confidence: float
    """0 to 1: how likely a clerk would enter it in the register."""
    places: tuple[Citation, ...] = ()
    """Where the same undertaking is printed again in this paper."""


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
    business: Business = field(default_factory=Business)
    commitments: tuple[Commitment, ...] = ()
    closed: tuple[Span, ...] = ()
    """What of the text is exempt, in order: all of it where the paper is (see ingest.exemption)."""

    @property
    def id(self) -> str:
        """The paper's address in links: stays the same while its file stays where it is."""
        return paper_id(self.source)


def paper_id(source: str) -> str:
    """Return the id of the paper at source: 16 hexadecimal digits."""
    return sha256(source.encode()).hexdigest()[:16]


def commitment_id(source: str, sentence: str, occurrence: int) -> str:
    """Return the id of a commitment: 16 hexadecimal digits.

    Args:
        source: the paper's source.
        sentence: the undertaking's own words.
        occurrence: how many commitments with the same words stand before it in the paper.
    """
    return sha256(f"{source}\0commitment\0{sentence}\0{occurrence}".encode()).hexdigest()[:16]


def passage_id(source: str, text: str, occurrence: int) -> str:
    """Return the id of a passage: 20 hexadecimal digits.

    Args:
        source: the paper's source.
        text: the passage's own words.
        occurrence: how many passages with the same words stand before it in the paper.
    """
    return sha256(f"{source}\0{text}\0{occurrence}".encode()).hexdigest()[:20]
