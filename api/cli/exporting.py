"""`matters export`: what was understood, as JSON Lines."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import typer

from api.cli.root import AsOption, LibraryOption, app, start_of
from search.access import Access

if TYPE_CHECKING:
    from ingest.paper import AgendaItem, Paper

FIRST_WORDS = 12
"""Enough words of an item to know one without a heading by."""

exports = typer.Typer(no_args_is_help=True, help="Write what was understood, as JSON Lines.")
app.add_typer(exports, name="export")


@exports.command()
def papers(
    ctx: typer.Context, library: LibraryOption = None, seen_as: AsOption = Access.EXEMPT
) -> None:
    """Write a line a paper: doc (its path), id, title, kind, state, body, meeting_date."""
    house = start_of(ctx).house(library=library).opened_for(seen_as)
    with house.view() as view:
        for card in view.papers():
            meeting = card.meeting_date
            _write(
                {
                    "doc": card.source,
                    "id": card.id,
                    "title": card.title,
                    "kind": card.kind.value,
                    "state": card.state.value if card.state else None,
                    "body": card.body,
                    "meeting_date": meeting.isoformat() if meeting else None,
                }
            )


@exports.command()
def items(
    ctx: typer.Context, library: LibraryOption = None, seen_as: AsOption = Access.EXEMPT
) -> None:
    """Write a line a paper: doc (its path) and its items, each with number, title and kind.

    The number is the minutes' own where they have one, else the agenda's.
    """
    house = start_of(ctx).house(library=library).opened_for(seen_as)
    with house.view() as view:
        for card in view.papers():
            paper = view.paper(card.id)
            _write({"doc": card.source, "items": [_item(paper, item) for item in paper.items]})


def _item(paper: Paper, item: AgendaItem) -> dict[str, str | int | None]:
    words = paper.text.text[item.start : item.end].split(maxsplit=FIRST_WORDS)[:FIRST_WORDS]
    return {
        "number": item.minute or item.number,
        "title": item.title,
        "kind": item.kind.value,
        "depth": item.depth,
        "first_words": " ".join(words),
    }


def _write(line: dict[str, object]) -> None:
    typer.echo(json.dumps(line, ensure_ascii=False))
