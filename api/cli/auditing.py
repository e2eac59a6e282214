"""`matters audit`."""

from __future__ import annotations

import json
from dataclasses import asdict

import typer

from api.cli.root import LibraryOption, app, start_of

audit = typer.Typer(no_args_is_help=True, help="See who did what.")
app.add_typer(audit, name="audit")


@audit.command()
def export(ctx: typer.Context, library: LibraryOption = None) -> None:
    """Write a line of JSON for each thing that was done, oldest first."""
    house = start_of(ctx).house(library=library)
    house.audit.forget_older(house.settings.audit_days)
    for line in house.audit.lines():
        typer.echo(json.dumps(asdict(line), ensure_ascii=False))
