"""Briefings as Markdown (CommonMark): what papers print is escaped, and stays text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from api.documents.briefing_outline import (
    REFERENCES,
    Block,
    Note,
    Outline,
    Quoted,
    Reference,
    Row,
    Under,
)
from api.documents.sheet import plain

_SPECIAL = re.compile(r"[\\`*_{}\[\]<>#|~&]")
_STARTS = re.compile(r"^(\s*)([-+]|\d+[.)])(?=\s)")


def markdown_of(outline: Outline) -> str:
    """Return a briefing as Markdown."""
    links = {each.number: each for each in outline.references}
    lines = [f"# {escaped(outline.title)}", *(escaped(each) for each in outline.about)]
    for part in outline.parts:
        lines.append(f"## {part.title}")
        lines += [_block(each, links) for each in part.blocks]
    if outline.references:
        lines.append(f"## {REFERENCES}")
        lines.append("\n".join(_references(outline.references)))
    return "\n\n".join(lines) + "\n"


def escaped(text: str) -> str:
    """Return a text that Markdown shows as it is."""
    return _STARTS.sub(r"\1\\\2", _SPECIAL.sub(r"\\\g<0>", plain(text)))


def _block(block: Block, links: dict[int, Reference]) -> str:
    match block:
        case Note(words):
            return f"*{escaped(words)}*"
        case Under(words):
            return f"### {escaped(words)}"
        case Row(head, entries):
            told = "; ".join(
                f"{escaped(words)} {_numbers(numbers, links)}".strip() for words, numbers in entries
            )
            return f"**{escaped(head)}**: {told}"
        case Quoted():
            label = f"**{escaped(block.label)}**: " if block.label else ""
            after = f" ({escaped(block.after)})" if block.after else ""
            return f"{label}{escaped(block.marked)} {_numbers([block.number], links)}{after}"


def _numbers(numbers: Iterable[int], links: dict[int, Reference]) -> str:
    return " ".join(_linked(f"\\[{each}\\]", links[each].link) for each in numbers)


def _references(references: Iterable[Reference]) -> Iterator[str]:
    for each in references:
        yield f"{each.number}. {_linked(escaped(each.words), each.link)}"


def _linked(words: str, link: str | None) -> str:
    return f"[{words}](<{link}>)" if link else words
