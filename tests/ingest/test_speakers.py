import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.speakers import speakers


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Director of Education explained the delay.", ["Director of Education"]),
        ("Mr Pell hoped that the ferry would run.", ["Mr Pell"]),
        ("Councillor Quill asked why, and Mr Dray replied.", ["Councillor Quill"]),
        ("Cllr. F. Quill asked about lamps.", ["Cllr. F. Quill"]),
        ("Cllr. O’Dray (J) seconded the motion.", ["Cllr. O’Dray (J)"]),
        ("Mrs Bell and Mr Pell asked about fares.", ["Mrs Bell", "Mr Pell"]),
        ("Mr Pell proposed, and Ms Dray seconded, a change.", ["Mr Pell", "Ms Dray"]),
        ("Mr Pell (Head of Lamps) advised members.", ["Mr Pell"]),
        ("Mr. P. Dray, Director of Services, outlined the plan.", ["Mr. P. Dray"]),
        ("The Leader of the Council, Mr Quill, said that fares fell.", ["Mr Quill"]),
        ("The Cabinet Member for Harbours also thanked staff.", ["Cabinet Member for Harbours"]),
        ("The Clerk, Harbour Services, advised against it.", ["Clerk, Harbour Services"]),
        ("The Director, the Clerk and the Engineer replied.", ["Director", "Clerk", "Engineer"]),
        ("In reply to Cllr. Pell, the Harbour Master stated the depth.", ["Harbour Master"]),
        ("In proposing the motion Councillor Pell referred to ice.", ["Councillor Pell"]),
        ("Councillor Pell in proposing the motion stated a sum.", ["Councillor Pell"]),
        ("(a) The Chair welcomed everyone.", ["Chair"]),
        ("6.2 The Treasurer reported a surplus.", ["Treasurer"]),
        ("Superintendent O'Dray advised on thefts.", ["Superintendent O'Dray"]),
        ("Ann Dray AM: Good morning.\nMs Quill: Thank you.", ["Ann Dray AM", "Ms Quill"]),
    ],
)
def test_who_is_named_at_the_head_of_a_sentence_speaks(text, expected):
    assert list(speakers(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The Committee noted the report. Members asked for more. The Council agreed.",
        "The Executive agreed the budget.",
        "The Director of Services was asked for figures.",
        "Mr Pell was thanked. It was proposed by Councillor Quill.",
        "The proposed pier outlined in the report.",
        "The Harbour Engineers Team confirmed the depth.",
        "Financial implications: None.\nDecision: Agreed.",
        "He said that the lamps were lit.",
        "RESOLVED that the Leader’s report be noted.",
        "",
    ],
)
def test_who_is_only_spoken_of_does_not_speak(text):
    assert speakers(text) == ()


def test_each_speaks_once_and_in_order():
    text = "Mr Pell asked. The Chair replied. MR PELL thanked the Chair. Mr. Pell added a word."
    assert speakers(text) == ("Mr Pell", "Chair")


@given(
    st.text() | st.lists(st.sampled_from("Mr The Pell Chair of said: , . and (a) \n".split(" ")))
)
def test_a_speaker_stands_in_the_text(text):
    whole = text if isinstance(text, str) else " ".join(text)
    for name in speakers(whole):
        assert name in " ".join(whole.split())


@pytest.mark.parametrize("part", ["The " + "A " * 99, "Mr " + "A. " * 99, "In a Mr A, and " * 20])
def test_a_hostile_passage_takes_no_time(part):
    began = time.perf_counter()
    speakers(part * 50)
    assert time.perf_counter() - began < 1
