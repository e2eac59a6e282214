"""The forward pass of a small BERT in numpy: a question's vector without importing torch.

Devlin et al., "BERT", NAACL 2019, as sentence-transformers runs it: the mean of the last layer's
rows, of norm 1. Importing torch and what stands on it takes six seconds of processor time;
loading this takes half of one, and it gives the same vectors (tests/ingest/test_bert.py).
Torch is quicker where there are many texts: see ingest/ragged.py.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import accumulate, pairwise
from math import ceil
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors import safe_open
from threadpoolctl import ThreadpoolController
from tokenizers import Tokenizer

from ingest.keeping import Vectors
from ingest.processor import cores

TOKENS_AT_ONCE = 512
"""Tokens that go through the layers together, so that what lies between two layers (3 MB) stays
in the processor's cache; a longer text goes alone."""

FEWEST_TOKENS = 64
"""Tokens for which it is worth to ask another core: multiplying fewer waits for memory."""

Matrix = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class _Dense:
    """A linear layer: weight (in, out), bias (out,)."""

    weight: Matrix
    bias: Matrix

    def __call__(self, rows: Matrix) -> Matrix:
        product: Matrix = rows @ self.weight
        product += self.bias
        return product


@dataclass(frozen=True, slots=True)
class _Norm:
    """Layer normalisation (Ba et al. 2016)."""

    weight: Matrix
    bias: Matrix
    epsilon: float

    def __call__(self, rows: Matrix) -> Matrix:
        centred: Matrix = rows - rows.mean(axis=1, keepdims=True)
        spread = np.einsum("ij,ij->i", centred, centred)[:, np.newaxis] / rows.shape[1]
        centred *= self.weight / np.sqrt(spread + self.epsilon)
        centred += self.bias
        return centred


@dataclass(frozen=True, slots=True)
class _Layer:
    """One layer of the encoder."""

    heads: int
    projections: _Dense  # query, key and value beside one another
    attended: _Dense
    attended_norm: _Norm
    widened: _Dense
    narrowed: _Dense
    narrowed_norm: _Norm

    def __call__(self, rows: Matrix, extents: Sequence[slice]) -> Matrix:
        """Return the rows after this layer; attention stays within each extent."""
        projected = self.projections(rows)
        seen = np.empty_like(rows)
        for extent in extents:
            seen[extent] = self._attention(projected[extent])
        rows = self.attended_norm(self.attended(seen) + rows)
        return self.narrowed_norm(self.narrowed(_gelu(self.widened(rows))) + rows)

    def _attention(self, projected: Matrix) -> Matrix:
        """Return scaled dot-product attention of one text: (tokens, 3 x width) to its width."""
        tokens, width = projected.shape[0], projected.shape[1] // 3
        parts = projected.reshape(tokens, 3, self.heads, width // self.heads)
        query, key, value = parts.transpose(1, 2, 0, 3)
        weights: Matrix = query @ key.transpose(0, 2, 1)
        weights *= np.float32((width // self.heads) ** -0.5)
        weights -= weights.max(axis=2, keepdims=True)
        np.exp(weights, out=weights)
        weights /= weights.sum(axis=2, keepdims=True)
        return (weights @ value).transpose(1, 0, 2).reshape(tokens, width)


class Bert:
    """A BERT from its folder; any number of threads may use it at once."""

    def __init__(self, folder: Path) -> None:
        """Read weights, vocabulary and sizes.

        Args:
            folder: of a sentence-transformers model: a BERT in float32, mean pooling, norm 1.
        """
        config = json.loads((folder / "config.json").read_text())
        with safe_open(folder / "model.safetensors", framework="numpy") as file:
            weights = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118
        epsilon = float(config["layer_norm_eps"])
        self._words = weights["embeddings.word_embeddings.weight"]
        # Every text is one segment, so its vector is a constant part of each position's.
        self._places = (
            weights["embeddings.position_embeddings.weight"]
            + weights["embeddings.token_type_embeddings.weight"][0]
        )
        self._norm = _norm(weights, "embeddings.LayerNorm", epsilon)
        self._layers = [
            _layer(weights, f"encoder.layer.{number}", config["num_attention_heads"], epsilon)
            for number in range(config["num_hidden_layers"])
        ]
        # Threads within one product wait for each other longer than they save, most of all on a
        # busy machine: each core has products of its own.
        self._threads = ThreadpoolController()
        self._tokenizer = tokenizer_of(folder)

    @property
    def dimension(self) -> int:
        """Length of every vector."""
        return int(self._words.shape[1])

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return (len(texts), dimension) float32 rows of norm 1."""
        tokens = [each.ids for each in self._tokenizer.encode_batch(list(texts))]
        rows = np.empty((len(tokens), self.dimension), dtype=np.float32)

        def embed(part: slice) -> None:
            rows[part] = self._means(tokens[part])

        parts = parts_of([len(each) for each in tokens], cores(), TOKENS_AT_ONCE)
        with self._threads.limit(limits=1, user_api="blas"):
            if len(parts) > 1:
                with ThreadPoolExecutor(min(len(parts), cores())) as pool:
                    list(pool.map(embed, parts))
            elif parts:
                embed(parts[0])
        return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float32)

    def _means(self, texts: Sequence[Sequence[int]]) -> Matrix:
        """Return the mean of the last layer's rows, a row a text."""
        # The texts stand one after another, each its own length: nothing is padded.
        ends = np.cumsum([len(text) for text in texts])
        extents = [slice(end - len(text), end) for text, end in zip(texts, ends, strict=True)]
        rows = self._norm(
            self._words[np.concatenate(texts)]
            + np.concatenate([self._places[: len(text)] for text in texts])
        )
        for layer in self._layers:
            rows = layer(rows, extents)
        return np.stack([rows[extent].mean(axis=0) for extent in extents])


def tokenizer_of(folder: Path) -> Tokenizer:
    """Return a model's tokenizer, which cuts texts off where the model does and pads none."""
    limits = json.loads((folder / "sentence_bert_config.json").read_text())
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(limits["max_seq_length"])
    return tokenizer


def parts_of(lengths: Sequence[int], cores: int, at_once: int) -> list[slice]:
    """Return runs of texts with about equally many tokens: as many runs for each core.

    Args:
        lengths: of the texts, in tokens.
        cores: fewer runs where they would fall below FEWEST_TOKENS.
        at_once: more runs where they would be above so many tokens (by half a text at most, or one
            text alone).
    """
    total = sum(lengths)
    runs = max(min(cores, total // FEWEST_TOKENS), 1) * ceil(total / (at_once * cores))
    middles = [end - length / 2 for end, length in zip(accumulate(lengths), lengths, strict=True)]
    run_of = [int(middle * runs / total) for middle in middles]
    starts = [at for at, run in enumerate(run_of) if at == 0 or run != run_of[at - 1]]
    return [slice(*each) for each in pairwise([*starts, len(lengths)])]


def _gelu(rows: Matrix) -> Matrix:
    """Return the Gaussian error linear unit (Hendrycks and Gimpel 2016), in its tanh form.

    It is off by .0005 at most, far less than bfloat16, in which passages are embedded.
    """
    inner = rows * rows
    inner *= np.float32(0.044715)
    inner += 1
    inner *= rows
    inner *= np.float32((2 / np.pi) ** 0.5)
    np.tanh(inner, out=inner)
    inner += 1
    inner *= rows
    inner *= np.float32(0.5)
    return inner


def _layer(weights: Mapping[str, Matrix], name: str, heads: int, epsilon: float) -> _Layer:
    attention = f"{name}.attention"
    asking = [_dense(weights, f"{attention}.self.{part}") for part in ("query", "key", "value")]
    return _Layer(
        heads,
        _Dense(
            np.concatenate([each.weight for each in asking], axis=1),
            np.concatenate([each.bias for each in asking]),
        ),
        _dense(weights, f"{attention}.output.dense"),
        _norm(weights, f"{attention}.output.LayerNorm", epsilon),
        _dense(weights, f"{name}.intermediate.dense"),
        _dense(weights, f"{name}.output.dense"),
        _norm(weights, f"{name}.output.LayerNorm", epsilon),
    )


def _dense(weights: Mapping[str, Matrix], name: str) -> _Dense:
    # Laid out as it is multiplied: a short question waits for memory, and is half as fast again.
    return _Dense(np.ascontiguousarray(weights[f"{name}.weight"].T), weights[f"{name}.bias"])


def _norm(weights: Mapping[str, Matrix], name: str, epsilon: float) -> _Norm:
    return _Norm(weights[f"{name}.weight"], weights[f"{name}.bias"], epsilon)
