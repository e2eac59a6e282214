"""The whole way in: find, read in worker processes, embed, keep; and what became of each file.

Reading (worker processes) and embedding (this one) overlap, from the first papers on; papers are
kept in batches, each in one transaction, and vectors as soon as they are made, so an interruption
costs the reading of the batch under way and the embedding of a slice of it, and the next run goes
on from there.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

import numpy as np

from ingest.embedding import Embedder
from ingest.errors import IngestError, ScannedPaper
from ingest.finding import Readers, digest, find, papers_under, stamp_of
from ingest.fingerprint import reader_fingerprint
from ingest.keeping import Embedded, Keeper, Stamp, Vectors
from ingest.overrides import Given
from ingest.paper import Paper
from ingest.passages import embedded_text
from ingest.reading import ocr
from ingest.rounds import Job, Limits, read_in_rounds

BATCH_PASSAGES = 1_000
"""Passages kept at a time, some 25 seconds of work on two cores; fewer would bring up the indexes
more often."""

SLICE_TEXTS = 128
"""Texts embedded together, some two seconds' work: what an interruption can cost. They are embedded
as soon as there are so many, so that the model waits for the first few papers only."""

STRAY = "it is named for no paper here"
STRAY_ADVICE = (
    "Name a sidecar for its paper's whole file name: minutes.pdf.toml beside minutes.pdf."
)


@dataclass(frozen=True, slots=True)
class Options:
    """What an operator may choose for one run."""

    prune: bool = False
    """Remove papers held from under the given paths that are there no more."""
    processes: int = 2
    seconds_per_paper: float = 120.0
    """Without OCR, for which time is added."""
    bytes_per_process: int = 2 << 30
    settle: Given = field(default_factory=dict)
    """What a clerk says of every paper under the given paths, by name of fact: it is believed
    before the paper itself, in this run and in later ones. "" takes back what was said."""
    with_ocr: bool = True
    """Read pictures of pages, where the OCR is installed."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is: files done of files to read, and what they held."""

    done: int
    total: int
    pages: int
    passages: int
    doing: str


@dataclass(frozen=True, slots=True)
class Failure:
    """One file that could not be read."""

    source: str
    reason: str
    advice: str


@dataclass(slots=True)
class Report:
    """What one run did; sources in the order they were finished."""

    added: list[str] = field(default_factory=list)
    replaced: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    """Held but no longer on disk, and kept because pruning was not asked for."""
    failed: list[Failure] = field(default_factory=list)
    scanned: dict[str, list[int]] = field(default_factory=dict)
    """Pages without text, by source."""
    read_by_ocr: dict[str, list[int]] = field(default_factory=dict)
    """Pages whose text OCR read off a picture, by source."""
    pages: int = 0
    passages: int = 0
    embedded: int = 0
    """Texts that the model had to embed; the others were known."""
    seconds: dict[str, float] = field(default_factory=dict)
    """Wall time by stage: finding, waiting for readers, embedding, keeping."""


def ingest(
    paths: Sequence[Path],
    keeper: Keeper,
    embedder: Callable[[], Embedder],
    options: Options | None = None,
    progress: Callable[[Progress], None] = lambda _: None,
) -> Report:
    """Bring the library in step with the files under paths.

    Args:
        paths: files and folders.
        keeper: the library, open for writing.
        embedder: gives the model when the first text needs it; a run that finds everything
            unchanged never loads it.
        options: what the operator chose.
        progress: told of each file that is done.

    Raises:
        NothingThere: a path does not exist.
    """
    run = _Run(keeper, embedder, options or Options(), progress)
    return run.through(paths)


@dataclass(slots=True)
class _Run:
    """The state of one run."""

    keeper: Keeper
    embedder: Callable[[], Embedder]
    options: Options
    progress: Callable[[Progress], None]
    report: Report = field(default_factory=Report)
    readers: Readers = field(init=False)
    done: int = 0
    total: int = 0

    def through(self, paths: Sequence[Path]) -> Report:
        with _Timed(self.report.seconds, "finding"):
            self.readers = Readers(
                reader_fingerprint(),
                ocr.engine() if self.options.with_ocr else "",
                self._settled(paths),
            )
            held = self.keeper.held()
            found = find(paths, held, self.readers)
        for each in found.stray:
            self.report.failed.append(Failure(each.as_posix(), STRAY, STRAY_ADVICE))
        self.report.unchanged.extend(found.unchanged)
        if found.restamped:
            self.keeper.refresh(found.restamped)
        self._missing(found.missing)
        before = {source for source, known in held.items() if not known.failed}
        self.total = len(found.to_read)
        batch = _Batch()
        for paper, stamp in self._read(found.to_read):
            batch.add(paper, stamp)
            while len(batch.unembedded) >= SLICE_TEXTS:
                self._embed(batch)
            if batch.passages >= BATCH_PASSAGES:
                self._keep(batch, before)
                batch = _Batch()
        self._keep(batch, before)
        self.keeper.drop_unused_vectors()
        return self.report

    def _settled(self, paths: Sequence[Path]) -> Mapping[str, Given]:
        """Return what is said of papers, by source, once what is said now is remembered."""
        settled = dict(self.keeper.settled())
        if not self.options.settle:
            return settled
        said = {}
        for path in papers_under(paths):
            whole = {**settled.get(path.as_posix(), {}), **self.options.settle}
            said[path.as_posix()] = {name: value for name, value in whole.items() if value}
        self.keeper.settle(said)
        return settled | said

    def _missing(self, sources: tuple[str, ...]) -> None:
        if self.options.prune and sources:
            self.keeper.forget(sources)
            self.report.removed.extend(sources)
        else:
            self.report.missing.extend(sources)

    def _read(self, paths: Sequence[Path]) -> Iterator[tuple[Paper, Stamp]]:
        """Yield each paper as the workers finish it; note each that could not be read."""
        limits = Limits(
            self.options.processes, self.options.seconds_per_paper, self.options.bytes_per_process
        )
        results = read_in_rounds(paths, self.readers, limits)
        while True:
            with _Timed(self.report.seconds, "reading"):
                outcome = next(results, None)
            if outcome is None:
                return
            job, result = outcome
            self.done += 1
            if isinstance(result, IngestError):
                self._failed(job, result)
            else:
                self.report.pages += len(result[0].text.pages)
                yield result
            self._tell(f"reading {job.path.name}")

    def _failed(self, job: Job, error: IngestError) -> None:
        source = job.path.as_posix()
        self.report.failed.append(Failure(source, error.reason, error.advice))
        # A failure that may pass is stamped as no reader's, so that the next run tries again.
        reader = "" if error.retry else job.stamped(isinstance(error, ScannedPaper))
        try:
            sha256, stamp = digest(job.path), stamp_of(job.path, reader)
        except OSError:
            return  # gone or locked meanwhile: nothing to remember it by
        self.keeper.report_failure(source, sha256, stamp, error)

    def _embed(self, batch: _Batch) -> None:
        """Embed some of a batch's texts, but for those that a passage had before."""
        with _Timed(self.report.seconds, "embedding"):
            texts = list(islice(batch.unembedded, SLICE_TEXTS))
            known = dict(self.keeper.known_vectors(texts))
            fresh = [text for text in texts if text not in known]
            if fresh:
                made = dict(zip(fresh, self.embedder().embed_passages(fresh), strict=True))
                self.keeper.keep_vectors(made)
                known.update(made)
            batch.embedded(known)
        self.report.embedded += len(fresh)
        self._tell(f"embedding passages: {self.report.embedded:,}")

    def _keep(self, batch: _Batch, before: set[str]) -> None:
        if not batch.papers:
            return
        while batch.unembedded:
            self._embed(batch)
        with _Timed(self.report.seconds, "keeping"):
            self.keeper.keep([batch.whole(paper, stamp) for paper, stamp in batch.papers])
        self.report.passages += batch.passages
        for paper, _ in batch.papers:
            (self.report.replaced if paper.source in before else self.report.added).append(
                paper.source
            )
            pages = paper.text.pages
            if scanned := [page.number for page in pages if page.scanned and page.ocr is None]:
                self.report.scanned[paper.source] = scanned
            if read := [page.number for page in pages if page.ocr is not None]:
                self.report.read_by_ocr[paper.source] = read

    def _tell(self, doing: str) -> None:
        self.progress(
            Progress(self.done, self.total, self.report.pages, self.report.passages, doing)
        )


@dataclass(slots=True)
class _Batch:
    """Papers that are kept together, and the vectors of their texts as far as they are made."""

    papers: list[tuple[Paper, Stamp]] = field(default_factory=list)
    passages: int = 0
    unembedded: dict[str, None] = field(default_factory=dict)
    """Texts, each once, in the order they came."""
    vectors: dict[str, Vectors] = field(default_factory=dict)
    """(dimension,) of each text."""

    def add(self, paper: Paper, stamp: Stamp) -> None:
        """Take a paper in."""
        self.papers.append((paper, stamp))
        self.passages += len(paper.passages)
        texts = map(embedded_text, paper.passages)
        self.unembedded.update((text, None) for text in texts if text not in self.vectors)

    def embedded(self, made: Mapping[str, Vectors]) -> None:
        """Take the vectors of some texts."""
        self.vectors.update(made)
        for text in made:
            del self.unembedded[text]

    def whole(self, paper: Paper, stamp: Stamp) -> Embedded:
        """Return one of the papers, all of whose texts are embedded."""
        rows = [self.vectors[embedded_text(each)] for each in paper.passages]
        return Embedded(paper, stamp, np.stack(rows) if rows else np.zeros((0, 0), np.float32))


class _Timed:
    """Adds the wall time of a with block to a table of seconds by stage."""

    def __init__(self, seconds: dict[str, float], stage: str) -> None:
        self._seconds = seconds
        self._stage = stage

    def __enter__(self) -> None:
        self._began = time.perf_counter()

    def __exit__(self, *_: object) -> None:
        took = time.perf_counter() - self._began
        self._seconds[self._stage] = self._seconds.get(self._stage, 0.0) + took
