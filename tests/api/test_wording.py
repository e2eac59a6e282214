from datetime import date

import pytest

from api.cli.printing import page_numbers
from api.wording import between_marks, called, cited, counted, days, listed, pages, paragraphs
from ingest.paper import Citation, ItemKind, PaperKind, PaperState
from search.answer import ItemCard, PaperCard


def paper(**known) -> PaperCard:
    given = {
        "id": "0" * 16,
        "source": "/papers/minutes.pdf",
        "title": "Harbour business",
        "kind": PaperKind.MINUTES,
        "state": None,
        "body": "Harbour Committee",
        "meeting_date": date(2024, 3, 12),
        "format": "pdf",
        "paged": True,
        "page_count": 9,
    }
    return PaperCard(**(given | known))


def test_numbered_paragraphs_are_part_of_a_citation():
    assert paragraphs(Citation(3, 4, 0, 9, ("3.2", "3.4"))) == "paragraphs 3.2 to 3.4"
    assert paragraphs(Citation(3, 4, 0, 9, ("14", "14"))) == "paragraph 14"
    assert paragraphs(Citation(3, 4, 0, 9)) is None
    item = ItemCard("7", None, "Lamps", ItemKind.MOTION)
    assert cited(paper(), item, Citation(3, 3, 0, 9, ("5", "6"))).endswith("paragraphs 5 to 6")


@pytest.mark.parametrize(
    ("words", "cut", "set_as"),
    [
        ("The pier is shut.", False, "“The pier is shut.”"),
        ("The pier is", True, "“The pier is …”"),
        ("“That the pier be shut.”", False, "“That the pier be shut.”"),
        ("“That the pier be shut”.", False, "“That the pier be shut”."),
        ('"That the pier be shut."', False, '"That the pier be shut."'),
        ("“That the pier", True, "“That the pier …”"),
        ('"That the pier', True, '"That the pier …"'),
        ("“The pier is shut. “It leaks.”", False, "“The pier is shut. “It leaks.”"),
        ("“Shut “the pier” today.”", False, "“Shut “the pier” today.”"),
        ("and the pier be shut.”", False, "“and the pier be shut.”"),
        ("“Pier” is a long word.", False, "““Pier” is a long word.”"),
        ("“Pier” and “quay”", False, "““Pier” and “quay””"),
        ("they call it a “pier”", False, "“they call it a “pier””"),
        ("“", False, "“”"),
        ("", False, "“”"),
    ],
)
def test_a_quotation_stands_between_marks_once(words, cut, set_as):
    assert between_marks(words, cut) == set_as
    assert words in set_as


def test_a_citation_names_meeting_item_paper_and_pages():
    item = ItemCard("7", "285", "Dredging", ItemKind.SUBSTANTIVE)
    assert cited(paper(), item, Citation(3, 4, 0, 9)) == (
        "Harbour Committee, 12 March 2024 · Minute 285 (item 7), Dredging"
        " · Harbour business (minutes) · pages 3 to 4"
    )


def test_a_citation_leaves_out_what_is_not_known():
    bare = paper(body=None, meeting_date=None, paged=False)
    item = ItemCard(None, None, None, ItemKind.SUBSTANTIVE)
    assert cited(bare, item, Citation(1, 1, 0, 9)) == "Harbour business (minutes)"


def test_a_paper_whose_title_tells_its_kind_is_not_told_twice():
    assert called(paper(title="Minutes of 12 March")) == "Minutes of 12 March"
    draft = paper(title="Minutes of 12 March", state=PaperState.DRAFT)
    assert called(draft) == "Minutes of 12 March (draft minutes)"


def test_pages_are_named_only_where_there_are_any():
    assert pages(Citation(3, 3, 0, 9), paper()) == "page 3"
    assert pages(Citation(1, 1, 0, 9), paper(paged=False)) is None


@pytest.mark.parametrize(
    ("numbers", "shown"),
    [([3], "page 3"), ([1, 2, 3, 4, 9], "pages 1 to 4, 9"), ([1, 3], "pages 1, 3")],
)
def test_runs_of_pages_are_drawn_together(numbers, shown):
    assert page_numbers(numbers) == shown


def test_numbers_and_names_read_as_in_a_sentence():
    assert [counted(1, "page"), counted(2_000, "page")] == ["1 page", "2,000 pages"]
    assert [listed(["a"]), listed(["a", "b", "c"])] == ["a", "a, b and c"]


@pytest.mark.parametrize(
    ("first", "last", "shown"),
    [
        (date(2024, 2, 1), date(2024, 2, 29), "February 2024"),
        (date(2023, 2, 1), date(2023, 2, 27), "1 February 2023 to 27 February 2023"),
        (date(2024, 1, 1), date(2024, 12, 31), "2024"),
        (date(2024, 4, 1), date(2024, 6, 30), "1 April 2024 to 30 June 2024"),
        (date(2024, 12, 1), date.max, "1 December 2024 to 31 December 9999"),
    ],
)
def test_a_whole_month_or_year_is_called_by_its_name(first, last, shown):
    assert days(first, last) == shown
