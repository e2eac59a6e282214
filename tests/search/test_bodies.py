import numpy as np
import pytest

from search.answer import Filters
from search.generation import open_view
from tests.embedders import HashEmbedder
from tests.search.factory import embedded, paper


def of(body, number, folder="papers"):
    return paper([f"The lido opens at {number}."], source=f"/{folder}/{number}.md", body=body)


SPELT = ("Roads & Paths Committee", "Roads and Paths Committee", "ROADS AND PATHS COMMITTEE")
ROADS = [of(SPELT[1], 1), of(SPELT[0], 2), of(SPELT[1], 3), of(SPELT[2], 4)]
LIDO = of("Lido Panel", 5)


def by_words(view, body):
    return _sources(view, view.by_words(["lido"], Filters(bodies=(body,)), 50))


def by_meaning(view, body):
    question = np.asarray(HashEmbedder().embed_passages(["lido"])[0])
    return _sources(view, view.by_meaning(question, Filters(bodies=(body,)), 50))


def by_list(view, body):
    return {card.source for card in view.papers(Filters(bodies=(body,)))}


WAYS = (by_words, by_meaning, by_list)


def _sources(view, ranking):
    kept = view.passages([identity for identity, _ in ranking])
    return {each.paper.source for each in kept.values()}


def counts(view):
    return [(each.body, each.papers) for each in view.bodies()]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("body", [*SPELT, "the roads and paths committee"])
def test_a_filter_in_any_spelling_finds_papers_of_all(library, folder, way, body):
    library.keep(embedded(*ROADS, LIDO))
    with open_view(folder) as view:
        assert way(view, body) == {each.source for each in ROADS}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("body", ["Bins Committee", "Full Council", "?", ""])
def test_a_body_without_papers_finds_nothing(library, folder, way, body):
    library.keep(embedded(*ROADS, LIDO))
    with open_view(folder) as view:
        assert way(view, body) == set()


def test_a_body_is_counted_once_under_its_commonest_spelling(library, folder):
    library.keep(embedded(*ROADS, LIDO, of(None, 6)))
    with open_view(folder) as view:
        assert counts(view) == [("Lido Panel", 1), (SPELT[1], 4), (None, 1)]


def test_cards_show_the_common_name_and_papers_keep_their_own(library, folder):
    library.keep(embedded(*ROADS))
    with open_view(folder) as view:
        assert view.card(ROADS[1].id).body == SPELT[1]
        assert view.paper(ROADS[1].id).body == SPELT[0]


def test_the_name_shown_follows_the_papers(library, folder):
    library.keep(embedded(*ROADS))
    library.forget([ROADS[0].source, ROADS[2].source])
    with open_view(folder) as view:
        assert counts(view) == [(SPELT[2], 2)]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("body", ["Full Council", "Saltmarsh Council", "Council"])
def test_full_council_is_the_council_that_papers_beside_it_name(library, folder, way, body):
    told = [of("Full Council", 1), of("Full Council", 2), of("Saltmarsh Council", 3)]
    library.keep(embedded(*told, of("Dunmarsh Council", 4, folder="elsewhere")))
    with open_view(folder) as view:
        assert way(view, body) == {each.source for each in told}
        assert counts(view) == [("Dunmarsh Council", 1), ("Saltmarsh Council", 3)]


@pytest.mark.parametrize("way", WAYS)
def test_full_council_that_may_be_either_of_two_stays_by_itself(library, folder, way):
    told = of("Full Council", 1)
    library.keep(embedded(told, of("Saltmarsh Council", 2)))
    library.keep(embedded(of("Dunmarsh Council", 3)))
    with open_view(folder) as view:
        assert way(view, "Full Council") == {told.source}
        assert way(view, "Saltmarsh Council") == {"/papers/2.md"}


def test_county_council_is_the_one_council_of_that_name(library, folder):
    told = [of("County Council", 1), of("Saltmarsh County Council", 2), of("Full Council", 3)]
    library.keep(embedded(*told))
    with open_view(folder) as view:
        assert counts(view) == [("Saltmarsh County Council", 3)]


def test_county_council_that_may_be_either_of_two_stays_by_itself(library, folder):
    told = of("County Council", 1)
    library.keep(embedded(told, of("Saltmarsh County Council", 2)))
    library.keep(embedded(of("Dunmarsh County Council", 3)))
    with open_view(folder) as view:
        assert by_list(view, "County Council") == {told.source}


def test_county_council_is_no_town_council(library, folder):
    library.keep(embedded(of("County Council", 1), of("Saltmarsh Town Council", 2)))
    with open_view(folder) as view:
        assert counts(view) == [("County Council", 1), ("Saltmarsh Town Council", 1)]
