"""Entries that may be the same undertaking as another: suggested where it is likely, else not."""

from datetime import date, timedelta

import pytest

from search.generation import open_view
from search.register.repeating import HORIZON, MOST_ALIKE, repetitions
from search.register.wording import Wording
from tests.search.factory import embedded, paper, promising

PIER = "Mrs Tarn undertook to publish the survey of the eastern pier before the season began."
FIRST = date(2031, 5, 6)


def said(sentence: str, after: timedelta = timedelta(0), *, owner: str | None = "Mrs Tarn", **more):
    """Return a paper of a meeting so long after the first, with one undertaking."""
    met = FIRST + after
    source = f"/papers/{met}-{more.get('body', 'Cabinet')}-{more.get('item')}.md"
    return promising(
        paper([sentence], source=source, meeting_date=met, **more), sentence, owner=owner
    )


@pytest.fixture
def suggested(library, folder):
    def suggested(*papers) -> list[date]:
        """Return the meetings of what is suggested for the earliest entry."""
        library.keep(embedded(*papers))
        with open_view(folder) as view:
            register = view.commitments()
            found = repetitions(register, Wording(register), register[0])
            assert found == view.repetitions(register[0])
            return [each.meeting_date for each in found]

    return suggested


MONTH = timedelta(days=28)


def test_the_same_words_at_the_next_meeting_or_to_another_body_are_suggested(suggested):
    again = PIER.replace("before", "ahead of when").replace("began", "begins")
    papers = said(PIER), said(PIER, MONTH), said(PIER, 2 * MONTH, body="Harbour Panel")
    assert suggested(*papers, said(again, 3 * MONTH)) == [FIRST + MONTH, FIRST + 2 * MONTH]


def test_an_entry_is_suggested_to_the_one_and_the_other(library, folder):
    library.keep(embedded(said(PIER), said(PIER, MONTH)))
    with open_view(folder) as view:
        one, other = view.commitments()
        assert (view.repetitions(one), view.repetitions(other)) == ([other], [one])


@pytest.mark.parametrize(
    "other",
    [
        said(PIER, MONTH, owner="Mr Orme"),
        said(PIER, HORIZON + timedelta(days=1)),
        said(PIER.replace("the survey", "the 3 surveys"), MONTH),
        said("Mrs Tarn undertook to repair the lamps on Mill Lane before the season.", MONTH),
    ],
    ids=["another owner", "another year's", "another figure", "another matter"],
)
def test_what_differs_in_owner_year_figure_or_matter_is_not_suggested(suggested, other):
    assert suggested(said(PIER), other) == []


def test_the_same_words_under_another_item_of_one_meeting_are_not_suggested(library, folder):
    both = paper([PIER], [PIER.replace(" the eastern", " eastern")], source="/papers/one.md")
    library.keep(embedded(promising(both, PIER, PIER.replace(" the eastern", " eastern"))))
    with open_view(folder) as view:
        register = view.commitments()
        assert len(register) == 2
        assert repetitions(register, Wording(register), register[0]) == []


def test_a_form_of_words_that_many_entries_have_is_not_suggested(suggested):
    few = [said(PIER, MONTH * each) for each in range(MOST_ALIKE + 1)]
    assert len(suggested(*few)) == MOST_ALIKE
    assert suggested(said(PIER, MONTH * (MOST_ALIKE + 1))) == []


POINTING = "The Head of Parks agreed to look into this matter with the county engineers."


@pytest.mark.parametrize(("item", "found"), [("Otters at the weir", 1), ("Benches", 0), (None, 0)])
def test_what_only_points_to_its_matter_has_to_stand_under_the_same_item(suggested, item, found):
    first = said(POINTING, item="Otters at the weir")
    assert len(suggested(first, said(POINTING, MONTH, item=item))) == found


def test_that_a_meeting_is_held_is_not_suggested(suggested):
    held = "hold the next meeting on otters in the town hall of Sallowmere, with the engineers."
    assert suggested(said(held), said(held, MONTH)) == []
