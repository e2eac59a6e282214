"""Word papers: styles, lists and tables in document order."""

import docx

from ingest.paper import BlockRole
from tests.ingest.papers import check_laws, read_as, roles, said, word


def test_headings_paragraphs_lists_and_tables_keep_their_order_and_roles():
    paper = docx.Document()
    paper.core_properties.title = "Ferry accounts"
    paper.sections[0].header.paragraphs[0].text = "Harbour Board"
    paper.add_heading("Accounts", 1)
    paper.add_paragraph("The ferry paid for itself.")
    paper.add_paragraph("lamps", style="List Bullet")
    table = paper.add_table(2, 3)
    for at, cell in enumerate(["Item", "Sum", "Sum"]):
        table.cell(0, at).text = cell
    table.cell(1, 0).text = "Lamps"
    table.cell(1, 1).merge(table.cell(1, 2)).text = "20"
    paper.add_paragraph("1.1 It was so in 1801 too.")
    text = read_as("accounts.docx", word(paper))
    assert roles(text) == [
        (BlockRole.HEADING, "Accounts"),
        (BlockRole.PARAGRAPH, "The ferry paid for itself."),
        (BlockRole.LIST_ITEM, "• lamps"),
        (BlockRole.TABLE_ROW, "Item | Sum | Sum"),
        (BlockRole.TABLE_ROW, "Lamps | 20"),
        (BlockRole.LIST_ITEM, "1.1 It was so in 1801 too."),
    ]
    assert text.blocks[0].level == 1
    assert text.title == "Ferry accounts"
    assert not text.paged
    check_laws(text)


def test_a_short_paragraph_that_is_all_bold_is_a_heading():
    paper = docx.Document()
    paper.add_paragraph().add_run("Background").bold = True
    paper.add_paragraph("The ferry sails.")
    text = read_as("a.docx", word(paper))
    assert [block.role for block in text.blocks] == [BlockRole.HEADING, BlockRole.PARAGRAPH]


def test_line_breaks_inside_a_paragraph_are_spaces():
    paper = docx.Document()
    paper.add_paragraph("The ferry\nsails\tat noon.")
    assert said(read_as("a.docx", word(paper))) == ["The ferry sails at noon."]
