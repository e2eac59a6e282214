"""`matters ask`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from api.cli.filtering import (
    BodyOption,
    PaperKindOption,
    SinceOption,
    UntilOption,
    named,
    paper_kinds,
)
from api.cli.root import AsOption, LibraryOption, app, start_of
from search.access import Access

if TYPE_CHECKING:
    from api.wiring import House

PASSAGES = 5
"""Passages on a terminal: about two screens."""


@app.command()
def ask(
    ctx: typer.Context,
    question: Annotated[str, typer.Argument(help="In plain words, within quotation marks.")],
    library: LibraryOption = None,
    body: BodyOption = None,
    kind: PaperKindOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
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
        kinds=paper_kinds(kind),
        since=since.date() if since else None,
        until=until.date() if until else None,
        papers=tuple(_ids(house, paper or [])),
    )
    wishes = Wishes(
        ignored=tuple(ignore or ()),
        order=named(Order, order, "order", "--order"),
        group=named(Grouping, group, "grouping", "--group") if group else None,
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
