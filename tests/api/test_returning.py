"""The way back: to where somebody was, and never to another service."""

import re
from urllib.parse import quote, urlsplit

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from api.access.people import People
from api.access.roles import Role
from api.app import create_app
from api.returning import LONGEST, same_site
from tests.api.conftest import house_at

PASSWORD = "four words go together"
BROWSER = {"Accept": "text/html"}

ELSEWHERE = [
    "https://elsewhere.example/",
    "//elsewhere.example/",
    "/\\elsewhere.example/",
    "\\\\elsewhere.example/",
    "/\t/elsewhere.example/",
    " /commitments",
    "javascript:alert(1)",
    "commitments",
    "/commitments\r\nSet-Cookie: x=1",
    "/" + "a" * LONGEST,
]


@pytest.mark.parametrize("address", ELSEWHERE)
def test_what_may_lead_elsewhere_is_no_address_of_ours(address):
    assert same_site(address) == ""


@pytest.mark.parametrize("address", ["/", "/ask?q=a%20b&body=Cabinet#hit-3", "/bodies/Caf%C3%A9"])
def test_an_address_of_ours_is_kept_as_it_is(address):
    assert same_site(address) == address


@given(st.text(st.sampled_from("/\\:@?#.ab \t\n%"), max_size=12))
def test_an_address_that_is_kept_names_no_host_whoever_reads_it(address):
    if kept := same_site(address):
        # Browsers take a backslash for a slash, and leave tabs and line ends out.
        read = re.sub(r"[\t\r\n]", "", kept).replace("\\", "/").strip()
        assert (urlsplit(read).netloc, urlsplit(read).scheme) == ("", "")
        assert not read.startswith("//")


@pytest.fixture
def client(library, tmp_path):
    house = house_at(library, access=tmp_path / "access.sqlite3")
    People(house.store).add_account("ada", Role.OFFICER, PASSWORD)
    house.embedder()
    with TestClient(create_app(house)) as client:
        yield client
    house.close()


def opened(client, address: str):
    return html.fromstring(client.get(address, headers=BROWSER).text)


def sign_in(client, address: str) -> str:
    """Sign in from a page as its form does; return where that leads."""
    (form,) = opened(client, address).xpath("//form[@action='/sign-in']")
    sent = {**dict(form.form_values()), "name": "ada", "password": PASSWORD}
    wrong = client.post("/sign-in", data={**sent, "password": "wrong"}, headers=BROWSER)
    assert wrong.status_code == 401
    (again,) = html.fromstring(wrong.text).xpath("//form[@action='/sign-in']")
    assert again.form_values()[1] == ("to", sent["to"])
    return client.post("/sign-in", data=sent, follow_redirects=False).headers["location"]


def test_whoever_signs_in_comes_back_to_the_page_with_its_filters(client):
    page = "/papers?body=Harbour+Committee&kind=minutes"
    (link,) = opened(client, page).xpath("//header//a[.='Sign in']/@href")
    assert sign_in(client, link) == page


def test_a_page_that_asks_to_sign_in_is_opened_afterwards(client):
    reply = client.get("/uploads", headers=BROWSER, follow_redirects=False)
    assert sign_in(client, reply.headers["location"]) == "/uploads"


@pytest.mark.parametrize("address", ELSEWHERE)
def test_signing_in_leads_to_no_other_service(client, address):
    assert sign_in(client, f"/sign-in?to={quote(address, safe='')}") == "/"


def test_the_way_back_from_a_page_keeps_the_question_its_filters_and_the_hit(client):
    asked = "/ask?q=mooring+fees&body=Harbour+Committee&order=latest&group=meeting"
    page = opened(client, asked)
    (hit,) = page.xpath("//*[@id='hit-2']/a/@href")
    leaf = opened(client, hit)
    assert leaf.xpath("//a[.='Back to the answer']/@href") == [f"{asked}#hit-2"]
    twins = page.xpath("//ul[@class='twins']//a/@href")
    for link in twins:
        assert opened(client, link).xpath("//a[.='Back to the answer']/@href")


def test_the_way_back_stays_from_one_page_of_a_paper_to_the_next(client):
    listed = "/papers?kind=report&since=2000-01-01"
    listed = "/papers?kind=report"
    (leaf,) = [
        each
        for each in opened(client, listed).xpath("//ul[@class='papers']/li/a/@href")
        if opened(client, each).xpath("//a[@rel='next']")
    ]
    (following,) = set(opened(client, leaf).xpath("//a[@rel='next']/@href"))
    assert opened(client, following).xpath("//a[.='Back to the papers']/@href") == [listed]
