"""The lines in which items are looked for: blocks, and the shapes that make one a heading."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.paper import BlockRole, CleanText

_LONG = 600
"""Characters of a block that are looked at; headings end well before."""
_RUN_ON = re.compile(r"(\d{1,3}[.:]?\s[^.:;()]{3,90})\s(?=\((?:a|i)\)\s[A-Z])")
"""A heading and its first part in one block: "2. Disposal of Land (a) Circulated ..."."""
_WORD = re.compile(r"[^\W\d_][\w’'\-]*")
_SMALL = frozenset(
    "of and the for in on to a an by at with from or as re per into under no not is be".split()
)
_ENDS = (".", ";", ":", "?", "!", ",")


@dataclass(frozen=True, slots=True)
class Line:
    """One block of the paper: its text, its place, and whether it is set as a heading or a cell."""

    text: str
    start: int
    end: int
    heading: bool
    cell: bool


def read_lines(text: CleanText) -> tuple[Line, ...]:
    """Return the paper's blocks that say anything, in order."""
    lines = []
    for block in text.blocks:
        words = text.text[block.start : min(block.end, block.start + _LONG)]
        if words.strip():
            heading, cell = block.role is BlockRole.HEADING, block.role is BlockRole.TABLE_ROW
            cut = _RUN_ON.match(words)
            if cut:
                lines.append(Line(cut[1], block.start, block.start + cut.end(1), heading, cell))
                rest = cut.end(1) + 1
                lines.append(Line(words[rest:], block.start + rest, block.end, False, cell))
            else:
                lines.append(Line(words, block.start, block.end, heading, cell))
    return tuple(lines)


def capital_share(words: str) -> float:
    """Return the share of words, small ones left out, that begin with a capital; 0 without any."""
    big = [word for word in _WORD.findall(words[:240]) if word.lower() not in _SMALL]
    return sum(word[0].isupper() for word in big) / len(big) if big else 0.0


def looks_like_heading(words: str, most: int = 160) -> bool:
    """Tell whether words have a heading's shape: short, capitalised, not a sentence."""
    words = words.strip()
    if not 3 <= len(words) <= most or not (
        words[0].isupper() or words[0].isdigit() or words[0] in "‘“'\"("
    ):
        return False
    if words.endswith(_ENDS) and capital_share(words) < 0.8:
        return False
    return capital_share(words) >= 0.5


def shouts(words: str) -> bool:
    """Tell whether words are in capitals throughout."""
    letters = [each for each in words if each.isalpha()]
    return len(letters) > 3 and sum(each.isupper() for each in letters) >= 0.9 * len(letters)
