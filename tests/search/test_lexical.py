import shutil
from collections import Counter
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.paper import PaperKind
from search.answer import Filters
from search.lexical.fields import LexicalRow
from search.lexical.index import LexicalIndex
from search.lexical.writer import LexicalWriter, build_aside
from search.readings.holding import ANYTHING, Holding
from search.words import stem_of, stems

WORDS = ["bin", "road", "lido", "fee", "otter"]
BODIES = [None, "Cabinet", "Roads Panel"]
KINDS = [PaperKind.MINUTES, PaperKind.REPORT]
NONE = np.zeros(0, dtype=np.int64)


def row(
    number, text, *, title="", item="", context="", body=None, kind="minutes", day=None, **numbered
):
    paper = f"paper{number % 3}"
    return LexicalRow(number, text, title, item, context, paper, body, kind, day, **numbered)


def index(folder, *rows):
    writer = LexicalWriter(folder, "identity")
    writer.held(0)
    writer.write(NONE, rows, 1)
    return LexicalIndex(folder)


def numbers(found):
    return [number for number, _ in found]


rows = st.builds(
    lambda words, body, kind, day: (" ".join(words), body, kind, day),
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=6),
    st.sampled_from(BODIES),
    st.sampled_from(KINDS),
    st.one_of(st.none(), st.dates(date(2030, 1, 1), date(2030, 1, 9))),
)
some = st.lists(rows, min_size=1, max_size=25)
days = st.one_of(st.none(), st.dates(date(2030, 1, 1), date(2030, 1, 5)))
filters = st.builds(
    lambda bodies, kinds, papers, since, later: Filters(
        tuple(bodies), tuple(kinds), since, later and later.replace(day=later.day + 4), papers
    ),
    st.lists(st.sampled_from(["Cabinet", "Roads Panel", "No such body"]), max_size=2),
    st.lists(st.sampled_from(KINDS), max_size=1),
    st.sampled_from([(), ("paper0",), ("paper1", "paper2"), ("none",)]),
    days,
    days,
)


def allowed(filters, each):
    return (
        (not filters.bodies or each.body in filters.bodies)
        and (not filters.kinds or each.kind in {kind.value for kind in filters.kinds})
        and (not filters.papers or each.paper in filters.papers)
        and (
            filters.since is None or bool(each.meeting_date and each.meeting_date >= filters.since)
        )
        and (
            filters.until is None or bool(each.meeting_date and each.meeting_date <= filters.until)
        )
    )


@settings(max_examples=30, deadline=None)
@given(some, filters, st.sets(st.sampled_from(WORDS), min_size=1, max_size=3))
def test_a_filtered_search_is_the_whole_search_less_what_the_filter_forbids(
    tmp_path_factory, given_rows, chosen, words
):
    made = [
        row(n, text, body=body, kind=kind.value, day=day)
        for n, (text, body, kind, day) in enumerate(given_rows, start=1)
    ]
    opened = index(tmp_path_factory.mktemp("lexical"), *made)
    by_number = {each.number: each for each in made}
    everything = opened.search(sorted(words), Filters(), 100)
    expected = [(n, score) for n, score in everything if allowed(chosen, by_number[n])]
    assert opened.search(sorted(words), chosen, 100) == [
        (n, pytest.approx(score, rel=1e-5)) for n, score in expected
    ]


words_of_any_kind = st.text(st.characters(exclude_categories=("Cs",)), max_size=200)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(words_of_any_kind, words_of_any_kind), min_size=1, max_size=5))
def test_the_stems_of_a_passage_come_back_as_its_words_give_them(tmp_path_factory, texts):
    made = [row(n, own, context=beside) for n, (own, beside) in enumerate(texts, start=1)]
    opened = index(tmp_path_factory.mktemp("lexical"), *made)
    held = opened.stems([*range(1, len(texts) + 1), 99])
    assert {
        n: (each.own.split(" ")[1:-1], each.beside.split(" ")[1:-1]) for n, each in held.items()
    } == {
        n: (stems(own) or [""], stems(beside) or [""])
        for n, (own, beside) in enumerate(texts, start=1)
    }


def test_no_passages_have_no_stems(tmp_path):
    assert index(tmp_path, row(1, "Otters.")).stems([]) == {}


@settings(max_examples=20, deadline=None)
@given(some, st.lists(st.integers(1, 25), unique=True))
def test_an_index_brought_up_in_steps_finds_what_one_made_at_once_finds(
    tmp_path_factory, given_rows, gone
):
    made = [row(n, text) for n, (text, *_) in enumerate(given_rows, start=1)]
    gone = [n for n in gone if n <= len(made)]
    left = [each for each in made if each.number not in gone]
    writer = LexicalWriter(tmp_path_factory.mktemp("steps"), "identity")
    writer.held(0)
    writer.write(NONE, made[::2], 1)
    writer.write(NONE, made[1::2], 2)
    writer.write(np.array(sorted(gone), dtype=np.int64), [], 3)
    stepwise = LexicalIndex(writer._folder)
    at_once = index(tmp_path_factory.mktemp("at_once"), *left)
    assert writer.held(3).tolist() == stepwise.numbers().tolist() == at_once.numbers().tolist()
    for word in WORDS:
        one = sorted(numbers(stepwise.search([word], Filters(), 100)))
        assert one == sorted(numbers(at_once.search([word], Filters(), 100)))


def test_equal_scores_stand_by_number(tmp_path):
    opened = index(tmp_path, *(row(n, "a lido") for n in range(40, 0, -1)))
    assert numbers(opened.search(["lido"], Filters(), 30)) == list(range(1, 31))


def test_words_of_title_item_and_context_find_a_passage(tmp_path):
    opened = index(
        tmp_path, row(1, "x", title="Lido"), row(2, "x", item="Lido"), row(3, "x", context="lido")
    )
    assert sorted(numbers(opened.search(["lido"], Filters(), 5))) == [1, 2, 3]


def test_a_word_counts_more_in_the_passage_than_in_its_context(tmp_path):
    opened = index(tmp_path, row(1, "x y", context="lido"), row(2, "lido y", context="x"))
    assert numbers(opened.search(["lido"], Filters(), 5))[0] == 2


def test_frequency_counts_the_passages_that_hold_a_stem(tmp_path):
    opened = index(tmp_path, row(1, "lidos and lido"), row(2, "a lido"), row(3, "x", title="lido"))
    assert opened.frequency("lido") == 2
    assert opened.frequency("otter") == 0


def test_no_words_or_no_room_find_nothing(tmp_path):
    opened = index(tmp_path, row(1, "lido"))
    assert opened.search([], Filters(), 5) == opened.search(["lido"], Filters(), 0) == []


@settings(deadline=None, max_examples=30)
@given(some, filters, st.lists(st.sampled_from(WORDS), min_size=1, max_size=4, unique=True))
def test_counts_are_those_of_looking_at_every_passage(tmp_path_factory, made, asked, words):
    held = [
        row(at, text, body=body, kind=kind.value, day=day)
        for at, (text, body, kind, day) in enumerate(made)
    ]
    found = index(tmp_path_factory.mktemp("counted"), *held)
    needed = len(words) // 2 + 1
    slow = [
        each
        for each in held
        if allowed(asked, each) and len(set(words) & set(each.text.split())) >= needed
    ]
    count, values = found.counts([stem_of(word)[0] for word in words], needed, asked, ANYTHING)
    assert count == len(slow)
    assert values["kind"] == Counter(each.kind for each in slow)
    assert values["body"] == Counter(each.body for each in slow if each.body)


@pytest.mark.parametrize(
    ("holding", "held"),
    [
        (Holding(phrases=("low walls",)), [1]),
        (Holding(phrases=("Low Wall",)), [1]),
        (Holding(phrases=("walls low",)), [2]),
        (Holding(phrases=("30/00109",)), [3]),
        (Holding(phrases=("low walls", "30/00109")), []),
        (Holding(phrases=("?",)), []),
        (Holding(minutes=("12",)), [2]),
        (Holding(items=("7", "8")), [1, 3]),
        (Holding(items=("9",)), []),
    ],
)
def test_only_passages_that_hold_what_they_must_are_found(tmp_path, holding, held):
    made = [
        row(1, "the low walls of a toll", item_number="7"),
        row(2, "walls low and a toll", minute="12"),
        row(3, "a toll, see 30/00109", item_number="8"),
    ]
    found = index(tmp_path / "index", *made)
    assert sorted(numbers(found.search(["toll"], Filters(), 9, holding))) == held
    assert found.allowed(Filters(), holding).tolist() == held
    assert found.count(Filters(), holding) == len(held)


def test_a_lesser_word_counts_less(tmp_path):
    found = index(tmp_path / "index", row(1, "otter"), row(2, "lido"))
    assert numbers(found.search(["otter"], Filters(), 9, lesser=["lido"])) == [1, 2]
    assert numbers(found.search(["lido"], Filters(), 9, lesser=["otter"])) == [2, 1]


def test_traces_of_removed_passages_are_owed_until_the_index_built_aside_takes_over(tmp_path):
    writer = LexicalWriter(tmp_path / "lexical", "identity")
    writer.held(0)
    made = [row(n, "otter" if n == 3 else "lido") for n in range(1, 41)]
    writer.write(NONE, made, 1)
    assert not writer.owed
    writer.held(1)
    writer.write(np.array([3]), [], 2, thorough=True)
    answering = LexicalIndex(tmp_path / "lexical")
    assert writer.owed
    assert answering.search(["otter"], Filters(), 5) == []
    assert answering.frequency("otter") == 1
    build_aside(tmp_path / "aside", (each for each in made if each.number != 3))
    writer.take_over(tmp_path / "aside", 0, 2)
    opened = LexicalIndex(tmp_path / "lexical")
    assert not writer.owed
    assert opened.frequency("otter") == 0
    assert numbers(answering.search(["lido"], Filters(), 50)) == numbers(
        opened.search(["lido"], Filters(), 50)
    )
    assert [each.name for each in tmp_path.iterdir()] == ["lexical"]


def test_many_removed_passages_are_owed_though_traces_may_stay(tmp_path):
    writer = LexicalWriter(tmp_path / "lexical", "identity")
    writer.held(0)
    writer.write(NONE, [row(n, "lido") for n in range(10)], 1)
    writer.held(1)
    writer.write(np.array([1]), [], 2)
    assert not writer.owed
    writer.held(2)
    writer.write(np.array([2, 3]), [], 3)
    assert writer.owed


def test_what_a_killed_writer_left_is_not_in_the_way_of_the_next(tmp_path):
    def remove_one(folder):
        writer = LexicalWriter(folder, "identity")
        writer.held(1)
        writer.write(np.array([1]), (), 2)

    folder, ahead = tmp_path / "index", tmp_path / "ahead"
    index(folder, row(1, "bin road"), row(2, "road lido"))
    shutil.copytree(folder, ahead)
    remove_one(ahead)
    # Killed before the last step: the file of what is removed is there, the list of files is old.
    for each in (ahead / ".managed.json", *ahead.glob("*.del")):
        shutil.copy(each, folder)
    assert [*folder.glob("*.del")]
    remove_one(folder)
    assert LexicalIndex(folder).numbers().tolist() == [2]
