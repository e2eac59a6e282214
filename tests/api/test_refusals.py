"""What a server answers when something under it is broken."""

import shutil
import sqlite3
from contextlib import closing

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.settings import Settings
from api.wiring import House
from ingest.embedding import ModelUnusable
from tests.api.conftest import hash_embedder

ASKED = {"question": "mooring fees"}


def served(folder, load=hash_embedder, model="hash") -> TestClient:
    house = House(Settings(library=folder, model=model), load)
    return TestClient(create_app(house), raise_server_exceptions=False)


def failing_with(error: Exception):
    def load(model: str | None):
        raise error

    return load


def test_a_model_that_cannot_be_loaded_is_a_problem_without_its_path(library):
    with served(library, failing_with(ModelUnusable("nothing at /secret/model"))) as client:
        reply = client.post("/v1/ask", json=ASKED)
        ready = client.get("/readyz")
        page = client.get("/", params={"q": ASKED["question"]})
    assert [reply.status_code, ready.status_code, page.status_code] == [503, 503, 503]
    assert reply.json()["type"] == "urn:matters-arising:model-unusable"
    assert "secret" not in reply.text + ready.text + page.text
    assert "cannot be loaded" in page.text


def test_a_fault_of_ours_is_a_problem_that_gives_nothing_away(library):
    with served(library, failing_with(RuntimeError("secret"))) as client:
        reply = client.post("/v1/ask", json=ASKED)
    assert (reply.status_code, reply.headers["content-type"]) == (500, "application/problem+json")
    assert "secret" not in reply.text
    assert reply.headers["x-content-type-options"] == "nosniff"


def test_a_library_of_another_model_is_a_problem(library):
    class Other(type(hash_embedder(None))):
        name = "other"

    with served(library, lambda model: Other(), "other") as client:
        reply = client.post("/v1/ask", json=ASKED)
        assert client.get("/v1/bodies").status_code == 200
    assert reply.status_code == 503
    assert reply.json()["type"] == "urn:matters-arising:model-mismatch"


@pytest.mark.parametrize("path", ["/v1/bodies", "/readyz", "/"])
def test_a_damaged_library_is_a_problem(library, tmp_path, path):
    folder = shutil.copytree(library, tmp_path / "library")
    (folder / "library.sqlite3").write_bytes(b"no database at all" * 100)
    with served(folder) as client:
        reply = client.get(path)
    assert reply.status_code == 503
    assert str(tmp_path) not in reply.text
    assert "damaged" in reply.text


def test_a_page_damaged_on_the_disk_is_a_problem_where_a_question_meets_it(library, tmp_path):
    folder = shutil.copytree(library, tmp_path / "library")
    with closing(sqlite3.connect(folder / "library.sqlite3")) as db, db:
        db.execute("UPDATE page SET words = substr(words, 2)")
    with served(folder) as client:
        reply = client.post("/v1/ask", json=ASKED)
    assert (reply.status_code, reply.json()["type"]) == (503, "urn:matters-arising:library-damaged")
    assert "restore a copy" in reply.text and str(tmp_path) not in reply.text


def test_a_library_made_after_the_start_is_found(library, tmp_path):
    folder = tmp_path / "library"
    with served(folder) as client:
        assert client.get("/v1/papers").status_code == 503
        shutil.copytree(library, folder)
        assert client.get("/v1/papers").json()["total"] == 5
