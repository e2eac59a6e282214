"""`matters brief`."""

from __future__ import annotations

import calendar
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.filtering import BodyOption, PaperKindOption, paper_kinds
from api.cli.root import LibraryOption, app, start_of

if TYPE_CHECKING:
    from api.documents.briefing_outline import Link
    from search.answer import PaperCard
    from search.briefing.values import Briefing

DAYS = ["%Y-%m-%d", "%Y-%m", "%Y"]
"""A day, a month or a year, from its first day or until its last."""


@app.command()
def brief(
    ctx: typer.Context,
    topic: Annotated[str, typer.Argument(help="The matter, in a few words: “family hubs”.")],
    library: LibraryOption = None,
    output: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Its name says the form: .docx, .pdf, .md, .json or .svg. Else Markdown is shown.",
        ),
    ] = None,
    body: BodyOption = None,
    kind: PaperKindOption = None,
    since: Annotated[
        str | None,
        typer.Option(metavar="DAY", help="Meetings from this day, month or year: 2024-03, say."),
    ] = None,
    until: Annotated[
        str | None, typer.Option(metavar="DAY", help="Meetings until this day, month or year.")
    ] = None,
    question: Annotated[
        list[str] | None,
        typer.Option(metavar="TEXT", help="Which it is to answer; may be repeated."),
    ] = None,
    passage: Annotated[
        list[str] | None,
        typer.Option(metavar="ID", help="A passage to quote whole; may be repeated."),
    ] = None,
    today: Annotated[
        datetime | None,
        typer.Option(formats=DAYS[:1], metavar="DAY", help="What was due before is overdue."),
    ] = None,
    address: Annotated[
        str | None,
        typer.Option(metavar="URL", help="Server that references lead to; else to the files here."),
    ] = None,
) -> None:
    """Write a briefing on a matter: everything the papers say on it, in quotations alone."""
    from api.wording import counted
    from search.answer import Filters
    from search.briefing.values import Matter

    first, last = _day(since, "--since", last=False), _day(until, "--until", last=True)
    if first and last and first > last:
        raise typer.BadParameter("the last day is before the first", param_hint="--until")
    form = _form(output)
    house = start_of(ctx).house(library=library)
    matter = Matter(
        topic=topic,
        today=today.date() if today else datetime.now().astimezone().date(),
        filters=Filters(bodies=tuple(body or ()), kinds=paper_kinds(kind), since=first, until=last),
        questions=tuple(question or ()),
        passages=tuple(passage or ()),
    )
    briefing = house.brief(matter)
    content = _content(briefing, form, _link(address), house.settings.council)
    if output is None:
        typer.echo(content.decode())
        return
    output.write_bytes(content)
    references = counted(len(briefing.references), "reference")
    typer.echo(f"wrote a briefing with {references} to {output}")


def _content(briefing: Briefing, form: str | None, link: Link, council: str) -> bytes:
    """Return a briefing as a file of some form; None for JSON."""
    if form is None:
        from api.schemas.briefings import briefing_model

        return briefing_model(briefing).model_dump_json(indent=2).encode()
    from api.documents.briefing_forms import BriefingForm, briefing_document

    return briefing_document(BriefingForm(form), briefing, link, council)


def _form(output: Path | None) -> str | None:
    """Return the form that a file's name asks for; None for JSON."""
    from api.documents.briefing_forms import BriefingForm

    if output is None:
        return BriefingForm.MARKDOWN
    name = output.suffix.removeprefix(".").casefold()
    if name == "json":
        return None
    if name not in tuple(BriefingForm):
        known = ", ".join([*BriefingForm, "json"])
        raise typer.BadParameter(
            f"no form is called {name!r}: there are {known}", param_hint="--output"
        )
    return name


def _link(address: str | None) -> Link:
    """Return what gives papers their addresses: on a server, or as files of this machine."""
    from api.schemas.cards import paper_link

    def here(paper: PaperCard, page: int, _: str) -> str | None:
        return Path(paper.source).as_uri() + (f"#page={page}" if paper.format == "pdf" else "")

    if address is None:
        return here
    server = address.rstrip("/")
    return lambda paper, page, words: server + paper_link(paper, page, words)


def _day(typed: str | None, option: str, *, last: bool) -> date | None:
    """Return the first or the last day of what was typed."""
    if typed is None:
        return None
    for form in DAYS:
        try:
            found = datetime.strptime(typed, form).date()
        except ValueError:
            continue
        if not last or form == DAYS[0]:
            return found
        month = found.month if "%m" in form else 12
        return date(found.year, month, calendar.monthrange(found.year, month)[1])
    raise typer.BadParameter(
        f"{typed!r} is no day: write 2024-03-12, 2024-03 or 2024", param_hint=option
    )
