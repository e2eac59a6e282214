"""Table rows read out, and the passages that hold them."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from ingest.paper import BlockRole, CleanText
from ingest.passages import FEWEST_WORDS, MOST_WORDS, cut, embedded_text
from ingest.readout import MOST_CHARACTERS, read_out
from tests.ingest.papers import read_as
from tests.ingest.test_passages import prose

FERRY = (
    "# Accounts\n\nTable 1: Ferry costs\n\n| Item | 2023 | 2024 |\n|---|---|---|\n"
    "| Lamps | 20 | (35) |\n| Quay | | 1,200 |\n"
)


def read(markdown: str) -> CleanText:
    return read_as("a.md", markdown)


def rows(count: int, words: int = 6) -> str:
    said = " ".join(["rope"] * words)
    return "".join(f"| Row {at} | {said} | {at} |\n" for at in range(count))


def table(count: int, words: int = 6) -> str:
    return f"Table 2: Ropes\n\n| Name | What | Sum |\n|---|---|---|\n{rows(count, words)}\n"


def test_each_figure_is_read_out_with_its_rows_label_and_its_columns_head():
    text = read(FERRY)
    assert read_out(text).of(0, len(text.blocks)) == (
        "Table 1: Ferry costs: Lamps, 2023 = 20; 2024 = (35)\nQuay, 2024 = 1,200"
    )


def test_a_sections_name_is_read_out_with_its_rows():
    text = read("| Item | 2023 | 2024 |\n|---|---|---|\n| Funded by: | | |\n| Loans | 1 | 2 |\n")
    assert read_out(text).of(0, 9) == "Funded by\nFunded by: Loans, 2023 = 1; 2024 = 2"


def test_a_form_is_read_out_as_fields_and_values():
    page = "<table><tr><td>Proposer:</td><td>A. Bell</td><td>Seconder:</td><td>C. Drew</td></tr>"
    page += "<tr><td>Amount</td><td>Source:</td></tr><tr><td>£20</td><td>Reserves</td></tr></table>"
    text = read_as("a.html", page)
    assert read_out(text).of(0, 9) == (
        "Proposer: A. Bell; Seconder: C. Drew\nAmount: Source:\nAmount: £20; Source: Reserves"
    ).replace("Amount: Source:", "Amount; Source:")


FORM = "## Title\n\nFerry timetable\n\n## Officer\n\nAda Bell\n\nIs the public consulted?\n\nNo\n"


def test_a_forms_fields_are_read_out_with_their_labels_though_no_table_holds_them():
    text = read(FORM)
    assert read_out(text).of(0, len(text.blocks)) == (
        "Title: Ferry timetable\nOfficer: Ada Bell\nIs the public consulted? No"
    )
    assert not text.tables


def test_a_heading_over_a_forms_part_is_no_field():
    text = read("## Kind of activity\n\n" + FORM)
    assert "Kind of activity" not in read_out(text).of(0, len(text.blocks))


def test_two_short_paragraphs_under_headings_are_no_form():
    text = read("## Title\n\nFerry timetable\n\n## Officer\n\nAda Bell\n\nThe ferry sailed on.\n")
    assert read_out(text).of(0, len(text.blocks)) is None


def test_prose_under_headings_is_no_form():
    said = f"The ferry sailed {'up and down ' * 5}the estuary."
    text = read("".join(f"## Part {at}\n\n{said}\n\n" for at in range(5)))
    assert read_out(text).of(0, len(text.blocks)) is None


def test_a_passage_without_rows_reads_nothing_out():
    (passage,) = cut("/a", read("The ferry sails."), (), "Board")
    assert passage.read_out is None


def test_a_passage_of_rows_and_prose_reads_out_the_rows_alone():
    (passage,) = cut("/a", read(FERRY + "\nThe ferry sails.\n"), (), "Board")
    assert "ferry sails" in passage.text
    assert "ferry sails" not in (passage.read_out or "")


def test_rows_are_embedded_read_out_and_prose_as_it_is():
    (passage,) = cut("/a", read(FERRY), (), "Board")
    assert embedded_text(passage) == f"Board\n{passage.read_out}"
    long = replace(passage, read_out="x" * 5_000)
    assert embedded_text(long) == f"Board\n{passage.text}"


def test_a_small_table_stays_whole_with_its_caption_and_heads():
    text = read(f"{prose(170)}\n\n{table(8)}{prose(100)}\n")
    passages = cut("/a", text, (), "Board")
    (held,) = [each for each in passages if "Row 0" in each.text]
    assert held.text.startswith("Table 2: Ropes\nName | What | Sum\nRow 0")
    assert "Row 7" in held.text


def test_a_passage_that_goes_on_with_a_table_begins_with_a_row_under_its_caption():
    text = read(f"# Stores\n\n{table(60)}")
    starts = {text.blocks[row.block].start for row in text.tables[0].rows}
    _, *others = cut("/a", text, (), "Board")
    assert len(others) > 1
    for each in others:
        assert each.citation.start in starts
        assert each.context.endswith("Table 2: Ropes")
        assert (each.read_out or "").startswith("Table 2: Ropes: Row ")


def test_prose_after_a_table_stands_under_its_own_section_again():
    text = read(f"# Stores\n\n{prose(20)}\n\n{table(30)}{prose(150)}\n\n{prose(150)}\n")
    last = cut("/a", text, (), "Board")[-1]
    assert last.context == "Board – Stores"


def test_what_is_read_out_is_never_longer_than_its_limit():
    text = read(table(40, 60))
    said = read_out(text).of(0, len(text.blocks))
    assert said is not None
    assert len(said) <= MOST_CHARACTERS + 60


@given(st.lists(st.integers(1, 60), min_size=1, max_size=5), st.integers(0, 120))
def test_no_passage_begins_in_the_middle_of_a_row(tables, words):
    body = "\n".join(table(count, 3) + prose(words + 1) + "\n" for count in tables)
    text = read(body)
    starts = {block.start for block in text.blocks}
    passages = cut("/a", text, (), "Board")
    for each in passages:
        assert each.citation.start in starts
        assert len(each.text.split()) <= MOST_WORDS + FEWEST_WORDS
    rows_of = {row.block for found in text.tables for row in found.rows}
    spoken = read_out(text)
    assert [row.block for row in spoken.rows] == sorted(rows_of)
    assert all(text.blocks[at].role is BlockRole.TABLE_ROW for at in rows_of)
