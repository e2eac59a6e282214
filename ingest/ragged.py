"""The forward pass of a small BERT in torch, without padding: quickest, once it is loaded.

Texts stand one below another, a row a token, so that every product is of rows that count; only
attention goes text by text. sentence-transformers fills texts up to the longest of a batch and
needs a step of its own for each mask; this takes less time and gives the same vectors
(tests/ingest/test_ragged.py). Who asks once is better served by ingest/bert.py, which loads sooner.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file
from torch import Tensor
from torch.nn import functional as tensors

from ingest.bert import parts_of, tokenizer_of
from ingest.keeping import Vectors
from ingest.processor import cores

TOKENS_AT_ONCE = 4096
"""Tokens that go through the layers together: products of many rows are the quickest; 512 took a
fifteenth more time, 8,192 are no quicker."""

LONG = 64
"""Tokens from which attention is quicker as two products than by torch's own operator, which works
in small blocks and in float32: a tenth of all that reading papers in takes."""


@dataclass(frozen=True, slots=True)
class _Dense:
    """A linear layer: weight (out, in), bias (out,)."""

    weight: Tensor
    bias: Tensor

    def __call__(self, rows: Tensor) -> Tensor:
        return tensors.linear(rows, self.weight, self.bias)

    def activated(self, rows: Tensor) -> Tensor:
        """Return the layer's rows after the Gaussian error linear unit."""
        return tensors.gelu(self(rows))

    def added(self, rows: Tensor, to: Tensor) -> Tensor:
        """Return the sum of the layer's rows and others."""
        return self(rows) + to


@dataclass(frozen=True, slots=True)
class _Packed(_Dense):
    """The same with its weight laid out for oneDNN, which activates and adds as it multiplies.

    A sixth quicker than _Dense. torch.compile calls these operators, but nobody promises that
    they stay: see _packs.
    """

    def __call__(self, rows: Tensor) -> Tensor:
        return self._pointwise(rows, "none")

    def activated(self, rows: Tensor) -> Tensor:
        """Return the layer's rows after the Gaussian error linear unit, in its tanh form."""
        return self._pointwise(rows, "gelu")

    def added(self, rows: Tensor, to: Tensor) -> Tensor:
        """Return the sum of the layer's rows and others."""
        multiply = torch.ops.mkldnn._linear_pointwise.binary
        made: Tensor = multiply(rows, to, self.weight, self.bias, "add")
        return made

    def _pointwise(self, rows: Tensor, then: str) -> Tensor:
        multiply = torch.ops.mkldnn._linear_pointwise.default
        made: Tensor = multiply(rows, self.weight, self.bias, then, [], "tanh")
        return made


def _packed(plain: _Dense) -> _Dense:
    return _Packed(
        torch.ops.mkldnn._reorder_linear_weight(plain.weight, TOKENS_AT_ONCE), plain.bias
    )


@cache
def _packs(dtype: torch.dtype) -> bool:
    """Tell whether this torch has oneDNN's operators for this type, and they multiply alike."""
    plain = _Dense(torch.eye(32, dtype=dtype), torch.ones(32, dtype=dtype))
    rows = torch.linspace(-3, 3, 2048).view(64, 32).to(dtype)
    try:
        with torch.inference_mode():
            packed = _packed(plain)
            pairs = (
                (packed(rows), plain(rows)),
                (packed.activated(rows), plain.activated(rows)),
                (packed.added(rows, rows), plain.added(rows, rows)),
            )
    except (AttributeError, NotImplementedError, RuntimeError, TypeError):
        return False
    return all(torch.allclose(made, wanted, atol=0.05) for made, wanted in pairs)


@dataclass(frozen=True, slots=True)
class _Norm:
    """Layer normalisation."""

    weight: Tensor
    bias: Tensor
    epsilon: float

    def __call__(self, rows: Tensor) -> Tensor:
        return tensors.layer_norm(rows, self.weight.shape, self.weight, self.bias, self.epsilon)


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

    def __call__(self, rows: Tensor, lengths: list[int]) -> Tensor:
        """Return the rows after this layer; attention stays within each text."""
        projected = torch.split(self.projections(rows), lengths)
        seen = torch.cat([self._attention(each) for each in projected])
        rows = self.attended_norm(self.attended.added(seen, rows))
        return self.narrowed_norm(self.narrowed.added(self.widened.activated(rows), rows))

    def _attention(self, projected: Tensor) -> Tensor:
        """Return scaled dot-product attention of one text: (tokens, 3 x width) to its width."""
        parts = projected.view(len(projected), 3, self.heads, -1)
        query, key, value = parts.permute(1, 2, 0, 3)  # each (heads, tokens, width of a head)
        if len(projected) < LONG:
            seen = tensors.scaled_dot_product_attention(query[None], key[None], value[None])[0]
        else:
            alike = torch.bmm(query * query.shape[-1] ** -0.5, key.transpose(1, 2))
            seen = torch.bmm(torch.softmax(alike, -1), value)
        return seen.transpose(0, 1).flatten(1)


class RaggedBert:
    """A BERT from its folder; any number of threads may use it at once."""

    def __init__(self, folder: Path, dtype: torch.dtype) -> None:
        """Read weights, vocabulary and sizes.

        Args:
            folder: of a sentence-transformers model: a BERT in float32, mean pooling, norm 1.
            dtype: what it is to compute in.
        """
        config = json.loads((folder / "config.json").read_text())
        read = load_file(folder / "model.safetensors")
        weights = {name: each.to(dtype) for name, each in read.items() if each.is_floating_point()}
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
        self._tokenizer = tokenizer_of(folder)
        # Threads within one product wait for each other after each step: each core has texts of
        # its own, and torch in it one thread.
        self._pool = ThreadPoolExecutor(cores(), initializer=torch.set_num_threads, initargs=(1,))

    @property
    def dimension(self) -> int:
        """Length of every vector."""
        return int(self._words.shape[1])

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return (len(texts), dimension) float32 rows of norm 1."""
        tokens = [each.ids for each in self._tokenizer.encode_batch(list(texts))]
        parts = parts_of([len(each) for each in tokens], cores(), TOKENS_AT_ONCE)

        def embed(part: slice) -> Vectors:
            return self._vectors(tokens[part])

        made = self._pool.map(embed, parts)
        return np.concatenate([np.empty((0, self.dimension), dtype=np.float32), *made])

    @torch.inference_mode()
    def _vectors(self, texts: Sequence[Sequence[int]]) -> Vectors:
        """Return the mean of the last layer's rows, made of norm 1, a row a text."""
        lengths = [len(text) for text in texts]
        rows = self._norm(
            self._words[torch.from_numpy(np.concatenate(texts))]
            + torch.cat([self._places[:length] for length in lengths])
        )
        for layer in self._layers:
            rows = layer(rows, lengths)
        means = torch.stack([each.float().mean(0) for each in torch.split(rows, lengths)])
        return np.asarray(tensors.normalize(means).numpy(), dtype=np.float32)


def _layer(weights: Mapping[str, Tensor], name: str, heads: int, epsilon: float) -> _Layer:
    attention = f"{name}.attention"
    asking = [_dense(weights, f"{attention}.self.{part}") for part in ("query", "key", "value")]
    together = _Dense(
        torch.cat([each.weight for each in asking]), torch.cat([each.bias for each in asking])
    )
    laid_out = _packed if _packs(together.weight.dtype) else lambda plain: plain
    return _Layer(
        heads,
        laid_out(together),
        laid_out(_dense(weights, f"{attention}.output.dense")),
        _norm(weights, f"{attention}.output.LayerNorm", epsilon),
        laid_out(_dense(weights, f"{name}.intermediate.dense")),
        laid_out(_dense(weights, f"{name}.output.dense")),
        _norm(weights, f"{name}.output.LayerNorm", epsilon),
    )


def _dense(weights: Mapping[str, Tensor], name: str) -> _Dense:
    return _Dense(weights[f"{name}.weight"], weights[f"{name}.bias"])


def _norm(weights: Mapping[str, Tensor], name: str, epsilon: float) -> _Norm:
    return _Norm(weights[f"{name}.weight"], weights[f"{name}.bias"], epsilon)
