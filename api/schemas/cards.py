"""What the API says of a paper, an agenda item and a citation."""

from __future__ import annotations

from datetime import date
from pathlib import PurePosixPath
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from ingest.paper import Citation, ItemKind, PaperKind, PaperState
from search.answer import ItemCard, PaperCard

MARK = "#mark"
"""Where the mark on a page is, for browsers to go to."""

PAPER_ID = Annotated[str, Field(pattern=r"^[0-9a-f]{16}$", examples=["9f2c4e1a7b3d5f60"])]
PASSAGE_ID = Annotated[str, Field(pattern=r"^[0-9a-f]{20}$", examples=["51c0ffee9a8b7c6d5e4f"])]
SPEAKERS = Annotated[
    list[str],
    Field(
        description="Who speaks in it, by name or office, in order, each once.",
        examples=[["Harbour Master", "Councillor Pell"]],
    ),
]


class PaperModel(BaseModel):
    """What a citation says of its paper."""

    model_config = ConfigDict(title="Paper")

    id: PAPER_ID
    title: str = Field(examples=["Minutes of the Harbour Committee"])
    kind: PaperKind
    state: PaperState | None = Field(
        description="Draft or confirmed, only where the paper's own heading says so."
    )
    body: str | None = Field(
        description="The committee; null where the paper tells none.",
        examples=["Harbour Committee"],
    )
    meeting_date: date | None = Field(examples=["2024-03-12"])
    format: str = Field(examples=["pdf"])
    paged: bool = Field(description="False where the format has no pages: all is page 1.")
    page_count: int = Field(ge=0, examples=[12])
    file_name: str = Field(examples=["harbour-minutes.pdf"])
    file: str = Field(
        description="Where the original is; for a PDF, add #page=N.",
        examples=["/v1/papers/9f2c4e1a7b3d5f60/file"],
    )


class ItemModel(BaseModel):
    """What a citation says of its agenda item."""

    model_config = ConfigDict(title="Agenda item")

    number: str | None = Field(description="As the agenda numbers it.", examples=["7(a)"])
    minute: str | None = Field(
        description="As the minutes number it, where they differ from the agenda.",
        examples=["285"],
    )
    title: str | None = Field(examples=["Dredging of the inner harbour"])
    kind: ItemKind


class CitationModel(BaseModel):
    """Where a passage stands: pages from 1, characters of the paper's text, end-exclusive."""

    model_config = ConfigDict(title="Citation", from_attributes=True)

    first_page: int = Field(ge=1, examples=[4])
    last_page: int = Field(ge=1, examples=[4])
    start: int = Field(ge=0, examples=[6210])
    end: int = Field(ge=1, examples=[6892])
    paragraphs: tuple[str, str] | None = Field(
        description="Numbers printed before the first and the last paragraph it holds.",
        examples=[["3.2", "3.4"]],
    )


def paper_model(card: PaperCard) -> PaperModel:
    """Return a paper as the API gives it."""
    return PaperModel(
        id=card.id,
        title=card.title,
        kind=card.kind,
        state=card.state,
        body=card.body,
        meeting_date=card.meeting_date,
        format=card.format,
        paged=card.paged,
        page_count=card.page_count,
        file_name=PurePosixPath(card.source).name,
        file=file_link(card.id),
    )


def file_link(paper: str) -> str:
    """Return where the original of a paper is served."""
    return f"/v1/papers/{paper}/file"


def page_address(paper: str, page: int) -> str:
    """Return where a page of a paper is shown, by the paper's id; from 1."""
    return f"/papers/{paper}/pages/{page}"


def paper_link(paper: PaperCard, page: int, words: str = "") -> str:
    """Return where a page of a paper is shown; there too where its file is not given out.

    Args:
        paper: whose page it is.
        page: its number, from 1.
        words: to be marked on it; see api.viewing.quoted.
    """
    address = page_address(paper.id, page)
    return f"{address}?words={words}{MARK}" if words else address


def item_model(card: ItemCard | None) -> ItemModel | None:
    """Return an agenda item as the API gives it."""
    if card is None:
        return None
    return ItemModel(number=card.number, minute=card.minute, title=card.title, kind=card.kind)


def citation_model(citation: Citation) -> CitationModel:
    """Return a citation as the API gives it."""
    return CitationModel.model_validate(citation)
