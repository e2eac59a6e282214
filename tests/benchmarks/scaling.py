"""What a library's size costs: questions through the API, memory, disk, start, one paper more.

The libraries are of recombined papers (see tests/benchmarks/recombined.py), made, served and asked
by the program itself, in a process of its own. They are kept in build/, since making one takes
longer than measuring it.
"""

import json
import multiprocessing
import os
import shutil
import sqlite3
import statistics
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from threading import Thread
from typing import Any

import numpy as np

from api.cli.measuring import read_questions
from ingest.embedding import DEFAULT_MODEL
from search.access import Access
from search.answer import Filters
from search.errors import LibraryBusy
from search.generation import open_view
from search.library import Library
from search.publishing import published
from search.store.schema import DATABASE
from search.view import View
from tests.benchmarks.library import FOLDER
from tests.benchmarks.recombined import BODIES, Sources, papers, sources_of
from tests.benchmarks.recording import recorded
from tests.serving import Server, served
from tests.shared import ROOT, shared

DIMENSION = 384
SIZES = (1_000, 10_000, 100_000)
LARGEST = 1_000_000
"""Only where BENCH_LARGEST is set: it takes twenty minutes and 2.5 GB. Its figures stay recorded
when the smaller sizes are measured again, with the commit that gave them."""
SOURCE_PASSAGES = 6_000
PAPERS_AT_A_TIME = 625
"""Papers kept in one transaction: 10,000 passages."""
QUESTIONS = 30
"""Of each round, and other ones in each: what the server remembers would flatter it."""
CLIENTS = (1, 4, 16)
MORE = 3
"""Papers added one after another, of which the median counts, and removed together."""
PAUSE = 0.5
"""Seconds between an officer's changes of the register, while traces are taken out."""
NARROWED = {"bodies": [BODIES[0], BODIES[1]], "since": "2015-01-01"}
DEEP = 100
"""Of recall: as many as a question's candidates by meaning."""


def measure() -> dict[str, object]:
    """Return the figures of every size."""
    sizes = [*SIZES, *([LARGEST] if os.environ.get("BENCH_LARGEST") else [])]
    with open_view(FOLDER, Access.EXEMPT) as view:
        sources = sources_of(view, SOURCE_PASSAGES)
    questions = [
        each.text
        for name in ("kent-dev", "lim-dev")
        for each in read_questions(shared() / "eval" / f"{name}.jsonl")
    ]
    measured = {str(size): _of_size(size, sources, questions) for size in sizes}
    return {"sizes": with_those_kept(measured, recorded("scale"))}


def with_those_kept(
    measured: Mapping[str, Mapping[str, object]], earlier: Mapping[str, Any]
) -> dict[str, Mapping[str, object]]:
    """Return figures by size, and those of an earlier run of other sizes, with its commit."""
    kept = {
        size: {"commit": earlier["commit"], **figures}
        for size, figures in earlier["figures"]["sizes"].items()
        if size not in measured
    }
    both = {**measured, **kept}
    return {size: both[size] for size in sorted(both, key=int)}


def _of_size(size: int, sources: Sources, questions: Sequence[str]) -> dict[str, object]:
    print(f"{size:,} passages", file=sys.stderr)
    folder = ROOT / "build" / f"scale-{size}"
    figures: dict[str, object] = {"load before": round(os.getloadavg()[0], 1)}
    if not (folder / "made.json").is_file():
        shutil.rmtree(folder, ignore_errors=True)
        # In a process of its own, of whose memory nothing else is counted.
        spawned = multiprocessing.get_context("spawn")
        maker = spawned.Process(target=_make, args=(folder, sources, size))
        maker.start()
        maker.join()
        if maker.exitcode:
            raise RuntimeError(f"the library of {size:,} passages was not made: see above")
    figures |= json.loads((folder / "made.json").read_text())
    figures["bytes a passage"] = _bytes(folder, size)
    with open_view(folder) as view:
        figures["recall of the nearest"] = _recall(folder, view, sources)
    with served(folder) as server:
        figures["server ready, s"] = round(server.ready, 2)
        unasked = iter(questions)
        server.warm_up()
        figures["question ms"] = {
            name: _asked(server, list(islice(unasked, QUESTIONS)), narrowed, clients)
            for name, narrowed, clients in (
                *((f"{clients} at once", {}, clients) for clients in CLIENTS),
                ("filtered", NARROWED, 1),
            )
        }
        figures["megabytes resident"] = server.resident()
    figures["seconds to"] = _one_more(folder, sources)
    return figures


def _make(folder: Path, sources: Sources, size: int) -> None:
    """Make a library; write beside it how quick that was, and how much memory it took."""
    made, began = papers(sources, size), time.perf_counter()
    with Library.create_or_open(folder, DEFAULT_MODEL, DIMENSION) as library:
        while some := list(islice(made, PAPERS_AT_A_TIME)):
            library.keep(some)
    figures = {
        "passages kept a second": round(size / (time.perf_counter() - began)),
        "megabytes at most while made": round(getrusage(RUSAGE_SELF).ru_maxrss / 1024),
    }
    (folder / "made.json").write_text(json.dumps(figures))


def _bytes(folder: Path, passages: int) -> dict[str, int]:
    """Return bytes a passage of each part of a library: tables of the database, and indexes."""
    parts: dict[str, int] = {}
    with sqlite3.connect(folder / DATABASE) as db:
        names = dict(db.execute("SELECT name, tbl_name FROM sqlite_schema"))
        for name, size in db.execute("SELECT name, sum(pgsize) FROM dbstat GROUP BY name"):
            table = f"table {names.get(name, name)}"
            parts[table] = parts.get(table, 0) + size
    db.close()
    for index in ("lexical", "dense"):
        parts[index] = sum(each.stat().st_size for each in (folder / index).iterdir())
    parts["all"] = sum(parts.values())
    shown = {name: round(size / passages) for name, size in parts.items()}
    return dict(sorted(((k, v) for k, v in shown.items() if v), key=lambda pair: -pair[1]))


def _recall(folder: Path, view: View, sources: Sources) -> float:
    """Return the share of the DEEP nearest, by exact cosine of what is kept, that are found."""
    with sqlite3.connect(folder / DATABASE) as db:
        rows = db.execute(
            "SELECT id, row FROM passage JOIN vector ON vector.hash = passage.vector"
        ).fetchall()
    db.close()
    ids = np.array([each for each, _ in rows])
    kept = np.frombuffer(b"".join(row for _, row in rows), dtype=np.int8).reshape(len(rows), -1)
    lengths = np.linalg.norm(kept.astype(np.float32), axis=1)
    shares = []
    for question in sources.vectors[:: len(sources.vectors) // 50]:
        cosines = np.concatenate(
            [kept[at : at + 20_000] @ question for at in range(0, len(kept), 20_000)]
        )
        nearest = np.argsort(-cosines / lengths)[:DEEP]
        found = {each for each, _ in view.by_meaning(question, Filters(), DEEP)}
        shares.append(len(found & set(ids[nearest])) / min(DEEP, len(ids)))
    return round(statistics.mean(shares), 4)


def _asked(
    server: Server, questions: Sequence[str], filters: dict[str, object], clients: int
) -> dict[str, float]:
    """Return milliseconds a question as clients see them, and questions a second together."""
    began = time.perf_counter()
    with ThreadPoolExecutor(clients) as pool:
        took = sorted(pool.map(lambda question: server.ask(question, filters), questions))
    whole = time.perf_counter() - began
    return {
        "median": round(1000 * statistics.median(took), 1),
        "slowest but one": round(1000 * took[-2], 1),
        "a second": round(len(questions) / whole, 1),
    }


def _one_more(folder: Path, sources: Sources) -> dict[str, float]:
    """Return seconds until one paper more, or some less, are what readers find."""
    extras = [next(papers(sources, 16, seed)) for seed in range(2, 2 + MORE)]
    with Library.create_or_open(folder, DEFAULT_MODEL, DIMENSION) as library:
        added = [_changed(folder, lambda each=each: library.keep([each]))[0] for each in extras]
    removed, traceless, officers = _changed(
        folder,
        lambda: _removed(folder, [each.paper.source for each in extras]),
        meanwhile=lambda: _officer(folder),
    )
    return {
        "add a paper": round(statistics.median(added), 2),
        "remove a paper": round(removed, 2),
        "leave no trace of it": round(traceless, 2),
        "change the register meanwhile": round(max(officers, default=0.0), 2),
    }


def _removed(folder: Path, sources: Sequence[str]) -> None:
    with Library.open(folder) as library:
        library.forget(sources)


def _changed(
    folder: Path, change: Callable[[], object], meanwhile: Callable[[], float] | None = None
) -> tuple[float, float, list[float]]:
    """Return seconds until readers are told of a change, until all of it is done, and meanwhile's.

    Meanwhile is done again and again from when readers are told until all is done.
    """
    before, began = published(folder), time.perf_counter()
    changing = Thread(target=change)
    changing.start()
    while published(folder) in (None, before):
        time.sleep(0.005)
    told = time.perf_counter() - began
    took = []
    while meanwhile is not None and changing.is_alive():
        took.append(meanwhile())
        changing.join(PAUSE)
    changing.join()
    return told, time.perf_counter() - began, took


def _officer(folder: Path) -> float:
    """Return the seconds that an officer's change of the register takes, waiting included."""
    began = time.perf_counter()
    while True:
        try:
            with Library.open(folder, in_haste=True) as library:
                library.record([])
            return time.perf_counter() - began
        except LibraryBusy:
            time.sleep(0.01)
