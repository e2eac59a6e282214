"""Reads what a PDF says of itself, outline, page labels and title; and mends broken files.

pdfium tells all three as it reads. What it cannot open at all, pypdf writes anew.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from itertools import islice
from typing import TypeVar

import pypdfium2 as pdfium
from pypdf import PdfReader, PdfWriter

from ingest.cleaning.characters import clean_text
from ingest.paper import OutlineEntry

OUTLINE_DEPTH = 12
"""Bookmarks nested deeper are no structure of a paper."""
MAX_OUTLINE = 20_000
"""Bookmarks; a hostile outline could go on for ever."""

Told = TypeVar("Told")

# What is wrong with a file is of no use to who ingests it: what can be read of it is.
logging.getLogger("pypdf").setLevel(logging.CRITICAL)
logging.getLogger("pypdfium2").setLevel(logging.CRITICAL)


@dataclass(frozen=True, slots=True)
class Structure:
    """What a PDF says of itself."""

    outline: tuple[OutlineEntry, ...] = ()
    labels: tuple[str, ...] = ()
    """A label a page, in order, "" for one without; they end early where the file is broken."""
    title: str | None = None

    def label(self, number: int) -> str | None:
        """Return what the PDF calls a page; number counts from 1."""
        return (self.labels[number - 1] or None) if number <= len(self.labels) else None


def read_structure(pdf: pdfium.PdfDocument) -> Structure:
    """Return what an open PDF says of itself; a part that is broken costs only itself."""
    title = next(_part(_title(pdf)), "")
    outline, labels = tuple(_part(_outline(pdf))), tuple(_part(_labels(pdf)))
    return Structure(outline, labels, title if any(map(str.isalpha, title)) else None)


def mended(content: bytes) -> bytes | None:
    """Return a broken PDF with its table of objects made anew, or None where that fails too."""
    try:
        whole = BytesIO()
        PdfWriter(clone_from=PdfReader(BytesIO(content), strict=False)).write(whole)
        return whole.getvalue()
    except Exception:  # pypdf meets damage with exceptions of every kind
        return None


def _part(read: Iterator[Told]) -> Iterator[Told]:
    """Yield what one part tells until it breaks: letters that are none, a page that is not."""
    try:
        yield from read
    except (UnicodeDecodeError, pdfium.PdfiumError):
        return


def _title(pdf: pdfium.PdfDocument) -> Iterator[str]:
    """Yield the title that the metadata gives."""
    yield clean_text(pdf.get_metadata_value("Title"))


def _labels(pdf: pdfium.PdfDocument) -> Iterator[str]:
    """Yield the pages' labels, in order."""
    for at in range(len(pdf)):
        label = pdf.get_page_label(at)
        yield clean_text(label) if label else ""


def _outline(pdf: pdfium.PdfDocument) -> Iterator[OutlineEntry]:
    """Yield the bookmarks that lead to a page, in order."""
    for entry in islice(pdf.get_toc(max_depth=OUTLINE_DEPTH), MAX_OUTLINE):
        leads_to = entry.get_dest()
        page = leads_to.get_index() if leads_to else None
        title = clean_text(entry.get_title())
        if title and page is not None and page < len(pdf):
            yield OutlineEntry(title, page + 1, entry.level)
