"""What a user would pick instead, beside us: the same papers, model and machine, in turn.

The peers live in an environment of their own, which one line makes:

    python -m venv build/peers && build/peers/bin/pip install -r tests/benchmarks/peers.txt

How each is set up stands in tests/benchmarks/peer.py, and in docs/performance.md.
"""

import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

import numpy as np

from api.cli.measuring import read_questions
from api.settings import Settings
from api.wiring import House
from ingest.embedding import FEW_CHARACTERS
from ingest.finding import papers_under
from ingest.passages import embedded_text
from ingest.pipeline import Options
from search.access import Access
from search.answer import Filters, Wishes
from search.ask import Asker
from search.generation import open_view
from tests.benchmarks import library
from tests.shared import ROOT, shared

PYTHON = ROOT / "build" / "peers" / "bin" / "python"
SCRIPT = ROOT / "tests" / "benchmarks" / "peer.py"
READERS = ("LangChain", "txtai")
SEARCHERS = ("txtai", "Chroma", "Haystack")
US = "Matters Arising"
MEETING = Path("kent", "full_council", "2025-02-13")
"""Whose papers are read: minutes, reports and a budget with its tables, as members get them."""
FEW = 4
"""One question of so many is asked."""
ROUNDS = 2
"""The quickest counts: what else the machine does only ever makes one slower."""
SIZES = (2_000, 24_000)
FINDING = ("embedding", "by words", "by meaning", "ranking")
"""The stages of a question that peers have too."""


def measure() -> dict[str, object]:
    """Return what reading papers in and asking cost us and each peer."""
    if not PYTHON.is_file():
        sys.exit(f"no peers at {PYTHON}: make their environment as {__file__} says")
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        return {"reading": _reading(place), "asking": _asking(place), "versions": _versions()}


def _reading(place: Path) -> dict[str, object]:
    papers = papers_under([shared() / "corpora" / MEETING])
    task = place / "papers.json"
    task.write_text(json.dumps({"papers": [path.as_posix() for path in papers]}))
    rounds: dict[str, list[dict]] = {name: [] for name in (US, *READERS)}
    for _ in range(ROUNDS):
        rounds[US].append(_ours_reading(papers))
        for name in READERS:
            rounds[name].append(_peer(name, task))
    best = {name: min(made, key=lambda one: one["seconds"]) for name, made in rounds.items()}
    return {
        "papers": len(papers),
        **{
            name: {
                "pages": one["pages"],
                "passages": one["passages"],
                "seconds": round(one["seconds"], 1),
                "of these waiting for readers": round(one["reading"], 1),
                "pages a second": round(one["pages"] / one["seconds"], 1),
                "times as long as we": round(one["seconds"] / best[US]["seconds"], 1),
            }
            for name, one in best.items()
        },
    }


def _ours_reading(papers: Sequence[Path]) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        house = House(Settings(library=Path(folder)))
        # Loads the model for many texts, as peers have loaded theirs.
        house.embedder().embed_passages(["x" * (FEW_CHARACTERS + 1)])
        began = time.perf_counter()
        report = house.ingest(list(papers), Options(), lambda _: None)
        seconds = time.perf_counter() - began
        house.close()
    return {
        "pages": report.pages,
        "passages": report.passages,
        "reading": report.seconds["reading"],
        "seconds": seconds,
    }


def _asking(place: Path) -> dict[str, object]:
    """Return milliseconds a question: ours of the whole library, peers of as many passages."""
    questions = [
        each.text
        for name in ("kent-dev", "lim-dev")
        for each in read_questions(shared() / "eval" / f"{name}.jsonl")[::FEW]
    ]
    texts, vectors = _passages()
    tasks = {}
    for size in SIZES:
        (place / f"{size}.texts.json").write_text(json.dumps(texts[:size]))
        np.save(place / f"{size}.npy", vectors[:size])
        tasks[size] = place / f"{size}.json"
        tasks[size].write_text(
            json.dumps(
                {
                    "texts": str(place / f"{size}.texts.json"),
                    "vectors": str(place / f"{size}.npy"),
                    "questions": questions,
                }
            )
        )
    whole, finding = _ours_asking(questions)
    ours = {f"{US}, whole answer": _told(whole), f"{US}, finding alone": _told(finding)}
    of_peers = {
        f"{name}, {size:,} passages": _told(_peer(name, task)["milliseconds"])
        for size, task in tasks.items()
        for name in SEARCHERS
    }
    return {"questions": len(questions), "passages of ours": len(texts), **ours, **of_peers}


def _passages() -> tuple[list[str], np.ndarray]:
    """Return the texts of the library of real papers, and their vectors."""
    with open_view(library.FOLDER, Access.EXEMPT) as view:
        passages = [each for card in view.papers() for each in view.paper(card.id).passages]
        vectors = view.vectors([each.id for each in passages])
    texts = [embedded_text(each) for each in passages]
    return texts, np.stack([vectors[each.id] for each in passages])


def _ours_asking(questions: Sequence[str]) -> tuple[list[float], list[float]]:
    """Return milliseconds of each question, and those of finding alone."""
    house = library.house()
    house.ask(questions[0], Filters(), 10)
    house.hasten()
    asker = Asker(house.embedder())
    whole, finding = [], []
    for question in questions:
        began = time.perf_counter()
        with house.view() as view:
            answer = asker.ask(view, question, wishes=Wishes(explain=True))
        whole.append(1000 * (time.perf_counter() - began))
        finding.append(sum(took for name, took in answer.trace.milliseconds if name in FINDING))
    house.close()
    return whole, finding


def _told(milliseconds: Sequence[float]) -> dict[str, float]:
    inside = sorted(milliseconds)
    return {
        "median ms": round(statistics.median(inside), 1),
        "95th percentile ms": round(inside[int(0.95 * (len(inside) - 1))], 1),
    }


def _peer(name: str, task: Path) -> dict:
    """Have a peer do a task in its own environment, without a network."""
    done = subprocess.run(
        [PYTHON, SCRIPT, name, task],
        capture_output=True,
        text=True,
        check=False,
        env={"HF_HUB_OFFLINE": "1", "ANONYMIZED_TELEMETRY": "False", "PATH": ""},
    )
    if done.returncode:
        sys.exit(f"{name} failed: {done.stderr[-2000:]}")
    return json.loads(done.stdout.splitlines()[-1])


def _versions() -> dict[str, str]:
    """Return the peers' versions, as tests/benchmarks/peers.txt pins them, and ours."""
    lines = (SCRIPT.parent / "peers.txt").read_text().splitlines()
    pinned = dict(line.split("==") for line in lines if "==" in line)
    return {**pinned, "ours": version("matters-arising")}
