"""Runs the examples of docs/commitments.md: what it says is undertaken, and what is not."""

from __future__ import annotations

import pytest

from ingest.commitments.modals import CERTAIN_ENOUGH
from ingest.paper import Commitment
from tests.ingest.test_commitments import minutes
from tests.reading_documents import blocks, table
from tests.shared import ROOT

DOCUMENT = ROOT / "docs" / "commitments.md"
ROWS = table(DOCUMENT, "sentence")
COUNTING = [row for row in ROWS if len(row) == 5]
OTHERS = [row for row in ROWS if len(row) == 2]


def shown(each: Commitment) -> list[str]:
    """Return a commitment as a row of the document shows it."""
    request = each.kind.value == "request"
    owner = "" if request or each.owner is None else each.owner
    due = each.due.last.isoformat() if each.due and each.due.last else ""
    return [each.sentence, each.kind.value, owner, due, each.action]


@pytest.mark.parametrize("row", COUNTING, ids=lambda row: row[0][:50])
def test_what_the_document_says_counts_does(row):
    assert [shown(each) for each in minutes(row[0]).commitments] == [row]


@pytest.mark.parametrize("row", OTHERS, ids=lambda row: row[0][:50])
def test_what_the_document_says_does_not_count_does_not(row):
    assert [shown(each) for each in minutes(row[0]).commitments] == []


SHOWN = list(zip(blocks(DOCUMENT, "minutes"), blocks(DOCUMENT, "commitments"), strict=True))


@pytest.mark.parametrize(("said", "found"), SHOWN, ids=["two in a sentence", "motions"])
def test_the_document_shows_what_is_found_in_minutes(said, found):
    made = minutes(*said.strip().split("\n\n")).commitments
    assert [f"{each.kind.value}: {each.action}" for each in made] == found.splitlines()


def test_the_document_shows_a_motion_and_its_resolution_as_one():
    made = minutes(*SHOWN[-1][0].strip().split("\n\n")).commitments
    assert [len(each.places) for each in made] == [0, 0, 1]


def test_the_document_gives_the_confidence_below_which_nothing_is_kept():
    assert f"Below {CERTAIN_ENOUGH} it is left out" in DOCUMENT.read_text()
    assert len(COUNTING) > 8
    assert len(OTHERS) > 6
