"""Calls pdfium's functions without a check of each pointer: for those asked for each character.

pypdfium2's own prototypes make and check a pointer a call, which takes half as long again as the
call itself. Here an object of pdfium is its address, and so is what a function writes to.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterable
from typing import Any

from numpy.typing import NDArray


def quick(function: Any, result: Any, *arguments: Any) -> Any:  # noqa: ANN401 - ctypes knows no more
    """Return a function of pdfium, its arguments and result plain numbers.

    Args:
        function: as pypdfium2.raw has it.
        result: a simple type of ctypes.
        arguments: the same, `c_void_p` for what is passed by its address.
    """
    return ctypes.PYFUNCTYPE(result, *arguments)(address_of(function))


def address_of(pointer: Any) -> int:  # noqa: ANN401
    """Return the address of an object of pdfium."""
    return int(ctypes.cast(pointer, ctypes.c_void_p).value or 0)


def ask(function: Any, *arguments: Iterable[int]) -> list[int]:  # noqa: ANN401
    """Call a function of pdfium again and again, and return what it returns.

    Args:
        function: as `quick` returns it.
        arguments: for each of its arguments, what it is at each call; the shortest ends the calls.
    """
    # A loop of `map`'s own: a page has hundreds of words.
    return list(map(function, *arguments))


def rows(found: NDArray[Any], column: int = 0) -> range:
    """Return the address of each row of an array, from a column on: where answers are written."""
    size = found.itemsize * found.shape[1]
    first = found.__array_interface__["data"][0] + found.itemsize * column
    return range(first, first + size * len(found), size)
