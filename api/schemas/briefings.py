"""What `POST /v1/briefings` takes and gives; `matters brief` writes the same as .json."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from api.schemas.asking import FiltersModel
from api.schemas.business import VoteModel
from api.schemas.cards import (
    PASSAGE_ID,
    CitationModel,
    ItemModel,
    PaperModel,
    citation_model,
    item_model,
    paper_link,
    paper_model,
)
from ingest.paper import Outcome, Ruling
from search.briefing.values import (
    MOST_PASSAGES,
    MOST_QUESTIONS,
    Briefing,
    Matter,
    Met,
    Place,
    Promise,
    Quote,
    Sort,
)
from search.register.references import reference


class MatterModel(BaseModel):
    """What a briefing is to be on."""

    model_config = ConfigDict(
        extra="forbid",
        title="Matter",
        json_schema_extra={
            "examples": [
                {
                    "topic": "dredging of the inner harbour",
                    "filters": {"since": "2023-01-01"},
                    "questions": ["What will the dredging cost?"],
                }
            ]
        },
    )

    topic: str = Field(min_length=1, description="In a few words.", examples=["mooring fees"])
    filters: FiltersModel = FiltersModel()
    questions: list[Annotated[str, Field(max_length=1_000)]] = Field(
        default=[], max_length=MOST_QUESTIONS, description="Which the briefing is to answer."
    )
    passages: list[PASSAGE_ID] = Field(
        default=[], max_length=MOST_PASSAGES, description="Ids of passages to quote whole."
    )
    today: date | None = Field(
        default=None, description="What was due before is overdue; else the server's date."
    )

    def matter(self, today: date) -> Matter:
        """Return it as search takes it; today where it names no day."""
        return Matter(
            topic=self.topic,
            today=self.today or today,
            filters=self.filters.filters(),
            questions=tuple(self.questions),
            passages=tuple(self.passages),
        )


class QuoteModel(BaseModel):
    """Words of a paper, exactly."""

    model_config = ConfigDict(title="Quotation")

    text: str = Field(
        description="Exactly the paper's text from citation.start to citation.end.",
        examples=["RESOLVED that dredging of the inner harbour begin in September 2024."],
    )
    cut: bool = Field(description="The sentence goes on after it.")
    reference: int = Field(ge=1, description="Its number in references.", examples=[1])
    citation: CitationModel
    again: list[PaperModel] = Field(description="Other papers that print nearly the same words.")


class ReferenceModel(BaseModel):
    """Where quotations stand."""

    model_config = ConfigDict(title="Reference of a briefing")

    number: int = Field(ge=1)
    paper: PaperModel
    item: ItemModel | None
    first_page: int = Field(ge=1)
    last_page: int = Field(ge=1)
    link: str = Field(examples=["/papers/9f2c4e1a7b3d5f60/pages/4"])


class LineModel(BaseModel):
    """One line of the timeline."""

    model_config = ConfigDict(title="Line of a timeline")

    sort: Sort
    quote: QuoteModel


class MetModel(BaseModel):
    """A meeting whose papers speak of the matter."""

    model_config = ConfigDict(title="Meeting of a timeline")

    body: str | None = Field(examples=["Harbour Committee"])
    meeting_date: date | None = Field(examples=["2024-03-12"])
    sentences: int = Field(ge=1, description="How many tell of it, the same words once.")
    decided: bool
    reference: int | None = Field(
        ge=1, description="Where the matter stands in its papers; null where it is only counted."
    )
    lines: list[LineModel] = Field(description="Empty where the meeting is only listed.")


class BriefedDecisionModel(BaseModel):
    """A resolution, or a motion with what became of it."""

    model_config = ConfigDict(title="Decision of a briefing")

    quote: QuoteModel
    ruling: Ruling | None = Field(description="Null of a motion.")
    proposer: str | None
    seconder: str | None
    outcome: Outcome | None
    vote: VoteModel | None


class PromiseModel(BaseModel):
    """An open entry of the register."""

    model_config = ConfigDict(title="Commitment of a briefing")

    commitment: str = Field(description="Id in the register.", examples=["3d5f609f2c4e1a7b"])
    name: str = Field(description="Reference in the register.", examples=["HC-2024-03-12-PCAPR"])
    owner: str | None = Field(examples=["Harbour Master"])
    due: str | None = Field(description="In the paper's words.", examples=["by 30 April 2024"])
    overdue: bool
    quote: QuoteModel
    later: QuoteModel | None = Field(description="The latest that later papers seem to report.")


class SpeakerModel(BaseModel):
    """Who spoke on the matter."""

    model_config = ConfigDict(title="Speaker of a briefing")

    name: str = Field(examples=["Harbour Master"])
    office: bool = Field(description="Known by an office rather than by name.")
    quotes: list[QuoteModel]


class OpenModel(BaseModel):
    """What was asked, or asked for, without a full reply."""

    model_config = ConfigDict(title="Open question of a briefing")

    quote: QuoteModel
    asker: str | None
    reply: QuoteModel | None = Field(description="What was said instead of a full reply.")
    request: bool = Field(description="Asked for, and not reported on since.")


class ReplyModel(BaseModel):
    """A question that was given, and what the papers answer."""

    model_config = ConfigDict(title="Answered question of a briefing")

    question: str
    quotes: list[QuoteModel] = Field(description="Empty: the papers do not seem to answer it.")


class BriefingModel(BaseModel):
    """Everything the papers say on a matter, in the order it is read."""

    model_config = ConfigDict(title="Briefing")

    topic: str
    today: date
    generation: int = Field(ge=0, description="Of the library: same generation, same briefing.")
    position: list[QuoteModel] = Field(description="From the latest meetings, latest first.")
    replies: list[ReplyModel]
    chosen: list[QuoteModel] = Field(description="The passages that were asked for.")
    meetings: list[MetModel] = Field(description="The timeline, earliest first.")
    decisions: list[BriefedDecisionModel]
    commitments: list[PromiseModel]
    speakers: list[SpeakerModel]
    open: list[OpenModel]
    references: list[ReferenceModel]


def briefing_model(briefing: Briefing) -> BriefingModel:
    """Return a briefing as the API gives it."""
    references = briefing.references
    say = _Saying({each.place: at for at, each in enumerate(references, start=1)})
    return BriefingModel(
        topic=briefing.matter.topic,
        today=briefing.matter.today,
        generation=briefing.generation,
        position=say.quotes(briefing.position),
        replies=[
            ReplyModel(question=each.question, quotes=say.quotes(each.quotes))
            for each in briefing.replies
        ],
        chosen=say.quotes(briefing.chosen),
        meetings=[say.met(each) for each in briefing.meetings],
        decisions=[
            BriefedDecisionModel(
                quote=say.quote(each.quote),
                ruling=each.ruling,
                proposer=each.proposer,
                seconder=each.seconder,
                outcome=each.outcome,
                vote=VoteModel.model_validate(each.vote) if each.vote else None,
            )
            for each in briefing.decisions
        ],
        commitments=[say.promise(each) for each in briefing.promises],
        speakers=[
            SpeakerModel(name=each.name, office=each.office, quotes=say.quotes(each.quotes))
            for each in briefing.speakers
        ],
        open=[
            OpenModel(
                quote=say.quote(each.quote),
                asker=each.asker,
                reply=say.quote(each.reply) if each.reply else None,
                request=each.request,
            )
            for each in briefing.open
        ],
        references=[_reference(at, each) for at, each in enumerate(references, start=1)],
    )


class _Saying:
    """Gives quotations their numbers."""

    def __init__(self, numbers: dict[Place, int]) -> None:
        self._numbers = numbers

    def quote(self, quote: Quote) -> QuoteModel:
        return QuoteModel(
            text=quote.text,
            cut=quote.cut,
            reference=self._numbers[quote.place],
            citation=citation_model(quote.citation),
            again=[paper_model(each) for each in quote.again],
        )

    def quotes(self, quotes: tuple[Quote, ...]) -> list[QuoteModel]:
        return [self.quote(each) for each in quotes]

    def met(self, met: Met) -> MetModel:
        shown = met.lines[0].quote if met.lines else met.first
        return MetModel(
            body=met.body,
            meeting_date=met.meeting_date,
            sentences=met.sentences,
            decided=met.decided,
            reference=self._numbers.get(shown.place),
            lines=[LineModel(sort=each.sort, quote=self.quote(each.quote)) for each in met.lines],
        )

    def promise(self, each: Promise) -> PromiseModel:
        present = each.entry.present
        return PromiseModel(
            commitment=each.entry.id,
            name=reference(each.entry),
            owner=present.owner,
            due=present.due.words if present.due else None,
            overdue=each.overdue,
            quote=self.quote(each.quote),
            later=self.quote(each.later) if each.later else None,
        )


def _reference(number: int, quote: Quote) -> ReferenceModel:
    return ReferenceModel(
        number=number,
        paper=paper_model(quote.paper),
        item=item_model(quote.item),
        first_page=quote.citation.first_page,
        last_page=quote.citation.last_page,
        link=paper_link(quote.paper, quote.citation.first_page),
    )
