import numpy as np
import pytest

from ingest.embedding import ModelUnusable, load_embedder
from tests.embedders import HashEmbedder


class EmbedderContract:
    """Every embedder passes these."""

    def test_every_row_has_norm_one(self, embedder):
        for embed in (embedder.embed_passages, embedder.embed_queries):
            rows = embed(["bins", "road safety", ""])
            assert rows.shape == (3, embedder.dimension)
            assert rows.dtype == np.float32
            assert np.linalg.norm(rows, axis=1) == pytest.approx(1, abs=1e-5)

    def test_no_texts_give_no_rows(self, embedder):
        assert embedder.embed_passages([]).shape == (0, embedder.dimension)
        assert embedder.embed_queries([]).shape == (0, embedder.dimension)

    def test_the_same_text_has_the_same_place(self, embedder):
        one, other = embedder.embed_passages(["flood wall", "flood wall"])
        assert one @ other == pytest.approx(1, abs=1e-3)

    def test_a_question_is_nearer_to_its_answer_than_to_another_matter(self, embedder):
        question = embedder.embed_queries(["When will the flood wall be finished?"])[0]
        answer, other = embedder.embed_passages(
            ["The flood wall will be finished in May.", "Members thanked the library staff."]
        )
        assert question @ answer > question @ other


class TestHashEmbedder(EmbedderContract):
    @pytest.fixture
    def embedder(self):
        return HashEmbedder()


@pytest.fixture(scope="module")
def packaged():
    return load_embedder()


class TestPackagedModel(EmbedderContract):
    @pytest.fixture
    def embedder(self, packaged):
        return packaged

    def test_it_understands_other_words_for_the_same_matter(self, embedder):
        question = embedder.embed_queries(["rubbish collection"])[0]
        near, far = embedder.embed_passages(["The bins are emptied weekly.", "The choir sang."])
        assert question @ near > question @ far


@pytest.fixture(scope="module")
def hastened():
    loaded = load_embedder()
    loaded.hasten()
    return loaded


class TestHastenedModel(EmbedderContract):
    @pytest.fixture
    def embedder(self, hastened):
        return hastened

    def test_its_vectors_are_those_from_before(self, embedder):
        texts = ["The ferry runs in winter.", "Mooring fees rise by four per cent."]
        slow = load_embedder()
        agree = [
            (getattr(slow, way)(texts) * getattr(embedder, way)(texts)).sum(axis=1).min()
            for way in ("embed_queries", "embed_passages")
        ]
        assert min(agree) > 0.999


def test_a_model_that_is_not_there_is_refused_by_name(tmp_path):
    with pytest.raises(ModelUnusable, match=r"no model .*nowhere"):
        load_embedder(str(tmp_path / "nowhere"))
