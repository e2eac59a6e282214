"""`matters ingest`."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.progress import TextColumn, TimeElapsedColumn

from api.cli.root import LibraryOption, app, start_of
from api.cli.telling import telling

if TYPE_CHECKING:
    from ingest.pipeline import Progress as Done

YES_NO = {"yes": True, "no": False}
"""How --exempt says what a sidecar says as true or false."""


@app.command()
def ingest(
    ctx: typer.Context,
    paths: Annotated[
        list[Path],
        typer.Argument(metavar="PATH...", exists=True, help="Papers, and folders of papers."),
    ],
    library: LibraryOption = None,
    prune: Annotated[
        bool,
        typer.Option("--prune", help="Remove papers held from these paths that are there no more."),
    ] = False,
    body: Annotated[
        str | None, typer.Option(metavar="NAME", help="Body of all these papers, for good.")
    ] = None,
    date: Annotated[
        str | None,
        typer.Option(metavar="DAY", help="Day of their meeting, such as 2024-03-12, for good."),
    ] = None,
    kind: Annotated[
        str | None, typer.Option(metavar="KIND", help="Their kind, such as minutes, for good.")
    ] = None,
    exempt: Annotated[
        str | None,
        typer.Option(metavar="yes|no", help="Whether they are kept from the public, for good."),
    ] = None,
    no_ocr: Annotated[
        bool, typer.Option("--no-ocr", help="Leave pictures of pages unread, OCR or not.")
    ] = False,
    processes: Annotated[
        int | None, typer.Option(min=1, max=256, help="Papers read at once; else two.")
    ] = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="Exit with 1 if any paper could not be read.")
    ] = False,
) -> None:
    """Read papers into the library; papers that have not changed are left as they are.

    A paper that cannot be read never stops the others: the report names it, says why and what
    to do, and the exit code stays 0 unless --strict is given.

    What --body, --date, --kind and --exempt say is believed before the papers themselves, now and
    at later runs; an empty text ("") takes it back.
    """
    from api.cli import printing
    from ingest.pipeline import Options

    said = {"body": body, "meeting_date": date, "kind": kind, "exempt": exempt}
    options = Options(prune=prune, settle=_checked(said), with_ocr=not no_ocr)
    if processes is not None:
        options = replace(options, processes=processes)
    house = start_of(ctx).house(library=library)
    with _telling() as progress:
        report = house.ingest(paths, options, progress)
    printing.show(Console(), printing.report(report))
    if strict and report.failed:
        raise typer.Exit(1)


def _checked(said: Mapping[str, str | None]) -> dict[str, str]:
    """Return what the command line says of papers, by name of fact; "" takes back."""
    from ingest.overrides import WrongOverride, checked

    try:
        return {
            name: value and checked(name, YES_NO.get(value, value) if name == "exempt" else value)
            for name, value in said.items()
            if value is not None
        }
    except WrongOverride as exc:
        raise typer.BadParameter(str(exc)) from exc


def _telling() -> AbstractContextManager[Callable[[Done], None]]:
    """Give what tells of progress: papers, how quickly, and what is being done."""
    began = time.monotonic()

    def shown(done: Done) -> dict[str, str]:
        seconds = max(time.monotonic() - began, 1e-3)
        return {"rate": f"{done.pages / seconds:,.0f} pages/s", "doing": done.doing}

    return telling(
        _words,
        TextColumn("papers"),
        TextColumn("{task.fields[rate]}"),
        TimeElapsedColumn(),
        TextColumn("{task.fields[doing]}", style="dim", markup=False),
        fields=shown,
        first={"rate": "", "doing": "looking for papers"},
    )


def _words(done: Done) -> str:
    from api.wording import counted

    read = f"{done.done:,} of {counted(done.total, 'paper')}, {counted(done.pages, 'page')}"
    return f"{read}, {counted(done.passages, 'passage')}: {done.doing}"
