"""A member's ways through the pages, in a real browser; and every page against WCAG 2.2 AA."""

import re
from datetime import date
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe

from api.access.people import People
from api.access.roles import Role
from ingest.paper import Due
from search.library import Library
from tests.api.conftest import house_at
from tests.browsing import CHROMIUM, PATIENCE, serving
from tests.embedders import HashEmbedder
from tests.search.factory import embedded, paper, promising

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium on this machine")

QUESTION = "Who paints the lighthouse red and white?"
SENTENCE = "The lighthouse shall be painted red and white by Brightwork Painters."

PROMISE = "Mr Fenn undertook to have the slipway at Saltmarsh mended by 30 April 2024."
PASSWORD = "four words go together"


RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
AXE = Axe()

STATES = {
    "as it is": {"viewport": {"width": 1280, "height": 900}},
    # 1,280 pixels at 400 %: WCAG 2.2, success criterion 1.4.10.
    "at 400 %": {"viewport": {"width": 320, "height": 256}},
    # axe-core itself is JavaScript: here our own script does not come.
    "without our script": {"viewport": {"width": 1280, "height": 900}},
}


@pytest.fixture(scope="module")
def address(library):
    house = house_at(library, council="Saltmarsh Council", question_characters=200)
    with serving(house) as served:
        yield served
    house.close()


@pytest.fixture
def page(new_page):
    return new_page(**STATES["as it is"])


def ask(page, question: str = QUESTION) -> None:
    page.goto("/")
    page.get_by_label("Your question").fill(question)
    page.get_by_role("button", name="Ask").click()


def hit_with(page, words: str):
    return page.get_by_role("article").filter(has_text=words).first


def every_page(page) -> list[str]:
    """Return an address of each kind of page, as its links lead there."""
    ask(page)
    hit = hit_with(page, SENTENCE)
    leaf = hit.get_by_role("heading").get_by_role("link").get_attribute("href")
    passage = hit.locator(".citing a").get_attribute("href")
    ask(page, "What was decided about dredging the inner harbour?")
    text = page.locator("#hit-1 a").get_attribute("href")
    paths = ["/", "/?q=", f"/ask?q={QUESTION}", "/ask?q=boats&since=2031-01-01", leaf, text]
    paths += [urlsplit(passage).path, "/papers", "/papers?kind=novel", "/bodies/Harbour Committee"]
    paths += [
        "/meetings/2024-03-12/Harbour Committee",
        "/commitments",
        "/library",
        "/help",
        "/accessibility",
    ]
    return [*paths, "/papers/none"]


def test_a_member_asks_and_sees_the_answer_marked_where_it_is_printed(page):
    ask(page)
    hit = hit_with(page, SENTENCE)
    assert hit.locator("mark").inner_text() == SENTENCE
    hit.get_by_role("heading").get_by_role("link").click()
    assert page.title() == "The lighthouse, page 2 of 2 – Saltmarsh Council – Matters Arising"
    picture = page.get_by_role("img", name="Page 2 of 2 as printed").bounding_box()
    mark = page.locator("rect.answer").bounding_box()
    # tests.api.papers sets it in 12 points, 72 from the left and 736 from the foot of A4.
    across, down = picture["width"] / 595.28, picture["height"] / 841.89
    assert mark["x"] - picture["x"] == pytest.approx(72 * across, abs=2)
    baseline = picture["y"] + (841.89 - 736) * down
    assert mark["y"] < baseline < mark["y"] + mark["height"]
    assert mark["height"] < 24 * down
    assert page.locator(".text mark.answer").inner_text() == SENTENCE
    natural = page.locator(".paper img").evaluate("image => image.naturalWidth")
    assert natural > 0


def test_without_a_mouse_the_marked_page_is_reached_and_focus_is_always_seen(page):
    page.goto("/")
    page.keyboard.press("Tab")
    assert page.locator(":focus").inner_text() == "Skip to main content"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type(QUESTION)
    page.keyboard.press("Enter")
    page.wait_for_url("**/ask?**")
    for _ in range(60):
        page.keyboard.press("Tab")
        focused = page.locator(":focus")
        style = focused.evaluate("each => [getComputedStyle(each).outlineStyle, each.id]")
        assert style[0] == "solid", f"{focused.evaluate('each => each.outerHTML')} has no outline"
        if "/pages/2" in (focused.get_attribute("href") or ""):
            break
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/papers/.*/pages/2"))
    assert page.locator("rect.passage").count()


FOCUSABLE = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']"

REACHABLE = f"""() => [...document.querySelectorAll("{FOCUSABLE}")].filter(each =>
    each.checkVisibility() && !each.parentElement.closest("details:not([open]) > :not(summary)")
).length"""

STOP = """() => {
    const stop = document.activeElement, box = stop.getBoundingClientRect();
    window.stops ??= [];
    if (stop === document.body || (stops.length > 1 && stop === stops[0])) return null;
    if (window.stops.at(-1) !== stop) window.stops.push(stop);  // a day has stops of its own inside
    const shown = box.width > 0 && box.bottom > 0 && box.top < innerHeight;
    return [stop.outerHTML, getComputedStyle(stop).outlineStyle, shown];
}"""


def test_tab_reaches_all_of_every_page_once_in_view_with_its_focus_seen_and_leaves_it(page):
    for path in every_page(page):
        page.goto(path)
        # A page with errors begins at them; this run begins at its head.
        page.evaluate("document.querySelector('.skip').focus({focusVisible: true})")
        for _ in range(300):
            stop = page.evaluate(STOP)
            page.keyboard.press("Tab")
            if stop is None:
                break
            what, outline, shown = stop
            assert outline == "solid", f"{path}: {what} has no outline"
            assert shown, f"{path}: {what} is out of view"
        else:
            pytest.fail(f"{path}: Tab does not leave the page")
        seen, each_once = page.evaluate("[stops.length, new Set(stops).size]")
        assert seen == each_once == page.evaluate(REACHABLE), path


def test_without_javascript_the_same_way_leads_to_the_mark_and_the_citation(new_page):
    page = new_page(java_script_enabled=False)
    ask(page)
    hit = hit_with(page, SENTENCE)
    hit.locator("summary", has_text="Cite").click()
    assert SENTENCE in hit.locator(".citing").inner_text()
    assert hit.get_by_role("button").count() == 0
    hit.get_by_role("heading").get_by_role("link").click()
    assert page.locator("rect.answer").count() == 1
    page.get_by_role("link", name="200 %").click()
    assert page.locator(".zoom-200 rect.answer").count() == 1


def test_a_citation_is_copied_by_a_button_that_says_so(new_page):
    page = new_page(permissions=["clipboard-read", "clipboard-write"])
    ask(page)
    hit = hit_with(page, SENTENCE)
    hit.locator("summary", has_text="Cite").click()
    hit.get_by_role("button", name="Copy the quotation").click()
    page.get_by_role("status").filter(has_text="Copied the quotation").wait_for(state="attached")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith(f"“{SENTENCE}” (")


def test_an_answer_prints_with_its_citations_and_without_forms(page):
    ask(page)
    page.emulate_media(media="print")
    assert not page.get_by_role("search").is_visible()
    assert page.locator("#hit-1-citation").is_visible()
    assert not page.locator("#hit-1-quotation").is_visible()  # its words stand above it
    assert not page.get_by_role("link", name="Take away as Word").is_visible()
    assert page.locator("h1").is_visible()


@pytest.fixture
def register_address(tmp_path):
    """Serve a library with one overdue commitment; the officer ada may keep it."""
    folder = tmp_path / "library"
    due = Due("by 30 April 2024", date(2024, 4, 30), date(2024, 4, 30))
    minutes = paper([PROMISE], source="/papers/slip.md", meeting_date=date(2024, 3, 12))
    with Library.create_or_open(folder, HashEmbedder.name, HashEmbedder.dimension) as library:
        library.keep(embedded(promising(minutes, PROMISE, owner="Mr Fenn", due=due)))
    house = house_at(folder)
    People(house.store).add_account("ada", Role.OFFICER, PASSWORD)
    with serving(house) as served:
        yield served
    house.close()


def faults_of(page) -> list[str]:
    """Return what axe-core finds wrong with a page, and whether it scrolls sideways."""
    found = AXE.run(page, options={"runOnly": {"type": "tag", "values": RULES}})
    faults = [f"{page.url} {each['id']}" for each in found.response["violations"]]
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return faults + ([f"{page.url} scrolls sideways by {wide}"] if wide > 0 else [])


@pytest.mark.parametrize("state", ["as it is", "at 400 %"])
def test_an_officer_signs_in_finds_what_is_overdue_and_closes_it(chromium, register_address, state):
    context = chromium.new_context(base_url=register_address, **STATES[state])
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    page.goto("/")
    page.get_by_role("link", name="Sign in").click()
    page.get_by_label("Name").fill("ada")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("link", name="Commitments").click()
    page.get_by_label("Only what is overdue").check()
    page.get_by_role("button", name="Show these commitments").click()
    assert page.get_by_role("cell", name="Open, overdue").count() == 1
    faults = faults_of(page)
    page.locator("tbody td a").first.click()
    page.get_by_label("State").select_option("Done")
    page.get_by_label("Note").fill("Seen by the ward member.")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Saved: ada set the state from open to done").wait_for()
    faults += faults_of(page)
    page.get_by_role("link", name="Commitments").first.click()
    assert page.get_by_role("cell", name="Done", exact=True).count() == 1
    page.get_by_role("button", name="Sign out").click()
    assert page.get_by_role("link", name="Sign in").count() == 1
    assert faults == []
    context.close()


@pytest.mark.parametrize("state", STATES)
def test_every_page_meets_wcag_2_2_aa(new_page, page, state):
    paths = every_page(page)
    checked = new_page(**STATES[state])
    if state == "without our script":
        checked.route("**/pages.js*", lambda route: route.abort())
    refused = []
    checked.on("console", lambda each: refused.append(each.text) if "Policy" in each.text else None)
    faults = {}
    for path in paths:
        checked.goto(path)
        checked.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
        assert refused == []  # before axe looks, which now and then sets a style of its own
        found = AXE.run(checked, options={"runOnly": {"type": "tag", "values": RULES}})
        for each in found.response["violations"]:
            faults[f"{path} {each['id']}"] = [node["html"][:200] for node in each["nodes"][:3]]
        wide = checked.evaluate("document.documentElement.scrollWidth - innerWidth")
        if wide > 0:
            faults[f"{path} scrolls sideways"] = [str(wide)]
        refused.clear()
    assert faults == {}
