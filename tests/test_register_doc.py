"""Runs what docs/register.md shows, on the minutes of a council that does not exist."""

from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from api.cli import app
from api.cli.root import Start
from api.documents.register import COLUMNS
from ingest.paper import Due
from search.generation import open_view
from search.library import Library
from search.register.followup import Suggestion
from search.register.references import reference
from search.register.values import State
from tests.api.conftest import hash_embedder
from tests.embedders import HashEmbedder
from tests.reading_documents import named_commands, shown_commands, table
from tests.search.factory import embedded, paper, promising
from tests.shared import ROOT

DOCUMENT = ROOT / "docs" / "register.md"
PLAN = "The Harbour Master undertook to publish the dredging plan by 30 April 2024."
AGAIN = "The dredging plan would be published by the Harbour Master by the end of April 2024."
BODY = "Harbour Committee"
APRIL = date(2024, 4, 30)


@pytest.fixture(scope="module")
def done(tmp_path_factory) -> dict[str, str]:
    """Return what each command shown printed, in the document's order, in one folder."""
    here = tmp_path_factory.mktemp("shown")
    library = here / "library"
    march = paper([PLAN], source="/papers/march.md", body=BODY, meeting_date=date(2024, 3, 12))
    june = paper([AGAIN], source="/papers/june.md", body=BODY, meeting_date=date(2024, 6, 11))
    due = Due("by 30 April 2024", APRIL, APRIL)
    with Library.create_or_open(library, HashEmbedder.name, HashEmbedder.dimension) as held:
        held.keep(
            embedded(
                promising(march, PLAN, owner="Harbour Master", due=due), promising(june, AGAIN)
            )
        )
    with open_view(library) as view:
        named = {reference(each) for each in view.commitments()}
    shown = {word for words in named_commands(DOCUMENT, "matters") for word in words}
    assert named <= shown
    start = Start({"MATTERS_MODEL": "hash", "COLUMNS": "200"}, hash_embedder)
    printed = {}
    for words in shown_commands(DOCUMENT, "matters"):
        given = [str(library) if word == "library" else word for word in words[1:]]
        given = [str(here / word) if Path(word).suffix in SUFFIXES else word for word in given]
        result = CliRunner().invoke(app, given, obj=start)
        assert result.exit_code == 0, f"{' '.join(words)}: {result.output}"
        printed[" ".join(words[2:])] = " ".join(result.output.split())
    assert {file.suffix for file in here.iterdir()} == {"", *SUFFIXES}
    return printed


SUFFIXES = (".xlsx", ".docx", ".csv", ".ics")


def output_of(done: dict[str, str], begins: str) -> str:
    return next(text for words, text in done.items() if words.startswith(begins))


def test_the_reference_shown_names_the_entry_quoted(done):
    assert f"»{PLAN}«" in output_of(done, "show HC-2024-03-12-PCAPR")


def test_changes_are_made_undone_and_merged_as_told(done):
    assert "open to done: The plan is on the website." in output_of(done, "set HC")
    last = output_of(done, "merge")
    assert "HC-2024-03-12-PCAPR open" in last
    assert "E. Reed: state from open to done: The plan is on the website. (undone)" in last
    assert last.count("in Harbour Committee, ") >= 2


def test_what_is_listed_is_what_the_options_say(done):
    assert "1 entry" in output_of(done, "list --owner")
    assert "1 entry" in output_of(done, "list --topic")
    assert "1 entry" in output_of(done, "list --due-after")


def test_the_states_suggestions_and_columns_told_are_those_of_the_program():
    text = DOCUMENT.read_text()
    assert [row[0] for row in table(DOCUMENT, "it suggests")] == [
        "done",
        "reported on",
        "overdue",
        "open",
    ]
    assert {each.value for each in Suggestion} == {"done", "reported on", "overdue", "open"}
    assert all(f"`{state}`" in text for state in State)
    assert ", ".join(column.head.casefold() for column in COLUMNS) in text
