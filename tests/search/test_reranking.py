from dataclasses import replace
from pathlib import Path

import pytest

from ingest.embedding import ModelUnusable
from search.ask import Asker
from search.generation import open_view
from search.library import Library
from search.reranking import HEAD, CrossReranker, load_reranker, reread
from tests.embedders import HashEmbedder
from tests.models import cross_encoder
from tests.search.factory import embedded, paper
from tests.search.test_ranking import found, kept


class Counting:
    """Scores a passage by a word, and remembers what it was given."""

    def __init__(self, word: str) -> None:
        self.word = word
        self.given: list[str] = []

    def scores(self, question, passages):
        self.given = list(passages)
        return [float(each.count(self.word)) for each in passages]


def passages(count):
    return [kept(f"The weir was mended{' by geese' * (at == 9)}.", at) for at in range(count)]


def test_a_passage_that_answers_better_rises():
    before = found(passages(12))
    after = reread(before, Counting("geese"))
    assert before.order[0][0] != "009"
    assert after.order[0][0] == "009"
    assert after.voices["009"].reading == 1.0
    assert after.order[0][1] == pytest.approx(dict(before.order)["009"] + 1.0)


def test_only_the_head_is_read_again():
    reranker = Counting("geese")
    after = reread(found(passages(HEAD + 15)), reranker)
    assert len(reranker.given) == HEAD
    assert len(after.order) == HEAD + 15


def test_a_cross_encoder_that_finds_all_alike_changes_no_order():
    before = found(passages(12))
    after = reread(before, Counting("herons"))
    assert [each for each, _ in after.order] == [each for each, _ in before.order]


def test_nothing_found_is_nothing_read():
    assert reread(found([]), Counting("geese")).order == ()


def test_it_reads_a_passage_with_its_context():
    reranker = Counting("geese")
    one = kept("The weir.")
    told = replace(one, passage=replace(one.passage, context="Cabinet, 6 May 2031"))
    reread(found([told]), reranker)
    assert reranker.given == ["Cabinet, 6 May 2031\nThe weir."]


def test_an_answer_stands_in_the_order_of_its_reading(tmp_path):
    texts = ["The lido opens in May.", "The lido has a slide.", "The lido is in Larch Road."]
    with Library.create_or_open(tmp_path, "hash", HashEmbedder.dimension) as library:
        library.keep(embedded(paper(texts)))
    with open_view(tmp_path) as view:
        answer = Asker(HashEmbedder(), Counting("slide")).ask(view, "lido")
    assert answer.hits[0].text == "The lido has a slide."


@pytest.fixture(scope="module")
def tiny(tmp_path_factory) -> Path:
    """A cross-encoder of random weights, with the packaged model's way of splitting words."""
    return cross_encoder(tmp_path_factory.mktemp("tiny") / "tiny")


def test_any_cross_encoder_gives_one_score_a_passage_and_the_same_each_time(tiny):
    reranker = load_reranker(str(tiny))
    assert isinstance(reranker, CrossReranker)
    texts = ["The weir.", "Geese were counted on the weir at dusk by Mr Ash.", "Kerbs."]
    scores = reranker.scores("Who counted the geese?", texts)
    assert len(scores) == 3
    assert reranker.scores("Who counted the geese?", texts) == scores
    assert reranker.scores("Who counted the geese?", []) == ()


def test_the_order_of_the_passages_does_not_change_their_scores(tiny):
    reranker = load_reranker(str(tiny))
    texts = ["The weir.", "Geese were counted on the weir at dusk by Mr Ash.", "Kerbs."]
    forwards = reranker.scores("Who counted the geese?", texts)
    backwards = reranker.scores("Who counted the geese?", texts[::-1])
    assert backwards[::-1] == pytest.approx(forwards, abs=1e-5)


def test_a_cross_encoder_that_is_not_there_is_refused_by_name(tmp_path):
    with pytest.raises(ModelUnusable, match=r"no model .*nowhere"):
        load_reranker(str(tmp_path / "nowhere"))


def test_a_cross_encoder_of_several_scores_is_refused(tmp_path):
    folder = cross_encoder(tmp_path / "judge", labels=3)
    with pytest.raises(ModelUnusable, match="gives 3 scores"):
        load_reranker(str(folder))
