"""Plain text: paragraphs from lines that were broken at a margin, doubled or never broken."""

from ingest.paper import BlockRole
from tests.ingest.papers import check_laws, read_as, roles, said

WRAPPED = """\
MINUTES of the Harbour Committee

The harbour master told members that the quay wall had moved by two inches since the
spring, and asked that it be surveyed before the winter storms came in from the north.

Present:
Mrs A Tidewell
Mr B Quay

1. Apologies
There were none.
"""


def test_lines_broken_at_a_margin_become_paragraphs():
    assert said(read_as("minutes.txt", WRAPPED)) == [
        "MINUTES of the Harbour Committee",
        "The harbour master told members that the quay wall had moved by two inches since the "
        "spring, and asked that it be surveyed before the winter storms came in from the north.",
        "Present:",
        "Mrs A Tidewell",
        "Mr B Quay",
        "1. Apologies",
        "There were none.",
    ]


def test_a_blank_line_after_every_line_parts_nothing():
    spaced = WRAPPED.replace("\n\n", "\n").replace("\n", "\n\n")
    assert said(read_as("minutes.txt", spaced)) == said(read_as("minutes.txt", WRAPPED))


def test_long_lines_are_paragraphs_and_blank_lines_with_odd_spaces_are_blank():
    line = "The committee heard a long account of the state of the lamps. " * 5
    text = read_as("page.txt", f"Minutes:\n{line}\n \u00a0\n{line}\n")
    assert said(text) == ["Minutes:", line.strip(), line.strip()]
    assert not text.paged
    assert [page.number for page in text.pages] == [1]


def test_a_number_alone_on_its_line_belongs_to_the_title_after_it():
    text = read_as("agenda.txt", "1.\n\nAdoption of Minutes:\n\n(a)\n\nThe ferry accounts\n")
    assert roles(text) == [
        (BlockRole.LIST_ITEM, "1. Adoption of Minutes:"),
        (BlockRole.LIST_ITEM, "(a) The ferry accounts"),
    ]


def test_a_justified_title_of_one_word_a_line_is_one_block():
    text = read_as(
        "agenda.txt", "MINUTES\n\nOF\n\nMEETING\n\nOF\n\nTHE\n\nHARBOUR BOARD\n\nQUAYSIDE,\n\nON\n"
    )
    assert said(text) == ["MINUTES OF MEETING OF THE HARBOUR BOARD QUAYSIDE, ON"]


def test_a_table_typed_one_cell_a_line_is_read_by_rows():
    text = read_as("table.txt", "District\nUpper Town\n593\n12%\n€459\nQuayside\n41\n8%\n-\n")
    assert roles(text)[1:] == [
        (BlockRole.TABLE_ROW, "Upper Town | 593 | 12% | €459"),
        (BlockRole.TABLE_ROW, "Quayside | 41 | 8% | -"),
    ]


def test_a_form_feed_ends_a_page():
    text = read_as("print.txt", "The ferry accounts were laid before the\fcouncil.\n\nPage 2\n")
    assert text.paged
    assert [page.text for page in text.pages] == [
        "The ferry accounts were laid before the ",
        "council.",
    ]
    check_laws(text)


def test_old_windows_text_and_utf_16_are_decoded():
    words = "The café’s rent – £20"
    assert read_as("a.txt", words.encode("cp1252")).text == words
    assert read_as("a.txt", words.encode("utf-16")).text == words
    assert read_as("a.txt", words.encode("utf-8-sig")).text == words
