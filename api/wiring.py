"""Joins the parts over one library; each is made when it is first needed.

What is heavy (torch takes seconds, the indexes half of one) is imported where it is used, so that
`matters --help` and `matters status` come at once.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from threading import Lock, Thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from api.settings import Settings
    from ingest.embedding import Embedder
    from ingest.keeping import Vectors
    from ingest.pipeline import Options, Progress, Report
    from search.answer import Answer, Filters, Wishes
    from search.briefing.values import Briefing, Matter
    from search.library import Library
    from search.register.values import Entry, Wish
    from search.view import View

    LoadEmbedder = Callable[[str | None], Embedder]

OFFLINE = {
    "HF_HUB_OFFLINE": "1",
    "TRANSFORMERS_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "HF_HUB_DISABLE_PROGRESS_BARS": "1",
    "DO_NOT_TRACK": "1",
    # Its threads and our worker processes do not go together, and it says so each time.
    "TOKENIZERS_PARALLELISM": "false",
}
"""What the model's libraries are told before they are imported: fetch nothing, report nothing."""


CHANGE_SECONDS = 10.0
"""How long a change of a commitment waits while another is written down; one takes a moment."""

PAUSE_SECONDS = 0.05


class StillLoading(Exception):
    """The embedding model is being loaded; questions wait for it."""

    def __init__(self) -> None:
        """Say how long that takes."""
        super().__init__("the embedding model is being loaded: ask again in a few seconds")


def load_quietly(model: str | None) -> Embedder:
    """Load an embedding model from this machine alone.

    Raises:
        ModelUnusable: there is no such model here.
    """
    os.environ.update(OFFLINE)
    from ingest.embedding import load_embedder

    return load_embedder(model)


class House:
    """Everything over one library, for any number of threads."""

    def __init__(self, settings: Settings, load: LoadEmbedder = load_quietly) -> None:
        """Open and load nothing yet."""
        from search.room import ReadingRoom

        self.settings = settings
        self._load = load
        self._loading = Lock()
        self._embedder: Embedder | None = None
        self._failure: Exception | None = None
        self._room = ReadingRoom(settings.library)

    def ask(
        self, question: str, filters: Filters, limit: int, wishes: Wishes | None = None
    ) -> Answer:
        """Return the passages for a question, read as it is asked today.

        Wishes that name a day as today keep it.

        Raises:
            QuestionTooLong: it is longer than the settings allow.
            SearchError: it is empty, or the library cannot be read.
            ModelUnusable: the model cannot be loaded.
        """
        from search.answer import Wishes
        from search.ask import Asker
        from search.errors import QuestionTooLong

        if len(question) > self.settings.question_characters:
            raise QuestionTooLong(len(question), self.settings.question_characters)
        with self._room.view() as view:
            wishes = wishes or Wishes()
            wishes = replace(wishes, today=wishes.today or date.today())  # as the council's clock
            return Asker(self.embedder()).ask(view, question, filters, limit, wishes)

    def brief(self, matter: Matter) -> Briefing:
        """Return the briefing on a matter.

        Raises:
            QuestionTooLong: its topic, or a question, is longer than the settings allow.
            SearchError: one is empty, a passage is not held, or the library cannot be read.
            ModelUnusable: the model cannot be loaded.
        """
        from search.briefing.brief import Briefer
        from search.errors import QuestionTooLong

        for asked in (matter.topic, *matter.questions):
            if len(asked) > self.settings.question_characters:
                raise QuestionTooLong(len(asked), self.settings.question_characters)
        with self._room.view() as view:
            return Briefer(self.embedder()).brief(view, matter)

    @contextmanager
    def view(self) -> Iterator[View]:
        """Lend the library's present generation.

        Raises:
            SearchError: there is no library, or it cannot be read.
        """
        with self._room.view() as view:
            yield view

    def ingest(
        self, paths: Sequence[Path], options: Options, progress: Callable[[Progress], None]
    ) -> Report:
        """Bring the library in step with the files under paths, making it where there is none.

        Raises:
            NothingThere: a path does not exist.
            SearchError: the library cannot be written, or was made with another model.
            ModelUnusable: the model cannot be loaded.
        """
        from ingest.pipeline import ingest

        self._room.close()  # a reader of our own would hold up the writing
        with self._library() as library:
            return ingest(paths, library, self.embedder, options, progress)

    def forget(self, sources: Sequence[str]) -> int:
        """Remove papers, and what is known of files that failed; return how many papers went."""
        from search.library import Library

        with self._room.view() as view:
            model, dimension = view.model, view.dimension
        self._room.close()  # a reader of our own would hold up the writing
        with Library.create_or_open(self.settings.library, model, dimension) as library:
            return library.forget(sources)

    def change(self, decide: Callable[[Sequence[Entry]], Sequence[Wish]]) -> None:
        """Write down changes of commitments: decide is given the register, and returns them.

        Raises:
            SearchError: what decide raises; the library cannot be read; or somebody goes on
                writing to it, as a long ingest does.
        """
        with self._room.view() as view:
            model, dimension = view.model, view.dimension
            wishes = decide(view.commitments())
        with self._in_turn(model, dimension) as library:
            library.record(wishes)

    def embedder(self) -> Embedder:
        """Return the model, loaded at the first call.

        Raises:
            ModelUnusable: it cannot be loaded.
        """
        with self._loading:
            if self._embedder is None:
                self._embedder = OneAtATime(self._load(self.settings.model))
            return self._embedder

    def warm_up(self) -> None:
        """Begin to load the model, so that the first question need not wait for it."""
        Thread(target=self._warm_up, name="loading the model", daemon=True).start()

    def check_ready(self) -> None:
        """Return if a question would be answered now.

        Raises:
            StillLoading: the model is being loaded.
            ModelUnusable: it cannot be.
            SearchError: there is no library, it cannot be read, or another model made it.
        """
        from search.errors import ModelMismatch

        with self._room.view() as view:
            held = view.model
        if self._failure:
            raise self._failure
        if self._embedder is None:
            raise StillLoading
        if held != self._embedder.name:
            raise ModelMismatch(self.settings.library, held, self._embedder.name)

    def close(self) -> None:
        """Let go of the library."""
        self._room.close()

    def _warm_up(self) -> None:
        try:
            self.embedder()
        except Exception as error:  # whatever it is, readiness tells it
            self._failure = error

    def _in_turn(self, model: str, dimension: int) -> Library:
        """Open the library for writing, waiting for whoever writes just now."""
        from search.errors import LibraryBusy
        from search.library import Library

        deadline = time.monotonic() + CHANGE_SECONDS
        while True:
            try:
                return Library.create_or_open(self.settings.library, model, dimension)
            except LibraryBusy:
                if time.monotonic() > deadline:
                    raise
                time.sleep(PAUSE_SECONDS)

    def _library(self) -> Library:
        """Open the library for writing; a model that it knows already is not loaded for that."""
        from ingest.embedding import DEFAULT_MODEL
        from search.errors import LibraryMissing
        from search.library import Library
        from search.view import try_to_open

        folder = self.settings.library
        try:
            view = try_to_open(folder)
        except LibraryMissing:
            view = None
        if view is None:
            embedder = self.embedder()
            return Library.create_or_open(folder, embedder.name, embedder.dimension)
        with view:
            dimension = view.dimension
        name = self.settings.model or DEFAULT_MODEL
        return Library.create_or_open(folder, name, dimension)


class OneAtATime:
    """An embedder for many threads: they would only take the processor from each other."""

    def __init__(self, embedder: Embedder) -> None:
        """Stand before a loaded model."""
        self._embedder = embedder
        self._turn = Lock()

    @property
    def name(self) -> str:
        """Name of the model."""
        return self._embedder.name

    @property
    def dimension(self) -> int:
        """Length of every vector."""
        return self._embedder.dimension

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Return (len(texts), dimension) float32 rows of norm 1."""
        with self._turn:
            return self._embedder.embed_passages(texts)

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """Return (len(texts), dimension) float32 rows of norm 1."""
        with self._turn:
            return self._embedder.embed_queries(texts)
