"""How large pages may become, whatever the papers hold."""

import pytest
from fastapi.testclient import TestClient
from jinja2 import Environment
from lxml import html

from api.app import create_app
from api.templating import Unindented
from ingest.pipeline import Options
from tests.api.conftest import house_at

LARGEST = 60_000
"""Bytes of a page without its pictures."""

WARDS, YEARS, COPIES = 40, 12, 9


def budget(number: int) -> str:
    """Return a paper that is one large table after another."""
    years = [f"Estimate for 20{30 + year}" for year in range(YEARS)]
    lines = [f"# Dredging budget, book {number}", ""]
    for part in range(4):
        lines += [
            "",
            f"## Part {part} of the dredging budget of book {number}",
            "",
            f"| Ward | {' | '.join(years)} |",
            f"|{'---|' * (YEARS + 1)}",
        ]
        for ward in range(WARDS):
            sums = [f"£{number + 1}{part}{ward:02},{year:03}" for year in range(YEARS)]
            lines.append(f"| Dredging in ward {ward} of quay {part} | {' | '.join(sums)} |")
    return "\n".join(lines)


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    folder = tmp_path_factory.mktemp("budgets")
    papers = folder / "papers"
    papers.mkdir()
    for number in range(COPIES):
        (papers / f"book-{number}.md").write_text(budget(number))
    said = "The harbour master agreed to mend the lock gate at quay three before the spring."
    for number in range(20):
        (papers / f"said-{number}.md").write_text(f"# Minutes of the panel\n\n{said}\n")
    house = house_at(folder / "library")
    house.ingest([papers], Options(), lambda _: None)
    with TestClient(create_app(house)) as client:
        yield client
    house.close()


QUESTION = (
    "What is the estimate for dredging in ward 7 of quay 2 for 2034, and for the years after?"
)


def test_an_answer_out_of_large_tables_is_no_large_page(client):
    reply = client.get("/ask", params={"q": QUESTION})
    page = html.fromstring(reply.text)
    assert len(page.xpath("//details[@class='rows']")) == 10
    assert len(reply.content) < LARGEST


def test_the_rows_that_are_shown_are_those_about_the_answer_and_lead_to_all(client):
    page = html.fromstring(client.get("/ask", params={"q": QUESTION}).text)
    hits = page.xpath("//ol[@class='hits']/li[starts-with(.//mark, 'Dredging')]")
    assert len(hits) > 3
    for hit in hits:
        words = hit.xpath("string(.//mark)")
        labels = hit.xpath(".//details[@class='rows']//tbody/tr/*[1]")
        assert words.split(" | ")[0] in [label.text_content() for label in labels]
        for whole in hit.xpath(".//details[@class='rows']/p/a/@href"):
            every = html.fromstring(client.get(whole).text)
            assert len(every.xpath("//details[@class='rows']//tbody/tr")) > len(labels)


def test_the_same_words_in_many_papers_are_named_in_a_few_and_counted(client):
    reply = client.get("/ask", params={"q": "Who agreed to mend the lock gate?"})
    (twins,) = html.fromstring(reply.text).xpath("//li[@value='1']//ul[@class='twins']")
    assert len(twins.xpath("./li/a")) == 3
    assert twins.xpath("./li")[-1].text == "and 16 more places"
    assert len(reply.content) < LARGEST


def test_words_on_two_lines_of_a_template_stay_two_words(tmp_path):
    (tmp_path / "page").write_text(
        "<p>\n    It {% if True %}begins.{% endif %}\n    Cite it.\n</p>"
    )
    pages = Environment(loader=Unindented(tmp_path), trim_blocks=True, lstrip_blocks=True)
    assert pages.get_template("page").render() == "<p>\n It begins. Cite it.\n</p>"
