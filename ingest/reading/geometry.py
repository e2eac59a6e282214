"""Asks pdfium where the characters of a page stand, and in what type.

pdfium answers for one character a call, by its number: that is most of what a printed page costs.
So the two ends of each word are asked for in one go, and nothing else twice.
"""

from __future__ import annotations

import ctypes
import math
import re
from bisect import bisect_left
from collections import Counter, deque
from collections.abc import Sequence
from functools import lru_cache
from itertools import repeat

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as raw
from numpy.typing import NDArray

from ingest.reading.calls import address_of, quick

ANGLES_ASKED = 12
"""Characters a page whose angle is asked for."""
BOLD_WEIGHT = 600
"""CSS counts weights from here as bold."""

_FORCE_BOLD = 1 << 18  # PDF 32000-1, table 123: font flag 19
_BOLD_NAME = re.compile(rb"bold|black|heavy|semibold|demi", re.IGNORECASE)
_FONT_NAME = 128
_WORD = re.compile(r"\S+")

Box = tuple[float, float, float, float]
"""Left, top, right and bottom, in points of the page as its file has it."""

_SIDES = {0: (0, 2, False), 90: (3, 1, False), 180: (2, 0, True), 270: (1, 3, True)}
"""By a page's turn: which sides of a box are left and right, and if the width less them is."""


_TO = ctypes.c_void_p
_OF_CHARACTER = (ctypes.c_void_p, ctypes.c_int)
_BOX = quick(raw.FPDFText_GetLooseCharBox, ctypes.c_int, *_OF_CHARACTER, _TO)
_ORIGIN = quick(raw.FPDFText_GetCharOrigin, ctypes.c_int, *_OF_CHARACTER, _TO, _TO)
_ANGLE = quick(raw.FPDFText_GetCharAngle, ctypes.c_float, *_OF_CHARACTER)
_WEIGHT = quick(raw.FPDFText_GetFontWeight, ctypes.c_int, *_OF_CHARACTER)
_FONT = quick(raw.FPDFText_GetFontInfo, ctypes.c_ulong, *_OF_CHARACTER, _TO, ctypes.c_ulong, _TO)


class Characters:
    """Where the characters of one page stand, turned so that most of them are upright."""

    def __init__(self, page: pdfium.PdfPage, textpage: pdfium.PdfTextPage, text: str) -> None:
        """Ask where each word begins and ends; text[i] is the page's character i."""
        self._text = text
        self._page = address_of(textpage.raw)
        self._turns: dict[int, int] = {}
        self.turn = self._usual_turn()
        width, height = page.get_size()
        if (page.get_rotation() - self.turn) % 180:
            width, height = height, width
        self.width, self.height = float(width), float(height)
        self._origins: dict[int, tuple[float, float]] = {}
        self._xy = (ctypes.c_double * 2)()
        self._x = ctypes.addressof(self._xy)
        self._name = ctypes.create_string_buffer(_FONT_NAME)
        self._flags = ctypes.c_int()
        self._boxes: dict[int, Box] = {}
        self._box_asked = (ctypes.c_float * 4)()
        self._to_box = ctypes.addressof(self._box_asked)
        self._fill_words()

    def _fill_words(self) -> None:
        """Ask for the sides of each word: of its first character, and of its last."""
        spans = [match.span() for match in _WORD.finditer(self._text)]
        self._starts = [start for start, _ in spans]
        self._lasts = [end - 1 for _, end in spans]
        # A word's left side is a column of its box, turned; as one array, since a page has many.
        low, high, whole = _SIDES[self.turn]
        lefts = self._boxes_of(self._starts)[:, low]
        rights = self._boxes_of(self._lasts)[:, high]
        if whole:
            lefts, rights = self.width - lefts, self.width - rights
        self._lefts, self._rights = lefts.tolist(), rights.tolist()
        self._gaps: list[float] = (lefts[1:] - rights[:-1]).tolist()

    def _boxes_of(self, characters: Sequence[int]) -> NDArray[np.float64]:
        """Return the boxes of characters, one in each row."""
        found = np.zeros((len(characters), 4), dtype=np.float32)
        first, row = found.ctypes.data, found.itemsize * found.shape[1]
        places = range(first, first + row * len(characters), row)
        # A loop of `map`'s own: a page has hundreds of words.
        deque(map(_BOX, repeat(self._page), characters, places), maxlen=0)
        return found.astype(np.float64)

    def _usual_turn(self) -> int:
        """Return by how many degrees, clockwise, most letters have to be turned to be upright."""
        turns: Counter[int] = Counter()
        count = len(self._text)
        for index in range(0, count, max(1, count // ANGLES_ASKED)):
            turns[self.turn_of(index)] += not self._text[index].isspace()
        return turns.most_common(1)[0][0] if turns else 0

    def turn_of(self, index: int) -> int:
        """Return a character's turn: 0, 90, 180 or 270 degrees."""
        turn = self._turns.get(index)
        if turn is None:
            angle = _ANGLE(self._page, index)
            turn = -round(math.degrees(angle) / 90) * 90 % 360 if angle > 0 else 0
            self._turns[index] = turn
        return turn

    def words(self, first: int, last: int) -> tuple[list[float], list[float]]:
        """Return the left sides of the words from one character to another, and the right sides.

        Both are letters; either may stand inside a word, which then is taken for the whole of it.
        """
        start = bisect_left(self._lasts, first)
        end = bisect_left(self._starts, last + 1, start)
        lefts, rights = self._lefts[start:end], self._rights[start:end]
        if self._starts[start] != first:
            lefts[0] = self.sides(first)[0]
        if self._lasts[end - 1] != last:
            rights[-1] = self.sides(last)[1]
        return lefts, rights

    def gaps(self, first: int, last: int) -> list[float]:
        """Return how far apart the words from one character to another stand, each two beside."""
        start = bisect_left(self._lasts, first)
        return self._gaps[start : bisect_left(self._starts, last + 1, start) - 1]

    def sides(self, index: int) -> tuple[float, float]:
        """Return the left and right side of a character."""
        box = self._box(index)
        low, high, whole = _SIDES[self.turn]
        if whole:
            return self.width - box[low], self.width - box[high]
        return box[low], box[high]

    def size(self, index: int, turn: int) -> float:
        """Return the height of a character's font on the page so turned, at least 1."""
        left, top, right, bottom = self._box(index)
        size = right - left if turn in (90, 270) else top - bottom
        return max(abs(size), 1.0)

    def _box(self, index: int) -> Box:
        """Return the box of a character."""
        known = self._boxes.get(index)
        if known is None:
            _BOX(self._page, index, self._to_box)
            left, top, right, bottom = self._box_asked
            known = self._boxes[index] = left, top, right, bottom
        return known

    def origin(self, index: int, turn: int) -> tuple[float, float]:
        """Return where a character's baseline begins on the page so turned: across, and up."""
        known = self._origins.get(index)
        if known is None:
            _ORIGIN(self._page, index, self._x, self._x + 8)
            known = self._origins[index] = self._xy[0], self._xy[1]
        return known if turn == 0 else self.turned(*known, turn)

    def turned(self, x: float, y: float, turn: int) -> tuple[float, float]:
        """Return a place on the page so turned."""
        if turn == 90:
            return y, self.height - x
        if turn == 180:
            return self.width - x, self.height - y
        if turn == 270:
            return self.width - y, x
        return x, y

    def is_bold(self, index: int) -> bool:
        """Tell whether a character is bold, by its font's weight, flag or name."""
        if _WEIGHT(self._page, index) >= BOLD_WEIGHT:
            return True
        name, flags = ctypes.addressof(self._name), ctypes.addressof(self._flags)
        _FONT(self._page, index, name, _FONT_NAME, flags)
        return bool(self._flags.value & _FORCE_BOLD) or _is_bold_name(self._name.value)


@lru_cache(maxsize=256)
def _is_bold_name(name: bytes) -> bool:
    """Tell whether a font is bold by its name; a paper has few."""
    return _BOLD_NAME.search(name) is not None
