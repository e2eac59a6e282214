"""One caller does not take the service from the others; what is noted is nobody's secret."""

import asyncio
import json
import logging
import re

import pytest
from fastapi import Request
from fastapi.testclient import TestClient

from api.access.callers import address_of
from api.access.people import People
from api.access.roles import Role
from api.app import create_app
from api.limiting import BoundedCrowd
from api.recording import LOG, AsJson, log_requests
from tests.api.conftest import house_at


@pytest.fixture
def serve(library, tmp_path):
    clients = []

    def served(**settings):
        house = house_at(library, access=tmp_path / "access.sqlite3", **settings)
        house.embedder()
        client = TestClient(create_app(house), raise_server_exceptions=False)
        clients.append(client.__enter__())
        return client, People(house.store)

    yield served
    for client in clients:
        client.__exit__(None, None, None)


def bearer(key: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {key}"}


def test_a_caller_who_sends_too_many_requests_is_told_to_wait_and_others_are_not(serve):
    client, people = serve(per_minute=3)
    mine = bearer(people.add_key("mine", Role.MEMBER, 1))
    assert [client.get("/v1/bodies").status_code for _ in range(4)] == [200, 200, 200, 429]
    assert [client.get("/v1/bodies", headers=mine).status_code for _ in range(4)][-2:] == [200, 429]
    refused = client.get("/v1/bodies")
    assert 0 < int(refused.headers["retry-after"]) <= 60
    assert refused.json()["status"] == 429
    assert client.get("/healthz").status_code == 200


def test_new_wrong_keys_do_not_make_new_callers(serve):
    client, _ = serve(per_minute=3)
    found = [client.get("/v1/bodies", headers=bearer(f"ma_{n}")).status_code for n in range(5)]
    assert found == [401, 401, 401, 429, 429]


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("192.0.2.7", "192.0.2.7"),
        ("testclient", "testclient"),
    ],
)
def test_one_house_is_one_address_however_many_it_has(address, counted):
    scope = {"type": "http", "client": (address, 1), "headers": []}
    assert address_of(Request(scope)) == counted


def test_methods_that_callers_make_up_are_not_kept_apart(serve):
    client, people = serve(per_minute=0)
    for number in range(20):
        client.request(f"MADEUP{number}", "/v1/bodies")
    key = people.add_key("x", Role.ADMINISTRATOR, 1)
    counts = client.get("/metrics", headers=bearer(key)).text
    assert 'method="other"' in counts and "MADEUP" not in counts


def test_with_no_limit_set_nobody_is_told_to_wait(serve):
    client, _ = serve(per_minute=0)
    assert {client.get("/v1/bodies").status_code for _ in range(150)} == {200}


def test_a_crowd_is_told_to_come_again_and_those_inside_are_served(client):
    async def crowd() -> list[int]:
        inside, leave = asyncio.Event(), asyncio.Event()

        async def slow(scope, receive, send):
            inside.set()
            await leave.wait()
            await send({"type": "http.response.start", "status": 200, "headers": []})

        found = []

        async def send(message):
            if message["type"] == "http.response.start":
                found.append((message["status"], dict(message["headers"]).get(b"retry-after")))

        crowd = BoundedCrowd(slow, most_at_once=1)
        scope = {"type": "http", "path": "/", "headers": [], "method": "GET"}
        first = asyncio.create_task(crowd(scope, None, send))
        await inside.wait()
        await crowd(scope, None, send)
        leave.set()
        await first
        await crowd(scope, None, send)
        return found

    assert asyncio.run(crowd()) == [(503, b"2"), (200, None), (200, None)]


def test_each_request_has_a_name_that_the_log_knows_and_nothing_that_was_asked(serve):
    client, _ = serve()
    lines = []
    handler = logging.Handler()
    handler.emit = lambda record: lines.append(AsJson().format(record))
    LOG.addHandler(handler)
    LOG.setLevel(logging.INFO)
    try:
        reply = client.get("/", params={"q": "zyzzyva"})
        client.get("/v1/papers/0123456789abcdef")
        client.get("/zyzzyva")
    finally:
        LOG.removeHandler(handler)
    told = [json.loads(line) for line in lines]
    assert told[0]["request"] == reply.headers["x-request-id"]
    assert [(each["route"], each["status"]) for each in told] == [
        ("/", 200),
        ("/v1/papers/{paper}", 404),
        ("none", 404),
    ]
    assert "zyzzyva" not in "".join(lines) and "0123456789abcdef" not in "".join(lines)


@pytest.mark.parametrize(("form", "handlers"), [("none", 0), ("plain", 1), ("json", 1)])
def test_the_log_has_the_form_that_was_chosen(form, handlers):
    log_requests(form)
    assert len(LOG.handlers) == handlers
    log_requests("none")


def test_the_stages_of_answers_are_counted_without_what_was_asked(serve):
    client, people = serve()
    key = bearer(people.add_key("x", Role.ADMINISTRATOR, 1))
    explained = {"question": "What of zyzzyva dredging?", "explain": True}
    stages = [
        each["stage"] for each in client.post("/v1/ask", json=explained).json()["trace"]["stages"]
    ]
    client.get("/", params={"q": "zyzzyva dredging"})
    counts = client.get("/metrics", headers=key).text
    told = re.findall(r'matters_stage_seconds_count\{stage="(.+)"\} (.+)', counts)
    assert len(stages) > 5 and dict(told) == dict.fromkeys(stages, "2.0")
    assert "zyzzyva" not in counts and "dredging" not in counts


def test_the_counts_are_for_administrators(serve):
    client, people = serve()
    for role in Role:
        key = people.add_key("x", role, 1)
        status = client.get("/metrics", headers=bearer(key)).status_code
        assert status == (200 if role is Role.ADMINISTRATOR else 403)
    assert client.get("/metrics").status_code == 401
    client.get("/v1/bodies")
    counts = client.get("/metrics", headers=bearer(key)).text
    assert 'matters_requests_total{method="GET",route="/v1/bodies",status="200"} 1.0' in counts
