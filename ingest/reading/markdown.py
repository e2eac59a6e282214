"""Reads Markdown: written by hand, or exported from PDFs page by page."""

from __future__ import annotations

from pathlib import Path

from ingest.paper import CleanText
from ingest.reading.decoding import decoded
from ingest.reading.exported import is_export, read_export
from ingest.reading.marked import read_marked


def read_markdown(path: Path, content: bytes) -> CleanText:
    """Return the paper's text; path only serves the other readers' errors."""
    text = decoded(content)
    return read_export(text) if is_export(text) else read_marked(text)
