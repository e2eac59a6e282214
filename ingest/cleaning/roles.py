"""Tells what a rebuilt paragraph is: heading, list entry, table row or plain paragraph."""

from __future__ import annotations

from dataclasses import dataclass

from ingest.cleaning.pieces import Line, Paragraph, Pieces, text_of
from ingest.cleaning.starts import bullet, ends_sentence, in_capitals, number
from ingest.cleaning.tables.rows import is_table_row
from ingest.paper import BlockRole

Group = tuple[Line, ...]
"""The lines of one paragraph."""

LONGEST_HEADING = 200
"""Characters; longer ones are paragraphs set in bold."""

HEADING_ANYWHERE = 1.3
"""Times the usual letter height from which a line is a heading even beside something else."""


@dataclass(frozen=True, slots=True)
class Body:
    """A paper's usual type."""

    size: float
    """Letter height, in points."""
    larger: tuple[float, ...]
    """Letter heights of its headings, largest first."""
    gap: float
    """Distance of two baselines, in letter heights."""
    bold: bool = False
    """Most of the paper is bold: then bold tells nothing."""


def paragraph(group: Group, pieces: Pieces, body: Body, *, alone: bool, fills: bool) -> Paragraph:
    """Return the group as a paragraph with its role.

    Args:
        group: its lines.
        pieces: what they say, joined.
        body: the paper's usual type.
        alone: nothing stands to its left or right; bold beside something is a table's head.
        fills: its last line reaches the margin.
    """
    text = text_of(pieces)
    if is_table_row(group) and not number(text):
        return Paragraph(BlockRole.TABLE_ROW, pieces, fills=fills)
    level = _heading_level(group, text, body)
    if level and not alone and group[0].size < HEADING_ANYWHERE * body.size and text[-1] != ":":
        level = 0
    if level:
        return Paragraph(BlockRole.HEADING, pieces, level, fills)
    role = BlockRole.LIST_ITEM if bullet(text) or number(text) else BlockRole.PARAGRAPH
    return Paragraph(role, pieces, fills=fills)


def _heading_level(group: Group, text: str, body: Body) -> int:
    """Return a heading's level from 1, or 0 for what is none."""
    if len(group) > 3 or len(text) > LONGEST_HEADING or bullet(text):
        return 0
    if not any(map(str.isalpha, text)) or text[-1] in ",;":
        return 0
    size = round(group[0].size * 2) / 2
    if size in body.larger and not ends_sentence(text):
        return min(1 + body.larger.index(size), 6)
    after = min(len(body.larger), 4) + 1
    if all(line.bold for line in group) and not body.bold and not ends_sentence(text):
        return after
    return after if in_capitals(text) and len(text) > 3 else 0
