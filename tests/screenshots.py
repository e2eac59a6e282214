"""Takes the pictures of docs/pages.md: every page, on the sample papers.

Run as python -m tests.screenshots, where there is a Chromium.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page

from api.access.people import People
from api.access.roles import Role
from api.settings import Settings
from api.wiring import House
from ingest.pipeline import Options
from tests.browsing import browser, serving
from tests.shared import ROOT

FOLDER = ROOT / "docs" / "pages"
QUESTION = "Who undertook to publish the section 19 report?"

PAGES = {
    "ask": "/",
    "answers": f"/ask?q={QUESTION.replace(' ', '+')}",
    "page": "",
    "passage": "",
    "papers": "/papers?body=Cabinet",
    "body": "/bodies/Cabinet",
    "meeting": "/meetings/2024-06-11/Cabinet",
    "commitments": "/commitments",
    "commitment": "",
    "briefing": "/briefings?topic=Family+Hubs",
    "library": "/library",
    "help": "/help",
    "accessibility": "/accessibility",
    "uploads": "/uploads",
}
"""Each picture and the address of its page; "" where it is reached from the page before."""

CLICKS = {"page": "#hit-1 a", "passage": "text=Cite this passage", "commitment": "tbody td a"}
SENT = "planning"
"""Folder of the sample whose papers are shown as sent by a clerk."""

CLERK, PASSWORD = "r.ash", "four words go together"
SIGNED_IN = "uploads"
"""The first picture that shows what a clerk sees; those after it do too."""

WIDTH, HEIGHT = 1100, 900
COLOURS = 64
"""Of a picture: enough for letters and marks, a quarter of the bytes."""


def main() -> int:
    """Take every picture anew."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        library, sent = Path(folder) / "library", Path(folder) / "sent"
        house = House(Settings(library=library, council="Sallowmere Borough", uploads=sent))
        sample = sorted((ROOT / "data" / "sample").iterdir())
        shutil.copytree(ROOT / "data" / "sample" / SENT, sent)
        lies = [sent if each.name == SENT else each for each in sample]
        house.ingest(lies, Options(), lambda _: None)
        People(house.store).add_account(CLERK, Role.CLERK, PASSWORD)
        with serving(house) as address, browser() as chromium:
            page = chromium.new_page(viewport={"width": WIDTH, "height": HEIGHT})
            for name, path in PAGES.items():
                if name == SIGNED_IN:
                    _sign_in(page, address)
                _take(page, name, address + path if path else None)
    return 0


def _sign_in(page: Page, address: str) -> None:
    page.goto(f"{address}/sign-in")
    page.get_by_label("Name").fill(CLERK)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()


def _take(page: Page, name: str, address: str | None) -> None:
    if address:
        page.goto(address)
    else:
        page.click(CLICKS[name])
    page.wait_for_load_state("networkidle")
    page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")
    taken = Image.open(BytesIO(page.screenshot(scale="css"))).convert("RGB")
    taken.quantize(COLOURS).save(FOLDER / f"{name}.png", optimize=True)


if __name__ == "__main__":
    sys.exit(main())
