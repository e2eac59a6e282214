"""`matters status` and `matters remove`."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.filesize import decimal
from rich.table import Table
from rich.text import Text

from api.cli.root import LibraryOption, app, start_of

if TYPE_CHECKING:
    from search.holdings import FailedFile, Status
    from search.view import View


@app.command()
def status(
    ctx: typer.Context,
    library: LibraryOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
) -> None:
    """Say what the library holds, and which papers could not be read."""
    from api.cli import printing

    house = start_of(ctx).house(library=library)
    folder = house.settings.library.absolute().as_posix()
    with house.view() as view:
        found, failures, bodies = view.status(), view.failures(), view.bodies()
    if as_json:
        whole = {
            "library": folder,
            **asdict(found),
            "bodies": [asdict(each) for each in bodies],
            "failed": [asdict(each) for each in failures],
        }
        typer.echo(json.dumps(whole, indent=2, ensure_ascii=False))
        return
    table = _table(folder, found, len([each for each in bodies if each.body]))
    printing.show(Console(), [table, *map(_failed, failures)])


@app.command()
def remove(
    ctx: typer.Context,
    papers: Annotated[
        list[str], typer.Argument(metavar="PAPER...", help="Each a path or an id, as ask gives it.")
    ],
    library: LibraryOption = None,
) -> None:
    """Remove papers from the library, wholly; their files stay where they are.

    A paper whose file stays is read again by the next ingest of its folder.
    """
    house = start_of(ctx).house(library=library)
    with house.view() as view:
        found = {name: _source(view, name) for name in papers}
    known = list(dict.fromkeys(source for source in found.values() if source))
    if known:
        house.forget(known)
    for source in known:
        typer.echo(f"removed {source}")
    unknown = [name for name, source in found.items() if source is None]
    for name in unknown:
        typer.echo(
            f"matters: no paper {name!r} in this library: give its path, or its id as "
            "`matters export papers` lists it",
            err=True,
        )
    if unknown:
        raise typer.Exit(1)


def _source(view: View, name: str) -> str | None:
    """Return the source of a paper that is held, or of a file that failed, or None."""
    from api.naming import find_paper, sources_of
    from search.errors import NotHeld

    try:
        return find_paper(view, name).source
    except NotHeld:
        failed = {each.source for each in view.failures()}
        return next((source for source in sources_of(name) if source in failed), None)


def _table(folder: str, found: Status, bodies: int) -> Table:
    from api.cli.printing import on_scans
    from api.wording import counted

    table = Table.grid(padding=(0, 2))
    table.add_column(style="bold")
    table.add_column(overflow="fold")
    scanned = ""
    if found.scanned_pages:
        scanned = f", {found.scanned_pages:,} of them without text. {on_scans()}"
    rows = (
        ("library", folder),
        ("papers", f"{found.papers:,}, of {counted(bodies, 'body', 'bodies')}"),
        ("pages", f"{found.pages:,}{scanned}"),
        ("passages", f"{found.passages:,}"),
        ("failed", f"{found.failures:,}"),
        ("model", f"{found.model}, {found.dimension:,} dimensions"),
        *([("reranker", found.reranker)] if found.reranker else []),
        ("on disk", decimal(found.bytes_on_disk)),
        ("changes", f"{found.generation:,} since {found.created}"),
    )
    for name, value in rows:
        table.add_row(name, Text(value))
    return table


def _failed(failure: FailedFile) -> Text:
    still = " (an earlier version of it still answers)" if failure.held else ""
    head = Text(f"\nFailed: {failure.source}{still}\n", style="bold")
    return Text.assemble(head, f"   {failure.reason}\n   {failure.advice}")
