"""Nobody holds a place by being slow; who waits when the server stops has their answer."""

import asyncio
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import contextmanager

import pytest
import uvicorn
from fastapi.testclient import TestClient

from api import pacing
from api.app import create_app
from api.cli.serving import GRACE_SECONDS
from api.pacing import Connection, InTime
from tests.api.conftest import house_at
from tests.shared import ROOT

SCOPE = {"type": "http", "method": "POST", "path": "/", "headers": [], "query_string": b""}
ASKED = b'{"question": "mooring fees"}'
HEAD = (
    b"POST /v1/ask HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
    b"Content-Length: %d\r\n\r\n" % len(ASKED)
)


class Quick(Connection):
    look_seconds = 0.1


@contextmanager
def serving(app):
    """Serve in a thread, and give the server."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    config = uvicorn.Config(app, port=port, http=Quick, ws="none", log_level="critical")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    try:
        yield server
    finally:
        server.should_exit = True
        thread.join()


def calling(server: uvicorn.Server) -> socket.socket:
    return socket.create_connection(("127.0.0.1", server.config.port), timeout=10)


def all_of(line: socket.socket) -> bytes:
    """Return what comes until the other side closes."""
    found = b""
    while piece := line.recv(65_536):
        found += piece
    return found


async def answered(app, messages, seconds: float) -> list:
    """Return what an app sends, given messages with the seconds before each."""
    waiting, sent = iter(messages), []

    async def receive():
        pause, message = next(waiting)
        await asyncio.sleep(pause)
        return message

    async def send(message):
        sent.append(message.get("status") or message.get("body"))

    await InTime(app, answer_seconds=seconds)(SCOPE, receive, send)
    return sent


async def _read_and_answer(scope, receive, send):
    more = True
    while more:
        more = (await receive())["more_body"]
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"done"})


def piece(pause: float, more: bool) -> tuple[float, dict]:
    return pause, {"type": "http.request", "body": b"x", "more_body": more}


def test_time_in_which_a_body_comes_is_not_taken_from_the_answers():
    slowly = [piece(0.1, True), piece(0.1, True), piece(0.1, False)]
    assert asyncio.run(answered(_read_and_answer, slowly, seconds=0.05)) == [200, b"done"]


def test_an_answer_that_takes_too_long_is_503_and_nothing_is_sent_after_it():
    done = []

    async def slow(scope, receive, send):
        await asyncio.sleep(0.2)
        await send({"type": "http.response.start", "status": 200, "headers": []})
        done.append(True)

    sent = asyncio.run(answered(slow, [], seconds=0.05))
    assert sent[0] == 503 and b"longer than" in sent[1]
    assert len(sent) == 2
    assert done, "its place is taken until it is done"


def test_an_answer_that_has_begun_may_go_on():
    async def long(scope, receive, send):
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await asyncio.sleep(0.1)
        await send({"type": "http.response.body", "body": b"done"})

    assert asyncio.run(answered(long, [], seconds=0.05)) == [200, b"done"]


@pytest.fixture
def hurried(monkeypatch):
    monkeypatch.setattr(pacing, "BODY_SECONDS", 0.3)
    monkeypatch.setattr(pacing, "TAKING_SECONDS", 0.3)


@pytest.mark.usefixtures("hurried")
def test_a_body_that_does_not_come_is_refused_and_the_connection_closed(client):
    with serving(client.app) as server, calling(server) as line:
        line.sendall(HEAD + ASKED[:5])
        found = all_of(line)
    assert b"408" in found.splitlines()[0]
    assert b"application/problem+json" in found


def test_a_body_in_pieces_without_a_length_is_refused_above_the_limit(client):
    head = HEAD.split(b"Content-Length")[0] + b"Transfer-Encoding: chunked\r\n\r\n"
    chunk = b"2000\r\n" + b" " * 0x2000 + b"\r\n"
    with serving(client.app) as server, calling(server) as line:
        line.sendall(head)
        with pytest.raises(OSError):  # it is closed before all is sent
            for _ in range(1_000):
                line.sendall(chunk)
                time.sleep(0.002)


def test_a_request_that_tells_its_length_in_two_ways_hides_no_other(client):
    hidden = b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
    head = (
        b"POST /v1/ask HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n"
    )
    with serving(client.app) as server, calling(server) as line:
        line.sendall(head + b"\r\n0\r\n\r\n" + hidden)
        answered = all_of(line)
    assert answered.startswith(b"HTTP/1.1 400")
    assert answered.count(b"HTTP/1.1") == 1


def test_a_request_whose_head_does_not_come_is_closed(client):
    with serving(client.app) as server, calling(server) as line:
        began = time.monotonic()
        with pytest.raises(OSError):
            for letter in b"GET /healthz HTTP/1.1\r\n" + b"a" * 5_000:
                line.sendall(bytes([letter]))
                time.sleep(0.01)
        assert time.monotonic() - began < 5


@pytest.mark.usefixtures("hurried")
def test_an_answer_that_is_not_taken_is_given_up():
    ended = threading.Event()

    async def endless(scope, receive, send):
        try:
            await send({"type": "http.response.start", "status": 200, "headers": []})
            while True:
                await send(
                    {"type": "http.response.body", "body": bytes(1 << 20), "more_body": True}
                )
        finally:
            ended.set()

    async def app(scope, receive, send):
        if scope["type"] == "http":
            await InTime(endless, answer_seconds=1)(scope, receive, send)

    with serving(app) as server, calling(server) as line:
        line.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        assert ended.wait(5)
        time.sleep(0.5)
        assert not server.server_state.connections


def test_slow_callers_keep_nobody_out(library):
    house = house_at(library, most_at_once=1)
    house.embedder()
    with TestClient(create_app(house)) as client, serving(client.app) as server:
        slow = [calling(server) for _ in range(3)]
        for line in slow:
            line.sendall(HEAD + ASKED[:5])
        time.sleep(0.2)
        with calling(server) as quick:
            quick.sendall(HEAD.replace(b"Host", b"Connection: close\r\nHost") + ASKED)
            assert b"200 OK" in all_of(quick).splitlines()[0]
        for line in slow:
            line.sendall(ASKED[5:])
            assert b"200 OK" in line.recv(65_536).splitlines()[0]
            line.close()


def test_a_server_that_is_told_to_stop_finishes_its_answers(library):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = ["serve", "--library", str(library), "--port", str(port)]
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.api.serving", *command], cwd=ROOT, stderr=subprocess.DEVNULL
    )
    try:
        for _ in range(300):
            try:
                line = socket.create_connection(("127.0.0.1", port))
                break
            except OSError:
                time.sleep(0.1)
        line.sendall(HEAD + ASKED[:5])
        time.sleep(0.3)
        process.send_signal(signal.SIGTERM)
        time.sleep(0.5)
        with pytest.raises(OSError):
            socket.create_connection(("127.0.0.1", port))
        line.sendall(ASKED[5:])
        found = all_of(line)
        assert b"200 OK" in found.splitlines()[0] and b"mooring fees" in found
        assert process.wait(20) == -signal.SIGTERM  # uvicorn ends as it was told to
    finally:
        line.close()
        process.kill()
        process.wait()


def test_the_document_gives_the_true_times():
    told = " ".join((ROOT / "docs" / "trust.md").read_text().split())
    assert f"a body has {pacing.BODY_SECONDS:g} seconds and one more for each " in told
    assert f"for each {pacing.BODY_RATE:,} bytes" in told
    assert f"taken within {pacing.TAKING_SECONDS:g} seconds" in told
    assert f"is closed within {2 * pacing.LOOK_SECONDS:g}" in told
    assert GRACE_SECONDS == 10 and "finishes its answers, for ten seconds" in told
