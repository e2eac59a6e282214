"""What readings do to an answer; the papers are of a council that does not exist."""

from datetime import date
from math import fsum

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.paper import PaperKind
from search.answer import Filters, Grouping, Order, Wishes
from search.ask import Asker
from search.generation import open_view
from search.library import Library
from tests.embedders import HashEmbedder
from tests.search.factory import embedded, paper

PAPERS = (
    paper(
        ["The Otter Crossing Fund (OCF) pays for ladders at Winterbridge weir.", "The toll rose."],
        source="/one.md",
        body="Cabinet",
        meeting_date=date(2030, 5, 7),
        item="The crossing",
    ),
    paper(
        ["The OCF was debated, and low walls were refused. See 30/00109.", "The toll fell again."],
        source="/two.md",
        body="Roads Committee",
        kind=PaperKind.REPORT,
        meeting_date=date(2031, 6, 3),
    ),
    paper(
        ["Walls are low in the harbour. Ladders were painted.", "The toll stayed as it was."],
        source="/three.md",
        body="Roads Committee",
        meeting_date=date(2029, 2, 1),
    ),
)
TODAY = date(2031, 6, 18)
asker = Asker(HashEmbedder())


@pytest.fixture(scope="module")
def view(tmp_path_factory):
    folder = tmp_path_factory.mktemp("read") / "library"
    with Library.create_or_open(folder, "hash", 64) as library:
        library.keep(embedded(*PAPERS))
    with open_view(folder) as opened:
        yield opened


def ask(view, question, filters=None, limit=10, **wishes):
    return asker.ask(view, question, filters, limit, Wishes(**{"today": TODAY, **wishes}))


def sources(answer):
    return [hit.paper.source for hit in answer.hits]


QUESTIONS = st.lists(
    st.sampled_from(
        "What did Cabinet the Roads Committee say at about toll ladders OCF otter crossing fund"
        " in May 2030 since last year meeting current Winterbrige “low walls” 30/00109 item 1"
        " minutes".split()
    ),
    min_size=1,
    max_size=10,
).map(lambda words: " ".join([*words, "toll"]))


@settings(deadline=None, max_examples=60)
@given(question=QUESTIONS)
def test_dropping_every_reading_gives_what_a_plain_search_gives(view, question):
    keys = tuple(each.key for each in ask(view, question).readings)
    dropped, plain = ask(view, question, ignored=keys), ask(view, question, ignored=("*",))
    assert dropped.readings == plain.readings == ()
    assert dropped == plain


@settings(deadline=None, max_examples=60)
@given(question=QUESTIONS)
def test_soft_readings_leave_nothing_out(view, question):
    read = ask(view, question)
    if not any(each.hard for each in read.readings):
        assert set(sources(read)) == set(sources(ask(view, question, ignored=("*",))))


@settings(deadline=None, max_examples=60)
@given(question=QUESTIONS, order=st.sampled_from(Order))
def test_a_filter_that_matches_nothing_returns_nothing_and_says_so(view, question, order):
    answer = ask(view, question, Filters(bodies=("No such body",)), order=order)
    assert (answer.hits, answer.answered) == ((), False)
    assert answer.facets.passages == 0
    assert answer.facets.bodies == answer.facets.kinds == answer.facets.years == ()


@settings(deadline=None, max_examples=60)
@given(question=QUESTIONS)
def test_the_parts_of_a_hit_add_up_to_its_score(view, question):
    answer = ask(view, question, explain=True)
    assert answer.trace is not None
    for hit, parts in zip(answer.hits, answer.trace.parts, strict=True):
        assert fsum(each.score for each in parts) == pytest.approx(hit.reasons.score)


@settings(deadline=None, max_examples=30)
@given(question=QUESTIONS)
def test_explaining_and_grouping_change_no_hit(view, question):
    plain = ask(view, question)
    assert ask(view, question, explain=True, group=Grouping.MEETING).hits == plain.hits


def test_a_library_built_in_another_order_reads_and_answers_the_same(view, tmp_path):
    with Library.create_or_open(tmp_path / "other", "hash", 64) as library:
        for each in reversed(PAPERS):
            library.keep(embedded(each))
    with open_view(tmp_path / "other") as other:
        for question in ("What did Cabinet say of the OCF?", "current toll at Winterbrige"):
            one, two = ask(view, question), ask(other, question)
            assert (one.hits, one.readings) == (two.hits, two.readings)
            assert one.facets == two.facets


def test_the_body_asked_comes_first(view):
    assert sources(ask(view, "What was said of the toll at Cabinet?"))[0] == "/one.md"
    assert sources(ask(view, "What did the Roads Committee say of the toll?"))[0] != "/one.md"


def test_the_last_meeting_of_a_body_comes_first(view):
    answer = ask(view, "What was said of the toll at the last meeting of the Roads Committee?")
    assert sources(answer)[0] == "/two.md"


def test_a_reference_or_quotation_that_is_held_narrows_until_it_is_dropped(view):
    question = "Who spoke of “low walls” and the toll?"
    assert set(sources(ask(view, question))) == {"/two.md"}
    assert len(set(sources(ask(view, question, ignored=("phrase:low walls",))))) == 3
    assert set(sources(ask(view, "What does 30/00109 say of the toll?"))) == {"/two.md"}
    assert set(sources(ask(view, "Under item 1, what of the toll?"))) == {"/one.md"}


def test_a_quotation_that_nobody_wrote_narrows_nothing_and_is_told(view):
    answer = ask(view, "Who spoke of “high walls” and the toll?")
    assert [(each.held, each.hard) for each in answer.readings] == [(False, False)]
    assert len(set(sources(answer))) == 3


def test_an_acronym_finds_what_it_stands_for_after_itself(view):
    hits = ask(view, "What does the OCF pay for?").hits
    assert {"/one.md", "/two.md"} == {hit.paper.source for hit in hits[:2]}
    spelt_out = ask(view, "Was the otter crossing fund debated?", explain=True)
    assert spelt_out.trace is not None
    credited = {
        hit.paper.source
        for hit, parts in zip(spelt_out.hits, spelt_out.trace.parts, strict=True)
        if any(part.voice == "stands for" for part in parts)
    }
    assert credited == {"/two.md"}


def test_everyday_words_find_what_papers_call_the_same(tmp_path):
    with Library.create_or_open(tmp_path / "everyday", "hash", 64) as library:
        library.keep(
            embedded(
                paper(["The lighting columns on Quay Street are rusty."], source="/lamps.md"),
                paper(["New posts carry the sign on Quay Street."], source="/posts.md"),
            )
        )
    with open_view(tmp_path / "everyday") as opened:
        question = "What of the lamp posts on Quay Street?"
        assert sources(ask(opened, question)) == ["/lamps.md", "/posts.md"]
        plain = ask(opened, question, ignored=("everyday:lamp posts",))
        assert sources(plain) == ["/posts.md", "/lamps.md"]


def test_a_misspelt_name_is_answered_as_the_papers_write_it(view):
    answer = ask(view, "What is paid for at Winterbrige?")
    assert [each.values for each in answer.readings] == [("Winterbridge",)]
    assert sources(answer)[0] == "/one.md"
    assert answer.hits[0].reasons.matched[-1] == "Winterbrige"


def test_of_near_equals_the_present_wants_the_latest(view):
    assert sources(ask(view, "What is the current toll?"))[0] == "/two.md"


def test_latest_orders_the_same_hits_by_meeting(view):
    best, latest = ask(view, "toll"), ask(view, "toll", order=Order.LATEST)
    assert {hit.passage for hit in best.hits} == {hit.passage for hit in latest.hits}
    days = [hit.paper.meeting_date for hit in latest.hits]
    assert days == sorted(days, reverse=True)
    assert [hit.rank for hit in latest.hits] == list(range(1, len(days) + 1))


def test_hits_are_grouped_by_meeting_each_once(view):
    answer = ask(view, "toll", group=Grouping.MEETING)
    ranks = [rank for meeting in answer.meetings for rank in meeting.ranks]
    assert sorted(ranks) == [hit.rank for hit in answer.hits]
    for meeting in answer.meetings:
        for rank in meeting.ranks:
            card = answer.hits[rank - 1].paper
            assert (card.body, card.meeting_date) == (meeting.body, meeting.meeting_date)


def test_passages_of_one_item_share_its_key(view):
    keys = {hit.paper.source: hit.item_key for hit in ask(view, "toll ladders").hits}
    assert keys["/two.md"] is None
    held = {hit.item_key for hit in ask(view, "toll ladders").hits if hit.item_key}
    assert held == {f"{PAPERS[0].id}:0"}


def test_facets_count_every_passage_that_holds_most_of_the_words(view):
    facets = ask(view, "toll rose", ignored=("*",)).facets
    assert (facets.words, facets.needed, facets.passages) == (2, 2, 1)
    facets = ask(view, "toll").facets
    assert facets.passages == 3
    assert {each.value: each.passages for each in facets.bodies} == {
        "Cabinet": 1,
        "Roads Committee": 2,
    }
    assert {each.value for each in facets.years} == {"2029", "2030", "2031"}
    assert {each.value: each.passages for each in facets.kinds} == {"minutes": 2, "report": 1}


def test_facets_keep_to_the_filters(view):
    facets = ask(view, "toll", Filters(bodies=("Cabinet",))).facets
    assert [(each.value, each.passages) for each in facets.bodies] == [("Cabinet", 1)]


def test_words_of_promising_do_not_count_against_an_answer(view):
    promised = ask(view, "What did we promise about the toll?")
    assert promised.confidence == pytest.approx(ask(view, "the toll?").confidence)
