from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.confidence import Signals, confidence, strangeness

share = st.floats(0, 1)
signals = st.builds(
    Signals, cover=share, sentence=share, strangeness=st.floats(-5, 20), agreement=share
)


@given(signals)
def test_confidence_is_a_share(each):
    assert 0.0 <= confidence(each) <= 1.0


@given(signals, st.sampled_from(["cover", "sentence", "strangeness", "agreement"]))
def test_confidence_never_falls_when_a_signal_rises(each, name):
    more = replace(each, **{name: getattr(each, name) + 0.25})
    assert confidence(more) >= confidence(each)


def test_a_library_of_equal_passages_makes_nothing_strange():
    assert strangeness(0.9, 0.9, 0.0) == 0.0


@given(st.floats(-1, 1), st.floats(-1, 1), st.floats(0.01, 1), st.floats(0.1, 10))
def test_strangeness_takes_no_notice_of_the_model_s_scale(cosine, mean, deviation, factor):
    scaled = strangeness(cosine * factor, mean * factor, deviation * factor)
    assert scaled == pytest.approx(strangeness(cosine, mean, deviation), abs=1e-6)
