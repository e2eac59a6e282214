from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from typer.testing import CliRunner

from api.app import create_app
from api.cli import app
from api.cli.root import Start
from api.settings import Settings
from api.wiring import House
from ingest.pipeline import Options
from tests.api.papers import write_papers
from tests.embedders import HashEmbedder


def hash_embedder(model: str | None) -> HashEmbedder:
    """Stand in for the loader of models, whatever model is asked for."""
    return HashEmbedder()


def house_at(folder: Path, **settings: object) -> House:
    """Return a house over the library in a folder."""
    return House(Settings(library=folder, model="hash", **settings), hash_embedder)


@pytest.fixture(scope="session")
def papers(tmp_path_factory) -> Path:
    return write_papers(tmp_path_factory.mktemp("saltmarsh"))


@pytest.fixture(scope="session")
def library(papers, tmp_path_factory) -> Path:
    """A library with the papers of tests.api.papers; tests leave it as it is."""
    folder = tmp_path_factory.mktemp("held") / "library"
    house = house_at(folder)
    report = house.ingest([papers], Options(), lambda _: None)
    assert len(report.added) == 5, report
    house.close()
    return folder


@pytest.fixture
def house(library) -> Iterator[House]:
    house = house_at(library, council="Saltmarsh Council", question_characters=200)
    yield house
    house.close()


@pytest.fixture
def client(house) -> Iterator[TestClient]:
    house.embedder()
    with TestClient(create_app(house), raise_server_exceptions=False) as client:
        yield client


@pytest.fixture
def matters(tmp_path):
    """Run the command, in an environment of its own: matters("ask", "…", library=folder)."""

    def run(
        *arguments: object,
        library: Path = tmp_path / "library",
        typed: str | None = None,
        **environment: str,
    ):
        start = Start({"MATTERS_MODEL": "hash", **environment}, hash_embedder)
        given = [*map(str, arguments), "--library", str(library)]
        return CliRunner().invoke(app, given, obj=start, input=typed)

    return run


@pytest.fixture(scope="module")
def chromium():
    """Lend a browser to the tests of one module."""
    from tests.browsing import browser

    with browser() as started:
        yield started


@pytest.fixture
def new_page(chromium, address):
    """Open a page of its own at the module's address: new_page(java_script_enabled=False)."""
    from tests.browsing import PATIENCE

    contexts = []

    def opened(**options):
        contexts.append(chromium.new_context(base_url=address, **options))
        contexts[-1].set_default_timeout(PATIENCE)
        return contexts[-1].new_page()

    yield opened
    for each in contexts:
        each.close()
