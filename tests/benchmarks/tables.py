"""Fills the tables in README.md, docs/ranking.md and docs/pages.md from what the benchmarks wrote.

What a row or column stands for is the code in its first cell or head, as in `hit@1`.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from tests.benchmarks.recording import FOLDER
from tests.shared import ROOT

README = ROOT / "README.md"
RANKING = ROOT / "docs" / "ranking.md"
PAGES = ROOT / "docs" / "pages.md"

Figures = Mapping[str, Mapping]
"""What each benchmark measured, by its name."""

Cell = Callable[[Figures, str, Sequence[str], int], str]
"""Returns a cell, given a row's name, the table's heads and the column, from 1."""


def of_quality(figures: Figures, row: str, heads: Sequence[str], column: int) -> str:
    """Return a share of the questions of a set."""
    of = figures["quality"][named(heads[column])]
    return share(of[named(row)][0]) if named(row) in of else "–"


def of_speed(figures: Figures, row: str, _heads: Sequence[str], _column: int) -> str:
    """Return a time or a size."""
    value = (figures["ingest"] | figures["ask"])[named(row)]
    return f"{value:,}"


def of_pages(figures: Figures, row: str, heads: Sequence[str], column: int) -> str:
    """Return a time or a size of a page."""
    return f"{figures['pages'][named(row)][named(heads[column])]:,}"


def of_voices(figures: Figures, row: str, heads: Sequence[str], column: int) -> str:
    """Return what a set comes to without a voice: first, and among five, for each set."""
    quality, name = figures["quality"], named(heads[column - (column - 1) % 2])
    of = quality[row][name] if row in quality else quality["voices"][name][row]
    return share(of[("first", "among 5")[(column - 1) % 2]][0])


def of_marks(figures: Figures, _row: str, heads: Sequence[str], column: int) -> str:
    """Return how often the right sentence is marked."""
    return share(figures["quality"]["marked"][named(heads[column])][0])


def of_telling(figures: Figures, row: str, heads: Sequence[str], column: int) -> str:
    """Return how well answered is told from not, by weights fitted without the set."""
    return _told(figures["quality"]["answered"], row, heads[column])


def of_telling_in_use(figures: Figures, row: str, heads: Sequence[str], column: int) -> str:
    """Return the same of the weights in use."""
    return _told(figures["quality"]["answered"]["as they are"], row, heads[column])


TABLES: Mapping[Path, Mapping[str, Sequence[Cell | None]]] = {
    README: {"## How good, how quick": [of_quality, of_speed]},
    RANKING: {
        "## The sentence": [of_marks],
        "### What each voice is worth": [of_voices],
        "## When the papers do not answer": [None, of_telling, of_telling, of_telling_in_use],
    },
    PAGES: {"## How quick, how large": [of_pages]},
}
"""The tables below each heading, in their order; None for one without figures."""


def write() -> None:
    """Fill the documents."""
    figures = measured()
    for path in TABLES:
        path.write_text(filled(path, figures), encoding="utf-8")


def measured() -> Figures:
    """Return the figures kept."""
    files = ("quality", "ingest", "ask", "pages")
    return {name: json.loads((FOLDER / f"{name}.json").read_text())["figures"] for name in files}


def filled(path: Path, figures: Figures) -> str:
    """Return a document with these figures in its tables."""
    lines = path.read_text(encoding="utf-8").split("\n")
    for heading, cells in TABLES[path].items():
        start = lines.index(heading) + 1
        for rows, cell in zip(_tables(lines, start), cells, strict=True):
            if cell is None:
                continue
            heads = cells_of(lines[rows[0]])
            for at in rows[2:]:
                name, *_ = cells_of(lines[at])
                given = (cell(figures, name, heads, column) for column in range(1, len(heads)))
                lines[at] = f"| {' | '.join([name, *given])} |"
    return "\n".join(lines)


def cells_of(line: str) -> list[str]:
    """Return the cells of a row."""
    return [each.strip() for each in re.split(r"(?<!\\)\|", line)[1:-1]]


def named(cell: str) -> str:
    """Return what a row or column stands for, as the benchmarks call it."""
    match = re.search(r"`([^`]+)`", cell)
    if match is None:
        raise ValueError(f"no figure is named in {cell!r}: put its name into backticks")
    return match[1].replace("\\|", "|")


def share(value: float) -> str:
    """Return a share as the documents write it."""
    return f"{value:.3f}".removeprefix("0")


def _told(answered: Mapping[str, Mapping[str, float]], row: str, head: str) -> str:
    of = answered[named(head)]
    return share(of[named(row)]) if named(row) in of else "–"


def _tables(lines: Sequence[str], start: int) -> Iterator[range]:
    """Yield the lines of each table from there to the next heading."""
    began = None
    for at in range(start, len(lines) + 1):
        line = lines[at] if at < len(lines) else "#"
        if line.startswith("|"):
            began = at if began is None else began
        elif began is not None:
            yield range(began, at)
            began = None
        if line.startswith("#"):
            return
