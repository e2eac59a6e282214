"""What python-docx has no word for: links, bookmarks and fields of a Word document."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import RGBColor
from docx.text.paragraph import Paragraph
from docx.text.run import Run

LINK_COLOUR = RGBColor(0x0B, 0x4F, 0x8A)
"""8.4 to 1 on white: more than the 4.5 that WCAG 2.2 asks for."""


def link_outside(paragraph: Paragraph, words: str, address: str) -> Run:
    """Add words that lead to an address."""
    relation = paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    return _linked(paragraph, words, {"r:id": relation})


def link_inside(paragraph: Paragraph, words: str, bookmark: str) -> Run:
    """Add words that lead to a bookmark of the same document."""
    return _linked(paragraph, words, {"w:anchor": bookmark, "w:history": "1"})


@contextmanager
def bookmarked(paragraph: Paragraph, name: str, number: int) -> Iterator[None]:
    """Put a bookmark around what is added meanwhile; its number is the document's own."""
    _add(paragraph, "w:bookmarkStart", {"w:id": str(number), "w:name": name})
    yield
    _add(paragraph, "w:bookmarkEnd", {"w:id": str(number)})


@contextmanager
def field(paragraph: Paragraph, code: str, last: Paragraph | None = None) -> Iterator[None]:
    """Make a field of what is added meanwhile: that is shown until Word brings it up to date.

    Args:
        paragraph: where it begins.
        code: Word's instruction, such as PAGE.
        last: where it ends, if not in the same paragraph.
    """
    _mark(paragraph, "begin")
    instruction = OxmlElement("w:instrText")
    instruction.set(qn("xml:space"), "preserve")
    instruction.text = f" {code} "
    paragraph.add_run()._r.append(instruction)
    _mark(paragraph, "separate")
    yield
    _mark(last or paragraph, "end")


def _linked(paragraph: Paragraph, words: str, attributes: dict[str, str]) -> Run:
    element = _add(paragraph, "w:hyperlink", attributes)
    run = paragraph.add_run(words)
    run.font.color.rgb, run.font.underline = LINK_COLOUR, True
    element.append(run._r)
    return run


def _mark(paragraph: Paragraph, kind: str) -> None:
    mark = OxmlElement("w:fldChar")
    mark.set(qn("w:fldCharType"), kind)
    paragraph.add_run()._r.append(mark)


def _add(paragraph: Paragraph, name: str, attributes: dict[str, str]) -> Any:  # noqa: ANN401
    element = OxmlElement(name)
    for key, value in attributes.items():
        element.set(qn(key), value)
    paragraph._p.append(element)
    return element
