"""Words that an address has marked."""

from hypothesis import given
from hypothesis import strategies as st

from api.viewing.quoted import MOST, named, spans_of

TEXT = "The pier opens in May, and the toll is £2. Dogs go free; carts do not. " * 9

spans = st.tuples(st.integers(0, len(TEXT) - 2), st.integers(1, 60)).map(
    lambda pair: (pair[0], min(pair[0] + pair[1], len(TEXT)))
)


def said(start: int, end: int) -> str:
    return TEXT[start:end]


def name(*quoted: tuple[int, int]) -> str:
    return named((start, said(start, end)) for start, end in quoted)


@given(st.lists(spans, max_size=MOST))
def test_what_is_named_is_marked_and_nothing_else(quoted):
    wanted = {at for start, end in quoted for at in range(start, end)}
    assert {
        at for start, end in spans_of(name(*quoted), said) for at in range(start, end)
    } == wanted


@given(st.lists(spans, min_size=1, max_size=30))
def test_an_address_stays_short_however_many_quotations_there_are(quoted):
    found = spans_of(name(*quoted), said)
    assert 1 <= len(found) <= MOST
    assert len(name(*quoted)) <= MOST * 16 + 9
    assert all(any(start <= first < end for first, end in quoted) for start, _ in found)


@given(spans)
def test_a_text_that_has_other_words_there_is_not_marked(span):
    def another(start: int, end: int) -> str:
        return TEXT.swapcase()[start:end] + "."

    assert spans_of(name(span), another) == ()


@given(st.text())
def test_what_is_no_name_names_nothing(typed):
    assert spans_of(typed, said) == ()


def test_nothing_quoted_has_no_name():
    assert named([]) == ""
