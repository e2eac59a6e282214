"""A table as a value, whatever it is written as, and what makes text safe to write."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from api.wording import day

Cell = str | date | None

_NOT_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
"""Characters that no XML, and so neither XLSX nor Word, can hold."""

_BEGINS_A_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r\n]")
"""What a spreadsheet program may take for a formula when it opens or edits a cell (OWASP, CSV
injection), signs of full width too."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its head, and its share of the width, in any unit."""

    head: str
    width: float


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table with what stands above it."""

    title: str
    about: str
    """One line: what was chosen, and when."""
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def __post_init__(self) -> None:
        """Reject rows that do not fit their heads."""
        if any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError(f"a row has other than {len(self.columns)} cells")


def plain(text: str) -> str:
    """Return a text without the characters that no document can hold."""
    return _NOT_TEXT.sub("", text)


def begins_a_formula(text: str) -> bool:
    """Tell whether a spreadsheet program might run a text: papers and notes are not ours."""
    return _BEGINS_A_FORMULA.match(text) is not None


def in_words(cell: Cell) -> str:
    """Return a cell as a reader is shown it: 30 January 2025."""
    return day(cell) if isinstance(cell, date) else plain(cell or "")
