import re
from itertools import pairwise

import pytest
from fastapi.testclient import TestClient
from lxml import html

from api.app import create_app
from api.routes.pages.ask import quoted
from search.answer import Hit
from tests.api.conftest import house_at


def page(client, **asked):
    reply = client.get("/", params=asked)
    assert reply.headers["content-type"].startswith("text/html")
    return html.fromstring(reply.text), reply


def text(found, path: str) -> list[str]:
    return [" ".join(each.text_content().split()) for each in found.xpath(path)]


def test_the_first_page_has_the_form_and_the_council(client):
    found, reply = page(client)
    assert reply.status_code == 200
    assert text(found, "//h1") == ["Ask the committee papers"]
    assert "Saltmarsh Council" in text(found, "//header")[0]
    assert "Harbour Committee" in text(found, "//select[@name='body']/option")


def test_the_first_page_offers_questions_that_the_minutes_answer(client):
    found, _ = page(client)
    links = found.xpath("//ul[@class='examples']//a/@href")
    assert links
    for link in links:
        answered = html.fromstring(client.get(link).text)
        assert answered.xpath("//ol[@class='hits']")


def test_an_answer_is_quoted_with_its_sentence_marked_and_its_citation(client):
    found, _ = page(client, q="What was decided about dredging the inner harbour?")
    first = "(//ol[@class='hits']/li)[1]"
    marked = text(found, f"{first}//blockquote/mark")
    assert len(marked) == 1
    assert marked[0] in text(found, f"{first}//blockquote")[0]
    where = text(found, f"{first}//p[@class='where']")[0]
    assert "Harbour Committee, 12 March 2024" in where
    assert "Item 2, Dredging of the inner harbour" in where


def test_the_same_words_elsewhere_are_named_below(client):
    found, _ = page(client, q="What was decided about dredging the inner harbour?")
    twins = found.xpath("(//ol[@class='hits']/li)[1]//ul[@class='twins']//a/@href")
    assert len(twins) == 1
    assert client.get(twins[0]).status_code == 200


def test_a_pdf_opens_at_the_page_of_the_sentence_that_answers(client):
    found, _ = page(client, q="Who paints the lighthouse red and white?")
    links = found.xpath("//ol[@class='hits']/li//h3/a/@href")
    link = next(each for each in links if "/pages/2?passage=" in each)
    assert link.endswith("#mark")
    opened = html.fromstring(client.get(link).text)
    assert opened.xpath("//*[@id='mark']")
    files = found.xpath("//ol[@class='hits']/li//a[contains(@href, '#page=')]/@href")
    assert client.get(files[0].partition("#")[0]).headers["content-type"] == "application/pdf"


def test_what_a_paper_holds_is_shown_and_never_run(client):
    found, reply = page(client, q="Which villages did the mobile library miss in May?")
    assert '<script>alert("bins & boats")</script>' in text(found, "(//blockquote)[1]")[0]
    assert found.xpath("//script[not(@src)]") == []
    assert "&lt;script&gt;" in reply.text


def test_what_is_asked_is_shown_and_never_run(client):
    asked = '"><script>alert(1)</script>'
    found, _ = page(client, q=asked, body=asked, since=asked)
    assert found.xpath("//script[not(@src)]") == []
    assert found.xpath("//input[@name='q']/@value") == [asked]


def test_a_question_that_is_too_long_is_an_error_beside_its_field(client):
    asked = "harbour " * 30
    found, reply = page(client, q=asked)
    assert reply.status_code == 422
    assert found.xpath("//title/text()")[0].startswith("Error: ")
    assert found.xpath("//div[@role='alert']//a/@href") == ["#q"]
    assert found.xpath("//input[@name='q']/@aria-invalid") == ["true"]
    assert "200 allowed" in text(found, "//p[@id='q-error']")[0]
    assert found.xpath("//input[@name='q']/@value")[0].strip() == asked.strip()


def test_an_empty_question_is_an_error_beside_its_field(client):
    found, _ = page(client, q=" ")
    assert found.xpath("//div[@role='alert']//a/@href") == ["#q"]


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"since": "soon"}, "since"),
        ({"until": "2024-02-30"}, "until"),
        ({"since": "2024-02-01", "until": "2024-01-01"}, "until"),
    ],
)
def test_a_wrong_day_is_an_error_beside_its_field(client, asked, field):
    found, _ = page(client, q="dredging", **asked)
    assert found.xpath("//div[@role='alert']//a/@href") == [f"#{field}"]
    assert found.xpath("//ol[@class='hits']") == []


def test_a_committee_and_days_keep_to_their_papers_and_stay_filled_in(client):
    found, _ = page(client, q="What was resolved?", body="Libraries Committee", since="2024-06-01")
    places = text(found, "//p[@class='where']")
    assert places
    assert all(place.startswith("Libraries Committee, 3 June 2024") for place in places)
    assert text(found, "//select/option[@selected]") == ["Libraries Committee"]
    assert found.xpath("//input[@name='since']/@value") == ["2024-06-01"]


def test_days_without_meetings_find_nothing_and_offer_all_papers(client):
    found, _ = page(client, q="dredging", since="2030-01-01")
    assert "Nothing was found: no papers are held of what you chose" in text(found, "//h2")
    assert found.xpath("//section//a/@href") == ["/ask?q=dredging", "/library"]


def test_what_the_papers_do_not_answer_is_said_plainly(client):
    found, _ = page(client, q="Who won the 1966 football final at Wembley?")
    assert "These papers do not seem to answer this" in text(found, "//h2")


def test_without_a_library_the_page_says_how_papers_come_in(tmp_path):
    with TestClient(create_app(house_at(tmp_path / "none"))) as client:
        for asked in ({}, {"q": "dredging"}):
            found, reply = page(client, **asked)
            assert reply.status_code == 200
            assert "There are no papers yet" in text(found, "//h2")


def test_the_page_can_be_used_without_sight_and_without_a_mouse(client):
    for asked in ({}, {"q": "dredging"}, {"q": "x" * 300}):
        found, _ = page(client, **asked)
        assert found.xpath("/html/@lang") == ["en-GB"]
        assert found.xpath("(//a)[1]/@href") == ["#main"]
        assert found.xpath("//main/@id") == ["main"]
        assert len(found.xpath("//h1")) == 1
        levels = [
            int(each.tag[1])
            for each in found.xpath("//h1|//h2|//h3")
            if each.get("id") != "errors-title"
        ]
        assert all(after - before <= 1 for before, after in pairwise(levels))
        ids = found.xpath("//@id")
        assert len(ids) == len(set(ids))
        for each in found.xpath("//input[not(@type='hidden')]|//select"):
            assert found.xpath(f"//label[@for='{each.get('id')}']") or each.xpath("ancestor::label")
            described = (each.get("aria-describedby") or "").split()
            assert set(described) <= set(ids)


def test_the_page_needs_nothing_from_elsewhere_and_nothing_written_into_it(client):
    _, reply = page(client, q="dredging")
    assert html.fromstring(reply.text).xpath("//script[not(@src)]|//style|//@onclick") == []
    assert " style=" not in reply.text
    assert re.findall(r"""(?:src|href)=["'](?:https?:)?//(?!testserver/)""", reply.text) == []
    for link in html.fromstring(reply.text).xpath("//link/@href"):
        assert client.get(link).status_code == 200


def test_a_hit_whose_sentence_is_unknown_is_quoted_without_a_mark(house):
    from search.answer import Filters

    hit = house.ask("mooring fees", Filters(), 1).hits[0]
    bare = Hit(**{name: getattr(hit, name) for name in Hit.__slots__} | {"answer": (0, 0)})
    assert "<mark>" not in quoted(bare)


def test_who_speaks_is_named(client):
    found, _ = page(client, q="What was said about dredging the inner harbour?")
    assert any("Harbour Master" in each for each in text(found, "//p[@class='speakers']"))


def test_how_a_question_was_read_is_shown_and_can_be_removed(client):
    asked = "What did the Harbour Committee decide about mooring fees?"
    found, _ = page(client, q=asked, since="2024-01-01")
    assert "papers of Harbour Committee" in text(found, "//ul[@class='inline readings']/li")[0]
    link = found.xpath("//ul[@class='inline readings']//a/@href")[0]
    without = html.fromstring(client.get(link).text)
    assert without.xpath("//ul[@class='inline readings']") == []
    assert without.xpath("//input[@name='since']/@value") == ["2024-01-01"]


def test_passages_can_be_shown_latest_first_and_by_meeting(client):
    asked = "What was decided about dredging the inner harbour?"
    found, _ = page(client, q=asked, order="latest", group="meeting")
    assert "latest meeting first" in text(found, "//h2[@id='answer']")[0]
    assert "Harbour Committee, 12 March 2024" in text(found, "//section/h3")
    assert page(client, q="dredging", order="newest", group="colour")[1].status_code == 200
