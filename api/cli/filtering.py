"""Filters as options of commands: of papers, and all those of the register.

Typer reads a command's options off its signature, and has no other way for two to share them. The
annotations are objects here, not text, so that they mean the same in the commands' own module.
"""

import inspect
from collections.abc import Callable, Sequence
from datetime import datetime
from enum import StrEnum
from functools import wraps
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

if TYPE_CHECKING:
    from ingest.paper import PaperKind
    from search.register.listing import Wanted

Named = TypeVar("Named", bound=StrEnum)

DAY = ["%Y-%m-%d"]

StateOption = Annotated[
    list[str] | None,
    typer.Option(
        metavar="STATE",
        help="open, done, dropped or rejected; may be repeated. Else all but rejected.",
    ),
]
KindOption = Annotated[
    list[str] | None, typer.Option(metavar="KIND", help="commitment, or request.")
]
BodyOption = Annotated[
    list[str] | None, typer.Option(metavar="NAME", help="Only this body; may be repeated.")
]
PaperKindOption = Annotated[
    list[str] | None,
    typer.Option(metavar="KIND", help="Only this kind, such as minutes; may be repeated."),
]
OwnerOption = Annotated[
    str | None, typer.Option(metavar="NAME", help="Words that the owner's name holds.")
]
TopicOption = Annotated[
    str | None, typer.Option(metavar="WORDS", help="What sentence or item is about.")
]
SinceOption = Annotated[
    datetime | None, typer.Option(formats=DAY, metavar="DAY", help="Meetings from this day.")
]
UntilOption = Annotated[
    datetime | None, typer.Option(formats=DAY, metavar="DAY", help="Meetings until this day.")
]
DueAfterOption = Annotated[
    datetime | None, typer.Option(formats=DAY, metavar="DAY", help="Due on this day or later.")
]
DueBeforeOption = Annotated[
    datetime | None, typer.Option(formats=DAY, metavar="DAY", help="Due on this day or earlier.")
]
OverdueOption = Annotated[
    bool, typer.Option("--overdue", help="Only what is open and was due before today.")
]
SortOption = Annotated[
    str | None, typer.Option(metavar="ORDER", help="meeting, due, owner, body, topic or overdue.")
]


def with_filters(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command all filters as options, and what they want as its `wanted`."""
    # Typer evaluates no annotations of a signature that it is given; `Wanted` is none of its own.
    own = inspect.signature(command, eval_str=True, locals={"Wanted": object})
    filters = inspect.signature(_wanted)

    @wraps(command)
    def run(**given: object) -> None:
        asked = {name: given.pop(name) for name in filters.parameters}
        command(**given, wanted=_wanted(**asked))  # type: ignore[arg-type]

    run.__dict__["__signature__"] = own.replace(
        parameters=[
            *(each for name, each in own.parameters.items() if name != "wanted"),
            *(
                each.replace(kind=inspect.Parameter.KEYWORD_ONLY)
                for each in filters.parameters.values()
            ),
        ]
    )
    run.__annotations__ = {**_wanted.__annotations__, **command.__annotations__}
    del run.__annotations__["wanted"]
    return run


def _wanted(
    state: StateOption = None,
    kind: KindOption = None,
    body: BodyOption = None,
    owner: OwnerOption = None,
    topic: TopicOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    due_after: DueAfterOption = None,
    due_before: DueBeforeOption = None,
    overdue: OverdueOption = False,
    sort: SortOption = None,
) -> "Wanted":
    from ingest.paper import CommitmentKind
    from search.register.listing import STANDING, Order, Wanted
    from search.register.values import State

    for first, last, option in (
        (since, until, "--until"),
        (due_after, due_before, "--due-before"),
    ):
        if first and last and first > last:
            raise typer.BadParameter("the last day is before the first", param_hint=option)
    days = [each.date() if each else None for each in (since, until, due_after, due_before)]
    return Wanted(
        states=tuple(named(State, each, "state", "--state") for each in state or ()) or STANDING,
        kinds=tuple(named(CommitmentKind, each, "kind", "--kind") for each in kind or ()),
        bodies=tuple(body or ()),
        owner=owner,
        topic=topic,
        since=days[0],
        until=days[1],
        due_after=days[2],
        due_before=days[3],
        overdue=overdue,
        order=named(Order, sort, "order", "--sort") if sort else None,
    )


def paper_kinds(given: Sequence[str] | None) -> tuple["PaperKind", ...]:
    """Return kinds of papers by their names; else refuse them with those that there are."""
    from ingest.paper import PaperKind

    return tuple(named(PaperKind, each, "kind of paper", "--kind") for each in given or ())


def named(names: type[Named], given: str, what: str, hint: str) -> Named:
    """Return what a name stands for; else refuse it with those that there are."""
    try:
        return names(given)
    except ValueError as exc:
        known = ", ".join(names)
        raise typer.BadParameter(
            f"no {what} is called {given!r}: there are {known}", param_hint=hint
        ) from exc
