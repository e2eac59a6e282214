"""What the lexical index is told of a passage, and the fields it keeps of that."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import tantivy

from search.words import stems

VERSION = 4
"""Raise it with any change to fields or analysis: indexes of another version are made anew."""

BOOSTS = {"text": 1.0, "title": 0.3, "item": 0.3, "context": 0.3}
"""How much a word counts where it stands."""

READ_BACK = ("text", "context")
"""Fields whose stems are kept in order too: ranking reads those of every candidate, and to make
them of its words again took two thirds of the ranking's time."""

COUNTED = ("body", "kind", "year")
"""Fields whose values are counted over the passages that match a question."""


@dataclass(frozen=True, slots=True)
class LexicalRow:
    """What the index is told of one passage."""

    number: int
    text: str
    title: str
    item: str
    context: str
    paper: str
    body: str | None
    """The key under which the body's spellings meet, here and in filters."""
    kind: str
    meeting_date: date | None
    item_number: str | None = None
    minute: str | None = None


def fields(row: LexicalRow) -> dict[str, str | int]:
    """Return what the index keeps of a passage, by field."""
    kept: dict[str, str | int] = {
        "number": row.number,
        "text": _analysed(row.text),
        "title": _analysed(row.title),
        "item": _analysed(row.item),
        "context": _analysed(row.context),
        "paper": row.paper,
        "kind": row.kind,
    }
    if row.body is not None:
        kept["body"] = row.body
    if row.meeting_date is not None:
        kept["day"] = row.meeting_date.toordinal()
        kept["year"] = row.meeting_date.year
    if row.item_number is not None:
        kept["item_number"] = row.item_number.casefold()
    if row.minute is not None:
        kept["minute"] = row.minute.casefold()
    return kept


def schema() -> tantivy.Schema:
    """Return the fields, and how each is indexed."""
    builder = tantivy.SchemaBuilder().add_integer_field("number", indexed=True, fast=True)
    for field in BOOSTS:
        builder = builder.add_text_field(
            field,
            stored=field in READ_BACK,
            tokenizer_name="whitespace",  # the words come as stems already
            index_option="position",
        )
    for field in ("paper", "body", "kind", "minute", "item_number"):
        fast = field in COUNTED
        builder = builder.add_text_field(
            field, tokenizer_name="raw", index_option="basic", fast=fast
        )
    for field in ("day", "year"):
        builder = builder.add_integer_field(field, indexed=True, fast=True)
    return builder.build()


def _analysed(text: str) -> str:
    return " ".join(stems(text))
