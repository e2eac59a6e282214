from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from ingest.sentences import sentence_spans


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text)]


def test_a_title_or_an_initial_does_not_end_a_sentence():
    text = "Cllr. A. Byrne thanked Mr. Oduya. The Chair agreed."
    assert sentences(text) == ["Cllr. A. Byrne thanked Mr. Oduya.", "The Chair agreed."]


def test_a_figure_or_a_time_does_not_end_a_sentence():
    text = "It cost £1.9m. The meeting closed at 3.30 p.m. on Friday."
    assert sentences(text) == ["It cost £1.9m.", "The meeting closed at 3.30 p.m. on Friday."]


def test_a_list_mark_stays_with_what_it_numbers():
    assert sentences("1. The report was noted. 2.1 It was late.") == [
        "1. The report was noted.",
        "2.1 It was late.",
    ]


def test_a_line_break_ends_a_sentence():
    assert sentences("Apologies\nNone were received") == ["Apologies", "None were received"]


def test_closing_quotes_belong_to_the_sentence_they_close():
    assert sentences("He said: “It is done.” She left.") == ["He said: “It is done.”", "She left."]


def test_entries_of_a_list_run_into_one_line_are_parted():
    assert sentences("Resolved to: (a) note the report; (b) write to the Minister.") == [
        "Resolved to:",
        "(a) note the report;",
        "(b) write to the Minister.",
    ]


@given(st.text(alphabet="Ab1 .;:!?\n“”()£•-", max_size=80))
def test_sentences_hold_every_character_that_is_not_space_and_none_twice(text):
    spans = sentence_spans(text)
    assert all(a[1] <= b[0] for a, b in pairwise(spans))
    assert "".join("".join(s.split()) for s in sentences(text)) == "".join(text.split())
