"""Reads papers in worker processes: all of them as they are, then those with pictures by OCR.

OCR takes seconds a page where all else takes milliseconds, so that one limit of time would end a
long scan or let a hanging file hang for an hour. The first round counts the pictures; the second
has time for them; a paper that OCR cannot get through is read without it after all.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ingest.errors import IngestError, ReaderFailed, ScannedPaper, UnopenedPaper
from ingest.finding import UNREAD, Readers, stamp_of
from ingest.keeping import Stamp
from ingest.overrides import Given, overrides_of
from ingest.paper import Paper
from ingest.understanding import make_paper
from ingest.workers import work_through

SECONDS_PER_PICTURE = 60.0
"""Added to a paper's limit of time for each page that OCR reads: five to twenty seconds of work on
one core by how much is on it, and a worker may have less than one."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading may take."""

    processes: int
    seconds: float
    """For each paper, without OCR."""
    memory: int
    """Bytes for each process."""


@dataclass(frozen=True, slots=True)
class Job:
    """One paper for a worker."""

    path: Path
    reader: str
    """Its scanned pages left aside."""
    given: Given
    ocr: str = ""
    """What reads its scanned pages; "" for nothing."""

    def stamped(self, scanned: bool) -> str:
        """Return the reader by which the paper will be known."""
        return f"{self.reader}/{self.ocr or UNREAD}" if self.ocr or scanned else self.reader


Outcome = tuple[Paper, Stamp] | IngestError
"""A paper with the stamp of its file, or why there is none."""


def read_in_rounds(
    paths: Sequence[Path], readers: Readers, limits: Limits
) -> Iterator[tuple[Job, Outcome]]:
    """Yield each paper once, as the workers finish it; those with pictures last.

    Args:
        paths: the papers.
        readers: how they are to be read.
        limits: what that may take.
    """
    jobs = [
        Job(path, readers.reader_of(path), readers.given.get(path.as_posix(), {})) for path in paths
    ]
    pictured: list[tuple[Job, int]] = []
    readable: set[Path] = set()
    for job, outcome in _round(jobs, limits):
        pictures = _pictures(outcome) if readers.ocr else 0
        if pictures:
            pictured.append((replace(job, ocr=readers.ocr), pictures))
            if not isinstance(outcome, IngestError):
                readable.add(job.path)
        else:
            yield job, outcome
    most = max((pictures for _, pictures in pictured), default=0)
    longer = replace(limits, seconds=limits.seconds + most * SECONDS_PER_PICTURE)
    without: list[Job] = []
    for job, outcome in _round([job for job, _ in pictured], longer):
        if isinstance(outcome, ReaderFailed) and job.path in readable:
            without.append(replace(job, ocr=""))
        else:
            yield job, outcome
    yield from _round(without, limits)


def _round(jobs: Sequence[Job], limits: Limits) -> Iterator[tuple[Job, Outcome]]:
    return work_through(
        jobs,
        read_one,
        processes=limits.processes,
        seconds=limits.seconds,
        memory=limits.memory,
    )


def read_one(job: Job) -> tuple[Paper, Stamp]:
    """Read one paper, in a worker process.

    Raises:
        IngestError: it cannot be read.
    """
    try:
        stamp = stamp_of(job.path, job.reader)
        content = job.path.read_bytes()
    except OSError as error:
        reason = f"the file could not be opened ({error.strerror})"
        raise UnopenedPaper(job.path, reason) from error
    settled = overrides_of(job.path, job.given)
    paper = make_paper(job.path, content, settled, with_ocr=bool(job.ocr))
    scanned = any(page.scanned for page in paper.text.pages)
    return paper, replace(stamp, reader=job.stamped(scanned))


def _pictures(outcome: Outcome) -> int:
    """Return how many pages OCR would read."""
    if isinstance(outcome, IngestError):
        return outcome.pages if isinstance(outcome, ScannedPaper) else 0
    return sum(page.scanned for page in outcome[0].text.pages)
