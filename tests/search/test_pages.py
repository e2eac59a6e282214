"""Whatever stands on a paper's pages, what is read back of them is exactly that."""

from contextlib import closing
from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.paper import Page
from search.store.pages import (
    Cuttings,
    Words,
    packed,
    page_of,
    page_row,
    pages_of,
    text_of,
    unpacked,
)
from search.store.schema import open_to_write

PAPER = 7

texts_of_pages = st.lists(st.text(max_size=40), min_size=1, max_size=6)


@pytest.fixture(scope="module")
def db(tmp_path_factory):
    with closing(open_to_write(tmp_path_factory.mktemp("library"))) as db:
        db.execute("PRAGMA foreign_keys = OFF")  # pages of no paper
        yield db


def kept(db, texts) -> list[Page]:
    """Keep pages with these texts, and no others; return them."""
    starts = accumulate(map(len, texts), initial=0)
    pages = [
        Page(number, f"p{number}", start, text)
        for number, (start, text) in enumerate(zip(starts, texts, strict=False), start=1)
    ]
    db.execute("DELETE FROM page")
    db.executemany(
        "INSERT INTO page VALUES (?, ?, ?, ?, ?, ?, ?)", [page_row(PAPER, page) for page in pages]
    )
    return pages


@given(st.text())
def test_packed_words_are_unpacked_as_they_were(text):
    assert unpacked(packed(text)) == text


@given(texts_of_pages)
def test_pages_are_read_as_they_were_kept(db, texts):
    pages = kept(db, texts)
    assert pages_of(db, PAPER) == tuple(pages)
    assert [page_of(db, PAPER, page.number) for page in pages] == pages
    assert page_of(db, PAPER, len(pages) + 1) is None
    assert text_of(db, PAPER) == "".join(texts)


@given(texts_of_pages, st.data())
def test_any_part_of_a_paper_is_cut_out_of_the_pages_that_hold_it(db, texts, data):
    pages = kept(db, texts)
    whole = "".join(texts)
    start = data.draw(st.integers(0, len(whole)))
    end = data.draw(st.integers(start, len(whole)))
    assert Words(db, PAPER).said(start, end) == whole[start:end]
    first = max(page.number for page in pages if page.start <= start)
    last = max(page.number for page in pages if page.start <= max(start, end - 1))
    cuttings = Cuttings(db, [(PAPER, first, last)])
    assert cuttings.cut(PAPER, first, last, start, end) == whole[start:end]
