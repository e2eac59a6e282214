"""`matters model list` and `matters model use`."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.filesize import decimal
from rich.progress import TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from api.cli.root import LibraryOption, app, start_of
from api.cli.telling import telling

if TYPE_CHECKING:
    from api.wiring import House
    from ingest.models import Model
    from search.reembedding import Making

model = typer.Typer(
    no_args_is_help=True, help="Which models find passages by meaning, and read them again."
)
app.add_typer(model, name="model")


@dataclass(frozen=True, slots=True)
class Shown:
    """A model as it is listed."""

    name: str
    purpose: str
    dimension: int | None
    bytes_on_disk: int
    prompts: dict[str, str]
    used: bool
    vectors: int
    """Texts of the library that have a vector of it beside those in use."""
    place: str


@model.command("list")
def show_models(
    ctx: typer.Context,
    library: LibraryOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
) -> None:
    """List the models on this machine, and which of them the library uses."""
    from api.cli import printing
    from ingest import models
    from search.errors import LibraryMissing

    house = start_of(ctx).house(library=library)
    place = house.settings.models_place
    here, wrong = models.all_in(place)
    try:
        with house.view() as view:
            used, spare = {view.model, view.reranker}, view.spare_vectors()
    except LibraryMissing:
        used, spare = set(), {}
    vectors = {models.plain_name(name): count for name, count in spare.items()}
    names = {models.plain_name(name) for name in used if name}
    shown = [
        Shown(
            name=each.name,
            purpose=each.purpose.value,
            dimension=each.dimension,
            bytes_on_disk=each.bytes_on_disk,
            prompts=dict(each.prompts),
            used=each.name in names,
            vectors=vectors.get(each.name, 0),
            place=str(each.folder),
        )
        for each in (_packaged(), *here)
    ]
    missing = sorted(names - {each.name for each in shown})
    wrong += [f"{name}, which the library uses, is not at {place / name}" for name in missing]
    if as_json:
        whole = {"place": str(place), "models": [asdict(each) for each in shown], "wrong": wrong}
        typer.echo(json.dumps(whole, indent=2, ensure_ascii=False))
        return
    remarks = [Text(f"matters: {each}", style="bold") for each in wrong]
    printing.show(Console(), [_table(shown), Text(f"\nModels lie in {place}"), *remarks])


@model.command("use")
def use_model(
    ctx: typer.Context,
    name: Annotated[
        str | None,
        typer.Argument(metavar="NAME", help="A model as `matters model list` names it."),
    ] = None,
    library: LibraryOption = None,
    fetch: Annotated[
        bool,
        typer.Option("--fetch", help="Fetch it over the network if it is not on this machine."),
    ] = False,
    no_reranker: Annotated[
        bool, typer.Option("--no-reranker", help="Have no cross-encoder read passages again.")
    ] = False,
) -> None:
    """Have the library use another model: for meaning, or one that reads passages again.

    For another embedding model the vectors of all passages are made anew, beside the old ones: the
    library answers meanwhile, and a running server takes over by itself. A run that is stopped goes
    on where it was. The way back is short: the vectors of the model before are kept.
    """
    from ingest.embedding import DEFAULT_MODEL
    from ingest.models import Purpose
    from search.store.models import models_of

    if (name is None) != no_reranker:
        raise typer.BadParameter("give the name of a model, or --no-reranker alone")
    house = start_of(ctx).house(library=library)
    models_of(house.settings.library)  # without a library, nothing is fetched either
    if name is None:
        _rerank(house, None)
    elif name == DEFAULT_MODEL:
        _change(house, name)
    else:
        found = _found(house, name, fetch)
        do = _rerank if found.purpose is Purpose.RERANKING else _change
        do(house, found.identity)


def _found(house: House, name: str, may_fetch: bool) -> Model:
    """Return the model of a name, fetched where that was asked for."""
    from api import fetching
    from ingest.models import ModelUnusable, find, name_in

    place = house.settings.models_place
    if not (place / name_in(place, name)).is_dir():
        if not may_fetch:
            raise ModelUnusable(
                f"there is no model {name} on this machine, at {place / name}. "
                f"{fetching.how_to_have(name, place)}"
            )
        fetching.fetch(name, place, typer.echo)
    return find(place, name)


def _rerank(house: House, name: str | None) -> None:
    from ingest.models import plain_name

    house.set_reranker(name)
    who = plain_name(name) if name else "no cross-encoder"
    typer.echo(f"{who} reads the first passages of each question again from now on")
    _warn_of(house, "reranker", house.settings.reranker, name or "")


def _change(house: House, name: str) -> None:
    from api.wording import counted
    from ingest.models import plain_name

    columns = (
        TextColumn("texts embedded"),
        TimeElapsedColumn(),
        TextColumn("left:"),
        TimeRemainingColumn(),
    )
    with telling(_words, *columns) as progress:
        done = house.change_model(name, progress)
    typer.echo(
        f"the library uses {plain_name(name)}: {counted(done.texts, 'text')}, "
        f"{done.embedded:,} of them embedded now, in {done.seconds:,.1f} s"
    )
    _warn_of(house, "model", house.settings.model, name)


def _warn_of(house: House, setting: str, value: str | None, name: str) -> None:
    """Say where a setting names another model than the library does now."""
    from ingest.models import name_in, plain_name

    if value is not None and name_in(house.settings.models_place, value) != plain_name(name):
        typer.echo(
            f"matters: the setting {setting} names {value}: take it out, as the library itself "
            "says what it uses",
            err=True,
        )


def _packaged() -> Model:
    from ingest.embedding import DEFAULT_MODEL, packaged_folder
    from ingest.models import read

    return read(packaged_folder(), DEFAULT_MODEL)


def _table(models: list[Shown]) -> Table:
    table = Table(box=None, pad_edge=False)
    table.add_column("model", overflow="fold")
    table.add_column("for")
    table.add_column("dimensions", justify="right")
    table.add_column("on disk", justify="right")
    table.add_column("")
    for each in models:
        table.add_row(
            Text(each.name),
            each.purpose,
            f"{each.dimension:,}" if each.dimension else "",
            decimal(each.bytes_on_disk),
            Text("in use", style="bold") if each.used else Text(_spare(each.vectors)),
        )
    return table


def _spare(vectors: int) -> str:
    return f"{vectors:,} texts embedded" if vectors else ""


def _words(made: Making) -> str:
    return f"{made.done:,} of {made.total:,} texts embedded"
