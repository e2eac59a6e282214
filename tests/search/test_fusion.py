from hypothesis import given
from hypothesis import strategies as st
from pytest import approx

from search.fusion import fuse, scaled

scores = st.floats(-100, 100, allow_nan=False)
ranking = st.dictionaries(st.sampled_from("abcdefgh"), scores).map(lambda each: list(each.items()))
rankings = st.lists(st.tuples(ranking, st.floats(0, 1)), max_size=4)


@given(rankings)
def test_the_order_in_which_rankings_are_given_does_not_matter(given_rankings):
    assert fuse(given_rankings) == fuse(given_rankings[::-1])


@given(rankings)
def test_the_order_within_a_ranking_does_not_matter(given_rankings):
    assert fuse(given_rankings) == fuse([(each[::-1], weight) for each, weight in given_rankings])


@given(rankings)
def test_equal_scores_stand_by_id(given_rankings):
    fused = fuse(given_rankings)
    assert fused == sorted(fused, key=lambda pair: (-pair[1], pair[0]))


@given(rankings)
def test_every_passage_of_every_ranking_is_there_once(given_rankings):
    fused = [identity for identity, _ in fuse(given_rankings)]
    assert sorted(fused) == sorted({name for each, _ in given_rankings for name, _ in each})


@given(ranking.filter(bool))
def test_scaled_scores_reach_from_nought_to_one(each):
    found = scaled(each)
    assert max(found.values()) == 1.0
    assert min(found.values()) >= 0.0


@given(ranking)
def test_one_ranking_alone_keeps_its_order(each):
    best_first = sorted(each, key=lambda pair: (-pair[1], pair[0]))
    fused = dict(fuse([(each, 1.0)]))
    values = [fused[identity] for identity, _ in best_first]
    assert values == sorted(values, reverse=True)


@given(ranking.filter(lambda each: len(each) > 1), st.floats(0.1, 10), st.floats(-5, 5))
def test_scaling_takes_no_notice_of_the_unit_of_scores(each, factor, shift):
    other = [(identity, score * factor + shift) for identity, score in each]
    spread = max(score for _, score in each) - min(score for _, score in each)
    if spread > 1e-3:
        assert scaled(other) == approx(scaled(each), abs=1e-6)


def test_a_passage_that_both_rankings_have_beats_one_that_only_one_has():
    fused = fuse([([("a", 9.0), ("b", 8.0), ("z", 1.0)], 0.5), ([("b", 0.9), ("c", 0.1)], 0.5)])
    assert fused[0][0] == "b"


def test_no_ranking_gives_no_passage():
    assert fuse([]) == fuse([([], 1.0)]) == []
