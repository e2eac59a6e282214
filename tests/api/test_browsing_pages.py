"""Papers by body and meeting, the library, a passage, help; and an answer taken away."""

import csv
import io
from datetime import date

import pytest
from docx import Document
from fastapi.testclient import TestClient
from lxml import html

from api.access.people import People
from api.access.roles import Role
from api.app import create_app
from api.branding import contrast_with_white
from api.coverage import LONGEST_NAME, MOST_BODIES, MOST_YEARS, chart, coverage
from api.settings import SettingsError, read_settings
from search.answer import Filters
from search.holdings import YearCount
from tests.api.conftest import house_at

BROWSER = {"accept": "text/html"}


def opened(client, address: str, status: int = 200):
    reply = client.get(address, headers=BROWSER)
    assert reply.status_code == status, reply.text
    return html.fromstring(reply.text)


def words(found, path: str) -> list[str]:
    return [" ".join(each.text_content().split()) for each in found.xpath(path)]


def test_papers_can_be_narrowed_by_body_kind_and_day(client):
    found = opened(client, "/papers")
    assert len(found.xpath("//ul[@class='papers']/li")) == 5
    found = opened(client, "/papers?body=Libraries+Committee&kind=minutes&since=2024-06-01")
    assert len(found.xpath("//ul[@class='papers']/li")) == 1
    assert found.xpath("//select[@name='kind']/option[@selected]/@value") == ["minutes"]
    found = opened(client, "/papers?since=2031-01-01")
    assert words(found, "//h2") == ["No papers are held of what you chose"]


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ("kind=novel", "kind"),
        ("since=soon", "since"),
        ("since=2024-02-01&until=2024-01-01", "until"),
    ],
)
def test_what_is_wrong_with_a_choice_of_papers_is_said_beside_it(client, asked, field):
    found = opened(client, f"/papers?{asked}", 422)
    assert found.xpath("//div[@role='alert']//a/@href") == [f"#{field}"]
    assert found.xpath("//title/text()")[0].startswith("Error: ")


def test_a_body_leads_to_its_meetings_and_a_meeting_to_its_papers(client):
    found = opened(client, "/bodies/Harbour%20Committee")
    (meeting,) = found.xpath("//ul[@class='papers']//a/@href")
    found = opened(client, meeting)
    assert words(found, "//h1") == ["Harbour Committee, 12 March 2024"]
    assert "2. Dredging of the inner harbour" in words(found, "//ol[@class='matters']//h3")
    for link in found.xpath("//ol[@class='matters']//a/@href"):
        opened(client, link)


def test_a_body_is_found_under_any_spelling(client):
    assert words(opened(client, "/bodies/HARBOUR COMMITTEE"), "//h1") == ["Harbour Committee"]


@pytest.mark.parametrize(
    "path", ["/bodies/Lunar%20Committee", "/meetings/2024-03-13/Harbour%20Committee"]
)
def test_a_body_or_meeting_without_papers_is_not_found(client, path):
    opened(client, path, 404)


def test_the_library_tells_what_it_holds(client):
    found = opened(client, "/library")
    assert words(found, "//dl[@class='figures']/div[1]/dd") == ["5"]
    row = words(found, "//table[@class='numbers']//tr[th/a[.='Harbour Committee']]/*")
    assert row[0] == "Harbour Committee"
    assert row[-1] == "3"


def test_the_library_tells_which_pages_are_only_pictures_and_which_files_failed(tmp_path):
    from ingest.pipeline import Options
    from tests.shared import ROOT

    folder = tmp_path / "papers"
    folder.mkdir()
    scan = next((ROOT / "data" / "sample" / "audit" / "2024-01-30").glob("*.pdf"))
    (folder / "audit.pdf").write_bytes(scan.read_bytes())
    (folder / "broken.pdf").write_bytes(b"%PDF-1.4 no more")
    house = house_at(tmp_path / "library")
    house.ingest([folder], Options(), lambda _: None)
    with TestClient(create_app(house)) as client:
        assert words(opened(client, "/library"), "//table[not(@class)]") == []
        key = People(house.store).add_key("clerk", Role.CLERK, 1)
        client.headers["Authorization"] = f"Bearer {key}"
        found = opened(client, "/library")
        assert any("page 3" in each for each in words(found, "//ul[@class='entries']/li"))
        assert words(found, "//table[not(@class)]//tbody/tr/th") == ["broken.pdf"]
        (link,) = found.xpath("//ul[@class='entries']//a/@href")
        assert "only a picture" in opened(client, link).text_content()


def test_every_row_of_the_picture_has_its_figures_from_the_table():
    counts = [YearCount(f"Body {n:02}", 2000 + n % 5, n + 1) for n in range(30)]
    held = coverage([*counts, YearCount(None, None, 2), YearCount("Body 03", None, 7)])
    drawn = chart(held)
    assert len(drawn.bodies) == MOST_BODIES
    assert sum(bar.papers for bar in drawn.bars) == sum(each.papers for each in counts)
    assert held.rows[-1] == (None, (0, 0, 0, 0, 0), 2, 2)
    assert ("Body 03", (0, 0, 0, 4, 0), 7, 11) in held.rows


def test_a_library_without_dates_has_no_picture_to_show():
    assert chart(coverage([YearCount("Cabinet", None, 3)])).bars == ()


def test_one_mistyped_year_does_not_empty_the_picture():
    right = [YearCount("Cabinet", year, 2) for year in (2020, 2022, 2025)]
    drawn = chart(coverage(right))
    assert [year for _, year in drawn.years] == list(range(2020, 2026))
    assert len(drawn.bars) == len(right)
    drawn = chart(coverage([*right, YearCount("Cabinet", 2205, 1)]))
    assert [year for _, year in drawn.years] == [2020, 2022, 2025, 2205]
    assert [bar.papers for bar in drawn.bars] == [2, 2, 2, 1]
    many = [YearCount("Cabinet", year, 1) for year in range(2000, 2000 + MOST_YEARS + 5)]
    assert [year for _, year in chart(coverage(many)).years] == list(range(2005, 2018))


def test_bodies_whose_names_begin_alike_are_told_apart_in_the_picture():
    area = "Area Committee of Sallowmere and the Marshes"
    names = [
        "Cabinet",
        area,
        f"{area} Lighting Sub-Committee",
        "The Committee for Bridges and Boats",
    ]
    drawn = [
        name for _, name in chart(coverage([YearCount(each, 2031, 1) for each in names])).bodies
    ]
    assert len(set(drawn)) == len(names)
    assert max(len(each) for each in drawn) <= LONGEST_NAME
    assert (drawn[0], drawn[3]) == (names[0], names[3])


def test_a_passage_has_an_address_of_its_own_with_its_citation(client, house):
    hit = house.ask("mooring fees", Filters(), 1).hits[0]
    found = opened(client, f"/passages/{hit.passage}")
    assert words(found, "//blockquote")[0] == " ".join(hit.text.split())
    assert words(found, "//dd[@id='this-link']") == [f"http://testserver/passages/{hit.passage}"]
    (link,) = found.xpath("//a[.='See it on its page']/@href")
    assert opened(client, link).xpath("//mark[@class='passage']")


def test_a_passage_that_is_gone_says_what_to_do(client):
    found = opened(client, f"/passages/{'0' * 20}", 404)
    assert "search for its words" in words(found, "//main/p")[0]


@pytest.mark.parametrize("path", ["/help", "/accessibility"])
def test_help_and_statement_lead_only_to_what_is_there(client, path):
    found = opened(client, path)
    ids = set(found.xpath("//@id"))
    for link in found.xpath("//main//a/@href"):
        assert link[1:] in ids if link.startswith("#") else opened(client, link) is not None


def test_an_answer_can_be_taken_away_as_a_table(client, house):
    asked = "What was decided about dredging the inner harbour?"
    reply = client.get("/ask.csv", params={"q": asked, "body": "Harbour Committee"})
    assert reply.headers["content-disposition"] == 'attachment; filename="answer.csv"'
    rows = list(csv.DictReader(io.StringIO(reply.content.decode("utf-8-sig"))))
    hits = house.ask(asked, Filters(bodies=("Harbour Committee",)), 10).hits
    assert [row["quotation"] for row in rows] == [hit.text for hit in hits]
    assert rows[0]["meeting"] == date(2024, 3, 12).isoformat()
    assert client.get(rows[0]["link"], headers=BROWSER).status_code == 200


def test_no_words_of_a_paper_become_a_formula():
    from api.taking_away import _harmless

    assert [_harmless(each) for each in ("=1+1", "@x", "-5", "5")] == ["'=1+1", "'@x", "'-5", "5"]


def test_an_answer_can_be_taken_away_as_a_word_file_its_sentence_bold(client, house):
    asked = "What was decided about dredging the inner harbour?"
    reply = client.get("/ask.docx", params={"q": asked})
    document = Document(io.BytesIO(reply.content))
    hit = house.ask(asked, Filters(), 10).hits[0]
    quoted = next(each for each in document.paragraphs if each.style.name == "Quote")
    assert quoted.text == hit.text
    bold = "".join(run.text for run in quoted.runs if run.bold)
    assert bold == hit.text[slice(*hit.answer)]


@pytest.mark.parametrize("path", ["/ask.csv", "/ask.docx"])
@pytest.mark.parametrize("asked", ["q=", "q=x&since=soon", "q=" + "x" * 300])
def test_what_cannot_be_answered_cannot_be_taken_away(client, path, asked):
    assert client.get(f"{path}?{asked}").status_code == 422


class TestACouncilsOwn:
    def test_its_name_logo_and_colour_are_on_every_page(self, library, tmp_path):
        logo = tmp_path / "logo.svg"
        logo.write_text('<svg xmlns="http://www.w3.org/2000/svg"/>')
        house = house_at(library, council="Saltmarsh Council", logo=logo, colour="#004d40")
        with TestClient(create_app(house)) as client:
            found = opened(client, "/help")
            assert found.xpath("//header//img/@src") == ["/logo"]
            assert client.get("/logo").headers["content-type"] == "image/svg+xml"
            assert "#004d40" in client.get("/brand.css").text

    def test_without_a_logo_there_is_none(self, client):
        assert client.get("/logo").status_code == 404

    @pytest.mark.parametrize("colour", ["#ffff00", "#8899aa", "red", "#12345", "#14375e;}"])
    def test_a_colour_that_white_letters_cannot_stand_on_is_refused(self, colour):
        with pytest.raises(SettingsError, match=r"MATTERS_COLOUR cannot be .*#"):
            read_settings({"MATTERS_COLOUR": colour})

    def test_contrast_is_that_of_the_guidelines(self):
        assert contrast_with_white("#000000") == pytest.approx(21)
        assert contrast_with_white("#ffffff") == pytest.approx(1)
        assert contrast_with_white("#767676") == pytest.approx(4.54, abs=0.01)

    @pytest.mark.parametrize("content", [b"GIF89a", b"", b"<svg" + b" " * 200_000])
    def test_a_logo_that_is_none_is_refused(self, tmp_path, content):
        logo = tmp_path / "logo"
        logo.write_bytes(content)
        with pytest.raises(SettingsError, match="MATTERS_LOGO cannot be"):
            read_settings({"MATTERS_LOGO": str(logo)})

    def test_a_logo_that_is_not_there_is_refused(self, tmp_path):
        with pytest.raises(SettingsError, match="cannot be read"):
            read_settings({"MATTERS_LOGO": str(tmp_path / "none.png")})
