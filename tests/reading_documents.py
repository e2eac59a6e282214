"""Takes from a Markdown document what tests can hold it to: code, commands, tables and links."""

import re
import shlex
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

from tests.shared import ROOT

MARKDOWN = MarkdownIt("commonmark").enable("table")


def documents() -> list[Path]:
    """Return the project's own documents; papers of the sample are not among them."""
    return sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


def inline_code(document: Path) -> Iterator[str]:
    """Yield each stretch of code in running text."""
    for token in _tokens(document):
        if token.type == "code_inline":
            yield token.content


def blocks(document: Path, language: str) -> Iterator[str]:
    """Yield the fenced blocks of one language."""
    for token in _tokens(document):
        if token.type == "fence" and token.info == language:
            yield token.content


def shown_commands(document: Path, program: str) -> list[list[str]]:
    """Return the commands of one program in the shell blocks, word by word."""
    lines = [line for block in blocks(document, "sh") for line in block.splitlines()]
    return [words for line in lines if (words := _words(line)) and words[0] == program]


def named_commands(document: Path, program: str) -> list[list[str]]:
    """Return the commands of one program, in shell blocks and in running text, word by word."""
    inline = [words for code in inline_code(document) if (words := _words(code))]
    return shown_commands(document, program) + [each for each in inline if each[0] == program]


def links(document: Path) -> Iterator[str]:
    """Yield where each link and picture leads."""
    for token in _tokens(document):
        for name in ("href", "src"):
            if name in token.attrs:
                yield str(token.attrs[name])


def anchors(document: Path) -> set[str]:
    """Return the names by which a link can point at the document's headings."""
    tokens = MARKDOWN.parse(document.read_text(encoding="utf-8"))
    titles = [after.content for here, after in pairwise(tokens) if here.type == "heading_open"]
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def table(document: Path, first_head: str) -> list[list[str]]:
    """Return the rows, cell by cell, of every table whose first column is headed so."""
    found: list[list[str]] = []
    rows: list[list[str]] = []
    for before, token in pairwise(MARKDOWN.parse(document.read_text(encoding="utf-8"))):
        if token.type == "table_open":
            rows = []
        elif token.type == "tr_open":
            rows.append([])
        elif before.type in ("th_open", "td_open"):
            rows[-1].append(token.content)
        elif token.type == "table_close" and rows[0][0] == first_head:
            found += rows[1:]
    return found


def _tokens(document: Path) -> Iterator[Token]:
    for token in MARKDOWN.parse(document.read_text(encoding="utf-8")):
        yield token
        yield from token.children or ()


def _words(line: str) -> list[str]:
    try:
        return shlex.split(line, comments=True)
    except ValueError:
        return []  # half a quotation: code, but no command
