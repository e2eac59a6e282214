"""Loads models from this machine, each once, for everyone in the house.

A library says which embedding model its vectors are of, and which cross-encoder reads again. While
it changes to another model, questions to the old generation still want the old one: two are held.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ingest.embedding import Embedder
    from ingest.keeping import Vectors
    from search.reranking import Reranker

    LoadEmbedder = Callable[[str], Embedder]

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

HELD = 2
"""Models of a kind in memory at once, the latest last: the library's, and the one it just left."""


class StillLoading(Exception):
    """The embedding model is being loaded; questions wait for it."""

    def __init__(self) -> None:
        """Say how long that takes."""
        super().__init__("the embedding model is being loaded: ask again in a few seconds")


def load_quietly(model: str, place: Path) -> Embedder:
    """Load an embedding model from this machine alone.

    Raises:
        ModelUnusable: there is no such model here.
    """
    os.environ.update(OFFLINE)
    from ingest.embedding import load_embedder

    return load_embedder(model, place)


class Models:
    """The models of one house, for any number of threads; they are named as libraries do."""

    def __init__(self, place: Path, load: LoadEmbedder | None = None) -> None:
        """Load nothing yet.

        Args:
            place: where models lie.
            load: loads an embedding model by name; None for what loads it from there.
        """
        self._place = place
        self._load = load or partial(load_quietly, place=place)
        self._loading = Lock()
        self._embedders: list[OneAtATime] = []
        self._rerankers: dict[str, Reranker] = {}
        self._failure: Exception | None = None

    def embedder(self, name: str) -> OneAtATime:
        """Return an embedding model, loaded at the first call.

        Raises:
            ModelUnusable: it cannot be loaded.
        """
        if found := self._held(name):  # while another one is being loaded, too
            return found
        with self._loading:
            found = self._held(name)
            if found is None:
                found = OneAtATime(self._load(name))
                self._embedders = [*self._embedders[1 - HELD :], found]
            return found

    def reranker(self, name: str | None) -> Reranker | None:
        """Return a cross-encoder, loaded at the first call; None where none is named.

        Raises:
            ModelUnusable: it cannot be loaded.
        """
        if name is None:
            return None
        if found := self._rerankers.get(name):
            return found
        with self._loading:
            found = self._rerankers.get(name)
            if found is None:
                os.environ.update(OFFLINE)
                from search.reranking import load_reranker

                found = load_reranker(name, self._place)
                kept = list(self._rerankers.items())[1 - HELD :]
                self._rerankers = dict([*kept, (name, found)])
            return found

    def try_to_load(self, embedder: str, reranker: str | None) -> None:
        """Load what a library wants; if that fails, whoever asks or looks is told."""
        try:
            self.embedder(embedder)
            self.reranker(reranker)
            self._failure = None
        except Exception as error:  # whatever it is, readiness tells it
            self._failure = error

    def check_loaded(self, embedder: str, reranker: str | None) -> None:
        """Return if these are loaded, without waiting for them.

        Raises:
            StillLoading: they are not yet.
            Exception: whatever came of loading them.
        """
        if self._held(embedder) is None or (reranker and reranker not in self._rerankers):
            raise self._failure or StillLoading

    def hasten(self) -> None:
        """Let loaded models go on in their quickest way, which takes seconds to load."""
        for each in self._embedders:
            each.hasten()

    @property
    def busy(self) -> bool:
        """Tell whether one is being loaded."""
        return self._loading.locked()

    def _held(self, name: str) -> OneAtATime | None:
        """Return the model of a name if it is loaded; without a digest, the latest of that name."""
        from ingest.models import plain_name

        named = [each for each in self._embedders if name in (each.name, plain_name(each.name))]
        return named[-1] if named else None


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

    def hasten(self) -> None:
        """Load its quicker way, where it has one; it embeds meanwhile."""
        from ingest.embedding import PackagedEmbedder

        if isinstance(self._embedder, PackagedEmbedder):
            self._embedder.hasten()

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Return (len(texts), dimension) float32 rows of norm 1."""
        with self._turn:
            return self._embedder.embed_passages(texts)

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """Return (len(texts), dimension) float32 rows of norm 1."""
        with self._turn:
            return self._embedder.embed_queries(texts)
