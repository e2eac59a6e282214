"""The page of briefings: choosing passages, and putting them in order."""

import asyncio
import shutil
from collections.abc import Callable
from urllib.parse import urlencode

import pytest
from lxml import html

from api.app import create_app
from api.templating import LATER
from search.answer import Filters
from search.briefing.values import MOST_PASSAGES
from tests.api.conftest import house_at


def opened(client, status: int = 200, **query):
    reply = client.get("/briefings", params=query, headers={"Accept": "text/html"})
    assert reply.status_code == status, reply.text
    return html.fromstring(reply.text)


def words(part) -> str:
    return " ".join(part.text_content().split())


def chosen(page) -> list[str]:
    return page.xpath("//fieldset[@class='chosen']//input/@value")


@pytest.fixture
def passages(house) -> list[str]:
    return [hit.passage for hit in house.ask("mooring fees", Filters(), 3).hits]


def test_passages_that_are_found_can_be_chosen_and_those_chosen_are_not_offered(client, passages):
    page = opened(client, topic="mooring fees", find="mooring fees", do="find")
    offered = page.xpath("//details//input[@name='passage']/@value")
    assert passages[0] in offered
    assert page.xpath("//article") == []
    again = opened(client, topic="x", find="mooring fees", do="find", passage=passages[0])
    assert chosen(again) == [passages[0]]
    assert passages[0] not in again.xpath("//details//input[@name='passage']/@value")


def test_passages_are_quoted_in_the_order_that_they_are_put_in(client, passages):
    page = opened(client, topic="mooring fees", passage=passages)
    assert chosen(page) == passages
    (link, *_) = page.xpath("//fieldset//a[starts-with(., 'Move down')]/@href")
    moved = html.fromstring(client.get(link).text)
    assert chosen(moved) == [passages[1], passages[0], passages[2]]
    (section,) = moved.xpath("//section[h3='Passages you chose']")
    quoted = [words(each)[:30] for each in section.xpath("./p")]
    before = opened(client, topic="mooring fees", passage=passages)
    first = [words(each)[:30] for each in before.xpath("//section[h3='Passages you chose']/p")]
    assert quoted != first
    assert sorted(quoted) == sorted(first)


def test_a_passage_that_is_gone_is_left_out_and_one_named_twice_stands_once(client, passages):
    page = opened(client, topic="mooring fees", passage=[passages[0], "0" * 20, passages[0]])
    assert chosen(page) == [passages[0]]


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"do": "write"}, "topic"),
        ({"do": "find"}, "find"),
        ({"topic": "x", "since": "soon"}, "since"),
        ({"topic": "x", "since": "2024-02-01", "until": "2024-01-01"}, "until"),
        ({"topic": "x", "passage": [f"{n:020}" for n in range(MOST_PASSAGES + 1)]}, "find"),
        ({"find": "x" * 300, "do": "find"}, "find"),
    ],
)
def test_what_is_missing_or_wrong_is_said_at_the_head_and_beside_its_field(client, query, field):
    page = opened(client, 422, **query)
    assert page.xpath("//div[@role='alert']//a/@href") == [f"#{field}"]
    assert page.xpath(f"//*[@id='{field}'][@aria-invalid='true']")
    assert "Error: " in page.xpath("//title")[0].text


def test_a_reference_opens_the_page_and_leads_back_to_the_briefing(client):
    page = opened(client, topic="mooring fees", body="Harbour Committee")
    link = page.xpath("//*[@id='reference-1']/a/@href")[0]
    leaf = html.fromstring(client.get(link, headers={"Accept": "text/html"}).text)
    (back,) = leaf.xpath("//a[.='Back to the briefing']/@href")
    assert back == "/briefings?topic=mooring+fees&body=Harbour+Committee"


def test_a_reference_opens_its_page_with_every_quotation_of_it_marked(client):
    page = opened(client, topic="mooring fees", body="Harbour Committee")
    seen = 0
    for at, link in enumerate(page.xpath("//section[h3='References']//li/a/@href"), start=1):
        path = f"//p[a/@href='#reference-{at}' and contains(., '“')]"
        quoted = [words(each).split("“")[1].split("”")[0] for each in page.xpath(path)]
        leaf = html.fromstring(client.get(link, headers={"Accept": "text/html"}).text)
        assert link.endswith("#mark") and leaf.xpath("//*[@id='mark']")
        marks = " ".join(words(each) for each in leaf.xpath("//mark"))
        assert all(each.removesuffix(" …") in marks for each in quoted)
        seen += len(quoted)
    assert seen


def test_an_answer_leads_to_a_briefing_on_the_same_matter_and_papers(client):
    reply = client.get("/ask?q=mooring+fees&body=Harbour+Committee")
    page = html.fromstring(reply.text)
    (link,) = page.xpath("//a[.='Write a briefing on it']/@href")
    assert link == "/briefings?topic=mooring+fees&body=Harbour+Committee"


def sent(app, meanwhile: Callable[[], None] = lambda: None, **query) -> list[str]:
    """Return the pieces in which the page goes out; meanwhile is done after the first."""
    pieces: list[str] = []

    async def send(message) -> None:
        if message.get("body"):
            pieces.append(message["body"].decode())
            if len(pieces) == 1:
                meanwhile()

    async def receive():
        await asyncio.sleep(3600)  # nobody hangs up

    scope = {
        "type": "http",
        "method": "GET",
        "path": "/briefings",
        "query_string": urlencode(query).encode(),
        "headers": [],
        "client": ("127.0.0.1", 1),
        "server": ("testserver", 80),
        "scheme": "http",
    }
    asyncio.run(app({**scope, "app": app}, receive, send))
    return pieces


def test_the_form_comes_at_once_and_tells_that_the_briefing_is_being_written(client):
    first, *rest = sent(client.app, topic="mooring fees")
    assert "</form>" in first
    assert "is being written" in first
    assert "References" not in first
    assert "References" in "".join(rest)
    assert "".join(rest).rstrip().endswith("</html>")


def test_a_library_that_goes_meanwhile_is_told_below_the_form(library, tmp_path):
    folder = tmp_path / "library"
    shutil.copytree(library, folder)
    house = house_at(folder)
    house.embedder()

    def lose() -> None:
        house.close()
        folder.rename(tmp_path / "elsewhere")

    first, *rest = sent(create_app(house), lose, topic="mooring fees")
    assert "is being written" in first
    (section,) = html.fromstring("".join([first, *rest])).xpath("//section")
    assert words(section).startswith("Library missing")
    house.close()


def test_no_words_of_a_reader_part_the_page(client):
    page = opened(client, topic=f"{LATER}mooring fees")
    assert page.xpath("//input[@id='topic']/@value") == [f"{LATER}mooring fees"]
    (written,) = page.xpath("//div[@class='written']/article")
    assert words(written).startswith(f"Briefing: {LATER}mooring fees"), words(written)
