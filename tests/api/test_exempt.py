"""Outsiders learn nothing: what they are answered is what a library without the exempt answers."""

import csv
import io
import shutil
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from docx import Document
from fastapi.testclient import TestClient
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from api.access.people import People
from api.access.roles import Role
from api.app import create_app
from api.taking_away import EXEMPT
from api.viewing.quoted import named
from ingest.errors import EncryptedPaper, SidecarWrong
from ingest.exemption import closed_spans, cut_apart
from ingest.paper import AgendaItem, Business, ItemKind, Paper, paper_id
from search.access import Access
from search.answer import Filters
from search.errors import FileWithheld, LibraryDerived, NotHeld
from search.generation import open_view
from search.library import Library
from search.opened import OPEN
from search.store.pages import packed
from tests.api.conftest import house_at
from tests.api.papers import write_papers
from tests.embedders import HashEmbedder
from tests.search.factory import STAMP, embedded, paper, promising
from tests.test_documents import page_paths

WORDS = ["harbour dredging in 2024", "the land at Quay Road", "mooring fees rose by four per cent"]
BODIES = ["Cabinet", "The Cabinet", "Harbour Committee"]
UNASKED = ["/ask.docx"]
"""Pages whose bytes hold the time of day."""
QUESTIONS = ["What was decided about dredging?", "land at Quay Road", "zyzzyva", "mooring fees"]


def sentences():
    return st.lists(st.sampled_from(WORDS), min_size=1, max_size=4)


papers_in_turn = st.lists(
    st.tuples(st.booleans(), sentences(), st.sampled_from(BODIES)), min_size=1, max_size=6
)


def made(number: int, exempt: bool, said: list[str], body: str) -> Paper:
    text = [f"{each} ({at})." for at, each in enumerate(said)]
    one = paper(text, source=f"/papers/{number}.md", body=body, title=f"Paper {number}")
    one = promising(one, text[0])
    return replace(one, exempt=exempt, closed=((0, len(one.text.text)),) if exempt else ())


def mixed(secret: str) -> Paper:
    """Return minutes with an exempt item in their middle."""
    before, after = "The harbour is silting up.", "Mooring fees rise."
    one = promising(
        paper([before, secret, after], source="/papers/mixed.md"), before, secret, after
    )
    spans = [(p.citation.start, p.citation.end + 1) for p in one.passages]
    items = tuple(
        AgendaItem(at, str(at), None, f"{title}", ItemKind.SUBSTANTIVE, 1, *span, exempt)
        for at, (title, span, exempt) in enumerate(
            zip(["Harbour", secret[:9], "Fees"], spans, [False, True, False], strict=True)
        )
    )
    text = replace(one.text, tables=(), outline=())
    closed = closed_spans(text, items, one.kind, exempt=False)
    passages = cut_apart(one.source, text, items, Business(), closed, "Cabinet", one.kind)
    return replace(one, text=text, items=items, closed=closed, passages=passages)


@contextmanager
def library_of(*batches: list[Paper]):
    with TemporaryDirectory() as place:
        folder = Path(place) / "library"
        with Library.create_or_open(folder, HashEmbedder.name, HashEmbedder.dimension) as library:
            for batch in batches:
                library.keep(embedded(*batch))
        yield folder


def seen_by_outsiders(folder: Path, identities: list[str]) -> dict[str, tuple[int, bytes]]:
    """Return the bytes of everything that the server answers to whoever has no key."""
    house = house_at(folder, per_minute=0)  # it asks for more than one caller may
    house.embedder()
    with TestClient(create_app(house), raise_server_exceptions=False) as client:
        app: dict = client.get("/openapi.json").json()["paths"]
        addresses = ["/", "/v1/papers?kind=minutes", *(f"/?q={each}" for each in QUESTIONS)]
        addresses += ["/?q=land&body=The Cabinet", "/?q=land&body=Harbour Committee"]
        with open_view(folder, Access.EXEMPT) as view:
            papers = [view.paper(each) for each in identities if each in held(view)]
        passages = [each.id for one in papers for each in one.passages]
        commitments = [each.id for one in papers for each in one.commitments]
        told = [path for path, ways in app.items() if "get" in ways and "export" not in path]
        for path in [*told, "/v1/commitments/export?form=csv", *sorted(page_paths())]:
            if path not in UNASKED:
                addresses += [
                    path.format(
                        paper=paper,
                        passage=passage,
                        commitment=commitment,
                        number=1,
                        body="Cabinet",
                        day="2024-03-12",
                    )
                    for paper in identities
                    for passage in passages or ["0" * 20]
                    for commitment in commitments or ["0" * 16]
                ]
        found = {each: client.get(each) for each in dict.fromkeys(addresses)}
        for question in QUESTIONS:
            for filters in ({}, {"papers": identities}, {"bodies": ["The Cabinet"]}):
                asked = {"question": question, "filters": filters}
                found[f"{asked}"] = client.post("/v1/ask", json=asked)
    return {name: (reply.status_code, reply.content) for name, reply in found.items()}


def held(view) -> set[str]:
    return {card.id for card in view.papers()}


@settings(max_examples=8, deadline=None)
@given(papers_in_turn)
def test_an_outsider_is_answered_as_if_the_exempt_papers_had_never_been_read_in(drawn):
    papers = [made(number, *each) for number, each in enumerate(drawn)]
    identities = [each.id for each in papers]
    batches = [[each] for each in papers]
    without = [[each] for each in papers if not each.exempt]
    with library_of(*batches) as whole, library_of(*without) as rest:
        one, other = (seen_by_outsiders(each, identities) for each in (whole, rest))
    known = one.keys() & other.keys()  # the other library knows no exempt passage to ask for
    assert {name: one[name] for name in known} == {name: other[name] for name in known}
    for name in one.keys() - known:
        assert one[name][0] in (401, 404)


@settings(max_examples=8, deadline=None)
@given(*[st.text("abcdefg h", min_size=60, max_size=60).filter(str.strip)] * 2, sentences())
def test_an_outsider_is_answered_the_same_whatever_an_exempt_item_says(one, other, said):
    rest = made(1, False, said, "Cabinet")
    seen = []
    for secret in (one, other):
        with library_of([mixed(f"q{secret}q")], [rest]) as folder:
            seen.append(seen_by_outsiders(folder, [rest.id, paper_id("/papers/mixed.md")]))
    common = seen[0].keys() & seen[1].keys()
    assert {name: seen[0][name] for name in common} == {name: seen[1][name] for name in common}


SECRET = made(9, True, ["zyzzyva"], "The Exempt Panel")


@pytest.fixture
def folder():
    with library_of(
        [made(1, False, WORDS, "Cabinet")], [SECRET, mixed("The zyzzyva is sold.")]
    ) as one:
        yield one


def test_whoever_may_see_it_finds_everything(folder):
    with open_view(folder, Access.EXEMPT) as view:
        assert len(view.by_words(["zyzzyva"], Filters(), 10)) == 2
        assert SECRET.id in held(view)
        assert "zyzzyva" in view.paper(paper_id("/papers/mixed.md")).text.text


def tagged(client, address: str, part: str) -> list[tuple[bool, str]]:
    """Return whether each part of a page is marked as exempt, with its words."""
    page = html.fromstring(client.get(address).text)
    return [
        ("Exempt" in each.xpath(".//*[@class='tag']/text()"), each.text_content())
        for each in page.xpath(part)
    ]


def test_whoever_is_shown_what_is_exempt_is_told_that_it_is(folder):
    house = house_at(folder)
    key = People(house.store).add_key("ada", Role.OFFICER, 1)
    with TestClient(create_app(house), headers={"Authorization": f"Bearer {key}"}) as officer:
        hits = tagged(officer, "/ask?q=zyzzyva+mooring+fees", "//article")
        assert {"zyzzyva" in text for _, text in hits} == {True, False}
        assert all(marked == ("zyzzyva" in text) for marked, text in hits)
        table = officer.get("/ask.csv?q=zyzzyva+mooring+fees").text.lstrip("\ufeff")
        for row in csv.DictReader(io.StringIO(table, newline="")):
            assert (row["exempt"] == "yes") == ("zyzzyva" in row["quotation"])
        taken = Document(io.BytesIO(officer.get("/ask.docx?q=zyzzyva+mooring+fees").content))
        told = [each.text for each in taken.paragraphs]
        for at, each in enumerate(taken.paragraphs):
            if each.style.name == "Quote":
                assert (told[at - 1] == EXEMPT) == ("zyzzyva" in each.text)
        for one in (SECRET, made(1, False, WORDS, "Cabinet")):
            address = f"/commitments/{one.commitments[0].id}"
            assert [marked for marked, _ in tagged(officer, address, "//main")] == [one.exempt]
        for one in (SECRET, made(1, False, WORDS, "Cabinet")):
            address, exempt = f"/passages/{one.passages[0].id}", one.exempt
            assert [marked for marked, _ in tagged(officer, address, "//main")] == [exempt]
        for source, exempt in (("/papers/9.md", True), ("/papers/1.md", False)):
            address = f"/papers/{paper_id(source)}/pages/1"
            assert [marked for marked, _ in tagged(officer, address, "//main")] == [exempt]
    with TestClient(create_app(house)) as outsider:
        assert not any(marked for marked, _ in tagged(outsider, "/ask?q=mooring+fees", "//main"))
    house.close()


def test_words_named_by_an_address_are_marked_only_to_those_who_are_shown_them(folder):
    sold, fees = "The zyzzyva is sold.", "Mooring fees rise."
    one = mixed(sold)
    text = one.text.text
    both, open_alone = (
        f"/papers/{one.id}/pages/1?words={named((text.index(each), each) for each in quoted)}"
        for quoted in ((sold, fees), (fees,))
    )

    def marked(client, address: str) -> list[str]:
        return html.fromstring(client.get(address).text).xpath("//mark/text()")

    house = house_at(folder)
    key = People(house.store).add_key("ada", Role.OFFICER, 1)
    with TestClient(create_app(house), headers={"Authorization": f"Bearer {key}"}) as officer:
        assert marked(officer, both) == [sold, fees]
    with TestClient(create_app(house)) as outsider:
        assert marked(outsider, open_alone) == [fees]
        assert marked(outsider, both) == []
        assert "zyzzyva" not in outsider.get(both).text
    house.close()


def tags(client, address: str, part: str) -> dict[str, list[str]]:
    """Return the tags of each part of a page, by the address of its first link."""
    page = html.fromstring(client.get(address).text)
    return {
        each.xpath(".//a/@href")[0].partition("?")[0]: each.xpath(".//*[@class='tag']/text()")
        for each in page.xpath(part)
    }


def test_lists_and_meetings_tell_what_of_their_papers_is_exempt(folder):
    opened, mixed_one = made(1, False, WORDS, "Cabinet"), mixed("The zyzzyva is sold.")
    wanted = {opened.id: [], SECRET.id: ["Exempt"], mixed_one.id: ["Exempt in part"]}
    first = {f"/papers/{each}/pages/1": told for each, told in wanted.items()}
    house = house_at(folder)
    key = People(house.store).add_key("ada", Role.OFFICER, 1)
    with TestClient(create_app(house), headers={"Authorization": f"Bearer {key}"}) as officer:
        assert tags(officer, "/papers", "//ul[@class='papers']/li") == first
        for one in (opened, SECRET, mixed_one):
            meeting = f"/meetings/{one.meeting_date}/{one.body}"
            listed = tags(officer, meeting, "//h2[1]/following-sibling::ul[1]/li")
            assert {each: first[each] for each in listed} == listed
            assert f"/papers/{one.id}/pages/1" in listed
        page = html.fromstring(officer.get(f"/meetings/{mixed_one.meeting_date}/Cabinet").text)
        items = {
            item.xpath("./h3/text()")[0].partition(". ")[2]: item.xpath(".//*[@class='tag']/text()")
            for item in page.xpath("//ol[@class='matters']/li")
        }
        assert items == {"Harbour": [], "The zyzzy": ["Exempt"], "Fees": []}
        lines = [
            (each.xpath(".//*[@class='tag']/text()"), each.text_content().casefold())
            for each in html.fromstring(officer.get("/commitments").text).xpath("//tbody/tr")
        ]
        assert {"zyzzyva" in text for _, text in lines} == {True, False}
        assert all((told == ["Exempt"]) == ("zyzzyva" in text) for told, text in lines)
    with TestClient(create_app(house)) as outsider:
        for address in ("/papers", f"/meetings/{mixed_one.meeting_date}/Cabinet", "/commitments"):
            assert html.fromstring(outsider.get(address).text).xpath("//*[@class='tag']") == []
    house.close()


def test_the_same_words_in_an_exempt_paper_are_told_to_be_exempt():
    one, other = (made(number, number == 2, WORDS, "Cabinet") for number in (1, 2))
    with library_of([one], [other]) as folder:
        house = house_at(folder)
        key = People(house.store).add_key("ada", Role.OFFICER, 1)
        with TestClient(create_app(house), headers={"Authorization": f"Bearer {key}"}) as officer:
            twins = tags(officer, "/ask?q=mooring+fees", "//ul[@class='twins']/li")
        assert {other.id in place for place in twins} == {True, False}
        assert all((told == ["Exempt"]) == (other.id in place) for place, told in twins.items())
        house.close()


def test_of_a_paper_what_is_exempt_and_what_is_not_is_told_by_its_characters(folder):
    sold = "The zyzzyva is sold."
    one = mixed(sold)
    at = one.text.text.index(sold)
    with open_view(folder, Access.EXEMPT) as view:
        told = view.exempt([one.id, SECRET.id, made(1, False, WORDS, "Cabinet").id])
    assert set(told) == {one.id, SECRET.id}
    assert told[SECRET.id].whole and told[SECRET.id].meets(0, 1)
    assert not told[one.id].whole
    assert told[one.id].meets(at, at + 1) and not told[one.id].meets(0, at - 1)
    with open_view(folder, Access.PUBLIC) as view:
        assert view.exempt([one.id, SECRET.id]) == {}


def test_no_file_of_the_open_part_holds_a_word_of_what_is_exempt(folder):
    whole = [packed(each.text.pages[0].text) for each in (SECRET, mixed("The zyzzyva is sold."))]
    for path in files(folder / OPEN):
        assert b"zyzzyva" not in path.read_bytes().lower(), path
        assert b"Exempt Panel" not in path.read_bytes(), path
        assert not any(page in path.read_bytes() for page in whole), path
    kept = [path.read_bytes() for path in folder.glob("library.*")]
    assert all(any(page in each for each in kept) for page in whole)


def test_the_open_part_can_be_served_by_itself(folder, tmp_path):
    alone = shutil.copytree(folder / OPEN, tmp_path / "library")
    with open_view(alone) as view:
        assert held(view) == {paper_id("/papers/1.md"), paper_id("/papers/mixed.md")}
        with pytest.raises(FileWithheld):
            view.source_file(paper_id("/papers/mixed.md"))


def test_a_paper_that_becomes_exempt_goes_and_one_that_is_opened_comes(folder):
    with Library.create_or_open(folder, "hash", 64) as library:
        library.keep(
            embedded(made(1, True, WORDS, "Cabinet"), made(9, False, ["zyzzyva"], "Cabinet"))
        )
    with open_view(folder) as view:
        assert held(view) == {paper_id("/papers/mixed.md"), SECRET.id}
        assert view.by_words(["dredg"], Filters(), 5) == []
        assert len(view.by_words(["zyzzyva"], Filters(), 5)) == 1
    for path in (folder / OPEN).rglob("*"):
        assert path.is_dir() or b"dredging" not in path.read_bytes().lower(), path


def test_of_an_item_that_becomes_exempt_no_file_of_the_open_part_keeps_a_word(folder):
    many = [made(number, False, WORDS, "Cabinet") for number in range(20, 40)]
    opened = mixed("The quagga is sold.")
    items = tuple(replace(item, exempt=False) for item in opened.items)
    with Library.create_or_open(folder, "hash", 64) as library:
        library.keep(embedded(*many, replace(opened, items=items, closed=())))
        page = packed(opened.text.pages[0].text)
        assert any(b"quagga" in path.read_bytes().lower() for path in files(folder / OPEN))
        assert any(page in path.read_bytes() for path in files(folder / OPEN))
        library.keep(embedded(opened))
    for path in files(folder / OPEN):
        assert b"quagga" not in path.read_bytes().lower(), path
        assert page not in path.read_bytes(), path


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_a_change_of_what_is_exempt_alone_changes_nothing_that_outsiders_see(folder):
    with open_view(folder) as view:
        before = view.generation
    with Library.create_or_open(folder, "hash", 64) as library:
        library.keep(embedded(mixed("The zyzzyva is kept.")))
        library.forget([SECRET.source])
    with open_view(folder) as view:
        assert view.generation == before


def test_an_open_part_that_was_deleted_is_made_again_before_anyone_reads(folder):
    shutil.rmtree(folder / OPEN)
    with open_view(folder) as view:
        assert SECRET.id not in held(view)
        with pytest.raises(NotHeld):
            view.passage(SECRET.passages[0].id)
    assert (folder / OPEN).is_dir()


def test_a_file_that_could_not_be_read_is_not_told_of(folder):
    with Library.create_or_open(folder, "hash", 64) as library:
        error = EncryptedPaper(Path("/papers/zyzzyva.pdf"), "it needs a password")
        library.report_failure("/papers/zyzzyva.pdf", "f" * 64, STAMP, error)
    with open_view(folder) as view:
        assert (view.failures(), view.status().failures) == ([], 0)
    with open_view(folder, Access.EXEMPT) as view:
        assert len(view.failures()) == 1


def test_a_paper_whose_sidecar_cannot_be_read_is_hidden_until_it_can(folder):
    shown = made(1, False, WORDS, "Cabinet")
    with Library.create_or_open(folder, "hash", 64) as library:
        error = SidecarWrong(Path(shown.source), "its sidecar is not TOML")
        library.report_failure(shown.source, "f" * 64, STAMP, error)
        with open_view(folder) as view:
            assert shown.id not in held(view)
        with open_view(folder, Access.EXEMPT) as view:
            assert shown.id in held(view)
        library.keep(embedded(shown))
    with open_view(folder) as view:
        assert shown.id in held(view)


def test_nothing_is_read_into_the_open_part_by_itself(folder, tmp_path):
    alone = shutil.copytree(folder / OPEN, tmp_path / "library")
    with pytest.raises(LibraryDerived):
        Library.create_or_open(alone, "hash", 64)


def test_a_library_without_anything_exempt_keeps_no_second_copy():
    with library_of([made(1, False, WORDS, "Cabinet")]) as folder:
        assert not (folder / OPEN).exists()


def test_a_clerk_makes_papers_exempt_and_open_again_by_command(matters, tmp_path):
    papers = write_papers(tmp_path / "papers")
    folder = tmp_path / "library"

    def outsiders() -> int:
        with house_at(folder).view() as view:
            return len(view.papers())

    assert matters("ingest", papers, library=folder).exit_code == 0
    assert outsiders() == 5
    assert matters("ingest", papers / "harbour", "--exempt", "yes", library=folder).exit_code == 0
    assert outsiders() == 3
    assert matters("ingest", papers, library=folder).exit_code == 0
    assert outsiders() == 3
    assert matters("ingest", papers / "harbour", "--exempt", "no", library=folder).exit_code == 0
    assert outsiders() == 5
    assert matters("ingest", papers, "--exempt", "perhaps", library=folder).exit_code == 2


def test_the_command_line_can_show_what_outsiders_see(matters, folder):
    asked = ("ask", "zyzzyva", "--json")
    assert "zyzzyva" in matters(*asked, library=folder).output.partition("hits")[2]
    assert (
        "zyzzyva"
        not in matters(*asked, "--as", "public", library=folder).output.partition("hits")[2]
    )
    listed = matters("export", "papers", "--as", "public", library=folder).output
    assert SECRET.id not in listed and paper_id("/papers/1.md") in listed
