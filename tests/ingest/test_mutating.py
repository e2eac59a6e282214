"""Damaged and hostile papers are read or reported, and harm nothing else."""

from pathlib import Path

import pytest

from ingest.errors import IngestError
from ingest.paper import Paper
from ingest.pipeline import Options
from ingest.rounds import Job
from ingest.workers import work_through
from tests.ingest.hostile import DEADLY, HOSTILE
from tests.ingest.mutating import damaged, seeds, timed, try_out

DAMAGED = 40
"""python -m tests.ingest.mutating 10000 damages more."""

SECONDS = 30.0
"""For each hostile paper; most take less than one."""


@pytest.fixture(scope="module")
def ends(tmp_path_factory) -> dict[str, tuple[float, Paper | IngestError] | IngestError]:
    """What came of each hostile paper, read in one process after the other."""
    folder = tmp_path_factory.mktemp("hostile")

    def jobs():
        for name, make in HOSTILE.items():
            (folder / name).write_bytes(make(1))
            yield Job(folder / name, "code", {})

    limits = {"processes": 1, "seconds": SECONDS, "memory": 1 << 30}
    return {job.path.name: end for job, end in work_through(jobs(), timed, **limits)}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_paper_is_read_or_reported_in_time(ends, name):
    if name in DEADLY:  # reported, and the next paper has a new process
        assert "the reader died" in ends[name].reason or "memory" in ends[name].reason
        return
    seconds, outcome = ends[name]
    assert seconds < SECONDS
    if isinstance(outcome, IngestError):
        assert 0 < len(outcome.reason) < 200 and "\n" not in outcome.reason
        assert "Error" not in outcome.reason, "it is said in words"


@pytest.mark.parametrize("name", ["outside.html", "outside.docx"])
def test_no_paper_reads_another_file(ends, name):
    _, outcome = ends[name]
    assert isinstance(outcome, IngestError) or "root:" not in outcome.text.text


def test_damaged_papers_are_read_or_reported_and_harm_nothing_else(tmp_path):
    sample = [path for path in seeds() if "sample" in path.parts]
    found = try_out(0, DAMAGED, sample, tmp_path, Options(seconds_per_paper=60.0))
    assert found.faults == []
    assert found.ends["read"] > DAMAGED / 4 and found.ends["reported"] > 0
    assert list(tmp_path.iterdir()) == []


def test_a_number_damages_the_same_paper_in_the_same_way():
    sample = [path for path in seeds() if "sample" in path.parts]
    assert damaged(7, sample) == damaged(7, sample)
    assert Path(damaged(7, sample)[0]).suffix


def test_each_change_changes():
    from random import Random

    from tests.ingest.mutating import CHANGES

    content = next(path for path in seeds() if path.suffix == ".docx").read_bytes()
    for change in CHANGES:
        assert any(change(Random(seed), content) != content for seed in range(5)), change
