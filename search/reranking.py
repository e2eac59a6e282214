"""Reads question and passage together: an optional cross-encoder over the head of the ranking.

A cross-encoder (Nogueira and Cho, Passage Re-ranking with BERT, 2019) tells better than any vector
whether a passage answers, and takes as long for each as a vector takes to make: so it reads the
first few only. None comes with us; an operator names one by its folder.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Protocol

from ingest.models import ModelUnusable, Purpose, find
from search.fusion import scaled
from search.ranking import Found

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder

HEAD = 20
"""Passages that are read again: of 105 questions with an answer, 91 had it among the first ten."""

BATCH = 4
"""Pairs at once, sorted by length: passages differ in length, and padding costs as much as text."""


class Reranker(Protocol):
    """Tells how well passages answer a question."""

    def scores(self, question: str, passages: Sequence[str]) -> Sequence[float]:
        """Return a score for each passage, higher for better; only their order and gaps count."""
        ...


class CrossReranker:
    """Any cross-encoder that sentence-transformers loads, on this machine's processor."""

    def __init__(self, model: CrossEncoder) -> None:
        """Wrap a loaded model."""
        self._model = model
        self._turn = Lock()  # two at once would only take the processor from each other

    def scores(self, question: str, passages: Sequence[str]) -> Sequence[float]:
        """Return a score for each passage, higher for better."""
        if not passages:
            return ()
        pairs = [(question, each) for each in passages]
        with self._turn:
            found = self._model.predict(pairs, batch_size=BATCH, show_progress_bar=False)
        return [float(each) for each in found]


def load_reranker(model: str, place: Path = Path()) -> Reranker:
    """Load a cross-encoder from this machine.

    Args:
        model: name or folder of one that sentence-transformers loads (see ingest.models.find).
        place: where models lie.

    Raises:
        ModelUnusable: there is none, or it gives more than one score for a pair.
    """
    from sentence_transformers import CrossEncoder

    found = find(place, model)
    if found.purpose is not Purpose.RERANKING:
        raise ModelUnusable(
            f"the model at {found.folder} is no cross-encoder: it makes vectors, and cannot read "
            "passages again"
        )
    try:
        loaded = CrossEncoder(str(found.folder), device="cpu", local_files_only=True)
    except Exception as exc:  # whatever a damaged or unheard-of model makes of it
        raise ModelUnusable(
            f"the cross-encoder at {found.folder} cannot be loaded: copy its folder anew, or take "
            f"another ({type(exc).__name__}: {exc})"
        ) from exc
    if loaded.num_labels != 1:
        raise ModelUnusable(
            f"the cross-encoder at {model} gives {loaded.num_labels} scores for a pair; "
            "take one that gives a single score, made for ranking passages"
        )
    return CrossReranker(loaded)


def reread(found: Found, reranker: Reranker) -> Found:
    """Return what was found with its head read again, and ordered by that voice too.

    It is added to the other voices, and does not replace them: a cross-encoder sees neither the
    meeting's date nor how rare a word is among these papers.
    """
    head = [identity for identity, _ in found.order[:HEAD]]
    passages = [found.kept[each].passage for each in head]
    read = reranker.scores(
        found.query.question, [f"{each.context}\n{each.text}".strip() for each in passages]
    )
    told = scaled(list(zip(head, read, strict=True)))
    voices = {
        identity: replace(each, reading=told.get(identity, 0.0))
        for identity, each in found.voices.items()
    }
    return found.heard(voices)
