"""Runs what the README shows, as a reader would, on the sample papers and with the real model."""

import json
import os
import socket
import subprocess
import sys
import time
from contextlib import closing, contextmanager, suppress
from http.client import HTTPConnection

import pytest

from tests.reading_documents import blocks, shown_commands
from tests.shared import ROOT

README = ROOT / "README.md"
SHOWN_LIBRARY = "build/library"
"""Where the README puts its library; here it goes into a folder of the test's own."""

START_SECONDS = 60
"""For the server to have loaded its model; some five on two idle cores."""

CURL = next(iter(shown_commands(README, "curl")))


def command(words: list[str], library: str) -> list[str]:
    """Return a command of ours as this Python runs it, on another library."""
    program = [sys.executable, "-c", "from api.cli import main; main()"]
    return program + [library if word == SHOWN_LIBRARY else word for word in words[1:]]


def environment() -> dict[str, str]:
    """Return the environment without the settings of whoever runs the tests."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith("MATTERS_")}
    return {**ours, "COLUMNS": "200"}


@pytest.fixture(scope="module")
def library(tmp_path_factory) -> str:
    return str(tmp_path_factory.mktemp("readme") / "library")


@pytest.fixture(scope="module")
def printed(library) -> dict[str, str]:
    """Return what each command of ours that the README shows printed, in the README's order."""
    found = {}
    for words in shown_commands(README, "matters"):
        done = subprocess.run(
            command(words, library),
            cwd=ROOT,
            env=environment(),
            capture_output=True,
            text=True,
            timeout=300,
        )
        assert done.returncode == 0, f"{' '.join(words)}: {done.stderr}"
        found[" ".join(words)] = done.stdout
    return found


@contextmanager
def serving(library: str):
    """Serve the library on a free port of this machine; give the connection to it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    words = ["matters", "serve", "--library", library, "--port", str(port)]
    server = subprocess.Popen(
        command(words, library), cwd=ROOT, env=environment(), stderr=subprocess.DEVNULL
    )
    try:
        wait_until_ready(server, port)
        with closing(HTTPConnection("127.0.0.1", port, timeout=60)) as connection:
            yield connection
    finally:
        server.terminate()
        server.wait(timeout=30)


def wait_until_ready(process: subprocess.Popen, port: int) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        assert process.poll() is None, f"the server ended with {process.returncode}"
        with suppress(OSError), closing(HTTPConnection("127.0.0.1", port, timeout=5)) as server:
            if get(server, "/readyz")[0] == 200:
                return
        time.sleep(0.2)  # not listening yet, or the model is still being loaded
    pytest.fail(f"the server was not ready within {START_SECONDS} s")


def get(server: HTTPConnection, address: str) -> tuple[int, bytes]:
    server.request("GET", address)
    response = server.getresponse()
    return response.status, response.read()


def test_every_command_that_the_readme_shows_does_what_it_should(printed):
    assert all(printed.values())


def test_the_answer_that_the_readme_shows_is_the_answer_given(printed):
    given = next(text for words, text in printed.items() if words.startswith("matters ask"))
    plain = " ".join(given.split())
    pieces = [" ".join(each.split()) for each in next(blocks(README, "text")).split("…")]
    assert [piece for piece in pieces if piece not in plain] == []


def test_the_request_that_the_readme_shows_is_answered_with_passages_and_their_files(
    printed, library
):
    question = CURL[CURL.index("--json") + 1]
    with serving(library) as server:
        server.request("POST", "/v1/ask", question, {"Content-Type": "application/json"})
        response = server.getresponse()
        answer = json.loads(response.read())
        assert response.status == 200
        assert answer["answered"]
        assert 1 <= len(answer["hits"]) <= json.loads(question)["limit"]
        for hit in answer["hits"]:
            assert get(server, hit["paper"]["file"])[0] == 200
            assert get(server, f"/v1/passages/{hit['passage']}")[0] == 200
        status, page = get(server, "/?q=Who+undertook+to+publish+the+section+19+report%3F")
        assert status == 200
        assert get(server, "/openapi.json")[0] == 200
        assert answer["hits"][0]["paper"]["file"] in page.decode()
