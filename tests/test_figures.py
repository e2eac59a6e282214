"""Holds every figure that the README gives to the file that a benchmark wrote."""

import json
import re
from itertools import chain

import pytest

from tests.benchmarks import performance
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


RANKING = (ROOT / "docs" / "ranking.md").read_text()


def table_under(heading: str, at: int = 0) -> list[list[str]]:
    """Return a table of docs/ranking.md, the first row its heads, without the rule below them."""
    section = RANKING.split(f"\n{heading}\n")[1].split("\n#")[0]
    tables = re.findall(r"(?:^\|.*\n)+", section, re.MULTILINE)
    lines = [line for line in tables[at].splitlines() if not line.startswith("|---")]
    return [[cell.strip() for cell in line.split("|")[1:-1]] for line in lines]


def shown(value: float) -> str:
    """Return a share as the documents write it."""
    return f"{value:.3f}".removeprefix("0")


def test_what_each_voice_is_worth_is_what_was_measured():
    heads, *rows = table_under("### What each voice is worth")
    sets = [named(head) for head in heads[1::2]]
    assert sets == list(QUALITY["voices"])
    for name, *cells in rows:
        given = [
            QUALITY[name][each] if name in QUALITY else QUALITY["voices"][each][name]
            for each in sets
        ]
        wanted = [shown(each[of][0]) for each in given for of in ("first", "among 5")]
        assert cells == wanted, name
    assert {name for name, *_ in rows} == {*QUALITY["voices"]["qmsum"], "fitted elsewhere"}


@pytest.mark.parametrize("at", [1, 2, 3])
def test_how_well_answered_is_told_from_not_is_what_was_measured(at):
    heads, *rows = table_under("## When the papers do not answer", at)
    answered = QUALITY["answered"]
    for name, *cells in rows:
        key = named(name)
        given = [answered["as they are" if at == 3 else named(head)] for head in heads[1:]]
        if at == 3:
            given = [each[named(head)] for each, head in zip(given, heads[1:], strict=True)]
        assert cells == [shown(each[key]) if key in each else "–" for each in given], name


def test_what_is_said_of_performance_is_what_was_measured():
    assert performance.PAGE.read_text() == performance.page()
    assert performance.PLOT.read_text() == performance.plot()
