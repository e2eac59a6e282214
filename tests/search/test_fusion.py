from hypothesis import given
from hypothesis import strategies as st
from pytest import approx

from search.fusion import ordered, scaled

scores = st.floats(-100, 100, allow_nan=False)
ranking = st.dictionaries(st.sampled_from("abcdefgh"), scores).map(lambda each: list(each.items()))


@given(ranking)
def test_the_order_within_a_ranking_does_not_matter(each):
    assert scaled(each) == scaled(each[::-1])


@given(ranking)
def test_equal_scores_stand_by_id(each):
    assert ordered(dict(each)) == sorted(each, key=lambda pair: (-pair[1], pair[0]))


@given(ranking.filter(bool))
def test_scaled_scores_reach_from_nought_to_one(each):
    found = scaled(each)
    assert max(found.values()) == 1.0
    assert min(found.values()) >= 0.0


@given(ranking)
def test_a_ranking_keeps_its_order(each):
    best_first = sorted(each, key=lambda pair: (-pair[1], pair[0]))
    found = scaled(each)
    values = [found[identity] for identity, _ in best_first]
    assert values == sorted(values, reverse=True)


@given(ranking.filter(lambda each: len(each) > 1), st.floats(0.1, 10), st.floats(-5, 5))
def test_scaling_takes_no_notice_of_the_unit_of_scores(each, factor, shift):
    other = [(identity, score * factor + shift) for identity, score in each]
    spread = max(score for _, score in each) - min(score for _, score in each)
    if spread > 1e-3:
        assert scaled(other) == approx(scaled(each), abs=1e-6)


def test_no_ranking_scales_to_nothing():
    assert scaled([]) == {}
