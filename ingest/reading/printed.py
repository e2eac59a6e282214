"""Takes the printed lines of a PDF page from pdfium, each character with pdfium's own number.

Geometry costs a call into pdfium a character, so that only the characters beside a gap are asked.
"""

from __future__ import annotations

import ctypes
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from ingest.cleaning.characters import clean_pieces
from ingest.cleaning.pieces import Line, Piece, Pieces, Rule, cut, text_of
from ingest.cleaning.starts import glued
from ingest.cleaning.tables.grids import joined_rules
from ingest.reading.geometry import Characters
from ingest.reading.rules import ruled_lines

WIDE_GAP = 1.1
"""A gap of so many letter heights parts two cells; justified lines stay below it."""
WIDER_THAN_USUAL = 2.5
"""... if it is also so many times the line's narrower gaps: a stretched line has only wide ones."""
SAME_HEIGHT = 0.3
"""Baselines closer than this, in letter heights, belong to one line."""
ANOTHER_HEIGHT = 1.0
"""Baselines further apart, in letter heights, are of different lines."""
OVER_RULE = 1.5
"""Points by which a letter may reach over the ruled line beside it."""
LONGEST_IN_TABLE = 70
"""Characters above which a line with no gap wider than a stretched space is prose, and none asks
for its words; a row of so many figures has wider ones."""
PROSE_GAP = 0.7
"""Letter heights of the widest gap in it."""
MIDDLE = 0.3
"""Share of the letter height above the baseline at which a ruled line parts two words."""

_LINE_END = re.compile(r"\r\n|\r|\n")
_BROKEN_WORD = re.compile("[\x02\ufffe]")
_SPACE = re.compile(r"\s+")
_WORD = re.compile(r"\S+")


def raw_text(textpage: pdfium.PdfTextPage) -> str:
    """Return a page's text so that character i is pdfium's character i.

    pdfium's own whole-page text leaves some characters out and gives some as two; then each is
    asked for by its number, which is slower.
    """
    count = textpage.count_chars()
    if count <= 0:
        return ""
    buffer = (ctypes.c_ushort * (2 * count + 2))()
    written = raw.FPDFText_GetText(textpage, 0, count, buffer)
    units = bytes(memoryview(buffer).cast("B")[: 2 * max(0, written - 1)])
    text = units.decode("utf-16-le", "surrogatepass")
    if len(text) == count and _aligned(textpage, text):
        return text
    return "".join(_character(textpage, index) for index in range(count))


def _aligned(textpage: pdfium.PdfTextPage, text: str) -> bool:
    """Tell whether the whole-page text counts as pdfium does, by its last character."""
    last = len(text) - 1
    return bool(raw.FPDFText_GetTextIndexFromCharIndex(textpage, last) == last)


def _character(textpage: pdfium.PdfTextPage, index: int) -> str:
    """Return pdfium's character by its number; what is no character becomes a space."""
    code = raw.FPDFText_GetUnicode(textpage, index)
    return chr(code) if 0 < code < 0x110000 else " "


class PrintedPage:
    """The printed lines of one page, turned upright."""

    def __init__(self, page: pdfium.PdfPage, number: int) -> None:
        """Load the page's text; number counts from 1."""
        self.number = number
        self._textpage = page.get_textpage()
        self.raw = raw_text(self._textpage)
        self._breaks = _BROKEN_WORD.search(self.raw) is not None
        self._at = Characters(page, self._textpage, self.raw)
        self._turn = self._at.turn
        # A page shown on its side: pdfium gives its lines in no useful order.
        self._on_its_side = page.get_rotation() != self._turn
        self.width, self.height = self._at.width, self._at.height
        self.rules = tuple(joined_rules(list(self._rules(page))))
        self._upright = sorted(
            (rule for rule in self.rules if not rule.across), key=lambda rule: rule.at
        )
        self._stand = [rule.at for rule in self._upright]

    def _rules(self, page: pdfium.PdfPage) -> Iterator[Rule]:
        """Yield the page's ruled lines, turned upright."""
        for left, bottom, right, top in ruled_lines(page):
            one, low = self._at.turned(left, bottom, self._turn)
            other, high = self._at.turned(right, top, self._turn)
            across, up = abs(other - one), abs(high - low)
            if across >= up:
                yield Rule(True, (low + high) / 2, min(one, other), max(one, other))
            else:
                yield Rule(False, (one + other) / 2, min(low, high), max(low, high))

    def close(self) -> None:
        """Give pdfium's memory back."""
        self._textpage.close()

    def lines(self) -> tuple[Line, ...]:
        """Return the page's lines that say anything, in the file's order."""
        lines = tuple(self._lines())
        if self._on_its_side:
            return tuple(sorted(lines, key=lambda line: (-line.base, line.left)))
        return lines

    def _lines(self) -> Iterator[Line]:
        """Yield the lines as pdfium parts them."""
        start = 0
        for match in _LINE_END.finditer(self.raw):
            yield from self._parts(start, match.start())
            start = match.end()
        yield from self._parts(start, len(self.raw))

    def _parts(self, start: int, end: int) -> Iterator[Line]:
        """Yield the line from start to end; pdfium glues the line after a broken word to it."""
        for match in _BROKEN_WORD.finditer(self.raw, start, end) if self._breaks else ():
            after = match.end()
            if after < end and self._drop(match.start(), after, self._turn) > SAME_HEIGHT:
                yield from self._level_parts(start, after)
                start = after
        yield from self._level_parts(start, end)

    def _level_parts(self, start: int, end: int) -> Iterator[Line]:
        """Yield the line from start to end; pdfium glues a stamp at the head to one at the foot."""
        last = start + len(self.raw[start:end].rstrip()) - 1
        if start < last and self._stands_apart(start, last):
            for space in _SPACE.finditer(self.raw, start, last):
                word = space.end()
                if self._stands_apart(start, word):
                    yield from self._celled(start, word)
                    start = word
        yield from self._celled(start, end)

    def _celled(self, start: int, end: int) -> Iterator[Line]:
        """Yield the line from start to end, parted where a ruled line stands between two words."""
        if not self._upright:
            yield from self._line(start, end)
            return
        text = self.raw[start:end]
        first = start + len(text) - len(text.lstrip())
        last = start + len(text.rstrip()) - 1
        rules = self._crossing(first, last) if first < last else []
        if rules:
            lefts, rights = self._at.words(first, last)
            spaces = _SPACE.finditer(self.raw, first, last)
            for space, left, right in zip(spaces, rights[:-1], lefts[1:], strict=True):
                if any(left - OVER_RULE <= rule <= right + OVER_RULE for rule in rules):
                    yield from self._line(start, space.end())
                    start = space.end()
        yield from self._line(start, end)

    def _crossing(self, first: int, last: int) -> list[float]:
        """Return where upright ruled lines cross the line of these characters."""
        left, right = self._at.sides(first)[0], self._at.sides(last)[1]
        crossed = self._upright[bisect_right(self._stand, left) : bisect_left(self._stand, right)]
        if not crossed:
            return []
        height = self._at.origin(first, self._turn)[1] + MIDDLE * self._at.size(first, self._turn)
        return [rule.at for rule in crossed if rule.start <= height <= rule.end]

    def _stands_apart(self, first: int, last: int) -> bool:
        """Tell whether two characters are of different lines, whatever pdfium says."""
        turn = self._at.turn_of(first)
        # A stamp along a side: its letters are level once it is turned.
        if turn != self._turn and turn != self._at.turn_of(last):
            turn = self._turn
        return self._drop(first, last, turn) > ANOTHER_HEIGHT

    def _drop(self, one: int, other: int, turn: int) -> float:
        """Return how far apart two characters' baselines are, in letter heights."""
        _, first = self._at.origin(one, turn)
        _, second = self._at.origin(other, turn)
        return abs(first - second) / self._at.size(other, turn)

    def _line(self, start: int, end: int) -> Iterator[Line]:
        """Yield one line, unless it is only space."""
        text = self.raw[start:end]
        first = start + len(text) - len(text.lstrip())
        last = start + len(text.rstrip()) - 1
        pieces = self._pieces(start, end) if first <= last else ()
        if not pieces:
            return
        left, base = self._at.origin(first, self._turn)
        # A raised note mark at either end tells neither the line's height nor its letters'.
        size = max(self._at.size(first, self._turn), self._at.size(last, self._turn))
        cells, words = self._divided(first, last + 1, size, pieces)
        yield Line(
            pieces=pieces,
            text=text_of(pieces),
            left=left,
            right=self._at.sides(last)[1],
            base=min(base, self._at.origin(last, self._turn)[1]),
            size=size,
            bold=self._at.is_bold(first) and self._at.is_bold(last),
            cells=cells,
            words=words,
        )

    def _pieces(self, start: int, end: int) -> Pieces:
        """Return clean pieces; a break's mark inside a line was a hyphen in print."""
        text = self.raw[start:end]
        body = text.rstrip()
        if self._breaks and _BROKEN_WORD.search(body, 0, max(0, len(body) - 1)):
            text = _BROKEN_WORD.sub("-", text[: len(body) - 1]) + text[len(body) - 1 :]
        pieces = clean_pieces([Piece(text, self.number, start)])
        number = glued(text_of(pieces[:1]))
        if number:
            # A tab that is narrower than a space: "1.1On Monday".
            tab = Piece(" ", self.number)
            pieces = (*cut(pieces, 0, number), tab, *cut(pieces, number, len(text)))
        return pieces

    def _divided(
        self, start: int, end: int, size: float, pieces: Pieces
    ) -> tuple[tuple[tuple[int, float], ...], tuple[tuple[int, float, float], ...]]:
        """Return where cells begin after a wide gap, and where each word stands.

        Both as places in the clean text; a cell with its left side, a word with both.
        """
        gaps = self._at.gaps(start, end - 1)
        widest = max(gaps, default=0.0)
        if end - start > LONGEST_IN_TABLE and widest < PROSE_GAP * size:
            return (), ()
        lefts, rights = self._at.words(start, end - 1)
        cells = (
            self._cells(start, end, size, pieces, gaps, lefts) if widest > WIDE_GAP * size else ()
        )
        begins = [match.start() for match in _WORD.finditer(text_of(pieces))]
        if len(begins) != len(lefts):
            return cells, ()
        return cells, tuple(zip(begins, lefts, rights, strict=True))

    def _cells(
        self,
        start: int,
        end: int,
        size: float,
        pieces: Pieces,
        gaps: list[float],
        lefts: list[float],
    ) -> tuple[tuple[int, float], ...]:
        """Return where cells begin after a wide gap: in the clean text, and from the left."""
        usual = sorted(gaps)[len(gaps) // 4]
        wide = max(WIDE_GAP * size, min(WIDER_THAN_USUAL * usual, 3 * WIDE_GAP * size))
        if max(gaps) <= wide:
            return ()
        begins = {
            space.end(): left
            for space, gap, left in zip(
                _SPACE.finditer(self.raw, start, end), gaps, lefts[1:], strict=True
            )
            if gap > wide * (2 if self.raw[space.start() - 1] in ",.;:" else 1)
        }
        places = _places(list(begins), pieces)
        return tuple((places[each], left) for each, left in begins.items() if each in places)


def _places(raws: list[int], pieces: Pieces) -> dict[int, int]:
    """Return where characters of the text layer stand in the clean text, those that stayed."""
    places: dict[int, int] = {}
    position = 0
    for piece in pieces:
        for each in raws:
            if 0 <= each - piece.raw < len(piece.text) and position + each > piece.raw:
                places.setdefault(each, position + each - piece.raw)
        position += len(piece.text)
    return places
