"""A paper's format shows in its content; its suffix only helps."""

import zipfile
from io import BytesIO
from pathlib import Path

import docx
import pytest
from pypdf import PdfReader, PdfWriter

from ingest.errors import (
    EmptyPaper,
    EncryptedPaper,
    IngestError,
    UnknownFormat,
    UnreadablePaper,
)
from ingest.reading import SUFFIXES, format_of, read
from tests.ingest.papers import lines, pdf, read_as, said, word

PAGE = pdf(lines("The harbour committee met on Monday."))
LETTER = word(docx.Document())


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("minutes.pdf", PAGE, "pdf"),
        ("minutes.txt", PAGE, "pdf"),
        ("download", b"\n\nHTTP junk\n" + PAGE, "pdf"),
        ("report.docx", LETTER, "word"),
        ("report.pdf", LETTER, "word"),
        ("page.html", b"<p>Agreed.</p>", "html"),
        ("page.pdf", b"<!DOCTYPE html><html><body>Not found</body></html>", "html"),
        ("page", b"\xef\xbb\xbf  <HTML><body>x</body></HTML>", "html"),
        ("notes.md", b"# Minutes", "markdown"),
        ("notes.markdown", b"plain words", "markdown"),
        ("notes.txt", b"# Minutes", "text"),
        ("notes.txt", "Minutes".encode("utf-16"), "text"),
        ("notes", b"words < and > signs", "text"),
    ],
)
def test_a_format_is_told_by_content_and_then_by_suffix(name, content, expected):
    assert format_of(Path(name), content) == expected


def test_a_walk_takes_the_suffixes_of_all_formats():
    assert {".pdf", ".docx", ".html", ".htm", ".md", ".markdown", ".txt", ".text"} == SUFFIXES


@pytest.mark.parametrize("content", [b"", b"\0\0\0", b" \n\n\t "])
def test_an_empty_file_is_unreadable(content):
    with pytest.raises(UnreadablePaper, match="empty"):
        read(Path("empty.pdf"), content)


@pytest.mark.parametrize("name", ["photo.jpg", "photo.txt"])
def test_binary_junk_is_of_no_format(name):
    with pytest.raises(UnknownFormat):
        read(Path(name), bytes(range(256)) * 20)


def test_a_picture_called_pdf_is_unreadable():
    with pytest.raises(UnreadablePaper, match="is none"):
        read(Path("photo.pdf"), b"\x89PNG\r\n\x1a\n" + bytes(range(32)) * 20)


def test_an_archive_that_is_no_word_document_is_of_no_format():
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("notes.txt", "words")
    with pytest.raises(UnknownFormat, match="archive"):
        read(Path("notes.docx"), buffer.getvalue())


def test_an_old_word_file_comes_with_advice():
    with pytest.raises(UnknownFormat) as caught:
        read(Path("old.doc"), b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    assert ".docx" in caught.value.advice


def locked(user: str, owner: str) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(BytesIO(PAGE)))
    writer.encrypt(user_password=user, owner_password=owner, algorithm="AES-256")
    buffer = BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def test_a_pdf_with_a_password_is_encrypted():
    with pytest.raises(EncryptedPaper):
        read(Path("locked.pdf"), locked("open", "own"))


def test_a_pdf_that_only_its_owner_may_change_is_read():
    assert said(read_as("locked.pdf", locked("", "own"))) == [
        "The harbour committee met on Monday."
    ]


@pytest.mark.parametrize("share", [0.02, 0.3, 0.7])
def test_a_pdf_cut_short_is_read_or_refused(share):
    try:
        read(Path("cut.pdf"), PAGE[: int(share * len(PAGE))])
    except IngestError as error:
        assert error.path == Path("cut.pdf")


def test_a_pdf_without_words_is_empty():
    with pytest.raises(EmptyPaper):
        read(Path("blank.pdf"), pdf([], []))


def test_a_word_file_that_unpacks_to_too_much_is_refused_before_it_is_unpacked():
    bomb = BytesIO()
    with zipfile.ZipFile(BytesIO(LETTER)) as parts, zipfile.ZipFile(bomb, "w") as packed:
        for name in parts.namelist():
            packed.writestr(name, parts.read(name))
        with packed.open("word/bomb.xml", "w", force_zip64=True) as part:
            part.write(b"<a/>")
    content = bytearray(bomb.getvalue())
    # The directory at the archive's end says 4 GB; nothing has to be inflated to know.
    entry = content.rindex(b"word/bomb.xml") - 46
    content[entry + 24 : entry + 28] = (0xFFFFFFFE).to_bytes(4, "little")
    with pytest.raises(UnreadablePaper, match="unpacks"):
        read(Path("bomb.docx"), bytes(content))
