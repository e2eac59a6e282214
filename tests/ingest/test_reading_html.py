"""Saved web pages: the content column alone, paragraphs from tags."""

from ingest.paper import BlockRole
from tests.ingest.papers import check_laws, read_as, roles, said

AGENDA = """\
<!DOCTYPE html><html><head><title>Agenda for Harbour Board</title><script>x = 1</script></head>
<body><nav><a>Home</a></nav><div id="modgov"><div class="mgContent">
<h2 class="mgSubTitleTxt" >Harbour Board - Tuesday, 6th June, 2017 7.30 pm</h2>
<p><span class="mgLabel" >Venue:</span> Guildhall</p>
<table class="mgItemTable"><tr>
<td class="mgItemNumberCell"><p class="mgAiTitleTxt" >4.</p></td>
<td><p class="mgAiTitleTxt"><a href="a.pdf">Ferry accounts</a>
  <span class="mgFileSize">PDF 484 KB</span></p>
<div class="mgWordPara"><p>To consider the
accounts
of the ferry.</p></div>
<p class="mgSubItemTitleTxt">Minutes:</p>
<div class="mgWordPara"><p>The board <b>agreed</b>&nbsp;the accounts.</p><p>&nbsp;</p></div>
<ul class="mgBulletList"><li><a href="b.pdf">Appendix A</a>, PDF 12 KB</li></ul>
</td></tr></table></div></div><footer>Powered by</footer></body></html>
"""


def test_a_moderngov_agenda_is_read_by_its_tags():
    text = read_as("agenda.html", AGENDA)
    assert roles(text) == [
        (BlockRole.HEADING, "Harbour Board - Tuesday, 6th June, 2017 7.30 pm"),
        (BlockRole.PARAGRAPH, "Venue: Guildhall"),
        (BlockRole.HEADING, "4. Ferry accounts"),
        (BlockRole.PARAGRAPH, "To consider the accounts of the ferry."),
        (BlockRole.HEADING, "Minutes:"),
        (BlockRole.PARAGRAPH, "The board agreed the accounts."),
        (BlockRole.LIST_ITEM, "• Appendix A"),
    ]
    assert text.title == "Agenda for Harbour Board"
    assert not text.paged
    check_laws(text)


def test_tables_become_rows_and_lists_keep_their_numbers():
    page = (
        "<table><tr><th>Item</th><th>Sum</th></tr><tr><td>Lamps</td><td>20</td></tr></table>"
        "<ol><li>First<ul><li>inner</li></ul></li><li><p>Second</p></li></ol>"
    )
    text = read_as("page.html", page)
    assert said(text) == ["Item | Sum", "Lamps | 20", "1. First", "• inner", "2. Second"]
    assert text.blocks[3].level == 1


def test_two_line_breaks_part_paragraphs_and_one_does_not():
    page = "<div>The ferry<br>sails.<br><br>The market is shut.</div>"
    assert said(read_as("page.html", page)) == ["The ferry sails.", "The market is shut."]


def test_a_number_in_a_paragraph_of_its_own_belongs_to_the_next():
    assert said(read_as("page.html", "<p>1.</p><p>Note the report.</p>")) == ["1. Note the report."]


def test_markers_of_items_are_not_words():
    assert said(read_as("page.html", "<p><AI1>Ferry</AI1></p>")) == ["Ferry"]


def test_hidden_words_and_comments_are_left_out_but_not_what_follows_them():
    page = (
        '<p>Seen<!-- no --> and <span class="mgHide">ref: 1</span>heard<script>no()</script>.</p>'
    )
    assert said(read_as("page.html", page)) == ["Seen and heard."]


def test_entities_of_the_pages_own_are_not_expanded():
    page = (
        '<!DOCTYPE html [<!ENTITY e SYSTEM "file:///etc/hostname">]><html><p>Ferry &e;</p></html>'
    )
    assert "Ferry" in read_as("page.html", page).text
    assert len(read_as("page.html", page).text) < 40


def test_a_declared_encoding_is_honoured():
    page = '<html><meta charset="iso-8859-1"><p>café</p></html>'.encode("iso-8859-1")
    assert said(read_as("page.html", page)) == ["café"]
