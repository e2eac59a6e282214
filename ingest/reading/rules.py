"""Takes the ruled lines of a PDF page: what parts the rows and columns of a printed table."""

from __future__ import annotations

import ctypes
import itertools
from collections.abc import Iterator
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

Box = tuple[float, float, float, float]
"""Left, bottom, right and top, in points of the page as its file has it."""

THIN = 3.0
"""Points; a drawn box no wider is a ruled line, as double borders of spreadsheets are."""
SHORTEST = 4.0
"""Points; a shorter line is a dot or a stroke of a letter."""
RECTANGLE = 5
"""Segments of a rectangle's path."""
MOST_SEGMENTS = 400
"""Segments of one path that are looked at; a path with more is a drawing."""
MOST_OBJECTS = 20_000
"""Objects of a page that are looked at; a map or a plan has more."""


def ruled_lines(page: pdfium.PdfPage) -> Iterator[Box]:
    """Yield the ruled lines of a page and the sides of its frames, as thin boxes."""
    for at in range(min(raw.FPDFPage_CountObjects(page), MOST_OBJECTS)):
        thing = raw.FPDFPage_GetObject(page, at)
        if raw.FPDFPageObj_GetType(thing) == raw.FPDF_PAGEOBJ_PATH:
            yield from _of_path(thing)


def _of_path(path: Any) -> Iterator[Box]:  # noqa: ANN401 - a pointer of pdfium
    """Yield what one path rules."""
    box = _bounds(path)
    if _is_line(box):
        yield box
        return
    if min(box[2] - box[0], box[3] - box[1]) <= THIN:
        return
    segments = raw.FPDFPath_CountSegments(path)
    if segments > RECTANGLE:
        if segments <= MOST_SEGMENTS:
            yield from filter(_is_line, _subpaths(path, segments))
    elif segments == RECTANGLE and _is_stroked(path):
        left, bottom, right, top = box
        yield from ((left, bottom, right, bottom), (left, top, right, top))
        yield from ((left, bottom, left, top), (right, bottom, right, top))


def _bounds(path: Any) -> Box:  # noqa: ANN401
    """Return the box of a path on its page."""
    sides = [ctypes.c_float() for _ in range(4)]
    raw.FPDFPageObj_GetBounds(path, *sides)
    left, bottom, right, top = (side.value for side in sides)
    return left, bottom, right, top


def _is_line(box: Box) -> bool:
    """Tell whether a box is a line along the page or up it."""
    short, long = sorted((box[2] - box[0], box[3] - box[1]))
    return short <= THIN and long >= SHORTEST and long >= 2 * short


def _is_stroked(path: Any) -> bool:  # noqa: ANN401
    """Tell whether a path's outline is drawn; one that is only filled is a shade."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(path, fill, stroke)
    return bool(stroke.value)


def _subpaths(path: Any, segments: int) -> Iterator[Box]:  # noqa: ANN401
    """Yield the box of each part of a path that is drawn in one go, and each straight stroke."""
    matrix = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(path, matrix)
    x, y = ctypes.c_float(), ctypes.c_float()
    points: list[tuple[float, float]] = []
    for at in range(segments):
        segment = raw.FPDFPath_GetPathSegment(path, at)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        point = (
            matrix.a * x.value + matrix.c * y.value + matrix.e,
            matrix.b * x.value + matrix.d * y.value + matrix.f,
        )
        if raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_MOVETO and points:
            yield from _drawn(points)
            points = []
        points.append(point)
    yield from _drawn(points)


def _drawn(points: list[tuple[float, float]]) -> Iterator[Box]:
    """Yield a subpath as one line if it is thin, else its strokes."""
    whole = _box_of(points)
    if _is_line(whole):
        yield whole
    else:
        for one, other in itertools.pairwise(points):
            yield _box_of([one, other])


def _box_of(points: list[tuple[float, float]]) -> Box:
    """Return the box that holds the points."""
    across, up = zip(*points, strict=True)
    return min(across), min(up), max(across), max(up)
