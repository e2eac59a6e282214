"""Papers in PDF, as a committee clerk's word processor prints them."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Sequence
from pathlib import Path

from reportlab import rl_config
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import cm
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    Flowable,
    PageBreak,
    Paragraph,
    SimpleDocTemplate,
    Table,
    TableStyle,
)

from .markup import Block, parse
from .scan import scanned
from .source import Source, read
from .styles import STYLES, inline

WIDTH = A4[0] - 4.6 * cm
GRID = TableStyle(
    [
        ("GRID", (0, 0), (-1, -1), 0.5, colors.black),
        ("BACKGROUND", (0, 0), (-1, 0), colors.lightgrey),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ]
)
PLAIN = TableStyle([("VALIGN", (0, 0), (-1, -1), "TOP"), ("LEFTPADDING", (0, 0), (-1, -1), 0)])


class Scan(Flowable):  # type: ignore[misc]
    """A scanned page: a picture over the whole sheet, with no text behind it."""

    def __init__(self, text: str) -> None:
        """Keep the picture of this text."""
        super().__init__()
        self.picture = ImageReader(io.BytesIO(scanned(text)))

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Ask for all the room that a page has."""
        return width, height - 1

    def draw(self) -> None:
        """Lay the picture over the sheet, margins included."""
        x, y = self.canv.absolutePosition(0, 0)
        self.canv.drawImage(self.picture, -x, -y, A4[0], A4[1])
        self.canv.bare = False


class NextIsBare(Flowable):  # type: ignore[misc]
    """Keeps the running head and foot off the next page, so that it is a picture alone."""

    def draw(self) -> None:
        """Tell the canvas."""
        self.canv.bare = True


class Bookmark(Flowable):  # type: ignore[misc]
    """An entry of the outline, at the top of the page it stands on."""

    def __init__(self, title: str, key: str) -> None:
        """Keep the entry's title, and a key that no other entry has."""
        super().__init__()
        self.title, self.key = title, key

    def draw(self) -> None:
        """Write the entry."""
        self.canv.bookmarkPage(self.key)
        self.canv.addOutlineEntry(self.title, self.key, 0)


def heading(each: Block, kind: str) -> list[Flowable]:
    """Set a heading; further lines of its block follow in italics, or in the middle."""
    first, *more = each.text.splitlines()
    lines = [Paragraph(inline(first), STYLES[kind])]
    italics = "{}" if kind in ("title", "subtitle") else "<i>{}</i>"
    below = STYLES[kind] if kind in ("title", "subtitle") else STYLES["below"]
    return lines + [Paragraph(italics.format(inline(line)), below) for line in more]


def table(each: Block) -> list[Flowable]:
    """Set a table; its first column is twice as wide as the others."""
    head, *body = each.rows
    part = WIDTH / (len(head) + 1)
    bold = [tuple(f"**{cell}**" if cell else "" for cell in head), *body]
    cells = [[Paragraph(inline(cell), STYLES["cell"]) for cell in line] for line in bold]
    widths = [2 * part] + [part] * (len(head) - 1)
    return [Table(cells, colWidths=widths, style=GRID, repeatRows=1, spaceAfter=10)]


def labelled(each: Block) -> list[Flowable]:
    """Set the labelled lines at the head of a report."""
    pairs = [(f"**{label}**", value) for label, value in each.rows]
    cells = [[Paragraph(inline(words), STYLES["field"]) for words in pair] for pair in pairs]
    return [Table(cells, colWidths=[0.24 * WIDTH, 0.76 * WIDTH], style=PLAIN, spaceAfter=8)]


def order(each: Block, folder: Path, hyphens: bool) -> list[Flowable]:
    """Carry out an order: a new page, a scanned page, or another paper's text."""
    name, _, rest = each.text.partition(">>")
    if name == "scan":
        words = re.sub("(?m)^~$", "", rest.removesuffix("<<end>>"))
        return [NextIsBare(), PageBreak(), Scan(words.strip()), PageBreak()]
    if name.startswith("include "):
        text = read(folder / name.removeprefix("include ")).text
        mark = Bookmark(rest.strip(), name)
        return [PageBreak(), mark, *story(parse(text), folder, hyphens)]
    return [PageBreak()]


def paragraph(each: Block, hyphens: bool) -> list[Flowable]:
    """Set running text, a numbered paragraph or a bullet."""
    kind = "inner" if each.number.startswith("(") else each.kind
    number = "\u2022" if each.kind == "bullet" else each.number
    return [Paragraph(inline(each.text, hyphens), STYLES[kind], bulletText=number or None)]


def story(blocks: Sequence[Block], folder: Path, hyphens: bool) -> list[Flowable]:
    """Turn blocks into what reportlab lays out."""
    out: list[Flowable] = []
    for each in blocks:
        if each.kind in ("title", "subtitle", "heading", "subheading"):
            out += heading(each, each.kind)
        elif each.kind == "table":
            out += table(each)
        elif each.kind == "fields":
            out += labelled(each)
        elif each.kind == "order":
            out += order(each, folder, hyphens)
        else:
            out += paragraph(each, hyphens)
    return out


def running(source: Source) -> Callable[[Canvas, SimpleDocTemplate], None]:
    """Return what writes the running head and foot on each page."""

    def write(canvas: Canvas, document: SimpleDocTemplate) -> None:
        if getattr(canvas, "bare", False):
            return
        canvas.saveState()
        canvas.setFont("Helvetica", 9)
        if document.page > 1 or source.fact("head-on-first"):
            canvas.drawString(2.3 * cm, A4[1] - 1.4 * cm, source.fact("head"))
        canvas.drawString(2.3 * cm, 1.2 * cm, source.fact("foot"))
        number = f"{source.fact('page-word') or ''} {document.page}".strip()
        canvas.drawRightString(A4[0] - 2.3 * cm, 1.2 * cm, number)
        canvas.restoreState()

    return write


def write_pdf(source: Source, target: Path, folder: Path) -> None:
    """Write the paper; the same text gives the same bytes."""
    rl_config.invariant = 1
    document = SimpleDocTemplate(
        str(target),
        pagesize=A4,
        leftMargin=2.3 * cm,
        rightMargin=2.3 * cm,
        topMargin=2.2 * cm,
        bottomMargin=2.2 * cm,
        title=source.fact("title"),
        author=source.fact("author") or "Democratic Services",
        invariant=1,
    )
    text = story(parse(source.text), folder, bool(source.fact("hyphens")))
    if source.fact("outline"):
        text.insert(0, Bookmark(source.fact("outline"), "first"))
    furniture = running(source)
    document.build(text, onFirstPage=furniture, onLaterPages=furniture)
