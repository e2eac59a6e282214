from datetime import date
from itertools import pairwise
from typing import ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.readings.holding import Holding
from search.readings.names import Expansion, KnownBody, Names
from search.readings.question import needed, read
from search.readings.reading import ReadingKind, without
from search.readings.words import spellings

TODAY = date(2031, 6, 18)
"""A Wednesday."""

NAMES = Names(
    bodies=(
        KnownBody("Cabinet", ("CABINET",), (date(2031, 5, 6), date(2031, 6, 3), date(2031, 7, 1))),
        KnownBody("Saltmarsh County Council", ("County Council",), (date(2031, 4, 2),)),
        KnownBody("Municipal District of Upper Vale", ("Upper Vale Municipal District",)),
        KnownBody("Municipal District of Upper Vale Joint Bin Sub-Committee", ()),
        KnownBody("Roads and Paths Committee", ("Roads & Paths Committee",)),
        KnownBody("Roads and Bridges Committee", ()),
    ),
    speakers=(
        "Mr Gough",
        "Councillor Ash (J)",
        "Councillor Ash (M)",
        "Cllr. F. Foley",
        "Deputy Leader",
        "Leader",
        "Head of Finance",
    ),
    expansions=(
        Expansion("OCF", "Otter Crossing Fund", {"Cabinet": 3}),
        Expansion("OCF", "Old Cinema Forum", {"Cabinet": 1, "Roads and Paths Committee": 1}),
    ),
)


class Shelf:
    """A library of a few words."""

    words: ClassVar = {"winterbridg": 9, "otter": 4, "cross": 2, "parad": 3, "fund": 5}
    references = ("24/00109", "low walls")

    def names(self):
        return NAMES

    def count(self, holding):
        known = [phrase for phrase in holding.phrases if phrase in self.references]
        return len(known) + sum(number == "7" for number in (*holding.items, *holding.minutes))

    def holds(self, stem):
        return stem in self.words or len(stem) < 9

    def vocabulary(self, prefix):
        return [(word, count) for word, count in self.words.items() if word.startswith(prefix)]

    def written(self, stem):
        return {"winterbridg": "Winterbridge"}.get(stem, stem)


def readings(question, today=TODAY):
    return read(question, Shelf(), today)


def keys(question, today=TODAY):
    return [each.key for each in readings(question, today)]


def bodies(question):
    return [each for each in keys(question) if each.startswith("body:")]


@pytest.mark.parametrize(
    ("question", "body"),
    [
        ("What did Cabinet agree about bats?", "Cabinet"),
        ("What was said at Cabinet?", "Cabinet"),
        ("A meeting of the Roads and Paths Committee", "Roads and Paths Committee"),
        ("What did the roads & paths committee say?", "Roads and Paths Committee"),
        ("At the Upper Vale district meeting, who spoke?", "Municipal District of Upper Vale"),
        ("What did the Upper Vale councillors ask?", "Municipal District of Upper Vale"),
        ("What was agreed at the County Council?", "Saltmarsh County Council"),
        ("Who spoke at the county council meeting?", "Saltmarsh County Council"),
        ("What did the Paths Committee decide?", "Roads and Paths Committee"),
    ],
)
def test_a_body_that_meets_or_decides_is_read_by_any_of_its_names(question, body):
    assert bodies(question) == [f"body:{body}"]


@pytest.mark.parametrize(
    "question",
    [
        "What does the county council pay for salt?",
        "Who cleans the cabinet?",
        "What was said about the Roads and Paths Committee?",
        "Who is on the Cabinet's list?",
        "Which committee met?",
        "What are County Council houses worth?",
        "What did the Cabinet Member say?",
        "Which county councillors left?",
    ],
)
def test_a_body_that_is_the_subject_is_left_alone(question):
    assert bodies(question) == []


def test_a_name_cut_short_may_be_any_of_two():
    (reading,) = readings("What did the Roads Committee decide?")
    assert set(reading.values) == {"Roads and Paths Committee", "Roads and Bridges Committee"}


@pytest.mark.parametrize(
    ("words", "period"),
    [
        ("in May 2031", "2031-05-01/2031-05-31"),
        ("since 2029", "2029-01-01/9999-12-31"),
        ("before June 2030", "0001-01-01/2030-06-30"),
        ("between March and May 2030", "2030-03-01/2030-05-31"),
        ("from 2028 to 2030", "2028-01-01/2030-12-31"),
        ("last year", "2030-01-01/2030-12-31"),
        ("this year", "2031-01-01/2031-12-31"),
        ("last month", "2031-05-01/2031-05-31"),
        ("last week", "2031-06-09/2031-06-15"),
        ("yesterday", "2031-06-17/2031-06-17"),
        ("in the last three months", "2031-03-18/2031-06-18"),
        ("over the past 2 years", "2029-06-18/2031-06-18"),
        ("in May", "2031-05-01/2031-05-31"),
        ("in September", "2030-09-01/2030-09-30"),
        ("since March", "2031-03-01/2031-06-18"),
    ],
)
def test_times_are_read(words, period):
    assert keys(f"Who counted bats {words}?") == [f"time:{period}"]


@pytest.mark.parametrize("question", ["last year", "in May", "at the last Cabinet meeting"])
def test_without_a_today_relative_times_are_not_read(question):
    assert not [each for each in readings(question, None) if each.kind is ReadingKind.TIME]


@pytest.mark.parametrize(
    "question", ["What did they say at the last meeting of Cabinet?", "the last Cabinet meeting"]
)
def test_the_last_meeting_is_the_latest_that_was_held(question):
    assert "time:2031-06-03/2031-06-03" in keys(question)


@pytest.mark.parametrize(
    ("question", "said_by"),
    [
        ("What did Mr Gough say?", {"Mr Gough"}),
        ("What did Councillor J. Ash say?", {"Councillor Ash (J)"}),
        ("What did Councillor Jo Ash ask?", {"Councillor Ash (J)"}),
        ("What did Cllr Ash say?", {"Councillor Ash (J)", "Councillor Ash (M)"}),
        ("What did Foley say?", {"Cllr. F. Foley"}),
        ("What did the deputy leader warn of?", {"Deputy Leader"}),
        ("How did the Head of Finance answer?", {"Head of Finance"}),
    ],
)
def test_people_are_read_as_the_papers_name_them(question, said_by):
    (reading,) = readings(question)
    assert reading.kind is ReadingKind.PERSON
    assert set(reading.values) == said_by


@pytest.mark.parametrize(
    "question",
    [
        "What did Mr Nobody say?",
        "the Leader of the Opposition",
        "market leader",
        "the Assistant Leader",
        "Ash trees",
    ],
)
def test_who_does_not_speak_in_the_papers_is_not_read(question):
    assert keys(question) == []


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("What do the minutes say of bats?", ["kind:minutes"]),
        ("Are there draft minutes?", ["state:draft", "kind:minutes"]),
        ("Which motion was lost?", ["kind:motion"]),
        ("in the budget report", ["kind:report"]),
        ("What did the officers report?", []),
        ("in ten minutes walk", []),
    ],
)
def test_kinds_of_paper_are_read(question, found):
    assert keys(question) == found


@pytest.mark.parametrize(
    ("question", "key", "hard"),
    [
        ("What is 24/00109?", "reference:24/00109", True),
        ("What is 99/00109?", "reference:99/00109", False),
        ("What is KEN/24/00109/FUL?", "reference:KEN/24/00109/FUL", False),
        ("Under minute 7, who spoke?", "minute:7", True),
        ("Under item 8, who spoke?", "item:8", False),
        ("Who said “low walls”?", "phrase:low walls", True),
        ('Who said "high walls"?', "phrase:high walls", False),
    ],
)
def test_a_reference_or_quotation_narrows_only_where_the_library_holds_it(question, key, hard):
    (reading,) = readings(question)
    assert (reading.key, reading.hard, reading.held) == (key, hard, hard)


@pytest.mark.parametrize("question", ["the 2025/26 budget", "24/25 figures", "£10/1000"])
def test_financial_years_and_sums_are_no_references(question):
    assert keys(question) == []


def test_what_hard_readings_need_is_gathered():
    found = readings("What does 24/00109 say of “low walls” under item 7 and item 8?")
    assert needed(found) == Holding(phrases=("24/00109", "low walls"), items=("7",))


def test_acronyms_are_read_both_ways_as_the_most_usual():
    assert readings("What is the OCF?")[0].values == ("Otter Crossing Fund",)
    assert readings("What is the otter crossing fund?")[0].values == ("OCF",)


def test_an_acronym_is_read_as_the_body_asked_defines_it():
    found = readings("What did the Roads and Paths Committee say of OCF?")
    assert found[-1].values == ("Old Cinema Forum",)


@pytest.mark.parametrize(
    ("typed", "held"), [("Winterbrige", "Winterbridge"), ("Wintrebridge", "Winterbridge")]
)
def test_a_word_that_nobody_wrote_is_read_as_its_nearest(typed, held):
    (reading,) = readings(f"Who opened {typed} hall?")
    assert (reading.key, reading.values) == (f"spelling:{typed}", (held,))


@pytest.mark.parametrize("typed", ["Winterbridge", "Winterbudding", "Summerbridge", "W1nterbridge"])
def test_a_word_that_is_held_or_far_from_any_is_left(typed):
    assert keys(f"Who opened {typed} hall?") == []


def test_a_usual_word_that_the_papers_lack_was_meant():
    def nearest(word):
        held = [("hallway", 2), ("archaic", 1)]
        found = spellings(word, (), lambda stem: False, lambda prefix: held, str)
        return [each.values for each in found]

    assert nearest("halfway") == nearest("armchairs") == []
    assert nearest("hallwayy") == nearest("hallwax") == [("hallway",)]


def test_a_question_for_the_present_is_read_as_latest_first():
    assert keys("What is the current toll?") == ["order:latest first"]


WORDS = st.lists(
    st.sampled_from(
        "What did Cabinet Roads and Paths Committee say at the last meeting in May 2031 since 2029"
        " Mr Gough Deputy Leader minutes draft item 7 24/00109 “low walls” OCF current Winterbrige"
        " about of by otter crossing fund".split()
    ),
    max_size=14,
)


@given(WORDS)
def test_readings_stand_on_the_question_and_never_share_a_word(words):
    question = " ".join(words)
    found = readings(question)
    for each in found:
        assert question[each.start : each.end] == each.words
    for one, other in pairwise(found):
        assert one.end <= other.start


@given(WORDS)
def test_every_reading_can_be_dropped_by_its_key(words):
    found = readings(" ".join(words))
    for each in found:
        assert each not in without(found, [each.key.upper()])
    assert without(found, [each.key for each in found]) == without(found, ["*"]) == ()


@given(st.text(max_size=200))
def test_any_text_can_be_read(question):
    readings(question)
