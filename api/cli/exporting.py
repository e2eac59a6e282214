"""`matters export`: what was understood, as JSON Lines."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.business import business_in_words
from api.cli.root import AsOption, LibraryOption, app, start_of
from search.access import Access

if TYPE_CHECKING:
    from ingest.paper import AgendaItem, Commitment, Due, Paper

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

    The number is the minutes' own where they have one, else the agenda's. Each item also has its
    motions, questions and resolutions, in words; those outside any item stand in "loose".
    """
    house = start_of(ctx).house(library=library).opened_for(seen_as)
    with house.view() as view:
        for card in view.papers():
            paper = view.paper(card.id)
            items = [
                {**_item(paper, item), **business_in_words(paper, item.position)}
                for item in paper.items
            ]
            loose = business_in_words(paper, None)
            _write({"doc": card.source, "items": items, **({"loose": loose} if loose else {})})


@exports.command()
def commitments(
    ctx: typer.Context,
    library: LibraryOption = None,
    requests: Annotated[
        bool, typer.Option("--requests", help="Also what was asked for and not agreed to.")
    ] = False,
) -> None:
    """Write a line a commitment: doc (its paper's path), quote, action, owner, due and place.

    due holds the paper's words; due_date is the last day, or the month, that they mean.
    """
    from ingest.paper import CommitmentKind

    house = start_of(ctx).house(library=library)
    with house.view() as view:
        for card in view.papers():
            for each in view.paper(card.id).commitments:
                if requests or each.kind is CommitmentKind.COMMITMENT:
                    _write({"doc": card.source, **_commitment(each)})


def _commitment(each: Commitment) -> dict[str, object]:
    return {
        "id": each.id,
        "kind": each.kind.value,
        "quote": each.sentence,
        "action": each.action,
        "owner": each.owner,
        "due": each.due.words if each.due else None,
        "due_date": _due_date(each.due) if each.due else None,
        "page": each.citation.first_page,
        "item": each.item,
        "places": len(each.places) + 1,
        "signal": each.signal,
        "confidence": each.confidence,
    }


def _due_date(due: Due) -> str | None:
    """Return the day, or the month where the days it may fall on are many; None for no days."""
    if due.last is None:
        return None
    return due.last.isoformat() if due.first == due.last else due.last.isoformat()[:7]


def _item(paper: Paper, item: AgendaItem) -> dict[str, object]:
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
