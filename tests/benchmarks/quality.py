"""How well the libraries of real papers answer the questions whose answers are known."""

import tempfile
from pathlib import Path

from api.cli.measuring import given_for, read_questions
from api.measuring import Measure, measures, score
from api.settings import Settings
from api.wiring import House
from ingest.pipeline import Options
from tests.benchmarks import qmsum
from tests.benchmarks.answered import told_apart
from tests.benchmarks.cases import Case, of_papers, of_transcripts
from tests.benchmarks.library import house
from tests.benchmarks.marking import marked
from tests.benchmarks.weights import fitted_elsewhere, shares, silenced
from tests.shared import ROOT, shared

SETS = ("kent-dev", "lim-dev")
MEETINGS = "qmsum"
SAMPLE = "sample"
LIMIT = 10


def measure() -> dict[str, object]:
    """Return the figures of each set, and what the voices and signals are worth, with intervals."""
    over = house()
    found: dict[str, object] = {name: _as_asked(over, name) for name in SETS}
    cases = {name: _of_papers(over, name) for name in SETS}
    cases[MEETINGS] = _of_meetings(over)
    ranked = {name: [each for each in of if each.answerable] for name, of in cases.items()}
    found[MEETINGS] = shares([each.rank() for each in ranked[MEETINGS]])
    found["voices"] = {name: silenced(each) for name, each in ranked.items()}
    cases[SAMPLE] = _of_the_sample(over)
    found["fitted elsewhere"] = fitted_elsewhere(cases)
    found["answered"] = told_apart(cases)
    found["marked"] = {name: marked(over, read_questions(_file(name))) for name in SETS}
    return found


def _as_asked(over: House, name: str) -> dict[str, list[float]]:
    """Ask a set's questions as a member does, and return every figure."""
    questions = read_questions(_file(name))
    given = {each.id: given_for(over, each, LIMIT) for each in questions}
    return {each.name: _figure(each) for each in measures(score(questions, given))}


def _of_papers(over: House, name: str) -> list[Case]:
    with over.view() as view:
        return of_papers(_file(name), view, over.embedder())


def _of_meetings(over: House) -> list[Case]:
    meetings = qmsum.transcripts()
    qmsum.bring_up(meetings.papers, over.embedder())
    with House(Settings(library=qmsum.FOLDER)).view() as view:
        return of_transcripts(meetings, view, over.embedder())


def _of_the_sample(over: House) -> list[Case]:
    """Ask the made-up council's questions of a library of its papers."""
    with tempfile.TemporaryDirectory() as folder:
        sample = House(Settings(library=Path(folder)), lambda _: over.embedder())
        sample.ingest([ROOT / "data" / "sample"], Options(), lambda _: None)
        with sample.view() as view:
            cases = of_papers(ROOT / "data" / "questions" / "sample.jsonl", view, over.embedder())
        sample.close()
    return cases


def _file(name: str) -> Path:
    return shared() / "eval" / f"{name}.jsonl"


def _figure(measure: Measure) -> list[float]:
    return [round(each, 3) for each in (measure.value, measure.low, measure.high)]
