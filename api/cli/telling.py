"""Tells of progress in plain lines, where there is no terminal to draw a bar on."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Generic, TypeVar

import typer

LINE_SECONDS = 10.0
"""Between two lines: a log is to stay readable."""

Done = TypeVar("Done")


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
