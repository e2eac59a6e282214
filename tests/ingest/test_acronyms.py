import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.acronyms import acronyms


@pytest.mark.parametrize(
    ("text", "short", "long"),
    [
        ("The Otter Crossing Fund (OCF) is spent.", "OCF", "Otter Crossing Fund"),
        ("OCF (Otter Crossing Fund) is spent.", "OCF", "Otter Crossing Fund"),
        ("All Public Rights of Way (PRoW) are open.", "PRoW", "Public Rights of Way"),
        ("Moths and Bats Survey (MBS)", "MBS", "Moths and Bats Survey"),
        ("each river safety plan (RSP)", "RSP", "river safety plan"),
        ("Late Night Buses (LNBs) run.", "LNB", "Late Night Buses"),
        ("A Weir-Mending Team (“WMT”) met.", "WMT", "Weir-Mending Team"),
    ],
)
def test_what_a_paper_says_an_acronym_stands_for(text, short, long):
    assert acronyms(text) == {(short, long): 1}


@pytest.mark.parametrize(
    "text",
    [
        "The toll was raised (OCF).",
        "Councillor Ash (LAB) left.",
        "Otter Fund (OCF)",
        "Heating (H) costs more.",
        "of the Town (OTT)",
        "Otter Crossing\nFund (OCF)",
        "Roads (see Appendix A)",
    ],
)
def test_what_only_stands_beside_brackets_is_no_meaning(text):
    assert acronyms(text) == {}


def test_each_time_that_it_is_said_counts():
    assert acronyms("Moth Survey Team (MST). Moth Survey Team (MST).") == {
        ("MST", "Moth Survey Team"): 2
    }


@given(st.text(alphabet="ABab ()&-.\n’", max_size=120))
def test_every_meaning_stands_in_the_text_and_begins_with_the_letter(text):
    for short, long in acronyms(text):
        assert long in text
        assert long[0].upper() == short[0].upper()
