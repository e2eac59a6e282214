"""Holds the tree to what may stand in it, and the lock to what plain pip can install."""

import ast
import os
import re
import subprocess
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from tests.shared import ROOT

FLOORS = ("ingest", "search", "api")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
PROGRAM = PROJECT["dependencies"]
TOOLS = PROJECT["optional-dependencies"]["dev"]
UNSEEN = {"python-multipart"}
"""Starlette imports it by itself, when a form has files."""

OPTIONAL = PROJECT["optional-dependencies"]["ocr"]

LARGEST = 2 * 1024 * 1024
"""Bytes, outside data/: a clone should stay quick."""

UNFINISHED = re.compile(r"\b(TODO|FIXME)\b")
MACHINE_PATH = re.compile(r"(?<![\w.:/])/(root|work|home|Users)/\w")
REGISTRY = re.compile(
    r"pypi\.org|pythonhosted\.org|registry\.npmjs|deb\.debian|download\.pytorch|anaconda\.org|crates\.io"
)
PIN = re.compile(r"[a-z0-9-]+==[0-9][0-9a-z.]*")


def files() -> list[Path]:
    """Return every file that is or would be committed."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode:
        pytest.skip("not a git checkout, so nobody knows which files belong to it")
    named = (ROOT / name for name in sorted(set(listed.stdout.split("\0"))) if name)
    return [file for file in named if file.is_file()]


def places(pattern: re.Pattern[str]) -> list[str]:
    """Return where the pattern stands in any file of text but this one, as file:line."""
    found = []
    for file in files():
        if file == Path(__file__):
            continue
        for number, line in enumerate(file.read_text(errors="ignore").splitlines(), start=1):
            if pattern.search(line):
                found.append(f"{file.relative_to(ROOT)}:{number}")
    return found


def lock() -> list[str]:
    """Return the lock's lines, without comments."""
    lines = (ROOT / "requirements.lock").read_text().splitlines()
    return [line for line in lines if not line.startswith("#")]


def names(requirements: list[str]) -> set[str]:
    """Return the packages that requirements name."""
    return {re.match(r"[\w-]+", each)[0] for each in requirements}


def code(*folders: str) -> list[Path]:
    """Return the modules under folders of the project."""
    return [file for folder in folders for file in (ROOT / folder).rglob("*.py")]


def used(*folders: str) -> set[str]:
    """Return the packages whose modules the code under folders imports."""
    nodes = [node for file in code(*folders) for node in ast.walk(ast.parse(file.read_text()))]
    plain = {each.name for node in nodes if isinstance(node, ast.Import) for each in node.names}
    from_ = {node.module for node in nodes if isinstance(node, ast.ImportFrom) if node.module}
    owners = packages_distributions()
    modules = {name.partition(".")[0] for name in plain | from_} - set(FLOORS)
    found = {owner for module in modules for owner in owners.get(module, ())}
    return {name.lower().replace("_", "-") for name in found}


def test_nothing_is_left_unfinished():
    assert places(UNFINISHED) == []


def test_no_file_names_a_place_on_somebodys_machine():
    assert places(MACHINE_PATH) == []


def test_no_file_names_the_address_of_a_package_registry():
    assert places(REGISTRY) == []


def test_no_file_outside_data_is_large():
    large = [
        str(file.relative_to(ROOT))
        for file in files()
        if file.stat().st_size > LARGEST and not file.is_relative_to(ROOT / "data")
    ]
    assert large == []


def test_no_library_is_committed():
    assert [file for file in files() if file.name.startswith("library.sqlite3")] == []


def test_the_ci_script_can_be_run():
    assert os.access(ROOT / ".ci" / "run", os.X_OK)


def test_the_lock_pins_every_package_to_one_version_that_every_machine_finds():
    # A version with a build (2.13.0+cpu) is found on some machines only.
    assert [line for line in lock() if not PIN.fullmatch(line)] == []


def test_the_lock_asks_for_nothing_that_only_a_graphics_card_needs():
    assert [line for line in lock() if line.startswith(("nvidia-", "cuda-", "triton="))] == []


def test_the_lock_holds_every_direct_dependency():
    assert names(PROGRAM + TOOLS) - {line.partition("==")[0] for line in lock()} == set()


def test_the_program_asks_for_what_it_imports_and_for_nothing_else():
    assert (used(*FLOORS) | UNSEEN) - names(OPTIONAL) == names(PROGRAM)


def test_tests_and_sample_ask_for_what_they_import():
    assert used("tests", "data") - names(PROGRAM + TOOLS) == set()


def test_every_folder_of_code_is_a_package():
    # A folder without __init__.py is left out of an installation.
    folders = {file.parent for file in code(*FLOORS)}
    assert [folder for folder in folders if not (folder / "__init__.py").is_file()] == []
