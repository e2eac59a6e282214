"""`matters accounts` and `matters keys`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

from api.access.roles import Role
from api.cli.root import LibraryOption, app, start_of

if TYPE_CHECKING:
    from api.access.people import People
    from api.wiring import House

DAYS = 365
"""How long a key opens anything unless told otherwise."""

accounts = typer.Typer(no_args_is_help=True, help="Say who may sign in on the page.")
app.add_typer(accounts, name="accounts")

keys = typer.Typer(no_args_is_help=True, help="Give other programs keys to the API.")
app.add_typer(keys, name="keys")

NameArgument = Annotated[str, typer.Argument(metavar="NAME", help="The account's name.")]
RoleOption = Annotated[
    Role, typer.Option(help="What they are: each may do what those before it may.")
]


@accounts.command("add")
def add_account(
    ctx: typer.Context, name: NameArgument, role: RoleOption, library: LibraryOption = None
) -> None:
    """Add an account; its password is asked for, twice."""
    house = start_of(ctx).house(library=library)
    _people(house).add_account(name, role, _password())
    house.audit.add(house.caller, "added an account", f"{name}, {role}")
    typer.echo(f"added {name}, {role}")


@accounts.command("list")
def list_accounts(ctx: typer.Context, library: LibraryOption = None) -> None:
    """List the accounts."""
    found = _people(start_of(ctx).house(library=library)).accounts()
    rows = [(each.name, each.role.value, _day(each.made)) for each in found]
    _show(("name", "role", "since"), rows, "there are no accounts: everyone is the public")


@accounts.command("remove")
def remove_account(ctx: typer.Context, name: NameArgument, library: LibraryOption = None) -> None:
    """Remove an account; whoever is signed in with it no longer is."""
    house = start_of(ctx).house(library=library)
    _people(house).remove_account(name)
    house.audit.add(house.caller, "removed an account", name)
    typer.echo(f"removed {name}")


@accounts.command("password")
def change_password(ctx: typer.Context, name: NameArgument, library: LibraryOption = None) -> None:
    """Give an account another password; whoever is signed in with it no longer is."""
    house = start_of(ctx).house(library=library)
    _people(house).change_password(name, _password())
    house.audit.add(house.caller, "changed a password", name)
    typer.echo(f"changed the password of {name}")


@keys.command("add")
def add_key(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="What it is for.")],
    role: RoleOption,
    days: Annotated[int, typer.Option(min=1, max=3650, help="How long it is valid.")] = DAYS,
    library: LibraryOption = None,
) -> None:
    """Add a key and print it: this once, and never again."""
    from api.access.people import PREFIX

    house = start_of(ctx).house(library=library)
    key = _people(house).add_key(name, role, days)
    house.audit.add(house.caller, "added a key", f"{key[:PREFIX]}, {name}, {role}")
    typer.echo(key)
    typer.echo("Keep it safe: it is not shown again. Programs send it as", err=True)
    typer.echo("Authorization: Bearer KEY", err=True)


@keys.command("list")
def list_keys(ctx: typer.Context, library: LibraryOption = None) -> None:
    """List the keys by how they begin."""
    found = _people(start_of(ctx).house(library=library)).keys()
    rows = [
        (
            each.prefix,
            each.name,
            each.role.value,
            f"revoked {_day(each.revoked)}" if each.revoked else f"until {_day(each.expires)}",
        )
        for each in found
    ]
    _show(("begins with", "for", "role", "valid"), rows, "there are no keys")


@keys.command("revoke")
def revoke_key(
    ctx: typer.Context,
    prefix: Annotated[str, typer.Argument(metavar="BEGINNING", help="As `keys list` shows it.")],
    library: LibraryOption = None,
) -> None:
    """Have a key open nothing from now on."""
    from api.access.people import PREFIX

    house = start_of(ctx).house(library=library)
    _people(house).revoke_key(prefix)
    house.audit.add(house.caller, "revoked a key", prefix[:PREFIX])
    typer.echo(f"revoked {prefix[:PREFIX]}")


def _people(house: House) -> People:
    from api.access.people import People

    return People(house.store)


def _password() -> str:
    password: str = typer.prompt("Password", hide_input=True, confirmation_prompt=True)
    return password


def _day(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).date().isoformat()


def _show(heads: tuple[str, ...], rows: Sequence[tuple[str, ...]], nothing: str) -> None:
    from api.cli import printing

    if not rows:
        typer.echo(nothing)
        return
    table = Table(*heads, box=None, padding=(0, 2, 0, 0))
    for row in rows:
        table.add_row(*row)
    printing.show(Console(), [table])
