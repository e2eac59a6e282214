"""What readers browse: each part is that of the whole paper."""

from datetime import date

import numpy as np
import pytest

from ingest.paper import PaperKind
from ingest.understanding import make_paper
from search.answer import Filters
from search.errors import NotHeld
from search.generation import open_view
from search.holdings import YearCount
from tests.api.papers import write_papers
from tests.search.factory import embedded, paper


@pytest.fixture
def whole(library, tmp_path):
    """Keep a paper of two printed pages, and return it."""
    write_papers(tmp_path / "papers")
    file = tmp_path / "papers" / "lighthouse.pdf"
    made = make_paper(file, file.read_bytes())
    library.keep(embedded(made))
    return made


def test_a_leaf_is_the_papers_own_page_with_its_blocks_and_origins(whole, folder):
    with open_view(folder) as view:
        leaves = [view.leaf(whole.id, page.number) for page in whole.text.pages]
    assert [leaf.page for leaf in leaves] == list(whole.text.pages)
    assert [each for leaf in leaves for each in leaf.blocks] == list(whole.text.blocks)
    assert [leaf.first_block for leaf in leaves] == [0, len(leaves[0].blocks)]
    assert (np.concatenate([leaf.origins for leaf in leaves]) == whole.text.origins).all()
    assert {leaf.items for leaf in leaves} == {whole.items}


def test_the_page_of_a_character_is_that_of_the_whole_paper(whole, folder):
    with open_view(folder) as view:
        leaf = view.leaf(whole.id, 1)
        for position in range(len(whole.text.text)):
            expected = whole.text.page_at(position)
            assert view.page_at(whole.id, position) == leaf.page_at(position) == expected


def test_a_page_or_paper_that_is_not_held_is_said_so(whole, folder):
    with open_view(folder) as view:
        for identity, number in ((whole.id, 3), (whole.id, 0), ("0" * 16, 1)):
            with pytest.raises(NotHeld):
                view.leaf(identity, number)
        with pytest.raises(NotHeld):
            view.page_at("0" * 16, 0)


def test_parts_of_a_list_put_together_are_the_whole_list(library, folder):
    library.keep(
        embedded(
            *(
                paper(
                    [f"Lido {n}."], source=f"/papers/{n}.md", meeting_date=date(2024, 1, 1 + n % 3)
                )
                for n in range(7)
            )
        )
    )
    with open_view(folder) as view:
        parts = [view.part_of_list(Filters(), 3, at) for at in (0, 3, 6, 9)]
        assert [card for cards, _ in parts for card in cards] == view.papers()
        assert {total for _, total in parts} == {7}
        meetings, total = view.meetings(Filters(), 2)
        assert (len(meetings), total) == (2, 3)
        assert meetings[0].day == date(2024, 1, 3)
        assert sum(each.papers for each in view.meetings(Filters(), 9)[0]) == 7


def test_years_count_every_paper_once(library, folder):
    library.keep(
        embedded(
            paper(["Lido."], source="/a.md", meeting_date=date(2023, 5, 1)),
            paper(["Lido!"], source="/b.md", meeting_date=date(2024, 5, 1)),
            paper(["Lido?"], source="/c.md", meeting_date=None, body=None),
        )
    )
    with open_view(folder) as view:
        years = view.years()
    assert sum(each.papers for each in years) == 3
    assert years[-1] == YearCount(None, None, 1)
    assert [each.year for each in years[:-1]] == [2023, 2024]


def test_an_empty_library_has_nothing_to_browse(library, folder):
    library.keep([])
    with open_view(folder) as view:
        assert view.part_of_list(Filters(), 9) == ([], 0)
        assert view.meetings(Filters(), 9) == ([], 0)
        assert (view.items(Filters()), view.years(), view.unread_pages()) == ([], [], [])
        assert view.matters(PaperKind.MINUTES, 3) == []
        assert view.last_noted() is None
