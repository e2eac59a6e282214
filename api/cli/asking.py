"""`matters ask`."""

from __future__ import annotations

from datetime import datetime
from enum import Enum
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer
from rich.console import Console

from api.cli.root import AsOption, LibraryOption, app, start_of
from search.access import Access

if TYPE_CHECKING:
    from api.wiring import House
    from ingest.paper import PaperKind

E = TypeVar("E", bound=Enum)

PASSAGES = 5
"""Passages on a terminal: about two screens."""


def known_kind(name: str) -> PaperKind:
    """Return a kind of paper by its name.

    Raises:
        typer.BadParameter: there is none of this name.
    """
    from ingest.paper import PaperKind

    try:
        return PaperKind(name)
    except ValueError as exc:
        known = ", ".join(PaperKind)
        raise typer.BadParameter(f"no kind of paper is called {name}; there are {known}") from exc


def _one_of(values: type[E], name: str, option: str) -> E:
    try:
        return values(name)
    except ValueError as exc:
        known = ", ".join(each.value for each in values)
        raise typer.BadParameter(f"{name} is none of {known}", param_hint=option) from exc


@app.command()
def ask(
    ctx: typer.Context,
    question: Annotated[str, typer.Argument(help="In plain words, within quotation marks.")],
    library: LibraryOption = None,
    body: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="Only this body; may be repeated.")
    ] = None,
    kind: Annotated[
        list[str] | None,
        typer.Option(metavar="KIND", help="Only this kind, such as minutes; may be repeated."),
    ] = None,
    since: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], metavar="DAY", help="Meetings from 2024-03-12, say."),
    ] = None,
    until: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], metavar="DAY", help="Meetings until this day."),
    ] = None,
    paper: Annotated[
        list[str] | None,
        typer.Option(metavar="PAPER", help="Only this paper, by path or id; may be repeated."),
    ] = None,
    limit: Annotated[int, typer.Option(min=1, max=50, help="Passages at most.")] = PASSAGES,
    ignore: Annotated[
        list[str] | None,
        typer.Option(metavar="KEY", help="Drop this reading of the question; * drops all."),
    ] = None,
    order: Annotated[str, typer.Option(help="best, or latest meeting first.")] = "best",
    group: Annotated[str | None, typer.Option(help="meeting: passages of one together.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="As the API answers.")] = False,
    explain: Annotated[
        bool,
        typer.Option("--explain", help="Say how the question was read, and why each is there."),
    ] = False,
    seen_as: AsOption = Access.EXEMPT,
) -> None:
    """Ask the papers a question; print the passages that answer it, each with its citation.

    The sentence that answers stands between » and «.
    """
    from search.answer import Filters, Grouping, Order, Wishes

    if since and until and since > until:
        raise typer.BadParameter("the last day is before the first", param_hint="--until")
    house = start_of(ctx).house(library=library).opened_for(seen_as)
    filters = Filters(
        bodies=tuple(body or ()),
        kinds=tuple(map(known_kind, kind or ())),
        since=since.date() if since else None,
        until=until.date() if until else None,
        papers=tuple(_ids(house, paper or [])),
    )
    wishes = Wishes(
        ignored=tuple(ignore or ()),
        order=_one_of(Order, order, "--order"),
        group=_one_of(Grouping, group, "--group") if group else None,
        explain=explain,
    )
    answer = house.ask(question, filters, limit, wishes)
    if as_json:
        from api.schemas.asking import answer_model

        typer.echo(answer_model(answer).model_dump_json(indent=2))
    else:
        from api.cli import printing

        printing.show(Console(), printing.answer(answer, explain))


def _ids(house: House, names: list[str]) -> list[str]:
    """Return the ids of papers given by path or id.

    Raises:
        NotHeld: there is no such paper.
    """
    from api.naming import find_paper

    if not names:
        return []
    with house.view() as view:
        return [find_paper(view, name).id for name in names]
