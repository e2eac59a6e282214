"""What the API says of what happens in an item: motions, questions, resolutions."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from ingest.paper import Business, Outcome, Ruling

_FROM = ConfigDict(from_attributes=True)


class VoteModel(BaseModel):
    """How a vote went, as far as it is printed."""

    model_config = ConfigDict(title="Vote", **_FROM)

    span: tuple[int, int]
    in_favour: int | None = Field(examples=[12])
    against: int | None = Field(examples=[9])
    abstaining: int | None = Field(examples=[2])
    manner: str | None = Field(
        description="unanimous, nem con, casting vote, show of hands, roll call or recorded."
    )


class MotionModel(BaseModel):
    """A motion, or an amendment to one; spans are characters of the paper's text."""

    model_config = ConfigDict(title="Motion", **_FROM)

    item: int | None = Field(description="Position of its agenda item in items.")
    span: tuple[int, int] = Field(description="From its proposal or notice to its outcome.")
    words: tuple[int, int] | None = Field(description="What is moved.")
    proposer: str | None = Field(examples=["Councillor Pell"])
    seconder: str | None = Field(examples=["Councillor Dray"])
    vote: VoteModel | None
    outcome: Outcome | None = Field(description="Null where the paper tells none.")
    outcome_at: tuple[int, int] | None = Field(description="The words that tell it.")
    reply: tuple[int, int] | None = Field(description="An officer's reply to a notice of motion.")
    amendments: list[MotionModel]


class PutQuestionModel(BaseModel):
    """A question put to a meeting; spans are characters of the paper's text."""

    model_config = ConfigDict(title="Question put to a meeting", **_FROM)

    item: int | None = Field(description="Position of its agenda item in items.")
    span: tuple[int, int]
    words: tuple[int, int]
    asker: str | None = Field(examples=["Councillor Pell"])
    asked_of: str | None = Field(examples=["Leader of the Council"])
    replier: str | None
    reply: tuple[int, int] | None = Field(description="Null where the paper prints none.")
    supplementary: list[PutQuestionModel]


class ClauseModel(BaseModel):
    """One numbered part of a resolution."""

    model_config = ConfigDict(title="Clause", **_FROM)

    mark: str = Field(examples=["a"])
    span: tuple[int, int]


class ResolutionModel(BaseModel):
    """What a meeting resolved, agreed or decided, or is recommended to."""

    model_config = ConfigDict(title="Resolution", **_FROM)

    item: int | None = Field(description="Position of its agenda item in items.")
    ruling: Ruling
    span: tuple[int, int]
    clauses: list[ClauseModel]


class HappeningsModel(BaseModel):
    """What happens in a paper's items, each kind in the paper's order."""

    model_config = ConfigDict(title="Business", **_FROM)

    motions: list[MotionModel]
    questions: list[PutQuestionModel]
    resolutions: list[ResolutionModel]


def business_model(business: Business) -> HappeningsModel:
    """Return what happens in a paper's items as the API gives it."""
    return HappeningsModel.model_validate(business)
