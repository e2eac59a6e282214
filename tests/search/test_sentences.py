import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.query import understand
from search.sentences import best_by_meaning, best_by_words, only_names, sentences


def chosen(question, text):
    first, *_ = best_by_words(sentences(text, understand(question), lambda _: 1.0))
    return text[slice(*first.span)]


TEXT = "The lido was built in 1931. The lido costs £40 a day to heat. Mr Ash proposed to close it."


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("When was the lido built?", "The lido was built in 1931."),
        ("How much does the lido cost to heat?", "The lido costs £40 a day to heat."),
        ("Who proposed to close the lido?", "Mr Ash proposed to close it."),
    ],
)
def test_the_sentence_that_answers_is_chosen(question, sentence):
    assert chosen(question, TEXT) == sentence


def test_of_two_equal_sentences_the_one_with_what_is_wanted_is_chosen():
    text = "The lido opened to cheers. The lido opened on 3 May 2031."
    assert chosen("When had the lido opened?", text) == "The lido opened on 3 May 2031."


def test_an_answer_that_follows_the_sentence_naming_its_matter_is_chosen():
    text = "Mr Ash opened the lido. It had cost £40,000. Geese cost £3 each to feed."
    assert chosen("How much did it take to open the lido?", text) == "It had cost £40,000."


def test_what_is_wanted_lifts_no_sentence_far_from_the_matter():
    text = "The lido was opened. Tea was served. The chair left on 3 May 2031."
    assert chosen("When was the lido opened?", text) == "The lido was opened."


def test_a_sentence_that_asks_answers_no_question_for_a_fact():
    text = "I will ask how many moorings at the weir stand empty. REPLY: Of all there, 34 do."
    assert (
        chosen("How many moorings at the weir stand empty?", text) == "REPLY: Of all there, 34 do."
    )
    assert chosen("What did Mr Ash say of the moorings at the weir?", text).startswith("I will ask")
    text = "Were moorings let at the weir? The clerk had let 34."
    assert chosen("How many moorings were let at the weir?", text) == "The clerk had let 34."
    only = "I will move at the next meeting that 34 moorings be let."
    assert chosen("How many moorings are to be let?", only) == only


def test_the_words_of_what_announces_a_list_count_for_what_follows_it():
    text = "The lido will charge at weekends:\n£3 a swim\n£40 a year to hire the sauna"
    assert chosen("How much will the lido charge at weekends?", text) == "£3 a swim"


def test_a_figure_that_the_question_gives_is_not_its_answer():
    text = "The lido survey of 2031 had 40 questions. It drew 812 replies."
    assert chosen("How many replies did the 40 questions of the lido draw?", text) == (
        "It drew 812 replies."
    )


def test_the_meaning_settles_what_the_words_do_not():
    text = "Dogs are barred. The pool is warm."
    ranked = best_by_words(sentences(text, understand("swimming"), lambda _: 1.0))
    assert text[slice(*best_by_meaning(ranked, [0.1, 0.6]).span)] == "The pool is warm."


def test_a_sentence_far_ahead_is_settled_by_its_words():
    text = "The heated lido opens in May. Dogs are barred. The lido is cold."
    ranked = best_by_words(sentences(text, understand("heated lido opens"), lambda _: 1.0))
    assert [text[slice(*each.span)] for each in ranked] == ["The heated lido opens in May."]


def test_abbreviations_and_decimals_end_no_sentence():
    text = "Cllr. J. Ash (Lab.) moved that 2.5 per cent. be spent at 3 p.m. on No. 7 bus. It fell."
    assert chosen("what fell", text) == "It fell."


@given(st.text(min_size=1, max_size=300), st.text(min_size=1, max_size=60))
def test_the_answer_is_always_a_stretch_of_the_passage(text, question):
    for each in best_by_words(sentences(text, understand(question), lambda _: 1.0)):
        start, end = each.span
        assert 0 <= start < end <= len(text)


@given(st.text(max_size=200), st.text(max_size=60))
def test_cover_is_a_share(text, question):
    assert all(
        0.0 <= each.cover <= each.following <= 1.0 + 1e-9
        for each in sentences(text or "x", understand(question), lambda _: 0.5)
    )


@pytest.mark.parametrize(
    "heading",
    [
        "75. 24/00031 – Family Hubs: final proposals",
        "Subject: Family Hubs",
        "UNRESTRICTED ITEMS",
        "Decision:",
        "3.2 The Council asks of every ferry that it carries, in summer and in winter, these:",
    ],
)
def test_a_heading_only_names_its_matter(heading):
    assert only_names(heading)


@pytest.mark.parametrize(
    "telling",
    [
        "Secure accommodation 7,020 7,115 7,480",
        "Proposer: Ann Hill",
        "Seconded : Ann Hill",
        "The Chair agreed.",
    ],
)
def test_figures_fields_and_sentences_tell_something(telling):
    assert not only_names(telling)


def test_a_heading_answers_only_where_nothing_else_is_said():
    query = understand("family hubs")
    both = sentences("5. Family Hubs\nThey open in May.", query, lambda _: 1.0)
    assert [each.span for each in both] == [(15, 32)]
    assert len(sentences("5. Family Hubs", query, lambda _: 1.0)) == 1
