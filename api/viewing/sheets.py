"""Draws pages and finds places on them, in a process of its own: a PDF is anybody's file.

The functions at the end run there; only plain values go in and come out.
"""

from __future__ import annotations

import ctypes
from collections import OrderedDict
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from api.viewing.marks import FULL, Box, Run, lines, stands_there
from api.viewing.png import png
from ingest.reading.printed import raw_text
from ingest.reading.structure import mended

MOST_DOTS = 12_000_000
"""Of one picture: A4 at 2,000 dots across has 5.7 million; a plan is drawn coarser."""

OPEN = 3
"""PDFs kept open: whoever turns pages comes back to the same one."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why a page cannot be shown."""

    changed: bool
    """The file is gone or another; otherwise it cannot be drawn."""
    reason: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page's size in points, as it is shown, and the lines to mark on it."""

    width: float
    height: float
    marks: tuple[tuple[Box, ...], ...]
    """For each lot of runs asked for, its lines; none where its words do not stand there."""


_opened: OrderedDict[tuple[str, str, int, int], pdfium.PdfDocument] = OrderedDict()
"""PDFs by path, SHA-256, size and time of change; the latest used last."""


def draw(path: Path, digest: str, number: int, width: int) -> bytes | Trouble:
    """Return a page, from 1, as PNG of about so many dots across.

    Args:
        path: the PDF.
        digest: SHA-256 that it must have.
        number: of the page, from 1.
        width: in dots; a page with more than MOST_DOTS is drawn smaller.
    """
    pdf = _open(path, digest)
    if isinstance(pdf, Trouble):
        return pdf
    try:
        with closing(pdf[number - 1]) as page:
            across, up = page.get_size()
            scale = min(width / across, (MOST_DOTS / (across * up)) ** 0.5)
            with closing(page.render(scale=scale, rev_byteorder=True)) as bitmap:
                return png(bitmap.to_numpy()[..., :3])
    except (pdfium.PdfiumError, IndexError, ZeroDivisionError) as exc:
        return Trouble(False, f"page {number} cannot be drawn ({exc})")


def look(path: Path, digest: str, number: int, lots: Sequence[Sequence[Run]]) -> Sheet | Trouble:
    """Return a page's size, and for each lot of runs the lines to mark; see Sheet and draw."""
    pdf = _open(path, digest)
    if isinstance(pdf, Trouble):
        return pdf
    try:
        with closing(pdf[number - 1]) as page:
            width, height = page.get_size()
            if not any(lots):
                return Sheet(width, height, tuple(() for _ in lots))
            with closing(page.get_textpage()) as textpage:
                layer = raw_text(textpage)
                marks = tuple(_lines(page, textpage, layer, runs) for runs in lots)
            return Sheet(width, height, marks)
    except (pdfium.PdfiumError, IndexError) as exc:
        return Trouble(False, f"page {number} cannot be read ({exc})")


def _lines(
    page: pdfium.PdfPage, textpage: pdfium.PdfTextPage, layer: str, runs: Sequence[Run]
) -> tuple[Box, ...]:
    if not all(stands_there(run, layer) for run in runs):
        return ()
    places = (
        at
        for run in runs
        for at in range(run.raw, run.raw + len(run.text))
        if not layer[at].isspace()
    )
    return lines(_box(page, textpage, at) for at in places)


def _box(page: pdfium.PdfPage, textpage: pdfium.PdfTextPage, at: int) -> Box:
    """Return where a character stands on the page as it is shown."""
    found = raw.FS_RECTF()
    raw.FPDFText_GetLooseCharBox(textpage, at, found)
    across, down = zip(
        _shown(page, found.left, found.top), _shown(page, found.right, found.bottom), strict=True
    )
    return Box(min(across), min(down), max(across), max(down))


def _shown(page: pdfium.PdfPage, x: float, y: float) -> tuple[int, int]:
    """Return a place of the PDF as one of the page as shown: turned, cropped, from the top left."""
    across, down = ctypes.c_int(), ctypes.c_int()
    raw.FPDF_PageToDevice(page, 0, 0, FULL, FULL, 0, x, y, across, down)
    return across.value, down.value


def _open(path: Path, digest: str) -> pdfium.PdfDocument | Trouble:
    """Return the PDF, only while its bytes are those that were read."""
    try:
        stat = path.stat()
        key = (str(path), digest, stat.st_size, stat.st_mtime_ns)
        if key in _opened:
            _opened.move_to_end(key)
            return _opened[key]
        content = path.read_bytes()
    except OSError:
        return Trouble(True, "is not where it was read")
    if sha256(content).hexdigest() != digest:
        return Trouble(True, "has changed since it was read")
    try:
        pdf = _pdf(content)
    except pdfium.PdfiumError as exc:
        return Trouble(False, f"cannot be opened ({exc})")
    _opened[key] = pdf
    while len(_opened) > OPEN:
        _opened.popitem(last=False)[1].close()
    return pdf


def _pdf(content: bytes) -> pdfium.PdfDocument:
    """Open a PDF as the reader did: mended where it is broken."""
    try:
        return pdfium.PdfDocument(content)
    except pdfium.PdfiumError:
        whole = mended(content)
        if whole is None:
            raise
        return pdfium.PdfDocument(whole)
