"""Has papers read in or withdrawn while questions go on, and tells how far it is.

Reading is heavy, and done by a process of its own. Withdrawing is done by this one, whose views of
the library must be let go first: what they still see could not be taken out of its files.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import sqlite3
import sys
import time
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Lock, Thread
from typing import TYPE_CHECKING

from api.access.roles import Caller
from api.receiving.storing import discard
from api.wiring import House
from ingest.embedding import ModelUnusable
from ingest.finding import NothingThere
from ingest.pipeline import Options, Progress, Report
from search.access import Access
from search.errors import LibraryBusy, LibraryMissing, SearchError
from search.store.schema import DATABASE, empty_log

if TYPE_CHECKING:
    from multiprocessing.context import SpawnProcess

    from api.loading import LoadEmbedder
    from api.settings import Settings

NICE = 10
"""How far it stands back behind whoever asks a question."""

DIED = (
    "it ended before it was done, perhaps for want of memory; papers read until then are kept: "
    "read in the rest"
)


LOOKS, PAUSE_SECONDS = 200, 0.1
"""How often, and how long between, the logs are tried to be emptied: readers let go in between."""

STILL_READ = (
    "it answers no more and its file is gone, but others read so much that its words are still in "
    "the library's log; they go when anything is next added or withdrawn"
)

NOT_REMOVED = (
    "it is out of the library, but its file could not be removed from the folder for papers: ask "
    "whoever runs this service to do that before papers are read in again"
)


@dataclass(frozen=True, slots=True)
class Round:
    """One reading-in or withdrawal: under way until it has a report, or a trouble that ended it."""

    began: datetime
    by: str
    withdraws: str = ""
    """Name of the file that is taken out; "" where papers are read in."""
    progress: Progress | None = None
    report: Report | None = None
    trouble: str | None = None

    @property
    def under_way(self) -> bool:
        """Whether it goes on."""
        return self.report is None and self.trouble is None


class Reader:
    """Reads papers in, one round at a time; for any number of threads."""

    def __init__(self, settings: Settings, load: LoadEmbedder | None) -> None:
        """Start nothing yet."""
        self._settings = settings
        self._load = load
        self._guard = Lock()
        self._latest: Round | None = None
        self._process: SpawnProcess | None = None
        self._withdrawal: Thread | None = None

    @property
    def latest(self) -> Round | None:
        """The round under way, else the last one since the server started."""
        return self._latest

    def start(self, folder: Path, caller: Caller) -> None:
        """Begin to bring the library in step with a folder.

        Args:
            folder: of papers.
            caller: who the audit says did it.

        Raises:
            LibraryBusy: a round is under way.
        """
        with self._guard:
            self.check_idle()
            ours, theirs = multiprocessing.get_context("spawn").Pipe(duplex=False)
            self._process = multiprocessing.get_context("spawn").Process(
                target=read_in, args=(self._settings, self._load, folder, caller, theirs)
            )
            self._latest = Round(datetime.now(UTC), caller.name)
            self._process.start()
            theirs.close()  # its end is its own: when it dies, the pipe ends
            Thread(target=self._follow, args=(ours,), name="reading in", daemon=True).start()

    def withdraw(self, house: House, folder: Path, file: Path) -> None:
        """Begin to take a paper out of the library, and then its file out of the folder.

        Raises:
            LibraryBusy: a round is under way.
        """
        with self._guard:
            self.check_idle()
            self._latest = Round(datetime.now(UTC), house.caller.name, withdraws=file.name)
            # No daemon: a server that ends waits, or the file would be left, and read in again.
            self._withdrawal = Thread(target=self._take_out, args=(house, folder, file))
            self._withdrawal.start()

    def _take_out(self, house: House, folder: Path, file: Path) -> None:
        told: Report | str = DIED
        try:
            with contextlib.suppress(LibraryMissing):  # it was never read in
                house.forget([file.as_posix()])
            discard(folder, file)
            told = Report() if self._logs_emptied(house) else STILL_READ
        except SearchError as error:
            told = str(error).removeprefix(f"{self._settings.library}: ")
        except OSError:
            told = NOT_REMOVED
        finally:
            self._note(told)

    def _logs_emptied(self, house: House) -> bool:
        """Take removed words out of the library's logs, where they stay while a view is open."""
        databases = sorted(self._settings.library.rglob(DATABASE))
        for _ in range(LOOKS):
            house.close()
            if all(_emptied(each) for each in databases):
                return True
            time.sleep(PAUSE_SECONDS)
        return False

    def check_idle(self) -> None:
        """Return if no round is under way.

        Raises:
            LibraryBusy: one is.
        """
        if self._latest and self._latest.under_way:
            raise LibraryBusy(self._settings.library)

    def close(self) -> None:
        """End a round that is under way; what it has kept stays, what it takes out is gone."""
        if self._withdrawal is not None:
            self._withdrawal.join()
        if self._process is not None:
            self._process.terminate()
            self._process.join()

    def _follow(self, pipe: Connection) -> None:
        """Note what the process of one round tells, to its end."""
        told: Progress | Report | str | None = None
        with pipe:
            while told is None or isinstance(told, Progress):
                try:
                    told = pipe.recv()
                except (EOFError, OSError):
                    told = DIED
                self._note(told)

    def _note(self, told: Progress | Report | str) -> None:
        if self._latest is None:
            return
        match told:
            case Progress():
                self._latest = replace(self._latest, progress=told)
            case Report():
                self._latest = replace(self._latest, report=told)
            case _:
                self._latest = replace(self._latest, trouble=told)


def _emptied(database: Path) -> bool:
    with contextlib.closing(sqlite3.connect(database)) as db:
        return empty_log(db)


def read_in(
    settings: Settings, load: LoadEmbedder | None, folder: Path, caller: Caller, pipe: Connection
) -> None:
    """Bring the library in step with a folder, and send how far it is and how it ended."""
    # Ctrl+C is for the server, which ends this one.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    os.nice(NICE)

    def send(told: Progress | Report | str) -> None:
        with contextlib.suppress(OSError):  # the server is gone: read on, nobody looks
            pipe.send(told)

    house = House(settings, load).opened_for(Access.EXEMPT, caller)
    try:
        send(house.ingest([folder], Options(), send))
    except (SearchError, ModelUnusable, NothingThere) as error:
        send(str(error).removeprefix(f"{settings.library}: "))
    finally:
        house.close()
