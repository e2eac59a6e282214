"""How long it takes from a folder of papers to a library, by stage, and how big that is."""

import sys
import time

from ingest.pipeline import Options, Progress, Report
from tests.benchmarks.library import FOLDER, folders, house


def measure() -> dict[str, object]:
    """Bring the library up; report rates, or how long it took to find nothing changed."""
    began = time.perf_counter()
    report = house().ingest(folders(), Options(), _Teller())
    first = time.perf_counter() - began
    began = time.perf_counter()
    again = house().ingest(folders(), Options(), _Teller())
    second = time.perf_counter() - began
    return _figures(report, first) | {
        "unchanged run": {"papers": len(again.unchanged), "seconds": round(second, 2)}
    }


def _figures(report: Report, seconds: float) -> dict[str, object]:
    size = sum(path.stat().st_size for path in FOLDER.rglob("*") if path.is_file())
    with house().view() as view:
        held = view.status()
    return {
        "papers read": len(report.added) + len(report.replaced),
        "papers failed": len(report.failed),
        "pages": report.pages,
        "passages": report.passages,
        "texts embedded": report.embedded,
        "seconds": round(seconds, 1),
        "seconds by stage": {name: round(took, 1) for name, took in report.seconds.items()},
        "pages a second": round(report.pages / seconds, 1),
        "passages embedded a second": _rate(report.embedded, report.seconds.get("embedding", 0)),
        "passages held": held.passages,
        "bytes a passage on disk": round(size / max(1, held.passages)),
    }


def _rate(count: int, seconds: float) -> float | None:
    return round(count / seconds, 1) if seconds else None


class _Teller:
    """Prints progress at most every ten seconds."""

    def __init__(self) -> None:
        self._told = 0.0

    def __call__(self, progress: Progress) -> None:
        if time.monotonic() - self._told > 10:
            self._told = time.monotonic()
            print(f"{progress.done}/{progress.total} {progress.doing}", file=sys.stderr)
