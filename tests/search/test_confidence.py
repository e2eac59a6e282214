from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.confidence import Signals, confidence, nearness

shares = st.floats(0, 1)
signals = st.builds(
    Signals, fullness=shares, names=shares, nearness=st.floats(-1, 1), together=shares
)


@given(signals)
def test_confidence_is_a_share(each):
    assert 0.0 <= confidence(each) <= 1.0


@given(signals, st.sampled_from(["fullness", "names", "nearness", "together"]))
def test_confidence_never_falls_when_a_signal_rises(each, name):
    more = replace(each, **{name: getattr(each, name) + 0.25})
    assert confidence(more) >= confidence(each)


@given(st.floats(-0.5, 0.9))
def test_an_accidental_cosine_is_not_near_and_the_same_words_are(accidental):
    assert nearness(accidental, accidental) == 0.0
    assert nearness(1.0, accidental) == pytest.approx(1.0)


def test_a_library_of_equal_passages_makes_nothing_near():
    assert nearness(1.0, 1.0) == 0.0


def test_without_a_full_hit_no_signal_makes_an_answer_by_itself():
    nothing = Signals(fullness=0.0, names=0.0, nearness=0.0, together=0.0)
    for name in ("names", "nearness", "together"):
        assert confidence(replace(nothing, **{name: 1.0})) < 0.5


def test_every_signal_at_its_fullest_makes_an_answer():
    assert confidence(Signals(fullness=1.0, names=1.0, nearness=1.0, together=1.0)) > 0.95
