"""The model in numpy against sentence-transformers, which is the reference."""

import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sentence_transformers import SentenceTransformer

from ingest import bert, embedding
from ingest.bert import Bert
from ingest.embedding import PackagedEmbedder, load_embedder
from tests.embedders import HashEmbedder

TEXTS = [
    "",
    "?",
    "bins",
    "When will the flood wall be finished?",
    "Sallowmere Council — Highways Committee, 12 March 2024 (item 7)",
    "£4.2m for the “Mill Lane” scheme; 37% of it from the reserve.",
    "Cafés, naïve façades and Ærøskøbing",
    "ﬁnal ﬂow ½ ² № …",
    "市議会 委員会 Москва Αθήνα",
    "a\tb\nc\x00d\u200be\u00ad",
    "RESOLVED that the report be noted. " * 12,
    "The ferry was late again on Tuesday and nobody told the school. " * 60,
]


@pytest.fixture(scope="module")
def folder():
    return embedding._packaged_model()


@pytest.fixture(scope="module")
def reference(folder):
    model = SentenceTransformer(str(folder), device="cpu", local_files_only=True)

    def embed(texts):
        return model.encode(texts, show_progress_bar=False, convert_to_numpy=True)

    return embed


@pytest.fixture(scope="module")
def ours(folder):
    return Bert(folder)


def cosines(some, others):
    return np.einsum("ij,ij->i", some, others)


def test_its_vectors_are_those_of_sentence_transformers(ours, reference):
    assert cosines(ours.embed(TEXTS), reference(TEXTS)).min() > 0.9999


@given(st.text(max_size=300))
@settings(max_examples=60, deadline=None)
def test_whatever_the_text_its_vector_is_that_of_sentence_transformers(ours, reference, text):
    assert cosines(ours.embed([text]), reference([text]))[0] > 0.9999


def test_a_text_has_the_same_vector_alone_and_among_others(ours):
    alone = np.concatenate([ours.embed([text]) for text in TEXTS])
    assert ours.embed(TEXTS) == pytest.approx(alone, abs=1e-5)


lengths_of_texts = st.lists(st.integers(min_value=1, max_value=700), max_size=30)


@given(lengths_of_texts, st.integers(min_value=1, max_value=16))
def test_every_text_goes_through_once_in_order_and_never_too_many_together(lengths, cores):
    parts = bert.parts_of(lengths, cores, bert.TOKENS_AT_ONCE)
    assert [at for part in parts for at in range(part.start, part.stop)] == [*range(len(lengths))]
    for part in parts:
        assert sum(lengths[part]) <= bert.TOKENS_AT_ONCE + max(lengths[part])


def test_sentences_of_like_length_are_shared_out_evenly_among_the_cores():
    assert bert.parts_of([32] * 8, cores=2, at_once=512) == [slice(0, 4), slice(4, 8)]


def test_a_question_is_left_to_one_core():
    assert bert.parts_of([20], cores=8, at_once=512) == [slice(0, 1)]


def test_a_question_and_a_few_passages_import_no_torch():
    lines = (
        "import sys; from ingest.embedding import load_embedder; embedder = load_embedder()",
        "embedder.embed_queries(['bins']); embedder.embed_passages(['bins'] * 50)",
        "print([name for name in ('torch', 'transformers', 'scipy') if name in sys.modules])",
    )
    done = subprocess.run(
        [sys.executable, "-c", "; ".join(lines)], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_many_passages_are_given_to_the_quicker_way_and_so_are_all_after_them(ours):
    loads = []

    class Many:
        embed = HashEmbedder().embed_passages

    def load():
        loads.append(1)
        return Many()

    embedder = PackagedEmbedder(ours, load)
    a_few, many = ["bins"] * 3, ["x" * 1000] * (1 + embedding.FEW_CHARACTERS // 1000)
    assert embedder.embed_passages(a_few).shape == (3, ours.dimension)
    assert not loads
    assert embedder.embed_passages(many).shape == (len(many), HashEmbedder().dimension)
    assert embedder.embed_passages(a_few).shape == (3, HashEmbedder().dimension)
    assert embedder.embed_queries(a_few).shape == (3, HashEmbedder().dimension)
    assert loads == [1]


def test_both_ways_of_the_packaged_model_share_a_space():
    embedder = load_embedder()
    texts = [f"{text} " + "The drain in Cobden Street is blocked. " * 25 for text in TEXTS] * 10
    few = embedder.embed_passages(texts[: len(TEXTS)])
    many = embedder.embed_passages(texts)[: len(TEXTS)]
    assert cosines(few, many).min() > 0.999
    assert not np.array_equal(few, many)
