"""How long it takes from a folder of papers to a library, by stage, and how big that is."""

import sys
import tempfile
import time
from pathlib import Path

from api.settings import Settings
from api.wiring import House
from ingest.pipeline import Options, Progress, Report
from tests.benchmarks.library import folders, house
from tests.shared import shared

TIMED = "kent"
"""The corpus that is read into a new library each time: PDFs of every kind, half of them tables."""


def measure() -> dict[str, object]:
    """Time a new library of one corpus; then bring up the shared one, and time a second run."""
    with tempfile.TemporaryDirectory() as folder:
        new = House(Settings(library=Path(folder)))
        new.embedder()  # loading the model is the start's time, not the papers'
        began = time.perf_counter()
        report = new.ingest([shared() / "corpora" / TIMED], Options(), _Teller())
        figures = _figures(report, time.perf_counter() - began)
        figures |= _size(Path(folder), report.passages)
    house().ingest(folders(), Options(), _Teller())
    began = time.perf_counter()
    again = house().ingest(folders(), Options(), _Teller())
    return figures | {
        "unchanged papers": len(again.unchanged),
        "seconds to find them unchanged": round(time.perf_counter() - began, 2),
    }


def _figures(report: Report, seconds: float) -> dict[str, object]:
    return {
        "papers": len(report.added),
        "papers failed": len(report.failed),
        "pages": report.pages,
        "passages": report.passages,
        "texts embedded": report.embedded,
        "seconds": round(seconds, 1),
        "seconds by stage": {name: round(took, 1) for name, took in report.seconds.items()},
        "pages a second": round(report.pages / seconds, 1),
        "passages embedded a second": round(report.embedded / report.seconds["embedding"], 1),
    }


def _size(folder: Path, passages: int) -> dict[str, object]:
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    return {"bytes a passage on disk": round(size / passages)}


class _Teller:
    """Prints progress at most every ten seconds."""

    def __init__(self) -> None:
        self._told = 0.0

    def __call__(self, progress: Progress) -> None:
        if time.monotonic() - self._told > 10:
            self._told = time.monotonic()
            print(f"{progress.done}/{progress.total} {progress.doing}", file=sys.stderr)
