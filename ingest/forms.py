"""Finds the fields of forms that no table holds: a label on one line, what fills it in below.

Equality assessments and decision notices are such forms. "Approved by" and the name below it stand
in two paragraphs, and neither alone answers who approved it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from ingest.paper import Block, BlockRole, CleanText

LONGEST_LABEL = 25
"""Words of a label; a form's questions are long."""
LONGEST_VALUE = 12
"""Words of what fills a field in; a longer answer is prose, which says what it is about."""
FEWEST_FIELDS = 3
"""Fields in a row that make a form; two short paragraphs under headings are found anywhere."""

_LETTERS = re.compile(r"[^\W\d_]{2,}")


def fields(text: CleanText) -> Iterator[tuple[int, str]]:
    """Yield the fields of a paper's forms, in order: (block of the value, "label: value")."""
    run: list[tuple[int, str]] = []
    for at, (above, block) in enumerate(pairwise(text.blocks), start=1):
        if _is_label(text.text, above) and _is_value(text.text, block):
            label, value = _said(text.text, above), _said(text.text, block)
            run.append((at, f"{label if label.endswith('?') else label.rstrip(':') + ':'} {value}"))
        elif not _is_label(text.text, block):
            yield from _form(run)
            run = []
    yield from _form(run)


def _form(run: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """Return a run of fields if it is long enough to be a form."""
    return run if len(run) >= FEWEST_FIELDS else []


def _is_label(text: str, block: Block) -> bool:
    """Tell whether a block can name a field: a short heading, a question, "Approved by:"."""
    said = _said(text, block)
    named = block.role is BlockRole.HEADING or said[-1] in ":?"
    row = block.role is BlockRole.TABLE_ROW
    short = len(said.split()) <= LONGEST_LABEL
    return named and not row and short and _LETTERS.search(said) is not None


def _is_value(text: str, block: Block) -> bool:
    """Tell whether a block can fill a field in: a short paragraph that asks for nothing itself."""
    said = _said(text, block)
    short = len(said.split()) <= LONGEST_VALUE
    return block.role is BlockRole.PARAGRAPH and short and said[-1] not in ":?"


def _said(text: str, block: Block) -> str:
    return text[block.start : block.end]
