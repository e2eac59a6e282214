"""Finds the real papers that some tests read; they are never part of the project."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def shared() -> Path:
    """Return the folder of real papers and questions, or skip the test."""
    folder = Path(os.environ.get("MATTERS_SHARED", ROOT.parent / "shared"))
    if not folder.is_dir():
        pytest.skip(f"no real papers at {folder}; MATTERS_SHARED names their folder")
    return folder


def corpora() -> Path:
    """Return the folder of real papers, or skip the test."""
    return shared() / "corpora"
