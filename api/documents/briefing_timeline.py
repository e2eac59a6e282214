"""A matter's timeline as a picture: a row for each body, a mark for each meeting, over the years.

SVG, made here and not in the browser: it needs no script, and prints. Its title and description
say the same in words, and every mark has a title of its own. Shape tells what colour does: a
square is a meeting that decided, a circle one that did not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from math import sqrt
from xml.sax.saxutils import escape

from api.documents.briefing_outline import text_equivalent
from api.documents.sheet import plain
from api.wording import counted, day
from search.briefing.values import Briefing, Met

WIDTH, LABELS, ROW, HEAD, EDGE = 960, 300, 34, 34, 16
"""Units of the picture: the whole, the column of names, a row, the years' row, the margin."""

LONGEST_NAME = 42
"""Characters of a body's name in the picture; its title has the whole."""

SMALLEST, LARGEST = 4.0, 12.0
"""Radius of a mark, by the square root of the sentences, so that its area tells their number."""

INK, RULE, HELD, DECIDED = "#1a1a1a", "#c9ced6", "#0b4f8a", "#a3320b"


def timeline_svg(briefing: Briefing) -> str:
    """Return the picture of a briefing's meetings; undated ones are only in its words."""
    dated = [met for met in briefing.meetings if met.meeting_date]
    bodies = sorted({met.body or "" for met in dated})
    height = HEAD + ROW * max(len(bodies), 1) + 2 * EDGE + ROW
    title = f"Meetings that speak of {' '.join(briefing.matter.topic.split())}"
    told = "; ".join(f"{body}: {years}" for body, years in text_equivalent(briefing.meetings))
    drawn = [*_years(dated, height), *_rows(dated, bodies), *_key(height)] if dated else []
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img"'
            ' aria-labelledby="timeline-title timeline-told" font-family="Arial, sans-serif"'
            f' font-size="13" fill="{INK}">',
            f'<title id="timeline-title">{_set(title)}</title>',
            f'<desc id="timeline-told">{_set(told or "No meeting speaks of it.")}</desc>',
            *drawn,
            "</svg>\n",
        ]
    )


def _years(dated: Sequence[Met], height: int) -> Iterator[str]:
    first, last = _span(dated)
    every = max(1, (last - first + 1) // 12 + ((last - first + 1) % 12 > 0))
    for year in range(first, last + 2):
        at = _at(date(year, 1, 1), dated)
        bottom = height - EDGE - ROW
        yield f'<path d="M{at:.1f} {HEAD}V{bottom}" stroke="{RULE}"/>'
        if year <= last and (year - first) % every == 0:
            yield f'<text x="{at + 3:.1f}" y="{HEAD - 10}">{year}</text>'


def _rows(dated: Sequence[Met], bodies: Sequence[str]) -> Iterator[str]:
    most = max(met.sentences for met in dated)
    for row, body in enumerate(bodies):
        y = HEAD + EDGE + row * ROW + ROW / 2
        name = body or "Of no known body"
        short = name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…"
        yield (
            f'<text x="{EDGE}" y="{y + 4:.1f}">{_set(short)}<title>{_set(name)}</title></text>'
            f'<path d="M{LABELS} {y:.1f}H{WIDTH - EDGE}" stroke="{RULE}"/>'
        )
        for met in dated:
            if (met.body or "") == body and met.meeting_date:
                radius = max(SMALLEST, LARGEST * sqrt(met.sentences / most))
                yield _mark(met, _at(met.meeting_date, dated), y, radius)


def _mark(met: Met, x: float, y: float, radius: float) -> str:
    when = day(met.meeting_date) if met.meeting_date else "undated"
    decided = ", with a decision" if met.decided else ""
    told = _set(f"{met.body or 'No known body'}, {when}: {counted(met.sentences, 'sentence')}")
    return f"{_shape(x, y, radius, decided=met.decided)}<title>{told}{decided}</title></g>"


def _shape(x: float, y: float, radius: float, *, decided: bool) -> str:
    if decided:
        side = radius * 1.8
        return (
            f'<g fill="{DECIDED}" fill-opacity="0.8"><rect x="{x - side / 2:.1f}"'
            f' y="{y - side / 2:.1f}" width="{side:.1f}" height="{side:.1f}"/>'
        )
    return (
        f'<g fill="{HELD}" fill-opacity="0.8"><circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}"/>'
    )


def _key(height: int) -> Iterator[str]:
    y = height - EDGE - 4
    yield _shape(LABELS + 8, y - 4, 6, decided=False) + "</g>"
    yield f'<text x="{LABELS + 22}" y="{y}">speaks of it</text>'
    yield _shape(LABELS + 138, y - 4, 6, decided=True) + "</g>"
    yield f'<text x="{LABELS + 152}" y="{y}">decided on it</text>'
    yield f'<text x="{LABELS + 270}" y="{y}">the larger, the more is said</text>'


def _span(dated: Sequence[Met]) -> tuple[int, int]:
    years = [met.meeting_date.year for met in dated if met.meeting_date]
    return min(years), max(years)


def _at(when: date, dated: Sequence[Met]) -> float:
    """Return where a day stands across the picture."""
    first, last = _span(dated)
    begins, ends = date(first, 1, 1).toordinal(), date(last, 12, 31).toordinal() + 1
    return LABELS + (WIDTH - EDGE - LABELS) * (when.toordinal() - begins) / (ends - begins)


def _set(text: str) -> str:
    return escape(plain(text))
