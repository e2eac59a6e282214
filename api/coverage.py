"""How many papers are held of each body and year: a table, and the same as a picture."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from search.holdings import YearCount

MOST_BODIES = 15
"""Rows of the picture; the others stand together in one. The table has them all."""

MOST_YEARS = 13
"""Columns of the picture: where there are more years, the latest that have papers. One paper whose
day was mistyped must not move all the others out of it."""

ROW, COLUMN, NAME, HEAD = 30, 50, 272, 26
"""Sizes in the picture's own units, about pixels."""

BAR = 24
"""The highest bar."""

LONGEST_NAME = 36
"""Characters of a body's name in the picture."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """Papers by body and year."""

    years: tuple[int, ...]
    """Every year from the first to the last, also those without papers."""
    rows: tuple[tuple[str | None, tuple[int, ...], int, int], ...]
    """(body, papers of each year, papers without a date, all its papers), most papers first."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of the picture, with its figure."""

    x: int
    y: int
    height: int
    papers: int


@dataclass(frozen=True, slots=True)
class Chart:
    """The picture: a row of bars a body, a column a year."""

    width: int
    height: int
    years: tuple[tuple[int, int], ...]
    """(x, year)."""
    bodies: tuple[tuple[int, str], ...]
    """(y, name)."""
    bars: tuple[Bar, ...]


def coverage(counts: Sequence[YearCount]) -> Coverage:
    """Return counts as rows by body; every year between the first and last has its column."""
    known = [each.year for each in counts if each.year is not None]
    years = tuple(range(min(known), max(known) + 1)) if known else ()
    by_body: dict[str | None, Counter[int | None]] = {}
    for each in counts:
        by_body.setdefault(each.body, Counter())[each.year] += each.papers
    rows = [
        (body, tuple(papers[year] for year in years), papers[None], papers.total())
        for body, papers in by_body.items()
    ]
    return Coverage(years, tuple(sorted(rows, key=lambda row: (row[0] is None, -row[3]))))


def chart(held: Coverage) -> Chart:
    """Return coverage as a picture; the height of a bar is its share of the highest."""
    every = range(len(held.years))
    columns = [
        at
        for at in every
        if len(every) <= MOST_YEARS or any(papers[at] for _, papers, *_ in held.rows)
    ][-MOST_YEARS:]
    years = [held.years[at] for at in columns]
    shown = [
        (body or "No known body", tuple(row[at] for at in columns)) for body, row, *_ in held.rows
    ]
    if len(shown) > MOST_BODIES:
        rest = [row for _, row in shown[MOST_BODIES - 1 :]]
        together = tuple(sum(column) for column in zip(*rest, strict=True))
        shown = [*shown[: MOST_BODIES - 1], (f"{len(rest)} others", together)]
    most = max((papers for _, row in shown for papers in row), default=0)
    bars = tuple(
        Bar(
            NAME + COLUMN * column,
            HEAD + ROW * (line + 1),
            max(1, round(BAR * papers / most)),
            papers,
        )
        for line, (_, row) in enumerate(shown)
        for column, papers in enumerate(row)
        if papers
    )
    return Chart(
        width=NAME + COLUMN * len(years),
        height=HEAD + ROW * len(shown) + 4,
        years=tuple((NAME + COLUMN * at, year) for at, year in enumerate(years)),
        bodies=tuple(
            (HEAD + ROW * (at + 1), name)
            for at, name in enumerate(_short([name for name, _ in shown]))
        ),
        bars=bars,
    )


def _short(names: Sequence[str]) -> list[str]:
    """Return names cut to the picture's length: at the end, or within where that makes two alike.

    A body's sub-committee begins with the body's own name.
    """
    kept = LONGEST_NAME - 1
    cut = [name if len(name) <= LONGEST_NAME else f"{name[:kept].rstrip()}…" for name in names]
    return [
        f"{name[: kept // 2].rstrip()}…{name[-(kept // 2) :].lstrip()}"
        if cut.count(short) > 1 and len(name) > LONGEST_NAME
        else short
        for name, short in zip(names, cut, strict=True)
    ]
