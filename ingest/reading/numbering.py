"""Counts the automatic numbers of a Word paper's lists, as far as they can be told simply."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import Any

from docx.document import Document
from docx.text.paragraph import Paragraph as WordParagraph

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
BULLET = "• "
LAST_ROMAN = 39
"""Roman numbers of lists stay below it; further on nothing is told."""

_WRITTEN: dict[str, Callable[[int], str | None]] = {
    "decimal": str,
    "lowerLetter": lambda count: _letter(count),
    "upperLetter": lambda count: (_letter(count) or "").upper() or None,
    "lowerRoman": lambda count: _roman(count),
    "upperRoman": lambda count: (_roman(count) or "").upper() or None,
}


class ListNumbers:
    """Gives each list entry its number, in document order; knows each paragraph's style."""

    def __init__(self, document: Document) -> None:
        """Read the paper's kinds of lists."""
        self._levels = _levels(document)
        self._styles: dict[str | None, Any] = {}
        self._counts: defaultdict[int, defaultdict[int, int]] = defaultdict(
            lambda: defaultdict(int)
        )

    def of(self, paragraph: WordParagraph) -> tuple[int, str] | None:
        """Return a list entry's nesting from 0 and its number or bullet; None for no entry."""
        place = _place(paragraph, self.style(paragraph))
        if place is None:
            return None
        number, level = place
        counts = self._counts[number]
        start, kind, pattern = self._levels.get((number, level), (1, "bullet", ""))
        counts[level] = counts[level] + 1 if level in counts else start
        for deeper in [each for each in counts if each > level]:
            del counts[deeper]
        return level, self._said(number, level, kind, pattern)

    def style(self, paragraph: WordParagraph) -> Any:  # noqa: ANN401 - python-docx does not say
        """Return a paragraph's style, looked up once: python-docx goes through all of them."""
        name = paragraph._p.style
        if name not in self._styles:
            self._styles[name] = paragraph.style
        return self._styles[name]

    def _said(self, number: int, level: int, kind: str, pattern: str) -> str:
        """Return the number as its pattern has it ("%1.%2"), or a bullet where that is not told."""
        if kind not in _WRITTEN or "%" not in pattern:
            return BULLET
        for each in range(level + 1):
            if f"%{each + 1}" in pattern:
                _, written, _ = self._levels.get((number, each), (1, "", ""))
                count = self._counts[number].get(each, 1)
                part = _WRITTEN[written](count) if written in _WRITTEN else None
                if part is None:
                    return BULLET
                pattern = pattern.replace(f"%{each + 1}", part)
        return BULLET if "%" in pattern else f"{pattern.strip()} "


def _place(paragraph: WordParagraph, style: Any) -> tuple[int, int] | None:  # noqa: ANN401
    """Return a paragraph's list and its level there, its own or its style's."""
    properties: Any = paragraph._p.pPr
    numbering = properties.numPr if properties is not None else None
    if numbering is None and style is not None and style.element.pPr is not None:
        numbering = style.element.pPr.numPr
    if numbering is None or numbering.numId is None or numbering.numId.val == 0:
        return None
    level = int(numbering.ilvl.val) if numbering.ilvl is not None else 0
    return int(numbering.numId.val), min(max(level, 0), 8)


def _levels(document: Document) -> dict[tuple[int, int], tuple[int, str, str]]:
    """Return where each list's level starts, how it counts and how it writes its number."""
    try:
        root: Any = document.part.numbering_part.element
    except (KeyError, NotImplementedError):
        return {}
    kinds: dict[str, dict[int, tuple[int, str, str]]] = {}
    for kind in root.findall(f"{_W}abstractNum"):
        kinds[kind.get(f"{_W}abstractNumId") or ""] = {
            _whole(level.get(f"{_W}ilvl"), 0): (
                _whole(_value(level, "start"), 1),
                _value(level, "numFmt") or "",
                _value(level, "lvlText") or "",
            )
            for level in kind.findall(f"{_W}lvl")
        }
    return {
        (_whole(each.get(f"{_W}numId"), 0), level): told
        for each in root.findall(f"{_W}num")
        for level, told in kinds.get(_value(each, "abstractNumId") or "", {}).items()
    }


def _value(element: Any, name: str) -> str | None:  # noqa: ANN401 - an lxml element
    """Return the value of a child element."""
    child = element.find(f"{_W}{name}")
    return None if child is None else child.get(f"{_W}val")


def _whole(text: str | None, otherwise: int) -> int:
    """Return text as a whole number, or otherwise."""
    return int(text) if text and text.isdecimal() and len(text) < 9 else otherwise


def _letter(count: int) -> str | None:
    """Return how Word writes a count as a letter: a to z, then aa, bb."""
    if not 0 < count <= 52:
        return None
    return chr(ord("a") + (count - 1) % 26) * (1 + (count - 1) // 26)


def _roman(count: int) -> str | None:
    """Return a count below 40 in Roman letters."""
    if not 0 < count <= LAST_ROMAN:
        return None
    ones = ["", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"]
    return "x" * (count // 10) + ones[count % 10]
