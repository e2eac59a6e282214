"""Tells which of a table's first rows name its columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from ingest.cleaning.starts import ends_sentence
from ingest.cleaning.tables.rows import REMEMBERED, is_figure

MOST_HEADS = 6
"""Rows of heads: a span of years, the year, what it counts, its unit."""
LONGEST_HEAD = 8
"""Words of a head in a table without figures, where only its brevity tells it."""

_UNIT = re.compile(r"\(?(?:£|€|\$)?['’]?(?:000['’]?s?|[mk]|bn)\)?|[£€$%]|-|–|—")
_PERIOD = re.compile(
    r"\(?(?:(?:FY)?(?:19|20)\d\d(?:[-/–](?:19|20)?\d\d)?|\d\d[-/–]\d\d|\d{1,2}[./]\d{1,2}[./]\d{2,4})"
    r"[*:)]*"
)


@dataclass(frozen=True, slots=True)
class Look:
    """A row as it looks: for each column what it says ("" for nothing), and whether in bold."""

    texts: tuple[str, ...]
    bold: tuple[bool, ...]

    @property
    def filled(self) -> int:
        """How many different cells say anything."""
        return len({text for text in self.texts if text})

    @property
    def is_units(self) -> bool:
        """Whether it says nothing but units: "£000s" over every column."""
        return all(_UNIT.fullmatch(word) for text in self.texts for word in text.split())

    @property
    def all_bold(self) -> bool:
        """Whether every cell that says anything is bold."""
        return all(bold for text, bold in zip(self.texts, self.bold, strict=True) if text)


@lru_cache(maxsize=REMEMBERED)
def is_amount(text: str) -> bool:
    """Tell whether a cell is a figure: no year, date or unit, which heads have too."""
    words = text.split()
    count = sum(
        is_figure(word)
        and any(map(str.isdigit, word))
        and not _UNIT.fullmatch(word)
        and not _PERIOD.fullmatch(word)
        for word in words
    )
    return 2 * count > len(words)


def heads_of(rows: Sequence[Look]) -> int:
    """Return how many of the first rows are heads; the last row never is."""
    leading = 0
    for row in rows[: min(MOST_HEADS, len(rows) - 1)]:
        if any(map(is_amount, row.texts)) or (leading and row.filled == 1 and not row.is_units):
            break
        leading += 1
    if not leading:
        return 0
    body = rows[leading:]
    if 2 * sum(any(map(is_amount, row.texts)) for row in body) >= len(body):
        return _of_figures(rows, leading)
    return int(_names_columns(rows))


def _of_figures(rows: Sequence[Look], leading: int) -> int:
    """Return how many rows above a table's figures are heads."""
    columns = {
        column for row in rows[leading:] for column, text in enumerate(row.texts) if is_amount(text)
    }
    named = {
        column for row in rows[:leading] for column, text in enumerate(row.texts) if text
    } & columns
    if not named or all(row.filled < 2 for row in rows[:leading]):
        return 0
    return leading


def _names_columns(rows: Sequence[Look]) -> bool:
    """Tell whether the first row of a table of words is its head."""
    first, rest = rows[0], rows[1:]
    filled = [text for text in first.texts if text]
    if len(filled) < 2 or any(text.endswith(":") or ends_sentence(text) for text in filled):
        return False
    if first.all_bold and not all(row.all_bold for row in rest):
        return True
    if len(first.texts) < 3 or len(filled) < len(first.texts) - 1:
        return False
    words = [len(text.split()) for text in filled]
    others = [len(text.split()) for row in rest for text in row.texts if text]
    return max(words) <= LONGEST_HEAD and sum(others) / max(1, len(others)) > 1.5 * sum(
        words
    ) / len(words)
