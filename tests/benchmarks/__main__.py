"""Measures speed and quality on the real papers, and keeps the figures.

    python -m tests.benchmarks [reading] [ingest] [quality] [ask] [pages] [model] [scale] [peers]

Without a name all are run but peers, which need an environment of their own (see peers.py). The
papers are those beside the project (see tests/shared.py); the library they are read into,
build/bench-library, is kept, so a second run measures only what changed unless it is deleted.
Figures go to data/measurements/NAME.json, with the command, the machine, the versions and the
commit that gave them; docs/performance.md is made of them, and the tables in README.md,
docs/ranking.md and docs/pages.md are filled with them.
"""

import argparse
import sys

from tests.benchmarks import (
    answering,
    ingestion,
    model,
    pages,
    peers,
    performance,
    quality,
    reading,
    scaling,
    tables,
)
from tests.benchmarks.recording import record

BENCHMARKS = {
    "reading": reading.measure,
    "ingest": ingestion.measure,
    "quality": quality.measure,
    "ask": answering.measure,
    "pages": pages.measure,
    "model": model.measure,
    "scale": scaling.measure,
    "peers": peers.measure,
}
APART = {"peers"}
"""Run only when named."""


def main() -> None:
    """Run the benchmarks named on the command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", choices=[[], *BENCHMARKS], default=[])
    names = parser.parse_args().names or [name for name in BENCHMARKS if name not in APART]
    for name in names:
        print(f"== {name}", file=sys.stderr)
        record(name, BENCHMARKS[name]())
    performance.write()
    tables.write()


if __name__ == "__main__":
    main()
