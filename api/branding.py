"""A council's own colour and logo, checked before they are shown."""

from __future__ import annotations

import re
from pathlib import Path

READABLE = 4.5
"""The least contrast of letters and ground: WCAG 2.2, success criterion 1.4.3."""

LARGEST_LOGO = 200_000
"""Bytes; it comes with every page that a browser has not seen before."""

_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_PICTURES = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}


def contrast_with_white(colour: str) -> float:
    """Return the contrast of white letters on a colour, 1 to 21, as WCAG 2.2 defines it.

    Raises:
        ValueError: it is not written as #rrggbb.
    """
    if not _COLOUR.fullmatch(colour):
        raise ValueError("write it as # and six hexadecimal digits, such as #14375e")
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def kind_of_picture(file: Path) -> str:
    """Return the media type of a logo, told by its content.

    Raises:
        ValueError: it cannot be read, is too large, or is no picture that browsers show.
    """
    try:
        content = file.read_bytes()
    except OSError as exc:
        raise ValueError(f"it cannot be read ({exc.strerror})") from exc
    if len(content) > LARGEST_LOGO:
        raise ValueError(f"it has {len(content):,} bytes, of {LARGEST_LOGO:,} allowed")
    for signature, kind in _PICTURES.items():
        if content.startswith(signature):
            return kind
    if b"<svg" in content[:1024]:
        return "image/svg+xml"
    raise ValueError("it is neither SVG, PNG nor JPEG")


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)
