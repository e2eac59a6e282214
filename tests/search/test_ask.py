from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.paper import PaperKind, PaperState
from search.answer import Filters
from search.ask import LONGEST_QUESTION, MOST_HITS, Asker
from search.errors import EmptyQuery, ModelMismatch, QuestionTooLong
from search.generation import open_view
from search.library import Library
from tests.embedders import HashEmbedder
from tests.search.factory import embedded, paper

LIDO = paper(
    [
        "The lido was built in 1931. Heating the lido costs £40 a day. Mr Ash would close it.",
        "Geese were seen on the green. They were counted by volunteers and left alone.",
    ],
    ["RESOLVED that the lido stay open until the harvest supper. The motion was carried."],
    item="The lido",
    body="Leisure Panel",
    meeting_date=date(2031, 5, 6),
)
ROADS = paper(
    ["Mill Road is closed for resurfacing.", "A crossing at Mill Road costs £900."],
    source="/papers/roads.md",
    kind=PaperKind.REPORT,
    body="Roads Panel",
    meeting_date=date(2030, 2, 3),
)


@pytest.fixture(scope="module")
def view(tmp_path_factory):
    folder = tmp_path_factory.mktemp("asked") / "library"
    with Library.create_or_open(folder, "hash", 64) as library:
        library.keep(embedded(LIDO, ROADS))
    with open_view(folder) as opened:
        yield opened


asker = Asker(HashEmbedder())


def test_the_passage_that_answers_comes_first_with_its_citation(view):
    hit = asker.ask(view, "How much does it cost to heat the lido?").hits[0]
    passage = LIDO.passages[0]
    assert (hit.rank, hit.passage, hit.text) == (1, passage.id, passage.text)
    assert (hit.citation, hit.context) == (passage.citation, passage.context)
    assert (hit.paper.id, hit.paper.body, hit.paper.page_count) == (LIDO.id, "Leisure Panel", 2)
    assert hit.item is not None
    assert hit.item.title == "The lido"
    assert hit.text[slice(*hit.answer)] == "Heating the lido costs £40 a day."


def test_the_quoted_words_stand_in_the_paper_where_the_citation_says(view):
    for hit in asker.ask(view, "lido road geese").hits:
        text = view.paper(hit.paper.id).text.text
        assert text[hit.citation.start : hit.citation.end] == hit.text


def test_reasons_name_the_words_that_matched(view):
    reasons = asker.ask(view, "When was the lido built, in otter years?").hits[0].reasons
    assert reasons.matched == ("lido", "built")
    assert reasons.lexical is not None
    assert reasons.lexical > 0
    assert reasons.dense is not None


def test_a_question_is_searched_without_its_framing(view):
    answer = asker.ask(view, "Can you tell me what was said about geese?")
    assert answer.asked == "geese?"
    assert answer.question == "Can you tell me what was said about geese?"


def test_the_answer_names_the_generation(view):
    assert asker.ask(view, "geese").generation == view.generation == 1


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=80))
def test_any_question_is_answered_or_refused_in_words(view, question):
    try:
        answer = asker.ask(view, question)
    except EmptyQuery:
        return
    assert 0.0 <= answer.confidence <= 1.0
    assert [hit.rank for hit in answer.hits] == list(range(1, len(answer.hits) + 1))
    assert answer == asker.ask(view, question)


@pytest.mark.parametrize(
    ("filters", "sources"),
    [
        (Filters(bodies=("Roads Panel",)), {ROADS.source}),
        (Filters(bodies=("Roads Panel", "Leisure Panel")), {ROADS.source, LIDO.source}),
        (Filters(kinds=(PaperKind.MINUTES,)), {LIDO.source}),
        (Filters(papers=(ROADS.id,)), {ROADS.source}),
        (Filters(since=date(2031, 5, 6)), {LIDO.source}),
        (Filters(until=date(2030, 2, 3)), {ROADS.source}),
        (Filters(since=date(2030, 2, 4), until=date(2031, 5, 5)), set()),
        (Filters(bodies=("Roads Panel",), kinds=(PaperKind.MINUTES,)), set()),
    ],
)
def test_hits_come_only_from_papers_that_the_filters_allow(view, filters, sources):
    answer = asker.ask(view, "lido road", filters)
    assert {hit.paper.source for hit in answer.hits} == sources
    assert answer.filters == filters


def test_a_filter_that_matches_nothing_returns_nothing(view):
    answer = asker.ask(view, "lido", Filters(bodies=("No such body",)))
    assert answer.hits == ()
    assert not answer.answered
    assert answer.confidence == 0.0


@pytest.mark.parametrize("question", ["", "  \n ", "?!", "…"])
def test_a_question_without_words_is_refused(view, question):
    with pytest.raises(EmptyQuery):
        asker.ask(view, question)


def test_a_question_that_is_too_long_is_refused(view):
    asker.ask(view, "lido " * (LONGEST_QUESTION // 5))
    with pytest.raises(QuestionTooLong):
        asker.ask(view, "x" * (LONGEST_QUESTION + 1))


def test_another_model_is_refused(view):
    class Other(HashEmbedder):
        name = "other"

    with pytest.raises(ModelMismatch):
        Asker(Other()).ask(view, "lido")


@pytest.mark.parametrize(("limit", "hits"), [(0, 1), (1, 1), (2, 2), (MOST_HITS + 9, 5)])
def test_the_limit_is_kept_within_bounds(view, limit, hits):
    assert len(asker.ask(view, "lido road geese", limit=limit).hits) == hits


def test_a_smaller_limit_gives_the_head_of_a_larger_one(view):
    whole = asker.ask(view, "lido road geese").hits
    assert asker.ask(view, "lido road geese", limit=2).hits == whole[:2]


@given(limit=st.integers(1, 8))
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_how_many_are_wanted_does_not_change_whether_it_is_answered(view, limit):
    assert asker.ask(view, "lido geese", limit=limit).confidence == (
        asker.ask(view, "lido geese").confidence
    )


def test_a_name_that_the_papers_lack_makes_an_answer_less_likely(view):
    held = asker.ask(view, "When was the Lido built?")
    lacking = asker.ask(view, "When was the Otterdrome built?")
    assert lacking.confidence < held.confidence


def test_a_question_with_a_date_prefers_the_meeting_near_it(folder):
    texts = ["The fee for a skip was raised after a debate."], ["Other business was heard."]
    years = {
        year: paper(*texts, source=f"/{year}.md", meeting_date=date(year, 6, 1))
        for year in (2029, 2030, 2031)
    }
    # Not twins: each adds a figure of its own.
    papers = [
        replace(each, passages=(replace(each.passages[1], id=str(year)),))
        for year, each in years.items()
    ]
    with Library.create_or_open(folder, "hash", 64) as library:
        library.keep(embedded(*papers))
    with open_view(folder) as opened:
        hit = asker.ask(opened, "Which other business was heard in May 2030?").hits[0]
    assert hit.paper.source == "/2030.md"


def test_the_same_words_in_draft_and_confirmed_minutes_are_one_hit(folder):
    words = ["The panel agreed to mend the weir by hand before the winter floods."]
    draft = paper(words, source="/draft.md", state=PaperState.DRAFT)
    confirmed = paper(words, source="/confirmed.md", state=PaperState.CONFIRMED)
    with Library.create_or_open(folder, "hash", 64) as library:
        library.keep(embedded(draft, confirmed))
    with open_view(folder) as opened:
        (hit,) = asker.ask(opened, "Who mends the weir?").hits
    assert hit.paper.source == "/confirmed.md"
    assert [twin.paper.source for twin in hit.twins] == ["/draft.md"]


def test_a_library_built_in_another_order_answers_the_same(tmp_path):
    answers = []
    for name, papers in (("one", [LIDO, ROADS]), ("other", [ROADS, LIDO])):
        with Library.create_or_open(tmp_path / name, "hash", 64) as library:
            for each in papers:
                library.keep(embedded(each))
        with open_view(tmp_path / name) as opened:
            answers.append(asker.ask(opened, "lido road geese").hits)
    assert answers[0] == answers[1]
