"""PDF papers: text with its places, paragraphs, outline, labels, scanned pages."""

from io import BytesIO
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import NameObject
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen import canvas

from ingest.paper import BlockRole
from ingest.reading import read
from ingest.reading.printed import raw_text
from tests.ingest.papers import check_laws, lines, pdf, read_as, roles, said

FIRST = lines(
    "The committee heard from the harbour master, who said that the quay wall had",
    "moved by two inches since the spring. He asked that it be surveyed before the",
    "winter storms.",
    "",
    "Members asked what a survey would cost, and who would pay for it.",
)


def test_lines_become_paragraphs():
    text = read_as("minutes.pdf", pdf(FIRST))
    assert said(text) == [
        "The committee heard from the harbour master, who said that the quay wall had moved by two "
        "inches since the spring. He asked that it be surveyed before the winter storms.",
        "Members asked what a survey would cost, and who would pay for it.",
    ]
    check_laws(text)


def test_every_kept_character_is_found_on_its_page():
    content = pdf(FIRST, lines("A second page, with “quotes” and a dash – here."))
    text = read_as("minutes.pdf", content)
    pages = [raw_text(page.get_textpage()) for page in pdfium.PdfDocument(content)]
    kept = 0
    for start, length, page, raw in text.origins.tolist():
        assert text.text[start : start + length] == pages[page - 1][raw : raw + length]
        kept += length
    spaces_between_lines = 2
    assert kept == len(text.text) - spaces_between_lines - (len(text.blocks) - 1)


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_a_page_on_its_side_reads_like_any_other(rotation):
    upright, turned = read_as("a.pdf", pdf(FIRST)), read_as("b.pdf", pdf(FIRST, rotation=rotation))
    assert turned.text == upright.text


def test_a_paragraph_that_runs_over_a_page_end_is_one_block():
    text = read_as(
        "minutes.pdf",
        pdf(
            lines("The vice-chair proposed that the accounts of the ferry be laid before the"),
            lines("council at its next meeting, and this was agreed."),
        ),
    )
    assert said(text) == [
        "The vice-chair proposed that the accounts of the ferry be laid before the council at its "
        "next meeting, and this was agreed."
    ]
    assert [page.text.split()[0] for page in text.pages] == ["The", "council"]
    check_laws(text)


def test_numbers_and_bullets_open_blocks_of_their_own():
    text = read_as(
        "minutes.pdf",
        pdf(lines("The council is asked to:", "(a) note the report; and", "(b) agree the budget.")),
    )
    assert roles(text) == [
        (BlockRole.PARAGRAPH, "The council is asked to:"),
        (BlockRole.LIST_ITEM, "(a) note the report; and"),
        (BlockRole.LIST_ITEM, "(b) agree the budget."),
    ]


def test_a_number_that_runs_into_its_first_word_is_parted_from_it():
    text = read_as("report.pdf", pdf(lines("1.1On Monday the ferry did not sail.")))
    assert said(text) == ["1.1 On Monday the ferry did not sail."]
    check_laws(text)


def test_a_raised_ordinal_is_put_back_on_its_line():
    drawn = [
        (72, 700, "The committee met on 13"),
        (196, 704, "th", "Helvetica", 7),
        (206, 700, "February in the guildhall."),
    ]
    text = read_as("minutes.pdf", pdf(drawn))
    assert said(text) == ["The committee met on 13th February in the guildhall."]


def test_larger_or_bold_lines_are_headings_and_the_largest_is_of_level_one():
    drawn = [
        (72, 760, "Report on the Ferry", "Helvetica-Bold", 18),
        (72, 720, "Background", "Helvetica-Bold", 11),
        *lines("The ferry has run since the bridge was closed to carts.", top=700),
    ]
    text = read_as("report.pdf", pdf(drawn))
    assert [(block.role, block.level) for block in text.blocks] == [
        (BlockRole.HEADING, 1),
        (BlockRole.HEADING, 2),
        (BlockRole.PARAGRAPH, 0),
    ]


def test_a_table_row_is_a_block_of_its_own_and_its_wrapped_cell_stays_in_it():
    drawn = [
        *[(x, 700, cell) for x, cell in [(72, "Ferry"), (200, "1,200"), (260, "Repairs to the")]],
        (260, 686, "landing stage"),
        *[(x, 660, cell) for x, cell in [(72, "Market"), (200, "900"), (260, "New stalls")]],
    ]
    assert roles(read_as("budget.pdf", pdf(drawn))) == [
        (BlockRole.TABLE_ROW, "Ferry 1,200 Repairs to the landing stage"),
        (BlockRole.TABLE_ROW, "Market 900 New stalls"),
    ]


def test_a_spreadsheet_that_is_drawn_by_columns_is_read_by_rows():
    names, sums = ["Ferry", "Market", "Lamps"], ["1,200.5", "-900.0", "35.0"]
    drawn = [
        *lines(*names, pitch=30),
        *lines(*sums, left=200, pitch=30),
        *lines(*sums, left=300, pitch=30),
    ]
    text = read_as("budget.pdf", pdf(drawn))
    assert said(text) == [f"{name} {each} {each}" for name, each in zip(names, sums, strict=True)]


def test_an_outline_leads_to_pages_and_survives_bookmarks_that_lead_nowhere():
    writer = PdfWriter(clone_from=PdfReader(BytesIO(pdf(FIRST, FIRST))))
    parent = writer.add_outline_item(title="Agenda", page_number=0)
    writer.add_outline_item(title="1\tApologies", page_number=1, parent=parent)
    writer.add_outline_item(title="Nowhere", page_number=None)
    buffer = BytesIO()
    writer.write(buffer)
    outline = read_as("pack.pdf", buffer.getvalue()).outline
    assert [(each.title, each.page, each.depth) for each in outline] == [
        ("Agenda", 1, 0),
        ("1 Apologies", 2, 1),
    ]


def test_an_outline_that_goes_round_in_circles_ends():
    writer = PdfWriter(clone_from=PdfReader(BytesIO(pdf(FIRST))))
    first = writer.add_outline_item(title="One", page_number=0)
    second = writer.add_outline_item(title="Two", page_number=0)
    for way in ("/Next", "/First"):
        second.get_object()[NameObject(way)] = first
    buffer = BytesIO()
    writer.write(buffer)
    assert len(read_as("pack.pdf", buffer.getvalue()).outline) <= 3


def test_page_labels_and_the_title_of_the_metadata_are_kept():
    writer = PdfWriter(clone_from=PdfReader(BytesIO(pdf(FIRST, FIRST, title="Ferry accounts"))))
    writer.set_page_label(0, 1, style="/r")
    buffer = BytesIO()
    writer.write(buffer)
    text = read_as("pack.pdf", buffer.getvalue())
    assert [page.label for page in text.pages] == ["i", "ii"]
    assert text.title == "Ferry accounts"


def test_a_page_that_is_only_a_picture_is_scanned_and_a_short_one_is_not():
    buffer = BytesIO()
    sheet = canvas.Canvas(buffer, pagesize=(595, 842))
    sheet.drawImage(ImageReader(Image.new("L", (60, 80), 200)), 0, 0, 595, 842)
    sheet.drawString(280, 20, "Page 1")
    sheet.showPage()
    sheet.drawString(72, 700, "Blank.")
    sheet.showPage()
    sheet.drawString(72, 700, "The committee met.")
    sheet.save()
    text = read(Path("scan.pdf"), buffer.getvalue())
    assert [page.scanned for page in text.pages] == [True, False, False]
