"""Runs work on many papers in processes of their own, with a limit on time and memory for each.

A paper that hangs, crashes or eats memory costs only itself: its process is replaced and it comes
back as a ReaderFailed. Processes are never forked of the caller, who may hold threads and models
that a fork would copy broken.
"""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import sys
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from itertools import islice
from multiprocessing.context import BaseContext
from pathlib import Path
from typing import Any, Protocol, TypeVar

from pebble import ProcessExpired, ProcessPool

from ingest.errors import IngestError, ReaderFailed

AHEAD = 32
"""Jobs in flight for each process: with two processes about the papers of one batch, which are
read while the batch before them is embedded."""
MEBIBYTE = 2**20
SELDOM = 100_000
"""Values made between two searches for rings of them that nothing else holds. A paper's values make
none, and are given back as they are let go of; searching all of them as often as Python does by
itself took a fifteenth of reading."""


class Job(Protocol):
    """Anything that names the paper it is about."""

    @property
    def path(self) -> Path:
        """The paper's file."""
        ...


JobT = TypeVar("JobT", bound=Job)
ResultT = TypeVar("ResultT")


def work_through(
    jobs: Iterable[JobT],
    work: Callable[[JobT], ResultT],
    *,
    processes: int,
    seconds: float,
    memory: int,
) -> Iterator[tuple[JobT, ResultT | IngestError]]:
    """Yield each job with its result, or with the error that it ended in, as they are done.

    The processes go on while the caller does other work, AHEAD jobs each; what they give waits.

    Args:
        jobs: each names its paper; jobs and results must pickle.
        work: a function of a module; the first call in a process imports it for all processes.
        processes: how many to run at once.
        seconds: limit of time for each job; its process is ended then.
        memory: limit of memory for each process, in bytes, where the system can limit it.

    Raises:
        ValueError: a limit or the number of processes is not above 0.
    """
    if processes < 1 or seconds <= 0 or memory <= 0:
        raise ValueError(f"{processes} processes, {seconds} seconds, {memory} bytes")
    pool = ProcessPool(
        max_workers=processes,
        context=_context(work.__module__),
        initializer=_settle_in,
        initargs=(memory,),
    )
    waiting = iter(jobs)
    under_way: dict[Future[Any], JobT] = {}
    try:
        while True:
            for job in islice(waiting, processes * AHEAD - len(under_way)):
                under_way[pool.schedule(work, args=(job,), timeout=seconds)] = job
            if not under_way:
                break
            done, _ = wait(under_way, return_when=FIRST_COMPLETED)
            for future in done:
                job = under_way.pop(future)
                yield job, _outcome(future, job.path, seconds, memory)
    finally:
        # Also when the caller stops early: no process outlives this.
        pool.stop()  # type: ignore[no-untyped-call]
        pool.join()


def _context(module: str) -> BaseContext:
    """Return how processes are started that need a module.

    On Linux they are forked of one that has imported it and does nothing else, which takes a
    hundredth of a second where importing it takes one. It is started with the first of them and
    ends with this process. Elsewhere each begins anew.
    """
    if sys.platform != "linux":
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([module])
    return context


def _outcome(future: Future[Any], path: Path, seconds: float, memory: int) -> Any:  # noqa: ANN401
    """Return a finished job's result, or what it ended in as an IngestError."""
    try:
        return future.result()
    except IngestError as error:
        return error
    except TimeoutError:
        return ReaderFailed(path, f"reading took more than {seconds:g} seconds")
    except MemoryError:
        return ReaderFailed(path, f"reading took more than {memory // MEBIBYTE} MiB of memory")
    except ProcessExpired as exc:
        return ReaderFailed(path, f"the reader died (exit code {exc.exitcode})")
    except Exception as exc:
        # One bad paper never stops the others, whatever is wrong with its reader.
        return ReaderFailed(path, f"the reader failed ({type(exc).__name__}: {exc})")


def _settle_in(memory: int) -> None:
    """Make a process fit for reading papers, in memory of so many bytes at most."""
    limit(memory)
    collect_seldom()


def collect_seldom() -> None:
    """Let this process search for garbage as seldom as suits the reading of papers."""
    gc.set_threshold(SELDOM)


def limit(memory: int) -> None:
    """Limit this process's memory, and let it leave no core file behind."""
    if sys.platform == "win32":
        return
    import resource

    # Data, not address space: libraries reserve far more addresses than they use.
    for limit, size in ((resource.RLIMIT_DATA, memory), (resource.RLIMIT_CORE, 0)):
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(limit, (size, size))
