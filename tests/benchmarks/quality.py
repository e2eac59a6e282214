"""How well the library of real papers answers the questions whose answers are known."""

from api.cli.measuring import given_for, read_questions
from api.measuring import Measure, measures, score
from tests.benchmarks.library import house
from tests.shared import shared

SETS = ("kent-dev", "lim-dev")
LIMIT = 10


def measure() -> dict[str, object]:
    """Return the figures of each set, with 95 % intervals."""
    over = house()
    found: dict[str, object] = {}
    for name in SETS:
        questions = read_questions(shared() / "eval" / f"{name}.jsonl")
        given = {each.id: given_for(over, each, LIMIT) for each in questions}
        found[name] = {each.name: _figure(each) for each in measures(score(questions, given))}
    return found


def _figure(measure: Measure) -> list[float]:
    return [round(measure.value, 3), round(measure.low, 3), round(measure.high, 3)]
