"""The page of briefings: choosing passages, and putting them in order."""

import pytest
from lxml import html

from search.answer import Filters
from search.briefing.values import MOST_PASSAGES


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


def test_an_answer_leads_to_a_briefing_on_the_same_matter_and_papers(client):
    reply = client.get("/ask?q=mooring+fees&body=Harbour+Committee")
    page = html.fromstring(reply.text)
    (link,) = page.xpath("//a[.='Write a briefing on it']/@href")
    assert link == "/briefings?topic=mooring+fees&body=Harbour+Committee"
