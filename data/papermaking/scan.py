"""A page as a scanner leaves it: a picture of text, a little askew, with specks."""

from __future__ import annotations

import io
import random
import textwrap

from PIL import Image, ImageDraw, ImageFont

SIZE = (1000, 1414)  # A4 at about 120 dots an inch
MARGIN = 110
PITCH = 27
WIDTH = 66


def wrapped(text: str) -> list[str]:
    """Break each line of the text to the page's width; keep empty lines."""
    return [part for line in text.splitlines() for part in textwrap.wrap(line, WIDTH) or [""]]


def speckled(page: Image.Image) -> Image.Image:
    """Turn the page by a hair and drop the same specks on it every time."""
    page = page.rotate(0.7, fillcolor=244, resample=Image.Resampling.BICUBIC)
    dice = random.Random(19)  # noqa: S311  (specks, not secrets)
    for _ in range(260):
        spot = (dice.randrange(SIZE[0]), dice.randrange(SIZE[1]))
        page.putpixel(spot, dice.randrange(60, 170))
    return page


def scanned(text: str) -> bytes:
    """Return a JPEG of the text set as a typed page."""
    page = Image.new("L", SIZE, 244)
    pen = ImageDraw.Draw(page)
    font = ImageFont.load_default(size=21)
    for place, line in enumerate(wrapped(text)):
        pen.text((MARGIN, MARGIN + place * PITCH), line, fill=38, font=font)
    out = io.BytesIO()
    speckled(page).save(out, "JPEG", quality=45)
    return out.getvalue()
