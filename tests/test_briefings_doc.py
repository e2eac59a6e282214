"""Runs what docs/briefings.md shows, on the minutes of a council that does not exist."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from api.cli import app
from api.cli.root import Start
from api.documents.briefing_forms import BriefingForm
from api.documents.briefing_outline import LABELS, outline_of
from api.wiring import House
from ingest.paper import Business, Question
from search.briefing.choosing import POSITION, PRESENT, TIMELINE_WORDS
from search.briefing.promising import MOST_PROMISES
from search.briefing.relevance import SHORT
from search.briefing.values import MOST_LISTED, Matter
from search.library import Library
from tests.api.conftest import hash_embedder, house_at
from tests.embedders import HashEmbedder
from tests.reading_documents import shown_commands, table
from tests.search.factory import embedded, paper
from tests.shared import ROOT

DOCUMENT = ROOT / "docs" / "briefings.md"
COST = "The Harbour Master reported that the inner harbour would cost £480,000 to dredge."
PUT = "When will the dredging of the inner harbour begin, and who will pay for it?"


@pytest.fixture(scope="module")
def library(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("shown") / "library"
    whole = paper([COST], [PUT], body="Harbour Committee", meeting_date=date(2024, 3, 12))
    start = whole.text.text.index(PUT)
    span = (start, start + len(PUT))
    put = Question(None, span, span, "Councillor Pell", None, None, None)
    filler = [paper([f"Matter {n} was noted."], source=f"/papers/{n}.md") for n in range(40)]
    with Library.create_or_open(folder, HashEmbedder.name, HashEmbedder.dimension) as held:
        held.keep(embedded(replace(whole, business=Business(questions=(put,))), *filler))
    return folder


@pytest.fixture(scope="module")
def house(library):
    house: House = house_at(library)
    yield house
    house.close()


def test_every_command_shown_writes_the_briefing(library, tmp_path):
    start = Start({"MATTERS_MODEL": "hash"}, hash_embedder)
    for words in shown_commands(DOCUMENT, "matters"):
        given = [str(library) if word == "library" else word for word in words[1:]]
        given = [str(tmp_path / word) if word.startswith("harbour.") else word for word in given]
        result = CliRunner().invoke(app, given, obj=start)
        assert result.exit_code == 0, f"{' '.join(words)}: {result.output}"
        assert "--output" in words or COST in result.output
    written = {each.suffix for each in tmp_path.iterdir() if each.stat().st_size > 0}
    assert written == {row[0].strip("`") for row in table(DOCUMENT, "file")}


def test_it_names_every_form():
    forms = {row[0].strip("`.") for row in table(DOCUMENT, "file")}
    assert forms == {*(form.value for form in BriefingForm), "json"}


def test_it_names_the_parts_that_a_briefing_has_in_their_order(house):
    asked = ("What did the Harbour Master report of the inner harbour?",)
    with house.view() as view:
        (first, *_) = [card for card in view.papers() if card.body == "Harbour Committee"]
        chosen = (view.paper(first.id).passages[0].id,)
    found = house.brief(
        Matter("inner harbour", date(2024, 12, 1), questions=asked, passages=chosen)
    )
    titles = [part.title for part in outline_of(found, lambda *_: None).parts]
    assert titles == [row[0] for row in table(DOCUMENT, "part")]


def test_its_figures_are_those_of_the_program():
    text = DOCUMENT.read_text(encoding="utf-8")
    assert f"until {TIMELINE_WORDS:,} words are full" in text
    assert f"the latest {MOST_LISTED} are listed" in text
    assert MOST_PROMISES == 6 and "six from the [register]" in text
    assert timedelta(days=2 * 365) == PRESENT and "within two years" in text
    assert len(POSITION) == 3 and "latest three meetings" in text
    assert SHORT == 3 and "if they are three or fewer" in text


def test_it_names_every_sort_of_line():
    (row,) = [row for row in table(DOCUMENT, "part") if row[0] == "Timeline"]
    named = row[1].replace("figures given", "figure given")
    assert [label for label in LABELS.values() if label.casefold() not in named] == []
