"""What an outsider may try: no address, header, method or file name gets them anywhere."""

import re

import pytest
from fastapi.testclient import TestClient
from hypothesis import given, settings
from hypothesis import strategies as st

from api.app import create_app
from api.guarding import HEADERS
from ingest.pipeline import Options
from tests.api.conftest import house_at
from tests.test_documents import page_paths

PLACES = {"paper": "0" * 16, "number": "1", "passage": "0" * 20, "body": "Cabinet"}
PLACES |= {"commitment": "0" * 16, "day": "2024-03-12"}
WAYS = ["GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE", "TRACE", "QUERY", "GET\u00e9"]


@pytest.fixture(scope="module")
def outside(library):
    """A client of a server that counts nobody's requests."""
    house = house_at(library, per_minute=0)
    house.embedder()
    with TestClient(create_app(house), raise_server_exceptions=False) as client:
        yield client


def addresses(client) -> list[str]:
    api = client.get("/openapi.json").json()["paths"]
    return sorted(page_paths() | set(api) | {"/briefings", "/sign-in", "/static/style.css"})


def filled(address: str, places: dict[str, str] = PLACES) -> str:
    return re.sub(r"\{(\w+)\}", lambda found: places[found[1]], address)


def test_every_page_and_every_refusal_has_the_careful_headers(outside):
    for address in [*addresses(outside), "/nothing", "/static/../../etc/passwd"]:
        headers = outside.get(filled(address), follow_redirects=False).headers
        for name in HEADERS:
            assert name in headers, (address, name)
        assert "unsafe" not in headers["content-security-policy"]
        assert "*" not in headers["content-security-policy"]
        assert headers["x-frame-options"] == "DENY" or "/file" in address
        assert headers["x-content-type-options"] == "nosniff"


def test_no_page_needs_what_its_policy_forbids(outside):
    for address in sorted(page_paths()):
        html = outside.get(filled(address), headers={"Accept": "text/html"}).text
        assert not re.search(r"<script(?![^>]*\ssrc=)|\sstyle=|\son\w+=|javascript:", html), address
        assert not re.search(r"""(?:src|href)=["'](?:https?:)?//""", html), address


@pytest.mark.parametrize("days", [0, 365])
def test_browsers_are_told_to_come_by_https_alone_where_the_operator_says_so(library, days):
    with TestClient(create_app(house_at(library, https_days=days))) as client:
        told = client.get("/healthz").headers.get("strict-transport-security")
    assert told == ("max-age=31536000" if days else None)


CLIMBS = ["../../access.sqlite3", "..%2f..%2faccess.sqlite3", "%2e%2e/%2e%2e/access.sqlite3"]
CLIMBS += [
    "....//access.sqlite3",
    "..\\..\\access.sqlite3",
    "/etc/passwd",
    "%2fetc%2fpasswd",
    "\x00",
]


@pytest.mark.parametrize("climb", CLIMBS)
def test_no_address_climbs_out_of_what_is_served(outside, climb):
    for address in ("/static/{}", "/v1/papers/{}/file", "/papers/{}", "/papers/{}/pages/1.png"):
        reply = outside.get(address.format(climb.replace("\x00", "%00")))
        assert reply.status_code in (404, 422), (address, climb)
        assert b"SQLite format" not in reply.content and b"root:" not in reply.content


ODD = ["\u0000", "\ud800", "\u202e", "e\u0301" * 300, "<script>", "'\";--", "%", "%zz", "${7*7}"]
ODD += ["{{7*7}}", "-1", "9" * 400, "../" * 50, "x" * 2_000, "\r\nSet-Cookie: a=b", "\uffff", " "]


FIELDS = ("q", "topic", "body", "since", "number", "page", "passage", "also", "owner")


def is_page(reply) -> bool:
    return reply.headers.get("content-type", "").startswith(("text/html", "image/svg"))


def encoded(text: str) -> str:
    return "".join(f"%{each:02x}" for each in text.encode("utf-8", "surrogatepass"))


@pytest.mark.parametrize("odd", range(len(ODD)))
def test_nothing_odd_in_an_address_makes_the_server_fail_or_is_given_back_as_markup(outside, odd):
    given_odd = encoded(ODD[odd])
    for address in addresses(outside):
        query = "&".join(f"{name}={given_odd}" for name in FIELDS)
        reply = outside.get(f"{filled(address)}?{query}", follow_redirects=False)
        assert reply.status_code < 500, (address, reply.text)
        assert not is_page(reply) or "<script>" not in reply.text
        assert "set-cookie: a=b" not in str(reply.headers).lower()
        if "{" in address:
            place = dict.fromkeys(PLACES, given_odd)
            reply = outside.get(filled(address, place), follow_redirects=False)
            assert reply.status_code < 500, (address, reply.text)
            assert not is_page(reply) or "<script>" not in reply.text


@pytest.mark.parametrize("way", WAYS)
def test_no_method_but_those_that_are_meant_does_anything(outside, way):
    for address in addresses(outside):
        reply = outside.request(way.encode("latin-1").decode("latin-1"), filled(address))
        assert reply.status_code < 500, (way, address)
        if way not in ("GET", "HEAD", "POST", "PATCH"):
            assert reply.status_code in (404, 405), (way, address)


@pytest.mark.parametrize("host", ["elsewhere.example", "a b", "x" * 5_000, "[::1", "a:99999", ""])
def test_no_name_that_a_caller_gives_the_server_makes_it_fail_or_send_them_there(outside, host):
    for address in addresses(outside):
        reply = outside.get(filled(address), headers={"Host": host}, follow_redirects=False)
        assert reply.status_code < 500, (address, host)
        assert "elsewhere" not in reply.headers.get("location", "")


@given(
    st.dictionaries(
        st.sampled_from(["Range", "If-None-Match", "If-Modified-Since", "Accept", "Cookie"]),
        st.text(st.characters(max_codepoint=255, exclude_characters="\r\n\0"), max_size=40),
    )
)
@settings(max_examples=25, deadline=None)
def test_no_header_makes_the_server_fail(outside, sent):
    given_headers = {name: value.encode("latin-1") for name, value in sent.items()}
    for address in ("/", "/v1/papers", "/static/style.css", "/sign-in", "/nothing"):
        assert outside.get(address, headers=given_headers).status_code < 500


@pytest.mark.parametrize("ranges", ["bytes=0-1", "bytes=" + ",".join(["0-"] * 2_000), "bytes=9-1"])
def test_a_range_of_a_file_gives_no_more_than_the_file(outside, ranges):
    whole = outside.get("/static/style.css").content
    reply = outside.get("/static/style.css", headers={"Range": ranges})
    assert reply.status_code in (200, 206, 400, 416)
    assert len(reply.content) <= len(whole)


NAMES = [
    'a"b.txt',
    "a\nb.txt",
    "a;b.txt",
    "ü \u202ecod.txt",
    "%0d%0aX: y.txt",
    "<b>.txt",
    "x'y.txt",
]


def test_no_name_of_a_file_ends_its_header_or_is_markup_on_a_page(tmp_path):
    papers = tmp_path / "papers"
    papers.mkdir()
    for number, name in enumerate(NAMES):
        (papers / name).write_text(f"Minutes\n\n{number}. Quay\n\nThe quay was mended {number}.\n")
    house = house_at(tmp_path / "library", per_minute=0)
    house.ingest([papers], Options(), lambda _: None)
    house.embedder()
    with TestClient(create_app(house), raise_server_exceptions=False) as client:
        listed = client.get("/v1/papers").json()["papers"]
        assert {each["file_name"] for each in listed} == set(NAMES)
        for each in listed:
            given_name = client.get(each["file"]).headers["content-disposition"]
            assert re.fullmatch(r"inline; filename\*=UTF-8''[\w.%~-]+", given_name)
            page = client.get(f"/papers/{each['id']}").text
            assert "<b>.txt" not in page
        assert "<b>.txt" not in client.get("/papers").text + client.get("/?q=quay").text


VALUES = [r'"\ud800"', r'"\udfff\ud800 quay"', r'"\u0000"', "null", "1e999", "NaN", "9" * 5_000]
VALUES += [
    "[" * 30_000,
    '{"a":' * 9_000,
    '"' + "(a) 1. " * 60 + '"',
    '"' + "1/2/" * 120 + '"',
    "[]",
]


@pytest.mark.parametrize("value", range(len(VALUES)))
def test_no_value_makes_the_server_fail(outside, value):
    bodies = ['{"question": %s}', '{"topic": %s}', "%s"]
    bodies += [f'{{"question": "quay", {each}}}' for each in ('"limit": %s', '"ignore": [%s]')]
    bodies += ['{"question": "quay", "filters": {"bodies": [%s], "papers": [%s]}}']
    bodies += ['{"topic": "quay", "questions": [%s]}', '{"topic": "quay", "passages": [%s]}']
    bodies += ['{"question": "quay", "filters": {"bodies": [%s]}}']
    for body in bodies:
        for address in ("/v1/ask", "/v1/briefings"):
            content = body.replace("%s", VALUES[value])
            sent = {"Content-Type": "application/json"}
            reply = outside.post(address, content=content.encode(), headers=sent)
            assert reply.status_code < 500, (address, content[:60])
