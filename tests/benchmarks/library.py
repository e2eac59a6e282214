"""The library of real papers that the benchmarks share."""

from pathlib import Path

from api.settings import Settings
from api.wiring import House
from tests.shared import ROOT, shared

FOLDER = ROOT / "build" / "bench-library"
CORPORA = ("kent", "limerick", "croydon")


def house() -> House:
    """Return everything over the library of real papers."""
    return House(Settings(library=FOLDER))


def folders() -> list[Path]:
    """Return the folders of real papers."""
    return [shared() / "corpora" / name for name in CORPORA]
