"""Calls pdfium's functions without a check of each pointer: for those asked for each character.

pypdfium2's own prototypes make and check a pointer a call, which takes half as long again as the
call itself. Here an object of pdfium is its address, and so is what a function writes to.
"""

from __future__ import annotations

import ctypes
from typing import Any


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
