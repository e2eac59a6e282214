"""A word broken at a line's end is whole again; a compound keeps its hyphen."""

import pytest

from ingest.cleaning.characters import BREAK, settled
from ingest.cleaning.hyphens import Spelling, joined
from ingest.cleaning.pieces import Piece, text_of


def join(first: str, second: str, *elsewhere: str) -> str:
    spelling = Spelling([*elsewhere, first, second])
    return text_of(settled(joined([(Piece(first, 1, 0),), (Piece(second, 1, 50),)], spelling)))


@pytest.mark.parametrize("mark", ["-", BREAK])
@pytest.mark.parametrize(
    ("first", "second", "elsewhere", "expected"),
    [
        ("the govern", "ment pays", "government", "the government pays"),
        ("a harbour", "wide survey", "harbour-wide", "a harbour-wide survey"),
        ("a co", "ordinated plan", "coordinated co-ordinated co-ordinated", "a co-ordinated plan"),
        ("of Upper", "Lower town", "", "of Upper-Lower town"),
        ("in 2024", "25 the", "", "in 2024-25 the"),
        ("the UPPER", "TOWN ferry", "", "the UPPER-TOWN ferry"),
        ("a long", "term plan", "a term is long", "a long-term plan"),
    ],
)
def test_the_papers_own_spelling_decides_about_a_hyphen(mark, first, second, elsewhere, expected):
    assert join(first + mark, second, elsewhere) == expected


def test_a_paper_that_breaks_words_joins_what_it_never_spells():
    lines = ["the govern-", "ment and the parlia-", "mentary", "government"]
    spelling = Spelling(lines)
    parts = [(Piece(line, 1),) for line in lines]
    assert text_of(joined(parts[:3], spelling)) == "the government and the parliamentary"


def test_a_paper_that_breaks_no_words_keeps_its_hyphens():
    assert join("a re-", "tendered contract") == "a re-tendered contract"


def test_a_dash_between_spaces_is_no_hyphen():
    assert join("Item 7 -", "the ferry") == "Item 7 - the ferry"


def test_a_web_address_is_joined_without_a_space():
    assert (
        join("write to clerk@harbour", ".example.org today")
        == "write to clerk@harbour.example.org today"
    )


def test_what_was_put_in_or_changed_is_told_from_what_stands_on_the_page():
    spelling = Spelling(["harbour-wide"])
    kept = joined([(Piece(f"harbour{BREAK}", 1, 0),), (Piece("wide", 1, 10),)], spelling)
    assert [(piece.text, piece.raw) for piece in kept] == [("harbour", 0), ("-", 7), ("wide", 10)]
