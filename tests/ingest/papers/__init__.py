"""Makes the small papers that the tests of reading need, of councils that do not exist."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import docx
from reportlab.pdfgen import canvas

from ingest.paper import BlockRole, CleanText
from ingest.reading import read

Drawn = tuple[float, float, str] | tuple[float, float, str, str, float]
"""x and y in points from the lower left, text, and perhaps font and size."""

LEFT, TOP, PITCH = 72.0, 760.0, 14.0
"""Of the pages that lines() fills: margin, first baseline, distance of baselines."""


def lines(*texts: str, top: float = TOP, left: float = LEFT, pitch: float = PITCH) -> list[Drawn]:
    """Return texts one below the other; an empty one leaves a blank line."""
    return [(left, top - at * pitch, text) for at, text in enumerate(texts) if text]


def pdf(*pages: Sequence[Drawn], title: str = "", rotation: int = 0) -> bytes:
    """Return a PDF with these texts drawn on its pages, in order."""
    buffer = BytesIO()
    sheet = canvas.Canvas(buffer, pagesize=(595, 842), invariant=1)
    if title:
        sheet.setTitle(title)
    for page in pages:
        if rotation:
            sheet.setPageRotation(rotation)
        for x, y, text, *style in page:
            font, size = style or ("Helvetica", 11)
            sheet.setFont(font, size)
            sheet.drawString(x, y, text)
        sheet.showPage()
    sheet.save()
    return buffer.getvalue()


def word(document: docx.document.Document) -> bytes:
    """Return a Word document's bytes."""
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def read_as(name: str, content: bytes | str) -> CleanText:
    """Read content as the file called name."""
    return read(Path(name), content.encode() if isinstance(content, str) else content)


def said(text: CleanText) -> list[str]:
    """Return what the blocks say."""
    return [text.text[block.start : block.end] for block in text.blocks]


def roles(text: CleanText) -> list[tuple[BlockRole, str]]:
    """Return the blocks' roles with what they say."""
    return [(block.role, text.text[block.start : block.end]) for block in text.blocks]


def check_laws(text: CleanText) -> None:
    """Assert what holds of every paper's text, whatever its format."""
    assert "".join(page.text for page in text.pages) == text.text
    position = 0
    for page in text.pages:
        assert page.start == position
        position = page.end
    assert "\n".join(said(text)) == text.text
    end = 0
    for block in text.blocks:
        assert end <= block.start < block.end
        assert "\n" not in text.text[block.start : block.end]
        end = block.end + 1
    end = 0
    for start, length, page, raw in text.origins.tolist():
        assert end <= start
        assert length > 0
        assert raw >= 0
        assert text.page_at(start) == text.page_at(start + length - 1) == page
        end = start + length
    assert end <= len(text.text)
