"""What `POST /v1/ask` takes and gives; `matters ask --json` gives the same."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, model_validator

from api.schemas.cards import (
    PAPER_ID,
    PASSAGE_ID,
    SPEAKERS,
    CitationModel,
    ItemModel,
    PaperModel,
    citation_model,
    item_model,
    paper_model,
)
from api.schemas.tables import TABLES, table_models
from ingest.paper import PaperKind
from search.answer import Answer, Filters, Grouping, Hit, Order, Trace, Twin, Wishes
from search.readings.reading import ReadingKind

MOST_PASSAGES = 50
"""Passages one answer may hold: more is a list to work through, not an answer."""

NAME = Annotated[str, Field(max_length=500)]
"""What a program names. With a length pydantic looks at each character, and refuses half ones,
which JSON can spell and nothing can write."""


class FiltersModel(BaseModel):
    """Which papers may answer: every filter given must hold, within one any value may."""

    model_config = ConfigDict(extra="forbid", title="Filters")

    bodies: list[NAME] = Field(default=[], max_length=50, examples=[["Harbour Committee"]])
    kinds: list[PaperKind] = Field(default=[], max_length=10, examples=[["minutes"]])
    since: date | None = Field(
        default=None, description="Meetings on this day or later.", examples=["2024-01-01"]
    )
    until: date | None = Field(
        default=None, description="Meetings on this day or earlier.", examples=["2024-12-31"]
    )
    papers: list[PAPER_ID] = Field(default=[], max_length=50, description="Ids of papers.")

    @model_validator(mode="after")
    def _in_order(self) -> FiltersModel:
        if self.since and self.until and self.since > self.until:
            raise ValueError("since is after until")
        return self

    def filters(self) -> Filters:
        """Return them as search takes them."""
        return Filters(
            bodies=tuple(self.bodies),
            kinds=tuple(self.kinds),
            since=self.since,
            until=self.until,
            papers=tuple(self.papers),
        )


class QuestionModel(BaseModel):
    """One question to the papers."""

    model_config = ConfigDict(
        extra="forbid",
        title="Question",
        json_schema_extra={
            "examples": [
                {
                    "question": "What was decided about dredging the inner harbour?",
                    "filters": {"bodies": ["Harbour Committee"], "since": "2024-01-01"},
                    "limit": 5,
                }
            ]
        },
    )

    question: str = Field(
        min_length=1,
        description="In plain words. The longest that is taken is a setting of the server.",
        examples=["What was decided about dredging the inner harbour?"],
    )
    filters: FiltersModel = FiltersModel()
    limit: int = Field(default=10, ge=1, le=MOST_PASSAGES, description="Passages at most.")
    ignore: list[NAME] = Field(
        default=[],
        max_length=50,
        description="Keys of readings to drop, as an answer gives them; `*` drops all.",
        examples=[["body:Harbour Committee"]],
    )
    order: Order = Field(
        default=Order.BEST,
        description="`latest`: the same passages, by the day of their meeting, latest first.",
        examples=["latest"],
    )
    group: Grouping | None = Field(
        default=None, description="Gives `meetings` too.", examples=["meeting"]
    )
    explain: bool = Field(default=False, description="Gives `trace` too.")

    def wishes(self) -> Wishes:
        """Return how the question is to be read and answered, as search takes it."""
        return Wishes(
            ignored=tuple(self.ignore), order=self.order, group=self.group, explain=self.explain
        )


class SentenceModel(BaseModel):
    """The sentence that answers best: characters of the passage's text, end-exclusive."""

    model_config = ConfigDict(title="Sentence")

    start: int = Field(ge=0, examples=[0])
    end: int = Field(ge=0, examples=[74])
    text: str = Field(
        examples=["RESOLVED that dredging of the inner harbour begin in September 2024."]
    )


class TwinModel(BaseModel):
    """The same words in another place: a draft, the printed minutes, a pack."""

    model_config = ConfigDict(title="Twin")

    passage: PASSAGE_ID
    paper: PaperModel
    citation: CitationModel


class ReasonsModel(BaseModel):
    """Why a hit is there."""

    model_config = ConfigDict(title="Reasons", from_attributes=True)

    score: float = Field(description="Orders the hits of one answer; means nothing across answers.")
    lexical: float | None = Field(description="BM25; null where the words did not bring it up.")
    dense: float | None = Field(
        description="Cosine of question and passage; null where the meaning did not bring it up."
    )
    matched: list[str] = Field(description="Words of the question that stand in it.")


class HitModel(BaseModel):
    """One passage that may answer, with its citation."""

    model_config = ConfigDict(title="Hit")

    rank: int = Field(ge=1)
    passage: PASSAGE_ID
    text: str = Field(
        description="Exactly the paper's words.",
        examples=["RESOLVED that dredging of the inner harbour begin in September 2024."],
    )
    context: str = Field(
        description="Body, date, item and paper in one line.",
        examples=["Harbour Committee, 12 March 2024, Minutes – Dredging of the inner harbour"],
    )
    read_out: str | None = Field(
        description="Its table rows, a line each, every figure with its column's head; fields of"
        " forms with their labels.",
        examples=["Lamps replaced: Harbour ward, 2023-24 = 35; change = (15)"],
    )
    tables: TABLES
    speakers: SPEAKERS
    answer: SentenceModel
    citation: CitationModel
    paper: PaperModel
    item: ItemModel | None
    item_key: str | None = Field(
        description="The same for all passages of one agenda item of one paper.",
        examples=["0123456789abcdef:3"],
    )
    twins: list[TwinModel]
    reasons: ReasonsModel


class ReadingModel(BaseModel):
    """What some words of the question were read as."""

    model_config = ConfigDict(title="Reading", from_attributes=True)

    key: str = Field(
        description="Put it into `ignore` to drop the reading.", examples=["body:Harbour Committee"]
    )
    kind: ReadingKind
    start: int = Field(ge=0, description="Characters of the question, end-exclusive.")
    end: int = Field(ge=0)
    words: str = Field(description="Those characters.", examples=["the harbour committee"])
    values: list[str] = Field(
        description="Any of them; a time is its first and last day.",
        examples=[["Harbour Committee"]],
    )
    hard: bool = Field(description="Only passages that meet it answer; else it moves them up.")
    held: bool = Field(description="False: the library holds nothing like it.")


class CountModel(BaseModel):
    """How many passages have one value; null: those that have none."""

    model_config = ConfigDict(title="Count", from_attributes=True)

    value: str | None = Field(examples=["Harbour Committee"])
    passages: int = Field(ge=0)


class FacetsModel(BaseModel):
    """How many passages match by their words, under the filters; every count is exact."""

    model_config = ConfigDict(title="Facets", from_attributes=True)

    words: int = Field(ge=0, description="Words of the question that were looked for.")
    needed: int = Field(ge=0, description="How many of them a passage that counts holds.")
    passages: int = Field(ge=0, description="That count.")
    bodies: list[CountModel]
    kinds: list[CountModel]
    years: list[CountModel] = Field(description="Of the meeting.")


class MeetingModel(BaseModel):
    """The passages of one meeting."""

    model_config = ConfigDict(title="Meeting", from_attributes=True)

    body: str | None
    meeting_date: date | None
    ranks: list[int] = Field(description="Of its passages.", examples=[[1, 4]])


class CandidateModel(BaseModel):
    """A passage that words or meaning brought up."""

    model_config = ConfigDict(title="Candidate")

    passage: PASSAGE_ID
    score: float


class PartModel(BaseModel):
    """What one voice adds to a passage's score."""

    model_config = ConfigDict(title="Part", from_attributes=True)

    voice: str = Field(examples=["cover"])
    score: float


class StageModel(BaseModel):
    """How long one stage took."""

    model_config = ConfigDict(title="Stage")

    stage: str = Field(examples=["ranking"])
    milliseconds: float


class TraceModel(BaseModel):
    """How an answer came about."""

    model_config = ConfigDict(title="Trace")

    by_words: list[CandidateModel] = Field(description="The first by words, with their BM25.")
    by_meaning: list[CandidateModel] = Field(description="The first by meaning: cosine.")
    parts: list[list[PartModel]] = Field(
        description="Of each hit, in their order; they add up to its score."
    )
    stages: list[StageModel]


class AnswerModel(BaseModel):
    """The passages for one question, best first."""

    model_config = ConfigDict(title="Answer")

    question: str = Field(examples=["What was decided about dredging the inner harbour?"])
    asked: str = Field(
        description="As it was searched: without the words that only frame it.",
        examples=["decided about dredging the inner harbour"],
    )
    filters: FiltersModel
    hits: list[HitModel]
    answered: bool = Field(
        description="False: the papers do not seem to answer this; the hits are the nearest."
    )
    confidence: float = Field(
        ge=0, le=1, description="How likely the papers answer it.", examples=[0.93]
    )
    generation: int = Field(
        ge=0, description="Of the library; grows with each change.", examples=[12]
    )
    readings: list[ReadingModel] = Field(description="In the order of the question's words.")
    facets: FacetsModel
    meetings: list[MeetingModel] = Field(description="Where `group` was asked for.")
    trace: TraceModel | None = Field(description="Where `explain` was asked for.")


def answer_model(answer: Answer) -> AnswerModel:
    """Return a whole answer as the API gives it."""
    asked = answer.filters
    return AnswerModel(
        question=answer.question,
        asked=answer.asked,
        filters=FiltersModel(
            bodies=list(asked.bodies),
            kinds=list(asked.kinds),
            since=asked.since,
            until=asked.until,
            papers=list(asked.papers),
        ),
        hits=[_hit_model(hit) for hit in answer.hits],
        answered=answer.answered,
        confidence=answer.confidence,
        generation=answer.generation,
        readings=[ReadingModel.model_validate(each) for each in answer.readings],
        facets=FacetsModel.model_validate(answer.facets),
        meetings=[MeetingModel.model_validate(each) for each in answer.meetings],
        trace=_trace_model(answer.trace) if answer.trace else None,
    )


def _trace_model(trace: Trace) -> TraceModel:
    return TraceModel(
        by_words=[CandidateModel(passage=one, score=score) for one, score in trace.by_words],
        by_meaning=[CandidateModel(passage=one, score=score) for one, score in trace.by_meaning],
        parts=[[PartModel.model_validate(part) for part in parts] for parts in trace.parts],
        stages=[StageModel(stage=name, milliseconds=took) for name, took in trace.milliseconds],
    )


def _hit_model(hit: Hit) -> HitModel:
    start, end = hit.answer
    return HitModel(
        rank=hit.rank,
        passage=hit.passage,
        text=hit.text,
        context=hit.context,
        read_out=hit.read_out,
        tables=table_models(hit.tables),
        speakers=list(hit.speakers),
        answer=SentenceModel(start=start, end=end, text=hit.text[start:end]),
        citation=citation_model(hit.citation),
        paper=paper_model(hit.paper),
        item=item_model(hit.item),
        item_key=hit.item_key,
        twins=_twin_models(hit.twins),
        reasons=ReasonsModel.model_validate(hit.reasons),
    )


def _twin_models(twins: Sequence[Twin]) -> list[TwinModel]:
    return [
        TwinModel(
            passage=twin.passage,
            paper=paper_model(twin.paper),
            citation=citation_model(twin.citation),
        )
        for twin in twins
    ]
