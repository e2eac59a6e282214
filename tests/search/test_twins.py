import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.errors import NotHeld
from search.generation import open_view
from search.twins import ONE_IN, SHINGLE, Relation, figures_of, relation, sketch
from tests.search.factory import embedded, paper

words = st.lists(st.sampled_from([f"word{n}" for n in range(40)]), max_size=400)
counts = st.tuples(st.integers(0, 500), st.integers(0, 500), st.integers(0, 500)).map(
    lambda three: (three[0] + three[2], three[1] + three[2], three[2])
)


INVERSE = {Relation.PART: Relation.HOLDS, Relation.HOLDS: Relation.PART}


def prose(topic, length=400):
    """Return words that no other topic has."""
    return " ".join(f"{topic}{n}" for n in range(length))


@given(words)
def test_case_and_punctuation_do_not_matter(some):
    assert sketch(", ".join(some).upper()) == sketch(" ".join(some))


@given(words, words)
def test_what_a_part_is_known_by_the_whole_is_known_by_too(some, more):
    assert sketch(" ".join(some)) <= sketch(" ".join([*more, *some]))


@given(words)
def test_only_shingles_are_sampled(some):
    assert len(sketch(" ".join(some))) <= max(0, len(some) - SHINGLE + 1)


def test_one_shingle_in_so_many_is_sampled():
    assert len(sketch(prose("bin", 40_000))) == pytest.approx(40_000 / ONE_IN, rel=0.05)


def test_a_sketch_is_the_same_on_every_run():
    assert sorted(sketch(prose("bin", 30)))[:1] == [-1136249662]


@given(counts, st.booleans())
def test_what_one_is_to_the_other_the_other_is_inversely_to_it(sizes, same_figures):
    mine, theirs, common = sizes
    forwards = relation(mine, theirs, common, same_figures=same_figures)
    backwards = relation(theirs, mine, common, same_figures=same_figures)
    if forwards is None:
        assert backwards is None
    else:
        assert backwards == (INVERSE.get(forwards[0], forwards[0]), forwards[1])


@given(counts, st.booleans())
def test_a_share_is_above_nothing_and_at_most_all(sizes, same_figures):
    found = relation(*sizes, same_figures=same_figures)
    assert found is None or 0 < found[1] <= 1


@given(counts)
def test_papers_that_differ_in_figures_are_never_the_same(sizes):
    found = relation(*sizes, same_figures=False)
    assert found is None or found[0] is not Relation.SAME


@given(counts, st.booleans())
def test_a_part_is_shorter_than_what_holds_it(sizes, same_figures):
    mine, theirs, _ = sizes
    found = relation(*sizes, same_figures=same_figures)
    if found and found[0] is Relation.PART:
        assert mine < theirs
    if found and found[0] is Relation.HOLDS:
        assert mine > theirs


def test_figures_count_in_their_order():
    assert figures_of("£4.2 million in 2031") == figures_of("£4.2m, 2031.")
    assert figures_of("10 for, 9 against") != figures_of("9 for, 10 against")


def twins_of(folder, one):
    with open_view(folder) as view:
        found = view.twins(one.id)
    return [(each.card.source, each.relation.value, round(each.shared, 1)) for each in found]


REPORT = paper([prose("pier")], source="/papers/report.md")
PACK = paper([prose("pier"), prose("lamp", 3_000)], source="/papers/pack.md")
AGAIN = paper([prose("pier").upper()], source="/papers/again.md")
OTHER = paper([prose("lido")], source="/papers/other.md")


def test_a_paper_published_twice_is_the_same(library, folder):
    library.keep(embedded(REPORT, AGAIN, OTHER))
    assert twins_of(folder, REPORT) == [(AGAIN.source, "same", 1.0)]
    assert twins_of(folder, OTHER) == []


def test_a_paper_with_another_figure_is_nearly_the_same(library, folder):
    first = paper([prose("pier"), "It costs £480."], source="/papers/a.md")
    second = paper([prose("pier"), "It costs £490."], source="/papers/b.md")
    library.keep(embedded(first, second))
    assert [relation for _, relation, _ in twins_of(folder, first)] == ["nearly the same"]


def test_a_report_is_part_of_the_pack_that_holds_it(library, folder):
    library.keep(embedded(REPORT, PACK))
    assert twins_of(folder, REPORT) == [(PACK.source, "part of", 1.0)]
    assert twins_of(folder, PACK) == [(REPORT.source, "holds", 1.0)]


def test_a_form_s_words_make_no_twins(library, folder):
    forms = [
        paper([prose("form"), prose(f"matter{n}x", 40)], source=f"/papers/form {n}.md")
        for n in range(12)
    ]
    library.keep(embedded(*forms))
    assert twins_of(folder, forms[0]) == []


def test_a_removed_paper_is_nobody_s_twin(library, folder):
    library.keep(embedded(REPORT, PACK))
    library.forget([PACK.source])
    assert twins_of(folder, REPORT) == []


def test_a_paper_that_changed_is_compared_as_it_is_now(library, folder):
    library.keep(embedded(REPORT, AGAIN))
    library.keep(embedded(paper([prose("lido")], source=AGAIN.source)))
    assert twins_of(folder, REPORT) == []


def test_twins_of_no_paper_are_refused(library, folder):
    library.keep(embedded(REPORT))
    with open_view(folder) as view, pytest.raises(NotHeld):
        view.twins("0" * 16)
