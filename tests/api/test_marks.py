"""Whether the words of a passage are marked where they stand on the page, or not at all."""

import io

import numpy as np
import pypdfium2 as pdfium
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from api.viewing.marks import FULL, Box, Run, lines, runs_of, stands_there
from api.viewing.png import png
from api.viewing.sheets import MOST_DOTS, Sheet, Trouble, draw, look
from ingest.understanding import make_paper

boxes = st.lists(
    st.builds(
        lambda left, top, wide, high: Box(left, top, left + wide, top + high),
        *(st.integers(0, 9_000), st.integers(0, 9_000), st.integers(1, 400), st.integers(1, 400)),
    ),
    max_size=30,
)


def written(folder, *drawings, size=A4, turned=0):
    """Write a PDF, a page a drawing: each a list of (x, y, words)."""
    file = folder / "paper.pdf"
    canvas = Canvas(str(file), pagesize=size, invariant=True)
    for drawing in drawings:
        canvas.setPageRotation(turned)
        for x, y, words in drawing:
            canvas.drawString(x, y, words)
        canvas.showPage()
    canvas.save()
    return file, make_paper(file, file.read_bytes())


def seen(file, paper, words: str, number: int = 1) -> Sheet:
    """Return what is to be marked of words of a paper on one of its pages."""
    start = paper.text.text.index(words)
    page = paper.text.pages[number - 1]
    origins = paper.text.origins[paper.text.origins[:, 2] == number]
    runs = runs_of(page.text, page.start, origins, (start, start + len(words)))
    found = look(file, paper.sha256, number, [runs])
    assert isinstance(found, Sheet)
    return found


LINES = [
    (72, 700, "The Harbour Master reported that the inner harbour had silted up,"),
    (72, 685, "and that fishing boats could berth at high water only."),
]


def test_a_mark_lies_upon_the_words_and_nowhere_else(tmp_path):
    file, paper = written(tmp_path, LINES)
    (box,) = seen(file, paper, "fishing boats").marks[0]
    width, height = A4
    with pdfium.PdfDocument(file) as pdf:
        text = (
            pdf[0]
            .get_textpage()
            .get_text_bounded(
                left=box.left / FULL * width,
                right=box.right / FULL * width,
                top=height - box.top / FULL * height,
                bottom=height - box.bottom / FULL * height,
            )
        )
    assert text.strip() == "fishing boats"


def test_words_on_two_lines_have_two_marks(tmp_path):
    file, paper = written(tmp_path, LINES)
    first, second = seen(file, paper, "had silted up, and that fishing boats").marks[0]
    assert first.bottom <= second.top + 30
    assert second.left < first.left


def test_on_a_page_turned_a_quarter_the_marks_are_where_it_is_shown(tmp_path):
    # reportlab turns the size too.
    file, paper = written(tmp_path, LINES, size=A4[::-1], turned=90)
    sheet = seen(file, paper, "fishing boats")
    assert sheet.width > sheet.height
    # Shown clockwise by a quarter: what was near the top is now near the right, text runs down.
    (box,) = sheet.marks[0]
    assert FULL * 0.7 < box.left < box.right < FULL
    assert box.height > 3 * box.width


def test_a_passage_over_the_end_of_a_page_is_marked_on_both(tmp_path):
    file, paper = written(
        tmp_path,
        [(72, 100, "The Committee asked for a survey of the outer harbour, and for its")],
        [(72, 750, "costs to be laid before the next meeting.")],
    )
    start = paper.text.text.index("survey")
    for number in (1, 2):
        page = paper.text.pages[number - 1]
        origins = paper.text.origins[paper.text.origins[:, 2] == number]
        runs = runs_of(page.text, page.start, origins, (start, len(paper.text.text)))
        assert look(file, paper.sha256, number, [runs]).marks[0]


def test_words_whose_place_is_not_known_are_not_marked():
    origins = np.array([[0, 4, 1, 0]], dtype=np.int32)
    assert runs_of("boat fees", 0, origins, (0, 4)) == (Run(0, "boat"),)
    assert runs_of("boat fees", 0, origins, (0, 9)) == ()


def test_words_that_do_not_stand_there_are_not_marked(tmp_path):
    file, paper = written(tmp_path, LINES)
    assert look(file, paper.sha256, 1, [[Run(0, "The lantern")]]).marks == ((),)


@pytest.mark.parametrize(
    ("words", "layer", "there"),
    [
        ("office", "office", True),
        ("f", "ﬁ", True),
        ("é", "e\u0301", True),
        ("• boats", "\uf0b7 boats", True),
        ("boats", "coats", False),
        ("boats", "boat", False),
    ],
)
def test_words_are_compared_without_accents_and_signs(words, layer, there):
    assert stands_there(Run(0, words), layer) is there


@given(boxes)
def test_lines_hold_every_box_and_are_no_more_than_they(given_boxes):
    found = lines(given_boxes)
    assert len(found) <= len(given_boxes)
    for box in filter(lambda each: each.on_page, given_boxes):
        assert any(
            line.left <= box.left
            and line.right >= box.right
            and line.top <= box.top
            and line.bottom >= box.bottom
            for line in found
        )


def test_a_wide_gap_is_not_marked():
    one, other = Box(100, 100, 400, 200), Box(2_000, 100, 2_300, 200)
    assert lines([one, other]) == (one, other)


def test_a_file_that_changed_is_neither_drawn_nor_marked(tmp_path):
    file, paper = written(tmp_path, LINES)
    assert isinstance(look(file, paper.sha256, 1, [[]]), Sheet)
    file.write_bytes(file.read_bytes() + b"\n")
    assert look(file, paper.sha256, 1, [[]]) == Trouble(True, "has changed since it was read")
    assert draw(file, paper.sha256, 1, 700).changed
    file.unlink()
    assert draw(file, paper.sha256, 1, 700) == Trouble(True, "is not where it was read")


def test_a_page_that_is_not_there_is_trouble(tmp_path):
    file, paper = written(tmp_path, LINES)
    assert not draw(file, paper.sha256, 9, 700).changed


def test_a_picture_is_as_wide_as_asked_and_shows_ink(tmp_path):
    file, paper = written(tmp_path, LINES)
    picture = Image.open(io.BytesIO(draw(file, paper.sha256, 1, 700)))
    assert picture.width == pytest.approx(700, abs=1)
    assert picture.getextrema()[0] < 100


def test_a_huge_page_is_drawn_smaller(tmp_path):
    file, paper = written(tmp_path, LINES, size=(800, 14_000))
    picture = Image.open(io.BytesIO(draw(file, paper.sha256, 1, 2_000)))
    assert picture.width * picture.height <= MOST_DOTS * 1.01


@given(st.integers(1, 9), st.integers(1, 9), st.booleans(), st.randoms(use_true_random=False))
def test_a_picture_keeps_every_dot(height, width, grey, random):
    dots = np.array(
        [[[random.randrange(256) for _ in range(3)] for _ in range(width)] for _ in range(height)],
        dtype=np.uint8,
    )
    if grey:
        dots = np.repeat(dots[..., :1], 3, axis=2)
    again = Image.open(io.BytesIO(png(dots)))
    assert again.mode in (("L",) if grey else ("RGB", "L"))
    assert (np.asarray(again.convert("RGB")) == dots).all()
