"""Papers that are broken, hostile or not what they say: each is one line in the report.

All go through the whole way in, worker processes included, beside one paper that is sound.
"""

import os
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import docx
import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, FloatObject, NameObject
from reportlab.pdfgen import canvas

from ingest.finding import Readers
from ingest.pipeline import Options, Report, ingest
from ingest.rounds import Limits, read_in_rounds
from search.access import Access
from search.generation import open_view
from search.library import Library
from tests.embedders import HashEmbedder
from tests.ingest.papers import lines, pdf, word

SOUND = "HARBOUR COMMITTEE\n\nMinutes\n\n1. Quay\n\nRESOLVED that the quay be mended.\n"
PRINTED = pdf(
    lines("The harbour committee met.", "The quay shall be mended."),
    lines("The ferry committee met.", "The winter ferry shall sail on Sundays too."),
)


def changed(change: Callable[[PdfWriter], None], content: bytes = PRINTED) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(BytesIO(content)))
    change(writer)
    buffer = BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def with_password(writer: PdfWriter) -> None:
    writer.encrypt("gull", "tern", algorithm="AES-256")


def against_changes(writer: PdfWriter) -> None:
    writer.encrypt("", "tern", algorithm="AES-256")


def enormous(writer: PdfWriter) -> None:
    for page in writer.pages:
        page[NameObject("/MediaBox")] = ArrayObject(map(FloatObject, (0, 0, 14400, 14400)))


def absurd(writer: PdfWriter) -> None:
    for page in writer.pages:
        page[NameObject("/MediaBox")] = ArrayObject(map(FloatObject, (0, 0, 1e9, -1e9)))


def circling(writer: PdfWriter) -> None:
    first = writer.add_outline_item(title="One", page_number=0)
    second = writer.add_outline_item(title="Two", page_number=0)
    for way in ("/Next", "/First"):
        second.get_object()[NameObject(way)] = first


def deep_outline(depth: int = 3_000) -> bytes:
    """Return a PDF whose bookmarks stand each below the one before."""
    text = b"BT /F 11 Tf 72 700 Td (The harbour committee met, and the quay was mended.) Tj ET"
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R /Outlines 6 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R"
        b" /Resources << /Font << /F 4 0 R >> >> >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(text), text),
        b"<< /Type /Outlines /First 7 0 R /Last 7 0 R /Count 1 >>",
    ]
    for at in range(7, 7 + depth):
        below = b" /First %d 0 R /Last %d 0 R" % (at + 1, at + 1) if at < 6 + depth else b""
        parts.append(b"<< /Title (Below) /Parent %d 0 R /Dest [3 0 R /Fit]%s >>" % (at - 1, below))
    whole, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, start=1):
        places.append(b"%010d 00000 n \n" % len(whole))
        whole += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"xref\n0 %d\n0000000000 65535 f \n" % (len(parts) + 1) + b"".join(places)
    end = b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF"
    return whole + table + end % (len(parts) + 1, len(whole))


def drawn_without_end() -> bytes:
    buffer = BytesIO()
    sheet = canvas.Canvas(buffer, pagesize=(14400, 14400), invariant=1)
    for at in range(3_000):
        sheet.rect(at, at, 10_000, 10_000, fill=at % 2)
    sheet.drawString(72, 700, "The map of the harbour and of every mooring in it.")
    sheet.save()
    return buffer.getvalue()


def archive(**parts: bytes) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as whole:
        for name, content in parts.items():
            whole.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return buffer.getvalue()


def bomb() -> bytes:
    """Return a Word file of less than a megabyte whose text unpacks to 130."""
    packed = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(a_word_file())) as parts,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as whole,
    ):
        for name in parts.namelist():
            with whole.open(name, "w") as part:
                part.write(parts.read(name))
                for _ in range(130 if name == "word/document.xml" else 0):
                    part.write(b" " * (1 << 20))
    return packed.getvalue()


def a_word_file() -> bytes:
    document = docx.Document()
    document.add_paragraph("The harbour committee met, and the quay was mended.")
    return word(document)


def long_page() -> bytes:
    cells = "".join(f"<tr><td>Mooring {at}</td><td>{at},000</td></tr>" for at in range(16_000))
    whole = f"<html><body><h1>Every mooring</h1><table>{cells}</table></body></html>"
    return whole.encode()


def junk() -> bytes:
    return bytes((at * 37 + at // 7) % 256 for at in range(20_000))


Made = bytes | Callable[[], bytes]
"""A paper's bytes, or what makes them when they are needed."""

REFUSED: dict[str, tuple[Made, str]] = {
    "password.pdf": (changed(with_password), "needs a password"),
    "cut short.pdf": (PRINTED[:-400], "broken or cut short"),
    "header only.pdf": (PRINTED[:40], "broken or cut short"),
    "empty.pdf": (b"", "the file is empty"),
    "empty.docx": (b"", "the file is empty"),
    "blank.txt": (b" \r\n\t\n ", "the file is empty"),
    "zeros.pdf": (bytes(50_000), "the file is empty"),
    "not a pdf.pdf": (junk(), "called a PDF and is none"),
    "junk.txt": (junk(), "neither a paper nor text"),
    "old.docx": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + junk(), "old Office format"),
    "archive.docx": (archive(minutes_xml=b"<minutes/>"), "not a Word document"),
    "hollow.docx": (archive(word__document_xml=b"<minutes/>"), "broken or cut short"),
    "torn.docx": (a_word_file()[:2_000], "broken or cut short"),
    "bomb.docx": (bomb, "unpacks to more than any paper holds"),
    "no words.pdf": (pdf([]), "no text on any page"),
    "no markup.html": (b"<!-- nothing at all -->", "the web page is broken or empty"),
}
"""What cannot be read, by file name, and what the report says of it."""

READ: dict[str, Made] = {
    "end mark lost.pdf": PRINTED[:-20],
    "no password needed.pdf": changed(against_changes),
    "a pdf.docx": PRINTED,
    "a pdf.txt": PRINTED,
    "word.pdf": a_word_file(),
    "a page.pdf": b"<!DOCTYPE html><html><body><p>The quay was mended.</p></body></html>",
    "a page.txt": b"<!DOCTYPE html><html><body><p>The quay was mended.</p></body></html>",
    "enormous.pdf": changed(enormous),
    "absurd.pdf": changed(absurd),
    "circling outline.pdf": changed(circling),
    "deep outline.pdf": deep_outline,
    "map.pdf": drawn_without_end,
    "long.html": long_page,
    "stray bytes.md": b"# Quay\n\nThe quay \xff\xfe\x80 was mended by 3\xa3 of paint.\n",
    "page.pdf/inside a folder called a pdf.txt": SOUND.encode(),
    "sound.txt": SOUND.encode(),
}
"""What is read in spite of everything, by path."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("broken")
    written = {**READ, **{name: content for name, (content, _) in REFUSED.items()}}
    for name, content in written.items():
        path = folder / "papers" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content())
    return folder


@pytest.fixture(scope="module")
def reports(folder) -> tuple[Report, Report]:
    """Two runs over the same papers."""
    papers = folder / "papers"
    with Library.create_or_open(folder / "library", "hash", HashEmbedder.dimension) as library:
        return (
            ingest([papers], library, HashEmbedder, Options(with_ocr=False)),
            ingest([papers], library, HashEmbedder, Options(with_ocr=False)),
        )


def failures(report: Report, folder: Path) -> dict[str, str]:
    papers = folder / "papers"
    return {Path(each.source).relative_to(papers).as_posix(): each.reason for each in report.failed}


@pytest.mark.parametrize("name", REFUSED)
def test_a_paper_that_cannot_be_read_is_one_clear_line(reports, folder, name):
    reason = failures(reports[0], folder).get(name, "read without complaint")
    assert REFUSED[name][1] in reason
    assert "\n" not in reason and len(reason) < 120
    assert all(each.advice for each in reports[0].failed)


@pytest.mark.parametrize("name", READ)
def test_a_paper_that_can_be_read_is_read(reports, folder, name):
    assert failures(reports[0], folder).get(name) is None
    assert (folder / "papers" / name).as_posix() in reports[0].added


def test_nothing_else_is_harmed(reports, folder):
    assert len(reports[0].failed) == len(REFUSED)
    with open_view(folder / "library") as view:
        assert len(view.papers()) == len(READ)
    with open_view(folder / "library", Access.EXEMPT) as view:
        assert {Path(each.source).name for each in view.failures()} == set(REFUSED)


def test_what_failed_is_not_tried_again_while_it_stays_the_same(reports):
    assert len(reports[1].unchanged) == len(READ) + len(REFUSED)
    assert not reports[1].failed


def test_a_folder_that_is_called_a_pdf_is_a_folder(reports, folder):
    assert "page.pdf" not in failures(reports[0], folder)


def test_a_file_that_is_gone_when_it_is_to_be_read_is_one_clear_line(tmp_path):
    (tmp_path / "sound.txt").write_text(SOUND)
    paths = [tmp_path / "gone.pdf", tmp_path / "sound.txt"]
    outcomes = {
        job.path.name: outcome
        for job, outcome in read_in_rounds(paths, Readers("code"), Limits(1, 60.0, 2 << 30))
    }
    gone = outcomes["gone.pdf"]
    assert gone.reason == "the file could not be opened (No such file or directory)"
    assert "still there" in gone.advice
    assert outcomes["sound.txt"][0].text.text.startswith("HARBOUR COMMITTEE")


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read every file"
)
def test_a_file_that_may_not_be_read_is_one_clear_line(tmp_path):
    (tmp_path / "locked.txt").write_text(SOUND)
    (tmp_path / "locked.txt").chmod(0)
    limits = Limits(1, 60.0, 2 << 30)
    ((_, outcome),) = read_in_rounds([tmp_path / "locked.txt"], Readers("code"), limits)
    assert "could not be opened (Permission denied)" in outcome.reason
