from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.periods import Period, nearness, periods

MAY = Period(date(2031, 5, 1), date(2031, 5, 31))


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("decided on 6 May 2031?", "2031-05-06/2031-05-06"),
        ("on the 6th of May 2031", "2031-05-06/2031-05-06"),
        ("in May 2031", "2031-05-01/2031-05-31"),
        ("in February 2032", "2032-02-01/2032-02-29"),
        ("in spring 2031", "2031-03-01/2031-05-31"),
        ("during 2031", "2031-01-01/2031-12-31"),
        ("on 31 February 2031", "2031-02-01/2031-02-28"),
    ],
)
def test_days_months_seasons_and_years_are_found(question, named):
    assert [str(each) for each in periods(question)] == [named]


@pytest.mark.parametrize("question", ["the 2025-26 budget", "2025/26", "in May", "page 12 of 300"])
def test_financial_years_and_bare_months_are_no_periods(question):
    assert periods(question) == ()


def test_a_meeting_within_the_period_is_nearest():
    assert nearness([MAY], date(2031, 5, 31)) == 1.0


def test_an_undated_paper_or_question_has_no_nearness():
    assert nearness([MAY], None) == nearness([], date(2031, 5, 1)) == 0.0


@given(st.dates(), st.dates())
def test_nearness_falls_with_distance(one, other):
    def apart(day):
        return max((MAY.first - day).days, (day - MAY.last).days, 0)

    if apart(one) <= apart(other):
        assert nearness([MAY], one) >= nearness([MAY], other)


@given(st.text(max_size=500))
def test_any_question_can_be_searched_for_dates(question):
    assert all(each.first <= each.last for each in periods(question))
