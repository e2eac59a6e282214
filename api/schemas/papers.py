"""What the API says of the papers in the library: lists, one paper whole, one passage."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import BaseModel, ConfigDict, Field

from api.schemas.business import HappeningsModel, business_model
from api.schemas.cards import (
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
from ingest.paper import ItemKind, Paper
from search.answer import PaperCard
from search.belonging import Belonging, Tie
from search.holdings import BodyCount, KeptPassage, PaperTwin
from search.tables import TableSlice
from search.twins import Relation


class PapersModel(BaseModel):
    """One page of a list of papers: latest meeting first, undated ones last."""

    model_config = ConfigDict(title="Papers")

    total: int = Field(ge=0, description="Papers that the filters allow.", examples=[2])
    offset: int = Field(ge=0, examples=[0])
    papers: list[PaperModel]


class FactModel(BaseModel):
    """One thing known of a paper, and where it was found."""

    model_config = ConfigDict(title="Fact", from_attributes=True)

    value: str = Field(examples=["2024-03-12"])
    evidence: str = Field(
        description="The very words that tell it.",
        examples=["Meeting held on Tuesday, 12 March 2024"],
    )
    found_in: str = Field(
        description="text, outline, metadata, file name, folder or override.", examples=["text"]
    )


class BusinessModel(BaseModel):
    """One item of business as the paper prints it: characters of its text, end-exclusive."""

    model_config = ConfigDict(title="Item of business", from_attributes=True)

    position: int = Field(ge=0)
    number: str | None = Field(examples=["7(a)"])
    minute: str | None = Field(examples=["285"])
    title: str | None = Field(examples=["Dredging of the inner harbour"])
    kind: ItemKind
    depth: int = Field(ge=0, description="A sub-item is deeper than what it lies in.")
    start: int = Field(ge=0)
    end: int = Field(ge=0)
    exempt: bool


class PageModel(BaseModel):
    """One page of a paper."""

    model_config = ConfigDict(title="Page", from_attributes=True)

    number: int = Field(ge=1)
    label: str | None = Field(description="As printed on it, where it differs.", examples=["iv"])
    scanned: bool = Field(description="A picture: nothing on it can be found unless OCR read it.")
    ocr: float | None = Field(
        ge=0, le=1, description="Mean confidence of the OCR that read it; null where none did."
    )


class PaperTwinModel(BaseModel):
    """A paper that says much the same: "this paper is part of that one"."""

    model_config = ConfigDict(title="Twin paper")

    paper: PaperModel
    relation: Relation = Field(
        description="What this paper is to that one. Same: in its words and in all its figures."
    )
    shared: float = Field(
        gt=0,
        le=1,
        description="Share in common of the words of both; of a part, share of its own words.",
        examples=[0.94],
    )


class TieModel(BaseModel):
    """A paper that another belongs to, or that belongs to it."""

    model_config = ConfigDict(title="Tie")

    paper: PaperModel
    item: ItemModel | None = Field(description="Of an agenda: the item.")
    evidence: str = Field(
        description="The words that show it.", examples=["the number 24/00115 in both names"]
    )


class BelongingModel(BaseModel):
    """Where a paper belongs, as far as the papers of its folder say so."""

    model_config = ConfigDict(title="Belonging")

    report: TieModel | None = Field(description="Of an appendix: the report it came with.")
    agenda: TieModel | None = Field(description="What names its agenda item, and that item.")
    appendices: list[TieModel] = Field(description="Of a report: what came with it.")


class WholePaperModel(PaperModel):
    """A paper with all that was understood of it."""

    model_config = ConfigDict(title="Whole paper")

    sha256: str = Field(pattern="^[0-9a-f]{64}$", description="Of the file that was read.")
    exempt: bool
    facts: dict[str, FactModel] = Field(
        description="Evidence for title, kind, state, body, meeting_date and exempt, where known."
    )
    items: list[BusinessModel]
    business: HappeningsModel = Field(
        description="Motions, questions with their replies, and resolutions in its items."
    )
    pages: list[PageModel]
    twins: list[PaperTwinModel] = Field(
        description="Drafts, packs and copies of it that are held, nearest first."
    )
    belongs: BelongingModel


class PassageModel(BaseModel):
    """A passage by itself."""

    model_config = ConfigDict(title="Passage")

    passage: PASSAGE_ID
    text: str = Field(description="Exactly the paper's words.")
    context: str = Field(description="Body, date, item and paper in one line.")
    tables: TABLES
    speakers: SPEAKERS
    citation: CitationModel
    paper: PaperModel
    item: ItemModel | None


class BodyModel(BaseModel):
    """A body, and how many papers are held of it; body null: papers of no known body."""

    model_config = ConfigDict(title="Body", from_attributes=True)

    body: str | None = Field(examples=["Harbour Committee"])
    papers: int = Field(ge=1, examples=[31])


class BodiesModel(BaseModel):
    """Every body that papers are held of."""

    model_config = ConfigDict(title="Bodies")

    bodies: list[BodyModel]


class HealthModel(BaseModel):
    """The state of the server."""

    model_config = ConfigDict(title="Health")

    status: str = Field(examples=["ready"])


def whole_paper_model(
    card: PaperCard, paper: Paper, twins: Sequence[PaperTwin], belongs: Belonging
) -> WholePaperModel:
    """Return a paper with all that was understood of it."""
    return WholePaperModel(
        **paper_model(card).model_dump(),
        sha256=paper.sha256,
        exempt=paper.exempt,
        facts={name: FactModel.model_validate(fact) for name, fact in paper.facts.items()},
        items=[BusinessModel.model_validate(item) for item in paper.items],
        business=business_model(paper.business),
        pages=[PageModel.model_validate(page) for page in paper.text.pages],
        twins=[
            PaperTwinModel(paper=paper_model(twin.card), relation=twin.relation, shared=twin.shared)
            for twin in twins
        ],
        belongs=BelongingModel(
            report=_tie(belongs.report),
            agenda=_tie(belongs.agenda),
            appendices=[tie for each in belongs.appendices if (tie := _tie(each))],
        ),
    )


def _tie(tie: Tie | None) -> TieModel | None:
    if tie is None:
        return None
    return TieModel(paper=paper_model(tie.card), item=item_model(tie.item), evidence=tie.evidence)


def passage_model(kept: KeptPassage, tables: Sequence[TableSlice]) -> PassageModel:
    """Return a passage as the API gives it."""
    return PassageModel(
        passage=kept.passage.id,
        text=kept.passage.text,
        context=kept.passage.context,
        tables=table_models(tables),
        speakers=list(kept.passage.speakers),
        citation=citation_model(kept.passage.citation),
        paper=paper_model(kept.paper),
        item=item_model(kept.item),
    )


def bodies_model(counts: list[BodyCount]) -> BodiesModel:
    """Return the bodies as the API gives them."""
    return BodiesModel(bodies=[BodyModel.model_validate(each) for each in counts])
