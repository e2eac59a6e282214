"""Takes the ruled lines of a PDF page: what parts the rows and columns of a printed table."""

from __future__ import annotations

import ctypes
import itertools
from collections.abc import Iterator
from itertools import repeat

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as raw

from ingest.reading.calls import address_of, ask, quick, rows

Box = tuple[float, float, float, float]
"""Left, bottom, right and top, in points of the page as its file has it."""

THIN = 3.0
"""Points; a drawn box no wider is a ruled line, as double borders of spreadsheets are."""
SHORTEST = 4.0
"""Points; a shorter line is a dot or a stroke of a letter."""
THICK = 9.0
"""Points of the box of one straight stroke: pdfium's boxes are twice as wide as the stroke, and
the line below a table's heads may have three points or four."""
STROKE = 2
"""Segments of one straight stroke's path."""
RECTANGLE = 5
"""Segments of a rectangle's path."""
MOST_SEGMENTS = 400
"""Segments of one path that are looked at; a path with more is a drawing."""
MOST_OBJECTS = 20_000
"""Objects of a page that are looked at; a map or a plan has more."""

_HANDLE = ctypes.c_void_p
_OBJECT = quick(raw.FPDFPage_GetObject, _HANDLE, _HANDLE, ctypes.c_int)
_TYPE = quick(raw.FPDFPageObj_GetType, ctypes.c_int, _HANDLE)
_BOUNDS = quick(raw.FPDFPageObj_GetBounds, ctypes.c_int, _HANDLE, *[ctypes.c_void_p] * 4)
_SEGMENTS = quick(raw.FPDFPath_CountSegments, ctypes.c_int, _HANDLE)
_DRAW_MODE = quick(raw.FPDFPath_GetDrawMode, ctypes.c_int, _HANDLE, *[ctypes.c_void_p] * 2)
_MATRIX = quick(raw.FPDFPageObj_GetMatrix, ctypes.c_int, _HANDLE, ctypes.c_void_p)
_SEGMENT = quick(raw.FPDFPath_GetPathSegment, _HANDLE, _HANDLE, ctypes.c_int)
_POINT = quick(raw.FPDFPathSegment_GetPoint, ctypes.c_int, _HANDLE, *[ctypes.c_void_p] * 2)
_SEGMENT_TYPE = quick(raw.FPDFPathSegment_GetType, ctypes.c_int, _HANDLE)
_PATH = raw.FPDF_PAGEOBJ_PATH
_FLOAT = ctypes.sizeof(ctypes.c_float)


def ruled_lines(page: pdfium.PdfPage) -> Iterator[Box]:
    """Yield the ruled lines of a page and the sides of its frames, as thin boxes."""
    count = min(raw.FPDFPage_CountObjects(page), MOST_OBJECTS)
    things = ask(_OBJECT, repeat(address_of(page.raw)), range(count))
    kinds = ask(_TYPE, things)
    paths = [thing for thing, kind in zip(things, kinds, strict=True) if kind == _PATH]
    boxes = np.zeros((len(paths), 4), dtype=np.float32)
    bounded = ask(_BOUNDS, paths, *(rows(boxes, side) for side in range(4)))
    for path, (left, bottom, right, top), is_bounded in zip(
        paths, boxes.tolist(), bounded, strict=True
    ):
        if is_bounded:
            yield from _of_path(path, (left, bottom, right, top))


def _of_path(path: int, box: Box) -> Iterator[Box]:
    """Yield what one path, in its box on the page, rules."""
    if _is_line(box):
        yield box
        return
    if min(box[2] - box[0], box[3] - box[1]) <= THIN:
        return
    segments = _SEGMENTS(path)
    if segments > RECTANGLE:
        if segments <= MOST_SEGMENTS:
            yield from filter(_is_line, _subpaths(path, segments))
    elif segments == STROKE:
        if _is_line(box, THICK) and _is_stroked(path):
            yield box
    elif segments == RECTANGLE and _is_stroked(path):
        left, bottom, right, top = box
        yield from ((left, bottom, right, bottom), (left, top, right, top))
        yield from ((left, bottom, left, top), (right, bottom, right, top))


def _is_line(box: Box, thin: float = THIN) -> bool:
    """Tell whether a box is a line along the page or up it."""
    width, height = box[2] - box[0], box[3] - box[1]
    short, long = (width, height) if width < height else (height, width)
    return short <= thin and long >= SHORTEST and long >= 2 * short


def _is_stroked(path: int) -> bool:
    """Tell whether a path's outline is drawn; one that is only filled is a shade."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    _DRAW_MODE(path, ctypes.addressof(fill), ctypes.addressof(stroke))
    return bool(stroke.value)


def _subpaths(path: int, segments: int) -> Iterator[Box]:
    """Yield the box of each part of a path that is drawn in one go, and each straight stroke."""
    matrix = raw.FS_MATRIX()
    _MATRIX(path, ctypes.addressof(matrix))
    a, b, c, d, e, f = matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f
    place = (ctypes.c_float * 2)()
    to = ctypes.addressof(place), ctypes.addressof(place) + _FLOAT
    points: list[tuple[float, float]] = []
    for at in range(segments):
        segment = _SEGMENT(path, at)
        _POINT(segment, *to)
        x, y = place
        if _SEGMENT_TYPE(segment) == raw.FPDF_SEGMENT_MOVETO and points:
            yield from _drawn(points)
            points = []
        points.append((a * x + c * y + e, b * x + d * y + f))
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
