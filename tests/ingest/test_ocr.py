"""Pictures of pages are read where the optional OCR is installed, and named where it is not."""

from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen import canvas

from ingest.cleaning.pieces import Line, Piece, Sheet
from ingest.errors import EmptyPaper, ScannedPaper
from ingest.finding import Readers, digest, find, stamp_of
from ingest.keeping import Held
from ingest.paper import Page
from ingest.pipeline import Options, ingest
from ingest.reading import ocr, read
from ingest.reading.pictures import fitted, in_reading_order
from ingest.rounds import Job
from search.library import Library
from tests.embedders import HashEmbedder
from tests.ingest.papers import check_laws
from tests.shared import ROOT

needs_ocr = pytest.mark.skipif(
    not ocr.available(), reason="the optional OCR is not installed: pip install '.[ocr]'"
)
SAMPLE = (
    ROOT / "data/sample/audit/2024-01-30"
    "/Item 6 - Internal Audit - School Transport Contracts - Report.pdf"
)
"""Its third page is a picture."""


def picture(*lines: str) -> Image.Image:
    """Return a picture of a page with these lines, as a scanner makes it: 150 dots an inch."""
    page = Image.new("L", (1240, 1754), 255)
    font = ImageFont.load_default(size=28)
    for row, line in enumerate(lines):
        ImageDraw.Draw(page).text((120, 150 + 48 * row), line, fill=0, font=font)
    return page


def scan(*pages: Image.Image | str) -> bytes:
    """Return a PDF of pictures; a text instead of one is printed."""
    buffer = BytesIO()
    sheet = canvas.Canvas(buffer, pagesize=(595, 842), invariant=1)
    for page in pages:
        if isinstance(page, str):
            sheet.drawString(72, 700, page)
        else:
            sheet.drawImage(ImageReader(page), 0, 0, 595, 842)
        sheet.showPage()
    sheet.save()
    return buffer.getvalue()


QUAY = picture("The committee met in the guildhall.", "It was agreed that the quay be mended.")
PRINTED = "The ferry sailed on every day of the summer."


def line(text: str, left: float, base: float, size: float = 12.0) -> Line:
    return Line((Piece(text, 1),), text, left, left + 5 * len(text), base, size, False)


def test_without_ocr_a_paper_of_pictures_says_how_to_have_it_read():
    with pytest.raises(ScannedPaper) as failure:
        read(Path("scan.pdf"), scan(QUAY, QUAY))
    assert failure.value.pages == 2
    assert "2 of 2 pages are pictures" in failure.value.reason
    assert "optional OCR" in failure.value.advice


def test_a_page_that_ocr_has_not_read_has_no_confidence():
    text = read(Path("scan.pdf"), scan(QUAY, PRINTED))
    assert [(page.scanned, page.ocr) for page in text.pages] == [(True, None), (False, None)]


def readers_before_and_after(path: Path, reader: str, engine: str) -> bool:
    """Tell whether a paper held under a reader is read anew where an engine is installed."""
    stamp = stamp_of(path, reader)
    known = {path.as_posix(): Held(digest(path), stamp.size, stamp.modified_ns, reader)}
    return bool(find([path], known, Readers("code", engine)).to_read)


@pytest.mark.parametrize(
    ("scanned", "read_by", "engine", "anew"),
    [
        (False, "", "", False),
        (False, "", "engine-1", False),
        (True, "", "", False),
        (True, "", "engine-1", True),
        (True, "engine-1", "engine-1", False),
        (True, "engine-1", "engine-2", True),
        (True, "engine-1", "", False),
    ],
)
def test_only_papers_with_pictures_are_read_anew_when_ocr_comes(
    tmp_path, scanned, read_by, engine, anew
):
    path = tmp_path / "paper.txt"
    path.write_text("The quay was mended.")
    reader = Job(path, "code", {}, read_by).stamped(scanned)
    assert readers_before_and_after(path, reader, engine) is anew


def test_lines_side_by_side_are_read_row_by_row():
    cells = [line("Quay", 72, 700), line("1,200", 300, 701), line("Lamps", 72, 680)]
    ordered = in_reading_order([cells[2], cells[1], cells[0]], 595)
    assert [each.text for each in ordered] == ["Quay", "1,200", "Lamps"]


def test_a_number_is_put_together_with_what_it_opens():
    boxes = [line("2)", 72, 700), line("The Chairman spoke of the ferry.", 81, 701)]
    assert [each.text for each in in_reading_order(boxes, 595)] == [
        "2) The Chairman spoke of the ferry."
    ]


def test_two_columns_of_prose_are_read_one_after_the_other():
    long = "forty letters and more of a column's prose {}"
    left = [line(long.format(f"l{at}"), 40, 700 - 14 * at) for at in range(7)]
    right = [line(long.format(f"r{at}"), 310, 700 - 14 * at) for at in range(7)]
    head = line("The harbour news, for all who live by it and on it, and its ferries", 140, 740)
    mixed = [each for pair in zip(right, left, strict=True) for each in pair]
    assert in_reading_order([*mixed, head], 595) == [head, *left, *right]


lines = st.lists(
    st.builds(
        line, st.text("abc1). ", min_size=1, max_size=50), st.floats(0, 500), st.floats(0, 800)
    )
)


def letters(found: list[Line]) -> str:
    return "".join(each.text for each in found).replace(" ", "")


@given(lines)
def test_no_line_is_lost_or_doubled_when_lines_are_put_in_order(found):
    ordered = in_reading_order(found, 595)
    assert sorted(letters(ordered)) == sorted(letters(found))


def test_letters_that_are_boxed_a_little_higher_are_made_the_papers_size():
    printed = Sheet(1, 842, 595, (line("The quay was mended.", 72, 700, 11.0),))
    seen = Sheet(2, 842, 595, (line("The ferry sailed.", 72, 700, 12.6),))
    poster = Sheet(3, 842, 595, (line("NOTICE", 72, 700, 40.0),))
    made = fitted([printed, seen, poster], {2, 3})
    assert [sheet.lines[0].size for sheet in made] == [11.0, pytest.approx(11.0), 40.0]


@needs_ocr
def test_ocr_reads_a_picture_with_places_and_confidence():
    first, second = sorted(
        ocr.read_image(np.asarray(QUAY.convert("RGB"))), key=lambda each: each.top
    )
    assert first.text == "The committee met in the guildhall."
    assert second.text == "It was agreed that the quay be mended."
    assert first.confidence > 0.8
    assert 100 < first.left < 140 and first.bottom < second.top + 10


@needs_ocr
def test_a_page_read_by_ocr_is_part_of_the_paper_and_says_how_sure_it_is():
    text = read(Path("scan.pdf"), scan(PRINTED, QUAY), with_ocr=True)
    page: Page = text.pages[1]
    assert "the quay be mended." in page.text
    assert page.scanned and page.ocr is not None and 0.8 < page.ocr <= 1
    assert text.pages[0].ocr is None
    check_laws(text)


@needs_ocr
def test_a_picture_without_words_stays_one():
    with pytest.raises(EmptyPaper) as failure:
        read(Path("scan.pdf"), scan(Image.new("L", (600, 800), 200)), with_ocr=True)
    assert "OCR finds no words" in failure.value.reason


@needs_ocr
def test_the_samples_scanned_page_is_read():
    text = read(SAMPLE, SAMPLE.read_bytes(), with_ocr=True)
    assert [page.scanned for page in text.pages] == [False, False, True, False]
    page = text.pages[2].text
    assert "The post of compliance officer has been frozen since April 2022." in page
    assert "number of pupils has risen by a fifth in three years" in page
    assert text.pages[2].ocr is not None and text.pages[2].ocr > 0.9
    assert text.page_at(text.text.index("R5.")) == 3


@needs_ocr
def test_papers_with_pictures_are_read_once_ocr_is_there_and_not_again(tmp_path):
    papers = tmp_path / "papers"
    papers.mkdir()
    (papers / "scan.pdf").write_bytes(scan(QUAY))
    (papers / "mixed.pdf").write_bytes(scan(PRINTED, QUAY))
    (papers / "printed.pdf").write_bytes(scan(PRINTED))
    names = ["mixed.pdf", "printed.pdf", "scan.pdf"]
    with Library.create_or_open(tmp_path / "library", "hash", HashEmbedder.dimension) as library:
        without, with_ocr, again, without_again = (
            ingest([papers], library, HashEmbedder, Options(processes=1, with_ocr=wanted))
            for wanted in (False, True, True, False)
        )
    assert [Path(each).name for each in sorted(without.added)] == names[:2]
    assert [Path(each.source).name for each in without.failed] == ["scan.pdf"]
    assert list(without.scanned.values()) == [[2]]
    assert not with_ocr.failed and not with_ocr.scanned
    assert {Path(key).name: value for key, value in with_ocr.read_by_ocr.items()} == {
        "scan.pdf": [1],
        "mixed.pdf": [2],
    }
    assert len(with_ocr.unchanged) == 1
    assert len(again.unchanged) == len(without_again.unchanged) == 3


@needs_ocr
def test_a_picture_of_any_size_is_read_within_a_workers_memory(tmp_path):
    buffer = BytesIO()
    sheet = canvas.Canvas(buffer, pagesize=(14_400, 14_400), invariant=1)
    sheet.drawImage(ImageReader(QUAY), 0, 0, 14_400, 14_400)
    sheet.save()
    (tmp_path / "poster.pdf").write_bytes(buffer.getvalue())
    with Library.create_or_open(tmp_path / "library", "hash", HashEmbedder.dimension) as library:
        report = ingest([tmp_path / "poster.pdf"], library, HashEmbedder, Options(processes=1))
    assert list(report.read_by_ocr.values()) == [[1]]
