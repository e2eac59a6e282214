"""Tells of progress on standard error: a bar on a terminal, elsewhere plain lines."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Generic, Protocol, TypeVar

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn

LINE_SECONDS = 10.0
"""Between two lines: a log is to stay readable."""


class HowFar(Protocol):
    """How far something is."""

    @property
    def done(self) -> int:
        """How many are done."""
        ...

    @property
    def total(self) -> int:
        """Of how many."""
        ...


Done = TypeVar("Done", bound=HowFar)


@contextmanager
def telling(
    words: Callable[[Done], str],
    *columns: ProgressColumn,
    fields: Callable[[Done], dict[str, Any]] | None = None,
    first: dict[str, Any] | None = None,
) -> Iterator[Callable[[Done], None]]:
    """Give what tells of progress.

    Args:
        words: puts it into a line.
        columns: what stands after the bar and its numbers.
        fields: what those columns show of it.
        first: what they show before anything is known.
    """
    console = Console(stderr=True)
    if not console.is_terminal:
        yield Lines(words)
        return
    with Progress(
        BarColumn(), MofNCompleteColumn(), *columns, console=console, transient=True
    ) as bar:
        task = bar.add_task("", total=None, **(first or {}))

        def tell(done: Done) -> None:
            shown = fields(done) if fields else {}
            bar.update(task, completed=done.done, total=done.total, **shown)

        yield tell


class Lines(Generic[Done]):
    """Puts progress into words on standard error, not too often."""

    def __init__(self, words: Callable[[Done], str]) -> None:
        """Take what puts it into words; the first line comes LINE_SECONDS from now."""
        self._words = words
        self._told = time.monotonic()

    def __call__(self, done: Done) -> None:
        """Tell how far it is, if the last line is long enough ago."""
        if time.monotonic() - self._told < LINE_SECONDS:
            return
        self._told = time.monotonic()
        typer.echo(self._words(done), err=True)
