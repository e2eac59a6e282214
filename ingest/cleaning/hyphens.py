"""Joins two lines: with a space, or as the two halves of a broken word or a compound."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import cached_property

from ingest.cleaning.characters import BREAK
from ingest.cleaning.pieces import Piece, Pieces, text_of

_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_LAST_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*$")
_ADDRESS = re.compile(r"(?:www\.|https?://|@)\S*$")
_ADDRESS_GOES_ON = re.compile(r"[./][a-z]|[a-z0-9\-]+[./]")


class Spelling:
    """How a paper spells its words: "co-ordinate" or "coordinate", from where it breaks neither."""

    def __init__(self, lines: Iterable[str]) -> None:
        """Take a paper's lines; their words are counted when one is broken."""
        self._lines = tuple(lines)

    @cached_property
    def _counted(self) -> tuple[Counter[str], list[tuple[str, str]]]:
        """The paper's words, without the halves at the ends of lines, and these by pairs."""
        halves: list[str] = []
        broken: list[tuple[str, str]] = []
        left = ""
        for line in self._lines:
            breaks = line.rstrip()[-1:] in f"-{BREAK}"
            if not left and not breaks:
                continue
            words = _WORD.findall(line.lower())
            if left and words:
                broken.append((left, words.pop(0)))
            left = words.pop() if words and breaks else ""
            halves.append(left)
        # All lines in one go: one by one they take twice as long.
        counted = Counter(_WORD.findall("\n".join(self._lines).lower()))
        return counted - Counter([*halves, *(right for _, right in broken)]), broken

    @property
    def _words(self) -> Counter[str]:
        return self._counted[0]

    @cached_property
    def _parts(self) -> set[str]:
        """Every word, and the parts of every compound."""
        return {part for word in self._words for part in word.split("-")}

    @cached_property
    def _breaks_words(self) -> bool:
        """Whether the typesetter breaks words at all."""
        return any(self._joined_elsewhere(*pair) for pair in self._counted[1])

    def keeps_hyphen(self, left: str, right: str) -> bool:
        """Tell whether left and right are joined by a hyphen that belongs to the word.

        The paper's own spelling elsewhere decides; failing that, whether both halves are words
        of it, or whether its typesetter breaks words at all.
        """
        left, right = left.lower(), right.lower()
        whole, compound = self._words[left + right], self._words[f"{left}-{right}"]
        if whole != compound:
            return compound > whole
        if not self._breaks_words:
            return True
        return left in self._parts and right in self._parts

    def _joined_elsewhere(self, left: str, right: str) -> bool:
        """Tell whether the paper spells left and right as one word, and never as two."""
        return self._words[left + right] > 0 and not self._words[f"{left}-{right}"]


def joined(parts: Iterable[Pieces], spelling: Spelling) -> Pieces:
    """Return lines as one: a space between, unless a word or a web address was broken."""
    whole: list[Piece] = []
    for part in parts:
        if whole and part:
            _prepare(whole, part[0].text, spelling)
        whole.extend(part)
    return tuple(whole)


def _prepare(whole: list[Piece], tail: str, spelling: Spelling) -> None:
    """Change the end of whole so that a line that starts with tail can follow."""
    head = text_of(whole[-2:])[-80:]
    if len(head) > 1 and head[-1] in f"-{BREAK}" and head[-2] != " ":
        last = whole.pop()
        if len(last.text) > 1:
            whole.append(last.cut(0, len(last.text) - 1))
        if _keeps_hyphen(head[:-1], tail, spelling):
            whole.append(last.cut(len(last.text) - 1, len(last.text))._replace(text="-"))
    elif not (_ADDRESS_GOES_ON.match(tail) and _ADDRESS.search(head)):
        whole.append(Piece(" ", whole[-1].page))


def _keeps_hyphen(head: str, tail: str, spelling: Spelling) -> bool:
    """Tell whether the hyphen between head and tail stays."""
    left, right = _LAST_WORD.search(head), _WORD.match(tail)
    if left is None or right is None:
        return True
    if tail[0].isupper() and not head[-1].isupper():
        return True
    return spelling.keeps_hyphen(left[0], right[0])
