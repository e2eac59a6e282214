"""The command that loads a server loads one, and sees what grows and what fails."""

import os
import shutil
from pathlib import Path

import pytest

from tests.api.load import GROWN_HANDLES, Seen, growth, look, run, tell

STEADY = [(100.0, 20)] * 100


def seen_with(looks, faults=()) -> Seen:
    return Seen({"ask": [0.1, 0.2]}, list(faults), looks, 1)


def test_a_server_answers_everything_while_papers_are_read_in_and_removed(library, tmp_path):
    here = shutil.copytree(library, tmp_path / "library")
    seen = run(6.0, here, "tests.api.serving")
    assert seen.faults == []
    assert len(seen.seconds) > 4 and seen.written > 0
    assert all(memory > 20 and handles > 5 for memory, handles in seen.looks)


def test_what_grows_after_all_is_warm_is_seen_and_what_grew_before_is_not():
    warming = [(10.0 * at, at) for at in range(30)] + [(300.0, 30)] * 70
    assert growth(warming) == ((300, 300), (30, 30))
    assert tell(seen_with(warming)) and tell(seen_with(STEADY))
    assert not tell(seen_with([(100.0 + 2 * at, 20) for at in range(100)]))
    assert not tell(seen_with([(100.0, 20 + at * GROWN_HANDLES // 20) for at in range(100)]))


def test_one_request_that_failed_is_a_fault():
    assert not tell(seen_with(STEADY, ["ask: 500"]))


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="only Linux tells it so")
def test_a_look_sees_open_files():
    before = look(os.getpid())[1]
    nothing = Path(os.devnull)
    with nothing.open(), nothing.open():
        assert look(os.getpid())[1] == before + 2
