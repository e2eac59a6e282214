r"""The light markup of the papers' text.

Blocks are parted by empty lines. A block begins with what it is:

| begins with | is |
|---|---|
| `= ` | the title, in the middle |
| `== ` | a line in the middle, below the title |
| `# ` | a heading; further lines of the block stand in italics below it |
| `## ` | a lesser heading |
| `^ ` | the caption of a table |
| `\|` | a table, its first row the column heads |
| `Label:: ` | lines of label and value, as at the head of a report |
| `- ` | a bullet |
| `1.1 `, `1. `, `1) `, `(a) ` | a numbered paragraph |
| `%% ` | a sub-heading of an item on a web page |
| `+ ` | a paper named on a web page: title, address, size, parted by bars |
| `<<page>>`, `<<scan>>`, `<<include NAME>>` | a new page, a scanned page, another paper |

Anything else is a paragraph. `**words**` are bold.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

NUMBERED = re.compile(r"(\d+(?:\.\d+)+|\d+[.)]|\([a-z]+\))\s+(.*)", re.DOTALL)
FIELD = re.compile(r"([A-Z][^:|]{1,40})::\s*(.*)")
MARKS = {
    "= ": "title",
    "== ": "subtitle",
    "# ": "heading",
    "## ": "subheading",
    "^ ": "caption",
    "- ": "bullet",
    "%% ": "label",
    "+ ": "paper",
    "<<": "order",
}
KEEPS_LINES = ("title", "subtitle", "heading", "order")


@dataclass(frozen=True, slots=True)
class Block:
    """One block: its kind, its words, its number if any, and rows if it is a table."""

    kind: str
    text: str
    number: str = ""
    rows: tuple[tuple[str, ...], ...] = ()


def row(line: str) -> tuple[str, ...]:
    """Cut a table's line at its bars."""
    return tuple(cell.strip() for cell in line.strip().strip("|").split("|"))


def fields(lines: list[str]) -> Block:
    """Read lines of label and value; a line without a label is a further line of the last value."""
    pairs: list[tuple[str, ...]] = []
    for line in lines:
        found = FIELD.match(line)
        if found:
            pairs.append((found[1] + ":", found[2]))
        else:
            label, value = pairs.pop()
            pairs.append((label, f"{value}\n{line}"))
    return Block("fields", "", rows=tuple(pairs))


def marked(chunk: str) -> Block | None:
    """Read a block that begins with one of the marks."""
    for mark, kind in MARKS.items():
        if chunk.startswith(mark):
            words = chunk.removeprefix(mark).strip()
            return Block(kind, words if kind in KEEPS_LINES else " ".join(words.split("\n")))
    return None


def block(chunk: str) -> Block:
    """Read one block."""
    found = marked(chunk)
    if found:
        return found
    lines = chunk.splitlines()
    if chunk.startswith("|"):
        return Block("table", "", rows=tuple(row(line) for line in lines if "---" not in line))
    if FIELD.match(chunk):
        return fields(lines)
    number = NUMBERED.match(chunk)
    if number:
        return Block("numbered", " ".join(number[2].split("\n")), number[1])
    return Block("para", " ".join(lines))


def parse(text: str) -> list[Block]:
    """Read a whole text into its blocks."""
    return [block(chunk.strip()) for chunk in re.split(r"\n\s*\n", text) if chunk.strip()]
