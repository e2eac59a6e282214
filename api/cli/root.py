"""The command `matters`: its options, its errors and their exit codes.

Exit codes: 0 done; 1 it could not be done, or not wholly (the message says why); 2 the command,
a setting or an argument is wrong.

Commands import what they need when they run: `matters --help` waits for nothing.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from getpass import getuser
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from api.access.errors import AccessError
from api.access.roles import Caller, Role
from api.wiring import House
from search.access import Access

if TYPE_CHECKING:
    from api.loading import LoadEmbedder

LibraryOption = Annotated[
    Path | None,
    typer.Option(
        "--library",
        metavar="DIR",
        help="Folder of the library; else MATTERS_LIBRARY, else ./library.",
    ),
]


AsOption = Annotated[
    Access,
    typer.Option("--as", help="Show everything, or only what the public may see."),
]


@dataclass(frozen=True, slots=True)
class Start:
    """What a command starts from: who calls it may give other parts."""

    environment: Mapping[str, str] = field(default_factory=lambda: os.environ)
    load: LoadEmbedder | None = None
    config: Path | None = None
    debug: bool = False

    def house(self, **given: object) -> House:
        """Read the settings, those given on the command line first, and join the parts.

        Whoever may run a command on the library's folder may read all that lies in it.
        """
        from api.settings import read_settings

        settings = read_settings(self.environment, config=self.config, **given)
        caller = Caller(f"{getuser()} at the command line", Role.ADMINISTRATOR)
        return House(settings, self.load).opened_for(Access.EXEMPT, caller)


class OneLineErrors(TyperGroup):
    """Says what went wrong in one line on standard error, and sets the exit code."""

    def invoke(self, ctx: Any) -> Any:  # noqa: ANN401
        """Run the command."""
        try:
            return super().invoke(ctx)
        except Exception as error:
            line = one_line(error)
            if line is None or (isinstance(ctx.obj, Start) and ctx.obj.debug):
                raise
            typer.echo(f"matters: {line}", err=True)
            raise typer.Exit(_code(error)) from error


def one_line(error: Exception) -> str | None:
    """Return what there is to say of an error; None where only a traceback can say it."""
    from api.fetching import FetchFailed
    from api.settings import SettingsError
    from ingest.errors import IngestError
    from ingest.finding import NothingThere
    from ingest.models import ModelUnusable
    from search.errors import SearchError

    if isinstance(error, IngestError):
        return f"{error} {error.advice}"
    ours = SettingsError | SearchError | AccessError | ModelUnusable | FetchFailed | NothingThere
    if isinstance(error, ours):
        return str(error)
    if isinstance(error, OSError) and error.filename and not isinstance(error, BrokenPipeError):
        return f"{error.filename}: {error.strerror}"
    return None


def _code(error: Exception) -> int:
    from api.settings import SettingsError

    return 2 if isinstance(error, SettingsError) else 1


app = typer.Typer(
    cls=OneLineErrors,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Ask committee papers; get exact quotations, each with its citation.",
)


def _show_version(wanted: bool) -> None:
    from api.versions import our_version

    if wanted:
        typer.echo(f"matters {our_version()}")
        raise typer.Exit


@app.callback()
def begin(
    ctx: typer.Context,
    config: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Settings file; else matters.toml beside the library."),
    ] = None,
    debug: Annotated[bool, typer.Option("--debug", help="Show where an error arose.")] = False,
    _: Annotated[
        bool,
        typer.Option("--version", is_eager=True, callback=_show_version, help="Show the version."),
    ] = False,
) -> None:
    """Ask committee papers; get exact quotations, each with its citation."""
    start = ctx.obj if isinstance(ctx.obj, Start) else Start()
    ctx.obj = replace(start, config=config or start.config, debug=debug)


def start_of(ctx: typer.Context) -> Start:
    """Return what the command starts from."""
    start: Start = ctx.obj
    return start
