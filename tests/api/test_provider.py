"""Signing in through the council's own provider: whom it lets in, and whom nobody should."""

import re
import socket
import sqlite3
import subprocess
import sys
import time
from base64 import urlsafe_b64encode
from contextlib import closing

import httpx2
import pytest
from fastapi.testclient import TestClient
from lxml import html

from api.access.callers import SESSION, VISIT
from api.access.people import People
from api.access.roles import Role
from api.access.store import SCHEMA
from api.app import create_app
from api.settings import SettingsError, read_settings
from tests.api.conftest import house_at
from tests.api.provider import CLIENT, SECRET
from tests.shared import ROOT

ADA = {"sub": "0001", "preferred_username": "ada", "groups": ["staff", "Democratic Services"]}
ROLES = "staff=member; Democratic Services=clerk"


@pytest.fixture(scope="module")
def issuer():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen([sys.executable, "-m", "tests.api.provider", str(port)], cwd=ROOT)
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(200):
            try:
                httpx2.get(f"{address}/keys")
                break
            except httpx2.HTTPError:
                time.sleep(0.1)
        yield address
    finally:
        process.kill()
        process.wait()


@pytest.fixture
def say(issuer):
    def say(person: dict = ADA, lie: str = "") -> None:
        httpx2.post(f"{issuer}/say", json={"person": person, "lie": lie})

    say()
    return say


@pytest.fixture
def served(library, tmp_path, issuer, say):
    clients = []

    def serve(base_url: str = "https://council.example", **more) -> TestClient:
        secret = tmp_path / "secret"
        secret.write_text(SECRET + "\n")
        house = house_at(
            library,
            access=tmp_path / "access.sqlite3",
            oidc_issuer=issuer,
            oidc_client=CLIENT,
            oidc_secret=secret,
            oidc_roles=ROLES,
            **more,
        )
        house.embedder()
        client = TestClient(create_app(house), base_url=base_url, raise_server_exceptions=False)
        clients.append(client.__enter__())
        client.people = People(house.store)
        client.audit = house.audit
        return client

    yield serve
    for client in clients:
        client.__exit__(None, None, None)


def go(client, to: str = "") -> str:
    """Go to the provider, and return the address to which it sends the browser back."""
    there = client.get("/sign-in/council", params={"to": to}, follow_redirects=False)
    assert there.status_code == 303, there.text
    return httpx2.get(there.headers["location"]).headers["location"]


def sign_in(client):
    return client.get(go(client), follow_redirects=False)


def visitor(client) -> str:
    """Return what the page says of who is signed in."""
    found = re.search(r"<p>As ([^<]*)\.</p>", client.get("/sign-in").text)
    return found[1] if found else ""


def test_whoever_the_provider_lets_in_has_the_highest_role_that_its_claim_gives(served):
    client = served()
    assert "/sign-in/council" in client.get("/sign-in").text
    reply = sign_in(client)
    assert (reply.status_code, reply.headers["location"]) == (303, "/")
    assert visitor(client) == "ada, clerk"
    lines = [(line.who, line.role, line.did) for line in client.audit.lines()]
    assert lines[0] == ("ada", "clerk", "signed in")


def test_they_come_back_to_where_they_were(served):
    client = served()
    entry = "/commitments?owner=Mrs+Tarn&topic=caf%C3%A9;+lamps"
    link = html.fromstring(client.get(entry, headers={"Accept": "text/html"}).text)
    (at,) = link.xpath("//a[.='Sign in']/@href")
    (council,) = html.fromstring(client.get(at).text).xpath("//a[contains(., 'account')]/@href")
    there = client.get(council, follow_redirects=False).headers["location"]
    assert "lamps" not in there
    back = httpx2.get(there).headers["location"]
    assert client.get(back, follow_redirects=False).headers["location"] == entry


def test_whoever_is_refused_can_try_again_and_still_come_back(served):
    client = served()
    go(client, "/library")
    page = client.get("/sign-in/back?state=of-another&code=1")
    assert page.status_code == 403
    assert html.fromstring(page.text).xpath("//a[contains(., 'account')]/@href") == [
        "/sign-in/council?to=/library"
    ]


@pytest.mark.parametrize(
    "to", ["https://elsewhere.example/", "//elsewhere.example", "/\\x.example"]
)
def test_nobody_is_sent_elsewhere_whatever_an_address_or_a_cookie_says(served, to):
    client = served()
    assert client.get(go(client, to), follow_redirects=False).headers["location"] == "/"
    for kept in (urlsafe_b64encode(to.encode()).decode().rstrip("="), to, "~", "/w=="):
        back = go(client, "/library")
        (name,) = (each for each in client.cookies if each.endswith(VISIT))
        brought = client.cookies[name].strip('"').partition("~")[0]
        client.cookies.clear()
        sent = {"cookie": f"{name}={brought}~{kept}"}
        reply = client.get(back, headers=sent, follow_redirects=False)
        assert (reply.status_code, reply.headers["location"]) == (303, "/")


def test_they_are_known_by_their_subject_and_their_role_is_what_it_is_now(served, say):
    client = served()
    sign_in(client)
    say({**ADA, "preferred_username": "ada.quill", "groups": ["staff"]})
    sign_in(client)
    assert visitor(client) == "ada, member"
    assert [each.name for each in client.people.accounts()] == ["ada"]


def test_nobody_is_taken_for_an_account_of_the_same_name(served, say):
    client = served()
    client.people.add_account("ada", Role.ADMINISTRATOR, "four words go together")
    sign_in(client)
    assert re.fullmatch(r"ada\+[0-9a-f]{16}, clerk", visitor(client))
    say({**ADA, "sub": "0002"})
    sign_in(client)
    assert len(client.people.accounts()) == 3


def test_an_account_of_the_providers_has_no_password(served):
    client = served()
    sign_in(client)
    client.cookies.clear()
    token = re.search(r'name="token" value="(\w+)"', client.get("/sign-in").text)[1]
    for password, status in (("", 422), ("x" * 12, 401)):
        sent = {"token": token, "name": "ada", "password": password}
        assert client.post("/sign-in", data=sent).status_code == status


def test_whoever_has_no_role_here_is_not_let_in(served, say):
    client = served()
    for person in ({**ADA, "groups": ["visitors"]}, {"sub": "0001"}, {**ADA, "groups": None}):
        say(person)
        assert sign_in(client).status_code == 403
    assert client.people.accounts() == []
    assert {line.did for line in client.audit.lines()} == {"failed to sign in"}


def test_a_star_gives_a_role_to_everybody_whom_the_provider_lets_in(served, say):
    say({"sub": "0003", "email": "Bo Pell <bo@council.example>"})
    client = served(oidc_claim="none")
    assert sign_in(client).status_code == 403
    client.app.state.provider._settings.oidc_roles["*"] = Role.MEMBER
    sign_in(client)
    assert visitor(client) == "Bo-Pell-bo@council.example, member"


LIES = [
    "another issuer",
    "for another",
    "out of date",
    "another visit's",
    "another access",
    "another's key",
    "signed with the public key",
    "not signed",
    "let nobody in",
]


@pytest.mark.parametrize("lie", LIES)
def test_no_lie_is_believed(served, say, lie):
    client = served()
    say(ADA, lie)
    reply = sign_in(client)
    assert reply.status_code == 403
    assert "location" not in reply.headers
    assert client.people.accounts() == []
    assert visitor(client) == ""


@pytest.mark.parametrize("lie", ["another issuer's page", "keys without https"])
def test_a_provider_that_is_not_what_it_was_said_to_be_is_not_asked(served, say, lie):
    client = served()
    say(ADA, lie)
    reply = client.get("/sign-in/council", follow_redirects=False)
    assert reply.status_code == 503
    assert "does not answer" in reply.text


def test_an_answer_for_another_browser_or_another_visit_opens_nothing(served):
    client, other = served(), served()
    back = go(client)
    go(other)
    assert other.get(back).status_code == 403
    assert client.get(back.replace("state=", "state=x")).status_code == 403
    assert client.get(back).status_code == 403  # it was begun once, and ended
    back = go(client)
    assert client.get(back, follow_redirects=False).status_code == 303
    assert client.get(back).status_code == 403


def test_nothing_in_the_way_back_says_where_to(served):
    client = served()
    back = go(client) + "&next=https://elsewhere.example&redirect_uri=//elsewhere.example"
    assert client.get(back, follow_redirects=False).headers["location"] == "/"


def test_what_goes_with_the_browser_is_out_of_reach_for_scripts_and_other_hosts(served):
    client = served()
    sent = client.get("/sign-in/council", follow_redirects=False).headers["set-cookie"]
    assert sent.startswith(f"__Host-{VISIT}=")
    assert "HttpOnly" in sent and "Secure" in sent and "SameSite=lax" in sent
    reply = sign_in(client)
    assert f"__Host-{SESSION}=" in reply.headers["set-cookie"]
    assert f'__Host-{VISIT}=""' in reply.headers["set-cookie"]


def test_no_file_holds_the_session_or_what_the_provider_gave(served, tmp_path):
    client = served()
    back = go(client)
    client.get(back)
    kept = client.cookies[f"__Host-{SESSION}"]
    for path in tmp_path.glob("access.sqlite3*"):
        content = path.read_bytes()
        assert kept.encode() not in content
        assert back.partition("code=")[2].encode() not in content


def test_without_a_provider_there_is_no_such_way(client):
    assert client.get("/sign-in/council").status_code == 404
    assert client.get("/sign-in/back?state=x&code=y").status_code == 404
    assert "/sign-in/council" not in client.get("/sign-in").text


def test_a_provider_that_does_not_answer_is_said_not_to(library, tmp_path):
    house = house_at(
        library,
        access=tmp_path / "access.sqlite3",
        oidc_issuer="http://127.0.0.1:9",
        oidc_client=CLIENT,
        oidc_roles="*=member",
    )
    with TestClient(create_app(house)) as client:
        reply = client.get("/sign-in/council")
        assert reply.status_code == 503
        assert "sign-in does not answer just now" in reply.text


@pytest.mark.parametrize(
    ("settings", "reason"),
    [
        ({"OIDC_ISSUER": "https://id.example"}, "needs oidc_client"),
        ({"OIDC_ISSUER": "https://id.example", "OIDC_CLIENT": "x"}, "oidc_roles"),
        (
            {"OIDC_ISSUER": "http://id.example", "OIDC_CLIENT": "x", "OIDC_ROLES": "*=member"},
            "must be an https address",
        ),
        ({"OIDC_ROLES": "staff=king"}, "oidc_roles|OIDC_ROLES"),
        ({"OIDC_ROLES": "staff"}, "oidc_roles|OIDC_ROLES"),
    ],
)
def test_settings_that_would_let_in_nobody_or_anybody_are_refused(settings, reason):
    with pytest.raises(SettingsError, match=reason):
        read_settings({f"MATTERS_{name}": value for name, value in settings.items()})


def test_a_database_of_before_there_were_providers_is_brought_up(tmp_path):
    path = tmp_path / "access.sqlite3"
    with closing(sqlite3.connect(path)) as db:
        db.executescript(SCHEMA + "PRAGMA user_version = 1;")
        db.execute("INSERT INTO account VALUES ('ada', 'clerk', '', 1)")
        db.commit()
    people = People(house_at(tmp_path / "library", access=path).store)
    assert [each.name for each in people.accounts()] == ["ada"]
    token, caller = people.sign_in_from("https://id.example", "7", "bo", Role.MEMBER, 60)
    assert people.with_session(token) == caller
    assert len(people.accounts()) == 2
