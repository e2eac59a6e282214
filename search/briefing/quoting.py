"""Quotations out of one paper: exact, cut where they are long, never of exempt matter."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

from ingest.exemption import is_closed
from ingest.paper import Citation, Paper, PaperKind, Resolution, Span
from ingest.sentences import sentence_spans
from search.answer import ItemCard, PaperCard
from search.briefing.values import Quote

HEADING_WORDS = 7
"""Words of what may end without a stop: a heading, an entry of a list."""

MOST_WORDS = 70
"""Words of the longest quotation: three lines in print for all but a few sentences."""

RECALLING = (PaperKind.REPORT, PaperKind.APPENDIX, PaperKind.AGENDA)
"""Kinds of paper that only recall what was decided; the record of the meeting tells it."""

_FULL_STOP = re.compile(r"\.\s+\(?\w{0,4}[.)]?\s*$")


@dataclass(frozen=True)
class Quotable:
    """A paper as far as a briefing may quote it: the passages that are open to readers."""

    paper: Paper
    card: PaperCard

    def quote(self, start: int, end: int, most: int = MOST_WORDS) -> Quote | None:
        """Return the words from start to end, or the first of them.

        Returns:
            None where the words do not begin in any passage that readers may see, where any of
            them are exempt, or where nothing is left of them.
        """
        passage = self._passage_at(start)
        if passage is None or self.is_exempt(start, end):
            return None
        whole = self.paper.text.text[start:end]
        stop = start + len(_first_words(whole.rstrip(), most))
        if stop <= start:
            return None
        return Quote(
            text=self.paper.text.text[start:stop],
            citation=Citation(
                self.paper.text.page_at(start), self.paper.text.page_at(stop - 1), start, stop
            ),
            paper=self.card,
            item=self.item_at(start),
            cut=stop < start + len(whole.rstrip()) or _broken_off(whole),
        )

    def ruled(self, resolution: Resolution) -> Span:
        """Return a resolution's own words: without numbered parts, its first paragraph.

        Without them what follows on the next line is what was said next. Numbered paragraphs after
        a full stop are no parts of it.
        """
        start, end = resolution.span
        if resolution.clauses:
            before = self.paper.text.text[start : resolution.clauses[0].span[0]]
            if not _FULL_STOP.search(before):
                return start, end
        line = self.paper.text.text.find("\n", start, end)
        return start, end if line < 0 else line

    def is_exempt(self, start: int, end: int) -> bool:
        """Tell whether any of the words from start to end are not for the public."""
        return (
            self.paper.exempt
            or is_closed(start, end, self.paper.closed)
            or any(
                each.exempt and each.start < end and start < each.end for each in self.paper.items
            )
        )

    def item_at(self, position: int) -> ItemCard | None:
        """Return the innermost agenda item of a place."""
        held = [each for each in self.paper.items if each.start <= position < each.end]
        if not held:
            return None
        item = max(held, key=lambda each: (each.depth, each.start))
        return ItemCard(item.number, item.minute, item.title, item.kind)

    def sentence_before(self, position: int) -> int:
        """Return where the sentence before a place begins, in its passage and item; else the place.

        "The Director agreed to look into the matter" says what by the sentence before it.
        """
        at = self._passage_at(position)
        if at is None:
            return position
        begins = self._spans[at][0]
        before = sentence_spans(self.paper.text.text[begins:position])
        return begins + before[-1][0] if before else position

    def passage_ends(self, position: int) -> int | None:
        """Return where the passage of a place ends; None where it stands in none."""
        at = self._passage_at(position)
        return None if at is None else self._spans[at][1]

    def _passage_at(self, position: int) -> int | None:
        at = bisect_right(self._spans, position, key=lambda span: span[0]) - 1
        return at if at >= 0 and position < self._spans[at][1] else None

    @cached_property
    def _spans(self) -> list[Span]:
        cited = (each.citation for each in self.paper.passages)
        return sorted((each.start, each.end) for each in cited)


def _broken_off(text: str) -> bool:
    """Tell whether a text ends where its paper breaks a sentence: in the middle of a word list."""
    return text.rstrip()[-1:].isalpha() and len(text.split()) > HEADING_WORDS


def _first_words(text: str, most: int) -> str:
    """Return a text as far as a number of words goes; whole where only a few more would follow."""
    at, words = 0, 0
    while at < len(text):
        while at < len(text) and text[at].isspace():
            at += 1
        while at < len(text) and not text[at].isspace():
            at += 1
        words += 1
        if words == most:
            left = text[at:]
            return text if len(left.split()) <= most // 6 else text[:at]
    return text
