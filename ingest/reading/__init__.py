"""From a file's bytes to clean text, whatever the format."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from ingest.errors import EmptyPaper, IngestError, ScannedPaper, UnreadablePaper
from ingest.paper import CleanText
from ingest.reading.formats import SUFFIXES, format_of
from ingest.reading.html import read_html
from ingest.reading.markdown import read_markdown
from ingest.reading.pdf import read_pdf
from ingest.reading.plain import read_plain
from ingest.reading.word import read_word

__all__ = ["READERS", "SUFFIXES", "format_of", "read"]

Reader = Callable[[Path, bytes], CleanText]

READERS: dict[str, Reader] = {
    "pdf": read_pdf,
    "word": read_word,
    "html": read_html,
    "markdown": read_markdown,
    "text": read_plain,
}


def read(path: Path, content: bytes, *, with_ocr: bool = False) -> CleanText:
    """Return the clean text of the paper at path, whose bytes are content.

    Not for two threads at once: pdfium keeps one state a process.

    Args:
        path: the paper's file.
        content: its bytes.
        with_ocr: read pictures of pages too, which takes seconds a page.

    Raises:
        IngestError: the paper cannot be read; nothing else is ever raised for a bad file.
    """
    try:
        form = format_of(path, content)
        if form == "pdf":
            text = read_pdf(path, content, with_ocr=with_ocr)
        else:
            text = READERS[form](path, content)
    except IngestError:
        raise
    except (MemoryError, RecursionError) as exc:
        raise UnreadablePaper(path, "the file is too large or too deeply nested") from exc
    except Exception as exc:
        # The libraries promise no list of what a broken file makes them raise.
        raise UnreadablePaper(path, f"the file is broken ({type(exc).__name__}: {exc})") from exc
    if not any(map(str.isalnum, text.text)):
        raise _emptiness(path, text, with_ocr)
    return text


def _emptiness(path: Path, text: CleanText, with_ocr: bool) -> EmptyPaper:
    """Return in what way a paper without text is empty."""
    scanned = sum(page.scanned for page in text.pages)
    if not scanned:
        return EmptyPaper(path, "no text on any page")
    reason = f"no text on any page; {scanned} of {len(text.pages)} pages are pictures"
    if with_ocr:
        return EmptyPaper(path, f"{reason}, and OCR finds no words in them")
    return ScannedPaper(path, reason, scanned)
