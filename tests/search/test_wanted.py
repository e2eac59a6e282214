import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.wanted import Wanted, fits, holds, wanted


def nothing(word):
    return False


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Who seconded the motion?", Wanted.PERSON),
        ("Which councillor left early?", Wanted.PERSON),
        ("To whom was the lido sold?", Wanted.PERSON),
        ("What are the names of the swimmers who drowned?", Wanted.PERSON),
        ("When was the bridge shut?", Wanted.DATE),
        ("On what date did it open?", Wanted.DATE),
        ("Which lidos are to shut, and from when?", Wanted.DATE),
        ("At which meeting was the toll raised?", Wanted.DATE),
        ("How much did the slide cost?", Wanted.MONEY),
        ("What was the total grant for moths?", Wanted.MONEY),
        ("What does the borough pay to hire the ferry?", Wanted.MONEY),
        ("How many swans were counted?", Wanted.NUMBER),
        ("How much longer is the new pier?", Wanted.NUMBER),
        ("How much rain fell in May?", Wanted.NUMBER),
        ("What percentage of homes have gas?", Wanted.SHARE),
        ("What did Council resolve?", Wanted.DECISION),
        ("What became of the wish for a lido?", Wanted.DECISION),
        ("Was the kiosk allowed to sell beer?", Wanted.DECISION),
        ("What did the Mayor promise the swimmers?", Wanted.PROMISE),
        ("Why was the bid for a lido rejected?", Wanted.REASON),
        ("What did the Mayor say about the cost of the lido?", Wanted.STATEMENT),
        ("Is the pond green?", Wanted.ANYTHING),
    ],
)
def test_what_kind_of_answer_is_wanted(question, kind):
    assert wanted(question) is kind


@pytest.mark.parametrize(
    "question",
    [
        "Which wood did the borough use when it mended the pier?",
        "How content were swimmers when they were asked?",
        "What are members who swim charged?",
        "What did the warden make of those who feed geese?",
    ],
)
def test_a_clause_that_begins_with_when_or_who_asks_for_no_day_and_nobody(question):
    assert wanted(question) not in (Wanted.DATE, Wanted.PERSON)


def test_what_a_question_asks_first_is_what_it_wants():
    assert wanted("Who bought the lido, and how much did it fetch?") is Wanted.PERSON
    assert wanted("How much did the lido fetch, and who bought it?") is Wanted.MONEY


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (Wanted.MONEY, "a fee of £3"),
        (Wanted.MONEY, "some 2 million pounds"),
        (Wanted.SHARE, "some 12% of homes"),
        (Wanted.SHARE, "one in three homes"),
        (Wanted.NUMBER, "seven swans"),
        (Wanted.NUMBER, "2,031 swans"),
        (Wanted.DATE, "on 3 May"),
        (Wanted.PERSON, "Cllr Ash left"),
        (Wanted.DECISION, "RESOLVED that it be noted"),
        (Wanted.PROMISE, "he undertook to ask"),
        (Wanted.REASON, "it shut because of the cold"),
    ],
)
def test_each_kind_of_answer_is_recognised(kind, text):
    assert holds(kind, text)
    assert fits(kind, nothing, text)
    assert not holds(kind, "the weir is green")


@pytest.mark.parametrize(
    "text",
    [
        "2.33 The lido is cold.",
        "(4) Note the report",
        "(Item 6)",
        "12. Swans",
        "In May 2031 the lido shut.",
        "On 3 May the lido shut.",
        "Decision 24/00031 was called in.",
    ],
)
def test_a_paragraphs_number_a_date_and_a_reference_count_nothing(text):
    assert not holds(Wanted.NUMBER, text)


def test_what_the_question_gives_is_no_answer_to_it():
    question = {"Mr", "Ash", "2031", "£3"}
    for kind, told, new in (
        (Wanted.PERSON, "Mr Ash spoke.", "Mr Ash and Ms Beck spoke."),
        (Wanted.DATE, "It was 2031.", "It was May 2031."),
        (Wanted.MONEY, "It is £3 now.", "It is £4 now."),
    ):
        assert not fits(kind, question.__contains__, told)
        assert fits(kind, question.__contains__, new)


@given(st.sampled_from(Wanted), st.text(max_size=200))
def test_a_text_never_fits_a_question_that_gives_all_its_words_better_than_one_that_gives_none(
    kind, text
):
    assert fits(kind, nothing, text) >= fits(kind, lambda _: True, text)
    assert fits(kind, nothing, text) == holds(kind, text)


@given(st.text(max_size=300))
def test_every_question_wants_something(question):
    assert wanted(question) in Wanted


@pytest.mark.parametrize("piece", ["what was the ", "1,", "a.", "how much ", "(1) "])
def test_long_runs_are_read_at_once(piece):
    for kind in Wanted:
        holds(kind, piece * 1_000)
    wanted(piece * 1_000)
