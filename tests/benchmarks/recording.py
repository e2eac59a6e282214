"""Keeps a benchmark's figures with what it takes to get them again."""

import json
import os
import platform
import subprocess
from importlib.metadata import version
from pathlib import Path
from typing import Any

from tests.shared import ROOT

FOLDER = ROOT / "data" / "measurements"
MATTER = ("faiss-cpu", "pypdf", "pypdfium2", "sentence-transformers", "tantivy", "torch")


def record(name: str, figures: dict[str, object]) -> None:
    """Print a benchmark's figures and write them to data/measurements/NAME.json."""
    kept = {
        "command": f"python -m tests.benchmarks {name}",
        "commit": _commit(),
        "machine": _machine(),
        "versions": {package: version(package) for package in MATTER},
        "figures": figures,
    }
    FOLDER.mkdir(parents=True, exist_ok=True)
    text = json.dumps(kept, indent=2, ensure_ascii=False) + "\n"
    (FOLDER / f"{name}.json").write_text(text, encoding="utf-8")
    print(json.dumps(figures, indent=2, ensure_ascii=False))


def recorded(name: str) -> dict[str, Any]:
    """Return what is recorded of a benchmark."""
    kept: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return kept


def _commit() -> str:
    """Return the commit measured, with + where the working tree differs from it."""
    commit = _git("rev-parse", "--short", "HEAD") or "none"
    return commit + ("+" if _git("status", "--porcelain", "--", "ingest", "search", "api") else "")


def _git(*words: str) -> str:
    done = subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stdout.strip()


def _machine() -> dict[str, object]:
    cpu = Path("/proc/cpuinfo")
    names = [
        line.split(":", 1)[1].strip()
        for line in (cpu.read_text().splitlines() if cpu.is_file() else [])
        if line.startswith("model name")
    ]
    return {
        "processor": names[0] if names else platform.processor(),
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "system": platform.system(),
    }
