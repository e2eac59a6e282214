"""Laws that hold for every paper that real councils published."""

from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

from ingest.paper import Paper, Passage
from ingest.passages import LONGEST_WORDS
from ingest.reading import SUFFIXES
from ingest.understanding import make_paper
from tests.shared import corpora

FEWEST_WORDS = 5


@cache
def papers(corpus: str) -> tuple[Paper, ...]:
    folder = corpora() / corpus
    files = sorted(path for path in folder.rglob("*") if path.suffix.casefold() in SUFFIXES)
    return tuple(make_paper(path, path.read_bytes()) for path in files)


@pytest.fixture(params=["kent", "limerick", "croydon"])
def real(request) -> tuple[Paper, ...]:
    return papers(request.param)


def where(paper: Paper, passage: Passage) -> str:
    return f"{Path(paper.source).name}, page {passage.citation.first_page}: {passage.text[:80]!r}"


def test_every_passage_stands_word_for_word_at_its_cited_pages(real):
    for paper in real:
        pages = {page.number: page for page in paper.text.pages}
        assert "".join(page.text for page in paper.text.pages) == paper.text.text
        for passage in paper.passages:
            cited = passage.citation
            held = "".join(
                page.text[max(0, cited.start - page.start) : max(0, cited.end - page.start)]
                for number in range(cited.first_page, cited.last_page + 1)
                if (page := pages[number])
            )
            assert held == passage.text, where(paper, passage)


def test_no_passage_crosses_an_agenda_item_and_none_overlaps_the_next(real):
    for paper in real:
        starts = {item.start for item in paper.items}
        for passage in paper.passages:
            cited = passage.citation
            assert not any(cited.start < start < cited.end for start in starts), where(
                paper, passage
            )
            if passage.item is not None:
                item = paper.items[passage.item]
                assert item.start <= cited.start < cited.end <= item.end, where(paper, passage)
        assert all(a.citation.end <= b.citation.start for a, b in pairwise(paper.passages))


def test_a_passage_is_short_only_where_its_item_says_no_more_and_never_too_long(real):
    for paper in real:
        around = [None, *paper.passages, None]
        for before, passage, after in zip(around, around[1:], around[2:], strict=False):
            words = len(passage.text.split())
            assert words <= LONGEST_WORDS, where(paper, passage)
            if words < FEWEST_WORDS:
                beside = [each.item for each in (before, after) if each]
                assert passage.item not in beside, where(paper, passage)


def test_every_passage_has_an_id_of_its_own(real):
    ids = [passage.id for paper in real for passage in paper.passages]
    assert len(set(ids)) == len(ids)
