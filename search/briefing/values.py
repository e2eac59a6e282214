"""A briefing's words: the matter, quotations with their sources, and the parts they make."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from ingest.paper import Citation, Outcome, Ruling, Vote
from search.answer import Filters, ItemCard, PaperCard
from search.register.values import Entry

MOST_QUESTIONS = 10
MOST_PASSAGES = 20
"""What one briefing may be given: it is to be read in ten minutes."""


MOST_LISTED = 12
"""Meetings without a line that are listed with their references: forty are a page of numbers."""

SURE = 0.8
"""How sure a commitment is, from which a briefing calls it one; the others stay in the register."""


@dataclass(frozen=True, slots=True)
class Matter:
    """What a briefing is to be on."""

    topic: str
    today: date
    """What was due before is overdue."""
    filters: Filters = field(default_factory=Filters)
    questions: tuple[str, ...] = ()
    """Which the briefing is to answer, or to say that the papers do not."""
    passages: tuple[str, ...] = ()
    """Ids of passages that are to stand in it whole."""


class Sort(StrEnum):
    """What happened in a line of the timeline."""

    REPORTED = "reported"
    FIGURE = "figure"
    """Reported, with a sum of money or a share."""
    ASKED = "asked"
    """Asked, or asked for."""
    MOVED = "moved"
    RECOMMENDED = "recommended"
    DECIDED = "decided"
    PROMISED = "promised"


Place = tuple[str, str | None, str | None, int, int]
"""Paper, number and title of the item, first and last page: what one reference stands for."""


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a paper, exactly."""

    text: str
    """The paper's text[citation.start : citation.end]."""
    citation: Citation
    paper: PaperCard
    item: ItemCard | None
    cut: bool = False
    """The sentence, or resolution, goes on after it."""
    again: tuple[PaperCard, ...] = ()
    """Other papers that print nearly the same words."""

    @property
    def place(self) -> Place:
        """What quotations of one reference share: paper, item and pages."""
        item = self.item
        numbers = (item.number or item.minute, item.title) if item else (None, None)
        return (self.paper.id, *numbers, self.citation.first_page, self.citation.last_page)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the timeline."""

    sort: Sort
    quote: Quote


@dataclass(frozen=True, slots=True)
class Decision:
    """What a meeting decided, or a motion on which no outcome is printed."""

    quote: Quote
    ruling: Ruling | None = None
    """None of a motion."""
    proposer: str | None = None
    seconder: str | None = None
    outcome: Outcome | None = None
    vote: Vote | None = None


@dataclass(frozen=True, slots=True)
class Promise:
    """An open entry of the register, its words, and the latest that later papers tell of it."""

    entry: Entry
    overdue: bool
    quote: Quote
    later: Quote | None


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who spoke on the matter, and where: at most one quotation for each reference."""

    name: str
    office: bool
    """Known by an office ("Director of Education") rather than by name."""
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Open:
    """What a meeting was asked, or asked for, and to which no paper prints a full reply."""

    quote: Quote
    asker: str | None
    reply: Quote | None
    """What was said instead of a full reply; None where no reply is printed."""
    request: bool = False
    """It was asked for, and no later paper seems to report on it; a question otherwise."""


@dataclass(frozen=True, slots=True)
class Reply:
    """A question that the reader gave, and what the papers answer; nothing where they do not."""

    question: str
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Met:
    """A meeting whose papers speak of the matter."""

    body: str | None
    meeting_date: date | None
    sentences: int
    """How many of their sentences tell of it; the same words once."""
    decided: bool
    first: Quote
    """Where the matter stands in them first."""
    lines: tuple[Line, ...] = ()
    """Those of the timeline; none where the meeting is only listed."""


@dataclass(frozen=True, slots=True)
class Briefing:
    """Everything, in the order it is read."""

    matter: Matter
    generation: int
    position: tuple[Quote, ...] = ()
    """From the latest meetings, latest first."""
    replies: tuple[Reply, ...] = ()
    chosen: tuple[Quote, ...] = ()
    """The passages that the reader asked for."""
    meetings: tuple[Met, ...] = ()
    """Earliest first, undated papers last."""
    decisions: tuple[Decision, ...] = ()
    """Earliest first."""
    promises: tuple[Promise, ...] = ()
    """Overdue ones first, the latest meeting's first."""
    more_promises: int = 0
    """How many others the register holds."""
    speakers: tuple[Speaker, ...] = ()
    """Who spoke at most places first."""
    open: tuple[Open, ...] = ()
    """Latest first."""

    @property
    def listed(self) -> tuple[Met, ...]:
        """The latest of the meetings for which the timeline had no room; the others are counted."""
        return tuple(met for met in self.meetings if not met.lines)[-MOST_LISTED:]

    @property
    def references(self) -> tuple[Quote, ...]:
        """The first quotation of each reference: the n-th is reference n, from 1."""
        return tuple(quotes[0] for quotes in self.places().values())

    def places(self) -> dict[Place, list[Quote]]:
        """Return the quotations of each reference, in order: the n-th place is reference n."""
        found: dict[Place, list[Quote]] = {}
        for quote in self.quotes():
            found.setdefault(quote.place, []).append(quote)
        return found

    def quotes(self) -> tuple[Quote, ...]:
        """Return every quotation, in the order it is read."""
        lines = [line.quote for met in self.meetings for line in met.lines]
        listed = [met.first for met in self.listed]
        promised = [
            each for one in self.promises for each in (one.quote, one.later) if each is not None
        ]
        asked = [each for one in self.open for each in (one.quote, one.reply) if each is not None]
        return (
            *self.position,
            *(each for reply in self.replies for each in reply.quotes),
            *self.chosen,
            *(each.quote for each in self.decisions),
            *promised,
            *asked,
            *lines,
            *listed,
            *(each for speaker in self.speakers for each in speaker.quotes),
        )

    @property
    def empty(self) -> bool:
        """Whether the papers hold nothing on the matter."""
        return not self.quotes()
