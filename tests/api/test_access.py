"""Who may come in, and how nobody else does."""

import json
import re
import sqlite3
import stat
from dataclasses import replace

import pytest
from fastapi.testclient import TestClient
from lxml import html

from api.access.callers import FORM, SESSION
from api.access.errors import (
    AccessError,
    BadName,
    BadPassword,
    NameTaken,
    NoSuchAccount,
    NoSuchKey,
    TooManyTries,
    UnknownKey,
    WrongPassword,
)
from api.access.hashing import BLOCK, COST, PARALLEL, hash_password, is_password
from api.access.people import DESK, KEY, SHORTEST, TRIES, TRIES_SECONDS, People
from api.access.roles import Role
from api.access.store import AccessStore
from api.app import create_app
from api.cli.serving import is_this_machine
from api.problems import STATUS
from api.settings import SettingsError, read_settings
from search.library import Library
from tests.api.conftest import house_at
from tests.search.factory import embedded, paper
from tests.shared import ROOT

PASSWORD = "four words go together"
HOUR = 3600


class Clock:
    now = 1_900_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def store(tmp_path):
    return AccessStore(tmp_path / "access.sqlite3")


@pytest.fixture
def people(store, clock):
    return People(store, clock)


def test_every_refusal_has_a_status():
    assert set(AccessError.__subclasses__()) <= STATUS.keys()


def test_each_role_may_do_what_those_before_it_may():
    for at, role in enumerate(Role):
        assert [role.at_least(other) for other in Role] == [n <= at for n in range(len(Role))]


def test_whoever_only_looks_makes_no_database(people, store):
    assert not people.anyone()
    with pytest.raises(UnknownKey):
        people.with_key("ma_x")
    assert people.with_session("x") is None
    assert not store.path.exists()


def test_nobody_but_the_owner_may_read_the_database(people, store):
    people.add_key("website", Role.PUBLIC, 1)
    assert stat.S_IMODE(store.path.stat().st_mode) == 0o600


def test_no_file_holds_a_password_a_key_or_a_session(people, store):
    people.add_account("ada", Role.OFFICER, PASSWORD)
    key = people.add_key("website", Role.OFFICER, 1)
    token, _ = people.sign_in("ada", PASSWORD, "here", HOUR)
    for file in store.path.parent.iterdir():
        content = file.read_bytes()
        assert not [each for each in (PASSWORD, key, token) if each.encode() in content]


def test_a_password_is_known_again_and_no_other_is():
    kept = hash_password(PASSWORD)
    assert is_password(PASSWORD, kept)
    assert not is_password(PASSWORD + " ", kept)
    assert not is_password("", None)
    assert hash_password(PASSWORD) != kept


def test_the_document_gives_the_true_limits():
    told = " ".join((ROOT / "docs" / "trust.md").read_text().split())
    assert (TRIES, TRIES_SECONDS) == ({"account": 10, "address": 50}, 15 * 60)
    assert "Ten wrong passwords for one account, or fifty from one address" in told
    assert f"Passwords have {SHORTEST} characters or more" in told
    assert f"N = 2^{COST.bit_length() - 1}, r = {BLOCK}, p = {PARALLEL}" in told


class TestKeys:
    def test_a_key_opens_what_its_role_may_see(self, people):
        key = people.add_key("website", Role.MEMBER, 1)
        assert key.startswith(KEY)
        assert people.with_key(key).role is Role.MEMBER

    def test_an_expired_or_revoked_key_opens_nothing(self, people, clock):
        old, other = (people.add_key("x", Role.MEMBER, days) for days in (1, 9))
        clock.now += 2 * 24 * HOUR
        people.revoke_key(other)
        for key in (old, other, "ma_never", ""):
            with pytest.raises(UnknownKey):
                people.with_key(key)
        with pytest.raises(NoSuchKey):
            people.revoke_key(other)
        assert not people.anyone()


class TestAccounts:
    def test_an_account_is_known_by_its_name_in_any_case(self, people):
        people.add_account("Ada", Role.CLERK, PASSWORD)
        assert people.sign_in("ada", PASSWORD, "here", HOUR)[1].name == "Ada"
        with pytest.raises(NameTaken):
            people.add_account("ADA", Role.PUBLIC, PASSWORD)

    @pytest.mark.parametrize("name", ["", "a b", "x" * 81, "a\nb"])
    def test_a_name_is_one_word(self, people, name):
        with pytest.raises(BadName):
            people.add_account(name, Role.CLERK, PASSWORD)

    @pytest.mark.parametrize("password", ["", "short", "x" * 201])
    def test_a_password_is_neither_short_nor_endless(self, people, password):
        with pytest.raises(BadPassword):
            people.add_account("ada", Role.CLERK, password)

    def test_a_session_ends_with_its_time_its_account_or_another_password(self, people, clock):
        people.add_account("ada", Role.CLERK, PASSWORD)
        token, caller = people.sign_in("ada", PASSWORD, "here", HOUR)
        assert people.with_session(token) == caller
        people.change_password("ada", PASSWORD + "!")
        assert people.with_session(token) is None
        token, _ = people.sign_in("ada", PASSWORD + "!", "here", HOUR)
        clock.now += HOUR
        assert people.with_session(token) is None
        token, _ = people.sign_in("ada", PASSWORD + "!", "here", HOUR)
        people.remove_account("ada")
        assert people.with_session(token) is None
        with pytest.raises(NoSuchAccount):
            people.remove_account("ada")

    def test_guessing_is_stopped_for_a_while_even_with_the_right_password(self, people, clock):
        people.add_account("ada", Role.CLERK, PASSWORD)
        for number in range(TRIES["account"]):
            with pytest.raises(WrongPassword):
                people.sign_in("ada", "wrong", f"address {number}", HOUR)
        with pytest.raises(TooManyTries):
            people.sign_in("ADA", PASSWORD, "home", HOUR)
        clock.now += TRIES_SECONDS
        assert people.sign_in("ada", PASSWORD, "home", HOUR)

    def test_a_crowd_at_the_desk_is_told_to_come_again_and_its_tries_do_not_count(self, people):
        people.add_account("ada", Role.CLERK, PASSWORD)
        places = 0
        while DESK.acquire(blocking=False):
            places += 1
        try:
            for _ in range(TRIES["account"] + 1):
                with pytest.raises(TooManyTries):
                    people.sign_in("ada", PASSWORD, "here", HOUR)
        finally:
            DESK.release(places)
        assert people.sign_in("ada", PASSWORD, "here", HOUR)

    def test_signing_in_forgives_the_tries_of_that_account(self, people):
        people.add_account("ada", Role.CLERK, PASSWORD)
        for _ in range(3):
            for _ in range(TRIES["account"] - 1):
                with pytest.raises(WrongPassword):
                    people.sign_in("ada", "wrong", "here", HOUR)
            people.sign_in("ada", PASSWORD, "here", HOUR)

    def test_an_account_that_is_not_there_is_refused_as_a_wrong_password_is(self, people):
        with pytest.raises(WrongPassword):
            people.sign_in("nobody", PASSWORD, "here", HOUR)


OPEN = paper(["The lido opens at nine."], source="/papers/open.md")
SECRET = paper(["The zyzzyva is sold."], source="/papers/secret.md")
SECRET = replace(SECRET, exempt=True, closed=((0, len(SECRET.text.text)),))


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "library"
    with Library.create_or_open(folder, "hash", 64) as library:
        library.keep(embedded(OPEN, SECRET))
    return folder


@pytest.fixture
def served(folder):
    """Return a function that gives a client of the service, over http or https."""
    clients = []

    def serve(base_url: str = "http://council.example", **settings: object) -> TestClient:
        house = house_at(folder, **settings)
        house.embedder()
        client = TestClient(create_app(house), base_url=base_url, raise_server_exceptions=False)
        clients.append(client.__enter__())
        return client

    yield serve
    for client in clients:
        client.__exit__(None, None, None)


def people_at(folder) -> People:
    return People(house_at(folder).store)


def bearer(key: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {key}"}


def total(client, **headers) -> int:
    return client.get("/v1/papers", headers=headers).json()["total"]


def sign_in(client, name: str, password: str = PASSWORD, **extra: str):
    page = client.get("/sign-in").text
    token = re.search(r'name="token" value="([0-9a-f]{64})"', page)[1]
    fields = {"token": token, "name": name, "password": password, **extra}
    return client.post("/sign-in", data=fields, follow_redirects=False)


@pytest.mark.parametrize(
    ("name", "password", "asked"),
    [("", "", ["#name", "#password"]), ("ada", "", ["#password"]), (" ", PASSWORD, ["#name"])],
)
def test_what_is_left_empty_at_signing_in_is_asked_for_and_no_try(served, name, password, asked):
    client = served()
    for _ in range(TRIES["account"] + 1):
        reply = sign_in(client, name, password)
        assert reply.status_code == 422
    page = html.fromstring(reply.text)
    assert page.xpath("//div[@role='alert']//a/@href") == asked
    for field in asked:
        assert page.xpath("//input[@id=$id][@aria-invalid]", id=field.removeprefix("#"))
    assert not any(each.did == "failed to sign in" for each in client.app.state.house.audit.lines())


@pytest.mark.parametrize(("role", "papers"), [*zip(Role, [1, 1, 2, 2, 2], strict=True)])
def test_only_an_officers_key_and_those_above_open_what_is_exempt(served, folder, role, papers):
    key = people_at(folder).add_key("x", role, 1)
    client = served()
    assert total(client, **bearer(key)) == papers
    status = 200 if papers == 2 else 404
    for address in (f"/v1/papers/{SECRET.id}", f"/v1/passages/{SECRET.passages[0].id}"):
        assert client.get(address, headers=bearer(key)).status_code == status
    answer = client.post("/v1/ask", json={"question": "zyzzyva"}, headers=bearer(key)).text
    assert ("is sold" in answer) is (papers == 2)


def test_a_council_may_show_members_what_is_exempt(served, folder):
    key = people_at(folder).add_key("x", Role.MEMBER, 1)
    assert total(served(reads_exempt=Role.MEMBER), **bearer(key)) == 2


def test_what_is_exempt_cannot_be_set_to_be_for_everyone():
    with pytest.raises(SettingsError, match="cannot be for everyone"):
        read_settings({"MATTERS_READS_EXEMPT": "public"})


def test_clerks_who_read_papers_in_cannot_be_kept_from_what_is_exempt():
    with pytest.raises(SettingsError, match="clerks read papers in"):
        read_settings({"MATTERS_READS_EXEMPT": "administrator"})
    assert read_settings({"MATTERS_READS_EXEMPT": "clerk"}).reads_exempt is Role.CLERK


@pytest.mark.parametrize("header", ["Bearer ma_wrong", "bearer ", "Bearer ma_" + "x" * 5000])
def test_a_key_that_opens_nothing_is_refused_even_for_what_is_open(served, header):
    reply = served().get("/v1/papers", headers={"Authorization": header})
    assert (reply.status_code, reply.headers["www-authenticate"]) == (401, "Bearer")
    assert reply.json()["type"] == "urn:matters-arising:unknown-key"


def test_a_service_that_is_not_open_to_everyone_asks_to_sign_in(served, folder):
    client = served(reads_open=Role.MEMBER, reads_exempt=Role.OFFICER)
    for address in ("/v1/papers", "/v1/bodies", f"/v1/papers/{OPEN.id}", "/?q=lido"):
        assert client.get(address).status_code == 401
    page = client.get("/", headers={"Accept": "text/html"}, follow_redirects=False)
    assert (page.status_code, page.headers["location"]) == (303, "/sign-in?to=/")
    key = people_at(folder).add_key("x", Role.MEMBER, 1)
    assert total(client, **bearer(key)) == 1


class TestSigningIn:
    @pytest.fixture(autouse=True)
    def ada(self, folder):
        people_at(folder).add_account("ada", Role.OFFICER, PASSWORD)

    def test_whoever_signs_in_sees_what_their_role_may_until_they_sign_out(self, served):
        client = served()
        assert total(client) == 1
        assert sign_in(client, "ada").headers["location"] == "/"
        assert total(client) == 2
        token = re.search(r'name="token" value="(\w+)"', client.get("/sign-in").text)[1]
        kept = client.cookies[SESSION]
        client.post("/sign-out", data={"token": token})
        assert total(client) == 1
        client.cookies.set(SESSION, kept)
        assert total(client) == 1

    def test_a_wrong_password_is_refused_and_says_not_which_of_the_two_is_wrong(self, served):
        client = served()
        one, other = sign_in(client, "ada", "wrong"), sign_in(client, "bob")
        assert one.status_code == other.status_code == 401
        assert one.text.replace('value="ada"', 'value="bob"') == other.text
        assert SESSION not in client.cookies

    def test_a_form_from_elsewhere_is_refused(self, served):
        client = served()
        fields = {"name": "ada", "password": PASSWORD}
        assert client.post("/sign-in", data=fields).status_code == 403
        client.get("/sign-in")
        assert client.post("/sign-in", data={**fields, "token": "0" * 64}).status_code == 403
        sign_in(client, "ada")
        assert client.post("/sign-out").status_code == 403
        assert total(client) == 2

    def test_cookies_are_out_of_reach_for_scripts_and_other_sites(self, served):
        client = served()
        form = client.get("/sign-in").headers["set-cookie"]
        session = sign_in(client, "ada").headers["set-cookie"]
        assert "HttpOnly" in form and "SameSite=strict" in form
        assert "HttpOnly" in session and "SameSite=lax" in session
        assert "Domain" not in form + session

    @pytest.mark.parametrize(
        ("address", "settings"),
        [("https://council.example", {}), ("http://council.example", {"https": True})],
    )
    def test_over_https_cookies_belong_to_this_host_alone(self, served, address, settings):
        client = served(address, **settings)
        reply = client.get("/sign-in")
        assert reply.headers["set-cookie"].startswith(f"__Host-{FORM}=")
        assert "Secure" in reply.headers["set-cookie"]

    def test_guessing_is_told_to_wait(self, served):
        client = served()
        for _ in range(TRIES["account"]):
            assert sign_in(client, "ada", "wrong").status_code == 401
        refused = sign_in(client, "ada")
        assert refused.status_code == 429
        assert 0 < int(refused.headers["retry-after"]) <= TRIES_SECONDS

    def test_the_page_escapes_what_was_typed(self, served):
        assert "<b>x" not in sign_in(served(), "<b>x", "wrong").text


class TestCommands:
    def test_a_key_is_shown_once_and_listed_by_its_beginning(self, matters, folder):
        added = matters("keys", "add", "website", "--role", "officer", library=folder)
        key = added.stdout.splitlines()[0]
        assert people_at(folder).with_key(key).role is Role.OFFICER
        listed = matters("keys", "list", library=folder).output
        assert key not in listed
        assert key[:11] in listed and "website" in listed
        assert matters("keys", "revoke", key[:11], library=folder).exit_code == 0
        assert "revoked" in matters("keys", "list", library=folder).output
        assert matters("keys", "revoke", key[:11], library=folder).exit_code == 1

    def test_accounts_are_added_listed_changed_and_removed(self, matters, folder):
        def run(*words, typed=""):
            return matters("accounts", *words, library=folder, typed=typed)

        twice = f"{PASSWORD}\n{PASSWORD}\n"
        assert "no accounts" in run("list").output
        assert run("add", "ada", "--role", "clerk", typed=twice).exit_code == 0
        assert run("add", "ada", "--role", "clerk", typed=twice).exit_code == 1
        assert "clerk" in run("list").output
        assert run("password", "ada", typed=twice.replace("four", "five")).exit_code == 0
        assert people_at(folder).sign_in("ada", PASSWORD.replace("four", "five"), "x", 1)
        assert run("remove", "ada").exit_code == 0
        assert run("remove", "ada").exit_code == 1

    def test_without_accounts_only_this_machine_is_served(self, matters, folder):
        refused = matters("serve", "--host", "0.0.0.0", library=folder)
        assert refused.exit_code == 1
        assert "matters accounts add" in refused.output

    @pytest.mark.parametrize(
        ("host", "here"),
        [
            ("127.0.0.1", True),
            ("::1", True),
            ("localhost", True),
            ("0.0.0.0", False),
            ("::", False),
        ],
    )
    def test_this_machine_is_known_by_its_addresses(self, host, here):
        assert is_this_machine(host) is here


class TestAudit:
    def done(self, matters, folder, **environment) -> list[dict]:
        printed = matters("audit", "export", library=folder, **environment).stdout
        return [json.loads(line) for line in printed.splitlines()]

    def test_it_holds_who_read_what_is_exempt_and_no_question(self, matters, served, folder):
        key = people_at(folder).add_key("x", Role.OFFICER, 1)
        client = served()
        client.post("/v1/ask", json={"question": "zyzzyva"}, headers=bearer(key))
        client.get(f"/v1/papers/{SECRET.id}", headers=bearer(key))
        client.get("/v1/papers")
        lines = self.done(matters, folder)
        assert [(each["who"], each["did"], each["what"]) for each in lines] == [
            (key[:11], "read", "POST /v1/ask"),
            (key[:11], "read", f"GET /v1/papers/{SECRET.id}"),
        ]
        assert "zyzzyva" not in json.dumps(lines)

    def test_questions_are_kept_where_the_operator_says_so(self, matters, served, folder):
        key = people_at(folder).add_key("x", Role.OFFICER, 1)
        client = served(audit_questions=True)
        for headers in (bearer(key), {}):
            client.post("/v1/ask", json={"question": "where is the lido?"}, headers=headers)
        asked = [each for each in self.done(matters, folder) if each["did"] == "asked"]
        assert [each["what"] for each in asked] == ["where is the lido?"]

    def test_it_holds_sign_ins_that_failed_and_those_that_did_not(self, matters, served, folder):
        people_at(folder).add_account("ada", Role.OFFICER, PASSWORD)
        client = served()
        sign_in(client, "ada", "wrong")
        sign_in(client, "ada")
        did = [(each["who"], each["did"]) for each in self.done(matters, folder)]
        assert did == [("ada", "failed to sign in"), ("ada", "signed in")]

    def test_it_holds_what_was_read_in_and_removed_and_by_whom(self, matters, papers, tmp_path):
        folder = tmp_path / "library"
        matters("ingest", papers, library=folder)
        matters("ingest", papers, library=folder)
        matters("remove", papers / "ferry.html", library=folder)
        lines = self.done(matters, folder)
        assert [each["did"] for each in lines] == ["added", "removed"]
        assert lines[1]["what"] == str(papers / "ferry.html")
        assert all("command line" in each["who"] for each in lines)

    def test_no_line_can_be_changed_or_taken_out(self, folder):
        house = house_at(folder)
        house.audit.add(house.caller, "did")
        with house.store.writing() as db:
            for change in ("UPDATE audit SET did = 'no'", "DELETE FROM audit"):
                with pytest.raises(sqlite3.IntegrityError):
                    db.execute(change)

    def test_old_lines_go_and_newer_ones_stay(self, store, clock):
        from api.access.audit import Audit
        from api.access.roles import ANYONE

        audit = Audit(store, clock)
        audit.add(ANYONE, "long ago")
        clock.now += 10 * 24 * HOUR
        audit.add(ANYONE, "today")
        audit.forget_older(5)
        assert [(line.number, line.did) for line in audit.lines()] == [(2, "today")]
