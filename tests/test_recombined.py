"""The papers that the benchmark of size is made of are whole papers, and no two passages alike."""

from itertools import chain

import numpy as np
import pytest

from ingest.embedding import of_norm_one
from search.generation import open_view
from search.library import Library
from tests.benchmarks.recombined import Sources, papers

WORDS = ("lido", "quay", "towpath", "ferry", "market", "bandstand", "allotment", "weir")
SOURCES = Sources(
    [[f"The {word} was discussed for {n} minutes." for n in range(8)] for word in WORDS],
    of_norm_one(np.random.default_rng(7).standard_normal((len(WORDS), 64))),
)


@pytest.mark.parametrize("count", [1, 16, 70])
def test_there_are_as_many_passages_as_asked_for_each_cut_from_its_paper(count):
    made = list(papers(SOURCES, count))
    passages = [(each.paper, passage) for each in made for passage in each.paper.passages]
    assert len(passages) == count
    assert len({passage.text for _, passage in passages}) == count
    for paper, passage in passages:
        place = passage.citation
        assert paper.text.text[place.start : place.end] == passage.text
        assert paper.text.page_at(place.start) == place.first_page


def test_a_vector_is_near_to_those_of_what_its_passage_is_made_of():
    for each in papers(SOURCES, 32):
        assert np.linalg.norm(each.vectors, axis=1) == pytest.approx(1, abs=1e-5)
        for passage, vector in zip(each.paper.passages, each.vectors, strict=True):
            near = [at for at, word in enumerate(WORDS) if word in passage.text]
            far = [at for at in range(len(WORDS)) if at not in near]
            cosines = SOURCES.vectors @ vector
            assert cosines[near].mean() > cosines[far].mean()


def test_the_same_seed_gives_the_same_papers_and_another_one_others():
    one, again, other = (
        [each.paper.passages for each in papers(SOURCES, 20, seed)] for seed in (1, 1, 2)
    )
    assert one == again
    assert not set(chain(*one)) & set(chain(*other))


def test_a_library_takes_them_in(tmp_path):
    with Library.create_or_open(tmp_path / "library", "made", 64) as library:
        library.keep(list(papers(SOURCES, 40)))
    with open_view(tmp_path / "library") as view:
        assert view.passage_count == 40
