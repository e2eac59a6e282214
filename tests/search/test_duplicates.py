import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.paper import PaperKind, PaperState
from search.answer import PaperCard
from search.duplicates import Prints, alike, collapse, print_of
from search.words import stems

SAID = "The panel heard that the otter ladder at Mill Weir would cost {} and open in the spring."


def card(kind=PaperKind.MINUTES, state=None):
    return PaperCard("p", "/p", "Minutes", kind, state, "Cabinet", None, "pdf", True, 1)


def groups(texts, limit=10, papers=None):
    words = {name: " ".join(stems(text)) for name, text in texts.items()}
    made = papers or {name: card() for name in texts}
    return [(each.first, each.twins) for each in collapse(list(texts), made, words, limit)]


def test_the_same_words_are_shown_once_and_the_others_listed():
    texts = {"a": SAID.format("£5"), "b": SAID.format("£5"), "c": "Something else was agreed."}
    assert groups(texts) == [("a", ["b"]), ("c", [])]


def test_passages_that_differ_in_a_figure_are_no_twins():
    assert groups({"a": SAID.format("£5"), "b": SAID.format("£6")}) == [("a", []), ("b", [])]


def test_a_word_or_two_of_difference_makes_no_new_passage():
    longer = SAID.format("£5") + " This was noted."
    assert groups({"a": longer, "b": SAID.format("£5")}) == [("a", ["b"])]


def test_headings_that_share_a_few_words_are_no_twins():
    assert len(groups({"a": "Any other business", "b": "Any other business none"})) == 2


def test_the_confirmed_minutes_are_shown_before_the_draft():
    texts = {"draft": SAID, "confirmed": SAID}
    papers = {"draft": card(state=PaperState.DRAFT), "confirmed": card(state=PaperState.CONFIRMED)}
    assert groups(texts, papers=papers) == [("confirmed", ["draft"])]


def test_the_minutes_are_shown_before_the_pack():
    texts = {"pack": SAID, "minutes": SAID}
    papers = {"pack": card(kind=PaperKind.PACK), "minutes": card()}
    assert groups(texts, papers=papers) == [("minutes", ["pack"])]


def test_among_equals_the_best_ranked_is_shown():
    assert groups({"b": SAID, "a": SAID, "c": SAID}) == [("b", ["a", "c"])]


def test_a_passage_beyond_the_limit_is_still_a_twin():
    texts = {"a": SAID, "x": "Bats were counted in the old church tower.", "b": SAID}
    assert groups(texts, limit=1) == [("a", ["b"])]


NOTICE = "I will ask the next meeting how many moorings at Mill Weir stand empty since {}."
REPLIED = f"12. {NOTICE} REPLY: There are 34, of which 7 need repair."


@pytest.mark.parametrize("order", [("notice", "minutes"), ("minutes", "notice")])
@pytest.mark.parametrize("limit", [1, 10])
def test_what_an_agenda_announces_is_shown_with_the_reply(order, limit):
    texts = {"notice": NOTICE.format(2031), "minutes": REPLIED.format(2031)}
    papers = {"notice": card(kind=PaperKind.AGENDA), "minutes": card()}
    found = groups({name: texts[name] for name in order}, limit, papers)
    assert found == [("minutes", ["notice"])]


def test_copies_of_the_reply_join_the_notice_too():
    texts = {"notice": NOTICE, "minutes": REPLIED, "copy": REPLIED}
    papers = {"notice": card(kind=PaperKind.AGENDA), "minutes": card(), "copy": card()}
    assert groups(texts, 1, papers) == [("minutes", ["copy", "notice"])]


@pytest.mark.parametrize("order", [("notice", "one", "other"), ("one", "other", "notice")])
def test_replies_with_other_figures_stay_apart_whoever_gave_notice(order):
    texts = {"notice": NOTICE, "one": REPLIED, "other": REPLIED.replace("34", "35")}
    papers = {"notice": card(kind=PaperKind.AGENDA), "one": card(), "other": card()}
    found = groups({name: texts[name] for name in order}, papers=papers)
    assert found == [("one", ["notice"]), ("other", [])]


def test_a_notice_with_a_figure_of_its_own_and_a_question_in_minutes_stay_apart():
    texts = {"one": NOTICE.format(2031), "other": REPLIED.format(2032)}
    papers = {"one": card(kind=PaperKind.AGENDA), "other": card()}
    assert len(groups(texts, papers=papers)) == 2
    assert len(groups({"one": NOTICE, "other": REPLIED})) == 2


@given(st.lists(st.text("ab 1", max_size=12), max_size=8), st.integers(1, 9))
def test_every_passage_is_shown_or_listed_at_most_once(texts, limit):
    found = groups({str(n): text for n, text in enumerate(texts)}, limit)
    named = [name for first, twins in found for name in (first, *twins)]
    assert len(found) <= limit
    assert len(named) == len(set(named))
    if limit > len(texts):
        assert len(named) == len(texts)


few_words = st.lists(st.sampled_from(["otter", "weir", "ladder", "5", "spring"]), max_size=12)


@given(st.lists(few_words, max_size=8), few_words)
def test_those_alike_are_found_as_if_all_were_looked_at(held, words):
    prints = Prints()
    for each in held:
        prints.add(print_of(each))
    mine = print_of(words)
    looked_at = [at for at, each in enumerate(held) if alike(mine, print_of(each))]
    assert list(prints.like(mine)) == looked_at
