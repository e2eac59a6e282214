"""Joins the parts over one library; each is made when it is first needed.

What is heavy (torch takes seconds, the indexes half of one) is imported where it is used, so that
`matters --help` and `matters status` come at once.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from copy import copy
from dataclasses import replace
from datetime import date
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

from api.access.audit import Audit
from api.access.roles import ANYONE, Caller
from api.access.store import AccessStore
from api.loading import Models, StillLoading

if TYPE_CHECKING:
    from api.loading import LoadEmbedder
    from api.settings import Settings
    from ingest.embedding import Embedder
    from ingest.pipeline import Options, Progress, Report
    from search.access import Access
    from search.answer import Answer, Filters, Wishes
    from search.briefing.values import Briefing, Matter
    from search.explaining import Times
    from search.library import Library
    from search.reembedding import Changed, Making
    from search.register.values import Entry, Wish
    from search.remembering import Remembering
    from search.view import View

CHANGE_SECONDS = 10.0
"""How long a change of a commitment waits while another is written down; one takes a moment."""

PAUSE_SECONDS = 0.05

NOTED = 10
"""Papers in one line of the audit; a path has 200 characters at most where people type them."""


class House:
    """Everything over one library, for any number of threads.

    It shows only what is open to the public, until it is opened further (see opened_for).
    """

    def __init__(self, settings: Settings, load: LoadEmbedder | None = None) -> None:
        """Open and load nothing yet."""
        from search.access import Access
        from search.room import ReadingRoom

        self.settings = settings
        self.load = load
        self.access = Access.PUBLIC
        self.caller = ANYONE
        self.store = AccessStore(settings.access_database)
        self.audit = Audit(self.store)
        self._models = Models(settings.models_place, load)
        self._rooms = {
            each: ReadingRoom(settings.library, each, self._prepare_models) for each in Access
        }
        self._memories: dict[Access, Remembering] = {}
        self.told_times: Callable[[Times], None] | None = None
        """Is told how long the stages of each answer took."""

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
        from search.explaining import Stopwatch

        if len(question) > self.settings.question_characters:
            raise QuestionTooLong(len(question), self.settings.question_characters)
        if self.settings.audit_questions and self.access is Access.EXEMPT:
            self.audit.add(self.caller, "asked", question)
        wishes = wishes or Wishes()
        wishes = replace(wishes, today=wishes.today or date.today())  # as the council's clock
        with self.view() as view:
            embedder, reranker = self._wanted(view.model, view.reranker)
            asker = Asker(self._remembering(embedder), self._models.reranker(reranker))
            watch = Stopwatch()
            answer = asker.ask(view, question, filters, limit, wishes, watch)
        if self.told_times:
            self.told_times(watch.milliseconds)
        return answer

    def brief(self, matter: Matter) -> Briefing:
        """Return the briefing on a matter.

        Raises:
            QuestionTooLong: its topic, or a question, is longer than the settings allow.
            SearchError: one is empty, a passage is not held, or the library cannot be read.
            ModelUnusable: the model cannot be loaded.
        """
        from search.briefing.brief import Briefer

        self.check(matter)
        with self.view() as view:
            return Briefer(self._remembering(view.model)).brief(view, matter)

    def check(self, matter: Matter) -> None:
        """Return if a briefing on a matter can be made, as far as that can be told at once.

        Raises:
            QuestionTooLong, EmptyQuery, ModelUnusable: as brief does.
            SearchError: the library cannot be read.
        """
        from search.errors import EmptyQuery, QuestionTooLong
        from search.query import understand

        for asked in (matter.topic, *matter.questions):
            if len(asked) > self.settings.question_characters:
                raise QuestionTooLong(len(asked), self.settings.question_characters)
            if not understand(asked).stems:
                raise EmptyQuery
        with self.view() as view:
            self._models.embedder(view.model)

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
        from search.store.faults import faults_named

        self.close()  # a reader of our own would hold up the writing
        with faults_named(self.settings.library), self._library() as library:
            model = library.model
            report = ingest(paths, library, lambda: self._models.embedder(model), options, progress)
        changed = {name: getattr(report, name) for name in ("added", "replaced", "removed")}
        for did, sources in changed.items():
            self.note(did, sources)
        for name, value in options.settle.items():
            self.note(f"said of papers: {name} = {value!r}", [str(path) for path in paths])
        return report

    def forget(self, sources: Sequence[str]) -> int:
        """Remove papers, and what is known of files that failed; return how many papers went."""
        from search.library import Library
        from search.store.faults import faults_named

        self.close()  # a reader of our own would hold up the writing
        with faults_named(self.settings.library), Library.open(self.settings.library) as library:
            gone = library.forget(sources)
        self.note("removed", sources)
        return gone

    def change(self, decide: Callable[[Sequence[Entry]], Sequence[Wish]]) -> Sequence[Wish]:
        """Write down changes of commitments; return them.

        Args:
            decide: is given the register, and returns the changes.

        Raises:
            SearchError: what decide raises; the library cannot be read; or somebody goes on
                writing to it, as a long ingest does.
        """
        from search.store.faults import faults_named

        with self.view() as view:
            wishes = decide(view.commitments())
        with faults_named(self.settings.library), self._in_turn() as library:
            library.record(wishes)
        return wishes

    def change_model(self, name: str, progress: Callable[[Making], None]) -> Changed:
        """Make the library another embedding model's; it answers meanwhile (search.reembedding).

        Raises:
            ModelUnusable: there is no such model, or it cannot be loaded.
            SearchError: there is no library, it cannot be written, or the disk is full.
        """
        from search.reembedding import change_model

        embedder = self._models.embedder(name)
        self.close()  # a reader of our own would hold up the writing
        changed = change_model(self.settings.library, embedder, progress)
        self.audit.add(self.caller, "changed the model", embedder.name)
        return changed

    def set_reranker(self, name: str | None) -> None:
        """Have a cross-encoder read the first passages again from now on; None: none.

        Raises:
            ModelUnusable: there is no such cross-encoder, or it cannot be loaded.
            SearchError: there is no library, or it cannot be written.
        """
        from search.store.faults import faults_named

        self._models.reranker(name)
        self.close()
        with faults_named(self.settings.library), self._in_turn() as library:
            library.set_reranker(name)
        self.audit.add(self.caller, "changed the reranker", name or "none")

    def embedder(self) -> Embedder:
        """Return the library's embedding model, loaded at the first call.

        Raises:
            ModelUnusable: it cannot be loaded.
        """
        return self._models.embedder(self._wanted_here()[0])

    def load_models(self) -> None:
        """Load what the library wants to answer questions.

        Raises:
            ModelUnusable: that cannot be loaded.
        """
        embedder, reranker = self._wanted_here()
        self._models.embedder(embedder)
        self._models.reranker(reranker)

    def _remembering(self, model: str) -> Remembering:
        """Return a model with the vectors at hand that those with the same access needed."""
        from search.remembering import Remembering

        embedder = self._models.embedder(model)
        memory = self._memories.get(self.access)
        if memory is None or memory.name != embedder.name:
            memory = self._memories[self.access] = Remembering(embedder)
        return memory

    def warm_up(self) -> None:
        """Begin to load the models and the register, so that nobody need wait for them."""
        Thread(target=self._begin, name="loading the models", daemon=True).start()

    def hasten(self) -> None:
        """Let the loaded models go on in their quickest way: seconds, for a process that stays."""
        self._models.hasten()

    def check_ready(self) -> None:
        """Return if a question would be answered now.

        Raises:
            StillLoading: a model is being loaded.
            ModelUnusable: it cannot be.
            SearchError: there is no library, or it cannot be read.
        """
        with self.view() as view:
            wanted = self._wanted(view.model, view.reranker)
        try:
            self._models.check_loaded(*wanted)
        except StillLoading:
            if not self._models.busy:  # the library came, or changed, after the start
                self.warm_up()
            raise

    def _wanted(self, model: str, reranker: str | None) -> tuple[str, str | None]:
        """Return the models that questions to a library want, given those it names itself."""
        return model, self.settings.reranker or reranker

    def _wanted_here(self) -> tuple[str, str | None]:
        """Return the models of the library, or of the one that is to be made."""
        from ingest.embedding import DEFAULT_MODEL
        from search.errors import SearchError
        from search.store.models import models_of

        try:
            return self._wanted(*models_of(self.settings.library))
        except SearchError:  # whoever needs the library itself is told
            return self._wanted(self.settings.model or DEFAULT_MODEL, None)

    def _begin(self) -> None:
        """Load what the first question and the first look at the register would wait for."""
        from search.errors import SearchError

        self._models.try_to_load(*self._wanted_here())
        with suppress(SearchError), self.view() as view:
            view.wording()
        self.hasten()

    def _prepare_models(self, newer: View) -> None:
        """Load what a newer generation wants, while questions still go to the old one."""
        self._models.try_to_load(*self._wanted(newer.model, newer.reranker))

    def close(self) -> None:
        """Let go of the library."""
        for room in self._rooms.values():
            room.close()

    def note(self, did: str, sources: Sequence[str]) -> None:
        """Put a change into the audit, some papers a line."""
        for at in range(0, len(sources), NOTED):
            self.audit.add(self.caller, did, "\n".join(sources[at : at + NOTED]))

    def _in_turn(self) -> Library:
        """Open the library for writing, waiting for whoever writes just now."""
        from search.errors import LibraryBusy
        from search.library import Library

        deadline = time.monotonic() + CHANGE_SECONDS
        while True:
            try:
                return Library.open(self.settings.library, in_haste=True)
            except LibraryBusy:
                if time.monotonic() > deadline:
                    raise
                time.sleep(PAUSE_SECONDS)

    def _library(self) -> Library:
        """Open the library for writing, or make it; one that is there keeps its model."""
        from ingest.models import name_in, plain_name
        from search.errors import LibraryMissing, ModelMismatch
        from search.library import Library

        folder, named = self.settings.library, self.settings.model
        try:
            library = Library.open(folder)
        except LibraryMissing:
            embedder = self.embedder()
            return Library.create_or_open(folder, embedder.name, embedder.dimension)
        held = library.model
        if named is None or name_in(self.settings.models_place, named) in (held, plain_name(held)):
            return library
        library.close()
        raise ModelMismatch(folder, held, named)
