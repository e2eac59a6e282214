"""The model without padding, in both precisions, against sentence-transformers in float32."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest import embedding, ragged
from ingest.ragged import RaggedBert
from tests.ingest.test_bert import TEXTS, cosines, folder, reference

__all__ = ["folder", "reference"]

LEAST = {torch.float32: 0.9999, torch.bfloat16: 0.999}
"""Cosines with the reference: bfloat16 has eight bits for a number."""


@pytest.fixture(scope="module", params=LEAST, ids=str)
def dtype(request):
    return request.param


@pytest.fixture(scope="module")
def ours(folder, dtype):
    return RaggedBert(folder, dtype)


def test_its_vectors_are_those_of_sentence_transformers(ours, dtype, reference):
    assert cosines(ours.embed(TEXTS), reference(TEXTS)).min() > LEAST[dtype]


@given(st.text(max_size=300))
@settings(max_examples=30, deadline=None)
def test_whatever_the_text_its_vector_is_that_of_sentence_transformers(
    ours, dtype, reference, text
):
    assert cosines(ours.embed([text]), reference([text]))[0] > LEAST[dtype]


def test_a_text_has_the_same_vector_alone_and_among_others(ours, dtype):
    alone = np.concatenate([ours.embed([text]) for text in TEXTS])
    assert cosines(ours.embed(TEXTS), alone).min() > LEAST[dtype]


def test_every_row_is_its_own_texts_however_many_there_are(ours):
    many = [f"Item {number}: {text}" for number in range(9) for text in TEXTS]
    rows = ours.embed(many)
    order = np.random.default_rng(1).permutation(len(many))
    shuffled = ours.embed([many[at] for at in order])
    assert cosines(rows[order], shuffled).min() > 0.999


def test_where_torch_lacks_the_packed_operators_the_vectors_are_the_same(
    ours, folder, dtype, monkeypatch
):
    monkeypatch.setattr(ragged, "_packs", lambda _: False)
    assert cosines(RaggedBert(folder, dtype).embed(TEXTS), ours.embed(TEXTS)).min() > LEAST[dtype]


def test_operators_that_are_gone_are_done_without(monkeypatch, dtype):
    def gone(_):
        raise AttributeError("no such operator")

    monkeypatch.setattr(ragged, "_packed", gone)
    assert not ragged._packs.__wrapped__(dtype)


def test_rows_have_norm_one_and_no_texts_give_none(ours):
    assert np.linalg.norm(ours.embed(TEXTS), axis=1) == pytest.approx(1, abs=1e-5)
    assert ours.embed([]).shape == (0, ours.dimension)


def test_many_threads_may_use_it_at_once(ours):
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(ours.embed, [TEXTS] * 8))
    assert all(cosines(rows, made[0]).min() > 0.999 for rows in made)


def test_passages_are_embedded_in_bfloat16_only_where_the_processor_multiplies_it(
    folder, monkeypatch
):
    for able, name in ((True, "bfloat16"), (False, "float32")):
        monkeypatch.setattr(embedding, "_has_bfloat16", lambda able=able: able)
        assert embedding.load_ragged(folder)._words.dtype == getattr(torch, name)
