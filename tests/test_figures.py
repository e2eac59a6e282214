"""Holds every figure that the README gives to the file that a benchmark wrote."""

import json
import re
from itertools import chain

import pytest

from tests.shared import ROOT

FOLDER = ROOT / "data" / "measurements"
QUALITY = json.loads((FOLDER / "quality.json").read_text())["figures"]
SPEED = {
    name: value
    for file in ("ingest.json", "ask.json")
    for name, value in json.loads((FOLDER / file).read_text())["figures"].items()
}


def rows() -> list[list[str]]:
    """Return the rows of the README's tables of figures, as cells."""
    section = (ROOT / "README.md").read_text().split("## How good, how quick")[1].split("\n## ")[0]
    lines = [line for line in section.splitlines() if line.startswith("| ") and "`" in line]
    return [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines]


def named(cell: str) -> str:
    """Return what a row is about, as the benchmark calls it."""
    return re.search(r"`([^`]+)`", cell)[1].replace("\\|", "|")


GOOD = [row for row in rows() if len(row) == 3]
QUICK = [row for row in rows() if len(row) == 2]
_, *SETS = GOOD[0]


@pytest.mark.parametrize("row", GOOD[1:], ids=lambda row: named(row[0]))
def test_a_share_in_the_readme_is_the_one_that_was_measured(row):
    for column, shown in zip(map(named, SETS), row[1:], strict=True):
        figures = QUALITY[column]
        if shown == "–":
            assert named(row[0]) not in figures
        else:
            assert shown == f"{figures[named(row[0])][0]:.3f}".lstrip("0")


@pytest.mark.parametrize("row", QUICK, ids=lambda row: named(row[0]))
def test_a_time_or_size_in_the_readme_is_the_one_that_was_measured(row):
    assert row[1].replace(",", "") == str(SPEED[named(row[0])])


def test_the_readme_shows_good_and_quick():
    assert len(GOOD) > 5
    assert len(QUICK) > 3
    assert set(chain.from_iterable(row[:1] for row in GOOD))
