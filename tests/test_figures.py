"""Holds every figure that the documents give to the file that a benchmark wrote."""

import pytest

from tests.benchmarks import performance, tables
from tests.benchmarks.aims import AIMS, Aim
from tests.benchmarks.recording import recorded
from tests.benchmarks.scaling import with_those_kept
from tests.benchmarks.tables import RANKING, README, TABLES, Figures, filled, measured


def doubled(figures: object) -> object:
    """Return figures that differ everywhere from these."""
    if isinstance(figures, dict):
        return {name: doubled(each) for name, each in figures.items()}
    if isinstance(figures, list):
        return [doubled(each) for each in figures]
    return figures * 2 + 1 if isinstance(figures, int | float) else figures


def of(heading: str, figures: Figures) -> str:
    """Return what stands under a heading of docs/ranking.md."""
    return filled(RANKING, figures).split(f"\n{heading}\n")[1].split("\n#")[0]


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.name)
def test_the_figures_of_a_document_are_those_that_were_measured(path):
    assert path.read_text() == filled(path, measured())


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.name)
def test_every_row_of_figures_is_filled_from_the_measurements(path):
    before, after = path.read_text().split("\n"), filled(path, doubled(measured())).split("\n")
    differing = sum(old != new for old, new in zip(before, after, strict=True))
    assert differing > 10


def test_a_row_that_names_no_figure_is_an_error():
    with pytest.raises(ValueError, match="backticks"):
        tables.named("how good it is")


def test_the_readme_gives_every_share_that_matters():
    shown = README.read_text()
    names = {name.replace("|", "\\|") for name in measured()["quality"]["kent-dev"]}
    assert {name for name in names if f"`{name}`" in shown} >= {
        "hit@1",
        "hit@5",
        "read@1500",
        "page@hit",
        "says-answered\\|answerable",
        "says-none\\|unanswerable",
    }


def test_what_each_voice_is_worth_is_told_of_every_voice():
    rows = of("### What each voice is worth", measured()).split("\n")
    named = {tables.cells_of(row)[0] for row in rows if row.startswith("| ")}
    assert named >= {*measured()["quality"]["voices"]["qmsum"], "fitted elsewhere"}


def test_what_is_said_of_performance_is_what_was_measured():
    assert performance.PAGE.read_text() == performance.page()
    assert performance.PLOT.read_text() == performance.plot()


def test_an_aim_tells_what_stands_in_the_way_only_where_it_is_missed():
    least = Aim("papers a second", lambda of: of["papers"], least=2, in_the_way="the disk")
    most = Aim("s", lambda of: of["papers"], most=2, in_the_way="the model")
    assert least.row({"papers": 1_500}) == ["papers a second", "at least 2", "1,500", ""]
    assert least.row({"papers": 1.5})[2:] == ["1.5", "the disk"]
    assert most.row({"papers": 2})[1:] == ["at most 2", "2", ""]
    assert most.row({"papers": 2.1})[3] == "the model"


def test_of_every_aim_that_was_missed_it_is_told_why():
    figures = {name: recorded(name)["figures"] for name in performance.MEASURED}
    assert all(each.reached(figures) or each.row(figures)[3] for each in AIMS)


def test_sizes_that_are_not_measured_again_keep_their_figures_and_their_commit():
    earlier = {"commit": "old", "figures": {"sizes": {"1000000": {"ms": 9}, "1000": {"ms": 5}}}}
    kept = with_those_kept({"1000": {"ms": 4}, "10000": {"ms": 6}}, earlier)
    assert list(kept) == ["1000", "10000", "1000000"]
    assert kept["1000"] == {"ms": 4}
    assert kept["1000000"] == {"commit": "old", "ms": 9}
    again = with_those_kept({"1000": {"ms": 3}}, {"commit": "new", "figures": {"sizes": kept}})
    assert again["1000000"] == {"commit": "old", "ms": 9}
