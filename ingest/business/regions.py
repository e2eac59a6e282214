"""The stretches of a paper in which business is looked for: one agenda item's own words each."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.agenda.kinds import is_group
from ingest.paper import AgendaItem, CleanText, ItemKind, Span
from ingest.sentences import sentence_spans

_BEFORE, _AFTER = 600, 2_000
"""Characters of a sentence that are looked at: a line of a bad scan may be a whole page."""
_LONE_NUMBER = re.compile(r"\W*\d{1,2}[.,)]\W*$")


@dataclass(frozen=True, slots=True)
class Region:
    """Characters [start, start + len(text)) of a paper, all of one innermost item."""

    item: int | None
    kind: ItemKind | None
    start: int
    text: str
    heads: bool
    """Whether it begins with its item's heading, and does not go on after a sub-item."""
    low: str
    """The text in small letters, as long as the text."""

    def says(self, *words: str) -> bool:
        """Tell whether any of these words, in small letters, stands in it."""
        return any(word in self.low for word in words)

    def line_end(self, at: int) -> int:
        """Return where the line that holds the character at ends."""
        end = self.text.find("\n", at)
        return len(self.text) if end < 0 else end

    def line_start(self, at: int) -> int:
        """Return where the line that holds the character at begins."""
        return self.text.rfind("\n", 0, at) + 1

    def sentence(self, at: int) -> Span:
        """Return the sentence that holds the character at, as far as it is near."""
        first = max(self.line_start(at), at - _BEFORE)
        last = min(self.line_end(at), at + _AFTER)
        for start, end in sentence_spans(self.text[first:last]):
            if first + end > at:
                return first + start, first + end
        return first, last

    def around(self, words: Sequence[str], before: int, after: int) -> Iterator[Span]:
        """Yield what stands around such words, joined where it meets: before on their line only.

        Forms that begin with a name would else be tried at every capital of a long paper.
        """
        begun: Span | None = None
        for at in sorted(at for word in words for at in self._places(word)):
            start = max(self.line_start(at), at - before)
            end = min(at + after, len(self.text))
            if begun and start <= begun[1]:
                begun = begun[0], end
                continue
            if begun:
                yield begun
            begun = start, end
        if begun:
            yield begun

    def _places(self, word: str) -> Iterator[int]:
        at = self.low.find(word)
        while at >= 0:
            yield at
            at = self.low.find(word, at + 1)

    def trimmed(self, start: int, end: int) -> Span | None:
        """Return a span without white space around it, and without what only heads what follows.

        That is a group's heading ("NOTICES OF MOTION") and, of a bad scan, a number without an
        item. None where nothing is left.
        """
        while True:
            words = self.text[start:end].rstrip()
            end = start + len(words)
            last = words.rfind("\n") + 1
            if not (last and (is_group(words[last:]) or _LONE_NUMBER.match(words[last:]))):
                break
            end = start + last
        lead = len(words) - len(words.lstrip())
        return (start + lead, end) if words.strip() else None


def regions(text: CleanText, items: Sequence[AgendaItem]) -> Iterator[Region]:
    """Yield the paper in stretches, each of one innermost item, in order."""
    edges = sorted(
        {0, len(text.text), *(each.start for each in items), *(each.end for each in items)}
    )
    starts = [each.start for each in items]
    for start, end in pairwise(edges):
        words = text.text[start:end]
        if not words.strip():
            continue
        owner: AgendaItem | None = None
        # Items are in order of their starts, and the innermost begins last.
        for each in reversed(items[: bisect_left(starts, start + 1)]):
            if each.end >= end:
                owner = each
                break
        low = words.lower()
        yield Region(
            item=owner.position if owner else None,
            kind=owner.kind if owner else None,
            start=start,
            text=words,
            heads=owner is not None and owner.start == start,
            low=low if len(low) == len(words) else words,  # "İ" is longer in small letters
        )
