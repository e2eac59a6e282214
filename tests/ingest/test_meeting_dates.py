from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.meeting.dates import find_dates

ORDINAL = {1: "st", 2: "nd", 3: "rd", 21: "st", 22: "nd", 23: "rd", 31: "st"}
days = st.dates(date(1950, 1, 1), date(2090, 12, 31))


def values(text):
    return [found.value() for found in find_dates(text)]


@given(days)
def test_a_date_written_out_with_its_weekday_is_read_back(day):
    printed = (
        f"held on {day:%A}, {day.day}{ORDINAL.get(day.day, 'th')} {day:%B}, {day.year} at 7 pm"
    )
    (found,) = find_dates(printed)
    assert found.value() == day
    assert found.weekday == day.weekday()
    assert printed[found.start : found.end].endswith(str(day.year))


@given(days)
def test_numbers_are_read_day_first(day):
    assert values(f"on {day:%d/%m/%Y}, and {day.isoformat()}") == [day, day]


@pytest.mark.parametrize("mark", ['"', "”", "™", "%", "°", "'¢", "H", " th", ""])
def test_an_ordinal_that_ocr_misread_is_still_a_date(mark):
    assert values(f"on 4{mark} May, 2016") == [date(2016, 5, 4)]


@pytest.mark.parametrize(
    "text",
    [
        "0 May 2020",
        "31/13/2020",
        "in May 2020",
        "lots 3 and 4 in May 2020",
        "£4 May 2020",
        "v1.2.3",
        "12/345/2020",
    ],
)
def test_what_only_looks_like_a_date_is_none(text):
    assert values(text) == []


def test_a_day_that_no_month_has_is_mended_by_its_weekday():
    # 12 January 2017 was a Thursday, and the only one that ends in 2.
    assert values('Thursday, 42" January 2017') == [date(2017, 1, 12)]
    assert values('42" January 2017') == [None]


def test_a_year_that_is_not_printed_follows_from_the_letter_before():
    (found,) = find_dates("on Tuesday 15th October at 3 pm")
    assert found.value([date(2019, 10, 8)]) == date(2019, 10, 15)
    assert found.value() is None


def test_a_meeting_in_january_comes_after_minutes_of_december():
    (found,) = find_dates("held on the 14th January")
    assert found.value([date(2020, 12, 10)]) == date(2021, 1, 14)


@given(days, st.integers(0, 300))
def test_a_date_without_a_year_is_never_before_what_is_known_to_be_earlier(day, later):
    (found,) = find_dates(f"{day.day} {day:%B}")
    value = found.value([day - timedelta(days=later)])
    assert value is None or value >= day - timedelta(days=later)
