"""The numbers that a paper prints before its paragraphs: "3.2", "14.", "(5)".

Only numbers that go on from one another number paragraphs. A list inside a paragraph starts again
at 1, an amount ("3.4 million") follows nothing, and the number of an item or of a section's heading
is no paragraph's. Where it is not sure, there is none.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.paper import AgendaItem, Block, BlockRole, CleanText

_DOTTED = re.compile(r"\(?(?P<number>\d{1,3}(?:\.\d{1,3}){1,3})[.)]?\s")
_PLAIN = re.compile(r"(?P<style>\(?)(?P<number>\d{1,3})(?P<end>[.)])\s")
_HEAD = 24
"""Characters of a block in which its number stands."""
_GAP = 5
"""Numbers that may be missing between two: a page that was not read, a table."""
_NEAR = 4
"""Blocks from an item's start within which plain numbering begins; a list begins further down."""
_FEWEST = 2
"""Plain numbers in a row that number paragraphs; of a paper without items, _FEWEST_LOOSE."""
_FEWEST_LOOSE = 5


@dataclass(frozen=True, slots=True)
class Paragraphs:
    """Where numbered paragraphs begin, ascending, and where what follows has no number (None)."""

    starts: tuple[int, ...]
    numbers: tuple[str | None, ...]

    def of(self, start: int, end: int) -> tuple[str, str] | None:
        """Return the first and the last numbered paragraph in part of a text; None without one.

        A part may begin in the middle of a paragraph.
        """
        first = max(0, bisect_right(self.starts, start) - 1)
        last = bisect_left(self.starts, end)
        held = [number for number in self.numbers[first:last] if number]
        if not held or not self.starts or self.starts[0] >= end:
            return None
        if [_key(number) for number in held] != sorted(_key(number) for number in held):
            return None  # two numberings meet
        return held[0], held[-1]


def paragraphs(text: CleanText, items: Sequence[AgendaItem]) -> Paragraphs:
    """Return the numbered paragraphs of a paper, in order."""
    tops = [item.start for item in items if item.depth == 1]
    begins = {item.start for item in items}
    marks: list[tuple[int, str | None]] = []
    for blocks, of_item in _stretches(text.blocks, tops):
        marks.extend(_numbered(text.text, blocks, begins, of_item))
    return Paragraphs(tuple(start for start, _ in marks), tuple(number for _, number in marks))


def _stretches(
    blocks: Sequence[Block], starts: Sequence[int]
) -> Iterator[tuple[Sequence[Block], bool]]:
    """Yield the blocks before the first item, and those of each item with its sub-items."""
    places = [bisect_left(blocks, start, key=lambda block: block.start) for start in starts]
    yield blocks[: places[0] if places else len(blocks)], False
    for at, place in enumerate(places):
        yield blocks[place : places[at + 1] if at + 1 < len(places) else len(blocks)], True


def _numbered(
    text: str, blocks: Sequence[Block], begins: set[int], of_item: bool
) -> Iterator[tuple[int, str | None]]:
    found = list(_dotted(text, blocks)) or _plain(text, blocks, begins, of_item)
    numbers = dict(found)
    if not numbers:
        if blocks:
            yield blocks[0].start, None
        return
    for block in blocks:
        if block.start in numbers:
            yield block.start, numbers[block.start]
        elif block.role is BlockRole.HEADING or block.start in begins:
            yield block.start, None


def _dotted(text: str, blocks: Sequence[Block]) -> Iterator[tuple[int, str]]:
    last: tuple[int, ...] = ()
    for block in blocks:
        match = _DOTTED.match(text, block.start, min(block.end, block.start + _HEAD))
        if match is None or block.role is BlockRole.TABLE_ROW:
            continue
        number = _key(match["number"])
        if _follows(number, last):
            yield block.start, match["number"]
            last = number


def _follows(number: tuple[int, ...], last: tuple[int, ...]) -> bool:
    """Tell whether a number may come after another: 3.3 or 4.1 after 3.2; 1.1 after anything."""
    if number[:-1] == (1,) * (len(number) - 1) and number[-1] == 1:
        return True
    if not last:
        return number[-1] == 1
    if number[: len(last)] == last:
        return all(part <= _GAP for part in number[len(last) :])
    same = next(at for at, (a, b) in enumerate(zip(number, last, strict=False)) if a != b)
    gap = number[same] - last[same]
    return 0 < gap <= _GAP and all(part <= _GAP for part in number[same + 1 :])


def _plain(
    text: str, blocks: Sequence[Block], begins: set[int], of_item: bool
) -> list[tuple[int, str]]:
    chain: list[tuple[int, str]] = []
    style = ""
    first = 0
    for at, block in enumerate(blocks):
        match = _PLAIN.match(text, block.start, min(block.end, block.start + _HEAD))
        heads = block.role in (BlockRole.HEADING, BlockRole.TABLE_ROW) or block.start in begins
        if match is None or heads:
            continue
        printed = match["style"] + match["end"]
        if not chain and match["number"] == "1":
            above = text[: block.start].rstrip()[-1:]
            if above != ":":
                chain, style, first = [(block.start, "1")], printed, at
        elif chain and printed == style and int(match["number"]) == len(chain) + 1:
            chain.append((block.start, match["number"]))
    if of_item:
        return chain if len(chain) >= _FEWEST and first <= _NEAR else []
    return chain if len(chain) >= _FEWEST_LOOSE else []


def _key(number: str) -> tuple[int, ...]:
    return tuple(int(part) for part in number.split("."))
