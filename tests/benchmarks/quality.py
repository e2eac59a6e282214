"""How well the libraries of real papers answer the questions whose answers are known."""

from collections.abc import Sequence

from api.cli.measuring import given_for, read_questions
from api.measuring import Measure, measures, score
from api.settings import Settings
from api.wiring import House
from tests.benchmarks import qmsum
from tests.benchmarks.cases import Case, of_papers, of_transcripts
from tests.benchmarks.library import house
from tests.benchmarks.weights import fitted_elsewhere, shares, silenced
from tests.shared import shared

SETS = ("kent-dev", "lim-dev")
MEETINGS = "qmsum"
LIMIT = 10


def measure() -> dict[str, object]:
    """Return the figures of each set, and what the ranking's voices are worth, with intervals."""
    over = house()
    found: dict[str, object] = {name: _as_asked(over, name) for name in SETS}
    cases = _cases(over)
    found[MEETINGS] = shares([each.rank() for each in cases[MEETINGS]])
    found["voices"] = {name: silenced(each) for name, each in cases.items()}
    found["fitted elsewhere"] = fitted_elsewhere(cases)
    return found


def _as_asked(over: House, name: str) -> dict[str, list[float]]:
    """Ask a set's questions as a member does, and return every figure."""
    questions = read_questions(shared() / "eval" / f"{name}.jsonl")
    given = {each.id: given_for(over, each, LIMIT) for each in questions}
    return {each.name: _figure(each) for each in measures(score(questions, given))}


def _cases(over: House) -> dict[str, Sequence[Case]]:
    """Find the candidates of all questions with an answer, by set."""
    with over.view() as view:
        papers = {name: of_papers(name, view, over.embedder()) for name in SETS}
    cases = {name: [each for each in of if each.answerable] for name, of in papers.items()}
    meetings = qmsum.transcripts()
    qmsum.bring_up(meetings.papers, over.embedder())
    with House(Settings(library=qmsum.FOLDER)).view() as view:
        return cases | {MEETINGS: of_transcripts(meetings, view, over.embedder())}


def _figure(measure: Measure) -> list[float]:
    return [round(each, 3) for each in (measure.value, measure.low, measure.high)]
