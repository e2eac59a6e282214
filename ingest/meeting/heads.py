"""The head of a paper: the first lines, where a clerk looks to see what it is."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.paper import CleanText, PaperKind

MEETING_KINDS = frozenset(
    {PaperKind.MINUTES, PaperKind.AGENDA, PaperKind.PACK, PaperKind.TRANSCRIPT, PaperKind.QUESTIONS}
)
"""Kinds that a meeting makes; the others are made for it."""
HEAD_CHARS = 4000
"""About a page and a half: attendance lists can push a summons' date over the page."""
_LINES = 80
UNDER_TITLE = 4
"""Lines of an item's page that can hold its meeting: heading, title, meeting."""
_ITEM_PAGE = re.compile(r"agenda item|issue - .{4,40}", re.IGNORECASE)
_MEETING = re.compile(
    r"meeting ?: (?P<day>\S+) [-–] (?P<body>[^(]{3,150}?)(?: \(item \S+\))?$", re.I
)


@dataclass(frozen=True, slots=True)
class Head:
    """The first lines of a paper, one a block, and the same as running text.

    Running text is what broken headings need: "COUNTY⏎COUNCIL⏎HELD⏎IN" is one sentence.
    """

    lines: tuple[str, ...]
    flat: str

    def top(self, characters: int) -> str:
        """Return the first characters of the running text."""
        return self.flat[:characters]


def read_head(text: CleanText) -> Head:
    """Return the paper's head: whole lines, up to HEAD_CHARS characters."""
    lines: list[str] = []
    size = 0
    for block in text.blocks:
        line = " ".join(text.text[block.start : min(block.end, block.start + HEAD_CHARS)].split())
        if not re.search(r"\w", line) or (not lines and re.fullmatch(r"(?:page )?\d+", line)):
            continue
        lines.append(line)
        size += len(line) + 1
        if size > HEAD_CHARS or len(lines) == _LINES:
            break
    return Head(tuple(lines), " ".join(lines)[:HEAD_CHARS])


def is_item_page(head: Head) -> bool:
    """Tell a ModernGov page about one item or issue: its text tells of any meeting but its own."""
    return bool(head.lines) and heads_item_page(head.lines[0])


def heads_item_page(line: str) -> bool:
    """Tell the heading of such a page; the item's title stands below it."""
    return _ITEM_PAGE.fullmatch(line.strip()) is not None


def considered_at(head: Head) -> tuple[str, str] | None:
    """Return where an issue's page says it was considered, if that was at one meeting alone.

    Returns:
        (the day as printed, the body) of "Meeting: 07/03/2022 - Planning Committee (Item 73)".
    """
    found = {
        (match["day"], match["body"]) for line in head.lines if (match := _MEETING.match(line))
    }
    return found.pop() if len(found) == 1 else None
