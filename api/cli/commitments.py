"""`matters commitments`: the register, what officers change of it, and documents to take away."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from api.cli.filtering import DAY, named, with_filters
from api.cli.root import LibraryOption, app, start_of

if TYPE_CHECKING:
    from api.wiring import House
    from search.register.listing import Wanted
    from search.register.values import Entry, Wish

ENTRIES = 20
"""Entries on a terminal: about two screens."""

register = typer.Typer(
    no_args_is_help=True, help="The register: what was undertaken, and what came of it."
)
app.add_typer(register, name="commitments")

EntryArgument = Annotated[
    str, typer.Argument(metavar="ENTRY", help="A reference such as HC-2024-03-12-PCAPR, or an id.")
]
ByOption = Annotated[
    str | None, typer.Option("--by", metavar="NAME", help="Who changes it; else your login name.")
]
NoteOption = Annotated[str | None, typer.Option(metavar="TEXT", help="Kept with the change.")]
TodayOption = Annotated[
    datetime | None,
    typer.Option(formats=DAY, metavar="DAY", help="What was due before is overdue; else today."),
]


@register.command("list")
@with_filters
def list_(
    ctx: typer.Context,
    wanted: Wanted,
    library: LibraryOption = None,
    limit: Annotated[int, typer.Option(min=1, help="Entries at most.")] = ENTRIES,
    today: TodayOption = None,
) -> None:
    """List the entries of the register: latest meeting first, unless a topic is given."""
    from api.cli import registering
    from api.cli.printing import show

    house = start_of(ctx).house(library=library)
    day = _day(today)
    with house.view() as view:
        found = view.chosen_commitments(wanted, day)
    show(Console(), registering.listed(found[:limit], len(found), day))


@register.command("show")
def show_(
    ctx: typer.Context,
    entry: EntryArgument,
    library: LibraryOption = None,
    today: TodayOption = None,
) -> None:
    """Show one entry: its words, where they stand, what was changed, what later papers tell."""
    _show(start_of(ctx).house(library=library), entry, _day(today))


@register.command("set")
def set_(
    ctx: typer.Context,
    entry: EntryArgument,
    library: LibraryOption = None,
    state: Annotated[
        str | None,
        typer.Option(
            metavar="STATE", help="open, done, dropped, or rejected: it is no undertaking."
        ),
    ] = None,
    owner: Annotated[
        str | None, typer.Option(metavar="NAME", help="Who is to do it; an empty text: nobody.")
    ] = None,
    due: Annotated[
        str | None,
        typer.Option(
            metavar="DAY", help="A day, or a period such as 2024-03-01/2024-03-31; empty: none."
        ),
    ] = None,
    note: NoteOption = None,
    by: ByOption = None,
    today: TodayOption = None,
) -> None:
    """Set state, owner or due date of an entry, or add a note to it."""
    from search.register.changing import setting
    from search.register.listing import find
    from search.register.values import Field

    asked = {Field.STATE: state, Field.OWNER: owner, Field.DUE: due}
    given = {field: value for field, value in asked.items() if value is not None}

    def decide(held: Sequence[Entry]) -> list[Wish]:
        return setting(find(held, entry), _by(by), given, note)

    _change(ctx, library, entry, decide, today)


@register.command()
def undo(
    ctx: typer.Context,
    entry: EntryArgument,
    library: LibraryOption = None,
    change: Annotated[
        int | None,
        typer.Option(min=1, metavar="NUMBER", help="As show numbers it; else the latest."),
    ] = None,
    note: NoteOption = None,
    by: ByOption = None,
    today: TodayOption = None,
) -> None:
    """Take a change of an entry back; undoing an undoing brings it back."""
    from search.register.changing import undoing
    from search.register.listing import find

    def decide(held: Sequence[Entry]) -> list[Wish]:
        return undoing(find(held, entry), _by(by), change, note)

    _change(ctx, library, entry, decide, today)


@register.command()
def merge(
    ctx: typer.Context,
    entry: EntryArgument,
    other: Annotated[str, typer.Argument(metavar="OTHER", help="The same undertaking.")],
    library: LibraryOption = None,
    note: NoteOption = None,
    by: ByOption = None,
    today: TodayOption = None,
) -> None:
    """Make two entries one; which is named first does not matter."""
    from search.register.changing import merging
    from search.register.listing import find

    def decide(held: Sequence[Entry]) -> list[Wish]:
        return merging(find(held, entry), find(held, other), _by(by), note)

    _change(ctx, library, entry, decide, today)


@register.command()
@with_filters
def export(
    ctx: typer.Context,
    file: Annotated[
        Path,
        typer.Argument(metavar="FILE", help="Its name says the form: .csv, .xlsx, .docx or .ics."),
    ],
    wanted: Wanted,
    library: LibraryOption = None,
    today: TodayOption = None,
) -> None:
    """Write entries as a spreadsheet or Word table, or their due days as a calendar.

    A table says for each entry what later papers tell; a calendar holds the open ones with a day.
    """
    from api.documents.forms import Form, document
    from api.wording import counted

    form = named(Form, file.suffix.removeprefix(".").casefold(), "form", "FILE")
    house = start_of(ctx).house(library=library)
    day = _day(today)
    with house.view() as view:
        found = view.chosen_commitments(wanted, day)
        content = document(form, view, found, day, datetime.now(UTC), house.settings.council)
    file.write_bytes(content)
    typer.echo(f"wrote {counted(len(found), 'entry', 'entries')} to {file}")


def _change(
    ctx: typer.Context,
    library: Path | None,
    entry: str,
    decide: Callable[[Sequence[Entry]], list[Wish]],
    today: datetime | None,
) -> None:
    house = start_of(ctx).house(library=library)
    house.change(decide)
    _show(house, entry, _day(today))


def _show(house: House, name: str, today: date) -> None:
    from api.cli import registering
    from api.cli.printing import show
    from search.register.followup import follow_up
    from search.register.listing import find

    with house.view() as view:
        entry = find(view.commitments(), name)
        told = follow_up(view, entry, today)
    show(Console(), registering.whole(entry, told, today))


def _day(today: datetime | None) -> date:
    return today.date() if today else datetime.now().astimezone().date()


def _by(name: str | None) -> str:
    """Return who makes a change: as given, else the login name of whoever runs the command."""
    if name is not None:
        return name
    import os
    import pwd

    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return ""  # refused with the reason, like an empty name
