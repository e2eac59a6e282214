"""What the API says of the register of commitments, and takes from officers."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from api.schemas.asking import SentenceModel
from api.schemas.cards import (
    PASSAGE_ID,
    CitationModel,
    ItemModel,
    PaperModel,
    citation_model,
    item_model,
    paper_model,
)
from ingest.paper import CommitmentKind
from search.register import values
from search.register.changing import LONGEST
from search.register.followup import Evidence, FollowUp, Suggestion
from search.register.references import reference, reference_of
from search.register.values import Change, Entry, Place, State

COMMITMENT_ID = Annotated[str, Field(pattern=r"^[0-9a-f]{16}$", examples=["3d5f609f2c4e1a7b"])]
REFERENCE = Annotated[
    str,
    Field(
        description="For people to write and say; its last part alone will do.",
        examples=["HC-2024-03-12-PCAPR"],
    ),
]
NOTE = Annotated[str | None, Field(max_length=LONGEST, examples=["Seen by the ward member."])]


class DueModel(BaseModel):
    """By when it is to be done: in words, and the days it may fall on where they tell any."""

    model_config = ConfigDict(title="Due", from_attributes=True)

    words: str = Field(examples=["by the end of March"])
    first: date | None = Field(examples=["2024-03-01"])
    last: date | None = Field(examples=["2024-03-31"])


class PlaceModel(BaseModel):
    """One paper that prints the undertaking."""

    model_config = ConfigDict(title="Place")

    id: COMMITMENT_ID
    reference: REFERENCE
    sentence: str = Field(description="Exactly the paper's words.")
    citation: CitationModel
    again: list[CitationModel] = Field(description="Where the same paper prints it again.")
    passage: PASSAGE_ID | None
    paper: PaperModel
    item: ItemModel | None
    signal: str = Field(description="The rule that found it.", examples=["undertook"])
    confidence: float = Field(ge=0, le=1, description="How likely it is an undertaking.")


class ChangeModel(BaseModel):
    """One change that was made: lines are added to the log, never edited."""

    model_config = ConfigDict(title="Change", from_attributes=True)

    number: int = Field(ge=1, examples=[7])
    made: datetime = Field(description="UTC.", examples=["2024-04-02T09:30:00Z"])
    by: str = Field(examples=["E. Reed"])
    field: values.Field
    old: str | None = Field(examples=["open"])
    new: str | None = Field(
        description="Merge: the id of the other commitment. Undo: the number of the change.",
        examples=["done"],
    )
    note: str | None


class EvidenceModel(BaseModel):
    """A later passage that seems to report on it, and what ties it to the undertaking."""

    model_config = ConfigDict(title="Evidence")

    passage: PASSAGE_ID
    text: str = Field(description="Exactly the paper's words.")
    sentence: SentenceModel
    words: list[str] = Field(description="Words of the action that it shares, rarest first.")
    names: list[str] = Field(description="Names and references of the sentence that it shares.")
    same_item: bool = Field(description="Under an agenda item of the same title.")
    nearness: float = Field(
        description="To the entry's passage in meaning: 0 accidental, 1 the same words."
    )
    completed: str | None = Field(
        description="Its words that tell of completion.", examples=["has been published"]
    )
    score: float = Field(description="Orders the evidence of one entry.")
    citation: CitationModel
    paper: PaperModel
    item: ItemModel | None


class FollowUpModel(BaseModel):
    """What papers of later meetings tell; a suggestion, which nothing is set by."""

    model_config = ConfigDict(title="Follow-up")

    suggested: Suggestion
    evidence: list[EvidenceModel] = Field(description="Best first.")


class CommitmentModel(BaseModel):
    """One entry of the register: an undertaking, and how it stands."""

    model_config = ConfigDict(title="Commitment")

    id: COMMITMENT_ID
    reference: REFERENCE
    kind: CommitmentKind = Field(description="Agreed to, or only asked for.")
    state: State = Field(description="As officers say; open until they say anything.")
    overdue: bool = Field(description="Open, and due before today.")
    action: str = Field(examples=["publish the dredging plan"])
    owner: str | None = Field(examples=["Harbour Master"])
    due: DueModel | None
    notes: int = Field(ge=0, description="Notes that officers left.")
    printed: int = Field(ge=1, description="Places that print it.")
    first: PlaceModel = Field(description="The place that it is quoted from.")
    follow_up: FollowUpModel | None = Field(
        description="Only where it was asked for, and for one commitment."
    )


class CommitmentsModel(BaseModel):
    """One page of the register."""

    model_config = ConfigDict(title="Commitments")

    total: int = Field(ge=0, description="Entries that the filters allow.", examples=[2])
    offset: int = Field(ge=0, examples=[0])
    today: date = Field(description="What was due before it is overdue.", examples=["2024-04-02"])
    commitments: list[CommitmentModel]


class WholeCommitmentModel(CommitmentModel):
    """One entry with every place that prints it, and its history."""

    model_config = ConfigDict(title="Whole commitment")

    places: list[PlaceModel]
    history: list[ChangeModel] = Field(description="Oldest first, undone changes too.")


class HistoryModel(BaseModel):
    """All that officers changed of one entry, oldest first, undone changes too."""

    model_config = ConfigDict(title="History")

    history: list[ChangeModel]


class PatchModel(BaseModel):
    """What an officer sets; what is left out stays as it is."""

    model_config = ConfigDict(
        extra="forbid",
        title="Setting",
        json_schema_extra={"examples": [{"state": "done", "note": "Seen by the ward member."}]},
    )

    state: State | None = Field(default=None, description="Rejected: it is no undertaking.")
    owner: str | None = Field(
        default=None, max_length=LONGEST, description="Empty: nobody.", examples=["Harbour Master"]
    )
    due: str | None = Field(
        default=None,
        max_length=40,
        description="A day, or a period of two days with a slash between. Empty: no day.",
        examples=["2024-03-31", "2024-03-01/2024-03-31"],
    )
    note: NOTE = None

    def given(self) -> dict[values.Field, str | None]:
        """Return the values that were given."""
        asked = {
            values.Field.STATE: self.state.value if self.state else None,
            values.Field.OWNER: self.owner,
            values.Field.DUE: self.due,
        }
        return {field: value for field, value in asked.items() if value is not None}


class UndoModel(BaseModel):
    """Which change is to hold no longer."""

    model_config = ConfigDict(extra="forbid", title="Undoing")

    change: int | None = Field(
        default=None, ge=1, description="Its number; without one, the latest that holds."
    )
    note: NOTE = None


class MergeModel(BaseModel):
    """Which other entry is the same undertaking."""

    model_config = ConfigDict(extra="forbid", title="Merging")

    other: str = Field(
        max_length=64, description="Its id or reference.", examples=["HC-2024-06-11-WGMH3"]
    )
    note: NOTE = None


def commitment_model(entry: Entry, today: date, told: FollowUp | None = None) -> CommitmentModel:
    """Return an entry as the API lists it."""
    return CommitmentModel(
        id=entry.id,
        reference=reference(entry),
        kind=entry.kind,
        state=entry.present.state,
        overdue=entry.overdue(today),
        action=entry.first.commitment.action,
        owner=entry.present.owner,
        due=DueModel.model_validate(entry.present.due) if entry.present.due else None,
        notes=len(entry.present.notes),
        printed=len(entry.places),
        first=_place(entry.first),
        follow_up=_follow_up(told) if told else None,
    )


def whole_commitment_model(entry: Entry, today: date, told: FollowUp) -> WholeCommitmentModel:
    """Return an entry with all that is known of it."""
    return WholeCommitmentModel(
        **commitment_model(entry, today, told).model_dump(),
        places=[_place(place) for place in entry.places],
        history=history_models(entry.history),
    )


def history_models(history: tuple[Change, ...]) -> list[ChangeModel]:
    """Return changes as the API gives them."""
    return [ChangeModel.model_validate(change) for change in history]


def _place(place: Place) -> PlaceModel:
    printed = place.commitment
    return PlaceModel(
        id=printed.id,
        reference=reference_of(place),
        sentence=printed.sentence,
        citation=citation_model(printed.citation),
        again=[citation_model(each) for each in printed.places],
        passage=printed.passage,
        paper=paper_model(place.paper),
        item=item_model(place.item),
        signal=printed.signal,
        confidence=printed.confidence,
    )


def _follow_up(told: FollowUp) -> FollowUpModel:
    return FollowUpModel(
        suggested=told.suggested, evidence=[_evidence(each) for each in told.evidence]
    )


def _evidence(each: Evidence) -> EvidenceModel:
    start, end = each.sentence
    passage = each.kept.passage
    return EvidenceModel(
        passage=passage.id,
        text=passage.text,
        sentence=SentenceModel(start=start, end=end, text=passage.text[start:end]),
        words=list(each.words),
        names=list(each.names),
        same_item=each.same_item,
        nearness=each.nearness,
        completed=each.completed,
        score=each.score,
        citation=citation_model(passage.citation),
        paper=paper_model(each.kept.paper),
        item=item_model(each.kept.item),
    )
