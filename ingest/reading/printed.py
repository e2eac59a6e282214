"""Takes the printed lines of a PDF page from pdfium, each character with pdfium's own number.

A line is a run of the page's words. It is parted in rounds over the whole page, each with what the
round before it left, so that pdfium is asked about all lines' ends in one go.
"""

from __future__ import annotations

import ctypes
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from ingest.cleaning.characters import clean_pieces
from ingest.cleaning.pieces import Line, Piece, Pieces, Rule, cut, text_of
from ingest.cleaning.starts import glued
from ingest.cleaning.tables.grids import joined_rules
from ingest.reading.geometry import Characters
from ingest.reading.rules import ruled_lines
from ingest.reading.words import Words

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

_BROKEN_WORD = re.compile("[\x02\ufffe]")
_WORD = re.compile(r"\S+")
_LINE_ENDS = ("", "\r", "\n")

Run = tuple[int, int]
"""The words of a line, by their places among the page's; end-exclusive."""


class Ends(NamedTuple):
    """Where lines begin and end; a value for each line in every list."""

    firsts: list[int]
    """Their first characters."""
    lasts: list[int]
    lefts: list[float]
    bases: list[float]
    """Heights of the first characters' baselines."""
    last_bases: list[float]


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
        self._words = Words(self._at, self.raw, self._glued())
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
        runs = list(pairwise(self._words.line_starts))
        ends = self._ends(runs)
        for parted in self._level, self._celled:
            parts = list(parted(runs, ends))
            if len(parts) > len(runs):
                runs, ends = parts, self._ends(parts)
        lines = tuple(self._lines(runs, ends))
        if self._on_its_side:
            return tuple(sorted(lines, key=lambda line: (-line.base, line.left)))
        return lines

    def _ends(self, runs: Sequence[Run]) -> Ends:
        """Ask where runs of words begin, and end."""
        firsts = [self._words.starts[first] for first, _ in runs]
        lasts = [self._words.lasts[end - 1] for _, end in runs]
        across, up = self._at.origins(firsts + lasts, self._turn)
        lefts, bases, count = across.tolist(), up.tolist(), len(runs)
        return Ends(firsts, lasts, lefts[:count], bases[:count], bases[count:])

    def _glued(self) -> list[int]:
        """Return where the line after a broken word begins, that pdfium glues to it."""
        marks = [match.start() for match in _BROKEN_WORD.finditer(self.raw)] if self._breaks else []
        marks = [mark for mark in marks if self.raw[mark + 1 : mark + 2] not in _LINE_ENDS]
        after = [mark + 1 for mark in marks]
        drops = self._at.drops(marks, after, self._turn).tolist()
        return [at for at, drop in zip(after, drops, strict=True) if drop > SAME_HEIGHT]

    def _level(self, runs: Sequence[Run], ends: Ends) -> Iterator[Run]:
        """Yield the runs, parted where pdfium glues a stamp at the head to one at the foot."""
        heights = self._words.last_heights
        turns = self._at.turns(ends.firsts)
        for run, base, last_base, turn in zip(
            runs, ends.bases, ends.last_bases, turns, strict=True
        ):
            far = abs(base - last_base) > ANOTHER_HEIGHT * heights[run[1] - 1]
            if far or turn != self._turn:
                yield from self._parted_by_height(*run)
            else:
                yield run

    def _parted_by_height(self, first: int, end: int) -> Iterator[Run]:
        """Yield the run from first to end, parted where a word is of another line."""
        starts = self._words.starts
        if self._stands_apart(starts[first], self._words.lasts[end - 1]):
            for word in range(first + 1, end):
                if self._stands_apart(starts[first], starts[word]):
                    yield first, word
                    first = word
        yield first, end

    def _stands_apart(self, one: int, other: int) -> bool:
        """Tell whether two characters are of different lines, whatever pdfium says."""
        turn, another = self._at.turns([one, other])
        # A stamp along a side: its letters are level once it is turned.
        if turn != another:
            turn = self._turn
        return bool(self._at.drops([one], [other], turn)[0] > ANOTHER_HEIGHT)

    def _celled(self, runs: Sequence[Run], ends: Ends) -> Iterator[Run]:
        """Yield the runs, parted where a ruled line stands between two words."""
        lefts, rights = self._words.lefts, self._words.rights
        for (first, end), base in zip(runs, ends.bases, strict=True) if self._upright else ():
            rules = self._crossing(first, end, base) if end - first > 1 else ()
            for word in range(first + 1, end) if rules else ():
                low, high = rights[word - 1] - OVER_RULE, lefts[word] + OVER_RULE
                if any(low <= rule <= high for rule in rules):
                    yield first, word
                    first = word
            yield first, end

    def _crossing(self, first: int, end: int, base: float) -> list[float]:
        """Return where upright ruled lines cross the line of these words, on this baseline."""
        left, right = self._words.lefts[first], self._words.rights[end - 1]
        crossed = self._upright[bisect_right(self._stand, left) : bisect_left(self._stand, right)]
        height = base + MIDDLE * self._words.first_heights[first]
        return [rule.at for rule in crossed if rule.start <= height <= rule.end]

    def _lines(self, runs: Sequence[Run], ends: Ends) -> Iterator[Line]:
        """Yield each run of words as a line."""
        words = self._words
        bold = self._bold(ends.firsts, ends.lasts)
        for (first, end), left, base, last_base, is_bold in zip(
            runs, ends.lefts, ends.bases, ends.last_bases, bold, strict=True
        ):
            pieces = self._pieces(words.starts[first], words.lasts[end - 1] + 1)
            if not pieces:
                continue
            # A raised note mark at either end tells neither the line's height nor its letters'.
            size = max(words.first_heights[first], words.last_heights[end - 1])
            cells, places = self._divided(first, end, size, pieces)
            yield Line(
                pieces=pieces,
                text=text_of(pieces),
                left=left,
                right=words.rights[end - 1],
                base=min(base, last_base),
                size=size,
                bold=is_bold,
                cells=cells,
                words=places,
            )

    def _bold(self, firsts: Sequence[int], lasts: Sequence[int]) -> list[bool]:
        """Tell which lines are bold from the first character to the last."""
        bold = self._at.bold(firsts)
        asked = [at for at, is_bold in enumerate(bold) if is_bold]
        for at, is_bold in zip(asked, self._at.bold([lasts[at] for at in asked]), strict=True):
            bold[at] = is_bold
        return bold

    def _pieces(self, start: int, end: int) -> Pieces:
        """Return clean pieces; a break's mark inside a line was a hyphen in print."""
        text = self.raw[start:end]
        if self._breaks and _BROKEN_WORD.search(text, 0, len(text) - 1):
            text = _BROKEN_WORD.sub("-", text[:-1]) + text[-1]
        pieces = clean_pieces([Piece(text, self.number, start)])
        number = glued(pieces[0].text) if pieces else 0
        if number:
            # A tab that is narrower than a space: "1.1On Monday".
            tab = Piece(" ", self.number)
            pieces = (*cut(pieces, 0, number), tab, *cut(pieces, number, len(text)))
        return pieces

    def _divided(
        self, first: int, end: int, size: float, pieces: Pieces
    ) -> tuple[tuple[tuple[int, float], ...], tuple[tuple[int, float, float], ...]]:
        """Return where cells begin after a wide gap, and where each word stands.

        Both as places in the clean text; a cell with its left side, a word with both.
        """
        words = self._words
        gaps = words.gaps[first : end - 1]
        widest = max(gaps, default=0.0)
        start, last = words.starts[first], words.lasts[end - 1]
        if last - start >= LONGEST_IN_TABLE and widest < PROSE_GAP * size:
            return (), ()
        cells = self._cells(first, end, size, pieces, gaps) if widest > WIDE_GAP * size else ()
        if len(pieces) == 1 and pieces[0].text == self.raw[start : last + 1]:
            begins = [each - start for each in words.starts[first:end]]
        else:
            begins = [match.start() for match in _WORD.finditer(text_of(pieces))]
            if len(begins) != end - first:
                return cells, ()
        return cells, tuple(
            zip(begins, words.lefts[first:end], words.rights[first:end], strict=True)
        )

    def _cells(
        self, first: int, end: int, size: float, pieces: Pieces, gaps: Sequence[float]
    ) -> tuple[tuple[int, float], ...]:
        """Return where cells begin after a wide gap: in the clean text, and from the left."""
        usual = sorted(gaps)[len(gaps) // 4]
        wide = max(WIDE_GAP * size, min(WIDER_THAN_USUAL * usual, 3 * WIDE_GAP * size))
        if max(gaps) <= wide:
            return ()
        words = self._words
        begins = {
            words.starts[word]: words.lefts[word]
            for word, gap in enumerate(gaps, start=first + 1)
            if gap > wide * (2 if self.raw[words.lasts[word - 1]] in ",.;:" else 1)
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
