"""How long a question takes: of a server that has answered before, and from a cold command."""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable

from api.cli.measuring import read_questions
from search.answer import Filters, Wishes
from search.ask import Asker
from tests.benchmarks.library import FOLDER, house
from tests.serving import OTHERS, served
from tests.shared import shared

COLD_RUNS = 5
QUESTION = "What was decided about family hubs?"


def measure() -> dict[str, object]:
    """Return milliseconds a question, as a client of a server on one core sees it, and by stage.

    The stages are timed in a process of their own; with them, seconds of `matters ask`.
    """
    questions = [
        each.text
        for name in ("kent-dev", "lim-dev")
        for each in read_questions(shared() / "eval" / f"{name}.jsonl")
    ]
    with served(FOLDER, core=max(os.sched_getaffinity(0))) as server:
        server.warm_up()
        warm = sorted(map(server.ask, questions))
    command = [sys.executable, "-m", "api.cli", "ask", QUESTION, "--library", str(FOLDER)]
    cold = [
        _timed(lambda: subprocess.run(command, capture_output=True, check=True))
        for _ in range(COLD_RUNS)
    ]
    return {
        "questions": len(warm),
        "warm, median ms": round(1000 * statistics.median(warm), 1),
        "warm, 95th percentile ms": round(1000 * warm[int(0.95 * (len(warm) - 1))], 1),
        "by stage, median ms": _stages(questions),
        "cold command, median s": round(statistics.median(cold), 2),
    }


def _stages(questions: list[str]) -> dict[str, float]:
    over = house()
    over.ask(QUESTION, Filters(), 10)
    over.hasten()
    for each in read_questions(OTHERS):
        over.ask(each.text, Filters(), 10)
    asker, stages = Asker(over.embedder()), {}
    for each in questions:
        with over.view() as view:
            answer = asker.ask(view, each, wishes=Wishes(explain=True))
        for stage, took in answer.trace.milliseconds:
            stages.setdefault(stage, []).append(took)
    return {stage: round(statistics.median(took), 1) for stage, took in stages.items()}


def _timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began
