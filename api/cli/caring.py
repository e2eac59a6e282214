"""`matters check`, `backup` and `restore`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.access.store import DATABASE as ACCESS
from api.cli.root import LibraryOption, app, start_of

if TYPE_CHECKING:
    from api.settings import Settings


@app.command()
def check(
    ctx: typer.Context,
    library: LibraryOption = None,
    repair: Annotated[
        bool, typer.Option("--repair", help="Make indexes and open part anew first.")
    ] = False,
) -> None:
    """Look whether the library is whole; say what is wrong with it, and what to do.

    Its models are loaded too: without them no question is answered.
    """
    from search import checking

    house = start_of(ctx).house(library=library)
    folder = house.settings.library
    if repair:
        checking.repair(folder)
    faults = checking.check(folder)
    for fault in faults:
        typer.echo(fault.what)
    if not faults:
        typer.echo("the library is whole")
        house.load_models()
        return
    if all(fault.derived for fault in faults):
        typer.echo("matters: its papers are whole: run `matters check --repair`", err=True)
    else:
        typer.echo(
            "matters: its papers are not whole: restore a copy into another folder with "
            "`matters restore`, or ingest anew there",
            err=True,
        )
    raise typer.Exit(1)


@app.command()
def backup(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The copy; replaced if there.")],
    library: LibraryOption = None,
) -> None:
    """Copy the library, its accounts and the audit into one file, while it is in use or not."""
    from search.backup import back_up
    from search.store.schema import open_to_read

    settings = start_of(ctx).house(library=library).settings
    open_to_read(settings.library).close()
    back_up(_databases(settings), file)
    typer.echo(f"copied to {file}; the papers' own files are not in it")
    _tell_of_models(settings)


@app.command()
def restore(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A copy that backup made.")],
    library: LibraryOption = None,
) -> None:
    """Make a library from a copy, in a folder that holds none."""
    from search import backup
    from search.derived import catch_up

    settings = start_of(ctx).house(library=library).settings
    backup.restore(file, _databases(settings))
    catch_up(settings.library)
    typer.echo(f"restored to {settings.library}")
    _tell_of_models(settings)


def _tell_of_models(settings: Settings) -> None:
    """Say which models a library wants that come neither with the program nor with a copy."""
    from ingest.embedding import DEFAULT_MODEL
    from ingest.models import plain_name
    from search.store.models import models_of

    for name in models_of(settings.library):
        if name not in (None, DEFAULT_MODEL):
            plain = plain_name(name)
            typer.echo(f"it wants the model {plain}, which lies at {settings.models_place / plain}")


def _databases(settings: Settings) -> dict[str, Path]:
    from search.store.schema import DATABASE

    return {DATABASE: settings.library / DATABASE, ACCESS: settings.access_database}
