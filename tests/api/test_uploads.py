"""Papers that clerks send: kept under the council's folder, read in, answered, and withdrawn."""

import time
import tomllib
from datetime import date
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from api.access.roles import Role
from api.app import create_app
from api.receiving.storing import (
    LONGEST_NAME,
    SUFFIX_OF,
    UploadRefused,
    name_of,
    place_of,
    sidecar_text,
    store,
    stored,
)
from api.routes.pages import uploads
from ingest.finding import papers_under
from ingest.overrides import OPEN, checked, overrides_of, sidecar_of
from ingest.reading import READERS
from search.store.lock import WriterLock
from tests.api.conftest import house_at
from tests.api.papers import HARBOUR, LIBRARIES
from tests.api.test_register_page import BROWSER, read, signed_in, token_of, words

PATIENCE = 60
"""Seconds for a process to start and read a few small papers."""

SAID = {"body": "Harbour Committee", "day": "2024-03-12"}


@pytest.fixture
def outsider(tmp_path):
    """A browser of a service without any papers yet, that keeps those sent in a folder."""
    house = house_at(tmp_path / "library", uploads=tmp_path / "sent")
    with TestClient(create_app(house)) as client:
        yield client
    house.close()


@pytest.fixture
def clerk(outsider):
    return signed_in(outsider, "cleo", Role.CLERK)


@pytest.fixture
def folder(outsider) -> Path:
    return outsider.app.state.settings.uploads


def send(client, *papers: tuple[str, bytes | str], follow_redirects: bool = False, **fields: str):
    """Send papers as the form of the page does."""
    files = [("files", paper) for paper in papers] or [("files", ("", b""))]
    sent = {"token": token_of(client.get("/uploads")), **fields}
    return client.post(
        "/uploads", data=sent, files=files, headers=BROWSER, follow_redirects=follow_redirects
    )


def settled(client):
    """Wait until nothing is being read in; return the page that tells what came of it."""
    deadline = time.monotonic() + PATIENCE
    while True:
        page = read(client.get("/uploads"))
        if not page.xpath("//*[@data-under-way]"):
            return page
        assert time.monotonic() < deadline, "it was still being read in"
        time.sleep(0.1)


def errors_of(page) -> str:
    return " ".join(words(each) for each in page.xpath("//div[@role='alert']"))


def audited(client, did: str) -> list[tuple[str, str]]:
    return [
        (each.who, each.what) for each in client.app.state.house.audit.lines() if each.did == did
    ]


# The way in


def test_a_clerk_sends_papers_and_the_public_is_answered_from_them(clerk, outsider, folder):
    reply = send(clerk, ("minutes.txt", HARBOUR), ("libraries.md", LIBRARIES), **SAID)
    assert (reply.status_code, reply.headers["location"]) == (303, "/uploads")
    page = settled(clerk)
    assert "Last read in by cleo" in words(page)
    assert "2 new papers" in words(page)
    place = folder / "Harbour Committee" / "2024-03-12"
    assert sorted(each.name for each in papers_under([folder])) == ["libraries.md", "minutes.txt"]
    assert (place / "minutes.txt").read_text() == HARBOUR
    answer = read(outsider.get("/ask", params={"q": "When will the inner harbour be dredged?"}))
    assert "at a cost of £480,000" in words(answer)
    assert ("cleo", (place / "minutes.txt").as_posix()) in [
        (who, each) for who, what in audited(clerk, "uploaded") for each in what.splitlines()
    ]
    assert [who for who, _ in audited(clerk, "added")] == ["cleo"]


def test_what_is_said_of_papers_is_believed_before_them(clerk, outsider):
    send(clerk, ("m.txt", HARBOUR), body="Quays Panel", kind="report", day="2023-01-31")
    settled(clerk)
    page = read(outsider.get("/papers", params={"body": "Quays Panel", "kind": "report"}))
    assert "Quays Panel, 31 January 2023" in words(page)


def test_a_paper_that_is_said_to_be_exempt_is_kept_from_the_public(clerk, outsider):
    send(clerk, ("open.txt", LIBRARIES))
    settled(clerk)
    send(clerk, ("m.txt", HARBOUR), exempt="exempt")
    page = settled(clerk)
    assert "Not read in yet" not in words(page)
    kept = [words(each) for each in page.xpath("//h2[.='Papers that were sent here']/../ul/li")]
    assert [("Exempt" in each, "m.txt" in each) for each in kept] == [(True, True), (False, False)]
    assert "Harbour" in words(read(clerk.get("/papers")))
    assert "Harbour" not in words(read(outsider.get("/papers")))


def test_a_file_that_cannot_be_read_is_reported_with_what_to_do(clerk):
    send(clerk, ("broken.pdf", b"%PDF-1.7 and nothing else"), ("m.txt", HARBOUR))
    page = settled(clerk)
    assert "1 new paper," in words(page)
    (told,) = (words(each) for each in page.xpath("//section[@class='notice']//li"))
    assert told.startswith("broken.pdf: ")
    assert "ingest it anew" in told
    assert [
        words(each)
        for each in page.xpath("//ul[@class='papers']//span")
        if "not be read" in words(each)
    ]


@pytest.mark.parametrize(
    ("paper", "why"),
    [
        (("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(99)), "save it as .docx"),
        (("picture.png", b"\x89PNG\r\n\x1a\n" + bytes(99)), "neither a paper nor text"),
        (("minutes.pdf", bytes(range(256))), "called a PDF and is none"),
        (("nothing.txt", b""), "the file is empty"),
        (("minutes.pdf.toml", b"exempt = true"), "send the paper itself"),
        (("..", b"text"), "no name"),
    ],
)
def test_what_is_no_paper_is_not_taken_and_the_page_says_why(clerk, folder, paper, why):
    page = read(send(clerk, paper), 422)
    assert why in errors_of(page)
    assert ".." not in errors_of(page)
    assert not [each for each in folder.rglob("*") if each.is_file()]


def test_papers_sent_with_a_bad_one_are_taken_all_the_same(clerk):
    page = read(send(clerk, ("m.txt", HARBOUR), ("x.png", b"\x89PNG" + bytes(99))), 422)
    assert "1 of 2 files was not taken. The others are being read in." in errors_of(page)
    (told,) = (words(each) for each in page.xpath("//form//li"))
    assert told.startswith("x.png: ") and not told.endswith("..")
    assert "1 new paper" in words(settled(clerk))


def test_of_many_bad_files_each_is_told_in_a_line_of_its_own(clerk, folder):
    page = read(send(clerk, ("m.txt", b""), ("x.png", b"\x89PNG" + bytes(99))), 422)
    assert "None of the 2 files was taken." in errors_of(page)
    assert [words(each)[:6] for each in page.xpath("//form//li")] == ["m.txt:", "x.png:"]
    assert stored(folder) == {}


@pytest.mark.parametrize(
    ("field", "value"),
    [("day", "soon"), ("kind", "novel"), ("exempt", "perhaps"), ("body", "x" * 201)],
)
def test_what_makes_no_sense_is_refused_beside_its_field_and_nothing_is_kept(
    clerk, folder, field, value
):
    page = read(send(clerk, ("m.txt", HARBOUR), **{field: value}), 422)
    assert page.xpath("//div[@role='alert']//a/@href") == [f"#{field}"]
    assert page.xpath(f"//*[@id='{field}'][@aria-invalid='true']")
    assert stored(folder) == {}


def test_a_form_without_papers_asks_for_them(clerk):
    assert "Choose the papers" in errors_of(read(send(clerk), 422))


def test_more_than_may_be_sent_at_once_is_refused(tmp_path):
    house = house_at(tmp_path / "library", uploads=tmp_path / "sent", upload_bytes=65_536)
    with TestClient(create_app(house)) as client:
        clerk = signed_in(client, "cleo", Role.CLERK)
        assert send(clerk, ("m.txt", b"a word " * 12_000)).status_code == 413
        assert send(clerk, ("m.txt", b"a word " * 6_000)).status_code == 303
        settled(clerk)
    house.close()


# Replacing


def test_a_paper_of_the_same_name_is_replaced_only_where_that_is_said(clerk, outsider):
    send(clerk, ("m.txt", HARBOUR), **SAID)
    settled(clerk)
    page = read(send(clerk, ("m.txt", LIBRARIES), **SAID), 422)
    assert "there is a paper of this name already" in errors_of(page)
    asked = {"q": "second mobile library van leased"}
    assert "gearbox" not in words(read(outsider.get("/ask", params=asked)))
    assert send(clerk, ("m.txt", LIBRARIES), replace="true", **SAID).status_code == 303
    assert "1 paper replaced" in words(settled(clerk).xpath("//main")[0])
    assert "gearbox" in words(read(outsider.get("/ask", params=asked)))


def test_a_paper_that_is_sent_again_stays_exempt(tmp_path):
    first = store(tmp_path, "m.txt", b"one", {"exempt": True, "body": "Cabinet"}, replace=False)
    again = store(tmp_path, "m.txt", b"two", {"body": "Council"}, replace=True)
    assert (first, again.read_bytes()) == (again, b"two")
    assert overrides_of(again, {}).get("body").value == "Council"
    assert overrides_of(again, {}).get("exempt").value != OPEN


def test_a_paper_whose_sidecar_cannot_be_read_is_left_as_it_is(tmp_path):
    paper = store(tmp_path, "m.txt", b"one", {}, replace=False)
    sidecar_of(paper).write_text("exempt = perhaps")
    with pytest.raises(UploadRefused, match="mend that first"):
        store(tmp_path, "m.txt", b"two", {"body": "Council"}, replace=True)
    assert paper.read_bytes() == b"one"


def test_papers_of_one_name_are_kept_apart_by_meeting(tmp_path):
    for day in (1, 2):
        place = place_of(tmp_path, "Cabinet", date(2024, 5, day))
        store(place, "Agenda.txt", b"Agenda of a meeting", {}, replace=False)
    assert len(stored(tmp_path)) == 2


# Names


@given(sent=st.text(max_size=400), body=st.text(max_size=300))
def test_no_name_leads_out_of_the_folder_and_each_is_found_again(tmp_path_factory, sent, body):
    folder = tmp_path_factory.mktemp("sent")
    place = place_of(folder, body, None)
    assert place == folder or place.resolve().parent == folder.resolve()
    try:
        file = store(place, sent, b"Some words", {}, replace=True)
    except UploadRefused:
        return
    assert file.parent == place
    assert len(file.name.encode()) <= LONGEST_NAME
    assert list(stored(folder).values()) == [file]


@pytest.mark.parametrize(
    ("sent", "content", "name"),
    [
        ("C:\\Papers\\Agenda.PDF", b"%PDF-1.7", "Agenda.PDF"),
        ("../../etc/minutes", b"%PDF-1.7", "minutes.pdf"),
        ("minutes.v2", b"Some words", "minutes.v2.txt"),
        ("page", b"<html><body>Some words</body></html>", "page.html"),
        ("~$minutes.docx", b"Some words", "minutes.docx"),
        (".hidden.md", b"Some words", "hidden.md"),
    ],
)
def test_a_file_is_named_by_what_is_in_it_and_where_it_is_found_again(sent, content, name):
    assert name_of(sent, content) == name


def test_every_format_has_a_suffix():
    assert set(SUFFIX_OF) == set(READERS)


@given(
    st.fixed_dictionaries(
        {},
        optional={
            "body": st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=200),
            "exempt": st.booleans(),
            "meeting_date": st.dates().map(date.isoformat),
        },
    )
)
def test_a_sidecar_says_again_what_was_said(said):
    told = tomllib.loads(sidecar_text(said))
    assert told == said
    assert {n: checked(n, v) for n, v in told.items() if n != "body"} == {
        n: checked(n, v) for n, v in said.items() if n != "body"
    }


# Who may, and when


@pytest.mark.parametrize("role", [Role.MEMBER, Role.OFFICER])
def test_nobody_below_a_clerk_sends_or_withdraws_anything(clerk, outsider, folder, role):
    send(clerk, ("m.txt", HARBOUR))
    settled(clerk)
    (paper,) = stored(folder)
    other = signed_in(outsider, "ben", role)
    token = token_of(other.get("/sign-in"))
    for client, status in ((outsider, 401), (other, 403)):
        for address in ("/uploads", "/uploads/progress", f"/uploads/{paper}"):
            assert client.get(address).status_code == status
        for address in ("/uploads", f"/uploads/{paper}"):
            fields = {"token": token}
            files = {"files": ("n.txt", LIBRARIES)}
            assert client.post(address, data=fields, files=files).status_code == status
        assert "/uploads" not in client.get("/library").text
    assert list(stored(folder)) == [paper]
    assert "/uploads" in clerk.get("/library").text


@pytest.mark.parametrize("token", ["", "0" * 64])
def test_a_form_that_another_site_sends_is_refused(clerk, folder, token):
    sent = {"files": ("m.txt", HARBOUR)}
    assert clerk.post("/uploads", data={"token": token}, files=sent).status_code == 403
    assert stored(folder) == {}


def test_without_a_folder_the_page_says_which_setting_names_it(tmp_path):
    house = house_at(tmp_path / "library")
    with TestClient(create_app(house)) as client:
        clerk = signed_in(client, "cleo", Role.CLERK)
        page = read(clerk.get("/uploads"))
        assert "MATTERS_UPLOADS" in words(page)
        assert page.xpath("//input[@type='file']") == []
        token = {"token": token_of(clerk.get("/uploads"))}
        clerk.post("/uploads", data=token, files={"files": ("m.txt", HARBOUR)})
        assert not (tmp_path / "sent").exists()
    house.close()


def test_while_papers_are_read_in_others_are_refused_and_the_page_says_so(clerk, folder):
    send(clerk, *((f"{n}.txt", HARBOUR + str(n)) for n in range(20)))
    page = read(send(clerk, ("late.txt", LIBRARIES)), 503)
    assert "being read in or withdrawn just now" in errors_of(page)
    assert "late.txt" not in [each.name for each in papers_under([folder])]
    told = clerk.get("/uploads/progress").text
    assert "data-under-way" in told
    settled(clerk)
    assert "no longer being read in" in clerk.get("/uploads/progress").text


def test_papers_sent_while_somebody_else_writes_are_kept_and_read_in_later(
    clerk, outsider, folder, tmp_path
):
    send(clerk, ("m.txt", HARBOUR))
    settled(clerk)
    lock = WriterLock(tmp_path / "library")
    send(clerk, ("n.txt", LIBRARIES))
    page = settled(clerk)
    assert "another process is writing" in words(page)
    assert "Not read in yet" in words(page)
    lock.release()
    form = {"token": token_of(clerk.get("/uploads")), "again": "true"}
    clerk.post("/uploads", data=form, files={"none": ("", b"")})
    assert "1 new paper" in words(settled(clerk))


# Withdrawing


def test_a_paper_that_is_withdrawn_is_gone_from_every_file(clerk, outsider, folder, tmp_path):
    send(clerk, ("m.txt", HARBOUR), exempt="open", **SAID)
    send_later = ("n.txt", LIBRARIES)
    settled(clerk)
    send(clerk, send_later)
    settled(clerk)
    paper = next(name for name, file in stored(folder).items() if file.name == "m.txt")
    page = read(clerk.get(f"/uploads/{paper}"))
    assert "m.txt" in words(page)
    token = {"token": token_of(clerk.get("/uploads"))}
    assert clerk.post(f"/uploads/{paper}", data=token, follow_redirects=False).status_code == 303
    assert "m.txt: gone from the library" in words(settled(clerk))
    assert [each.name for each in folder.rglob("*")] == ["n.txt"]
    asked = read(outsider.get("/ask", params={"q": "dredging of the inner harbour"}))
    assert "480,000" not in words(asked)
    outsider.app.state.house.close()
    for file in (tmp_path / "library").rglob("*"):
        if file.is_file() and not file.name.startswith("access"):
            assert b"silted" not in file.read_bytes(), file
    assert [who for who, _ in audited(clerk, "removed")] == ["cleo"]
    assert clerk.get(f"/uploads/{paper}").status_code == 404


def test_a_paper_that_lies_elsewhere_cannot_be_withdrawn_here(clerk, tmp_path):
    other = tmp_path / "elsewhere.txt"
    other.write_text(HARBOUR)
    house = clerk.app.state.house
    from ingest.pipeline import Options

    house.ingest([other], Options(), lambda _: None)
    token = {"token": token_of(clerk.get("/uploads"))}
    with house.view() as view:
        (card,) = view.papers()
    assert clerk.post(f"/uploads/{card.id}", data=token).status_code == 404
    assert other.exists()


def test_a_round_whose_process_dies_says_so_and_the_next_can_begin(clerk, folder):
    send(clerk, ("m.txt", HARBOUR))
    clerk.app.state.reader.close()
    assert "ended before it was done" in words(settled(clerk))
    again = {"token": token_of(clerk.get("/uploads")), "again": "true"}
    clerk.post("/uploads", data=again, files={"none": ("", b"")})
    assert "1 new paper" in words(settled(clerk))


def test_a_paper_that_was_never_read_in_can_be_withdrawn(clerk, folder):
    folder.mkdir()
    (folder / "m.txt").write_text(HARBOUR)
    (paper,) = stored(folder)
    token = {"token": token_of(clerk.get("/uploads"))}
    clerk.post(f"/uploads/{paper}", data=token)
    assert "Withdrawn by cleo" in words(settled(clerk))
    assert list(folder.iterdir()) == []


def test_a_withdrawal_while_somebody_else_writes_changes_nothing_and_says_so(
    clerk, folder, tmp_path
):
    send(clerk, ("m.txt", HARBOUR))
    settled(clerk)
    (paper,) = stored(folder)
    lock = WriterLock(tmp_path / "library")
    token = {"token": token_of(clerk.get("/uploads"))}
    clerk.post(f"/uploads/{paper}", data=token)
    assert "another process is writing" in words(settled(clerk))
    lock.release()
    assert list(stored(folder)) == [paper]


def test_a_page_never_says_withdrawn_of_a_paper_that_it_still_lists(clerk, folder, monkeypatch):
    send(clerk, ("vans.txt", LIBRARIES))
    (address,) = settled(clerk).xpath("//a[contains(., 'Withdraw')]/@href")
    token = {"token": token_of(clerk.get("/uploads"))}
    reader = clerk.app.state.reader

    def listed_before_it_ends(place):
        files = stored(place)
        while reader.latest.under_way:
            time.sleep(0.01)
        return files

    sent = clerk.post(address, data=token, headers=BROWSER, follow_redirects=False)
    assert sent.status_code == 303
    monkeypatch.setattr(uploads, "stored", listed_before_it_ends)
    page = read(clerk.get("/uploads"))
    withdrawn = "Withdrawn by" in words(page)
    assert not (withdrawn and page.xpath("//a[contains(., 'vans.txt')]"))
