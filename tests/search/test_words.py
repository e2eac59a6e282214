import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.words import content_words, fold, stems


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("22,866 ballots", "22866 ballots"),
        ("£1.9 million", "£1.9m"),
        ("2 billion", "2bn"),
        ("2025/26", "2025-26"),
        ("2025-2026", "2025–26"),
        ("24/00109", "24-00109"),
        ("13th May", "13 May"),
        ("the council’s bins", "the council's bins"),
        ("Áine", "aine"),
        ("ﬁne", "fine"),
        ("committees agreed", "committee agrees"),
    ],
)
def test_the_same_thing_written_two_ways_gives_the_same_stems(one, other):
    assert stems(one) == stems(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("£1.9m", "£1.9bn"), ("24/00109", "24/00190"), ("1,234", "1.234"), ("12 May", "13 May")],
)
def test_different_figures_give_different_stems(one, other):
    assert stems(one) != stems(other)


def test_part_of_a_reference_finds_the_whole():
    assert "00109" in stems("decision 24/00109")


def test_a_date_in_figures_is_found_by_its_year():
    assert "2031" in stems("on 06/05/2031")


def test_stop_words_are_left_out_of_what_is_asked():
    assert [word for word, _ in content_words("What is the fee for a skip?")] == ["fee", "skip"]


def test_words_that_only_report_speech_are_left_out():
    assert [word for word, _ in content_words("What did Mr Ash say of otters?")] == [
        "Mr",
        "Ash",
        "otters",
    ]


@pytest.mark.parametrize("question", ["what is it", "who?", "discuss views"])
def test_a_question_of_nothing_but_stop_words_keeps_them(question):
    assert content_words(question)


def test_a_question_without_any_word_has_no_content():
    assert content_words("?! … —") == []


@given(st.text(max_size=300))
def test_any_text_can_be_analysed_and_gives_lower_case_stems(text):
    for stem in stems(text):
        assert stem == stem.lower()
        assert stem.strip()


@given(st.text(alphabet=string.digits + ",./-– mstn", max_size=2_000))
def test_long_runs_of_figures_are_folded_in_linear_time(text):
    assert fold(text) is not None


@given(st.text(max_size=200))
def test_each_stem_of_a_question_comes_once(question):
    found = [stem for _, stem in content_words(question)]
    assert len(found) == len(set(found))
