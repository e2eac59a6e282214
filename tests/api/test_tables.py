"""Tables of an answer: on the page, by the API, and on a terminal."""

import pytest
from fastapi.testclient import TestClient
from lxml import html

from api.app import create_app
from ingest.pipeline import Options
from tests.api.conftest import house_at

REPORT = """\
# Report to the Harbour Committee

Table 1: Lamps replaced in each ward

| Ward | 2030-31 Budget | 2030-31 Change |
|------|---------------:|---------------:|
| Harbour | 35 | (15) |
| Hill & Dale | 20 | -4 |
"""
QUESTION = "How many lamps were replaced in the Harbour ward?"


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    folder = tmp_path_factory.mktemp("lamps")
    (folder / "lamps.md").write_text(REPORT)
    house = house_at(folder / "library")
    house.ingest([folder / "lamps.md"], Options(), lambda _: None)
    house.close()
    return folder / "library"


@pytest.fixture
def client(library):
    house = house_at(library)
    with TestClient(create_app(house), raise_server_exceptions=False) as client:
        yield client
    house.close()


def test_a_hit_and_its_passage_hold_their_table(client):
    hit = client.post("/v1/ask", json={"question": QUESTION, "limit": 1}).json()["hits"][0]
    (table,) = hit["tables"]
    assert table["caption"] == "Table 1: Lamps replaced in each ward"
    assert table["heads"] == ["Ward", "2030-31 Budget", "2030-31 Change"]
    assert [cell["text"] for cell in table["rows"][0]] == ["Harbour", "35", "(15)"]
    begins = hit["citation"]["start"]
    for row in table["rows"]:
        for cell in row:
            assert hit["text"][cell["start"] - begins : cell["end"] - begins] == cell["text"]
    assert client.get(f"/v1/passages/{hit['passage']}").json()["tables"] == hit["tables"]


def test_the_page_shows_a_table_whose_heads_say_what_they_head(client):
    found = html.fromstring(client.get("/", params={"q": QUESTION}).text)
    (table,) = found.xpath("(//ol[@class='hits']/li)[1]//table")
    assert table.xpath("caption")[0].text_content() == "Table 1: Lamps replaced in each ward"
    assert table.xpath("thead//th[@scope='col']/text()")[1:] == ["2030-31 Budget", "2030-31 Change"]
    assert table.xpath("tbody//th[@scope='row']/text()") == ["Harbour", "Hill & Dale"]
    assert table.xpath("tbody/tr[1]/td/text()") == ["35", "(15)"]
    # What scrolls can be reached and is named.
    (region,) = table.xpath("..")
    assert (region.get("role"), region.get("tabindex")) == ("region", "0")
    assert region.get("aria-labelledby") == table.xpath("caption")[0].get("id")


def test_the_terminal_shows_columns_one_below_the_other(matters, library):
    shown = matters("ask", QUESTION, library=library).output.splitlines()
    head = [line for line in shown if line.rstrip().endswith("2030-31 Change")][-1]
    rows = [line for line in shown if line.rstrip().endswith(("(15)", "-4"))][-2:]
    edge = head.index("2030-31 Change") + len("2030-31 Change")
    assert {len(row.rstrip()) for row in rows} == {edge}
