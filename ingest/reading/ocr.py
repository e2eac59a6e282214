"""Reads pictures, where the optional OCR is installed: the extra [ocr].

RapidOCR runs PaddleOCR's models, which come inside its package: nothing is fetched. It is a seam
of three functions; another engine would change this module alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import Any

import numpy as np
from numpy.typing import NDArray

LONGEST_SIDE = 3_300
"""Dots: A3 at the full 200 an inch."""

Image = NDArray[np.uint8]
"""(height, width, 3), blue, green and red of each dot."""


@dataclass(frozen=True, slots=True)
class ReadLine:
    """One line that the engine saw, in dots from the picture's upper left corner."""

    text: str
    confidence: float
    """From 0 to 1."""
    left: float
    top: float
    right: float
    bottom: float


def engine() -> str:
    """Return name and version of the OCR that is installed, or "" where there is none."""
    try:
        version("onnxruntime")
        return f"rapidocr-{version('rapidocr')}"
    except PackageNotFoundError:
        return ""


def available() -> bool:
    """Tell whether pictures of pages can be read here."""
    return bool(engine())


def read_image(image: Image) -> list[ReadLine]:
    """Return the lines in a picture, in no promised order; none where there is no text.

    Raises:
        ImportError: the OCR is not installed.
    """
    found = _engine()(image, use_cls=False)
    if found.boxes is None:
        return []
    return [
        ReadLine(text, float(score), *map(float, (*box.min(axis=0), *box.max(axis=0))))
        for box, text, score in zip(found.boxes, found.txts, found.scores, strict=True)
    ]


@cache
def _engine() -> Any:  # noqa: ANN401 - RapidOCR gives no types
    """Load the models, once a process; one thread, since papers are read side by side."""
    from rapidocr import RapidOCR

    return RapidOCR(
        params={
            "Global.log_level": "critical",
            "Global.use_cls": False,
            "Global.max_side_len": LONGEST_SIDE,
            "EngineConfig.onnxruntime.intra_op_num_threads": 1,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
    )
