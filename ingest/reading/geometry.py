"""Asks pdfium where the characters of a page stand, and in what type.

pdfium answers for one character a call, by its number: that is most of what a printed page costs.
So what is asked of many characters is asked in one go, and answered in one array.
"""

from __future__ import annotations

import ctypes
import math
import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from itertools import repeat
from typing import TypeVar

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as raw
from numpy.typing import NDArray

from ingest.reading.calls import address_of, ask, quick, rows

ANGLES_ASKED = 12
"""Characters a page whose angle is asked for."""
BOLD_WEIGHT = 600
"""CSS counts weights from here as bold."""

_FORCE_BOLD = 1 << 18  # PDF 32000-1, table 123: font flag 19
_BOLD_NAME = re.compile(rb"bold|black|heavy|semibold|demi", re.IGNORECASE)
_FONT_NAME = 128

Lengths = NDArray[np.float64]
"""Points, or letter heights: one for each character asked about."""
Boxes = NDArray[np.float64]
"""(n, 4) rows of left, top, right and bottom, in points of the page as its file has it."""
Place = TypeVar("Place", float, Lengths)

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
        """Find which way most letters stand; text[i] is the page's character i."""
        self._page = address_of(textpage.raw)
        self.turn = self._usual_turn(text)
        width, height = page.get_size()
        if (page.get_rotation() - self.turn) % 180:
            width, height = height, width
        self.width, self.height = float(width), float(height)

    def _usual_turn(self, text: str) -> int:
        """Return by how many degrees, clockwise, most letters have to be turned to be upright."""
        turns: Counter[int] = Counter()
        asked = range(0, len(text), max(1, len(text) // ANGLES_ASKED))
        for index, turn in zip(asked, self.turns(asked), strict=True):
            turns[turn] += not text[index].isspace()
        return turns.most_common(1)[0][0] if turns else 0

    def turns(self, characters: Sequence[int]) -> list[int]:
        """Return the turn of each character: 0, 90, 180 or 270 degrees."""
        return [
            -round(math.degrees(angle) / 90) * 90 % 360 if angle > 0 else 0
            for angle in map(_ANGLE, repeat(self._page), characters)
        ]

    def boxes(self, characters: Sequence[int]) -> Boxes:
        """Return the box of each character."""
        found = np.zeros((len(characters), 4), dtype=np.float32)
        ask(_BOX, repeat(self._page), characters, rows(found))
        return found.astype(np.float64)

    def sides(self, boxes: Boxes) -> tuple[Lengths, Lengths]:
        """Return the left and right sides of boxes, turned."""
        low, high, whole = _SIDES[self.turn]
        if whole:
            return self.width - boxes[:, low], self.width - boxes[:, high]
        return boxes[:, low], boxes[:, high]

    def origins(self, characters: Sequence[int], turn: int) -> tuple[Lengths, Lengths]:
        """Return where each baseline begins on the page so turned: how far across, and up."""
        found = np.zeros((len(characters), 2), dtype=np.float64)
        ask(_ORIGIN, repeat(self._page), characters, rows(found), rows(found, 1))
        return self.turned(found[:, 0], found[:, 1], turn)

    def turned(self, x: Place, y: Place, turn: int) -> tuple[Place, Place]:
        """Return places on the page so turned."""
        if turn == 90:
            return y, self.height - x
        if turn == 180:
            return self.width - x, self.height - y
        if turn == 270:
            return self.width - y, x
        return x, y

    def drops(self, ones: Sequence[int], others: Sequence[int], turn: int) -> Lengths:
        """Return how far apart the baselines of each two are, in letter heights of the other."""
        _, first = self.origins(ones, turn)
        _, second = self.origins(others, turn)
        return np.abs(first - second) / heights(self.boxes(others), turn)

    def bold(self, characters: Sequence[int]) -> list[bool]:
        """Tell which characters are bold, by their fonts' weight, flag or name."""
        count = len(characters)
        names = np.zeros((count, _FONT_NAME), dtype=np.uint8)
        flags = np.zeros((count, 1), dtype=np.int32)
        ask(_FONT, repeat(self._page), characters, rows(names), repeat(_FONT_NAME), rows(flags))
        return [
            weight >= BOLD_WEIGHT or bool(flag & _FORCE_BOLD) or _is_bold_name(name)
            for weight, flag, name in zip(
                map(_WEIGHT, repeat(self._page), characters),
                flags[:, 0].tolist(),
                names.view(f"S{_FONT_NAME}")[:, 0].tolist(),
                strict=True,
            )
        ]


def heights(boxes: Boxes, turn: int) -> Lengths:
    """Return the heights of characters' fonts on the page so turned, at least 1."""
    one, other = (0, 2) if turn in (90, 270) else (1, 3)
    return np.maximum(np.abs(boxes[:, one] - boxes[:, other]), 1.0)


@lru_cache(maxsize=256)
def _is_bold_name(name: bytes) -> bool:
    """Tell whether a font is bold by its name; a paper has few."""
    return _BOLD_NAME.search(name) is not None
