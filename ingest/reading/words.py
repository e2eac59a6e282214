"""Parts a page's characters into words, and remembers where each word stands."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ingest.reading.geometry import Characters, heights

_CODES = 0x3002
"""The last space is U+3000; every higher code counts as U+3001, which is none."""
_IS_SPACE = np.array([chr(code).isspace() for code in range(_CODES)])
_LINE_ENDS = (ord("\r"), ord("\n"))


class Words:
    """The words of one page in the file's order; each list has a value for each word."""

    def __init__(self, at: Characters, text: str, parted: Sequence[int] = ()) -> None:
        """Find the words and ask where they stand.

        Args:
            at: the page's characters.
            text: what they are.
            parted: characters before which a line ends, though no line end is printed there.
        """
        codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
        starts, lasts = parted_by_space(codes)
        if parted:
            inside = [each for each in parted if not text[each].isspace()]
            starts = np.union1d(starts, inside)
            lasts = np.union1d(lasts, [each - 1 for each in inside])
        ends = np.flatnonzero((codes == _LINE_ENDS[0]) | (codes == _LINE_ENDS[1]))
        first = np.searchsorted(starts, [0, *ends.tolist(), *parted, len(text)])
        self.line_starts: list[int] = np.unique(first).tolist()
        """Places of the words that open a line, and one more after the last word."""
        self.starts: list[int] = starts.tolist()
        """Each word's first character."""
        self.lasts: list[int] = lasts.tolist()
        """Each word's last character."""
        of_starts, of_lasts = at.boxes(self.starts), at.boxes(self.lasts)
        lefts, rights = at.sides(of_starts)[0], at.sides(of_lasts)[1]
        self.lefts: list[float] = lefts.tolist()
        self.rights: list[float] = rights.tolist()
        self.gaps: list[float] = (lefts[1:] - rights[:-1]).tolist()
        """How far each word but the first stands from the one before it."""
        self.first_heights: list[float] = heights(of_starts, at.turn).tolist()
        """Height of the font of each word's first character."""
        self.last_heights: list[float] = heights(of_lasts, at.turn).tolist()


def parted_by_space(codes: NDArray[np.uint32]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the first and the last character of each run without a space."""
    space = np.ones(len(codes) + 2, dtype=np.bool_)
    space[1:-1] = _IS_SPACE.take(codes, mode="clip")
    starts = np.flatnonzero(space[:-2] & ~space[1:-1])
    return starts, np.flatnonzero(~space[1:-1] & space[2:])
