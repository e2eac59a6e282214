"""Tells a paper's format: by its content first, then by its file's suffix."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from pathlib import Path

from ingest.errors import UnknownFormat, UnreadablePaper

SUFFIXES = frozenset({".pdf", ".docx", ".html", ".htm", ".md", ".markdown", ".txt", ".text"})
"""What a walk through a folder takes."""

HEAD = 4096
"""Bytes within which a format shows itself."""
PDF_HEADER = 1024
"""Bytes before which "%PDF-" may stand (PDF 32000-1, annex H.3.4.1)."""
JUNK = 0.05
"""Share of control characters above which content is no text."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MARKUP = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|title|meta|div|table|p|h[1-6]|ul|ol|span|article|section)"
    rb"[\s>/]",
    re.IGNORECASE,
)
_CONTROL = bytes({*range(9), *range(14, 32)} - {0x1B})


class OldWord(UnknownFormat):
    """A .doc, .xls or .ppt of before 2007."""

    advice = "Open it in Word and save it as .docx or PDF."


def format_of(path: Path, content: bytes) -> str:
    """Return "pdf", "word", "html", "markdown" or "text".

    Raises:
        UnreadablePaper: there is nothing in the file, or a Word file is broken.
        UnknownFormat: no reader takes it.
    """
    if not content.strip(b"\0\t\n\r\f "):
        raise UnreadablePaper(path, "the file is empty")
    if b"%PDF-" in content[:PDF_HEADER]:
        return "pdf"
    if content.startswith(_OLE):
        raise OldWord(path, "the file is of an old Office format (.doc, .xls, .ppt)")
    if content.startswith(b"PK\x03\x04"):
        return _format_of_zip(path, content)
    if _is_binary(content):
        if path.suffix.lower() == ".pdf":
            raise UnreadablePaper(path, "the file is called a PDF and is none")
        raise UnknownFormat(path, "the file is neither a paper nor text")
    return _format_of_text(path, content)


def _format_of_zip(path: Path, content: bytes) -> str:
    """Return "word" for a zip that holds a Word document."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as parts:
            names = set(parts.namelist())
    except Exception as exc:  # a broken zip raises nearly anything
        raise UnreadablePaper(path, "the Word file is broken or cut short") from exc
    if "word/document.xml" in names:
        return "word"
    if any(name.startswith(("word/", "customXml/")) for name in names):
        return "word"
    raise UnknownFormat(path, "the file is an archive, not a Word document")


def _is_binary(content: bytes) -> bool:
    """Tell whether content is no text in any encoding that decoding.py knows."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return False
    head = content[:HEAD]
    controls = len(head) - len(head.translate(None, _CONTROL))
    return controls > JUNK * len(head)


def _format_of_text(path: Path, content: bytes) -> str:
    """Return the format of something that is text."""
    head = content[:HEAD].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    opens_as_page = head[:1] == b"<" and _MARKUP.search(head) is not None
    suffix = path.suffix.lower()
    if suffix in (".html", ".htm") or (opens_as_page and not head.startswith(b"<small>")):
        return "html"
    if suffix in (".md", ".markdown"):
        return "markdown"
    return "text"
