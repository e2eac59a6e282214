"""Takes the marks out of a line of Markdown: emphasis, links, images, HTML tags."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.token import Token

from ingest.cleaning.characters import clean_text

_PARSER = MarkdownIt("commonmark", {"maxNesting": 20})
_MARKS = re.compile(r"[*_`\[\]<>&\\!]")
_NOISE = re.compile(r"\(\s*image omitted\s*\)|<!--.{0,500}?-->", re.IGNORECASE)
LONGEST_LINE = 20_000
"""Characters of one line that are parsed; a longer one is data, not prose."""


def without_marks(line: str) -> str:
    """Return what a line of Markdown says."""
    line = _NOISE.sub(" ", line)
    if not _MARKS.search(line) or len(line) > LONGEST_LINE:
        return clean_text(line)
    tokens = _PARSER.parseInline(line.strip())
    return clean_text(" ".join(spoken(token.children or []) for token in tokens))


def is_bold(line: str) -> bool:
    """Tell whether the whole line is set in bold."""
    line = line.strip()
    return len(line) > 4 and line.startswith("**") and line.rstrip(":").endswith("**")


def spoken(tokens: list[Token]) -> str:
    """Return the text of inline tokens; a line break in them is a space."""
    said = []
    for token in tokens:
        if token.type in ("text", "code_inline"):
            said.append(token.content)
        elif token.type in ("softbreak", "hardbreak"):
            said.append(" ")
        elif token.type == "image":
            said.append(spoken(token.children or []))
    # Emphasis that an export opened and never closed stays as asterisks.
    return "".join(said).replace("**", "").strip()
