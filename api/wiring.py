"""Joins the parts over one library; each is made when it is first needed.

What is heavy (torch takes seconds, the indexes half of one) is imported where it is used, so that
`matters --help` and `matters status` come at once.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from copy import copy
from dataclasses import replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from threading import Lock, Thread
from typing import TYPE_CHECKING

from api.access.audit import Audit
from api.access.roles import ANYONE, Caller
from api.access.store import AccessStore

if TYPE_CHECKING:
    from api.settings import Settings
    from ingest.embedding import Embedder
    from ingest.keeping import Vectors
    from ingest.pipeline import Options, Progress, Report
    from search.access import Access
    from search.answer import Answer, Filters, Wishes
    from search.briefing.values import Briefing, Matter
    from search.library import Library
    from search.register.values import Entry, Wish
    from search.reranking import Reranker
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

QUERIES = 256
"""Questions whose vectors are remembered: a question is put again with other filters."""

NOTED = 10
"""Papers in one line of the audit; a path has 200 characters at most where people type them."""


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
    """Everything over one library, for any number of threads.

    It shows only what is open to the public, until it is opened further (see opened_for).
    """

    def __init__(self, settings: Settings, load: LoadEmbedder = load_quietly) -> None:
        """Open and load nothing yet."""
        from search.access import Access
        from search.room import ReadingRoom

        self.settings = settings
        self.load = load
        self.access = Access.PUBLIC
        self.caller = ANYONE
        self.store = AccessStore(settings.access_database)
        self.audit = Audit(self.store)
        self._model = _Model(settings, load)
        self._rooms = {each: ReadingRoom(settings.library, each) for each in Access}

    def opened_for(self, access: Access, caller: Caller = ANYONE) -> House:
        """Return the same house as someone sees it who has this access."""
        other = copy(self)
        other.access, other.caller = access, caller
        return other

    def ask(
        self, question: str, filters: Filters, limit: int, wishes: Wishes | None = None
    ) -> Answer:
        """Return the passages for a question, among those that may be seen, read as asked today.

        Wishes that name a day as today keep it.

        Raises:
            QuestionTooLong: it is longer than the settings allow.
            SearchError: it is empty, or the library cannot be read.
            ModelUnusable: the model cannot be loaded.
        """
        from search.access import Access
        from search.answer import Wishes
        from search.ask import Asker
        from search.errors import QuestionTooLong

        if len(question) > self.settings.question_characters:
            raise QuestionTooLong(len(question), self.settings.question_characters)
        if self.settings.audit_questions and self.access is Access.EXEMPT:
            self.audit.add(self.caller, "asked", question)
        wishes = wishes or Wishes()
        wishes = replace(wishes, today=wishes.today or date.today())  # as the council's clock
        with self.view() as view:
            return Asker(self.embedder(), self._model.reranker()).ask(
                view, question, filters, limit, wishes
            )

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
        with self.view() as view:
            return Briefer(self.embedder()).brief(view, matter)

    @contextmanager
    def view(self) -> Iterator[View]:
        """Lend the library's present generation, as far as it may be seen.

        Raises:
            SearchError: there is no library, or it cannot be read.
        """
        with self._rooms[self.access].view() as view:
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

        self.close()  # a reader of our own would hold up the writing
        with self._library() as library:
            report = ingest(paths, library, self.embedder, options, progress)
        changed = {name: getattr(report, name) for name in ("added", "replaced", "removed")}
        for did, sources in changed.items():
            self.note(did, sources)
        for name, value in options.settle.items():
            self.note(f"said of papers: {name} = {value!r}", [str(path) for path in paths])
        return report

    def forget(self, sources: Sequence[str]) -> int:
        """Remove papers, and what is known of files that failed; return how many papers went."""
        from search.library import Library

        with self.view() as view:
            model, dimension = view.model, view.dimension
        self.close()  # a reader of our own would hold up the writing
        with Library.create_or_open(self.settings.library, model, dimension) as library:
            gone = library.forget(sources)
        self.note("removed", sources)
        return gone

    def change(self, decide: Callable[[Sequence[Entry]], Sequence[Wish]]) -> None:
        """Write down changes of commitments: decide is given the register, and returns them.

        Raises:
            SearchError: what decide raises; the library cannot be read; or somebody goes on
                writing to it, as a long ingest does.
        """
        with self.view() as view:
            model, dimension = view.model, view.dimension
            wishes = decide(view.commitments())
        with self._in_turn(model, dimension) as library:
            library.record(wishes)

    def embedder(self) -> Embedder:
        """Return the model, loaded at the first call.

        Raises:
            ModelUnusable: it cannot be loaded.
        """
        return self._model.loaded()

    def warm_up(self) -> None:
        """Begin to load the model, so that the first question need not wait for it."""
        Thread(target=self._model.try_to_load, name="loading the model", daemon=True).start()

    def check_ready(self) -> None:
        """Return if a question would be answered now.

        Raises:
            StillLoading: the model is being loaded.
            ModelUnusable: it cannot be.
            SearchError: there is no library, it cannot be read, or another model made it.
        """
        from search.errors import ModelMismatch

        with self.view() as view:
            held = view.model
        name = self._model.name()
        if held != name:
            raise ModelMismatch(self.settings.library, held, name)

    def close(self) -> None:
        """Let go of the library."""
        for room in self._rooms.values():
            room.close()

    def note(self, did: str, sources: Sequence[str]) -> None:
        """Put a change into the audit, some papers a line."""
        for at in range(0, len(sources), NOTED):
            self.audit.add(self.caller, did, "\n".join(sources[at : at + NOTED]))

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
        from search.access import Access
        from search.errors import LibraryMissing
        from search.library import Library
        from search.view import try_to_open

        folder = self.settings.library
        try:
            view = try_to_open(folder, Access.EXEMPT)
        except LibraryMissing:
            view = None
        if view is None:
            embedder = self.embedder()
            return Library.create_or_open(folder, embedder.name, embedder.dimension)
        with view:
            dimension = view.dimension
        name = self.settings.model or DEFAULT_MODEL
        return Library.create_or_open(folder, name, dimension)


class _Model:
    """The embedding model, and the one that reads again, loaded once for everyone in the house."""

    def __init__(self, settings: Settings, load: LoadEmbedder) -> None:
        self._settings = settings
        self._load = load
        self._loading = Lock()
        self._embedder: Embedder | None = None
        self._reranker: Reranker | None = None
        self._failure: Exception | None = None

    def loaded(self) -> Embedder:
        with self._loading:
            if self._embedder is None:
                self._embedder = OneAtATime(self._load(self._settings.model))
            return self._embedder

    def reranker(self) -> Reranker | None:
        """Return the cross-encoder that the settings name, loaded at the first call."""
        if self._settings.reranker is None:
            return None
        with self._loading:
            if self._reranker is None:
                os.environ.update(OFFLINE)
                from search.reranking import load_reranker

                self._reranker = load_reranker(self._settings.reranker)
            return self._reranker

    def try_to_load(self) -> None:
        try:
            self.loaded()
            self.reranker()
        except Exception as error:  # whatever it is, readiness tells it
            self._failure = error

    def name(self) -> str:
        """Return what the loaded model is called, without waiting for it."""
        if self._failure:
            raise self._failure
        if self._embedder is None or (self._settings.reranker and self._reranker is None):
            raise StillLoading
        return self._embedder.name


class OneAtATime:
    """An embedder for many threads: they would only take the processor from each other."""

    def __init__(self, embedder: Embedder) -> None:
        """Stand before a loaded model."""
        self._embedder = embedder
        self._turn = Lock()
        self._query = lru_cache(QUERIES)(lambda text: embedder.embed_queries([text])[0])

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
        if not texts:
            return self._embedder.embed_queries(texts)
        import numpy as np

        with self._turn:
            return np.stack([self._query(text) for text in texts])
