"""Ways through the pages of those who work with them, in a real browser, and axe on each page."""

import re
from datetime import date
from io import BytesIO

import pytest
from docx import Document

from api.access.people import People
from api.access.roles import Role
from ingest.paper import Due
from ingest.pipeline import Options
from search.library import Library
from tests.api.conftest import house_at
from tests.api.papers import HARBOUR, LIBRARIES
from tests.api.test_journeys import PASSWORD, PROMISE, STATES, ask, faults_of
from tests.browsing import CHROMIUM, serving
from tests.embedders import HashEmbedder
from tests.search.factory import embedded, paper, promising

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium on this machine")


TALL = {"viewport": {"width": 1280, "height": 900}}


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """Serve a library with papers and a commitment; the clerk cleo may send more."""
    folder = tmp_path_factory.mktemp("working")
    (folder / "sent").mkdir()
    (folder / "sent" / "minutes.txt").write_text(HARBOUR)
    due = Due("by 30 April 2024", date(2024, 4, 30), date(2024, 4, 30))
    minutes = paper([PROMISE], source="/papers/slip.md", meeting_date=date(2024, 3, 12))
    with Library.create_or_open(
        folder / "library", HashEmbedder.name, HashEmbedder.dimension
    ) as library:
        library.keep(embedded(promising(minutes, PROMISE, owner="Mr Fenn", due=due)))
    house = house_at(folder / "library", uploads=folder / "sent", per_minute=0)
    house.ingest([folder / "sent"], Options(), lambda _: None)
    People(house.store).add_account("cleo", Role.CLERK, PASSWORD)
    with serving(house) as served:
        yield served
    house.close()


def sign_in(page, to: str) -> None:
    """Go to a page that asks to sign in, and do so."""
    page.goto(to)
    page.get_by_label("Name").fill("cleo")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()


def look_until_done(page, heading: str, java_script: bool) -> None:
    """Wait for what our script says when it is done; without it, look again."""
    done = page.get_by_role("link", name="See what came of it")
    ended = page.get_by_role("heading", name=re.compile(heading))
    again = page.get_by_role("link", name="Look again")
    for _ in range(200):
        if ended.count():
            return
        if done.count():
            done.click()
        elif again.count() and not java_script:
            again.click()
        else:
            page.wait_for_timeout(200)
    raise AssertionError(f"no {heading} after all that time")


@pytest.mark.parametrize("java_script", [True, False], ids=["with JavaScript", "without"])
def test_a_clerk_sends_a_paper_sees_it_answered_and_withdraws_it(new_page, java_script):
    page = new_page(java_script_enabled=java_script, **TALL)
    sign_in(page, "/uploads")
    sent = {"name": "vans.txt", "mimeType": "text/plain", "buffer": LIBRARIES.encode()}
    page.get_by_label("Papers", exact=True).set_input_files(sent)
    page.get_by_label("Committee", exact=True).fill("Libraries Committee")
    page.get_by_role("button", name="Add these papers").click()
    look_until_done(page, "Last read in by cleo", java_script)
    assert "1 new paper" in page.locator(".notice").inner_text()
    ask(page, "How long is the second mobile library van leased for?")
    hit = page.get_by_role("article").filter(has_text="twelve months").first
    assert "Libraries Committee" in hit.inner_text()
    page.goto("/library")
    page.get_by_role("link", name="Add papers").click()
    page.get_by_role("link", name="Withdraw vans.txt").click()
    page.get_by_role("button", name="Withdraw it for good").click()
    look_until_done(page, "Withdrawn by cleo", java_script)
    assert page.get_by_role("link", name="Withdraw vans.txt").count() == 0
    ask(page, "How long is the second mobile library van leased for?")
    assert "twelve months" not in page.inner_text("main")


def test_a_researcher_chooses_passages_orders_them_and_takes_the_briefing_away(new_page):
    page = new_page(java_script_enabled=False, **TALL)
    ask(page, "mooring fees")
    page.get_by_label("For a briefing").nth(0).check()
    page.get_by_label("For a briefing").nth(1).check()
    page.get_by_role("button", name="with the passages you ticked").click()
    chosen = page.locator(".chosen .matters blockquote")
    before = chosen.all_inner_texts()
    assert len(before) == 2
    page.get_by_role("link", name="Move up").click()
    assert page.locator(".chosen .matters blockquote").all_inner_texts() == before[::-1]
    with page.expect_download() as taken:
        page.get_by_role("link", name="Word", exact=True).click()
    document = Document(BytesIO(taken.value.path().read_bytes()))
    whole = "\n".join(each.text for each in document.paragraphs)
    first, second = (" ".join(each.split())[:40] for each in before)
    assert 0 < " ".join(whole.split()).find(second) < " ".join(whole.split()).rfind(first)
    page.locator(".chosen input").first.uncheck()
    page.get_by_role("button", name="Write the briefing", exact=True).click()
    assert len(page.locator(".chosen .matters blockquote").all_inner_texts()) == 1


def test_on_a_narrow_screen_what_wraps_begins_at_the_edge(new_page):
    page = new_page(viewport={"width": 320, "height": 700})
    sign_in(page, "/uploads")
    (first, second) = (each.bounding_box() for each in page.locator(".crumbs li").all())
    assert second["x"] - first["x"] - first["width"] < 12
    page.goto("/commitments?owner=fenn")
    button = page.get_by_role("button", name="Show these commitments").bounding_box()
    link = page.get_by_role("link", name="Show all commitments").bounding_box()
    assert link["y"] > button["y"] + button["height"] / 2
    assert link["x"] == button["x"]


def test_each_change_of_a_save_stands_apart_from_the_next(new_page):
    page = new_page(java_script_enabled=False, **TALL)
    sign_in(page, "/uploads")
    page.goto("/commitments")
    page.locator("tbody td a").first.click()
    page.get_by_label("Owner").fill("Mrs Quill")
    page.get_by_label("Due").fill("31 May 2024")
    page.get_by_role("button", name="Save", exact=True).click()
    told = page.locator(".notice")
    button = told.get_by_role("button").first.bounding_box()
    second = told.locator("p").nth(1).bounding_box()
    assert second["y"] - button["y"] - button["height"] >= 12


@pytest.mark.parametrize("state", STATES)
def test_every_page_to_work_in_meets_wcag_2_2_aa(new_page, state):
    page = new_page(**STATES[state])
    if state == "without our script":
        page.route("**/pages.js*", lambda route: route.abort())
    faults = []
    page.goto("/sign-in")
    page.get_by_role("button", name="Sign in").click()
    faults += faults_of(page)
    sign_in(page, "/uploads")
    withdrawal = page.get_by_role("link", name="Withdraw minutes.txt").get_attribute("href")
    page.goto("/commitments")
    entry = page.locator("tbody td a").first.get_attribute("href")
    page.goto("/ask?q=mooring+fees")
    chosen = page.get_by_label("For a briefing").first.get_attribute("value")
    found = "/briefings?topic=mooring+fees&find=dredging&do=find&passage="
    for path in (
        "/uploads",
        withdrawal,
        entry,
        f"{entry}&changed=1",
        "/library",
        "/briefings",
        "/briefings?do=write&since=soon",
        f"{found}{chosen}",
        f"/briefings?topic=mooring+fees&passage={chosen}",
        "/commitments?since=soon&until=later",
    ):
        page.goto(path)
        page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
        faults += faults_of(page)
    page.goto("/uploads")
    page.get_by_role("button", name="Add these papers").click()
    assert page.get_by_role("alert").inner_text().count("Choose the papers to send")
    faults += faults_of(page)
    page.goto(entry)
    page.locator("summary", has_text="same as another").click()
    page.get_by_role("button", name="Merge the two").click()
    assert page.get_by_role("alert").is_visible()
    faults += faults_of(page)
    assert faults == []
