"""Work in processes: each job's trouble is its own."""

import ctypes
import gc
import multiprocessing
import os
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from ingest.errors import EmptyPaper, ReaderFailed
from ingest.workers import AHEAD, SELDOM, work_through
from tests.shared import ROOT

LIMITS = {"processes": 2, "seconds": 2.0, "memory": 2**30}


@dataclass(frozen=True)
class Errand:
    path: Path
    what: str = "double"
    number: int = 0


def do(errand: Errand) -> int:
    """Behave as the errand says; stands for readers and the papers that break them."""
    if errand.what == "hang":
        time.sleep(600)
    if errand.what == "die":
        os._exit(3)
    if errand.what == "crash":
        ctypes.string_at(0)
    if errand.what == "eat memory":
        return len(bytearray(2**32))
    if errand.what == "find nothing":
        raise EmptyPaper(errand.path, "no text on any page")
    if errand.what == "tell of garbage":
        return gc.get_threshold()[0]
    if errand.what == "tell of parent":
        return os.getppid()
    if errand.what == "stumble":
        raise KeyError("a bug of the reader")
    return 2 * errand.number


@pytest.fixture(autouse=True)
def importable(monkeypatch):
    """Let the worker processes import this module, however pytest was started."""
    monkeypatch.syspath_prepend(str(ROOT))


def errands(*whats: str) -> list[Errand]:
    return [Errand(Path(f"{at}.pdf"), what, at) for at, what in enumerate(whats)]


def outcomes(*whats: str) -> dict[int, object]:
    return {job.number: result for job, result in work_through(errands(*whats), do, **LIMITS)}


def test_every_job_comes_back_once_with_its_own_result():
    assert outcomes(*["double"] * 20) == {number: 2 * number for number in range(20)}


def test_processes_search_for_garbage_as_seldom_as_suits_reading():
    assert outcomes("tell of garbage") == {0: SELDOM}


@pytest.mark.skipif(sys.platform != "linux", reason="processes begin anew there")
def test_processes_are_forked_of_one_that_is_not_the_caller_and_stays_for_the_next():
    (first,), (second,) = outcomes("tell of parent").values(), outcomes("tell of parent").values()
    assert first == second != os.getpid()


def test_no_job_gives_no_result():
    assert outcomes() == {}


@pytest.mark.parametrize(
    ("trouble", "reason"),
    [
        ("hang", "more than 2 seconds"),
        ("die", "exit code 3"),
        ("crash", "died"),
        ("stumble", "KeyError"),
        pytest.param(
            "eat memory",
            "MiB of memory",
            marks=pytest.mark.skipif(os.uname().sysname != "Linux", reason="only Linux limits it"),
        ),
    ],
)
def test_a_job_in_trouble_costs_only_itself(trouble, reason):
    results = outcomes("double", trouble, "double", "double", "double")
    failed = results.pop(1)
    assert isinstance(failed, ReaderFailed)
    assert failed.path == Path("1.pdf")
    assert reason in failed.reason
    assert results == {0: 0, 2: 4, 3: 6, 4: 8}


def test_a_refusal_of_the_reader_comes_back_as_it_was_raised():
    refused = outcomes("find nothing")[0]
    assert type(refused) is EmptyPaper
    assert refused.path == Path("0.pdf")
    assert refused.reason == "no text on any page"


def test_few_jobs_are_taken_before_results_are_asked_for():
    taken = []

    def jobs():
        for errand in errands(*["double"] * 500):
            taken.append(errand)
            yield errand

    results = work_through(jobs(), do, **LIMITS)
    next(results)
    assert len(taken) <= 2 * AHEAD
    results.close()


def test_no_process_is_left_when_the_caller_stops_early():
    results = work_through(errands("double", "hang", "hang", "hang"), do, **LIMITS)
    next(results)
    assert multiprocessing.active_children() != []
    results.close()
    assert multiprocessing.active_children() == []


def test_limits_that_make_no_sense_are_refused():
    with pytest.raises(ValueError, match="0 processes"):
        next(work_through([], do, processes=0, seconds=1, memory=1))
