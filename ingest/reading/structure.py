"""Reads what a PDF says of itself with pypdf: outline, page labels, title; and mends broken files.

pypdf is asked for no page's contents, which it would be slow at, and takes damage well: whatever
is wrong with a file's structure costs the structure, not the paper.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import islice
from typing import Any

from pypdf import PdfReader, PdfWriter
from pypdf.generic import Destination

from ingest.cleaning.characters import clean_text
from ingest.paper import OutlineEntry

OUTLINE_DEPTH = 12
"""Bookmarks nested deeper are no structure of a paper."""
MAX_OUTLINE = 20_000
"""Bookmarks; a hostile outline could go on for ever."""

# What pypdf finds wrong with a file is of no use to who ingests it: the text comes from pdfium.
logging.getLogger("pypdf").setLevel(logging.CRITICAL)


@dataclass(frozen=True, slots=True)
class Structure:
    """What a PDF says of itself."""

    outline: tuple[OutlineEntry, ...] = ()
    labels: tuple[str, ...] = ()
    """A label a page, in order; empty where the file defines none."""
    title: str | None = None

    def label(self, number: int) -> str | None:
        """Return what the PDF calls a page; number counts from 1."""
        return (self.labels[number - 1] or None) if number <= len(self.labels) else None


def read_structure(content: bytes) -> Structure:
    """Return what the PDF says of itself; nothing where that is broken."""
    try:
        reader = PdfReader(BytesIO(content))
        if reader.is_encrypted:
            reader.decrypt("")  # a file that only forbids changes opens without a password
        return Structure(_part(_outline, reader), _part(_labels, reader), _title(reader))
    except Exception:  # pypdf meets damage with exceptions of every kind
        return Structure()


def mended(content: bytes) -> bytes | None:
    """Return a broken PDF with its table of objects made anew, or None where that fails too."""
    try:
        whole = BytesIO()
        PdfWriter(clone_from=PdfReader(BytesIO(content), strict=False)).write(whole)
        return whole.getvalue()
    except Exception:  # as above
        return None


def _part(read: Any, reader: PdfReader) -> Any:  # noqa: ANN401
    """Return one part of the structure; a broken one costs only itself."""
    try:
        return tuple(read(reader))
    except Exception:  # as above
        return ()


def _outline(reader: PdfReader) -> Iterator[OutlineEntry]:
    """Yield the bookmarks that lead to a page, in order."""
    entries = _flat(reader.outline, 0)
    for entry, depth in islice(entries, MAX_OUTLINE):
        page = reader.get_destination_page_number(entry)
        title = clean_text(str(entry.title or ""))
        if title and page is not None and 0 <= page < len(reader.pages):
            yield OutlineEntry(title, page + 1, depth)


def _flat(entries: Sequence[Any], depth: int) -> Iterator[tuple[Destination, int]]:
    """Yield bookmarks with their depth; pypdf nests those below one in a list after it."""
    for entry in entries:
        if not isinstance(entry, list):
            yield entry, depth
        elif depth < OUTLINE_DEPTH:
            yield from _flat(entry, depth + 1)


def _labels(reader: PdfReader) -> list[str]:
    """Return the pages' labels, if the file defines any (pypdf would count 1, 2, 3)."""
    if "/PageLabels" not in reader.root_object:
        return []
    return [clean_text(label) for label in reader.page_labels]


def _title(reader: PdfReader) -> str | None:
    """Return the title that the metadata gives, if it says anything."""
    title = clean_text(str((reader.metadata and reader.metadata.title) or ""))
    return title if any(map(str.isalpha, title)) else None
