"""Where the words of a passage stand on a printed page: right, or not shown at all."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from ingest.paper import Origins

FULL = 10_000
"""A page is so many units wide and so many high: a place on it fits any size of picture."""

SAME_LINE = 0.5
"""Characters whose heights overlap by this share of the lower one stand on one line."""

GAP = 2.5
"""Line heights of blank space over which no mark reaches: the next column begins there."""


@dataclass(frozen=True, slots=True)
class Run:
    """Characters of a paper's text that stand side by side in a page's text layer."""

    raw: int
    """Where they begin in the text layer, in pdfium's numbering."""
    text: str
    """The paper's words, as many characters as in the layer."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page, in units of FULL, from its top left corner."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def width(self) -> int:
        """How wide it is."""
        return self.right - self.left

    @property
    def height(self) -> int:
        """How high it is."""
        return self.bottom - self.top

    @property
    def on_page(self) -> bool:
        """Whether its middle is on the page; a file may hold words beyond its edges."""
        return 0 <= self.left + self.right <= 2 * FULL and 0 <= self.top + self.bottom <= 2 * FULL


def runs_of(text: str, begins: int, origins: Origins, span: tuple[int, int]) -> tuple[Run, ...]:
    """Return the runs of a span of a paper's text on one page; none if any word's place is unknown.

    Args:
        text: the page's part of the paper's text.
        begins: where that part begins in the paper's text.
        origins: those of the page (see ingest.paper.Origins).
        span: characters of the paper's text, end-exclusive; what is on other pages is left out.
    """
    first, last = max(span[0], begins), min(span[1], begins + len(text))
    if first >= last:
        return ()
    runs, known = [], set[int]()
    for start, length, _, raw in origins.tolist():
        low, high = max(start, first), min(start + length, last)
        if low < high:
            runs.append(Run(raw + low - start, text[low - begins : high - begins]))
            known.update(range(low, high))
    lost = (at for at in range(first, last) if at not in known and text[at - begins].isalnum())
    return tuple(runs) if next(lost, None) is None else ()


def stands_there(run: Run, layer: str) -> bool:
    """Tell whether the text layer has the run's words where the run says."""
    said, there = _plain(run.text), _plain(layer[run.raw : run.raw + len(run.text)])
    # A letter out of a ligature stands where the whole ligature does.
    return said == there or (len(run.text) == 1 and said in there)


def lines(boxes: Iterable[Box]) -> tuple[Box, ...]:
    """Return the boxes of characters, in reading order, as boxes of lines."""
    found: list[Box] = []
    before = None
    for box in boxes:
        if not box.on_page:
            continue
        if before and (_goes_on(found[-1], box) or _runs_down(found[-1], before, box)):
            found[-1] = _around(found[-1], box)
        else:
            found.append(box)
        before = box
    return tuple(found)


def _goes_on(line: Box, box: Box) -> bool:
    """Tell whether a character stands on a line, no wide gap before it."""
    shared = min(line.bottom, box.bottom) - max(line.top, box.top)
    lower = min(line.height, box.height)
    apart = max(box.left - line.right, line.left - box.right)
    return shared >= SAME_LINE * max(1, lower) and apart <= GAP * max(line.height, box.height)


def _runs_down(line: Box, before: Box, box: Box) -> bool:
    """Tell whether a character goes on a line of letters on their side, as on a turned page."""
    shared = min(before.right, box.right) - max(before.left, box.left)
    apart = max(box.top - before.bottom, before.top - box.bottom)
    wide = max(before.width, box.width)
    return shared >= SAME_LINE * max(1, wide) and apart <= wide and line.width <= 2 * wide


def _around(one: Box, other: Box) -> Box:
    return Box(
        min(one.left, other.left),
        min(one.top, other.top),
        max(one.right, other.right),
        max(one.bottom, other.bottom),
    )


def _plain(text: str) -> str:
    """Return the letters and digits of text, without accents, ligatures or case."""
    taken_apart = unicodedata.normalize("NFKD", text).casefold()
    return "".join(each for each in taken_apart if each.isalnum())
