"""Papers made to hurt whoever reads them: nested, endless, packed, circling, or lying.

Each is made when it is asked for; scale 1 is what a test can wait for, a command asks for more.
"""

import zipfile
from collections.abc import Callable
from io import BytesIO

import docx

from tests.ingest.papers import pdf, word

Made = Callable[[int], bytes]

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def _page(body: str) -> bytes:
    return f"<!DOCTYPE html><html><body>{body}</body></html>".encode()


def _with_part(name: str, content: bytes) -> bytes:
    """Return a Word file in which one part is another."""
    document = docx.Document()
    document.add_paragraph("The harbour committee met.")
    packed = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(word(document))) as parts,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as whole,
    ):
        for each in parts.namelist():
            whole.writestr(each, content if each == name else parts.read(each))
    return packed.getvalue()


def _word(body: str, before: str = "") -> bytes:
    """Return a Word file with this body, its XML written out."""
    text = f'<?xml version="1.0"?>{before}<w:document {_W}><w:body>{body}</w:body></w:document>'
    return _with_part("word/document.xml", text.encode())


def _said(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def objects(*parts: bytes) -> bytes:
    """Return a PDF of these objects, numbered from 1; the first is its catalogue."""
    whole, places = b"%PDF-1.7\n", []
    for number, part in enumerate(parts, start=1):
        places.append(b"%010d 00000 n \n" % len(whole))
        whole += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    end = b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF"
    table = b"xref\n0 %d\n0000000000 65535 f \n" % (len(parts) + 1) + b"".join(places)
    return whole + table + end % (len(parts) + 1, len(whole))


def stream(content: bytes, more: bytes = b"") -> bytes:
    """Return a stream object's body."""
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), more, content)


def _one_page(content: bytes, more: bytes = b"", page: bytes = b"") -> bytes:
    """Return a PDF of one page that draws content."""
    return objects(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F 5 0 R >> /XObject << /X 4 0 R >> >> %s >>" % page,
        stream(content, more),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )


_SHOWN = b"BT /F 11 Tf 72 700 Td (The harbour committee met.) Tj ET "


def _many_pages(count: int) -> bytes:
    """Return a PDF whose pages are one page, named again and again."""
    kids = b"3 0 R " * count
    return objects(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, count),
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F 5 0 R >> >> >>",
        stream(_SHOWN),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )


def _agenda(count: int) -> str:
    return "HARBOUR COMMITTEE\n\nMinutes\n\n" + "".join(
        f"{at}. Mooring {at}\n\nRESOLVED that mooring {at} be let.\n\n" for at in range(1, count)
    )


HOSTILE: dict[str, Made] = {
    # Markup.
    "nested.html": lambda n: _page("<div>" * 20_000 * n + "Quay" + "</div>" * 20_000 * n),
    "nested tables.html": lambda n: _page("<table><tr><td>" * 2_000 * n + "Quay"),
    "nested lists.html": lambda n: _page("<ul><li>Quay" * 5_000 * n),
    "open tags.html": lambda n: _page("<b><i><p>Quay" * 5_000 * n),
    "wide cells.html": lambda n: _page(
        '<table><tr><td colspan="99999999" rowspan="99999999">Quay</td><td>9</td></tr>'
        f"{'<tr><td>Pier</td></tr>' * 50 * n}</table>"
    ),
    "negative cells.html": lambda n: _page(
        '<table><tr><td colspan="-7" rowspan="1e9">Quay</td><td colspan="">9</td></tr></table>' * n
    ),
    "entities.html": lambda n: (
        b'<!DOCTYPE html [<!ENTITY a "quay"><!ENTITY b "'
        + b"&a;" * 1000
        + b'"><!ENTITY c "'
        + b"&b;" * 1000
        + b'">]><html><body>'
        + b"&c;" * n
        + b"</body></html>"
    ),
    "outside.html": lambda n: (
        b'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
        b"<html><body><p>Quay &a;</p></body></html>"
    ),
    "attributes.html": lambda n: _page(
        f"<p {' '.join(f'a{at}=1' for at in range(9_000 * n))}>Quay"
    ),
    "one line.html": lambda n: _page("<p>" + "quay " * 60_000 * n + "</p>"),
    "one word.html": lambda n: _page("<p>" + "quay" * 200_000 * n + "</p>"),
    "unclosed.html": lambda n: b"<html><body><!-- " + b"<p>quay" * 50_000 * n,
    "controls.html": lambda n: _page("&#0;&#x110000;&#xD800;&#1;&#x85;Quay" * 500 * n),
    # Markdown.
    "quotes.md": lambda n: b"> " * 3_000 * n + b"Quay",
    "brackets.md": lambda n: b"[" * 9_000 * n + b"Quay" + b"](" * 9_000 * n,
    "stars.md": lambda n: b"*a_ " * 4_000 * n,
    "ticks.md": lambda n: b"".join(b"`" * at + b"Quay" for at in range(300 * n)),
    "lists.md": lambda n: b"".join(b"  " * at + b"- Quay\n" for at in range(700 * n)),
    "references.md": lambda n: b"".join(b"[a%d]: /q\n" % at for at in range(3_000 * n)) + b"[a1]",
    "rows.md": lambda n: b"| a | b |\n|---|---|\n" + b"| quay | 9 |\n" * 2_000 * n,
    "columns.md": lambda n: b"|" + b"a|" * 1_000 * n + b"\n|" + b"-|" * 1_000 * n + b"\n|1|\n",
    # Text.
    "blanks.txt": lambda n: b"Quay\n" + b"\n \t" * 50_000 * n + b"Pier",
    "one line.txt": lambda n: b"quay " * 60_000 * n,
    "one word.txt": lambda n: b"quay" * 300_000 * n,
    "figures.txt": lambda n: b"1.2.3.4.5." * 30_000 * n,
    "numerals.txt": lambda n: b"Minutes\n\n" + b"9" * 20_000 * n + b". Quay\n",
    "items.txt": lambda n: _agenda(1_000 * n).encode(),
    "brackets.txt": lambda n: b"(" * 50_000 * n + b"quay" + b")" * 50_000 * n,
    "accents.txt": lambda n: ("Quay" + "\u0301" * 100_000 * n).encode(),
    "directions.txt": lambda n: ("\u202equay\u2066\u200b\ufeff " * 20_000 * n).encode(),
    "resolved.txt": lambda n: (
        b"Minutes\n\n1. Quay\n\n" + b"RESOLVED that it be resolved " * 9_000 * n
    ),
    "dates.txt": lambda n: b"Minutes of the meeting on 31 February 99999, 0 June 0000 " * 5_000 * n,
    "money.txt": lambda n: b"to pay GBP 1" + b",000" * 50_000 * n + b" for the quay",
    "semicolons.txt": lambda n: (
        b"Minutes\n\n1. Quay\n\nThe officer will " + b"mend; and " * 30_000 * n
    ),
    "initials.txt": lambda n: b"Present: " + b"Cllr A. B. C. Pell, " * 9_000 * n,
    # Word.
    "entities.docx": lambda n: _word(
        _said("&c;" * n),
        '<!DOCTYPE d [<!ENTITY a "quay"><!ENTITY b "'
        + "&a;" * 1000
        + '"><!ENTITY c "'
        + "&b;" * 1000
        + '">]>',
    ),
    "outside.docx": lambda n: _word(
        _said("Quay &a;"), '<!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    ),
    "nested.docx": lambda n: _word("<w:tbl><w:tr><w:tc>" * 5_000 * n),
    "nested tables.docx": lambda n: _word(
        "<w:tbl><w:tr><w:tc>" * 80 + _said("Quay") + "</w:tc></w:tr></w:tbl>" * 80
    ),
    "spans.docx": lambda n: _word(
        '<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="99999999"/></w:tcPr>'
        f"{_said('Quay')}</w:tc></w:tr></w:tbl>"
    ),
    "levels.docx": lambda n: _word(
        '<w:p><w:pPr><w:numPr><w:ilvl w:val="99999999"/><w:numId w:val="-1"/></w:numPr></w:pPr>'
        "<w:r><w:t>Quay</w:t></w:r></w:p>" * n
    ),
    "paragraphs.docx": lambda n: _word(_said("Quay") * 2_000 * n),
    "runs.docx": lambda n: _word(f"<w:p>{'<w:r><w:t>Quay </w:t></w:r>' * 5_000 * n}</w:p>"),
    "packed.docx": lambda n: _word(_said(" " * (20 << 20) * n + "Quay")),
    "no body.docx": lambda n: _with_part(
        "word/document.xml", f"<w:document {_W}/>".encode() + b" " * n
    ),
    "no types.docx": lambda n: _with_part("[Content_Types].xml", b"<Types/>" + b" " * n),
    "circling.docx": lambda n: _with_part(
        "word/_rels/document.xml.rels",
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        b'<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        b'relationships/styles" Target="document.xml"/></Relationships>',
    ),
    # PDF.
    "many pages.pdf": lambda n: _many_pages(2_000 * n),
    "own parent.pdf": lambda n: objects(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [2 0 R 3 0 R] /Count %d >>" % (2**31 - n),
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
    ),
    "draws itself.pdf": lambda n: _one_page(
        _SHOWN + b"/X Do " * 5 * n,
        b"/Type /XObject /Subtype /Form /BBox [0 0 595 842]"
        b" /Resources << /XObject << /X 4 0 R >> /Font << /F 5 0 R >> >>",
    ),
    "long.pdf": lambda n: _one_page(_SHOWN * 20_000 * n),
    "states.pdf": lambda n: _one_page(b"q " * 200_000 * n + _SHOWN),
    "arrays.pdf": lambda n: _one_page(_SHOWN + b"[" * 50_000 * n),
    "lengths.pdf": lambda n: _one_page(_SHOWN).replace(b"/Length ", b"/Length 9999999999"),
    "negative.pdf": lambda n: _one_page(_SHOWN).replace(b"[0 0 595 842]", b"[595 842 -9e9 -9e99]"),
    "turned.pdf": lambda n: _one_page(_SHOWN, page=b"/Rotate 2147483647 /UserUnit 1e9"),
    "letters.pdf": lambda n: pdf([(72 + at % 400, 20 + at % 800, "q") for at in range(5_000 * n)]),
    "one spot.pdf": lambda n: pdf([(72, 700, "quay") for _ in range(3_000 * n)]),
    "rules.pdf": lambda n: _one_page(
        _SHOWN + b"".join(b"%d 0 m %d 842 l S " % (at % 595, at % 595) for at in range(9_000 * n))
    ),
    "grid.pdf": lambda n: _one_page(
        _SHOWN
        + b"".join(b"0 %d 595 0.5 re f %d 0 0.5 842 re f " % (at, at) for at in range(0, 595, 3))
        + _SHOWN * n
    ),
    "far away.pdf": lambda n: _one_page(
        b"BT /F 1e9 Tf 9e15 -9e15 Td (Quay) Tj /F 0 Tf (Pier) Tj 0 0 0 0 0 0 Tm (Lido) Tj ET" * n
    ),
    "own length.pdf": lambda n: objects(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>",
        b"<< /Length 4 0 R >>\nstream\n%s\nendstream" % (_SHOWN * n),
    ),
}
"""By file name, whose suffix is the format."""

DEADLY = frozenset({"draws itself.pdf"})
"""With which pdfium takes memory until its process is ended."""
