"""The pages of the register: what is listed, what one entry shows, and how officers keep it."""

import re
from dataclasses import replace
from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest
from fastapi.testclient import TestClient
from lxml import html

from api.access.people import People
from api.access.roles import Role
from api.app import create_app
from api.routes.pages.browsing import A_PAGE
from ingest.paper import Due
from search.library import Library
from tests.api.conftest import house_at
from tests.embedders import HashEmbedder
from tests.search.factory import embedded, paper, promising

PASSWORD = "four words go together"
LAMPS = "Mrs Tarn undertook to have the lamps on Mill Lane repaired by 30 June 2021."
BENCH = "The Head of Parks agreed to paint the bench <by the weir> at Sallowmere."
DONE = "The lamps on Mill Lane have been repaired, Mrs Tarn said."
JUNE = Due("by 30 June 2021", date(2021, 6, 30), date(2021, 6, 30))
MINUTES = promising(
    paper(
        ["Apologies were noted."],
        [LAMPS],
        source="/papers/minutes.md",
        item="Streets",
        meeting_date=date(2021, 5, 6),
    ),
    LAMPS,
    owner="Mrs Tarn",
    due=JUNE,
)
PARKS = promising(
    paper([BENCH], source="/papers/parks.md", body="Parks Panel", meeting_date=date(2021, 6, 1)),
    BENCH,
    owner="Head of Parks",
    due=Due("in due course"),
)
LATER = paper([DONE], source="/papers/later.md", meeting_date=date(2021, 7, 1))
FILLER = [
    paper([f"Matter {n} was noted."], source=f"/papers/{n}.md", body="Moon Panel")
    for n in range(120)
]
LAMPS_AT = f"/commitments/{MINUTES.commitments[0].id}"
BENCH_AT = f"/commitments/{PARKS.commitments[0].id}"
BROWSER = {"Accept": "text/html"}


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "library"
    with Library.create_or_open(folder, HashEmbedder.name, HashEmbedder.dimension) as library:
        library.keep(embedded(MINUTES, PARKS, LATER, *FILLER))
    return folder


@pytest.fixture
def outsider(folder):
    house = house_at(folder, council="Sallowmere Council")
    with TestClient(create_app(house)) as client:
        yield client
    house.close()


def signed_in(client, name: str, role: Role):
    """Return another browser of the same service, with somebody signed in."""
    People(client.app.state.house.store).add_account(name, role, PASSWORD)
    browser = TestClient(client.app)
    fields = {"token": token_of(browser.get("/sign-in")), "name": name, "password": PASSWORD}
    assert browser.post("/sign-in", data=fields, follow_redirects=False).status_code == 303
    return browser


@pytest.fixture
def officer(outsider):
    return signed_in(outsider, "ada", Role.OFFICER)


def token_of(reply) -> str:
    return re.search(r'name="token" value="([0-9a-f]{64})"', reply.text)[1]


def read(reply, status: int = 200):
    assert reply.status_code == status, reply.text
    return html.fromstring(reply.text)


def words(part) -> str:
    return " ".join(part.text_content().split())


def rows(client, **query) -> list[list[str]]:
    page = read(client.get("/commitments", params=query))
    return [[words(cell) for cell in row] for row in page.xpath("//tbody/tr")]


def form_of(page) -> dict[str, str]:
    """Return what the form of an entry would send if nothing were changed in it."""
    (form,) = page.xpath("//form[.//select[@name='state']]")
    return dict(form.form_values())


# The list


def test_overdue_entries_come_first_and_are_called_overdue_in_words(outsider):
    listed = rows(outsider)
    assert [(each[2], each[3], each[4].partition(", where")[0], each[5]) for each in listed] == [
        ("Mrs Tarn", "30 June 2021", "Cabinet, 6 May 2021, page 2", "Open, overdue"),
        ("Head of Parks", "in due course", "Parks Panel, 1 June 2021, page 1", "Open"),
    ]
    assert "2 commitments, 1 overdue" in outsider.get("/commitments").text


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"topic": "where are the lamps?"}, ["Mrs Tarn"]),
        ({"body": "Parks Panel"}, ["Head of Parks"]),
        ({"owner": "tarn"}, ["Mrs Tarn"]),
        ({"state": "open"}, ["Mrs Tarn", "Head of Parks"]),
        ({"state": "done"}, []),
        ({"kind": "request"}, []),
        ({"overdue": "true"}, ["Mrs Tarn"]),
        ({"due_before": "2021-06-30"}, ["Mrs Tarn"]),
        ({"due_before": "2021-06-29"}, []),
        ({"since": "2021-06-01"}, ["Head of Parks"]),
        ({"until": "2021-05-31"}, ["Mrs Tarn"]),
        ({"topic": "", "body": "", "due_before": ""}, ["Mrs Tarn", "Head of Parks"]),
    ],
)
def test_the_form_leaves_what_meets_it_and_the_downloads_hold_the_same(outsider, query, found):
    assert [each[2] for each in rows(outsider, **query)] == found
    page = read(outsider.get("/commitments", params=query))
    taken = page.xpath("//a[contains(@href, 'export')]/@href")
    assert len(taken) == (4 if found else 0)
    for link in taken:
        reply = outsider.get(link)
        assert reply.status_code == 200
        if parse_qs(urlsplit(link).query)["form"] == ["csv"]:
            owners = [each for each in ("Mrs Tarn", "Head of Parks") if f",{each}," in reply.text]
            assert owners == found


def test_the_words_of_an_entry_lead_to_its_own_page_and_the_printed_page_is_marked(outsider):
    page = read(outsider.get("/commitments?owner=tarn"))
    named = [words(each).partition(",")[0] for each in page.xpath("//tbody/tr//a")]
    assert named == [LAMPS.rstrip("."), "page 2"]
    entry, printed = page.xpath("//tbody/tr//a/@href")
    assert entry.partition("?")[0] == LAMPS_AT
    assert f"/papers/{MINUTES.id}/pages/2?passage=" in printed
    leaf = read(outsider.get(printed))
    assert "".join(leaf.xpath("//mark[contains(@class, 'answer')]//text()")) == LAMPS


@pytest.mark.parametrize(
    "query", [{"due_before": "soon"}, {"state": "finished"}, {"kind": "novel"}]
)
def test_what_cannot_be_meant_is_said_beside_its_field(outsider, query):
    page = read(outsider.get("/commitments", params=query), 422)
    (field,) = query
    assert page.xpath("//div[@role='alert']//a/@href") == [f"#{field}"]
    assert page.xpath(f"//*[@id='{field}-error']")


def test_nothing_found_and_nothing_held_are_told_apart(outsider, tmp_path):
    assert "No commitments match" in outsider.get("/commitments?owner=nobody").text
    assert "The list is shorter" in outsider.get("/commitments?which=9").text
    empty = tmp_path / "empty"
    with Library.create_or_open(empty, HashEmbedder.name, HashEmbedder.dimension) as library:
        library.keep(embedded(LATER))
    with TestClient(create_app(house_at(empty))) as client:
        assert "There are no commitments yet" in client.get("/commitments").text


def test_a_long_list_is_shown_page_by_page(folder, outsider):
    many = [f"Mr Fenn undertook to count gate {n} at the weir." for n in range(A_PAGE)]
    with Library.create_or_open(folder, HashEmbedder.name, HashEmbedder.dimension) as library:
        library.keep(embedded(promising(paper(many, source="/papers/gates.md"), *many)))
    assert len(rows(outsider)) == A_PAGE
    assert len(rows(outsider, which=2)) == 2
    page = read(outsider.get("/commitments?owner=fenn&topic=gate"))
    assert page.xpath("//a[@rel='next']") == []
    assert read(outsider.get("/commitments")).xpath("//a[@rel='next']/@href")


# One entry


def test_an_entry_shows_its_exact_sentence_cited_and_what_later_papers_tell(outsider):
    page = read(outsider.get(LAMPS_AT))
    quoted = [each.text_content() for each in page.xpath("//blockquote")]
    assert quoted == [LAMPS, DONE]
    assert page.xpath("//blockquote/mark/text()") == [DONE]
    cited = page.xpath("//p[@class='where']//a")
    assert "Cabinet, 6 May 2021" in words(cited[0])
    assert "Cabinet, 1 July 2021" in words(cited[1])
    assert f"/papers/{LATER.id}/pages/1?passage=" in cited[1].get("href")
    assert "seem to say that it was done" in words(page)
    assert "Open, overdue" in words(page)


def test_an_exempt_paper_that_tells_of_an_entry_is_told_to_be_exempt(folder, outsider, officer):
    shut = replace(LATER, exempt=True, closed=((0, len(LATER.text.text)),))
    with Library.create_or_open(folder, HashEmbedder.name, HashEmbedder.dimension) as library:
        library.keep(embedded(shut))
    told = [
        (bool(each.xpath(".//*[@class='tag']")), each.xpath("string(./blockquote)"))
        for each in read(officer.get(LAMPS_AT)).xpath("//ul[@class='hits']/li")
    ]
    assert told == [(False, LAMPS), (True, DONE)]
    assert DONE not in outsider.get(LAMPS_AT).text


def test_copies_of_one_paper_are_told_apart_by_their_files(folder, outsider):
    pages = (["Apologies were noted."], [LAMPS])
    copy = paper(*pages, source="/papers/copy.md", item="Streets", meeting_date=date(2021, 5, 6))
    copy = promising(copy, LAMPS, owner="Mrs Tarn", due=JUNE)
    with Library.create_or_open(folder, HashEmbedder.name, HashEmbedder.dimension) as library:
        library.keep(embedded(copy))
    cited = [words(each) for each in read(outsider.get(LAMPS_AT)).xpath("//p[@class='where']//a")]
    assert sorted(each.rpartition(" · ")[2] for each in cited[:2]) == ["copy.md", "minutes.md"]
    assert not cited[2].endswith(".md")


def test_an_entry_is_found_by_its_reference_and_what_is_none_is_a_page_that_says_so(outsider):
    name = rows(outsider, owner="tarn")[0][0]
    assert LAMPS in outsider.get(f"/commitments/{name}").text
    missing = read(outsider.get("/commitments/none", headers=BROWSER), 404)
    assert "No commitment" in words(missing)


def test_what_papers_say_is_escaped(outsider):
    assert "<by the weir>" not in outsider.get(BENCH_AT).text
    assert "<by the weir>" not in outsider.get("/commitments").text


# Officers


def test_an_officer_closes_an_entry_and_takes_it_back(officer, outsider):
    form = form_of(read(officer.get(LAMPS_AT)))
    reply = officer.post(
        LAMPS_AT,
        data={**form, "state": "done", "note": "Seen lit by the ward member."},
        follow_redirects=False,
    )
    assert (reply.status_code, reply.headers["location"]) == (303, f"{LAMPS_AT}?changed=1")
    assert [each[5] for each in rows(outsider, state="done")] == ["Done"]
    page = read(officer.get(LAMPS_AT))
    assert "ada set the state from open to done" in words(page)
    assert "Seen lit by the ward member." in words(page)
    (number,) = page.xpath("//input[@name='undo']/@value")
    officer.post(LAMPS_AT, data={"token": form["token"], "undo": number})
    assert [each[5] for each in rows(outsider, owner="tarn")] == ["Open, overdue"]
    assert "undid change" in officer.get(LAMPS_AT).text


def test_owner_and_day_are_corrected_and_what_was_left_alone_stays(officer, outsider):
    form = form_of(read(officer.get(BENCH_AT)))
    assert form["due"] == "in due course"
    officer.post(BENCH_AT, data={**form, "owner": "Mr Fenn"})
    assert rows(outsider, owner="fenn")[0][2:4] == ["Mr Fenn", "in due course"]
    officer.post(BENCH_AT, data={**form, "due": "2021-08-01/2021-08-31"})  # as it was shown before
    assert rows(outsider, owner="fenn")[0][2:4] == ["Mr Fenn", "August 2021"]


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"due": "soon"}, "is no day"),
        ({"due": "31 February 2021"}, "is no day"),
        ({}, "Nothing would change"),
        ({"state": "finished"}, "no state is called"),
        ({"undo": "7"}, "none of this entry"),
        ({"undo": "x"}, "none of this entry"),
    ],
)
def test_what_makes_no_sense_is_refused_and_what_was_typed_is_kept(officer, typed, says):
    form = form_of(read(officer.get(LAMPS_AT)))
    page = read(officer.post(LAMPS_AT, data={**form, "note": "", **typed}), 409)
    assert says.casefold() in words(page.xpath("//div[@role='alert']")[0]).casefold()
    if "due" in typed:
        assert page.xpath("//input[@name='due']/@value") == [typed["due"]]
        assert page.xpath("//div[@role='alert']//a/@href") == ["#due"]
        assert page.xpath("//input[@name='due'][@aria-invalid]")
    assert "Nobody has changed anything yet." in officer.get(LAMPS_AT).text


def test_all_that_one_save_changed_is_told_and_each_can_be_undone(officer):
    form = form_of(read(officer.get(LAMPS_AT)))
    sent = {**form, "state": "done", "owner": "Mr Fenn", "due": "31 July 2021", "note": "Rang him."}
    page = read(officer.post(LAMPS_AT, data=sent))
    (told,) = page.xpath("//div[@role='status']")
    assert [words(each) for each in told.xpath("./p")] == [
        "Saved: ada set the state from open to done.",
        "ada set the owner from Mrs Tarn to Mr Fenn.",
        "ada set the day from 30 June 2021 to 31 July 2021.",
    ]
    assert len(told.xpath(".//input[@name='undo']")) == 3
    assert read(officer.get(LAMPS_AT)).xpath("//div[@role='status']") == []
    assert read(officer.get(f"{LAMPS_AT}?changed=lots")).xpath("//div[@role='status']") == []


def test_what_another_officer_set_meanwhile_is_told_before_it_is_set_again(officer):
    bob = signed_in(officer, "bob", Role.OFFICER)
    form = form_of(read(bob.get(LAMPS_AT)))
    mine = form_of(read(officer.get(LAMPS_AT)))
    officer.post(LAMPS_AT, data={**mine, "owner": "Mr A", "state": "done"})
    page = read(bob.post(LAMPS_AT, data={**form, "owner": "Mr B", "note": "Seen."}), 409)
    (alert,) = page.xpath("//div[@role='alert']")
    assert "Meanwhile somebody has set the owner to Mr A" in words(alert)
    assert alert.xpath(".//a/@href") == ["#owner"]
    again = form_of(page)
    assert (again["owner"], again["note"], again["state"]) == ("Mr B", "Seen.", "done")
    page = read(bob.post(LAMPS_AT, data=again))
    (told,) = page.xpath("//div[@role='status']")
    assert [words(each) for each in told.xpath("./p")] == [
        "Saved: bob set the owner from Mr A to Mr B."
    ]


def test_two_officers_who_set_the_same_do_not_meet(officer):
    form = form_of(read(officer.get(LAMPS_AT)))
    officer.post(LAMPS_AT, data={**form, "state": "done"})
    page = read(officer.post(LAMPS_AT, data={**form, "state": "done", "owner": "Mr Fenn"}))
    assert "set the owner from Mrs Tarn to Mr Fenn" in words(page)


def test_an_outsider_and_a_member_see_no_form_and_no_history_and_change_nothing(officer, outsider):
    form = form_of(read(officer.get(LAMPS_AT)))
    officer.post(LAMPS_AT, data={**form, "note": "Said in confidence."})
    member = signed_in(outsider, "bob", Role.MEMBER)
    for client, status in ((outsider, 401), (member, 403)):
        page = read(client.get(LAMPS_AT))
        assert page.xpath("//form[@action=$at]", at=LAMPS_AT) == []
        assert "in confidence" not in words(page)
        assert "History" not in words(page)
        token = token_of(client.get("/sign-in"))
        sent = {**form, "token": token, "state": "done"}
        assert client.post(LAMPS_AT, data=sent).status_code == status
    (link,) = read(outsider.get(LAMPS_AT)).xpath("//main//a[.='sign in']/@href")
    assert link == f"/sign-in?to={LAMPS_AT}"
    sent_on = outsider.post(LAMPS_AT, data=form, headers=BROWSER, follow_redirects=False)
    assert sent_on.headers["location"] == f"/sign-in?to={LAMPS_AT}"
    assert rows(outsider, state="done") == []


def test_a_form_that_another_site_sends_is_refused(officer, outsider):
    form = form_of(read(officer.get(LAMPS_AT)))
    for token in ("", "0" * 64):
        sent = {**form, "state": "done", "token": token}
        assert officer.post(LAMPS_AT, data=sent).status_code == 403
    assert rows(outsider, state="done") == []


# Merging


def merged(client, other: str, at: str = LAMPS_AT, status: int = 303):
    token = token_of(client.get(at))
    sent = {"token": token, "merge": other}
    reply = client.post(at, data=sent, headers=BROWSER, follow_redirects=False)
    assert reply.status_code == status, reply.text
    return client.get(reply.headers["location"]) if status == 303 else reply


def test_two_entries_are_merged_by_reference_and_parted_again_by_undoing(officer, outsider):
    references = {each[2]: each[0] for each in rows(outsider)}
    page = read(merged(officer, references["Head of Parks"].lower()))
    assert len(rows(outsider)) == 1
    assert [words(each) for each in page.xpath("//blockquote")][:2] == [LAMPS, BENCH]
    (told,) = page.xpath("//div[@role='status']")
    assert f"ada merged it with {references['Head of Parks']}" in words(told)
    (form,) = told.xpath(".//form")
    parted = read(officer.post(form.get("action"), data=dict(form.form_values())))
    assert "Saved: ada undid change" in words(parted.xpath("//div[@role='status']")[0])
    assert len(rows(outsider)) == 2
    history = words(read(officer.get(LAMPS_AT)).xpath("//ol")[0])
    assert f"merged it with {references['Head of Parks']}" in history


def test_a_merge_with_an_earlier_one_names_the_other_and_its_undoing_is_told(officer, outsider):
    references = {each[2]: each[0] for each in rows(outsider)}
    page = read(merged(officer, references["Mrs Tarn"], BENCH_AT))
    (told,) = page.xpath("//div[@role='status']")
    assert words(page.xpath("//nav[@aria-label='Where this is']//li")[-1]) == references["Mrs Tarn"]
    assert f"ada merged it with {references['Head of Parks']}" in words(told)
    (form,) = told.xpath(".//form")
    parted = read(officer.post(form.get("action"), data=dict(form.form_values())))
    assert "Saved: ada undid change" in words(parted.xpath("//div[@role='status']")[0])
    assert f"merged it with {references['Mrs Tarn']}" in words(parted.xpath("//ol")[0])


def test_what_says_much_the_same_is_shown_to_all_and_merged_by_officers_alone(
    folder, officer, outsider
):
    again = promising(
        paper(
            [BENCH], source="/papers/again.md", body="Parks Panel", meeting_date=date(2021, 9, 7)
        ),
        BENCH,
        owner="Head of Parks",
    )
    with Library.create_or_open(folder, HashEmbedder.name, HashEmbedder.dimension) as library:
        library.keep(embedded(again))
    asked = read(outsider.get(BENCH_AT))
    assert asked.xpath("//h2[.='Much the same elsewhere']")
    assert not asked.xpath("//input[@name='merge']")
    (form,) = read(officer.get(BENCH_AT)).xpath("//form[input[@name='merge'][@type='hidden']]")
    reply = officer.post(form.get("action"), data=dict(form.form_values()), headers=BROWSER)
    page = read(reply)
    assert not page.xpath("//h2[.='Much the same elsewhere']")
    assert [words(each) for each in page.xpath("//blockquote")][:2] == [BENCH, BENCH]


@pytest.mark.parametrize(
    ("other", "says"),
    [("", "enter the reference"), ("NONE-OF-US", "no commitment alone"), (LAMPS_AT[-16:], "one")],
)
def test_a_merge_that_makes_no_sense_is_refused_beside_its_field(officer, outsider, other, says):
    page = read(merged(officer, other, status=409), 409)
    (alert,) = page.xpath("//div[@role='alert']")
    assert says in words(alert).casefold()
    assert alert.xpath(".//a/@href") == ["#merge"]
    assert page.xpath("//input[@name='merge']/@value") == [other]
    assert len(rows(outsider)) == 2


# The way back


def test_the_way_back_from_an_entry_keeps_the_list_as_it_was_narrowed(officer):
    listed = "/commitments?owner=tarn&state=open"
    (link, printed) = read(officer.get(listed)).xpath("//tbody/tr//a/@href")
    page = read(officer.get(link))
    assert page.xpath("//nav//a[.='Back to the commitments']/@href") == [listed]
    (form,) = page.xpath("//form[.//select[@name='state']]")
    sent = {**dict(form.form_values()), "note": "Seen."}
    saved = read(officer.post(form.get("action"), data=sent))
    assert saved.xpath("//nav//a[.='Back to the commitments']/@href") == [listed]
    leaf = read(officer.get(printed))
    assert leaf.xpath("//a[.='Back to the commitments']/@href") == [listed]
    (place, *_) = page.xpath("//p[@class='where']//a/@href")
    back = read(officer.get(place)).xpath("//a[.='Back to the commitment']/@href")
    assert back == [link]


@pytest.mark.parametrize("back", ["https://elsewhere.example/", "//elsewhere.example", "/nowhere"])
def test_no_way_back_leads_elsewhere(outsider, back):
    page = read(outsider.get(LAMPS_AT, params={"back": back}))
    assert page.xpath("//nav[@aria-label='Where this is']//a/@href") == ["/commitments"]
    led = page.xpath("//main//a[not(starts-with(@href, '/sign-in'))]/@href | //form/@action")
    assert "elsewhere" not in " ".join(led)


# The head of every page


@pytest.mark.parametrize("address", ["/", "/commitments", "/library", "/help", "/nowhere"])
def test_every_page_tells_who_is_signed_in_and_lets_them_sign_out(officer, outsider, address):
    page = html.fromstring(outsider.get(address, headers=BROWSER).text)
    assert page.xpath("//header//a/@href")[-1] == f"/sign-in?to={address}"
    assert len(outsider.cookies) == 0
    page = html.fromstring(officer.get(address, headers=BROWSER).text)
    (form,) = page.xpath("//header//form[@action='/sign-out']")
    assert "ada" in words(form)
    officer.post("/sign-out", data=dict(form.form_values()))
    assert "ada" not in officer.get("/help").text
