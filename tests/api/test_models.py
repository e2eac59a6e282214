"""`matters model`, and a server that goes on answering while its library changes to another."""

import hashlib
import json
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread
from typing import ClassVar

import numpy as np
import pytest
from fastapi.testclient import TestClient
from typer.testing import CliRunner

from api.app import create_app
from api.cli import app
from api.cli.root import Start
from api.fetching import FetchFailed, fetch
from api.settings import Settings
from api.wiring import House
from ingest.embedding import load_embedder
from ingest.models import ModelUnusable, find
from ingest.pipeline import Options
from search.answer import Filters
from search.generation import open_view
from tests.models import cross_encoder, embedding_model, looks_like_one
from tests.search.test_reembedding import Named
from tests.shared import ROOT

PACKAGED = "all-MiniLM-L6-v2"


def by_name(name: str) -> Named:
    """Stand in for the loader of models: each name is a model of its own."""
    if name == "missing":
        raise ModelUnusable("no model missing")
    return Named(name)


@pytest.fixture
def folder(library, tmp_path) -> Path:
    """A copy of the library, made with the model one."""
    copy = shutil.copytree(library, tmp_path / "library")
    quiet(House(Settings(library=copy), by_name), "one")
    return copy


@pytest.fixture
def place(tmp_path) -> Path:
    return tmp_path / "models"


def quiet(house: House, name: str):
    try:
        return house.change_model(name, lambda _: None)
    finally:
        house.close()


def run(folder: Path, *words: str, load=by_name, **environment: str):
    start = Start(environment, load)
    return CliRunner().invoke(app, ["model", *words, "--library", str(folder)], obj=start)


def told(result) -> str:
    """Return what a command said, however it was broken into lines."""
    return " ".join(result.output.split())


class TestList:
    def test_it_shows_the_packaged_model_those_in_their_place_and_which_is_used(
        self, folder, place
    ):
        looks_like_one(place / "small", 48, prompts={"query": "query: "})
        looks_like_one(place / "owner" / "reader", reranker=True)
        run(folder, "use", "small")
        run(folder, "use", "owner/reader")
        found = json.loads(run(folder, "list", "--json").stdout)
        assert found["place"] == str(place)
        shown = {each["name"]: each for each in found["models"]}
        assert [*shown] == [PACKAGED, "owner/reader", "small"]
        assert shown["small"]["used"] and not shown[PACKAGED]["used"]
        assert shown["small"]["dimension"] == 48
        assert shown["small"]["prompts"] == {"query": "query: "}
        assert shown["owner/reader"]["purpose"] == "reranking"
        assert "in use" in told(run(folder, "list"))

    def test_it_tells_of_a_model_that_the_library_uses_and_that_is_gone(self, folder, place):
        looks_like_one(place / "small")
        run(folder, "use", "small")
        shutil.rmtree(place / "small")
        assert "small, which the library uses, is not at" in told(run(folder, "list"))

    def test_it_tells_how_many_vectors_wait_for_a_model(self, folder, place):
        looks_like_one(place / "small")
        run(folder, "use", "small")
        run(folder, "use", PACKAGED)
        assert "texts embedded" in told(run(folder, "list"))

    def test_it_needs_no_library(self, tmp_path):
        assert PACKAGED in told(run(tmp_path / "none", "list"))


class TestUse:
    def test_the_library_uses_it_from_then_on(self, folder, place):
        looks_like_one(place / "small")
        result = run(folder, "use", "small")
        assert result.exit_code == 0, result.output
        assert "the library uses small" in told(result)
        with open_view(folder) as view:
            assert view.model == find(place, "small").identity

    def test_the_way_back_embeds_nothing(self, folder, place):
        looks_like_one(place / "small")
        run(folder, "use", PACKAGED)
        run(folder, "use", "small")
        assert "0 of them embedded now" in told(run(folder, "use", PACKAGED))

    def test_other_weights_under_the_same_name_are_another_model(self, folder, place):
        small = looks_like_one(place / "small")
        run(folder, "use", "small")
        (small / "model.safetensors").write_bytes(b"better")
        assert "0 of them embedded" not in told(run(folder, "use", "small"))

    def test_ingest_goes_on_with_the_librarys_model(self, folder, place, tmp_path):
        looks_like_one(place / "small")
        run(folder, "use", "small")
        (tmp_path / "new.md").write_text("# Minutes of Cabinet\n\nThe lido has a new slide.\n")
        house = House(Settings(library=folder), by_name)
        assert house.ingest([tmp_path / "new.md"], Options(), lambda _: None).embedded
        assert house.ask("slide", Filters(), 1).hits[0].text.endswith("has a new slide.")
        house.close()

    def test_a_setting_that_names_another_model_is_told_of_and_stops_the_next_ingest(
        self, folder, place, papers
    ):
        looks_like_one(place / "small")
        said = run(folder, "use", "small", MATTERS_MODEL="one").stderr
        assert "the setting model names one" in said
        start = Start({"MATTERS_MODEL": "one"}, by_name)
        words = ["ingest", str(papers), "--library", str(folder)]
        result = CliRunner().invoke(app, words, obj=start)
        assert result.exit_code == 1
        assert "leave the setting model out" in result.stderr

    def test_an_unknown_name_says_where_it_would_lie_and_how_it_comes_there(self, folder, place):
        result = run(folder, "use", "owner/small")
        assert result.exit_code == 1
        assert f"there is no model owner/small on this machine, at {place}" in told(result)
        assert "matters model use owner/small --fetch" in told(result)
        assert "Without a network: download all files" in told(result)

    def test_a_name_that_no_hub_knows_is_not_said_to_be_fetched(self, folder):
        for words in (["use", "small"], ["use", "small", "--fetch"]):
            result = run(folder, *words)
            assert result.exit_code == 1
            assert "Copy its folder to" in told(result)

    def test_a_folder_that_is_no_model_is_refused(self, folder, place):
        (place / "small").mkdir(parents=True)
        (place / "small" / "config.json").write_text("{}")
        result = run(folder, "use", "small")
        assert (result.exit_code, "no weights" in told(result)) == (1, True)

    def test_a_library_that_is_not_there_is_told_before_anything_is_fetched(self, tmp_path):
        result = run(tmp_path / "none", "use", "owner/small", "--fetch")
        assert "no library here" in told(result)

    @pytest.mark.parametrize("words", [["use"], ["use", "small", "--no-reranker"]])
    def test_one_thing_is_asked_for_at_a_time(self, folder, words):
        assert run(folder, *words).exit_code == 2

    def test_the_audit_tells_who_changed_the_model(self, folder, place):
        looks_like_one(place / "small")
        run(folder, "use", "small")
        words = ["audit", "export", "--library", str(folder)]
        said = CliRunner().invoke(app, words, obj=Start({}, by_name)).stdout
        assert "changed the model" in said and "small@" in said


class TestAround:
    def test_a_copy_and_what_is_made_of_it_say_which_model_is_wanted(self, folder, place, tmp_path):
        looks_like_one(place / "small")
        run(folder, "use", "small")
        for words in (
            ["backup", str(tmp_path / "copy"), "--library", str(folder)],
            ["restore", str(tmp_path / "copy"), "--library", str(tmp_path / "again")],
        ):
            result = CliRunner().invoke(app, words, obj=Start({}, by_name))
            assert result.exit_code == 0, result.output
            assert f"it wants the model small, which lies at {place / 'small'}" in told(result)

    def test_status_names_the_model_and_the_reranker(self, folder, place):
        looks_like_one(place / "small")
        run(folder, "use", "small")
        house = House(Settings(library=folder), by_name)
        with house._in_turn() as library:
            library.set_reranker("reader@0123456789ab")
        words = ["status", "--library", str(folder)]
        said = told(CliRunner().invoke(app, words, obj=Start({}, by_name)))
        assert "model small@" in said
        assert "reranker reader@0123456789ab" in said

    def test_a_whole_library_stays_whole(self, folder, place):
        looks_like_one(place / "small")
        run(folder, "use", "small")
        for words in (["check"], ["check", "--repair"]):
            words = [*words, "--library", str(folder)]
            result = CliRunner().invoke(app, words, obj=Start({}, by_name))
            assert told(result) == "the library is whole"

    def test_a_check_tells_of_a_model_that_cannot_be_loaded(self, folder, place):
        cross_encoder(place / "reader")
        run(folder, "use", "reader")
        shutil.rmtree(place / "reader")
        words = ["check", "--library", str(folder)]
        result = CliRunner().invoke(app, words, obj=Start({}, by_name))
        assert result.exit_code == 1
        assert "the library is whole" in told(result) and "no model 'reader' at" in told(result)


class TestServing:
    @contextmanager
    def served(self, folder: Path, load=by_name, **settings) -> Iterator[TestClient]:
        house = House(Settings(library=folder, per_minute=0, **settings), load)
        with TestClient(create_app(house), raise_server_exceptions=False) as client:
            assert asked(client) == (200, 2)
            yield client

    def test_a_server_takes_over_the_new_generation_with_the_new_model(self, folder):
        used = []

        def load(name):
            used.append(name)
            return Named(name)

        with self.served(folder, load) as client:
            quiet(House(Settings(library=folder), by_name), "other")
            assert asked(client) == (200, 3)
            assert client.get("/readyz").status_code == 200
        assert set(used) == {"one", "other"}

    def test_while_the_new_model_is_loaded_others_are_answered_by_the_old_one(self, folder):
        begun, go_on = Event(), Event()

        def load(name):
            if name == "other":
                begun.set()
                assert go_on.wait(30)
            return Named(name)

        with self.served(folder, load) as client, ThreadPoolExecutor(1) as first:
            quiet(House(Settings(library=folder), by_name), "other")
            who_looks = first.submit(asked, client)
            assert begun.wait(20)
            results: list = []
            others = Thread(target=lambda: results.append(asked(client)))
            others.start()
            others.join(15)
            assert results == [(200, 2)]
            go_on.set()
            assert who_looks.result() == (200, 3)

    def test_no_question_meets_one_models_vectors_with_the_others(self, folder):
        with self.served(folder) as client, ThreadPoolExecutor(3) as crowd:
            asking = [crowd.submit(asked, client) for _ in range(20)]
            for name in ("other", "one", "third", "one"):
                quiet(House(Settings(library=folder), by_name), name)
                asking += [crowd.submit(asked, client) for _ in range(10)]
            answers = [each.result() for each in asking]
        assert {status for status, _ in answers} == {200}
        assert max(generation for _, generation in answers) == 6

    def test_where_the_new_model_cannot_be_loaded_a_question_says_so_until_it_can(self, folder):
        there = Event()

        def load(name):
            if name == "other" and not there.is_set():
                raise ModelUnusable("no model 'other' at /secret")
            return Named(name)

        with self.served(folder, load) as client:
            quiet(House(Settings(library=folder), by_name), "other")
            reply = client.post("/v1/ask", json={"question": "mooring fees"})
            assert reply.status_code == 503 and "secret" not in reply.text
            assert client.get("/readyz").status_code == 503
            assert client.get("/v1/papers").status_code == 200
            there.set()
            assert asked(client) == (200, 3)
            assert client.get("/readyz").status_code == 200

    def test_a_setting_does_not_keep_a_server_from_following_its_library(self, folder):
        with self.served(folder, model="one") as client:
            quiet(House(Settings(library=folder), by_name), "other")
            assert asked(client) == (200, 3)


def asked(client: TestClient) -> tuple[int, int]:
    """Ask; return the status, and the generation that answered."""
    reply = client.post("/v1/ask", json={"question": "mooring fees"})
    return reply.status_code, reply.json().get("generation", 0)


class Hub(BaseHTTPRequestHandler):
    """A model hub of one model, as far as fetching it goes."""

    files: ClassVar[dict[str, bytes]] = {}
    asked: ClassVar[list[str]] = []
    size = 0
    """Of the weights, as it tells."""

    def do_GET(self):
        self.answer(body=True)

    def do_HEAD(self):
        self.answer(body=False)

    def answer(self, *, body: bool) -> None:
        type(self).asked.append(self.path)
        path = self.path.partition("?")[0]
        sizes = {name: len(content) for name, content in self.files.items()}
        if path.startswith("/api/models/owner/small/tree/"):
            tree = [
                {"type": "file", "path": name, "size": size, "oid": "0" * 40}
                for name, size in sizes.items()
            ]
            self.give(json.dumps(tree).encode(), body)
        elif path.startswith("/api/models/owner/small"):
            if "model.safetensors" in sizes:
                sizes["model.safetensors"] = self.size
            siblings = [{"rfilename": name, "size": size} for name, size in sizes.items()]
            told = {"id": "owner/small", "sha": "0" * 40, "siblings": siblings}
            self.give(json.dumps(told).encode(), body)
        elif path.startswith("/owner/small/resolve/"):
            name = path.split("/", 5)[5]
            self.give(self.files[name], body)
        else:
            self.send_response(404)
            self.send_header("X-Error-Code", "RepoNotFound")
            self.send_header("Content-Length", "0")
            self.end_headers()

    def give(self, content: bytes, body: bool) -> None:
        self.send_response(200)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("ETag", f'"{hashlib.sha1(content).hexdigest()}"')
        self.send_header("X-Repo-Commit", "0" * 40)
        self.end_headers()
        if body:
            self.wfile.write(content)

    def log_message(self, *_):
        pass


@pytest.fixture
def hub(tmp_path, monkeypatch):
    """A hub on this machine that has owner/small."""
    model = looks_like_one(tmp_path / "there" / "small")
    files = {each.name: each.read_bytes() for each in model.iterdir()}
    Hub.files = {
        **files,
        "README.md": b"Towels.",
        "onnx/model.onnx": b"x",
        "pytorch_model.bin": b"x",
    }
    Hub.asked, Hub.size = [], len(files["model.safetensors"])
    server = ThreadingHTTPServer(("127.0.0.1", 0), Hub)
    Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setenv("HF_ENDPOINT", f"http://127.0.0.1:{server.server_port}")
    monkeypatch.setenv("HF_HOME", str(tmp_path / "hub"))
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    yield files
    server.shutdown()
    server.server_close()


class TestFetching:
    def test_what_is_asked_for_is_fetched_whole_and_used(self, hub, folder, place):
        result = run(folder, "use", "owner/small", "--fetch")
        assert result.exit_code == 0, result.output
        assert f"into {place / 'owner' / 'small'}" in told(result)
        fetched = place / "owner" / "small"
        assert {each.name: each.read_bytes() for each in fetched.iterdir()} == hub
        with open_view(folder) as view:
            assert view.model == find(place, "owner/small").identity
        assert not [each for each in Hub.asked if "onnx/" in each or "README" in each]

    def test_what_is_there_is_not_fetched(self, hub, folder, place):
        looks_like_one(place / "owner" / "small")
        assert run(folder, "use", "owner/small", "--fetch").exit_code == 0
        assert Hub.asked == []

    def test_nothing_is_fetched_unless_asked_for(self, hub, folder):
        assert run(folder, "use", "owner/small").exit_code == 1
        assert Hub.asked == []

    def test_what_the_hub_does_not_have_is_refused(self, hub, place):
        with pytest.raises(FetchFailed, match=r"owner/large could not be fetched \(Repo"):
            fetch("owner/large", place, lambda _: None)
        assert not place.exists()

    def test_weights_that_can_hold_code_are_not_fetched(self, hub, place):
        Hub.files = {name: each for name, each in Hub.files.items() if name.endswith(".bin")}
        with pytest.raises(FetchFailed, match="no weights in the form safetensors"):
            fetch("owner/small", place, lambda _: None)

    def test_without_a_network_it_says_how_the_model_can_be_had(self, place, monkeypatch):
        with socket.socket() as nobody:
            nobody.bind(("127.0.0.1", 0))
            address = f"http://127.0.0.1:{nobody.getsockname()[1]}"
            monkeypatch.setenv("HF_ENDPOINT", address)
            with pytest.raises(FetchFailed, match="Without a network: download all files"):
                fetch("owner/small", place, lambda _: None)

    def test_too_large_a_model_is_refused_before_it_is_fetched(self, hub, place):
        Hub.size = 10**18
        with pytest.raises(FetchFailed, match="it has 1,000,000,000,000 MB, and the disk"):
            fetch("owner/small", place, lambda _: None)
        assert not [each for each in Hub.asked if "resolve" in each]

    def test_only_that_process_is_told_that_it_may_use_the_network(self):
        script = (
            "import os; from api.loading import load_quietly; from pathlib import Path\n"
            "try: load_quietly('nothing', Path('nowhere'))\nexcept Exception: pass\n"
            "print(os.environ['HF_HUB_OFFLINE'])"
        )
        done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True)
        assert done.stdout.strip() == b"1"


@pytest.fixture(scope="module")
def real(tmp_path_factory) -> Path:
    """A place with real models, of random weights: two for vectors, one that reads again."""
    place = tmp_path_factory.mktemp("real") / "models"
    place.mkdir()
    embedding_model(place / "plain", 16)
    said = {"query": "query: ", "document": "passage: "}
    embedding_model(place / "prompted", 32, prompts=said, pooling="cls")
    cross_encoder(place / "reader")
    return place


def cosines(rows, others):
    lengths = np.linalg.norm(rows, axis=1) * np.linalg.norm(others, axis=1)
    return np.einsum("ij,ij->i", rows, others) / lengths


class TestRealModels:
    def test_prompts_and_pooling_are_the_models_own(self, real):
        from sentence_transformers import SentenceTransformer

        texts = ["The lido opens in May.", "Geese were counted on the weir by Mr Ash."]
        plainly = SentenceTransformer(str(real / "prompted"), device="cpu")
        embedder = load_embedder("prompted", real)
        for prefix, embed in (
            ("query: ", embedder.embed_queries),
            ("passage: ", embedder.embed_passages),
        ):
            wanted, bare = (
                plainly.encode([before + each for each in texts], prompt="", precision="float32")
                for before in (prefix, "")
            )
            assert embed(texts).shape == (2, 32)
            assert cosines(embed(texts), wanted).min() > 0.99
            assert cosines(embed(texts), bare).max() < 0.95

    def test_a_library_goes_from_one_to_another_and_is_read_again(self, library, tmp_path, real):
        folder = shutil.copytree(library, tmp_path / "library")
        place = {"MATTERS_MODELS": str(real), "load": None}
        for name, dimension in (("plain", 16), ("prompted", 32)):
            result = run(folder, "use", name, **place)
            assert result.exit_code == 0, result.output
            with open_view(folder) as view:
                assert (view.dimension, view.model) == (dimension, find(real, name).identity)
        assert run(folder, "use", "reader", **place).exit_code == 0
        house = House(Settings(library=folder, models=real))
        answer = house.ask("mooring fees", Filters(), 3)
        house.close()
        assert answer.hits
        assert run(folder, "use", "--no-reranker", **place).exit_code == 0
        with open_view(folder) as view:
            assert view.reranker is None

    def test_a_reader_that_gives_several_scores_is_not_used(self, folder, tmp_path):
        cross_encoder(tmp_path / "models" / "judge", labels=3)
        result = run(folder, "use", "judge")
        assert (result.exit_code, "gives 3 scores" in told(result)) == (1, True)
        with open_view(folder) as view:
            assert view.reranker is None
