"""An embedder that remembers gives what the model gives, and asks it for nothing twice."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.remembering import Remembering
from tests.embedders import HashEmbedder
from tests.ingest.test_embedding import EmbedderContract


class Counting(HashEmbedder):
    """Notes what it is asked for."""

    def __init__(self):
        super().__init__()
        self.asked = []

    def embed_passages(self, texts):
        self.asked += texts
        return super().embed_passages(texts)

    def embed_queries(self, texts):
        self.asked += texts
        return super().embed_queries(texts)


class TestRemembering(EmbedderContract):
    @pytest.fixture
    def embedder(self):
        return Remembering(HashEmbedder())


sentences = st.lists(st.sampled_from(["bins", "lido", "quay", "ferry", "towpath"]), max_size=6)


@given(st.lists(sentences, max_size=6), st.integers(min_value=1, max_value=4))
def test_whatever_was_asked_before_the_vectors_are_the_models(calls, most):
    embedder = Remembering(HashEmbedder(), most)
    for texts in calls:
        assert np.array_equal(embedder.embed_passages(texts), HashEmbedder().embed_passages(texts))


def test_a_text_is_embedded_once_however_often_it_comes():
    model = Counting()
    embedder = Remembering(model)
    embedder.embed_passages(["bins", "lido", "bins"])
    embedder.embed_passages(["lido", "quay"])
    assert model.asked == ["bins", "lido", "quay"]


def test_what_was_used_longest_ago_is_forgotten_first():
    model = Counting()
    embedder = Remembering(model, most=2)
    for text in ("bins", "lido", "bins", "quay", "bins", "lido"):
        embedder.embed_passages([text])
    assert model.asked == ["bins", "lido", "quay", "lido"]


def test_a_question_is_embedded_once_and_apart_from_a_passage_of_the_same_words():
    model = Counting()
    embedder = Remembering(model)
    embedder.embed_queries(["bins"])
    embedder.embed_passages(["bins"])
    embedder.embed_queries(["lido", "bins"])
    assert model.asked == ["bins", "bins", "lido"]
