"""Tables of web pages, Word papers and Markdown: cells, heads and captions from their markup."""

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from ingest.paper import BlockRole
from tests.ingest.papers import read_as, roles, said, word
from tests.ingest.test_tables_printed import cells, check_tables


def test_a_web_pages_table_takes_its_heads_from_its_head_cells_and_its_caption():
    page = (
        "<h3>Cost of the ferry</h3><table><tr><th>Item</th><th colspan=2>Sum</th></tr>"
        "<tr><td>Lamps</td><td></td><td>20</td></tr>"
        "<tr><td>Quay</td><td><p>40</p><p>(of 50)</p></td><td>60</td></tr></table>"
    )
    text = read_as("page.html", page)
    check_tables(text)
    (table,) = text.tables
    assert (table.caption, table.heads) == ("Cost of the ferry", ("Item", "Sum", "Sum"))
    assert cells(text, table) == [["Lamps", None, "20"], ["Quay", "40 (of 50)", "60"]]


def test_two_tables_of_a_web_page_are_two():
    row = "<table><tr><th>Item</th><th>Sum</th></tr><tr><td>Lamps</td><td>20</td></tr></table>"
    assert len(read_as("page.html", row + row).tables) == 2


def test_headings_above_a_moderngov_pages_content_are_kept_and_the_sites_own_are_not():
    page = (
        '<html><body><div id="header"><h1>Saltmere Council</h1></div><div id="main">'
        '<h1 class="mgMainTitleTxt">Agenda and minutes</h1>'
        '<h2 class="mgSubTitleTxt">Harbour Board - Tuesday, 6th June, 2017 7.30 pm</h2>'
        '<div class="mgContent"><p>The board met in the guildhall and heard of the ferry, the '
        "lamps, the nets and the bell of the quay.</p></div></div></body></html>"
    )
    assert roles(read_as("page.html", page))[:2] == [
        (BlockRole.HEADING, "Agenda and minutes"),
        (BlockRole.HEADING, "Harbour Board - Tuesday, 6th June, 2017 7.30 pm"),
    ]
    assert "Saltmere" not in read_as("page.html", page).text


def test_a_word_tables_marked_head_row_names_its_columns():
    paper = docx.Document()
    paper.add_heading("Ferry", 2)
    table = paper.add_table(3, 2)
    for at, (one, other) in enumerate(
        [("Item", "Owner"), ("Lamps", "A. Bell"), ("Quay", "C. Drew")]
    ):
        table.cell(at, 0).text, table.cell(at, 1).text = one, other
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    text = read_as("a.docx", word(paper))
    check_tables(text)
    (found,) = text.tables
    assert (found.caption, found.heads) == ("Ferry", ("Item", "Owner"))
    assert cells(text, found) == [["Lamps", "A. Bell"], ["Quay", "C. Drew"]]


def numbered(paper, texts, kind, pattern):
    """Add list entries that Word numbers itself."""
    numbering = paper.part.numbering_part.element
    abstract = OxmlElement("w:abstractNum")
    abstract.set(qn("w:abstractNumId"), "90")
    level = OxmlElement("w:lvl")
    level.set(qn("w:ilvl"), "0")
    for name, value in (("start", "3"), ("numFmt", kind), ("lvlText", pattern)):
        each = OxmlElement(f"w:{name}")
        each.set(qn("w:val"), value)
        level.append(each)
    abstract.append(level)
    numbering.insert(0, abstract)
    number = numbering.add_num(90).numId
    for text in texts:
        properties = paper.add_paragraph(text)._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_numId().val = number
        properties.get_or_add_ilvl().val = 0


def test_word_lists_say_their_automatic_numbers():
    for kind, pattern, expected in (
        ("decimal", "%1.", ["3. note it", "4. agree it"]),
        ("lowerLetter", "(%1)", ["(c) note it", "(d) agree it"]),
        ("bullet", "o", ["• note it", "• agree it"]),
        ("chicago", "%1", ["• note it", "• agree it"]),
    ):
        paper = docx.Document()
        numbered(paper, ["note it", "agree it"], kind, pattern)
        assert said(read_as("a.docx", word(paper))) == expected


def test_a_markdown_table_keeps_its_heads_and_its_empty_cells():
    text = read_as("a.md", "# Ferry\n\n| Item | Sum |\n|---|---|\n| Lamps | |\n| Quay | 20 |\n")
    check_tables(text)
    (table,) = text.tables
    assert (table.caption, table.heads) == ("Ferry", ("Item", "Sum"))
    assert cells(text, table) == [["Lamps", None], ["Quay", "20"]]


def test_rows_of_an_exported_paper_are_a_table_too():
    page = "---\n\n1\n\n| Item | Sum |\n|---|---|\n| Lamps | 20 |\n| Quay | 31 |\n\n"
    text = read_as("a.md", page + page.replace("1\n", "2\n", 1) + "---\n")
    check_tables(text)
    assert text.tables[0].heads == ("Item", "Sum")
    assert cells(text, text.tables[0])[0] == ["Lamps", "20"]
