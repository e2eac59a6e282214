"""One way to write each character, and each still knows its place on the page."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.cleaning.characters import clean_pieces, clean_text, settled
from ingest.cleaning.pieces import NOWHERE, Piece, cut, text_of

ODD = st.text(
    st.sampled_from(
        "aZ9 .-_\t\n\u00a0\u00ad\u0002\ufffe\ufb01\ufb04\u0301e\uf0b7\uf041\ufeff\ufffc\u200b…"
    )
)


@pytest.mark.parametrize(
    ("given_text", "expected"),
    [
        ("the\u00a0chair \u2009 and\ttwo  members", "the chair and two members"),
        ("\uf0b7 lamps", "• lamps"),
        ("\uf0a7\u202flamps", "• lamps"),
        ("the ﬁrst oﬃce", "the first office"),
        ("cafe\u0301", "café"),
        ("\ufeffMinutes\ufffc\u200b", "Minutes"),
        ("co\u00adoperate", "cooperate"),
        ("non\u2011key", "non-key"),
        ("“It’s done” – she said", "“It’s done” – she said"),
        ("Ferry .......... 4", "Ferry ... 4"),
        ("Signed ________", "Signed ___"),
        ("Signed . . . . .", "Signed ."),
        ("\uf052\uf06f\uf061\uf064", "R•ad"),
        ("\ud800lone", "lone"),
    ],
)
def test_characters_are_written_one_way(given_text, expected):
    assert clean_text(given_text) == expected


@given(st.text() | ODD)
def test_cleaning_twice_changes_nothing_more(text):
    assert clean_text(clean_text(text)) == clean_text(text)


@given(st.text() | ODD)
def test_clean_text_has_no_space_at_its_ends_none_doubled_and_no_control_character(text):
    cleaned = clean_text(text)
    assert cleaned == cleaned.strip(" ")
    assert "  " not in cleaned
    assert all(character.isprintable() for character in cleaned)
    cleaned.encode()


@given(ODD)
def test_a_character_that_was_not_changed_is_at_its_place_on_the_page(text):
    for piece in settled(clean_pieces([Piece(text, 3, 100)])):
        assert piece.page == 3
        for at, character in enumerate(piece.text, start=piece.raw - 100):
            if character.isascii() and character.isalnum():
                assert text[at] in (character, "ﬁ", "ﬄ", "\uf041")


@given(ODD, st.integers(0, 9), st.integers(0, 9))
def test_cutting_pieces_cuts_their_text_and_keeps_their_places(text, start, length):
    pieces = clean_pieces([Piece(text, 1, 0), Piece(" put in ", 1), Piece(text, 1, 50)])
    part = cut(pieces, start, start + length)
    assert text_of(part) == text_of(pieces)[start : start + length]
    places = [raw for piece in part for raw in range(piece.raw, piece.raw + len(piece.text))]
    whole = [raw for piece in pieces for raw in range(piece.raw, piece.raw + len(piece.text))]
    if NOWHERE not in [piece.raw for piece in pieces]:
        assert places == whole[start : start + length]
