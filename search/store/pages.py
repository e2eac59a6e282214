"""Pages in the database: the only place that holds a paper's words, each page's packed by itself.

Packed they take less than half the room (of 25,000 real pages .46), and a page is unpacked in ten
microseconds; a question's candidates stand on a hundred.
"""

from __future__ import annotations

import json
import sqlite3
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping

from ingest.paper import Page
from search.store.packing import pack, unpack
from search.store.rows import Row

_COLUMNS = "number, label, start, scanned, ocr, words"


def page_row(paper: int, page: Page) -> Row:
    """Return the columns of table page, in the schema's order."""
    return paper, page.number, page.label, page.start, page.scanned, page.ocr, packed(page.text)


def packed(text: str) -> bytes:
    """Return column words of a page's text."""
    return pack(text.encode())


def unpacked(words: bytes) -> str:
    """Return a page's text of column words."""
    return unpack(words).decode()


def pages_of(db: sqlite3.Connection, paper: int) -> tuple[Page, ...]:
    """Return the pages of a paper, by its number, in order."""
    rows = db.execute(f"SELECT {_COLUMNS} FROM page WHERE paper = ? ORDER BY number", (paper,))  # noqa: S608
    return tuple(map(_page_of, rows))


def page_of(db: sqlite3.Connection, paper: int, number: int) -> Page | None:
    """Return one page of a paper; None where it has no such page."""
    row = db.execute(
        f"SELECT {_COLUMNS} FROM page WHERE paper = ? AND number = ?",  # noqa: S608
        (paper, number),
    ).fetchone()
    return row and _page_of(row)


def text_of(db: sqlite3.Connection, paper: int) -> str:
    """Return the whole text of a paper, by its number."""
    return "".join(page.text for page in pages_of(db, paper))


class Words:
    """The words of one paper, whose pages are read when they are first wanted."""

    def __init__(self, db: sqlite3.Connection, paper: int) -> None:
        """Look where the pages begin."""
        self._db = db
        self._paper = paper
        query = "SELECT start, number FROM page WHERE paper = ? ORDER BY number"
        self._starts, self._numbers = zip(*db.execute(query, (paper,)), strict=True)
        self._read: dict[int, str] = {}

    def said(self, start: int, end: int) -> str:
        """Return characters [start, end) of the paper's text."""
        first = bisect_right(self._starts, start) - 1
        after = bisect_left(self._starts, end, lo=first + 1)
        text = "".join(map(self._text, range(first, after)))
        return text[start - self._starts[first] : end - self._starts[first]]

    def _text(self, place: int) -> str:
        if place not in self._read:
            query = "SELECT words FROM page WHERE paper = ? AND number = ?"
            row = self._db.execute(query, (self._paper, self._numbers[place])).fetchone()
            self._read[place] = unpacked(row[0])
        return self._read[place]


class Cuttings:
    """Runs of pages, read in one query, of which passages are cut."""

    def __init__(self, db: sqlite3.Connection, runs: Iterable[tuple[int, int, int]]) -> None:
        """Read the pages of all runs: (paper's number, first page, last page)."""
        wanted = {(paper, page) for paper, first, last in runs for page in range(first, last + 1)}
        rows = db.execute(
            "SELECT page.paper, page.number, page.start, page.words FROM json_each(?) AS wanted"
            " CROSS JOIN page ON page.paper = json_extract(wanted.value, '$[0]')"
            " AND page.number = json_extract(wanted.value, '$[1]')",
            (json.dumps(sorted(wanted)),),
        )
        self._pages: Mapping[tuple[int, int], tuple[int, str]] = {
            (paper, number): (start, unpacked(words)) for paper, number, start, words in rows
        }

    def cut(self, paper: int, first: int, last: int, start: int, end: int) -> str:
        """Return characters [start, end) of a paper, which stand on pages first to last."""
        begins, text = self._pages[paper, first]
        if last > first:
            text += "".join(self._pages[paper, page][1] for page in range(first + 1, last + 1))
        return text[start - begins : end - begins]


def _page_of(row: Row) -> Page:
    number, label, start, scanned, ocr, words = row
    return Page(number, label, start, unpacked(words), bool(scanned), ocr)
