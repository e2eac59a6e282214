"""Laws that hold for every paper that real councils published."""

from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

from ingest.paper import Motion, Paper, Passage
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


def all_motions(paper: Paper) -> list[Motion]:
    return [each for motion in paper.business.motions for each in (motion, *motion.amendments)]


def test_what_happens_in_an_item_lies_inside_it(real):
    for paper in real:
        business = paper.business
        for each in (*all_motions(paper), *business.questions, *business.resolutions):
            start, end = each.span
            assert 0 <= start < end <= len(paper.text.text)
            if each.item is not None:
                item = paper.items[each.item]
                assert item.start <= start < end <= item.end, paper.source


def test_a_motion_holds_its_words_its_vote_and_the_words_that_tell_its_outcome(real):
    for paper in real:
        for motion in all_motions(paper):
            assert (motion.outcome is None) == (motion.outcome_at is None)
            vote = motion.vote.span if motion.vote else None
            for start, end in filter(None, (motion.words, vote, motion.outcome_at, motion.reply)):
                assert motion.span[0] <= start < end <= motion.span[1], paper.source


def test_a_question_stands_before_its_reply(real):
    for paper in real:
        for question in paper.business.questions:
            if question.reply:
                assert question.words[1] <= question.reply[0]
                assert question.reply[1] <= question.span[1]


def test_a_passage_with_the_words_of_a_motion_holds_or_says_its_outcome(real):
    for paper in real:
        for motion in all_motions(paper):
            if not motion.words or not motion.outcome_at:
                continue
            for passage in paper.passages:
                cited = passage.citation
                if cited.start < motion.words[1] and motion.words[0] < cited.end:
                    told = cited.start <= motion.outcome_at[0] < cited.end
                    assert told or f": {motion.outcome.value}" in passage.context, where(
                        paper, passage
                    )


def test_every_passage_has_an_id_of_its_own(real):
    ids = [passage.id for paper in real for passage in paper.passages]
    assert len(set(ids)) == len(ids)
