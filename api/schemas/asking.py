"""What `POST /v1/ask` takes and gives; `matters ask --json` gives the same."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

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
from search.answer import Answer, Filters, Hit, Twin

MOST_PASSAGES = 50
"""Passages one answer may hold: more is a list to work through, not an answer."""


class FiltersModel(BaseModel):
    """Which papers may answer: every filter given must hold, within one any value may."""

    model_config = ConfigDict(extra="forbid", title="Filters")

    bodies: list[str] = Field(default=[], max_length=50, examples=[["Harbour Committee"]])
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
    twins: list[TwinModel]
    reasons: ReasonsModel


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
