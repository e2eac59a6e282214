import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.query import strip_framing, understand
from search.words import content_words


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("What did the committee say about otter ladders?", "otter ladders?"),
        ("Can you summarise the discussion of the harbour toll?", "the harbour toll?"),
        ("Please tell me who opened the lido", "who opened the lido"),
        ("Could you please tell me what the skip hire fee is", "what the skip hire fee is"),
        ("I would like to know about moth surveys", "moth surveys"),
        ("What was said about bats?", "bats?"),
        ("what were the views of members on bollards", "bollards"),
        ("Summarize the opinions on kerbs.", "kerbs."),
        ("Give me a short summary of the tram debate", "the tram debate"),
        ("Is there anything in the minutes about geese?", "geese?"),
        ("How much is a skip, please?", "How much is a skip"),
    ],
)
def test_words_that_only_frame_a_question_are_stripped(question, asked):
    assert strip_framing(question) == asked


@pytest.mark.parametrize(
    "question",
    [
        "What did Cabinet decide about the lido?",
        "Who chairs the Planning Committee?",
        "What did Councillor Ash say about otters?",
        "Is the discussion paper on parking published?",
        "When does the committee meet?",
        "Describe",
        "Summarise the discussion",
        "what did they say about it",
    ],
)
def test_the_matter_itself_is_left(question):
    assert strip_framing(question) == question


@given(st.text(max_size=300))
def test_a_question_with_content_is_never_stripped_to_nothing(question):
    if content_words(question):
        assert understand(question).stems


@given(st.text(max_size=300))
def test_stripping_twice_changes_no_more_than_once(question):
    once = strip_framing(" ".join(question.split()))
    assert strip_framing(once) == once


@pytest.mark.parametrize("piece", ["please ", "what did the ", "summarise the ", "tell me ", "a "])
def test_a_thousand_characters_of_framing_are_stripped_at_once(piece):
    assert understand((piece * 1_000)[:1_000]).question


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("Who opened the Larch Hall in Winterbridge?", ("larch", "hall", "winterbridg")),
        ("Geese were seen where?", ()),
        ("Did Geese United ask for a pitch?", ("gees", "unit")),
        ("what does the rye market cost", ()),
        ("What did Ms O'Dell say of the A259?", ("ms", "o'del", "a259")),
    ],
)
def test_names_are_the_words_with_a_capital_but_for_the_first(question, names):
    assert understand(question).names == names


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("What became of Larch Hall in Winterbridge?", (("larch", "hall"),)),
        ("What is Salt Lane West to cost?", (("salt", "lane"), ("lane", "west"))),
        ("What did the Mayor say of Winterbridge?", ()),
        ("what does the rye market cost", ()),
    ],
)
def test_a_long_name_is_told_by_its_words_side_by_side(question, names):
    assert understand(question).long_names == names


@given(st.text(max_size=120))
def test_names_are_among_what_a_question_asks_about(question):
    query = understand(question)
    assert set(query.names) <= set(query.stems)
