"""The page of a paper: its picture, its words, and what is marked in both."""

import re
import shutil

import pytest
from fastapi.testclient import TestClient
from lxml import html

from api.app import create_app
from api.routes.pages.leaf import PART, WIDTHS
from api.viewing.quoted import named
from ingest.pipeline import Options
from search.answer import Filters
from tests.api.conftest import house_at
from tests.api.papers import write_papers


def paper(client, name: str) -> str:
    listed = client.get("/v1/papers").json()["papers"]
    return next(each["id"] for each in listed if each["file_name"] == name)


def hit_in(house, question: str, name: str):
    hits = house.ask(question, Filters(), 10).hits
    return next(hit for hit in hits if hit.paper.source.endswith(name))


def opened(client, address: str):
    reply = client.get(address, headers={"accept": "text/html"})
    assert reply.status_code == 200, reply.text
    return html.fromstring(reply.text)


def words(found, path: str) -> str:
    return " ".join(" ".join(each.text_content() for each in found.xpath(path)).split())


@pytest.fixture
def lighthouse(client) -> str:
    return paper(client, "lighthouse.pdf")


def test_a_passage_of_a_pdf_is_marked_on_its_picture_and_in_its_text(client, house, lighthouse):
    hit = hit_in(house, "Who paints the lighthouse red and white?", "lighthouse.pdf")
    start, end = hit.answer
    found = opened(
        client,
        f"/papers/{lighthouse}/pages/2?passage={hit.passage}&sentence={start}-{end}",
    )
    assert found.xpath("//*[name()='svg']/*[name()='rect' and @class='passage']")
    assert found.xpath("//*[name()='svg']/*[name()='rect' and @class='answer']")
    assert words(found, "//div[@class='text']//mark[@class='answer']") == hit.text[start:end]


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("What was decided about dredging the inner harbour?", "minutes.txt"),
        ("How many passengers did the winter ferry carry?", "ferry.html"),
    ],
)
def test_a_passage_of_a_paper_without_pages_is_marked_in_its_text(client, house, question, name):
    hits = house.ask(question, Filters(), 10).hits
    hit = hits[0]
    start, end = hit.answer
    found = opened(
        client, f"/papers/{hit.paper.id}/pages/1?passage={hit.passage}&sentence={start}-{end}"
    )
    marked = words(found, "//div[@class='text']//mark[@class='answer']")
    assert marked == " ".join(hit.text[start:end].split())
    assert found.xpath("//*[@id='mark']")
    assert found.xpath("//img[contains(@src, '.png')]") == []


@pytest.mark.parametrize(
    "asked",
    ["passage=" + "0" * 20, "passage=%22%3E", "sentence=5-9", "also=x,y", "zoom=9", "part=99"],
)
def test_an_address_that_names_nothing_here_marks_nothing(client, lighthouse, asked):
    found = opened(client, f"/papers/{lighthouse}/pages/2?{asked}")
    assert found.xpath("//mark") == []
    assert found.xpath("//*[name()='rect']") == []


PAINTED = "red and white by Brightwork Painters"


@pytest.fixture
def quoted(house, lighthouse):
    """Return the address of a page of the lighthouse's report, with some of its words marked."""
    with house.view() as view:
        text = view.paper(lighthouse).text.text

    def address(number: int, *quotations: str) -> str:
        words = named((text.index(each), each) for each in quotations)
        return f"/papers/{lighthouse}/pages/{number}?words={words}"

    return address


def marked(found) -> list[str]:
    return [" ".join(each.text_content().split()) for each in found.xpath("//mark")]


def test_quoted_words_are_marked_on_the_picture_and_in_the_text_and_no_others(client, quoted):
    found = opened(client, quoted(2, PAINTED, "Painting"))
    assert marked(found) == ["Painting", PAINTED]
    boxes = found.xpath("//*[name()='svg']/*[name()='rect' and @class='answer']")
    assert len(boxes) == 2
    assert [each.get("id") for each in boxes] == ["mark", None]
    assert "What was quoted is marked on the page" in words(found, "//div[@class='notice']")


def test_quoted_words_that_cross_a_page_are_marked_on_both(client, house, lighthouse):
    with house.view() as view:
        text = view.paper(lighthouse).text.text
    start, end = text.index("was built"), text.index("shall be")
    address = f"?words={named([(start, text[start:end])])}"
    first = opened(client, f"/papers/{lighthouse}/pages/1{address}")
    assert marked(first) == ["was built in 1871."]
    (next_page,) = first.xpath("//div[@class='notice']//a[.='page 2']/@href")
    second = opened(client, next_page)
    assert marked(second) == ["Painting", "The lighthouse"]
    assert "It begins on page 1" in words(second, "//div[@class='notice']")


def test_quoted_words_of_another_page_are_carried_on_and_not_said_to_be_on_this_one(client, quoted):
    found = opened(client, quoted(1, PAINTED))
    assert marked(found) == []
    assert found.xpath("//div[@class='notice']|//*[@id='mark']|//*[name()='rect']") == []
    (link, *_) = found.xpath("//a[@rel='next']/@href")
    assert marked(opened(client, link)) == [PAINTED]


def test_words_that_the_paper_does_not_have_there_are_not_marked(client, house, lighthouse):
    with house.view() as view:
        at = view.paper(lighthouse).text.text.index(PAINTED)
    right = named([(at, PAINTED)])
    spans, _, told = right.partition("~")
    wrong = [
        named([(at + 1, PAINTED)]),
        named([(at, PAINTED.replace("red", "tar"))]),
        named([(at + 5_000_000, PAINTED)]),
        f"{spans},{spans}~{told}",
        f"{spans}~{'0' * 8}",
        spans,
        f"{at + 9}-{at}~{told}",
        ",".join([spans] * 6) + f"~{told}",
    ]
    assert marked(opened(client, f"/papers/{lighthouse}/pages/2?words={right}")) == [PAINTED]
    for each in wrong:
        assert marked(opened(client, f"/papers/{lighthouse}/pages/2?words={each}")) == [], each


def test_a_passage_of_another_paper_is_not_marked(client, house, lighthouse):
    hit = house.ask("mooring fees", Filters(), 1).hits[0]
    found = opened(client, f"/papers/{lighthouse}/pages/1?passage={hit.passage}")
    assert found.xpath("//mark") == []


@pytest.mark.parametrize("sentence", ["0-999999", "9-3", "x", "0-0"])
def test_a_sentence_that_is_none_is_not_marked(client, house, lighthouse, sentence):
    hit = hit_in(house, "Who paints the lighthouse?", "lighthouse.pdf")
    found = opened(
        client, f"/papers/{lighthouse}/pages/2?passage={hit.passage}&sentence={sentence}"
    )
    assert found.xpath("//mark[@class='passage']")
    assert found.xpath("//mark[@class='answer']") == []


def test_the_pages_lead_to_each_other_and_to_the_original(client, lighthouse):
    first = opened(client, f"/papers/{lighthouse}/pages/1")
    assert set(first.xpath("//a[@rel='next']/@href")) == {f"/papers/{lighthouse}/pages/2"}
    assert first.xpath("//a[@rel='prev']") == []
    (file,) = set(first.xpath("//main//a[contains(@href, '/file')]/@href"))
    assert client.get(file.partition("#")[0]).status_code == 200


def test_the_short_address_of_a_paper_leads_to_its_first_page(client, lighthouse):
    reply = client.get(f"/papers/{lighthouse}", follow_redirects=False)
    assert (reply.status_code, reply.headers["location"]) == (303, f"/papers/{lighthouse}/pages/1")


@pytest.mark.parametrize("path", ["/pages/3", "/pages/0", "/pages/3.png", "/pages/x"])
def test_a_page_that_is_not_there_is_not_found(client, lighthouse, path):
    assert client.get(f"/papers/{lighthouse}{path}").status_code in (404, 422)


def test_a_paper_that_is_not_there_is_not_found(client):
    for path in ("", "/pages/1", "/pages/1.png"):
        assert client.get(f"/papers/{'0' * 16}{path}").status_code == 404


def test_a_picture_comes_once_and_then_only_if_it_changed(client, lighthouse):
    address = f"/papers/{lighthouse}/pages/2.png"
    reply = client.get(address, params={"width": 690})
    assert reply.headers["content-type"] == "image/png"
    assert int.from_bytes(reply.content[16:20]) == pytest.approx(WIDTHS[0], abs=1)
    assert reply.headers["cache-control"] == "private, no-cache"
    tag = {"if-none-match": reply.headers["etag"]}
    assert client.get(address, params={"width": 700}, headers=tag).status_code == 304
    assert client.get(address, params={"width": 1600}, headers=tag).status_code == 200


def test_a_paper_without_pages_has_no_picture(client):
    ferry = paper(client, "ferry.html")
    assert client.get(f"/papers/{ferry}/pages/1.png").status_code == 404


def test_a_file_that_changed_is_said_and_nothing_is_marked_on_it(tmp_path):
    papers = write_papers(tmp_path / "papers")
    house = house_at(tmp_path / "library")
    house.ingest([papers], Options(), lambda _: None)
    with TestClient(create_app(house), raise_server_exceptions=False) as client:
        lighthouse = paper(client, "lighthouse.pdf")
        hit = hit_in(house, "Who paints the lighthouse?", "lighthouse.pdf")
        shutil.copy(papers / "ferry.html", papers / "lighthouse.pdf")
        found = opened(client, f"/papers/{lighthouse}/pages/2?passage={hit.passage}")
        picture = client.get(f"/papers/{lighthouse}/pages/2.png")
    assert "has changed since it was read" in words(found, "//div[@class='notice']")
    assert found.xpath("//*[name()='rect']|//main//img") == []
    assert "Brightwork Painters" in words(found, "//mark")
    assert picture.status_code == 409


def test_a_long_file_without_pages_is_shown_in_parts_that_hold_all_of_it(tmp_path):
    folder = tmp_path / "papers"
    folder.mkdir()
    paragraphs = [f"Paragraph {n} tells what boat {n} paid for its berth." for n in range(1_200)]
    (folder / "fees.txt").write_text("\n\n".join(paragraphs))
    house = house_at(tmp_path / "library")
    house.ingest([folder], Options(), lambda _: None)
    with TestClient(create_app(house)) as client:
        fees = paper(client, "fees.txt")
        address, seen = f"/papers/{fees}/pages/1?part=1", []
        while address:
            found = opened(client, address)
            seen.append(words(found, "//div[@class='text']"))
            address = next(iter(found.xpath("//a[@rel='next']/@href")), None)
        hit = house.ask("What did boat 1150 pay?", Filters(), 10).hits[-1]
        last = opened(client, f"/papers/{fees}/pages/1?passage={hit.passage}")
    assert len(seen) > 3
    assert all(len(each) <= PART * 1.1 for each in seen)
    assert re.findall(r"boat (\d+)", " ".join(seen)) == [str(n) for n in range(1_200)]
    assert last.xpath("//mark[@class='passage']")


def test_other_answers_in_the_paper_are_listed_and_lead_on(client, house):
    minutes = paper(client, "minutes.txt")
    with house.view() as view:
        first, *others = [each.id for each in view.paper(minutes).passages]
    found = opened(
        client, f"/papers/{minutes}/pages/1?passage={first}&q=paint&also={','.join(others)}"
    )
    (link, *_) = found.xpath("//h3[.='Other passages that may answer']/following::ul[1]//a/@href")
    assert f"passage={others[0]}" in link
    assert first in link
    assert opened(client, link).xpath("//mark")


def test_searching_within_a_paper_asks_it_alone(client, lighthouse):
    found = opened(client, f"/ask?q=lighthouse&paper={lighthouse}")
    places = found.xpath("//ol[@class='hits']//h3/a/@href")
    assert places
    assert all(each.startswith(f"/papers/{lighthouse}/") for each in places)
    assert "Only this paper is asked" in words(found, "//form//p[@class='notice']")
