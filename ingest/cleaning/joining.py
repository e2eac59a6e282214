"""Joins a paragraph that runs over a page's end."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.cleaning.characters import settled
from ingest.cleaning.hyphens import Spelling, joined
from ingest.cleaning.pieces import Paragraph
from ingest.cleaning.starts import ends, goes_on, marker, starts_low
from ingest.paper import BlockRole

SHORTEST_RUNNING = 60
"""Characters below which a paragraph without an end mark is a name or a label."""

_RUNNING = (BlockRole.PARAGRAPH, BlockRole.LIST_ITEM)


def across_pages(found: Sequence[Paragraph], spelling: Spelling) -> list[Paragraph]:
    """Return the paragraphs with each that runs over a page's end as one."""
    runs: list[list[Paragraph]] = []
    for paragraph in found:
        if runs and runs_over(runs[-1][-1], paragraph):
            runs[-1].append(paragraph)
        else:
            runs.append([paragraph])
    return [run[0] if len(run) == 1 else _one(run, spelling) for run in runs]


def _one(run: Sequence[Paragraph], spelling: Spelling) -> Paragraph:
    """Return the parts of a paragraph as one."""
    pieces = settled(joined([part.pieces for part in run], spelling))
    return Paragraph(run[0].role, pieces, run[0].level)


def runs_over(before: Paragraph, after: Paragraph) -> bool:
    """Tell whether after, at the head of a page, goes on with before."""
    if before.pieces[-1].page == after.pieces[0].page:
        return False
    if before.role not in _RUNNING or after.role is not BlockRole.PARAGRAPH:
        return False
    end, start = before.text, after.text
    if ends(end) or marker(start):
        return False
    return starts_low(start) or goes_on(end) or (before.fills and len(end) > SHORTEST_RUNNING)
