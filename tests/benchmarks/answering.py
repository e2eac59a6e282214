"""How long a question takes: in a warm process, and from a cold command."""

import statistics
import subprocess
import sys
import time
from collections.abc import Sequence

from api.cli.measuring import read_questions
from api.measuring import Question
from api.wiring import House
from search.answer import Filters, Wishes
from search.ask import Asker
from tests.benchmarks.library import FOLDER, house
from tests.shared import shared

COLD_RUNS = 5
QUESTION = "What was decided about family hubs?"


def measure() -> dict[str, object]:
    """Return milliseconds a question in a warm process, and seconds of `matters ask`."""
    questions = read_questions(shared() / "eval" / "kent-dev.jsonl")
    questions += read_questions(shared() / "eval" / "lim-dev.jsonl")
    _warm_house(questions)  # so that the library's files are in memory, as after some hours
    over = _warm_house()
    warm = sorted(
        _timed(lambda each=each: over.ask(each.text, Filters(), 10)) for each in questions
    )
    stages: dict[str, list[float]] = {}
    fresh = Asker(_warm_house().embedder())  # that remembers nothing of the round before
    for each in questions:
        with over.view() as view:
            answer = fresh.ask(view, each.text, wishes=Wishes(explain=True))
        for stage, took in answer.trace.milliseconds:
            stages.setdefault(stage, []).append(took)
    command = [sys.executable, "-m", "api.cli", "ask", QUESTION, "--library", str(FOLDER)]
    cold = [
        _timed(lambda: subprocess.run(command, capture_output=True, check=True))
        for _ in range(COLD_RUNS)
    ]
    return {
        "questions": len(warm),
        "warm, median ms": round(1000 * statistics.median(warm), 1),
        "warm, 95th percentile ms": round(1000 * warm[int(0.95 * (len(warm) - 1))], 1),
        "by stage, median ms": {
            stage: round(statistics.median(took), 1) for stage, took in stages.items()
        },
        "cold command, median s": round(statistics.median(cold), 2),
    }


def _warm_house(questions: Sequence[Question] = ()) -> House:
    """Return a house as it is in a server that has run for some seconds, asked these questions."""
    over = house()
    over.ask(QUESTION, Filters(), 10)
    over.hasten()
    for each in questions:
        over.ask(each.text, Filters(), 10)
    return over


def _timed(work: object) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began
