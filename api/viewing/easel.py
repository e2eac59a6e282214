"""Has pages drawn in a process of its own, with limits, and keeps the latest pictures."""

from __future__ import annotations

import multiprocessing
from collections import OrderedDict
from collections.abc import Callable, Sequence
from threading import Lock
from typing import TypeVar

from pebble import ProcessExpired, ProcessPool

from api.viewing.marks import Run
from api.viewing.sheets import Sheet, Trouble, draw, look
from ingest.workers import limit
from search.holdings import SourceFile

SECONDS = 10.0
"""For one page; on two idle cores most take a twentieth of a second, large plans three."""

MEMORY = 2 * 2**30
"""Bytes of the drawing process."""

KEPT = 64 * 2**20
"""Bytes of pictures kept: some 500 pages."""

ResultT = TypeVar("ResultT")


class Easel:
    """Draws pages for any number of threads, one at a time."""

    def __init__(self) -> None:
        """Start nothing yet."""
        self._pool: ProcessPool | None = None
        self._guard = Lock()
        self._kept: OrderedDict[tuple[str, int, int], bytes] = OrderedDict()
        self._bytes = 0

    def warm_up(self) -> None:
        """Start the process, so that the first page need not wait for it; it takes a second."""
        self._workers().schedule(_nothing)

    def close(self) -> None:
        """End the process."""
        with self._guard:
            pool, self._pool = self._pool, None
        if pool is not None:
            pool.stop()  # type: ignore[no-untyped-call]
            pool.join()

    def picture(self, file: SourceFile, number: int, width: int) -> bytes | Trouble:
        """Return a page as PNG; whoever asks has been given the file by a view."""
        key = (file.sha256, number, width)
        with self._guard:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        drawn = self._done(draw, file.path, file.sha256, number, width)
        if isinstance(drawn, bytes):
            self._keep(key, drawn)
        return drawn

    def sheet(
        self, file: SourceFile, number: int, lots: Sequence[Sequence[Run]]
    ) -> Sheet | Trouble:
        """Return a page's size and the lines to mark for each lot of runs."""
        return self._done(look, file.path, file.sha256, number, lots)

    def _done(
        self, work: Callable[..., ResultT | Trouble], *arguments: object
    ) -> ResultT | Trouble:
        future = self._workers().schedule(work, args=arguments, timeout=SECONDS)
        try:
            result: ResultT | Trouble = future.result()
        except TimeoutError:
            return Trouble(False, f"took more than {SECONDS:g} seconds to draw")
        except (ProcessExpired, MemoryError):
            return Trouble(False, "is more than this server can draw")
        return result

    def _workers(self) -> ProcessPool:
        with self._guard:
            if self._pool is None:
                self._pool = ProcessPool(
                    max_workers=1,
                    context=multiprocessing.get_context("spawn"),
                    initializer=limit,
                    initargs=(MEMORY,),
                )
            return self._pool

    def _keep(self, key: tuple[str, int, int], drawn: bytes) -> None:
        with self._guard:
            if key not in self._kept:
                self._kept[key] = drawn
                self._bytes += len(drawn)
            while self._bytes > KEPT:
                self._bytes -= len(self._kept.popitem(last=False)[1])


def _nothing() -> None:
    """Only have the process start."""
