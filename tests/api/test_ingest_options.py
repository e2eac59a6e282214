"""What `matters ingest` can be told of papers, and what it tells of pictures of pages."""

import json
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from ingest.reading import ocr
from tests.api.test_cli import lines, words

LETTER = """\
Dear all,

The slipway will be closed for repairs until the first of May, and the ferry with it.
"""


@pytest.fixture
def letter(tmp_path) -> Path:
    path = tmp_path / "papers" / "letter.txt"
    path.parent.mkdir()
    path.write_text(LETTER)
    return path


def picture(path: Path) -> Path:
    """Write a PDF with a page of text and one that is a grey picture."""
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=(595, 842), invariant=1)
    canvas.drawString(72, 700, "The slipway will be closed for repairs until the first of May.")
    canvas.showPage()
    canvas.drawImage(ImageReader(Image.new("L", (60, 80), 200)), 0, 0, 595, 842)
    canvas.showPage()
    canvas.save()
    path.write_bytes(buffer.getvalue())
    return path


def understood(matters) -> dict:
    (paper,) = lines(matters("export", "papers"))
    return paper


def test_body_date_and_kind_of_the_command_line_are_believed_and_remembered(matters, letter):
    told = matters(
        "ingest", letter, "--body", "Ferry Board", "--date", "2024-03-12", "--kind", "report"
    )
    assert told.exit_code == 0, told.output
    once = understood(matters)
    assert (once["body"], once["meeting_date"], once["kind"]) == (
        "Ferry Board",
        "2024-03-12",
        "report",
    )
    again = matters("ingest", letter.parent)
    assert "0 added 0 replaced 1 unchanged" in words(again.output)
    assert understood(matters) == once


def test_an_empty_text_takes_back_what_was_said(matters, letter):
    matters("ingest", letter, "--body", "Ferry Board", "--date", "2024-03-12")
    taken = matters("ingest", letter, "--body", "")
    assert "1 replaced" in words(taken.output)
    assert understood(matters)["body"] != "Ferry Board"
    assert understood(matters)["meeting_date"] == "2024-03-12"


@pytest.mark.parametrize(
    ("option", "value", "says"),
    [
        ("--kind", "minuts", "did you mean 'minutes'?"),
        ("--date", "12/03/2024", "a day such as 2024-03-12"),
        ("--body", "x" * 201, "more than 200"),
    ],
)
def test_what_makes_no_sense_is_wrong_usage_and_makes_no_library(
    matters, letter, tmp_path, option, value, says
):
    result = matters("ingest", letter, option, value)
    assert result.exit_code == 2
    assert says in " ".join(result.stderr.replace("│", " ").split())
    assert not (tmp_path / "library").exists()


def test_a_sidecar_with_a_slip_of_the_pen_is_a_failure_with_the_right_name(matters, letter):
    (letter.parent / "letter.txt.toml").write_text('bodi = "Ferry Board"')
    result = matters("ingest", letter.parent, "--strict")
    assert result.exit_code == 1
    assert "did you mean 'body'?" in words(result.output)
    assert "Correct the sidecar" in words(result.output)


def test_pages_without_text_are_named_with_what_to_do(matters, tmp_path):
    report = words(matters("ingest", picture(tmp_path / "scan.pdf"), "--no-ocr").output)
    assert "Pages without text" in report
    assert "scan.pdf: page 2" in report
    advice = "ingest them again" if ocr.available() else "add the optional OCR"
    assert advice in report
    status = words(matters("status").output)
    assert "1 of them without text" in status
    assert advice in status
    assert json.loads(matters("status", "--json").stdout)["scanned_pages"] == 1
