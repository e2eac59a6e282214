"""Makes rows of the cells of a web page's tables."""

from __future__ import annotations

from lxml import html

from ingest.cleaning.pieces import Paragraph, Piece, Pieces
from ingest.cleaning.tables.joined import row_of
from ingest.paper import BlockRole

MOST_COLUMNS = 60
"""Columns that one cell goes over; a page that says more means all of them."""


def holds_words(table: html.HtmlElement, cells: list[list[Paragraph]]) -> bool:
    """Tell whether a row with cells of several blocks is still a row: its table has heads."""
    if table.find(".//th") is None or table.find(".//table") is not None:
        return False
    return all(block.role is not BlockRole.HEADING for cell in cells for block in cell)


def of_cells(
    elements: list[html.HtmlElement], blocks: list[list[Paragraph]], number: int
) -> Paragraph:
    """Return a row of its cells; a head over several columns names each of them."""
    head = all(cell.tag == "th" for cell in elements) or _in_head(elements[0])
    cells: list[Pieces] = []
    for element, said in zip(elements, blocks, strict=True):
        text = " ".join(block.text for block in said)
        cell: Pieces = (Piece(text, 1),) if text else ()
        wide = min(_columns(element), MOST_COLUMNS)
        cells += [cell] * wide if head else [cell, *[()] * (wide - 1)]
    return row_of(cells, number, head=head, between=" | ")


def _in_head(cell: html.HtmlElement) -> bool:
    """Tell whether a cell stands in its table's head."""
    return next(cell.iterancestors("thead"), None) is not None


def _columns(cell: html.HtmlElement) -> int:
    """Return over how many columns a cell goes."""
    given = cell.get("colspan") or "1"
    return max(1, int(given)) if given.isdecimal() and len(given) < 4 else 1
