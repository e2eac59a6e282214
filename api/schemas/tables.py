"""What the API says of the tables in a passage."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from search.tables import TableSlice


class CellModel(BaseModel):
    """One cell of a table: characters of the paper's text, end-exclusive."""

    model_config = ConfigDict(title="Cell", from_attributes=True)

    text: str = Field(description="Exactly the paper's words.", examples=["(15)"])
    start: int = Field(ge=0, examples=[6340])
    end: int = Field(ge=1, examples=[6344])


class TableModel(BaseModel):
    """The rows of one table that stand in a passage, under the table's heads."""

    model_config = ConfigDict(title="Table", from_attributes=True)

    caption: str | None = Field(examples=["Lamps replaced"])
    heads: list[str] = Field(
        description="What each column is called, empty where nothing says so.",
        examples=[["Ward", "2023-24", "Change"]],
    )
    label: int = Field(
        ge=0, description="The column, from 0, whose cells say what each row is of.", examples=[0]
    )
    rows: list[list[CellModel | None]] = Field(description="Each as long as heads.")


TABLES = Annotated[
    list[TableModel], Field(description="The tables in it, with only the rows that stand in it.")
]


def table_models(tables: Sequence[TableSlice]) -> list[TableModel]:
    """Return a passage's tables as the API gives them."""
    return [TableModel.model_validate(table) for table in tables]
