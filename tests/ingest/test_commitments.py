"""What counts as a commitment, and what is known of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.paper import Paper
from ingest.understanding import make_paper
from tests.ingest.commitment_sentences import SENTENCES, Told
from tests.shared import ROOT

HEAD = """SALLOWMERE BOROUGH COUNCIL

HARBOUR COMMITTEE

MINUTES of the meeting of the Harbour Committee held in the Guildhall on Tuesday, 11 June 2024

1. Apologies for absence

There were none.

"""


def minutes(*blocks: str) -> Paper:
    """Return minutes of 11 June 2024 whose second item holds these blocks."""
    text = HEAD + "2. The quay\n\n" + "\n\n".join(blocks) + "\n"
    return make_paper(Path("/papers/minutes.txt"), text.encode())


@pytest.mark.parametrize("told", SENTENCES, ids=lambda told: told.words[:60])
def test_a_sentence_undertakes_what_it_says(told: Told):
    found = minutes(told.words).commitments
    if told.kind == "none":
        assert [(each.signal, each.kind.value) for each in found] == []
        return
    assert [each.kind.value for each in found] == [told.kind]
    each = found[0]
    last = each.due.last.isoformat() if each.due and each.due.last else None
    assert (each.owner if told.kind == "commitment" else None, last) == (told.owner, told.due)
    assert each.action.startswith(told.action)


def test_there_are_sentences_of_every_sort():
    told = [each.kind for each in SENTENCES]
    assert len(told) > 60
    assert all(told.count(kind) > 5 for kind in ("commitment", "request", "none"))


def kinds(paper: Paper) -> dict[str, str]:
    return {each.action: each.kind.value for each in paper.commitments}


MOTION = (
    "3) Mr Dray proposed, and Mrs Quill seconded the motion that “This Council resolves to request"
    " that the Leader writes to the Minister about the price of ice.”"
)


def test_a_motion_that_was_lost_undertakes_nothing():
    assert kinds(minutes(MOTION, "For (4)", "Against (9)", "Motion lost.")) == {}


def test_a_motion_that_was_carried_undertakes_what_it_asks_of_the_council():
    found = minutes(MOTION, "On being put to the vote the motion was carried.").commitments
    assert [(each.kind.value, each.owner) for each in found] == [("commitment", "the Leader")]


def test_a_motion_and_its_resolution_are_one_commitment_in_two_places():
    resolved = (
        "4) RESOLVED that the Council request that the Leader writes to the Minister about the"
        " price of ice."
    )
    paper = minutes(MOTION, "Motion carried.", resolved)
    (only,) = paper.commitments
    assert only.sentence == resolved
    (place,) = only.places
    assert paper.text.text[place.start : place.end] == MOTION


def test_a_motion_that_got_a_reply_is_a_request_beside_what_the_reply_undertakes():
    paper = minutes(
        "I will move at the next Meeting that the Council install a ramp at the slipway.",
        "The Motion was seconded by Councillor Pell.",
        "REPLY:",
        "The slipway will be surveyed in July.",
    )
    assert kinds(paper) == {
        "install a ramp at the slipway": "request",
        "The slipway will be surveyed in July": "commitment",
    }


def test_a_motion_sent_to_another_body_undertakes_only_that():
    paper = minutes(
        "I will move at the next Meeting that the Council provide lamps on the quay.",
        "It was agreed to refer this Notice of Motion to the Lighting Committee.",
    )
    assert kinds(paper)["provide lamps on the quay"] == "request"
    assert kinds(paper)["refer this Notice of Motion to the Lighting Committee"] == "commitment"


def test_entries_under_a_resolution_are_read_with_the_words_that_lead_into_them():
    paper = minutes(
        "5. RESOLVED that the Cabinet:",
        "(a) note the report;",
        "(b) ask the Harbour Master to bring costs to the next meeting; and",
        "(c) agree to submit a bid to the Coastal Fund.",
    )
    assert [(each.owner, each.action) for each in paper.commitments] == [
        ("the Harbour Master", "bring costs to the next meeting"),
        ("the Cabinet", "submit a bid to the Coastal Fund"),
    ]


def test_a_resolution_ends_with_its_sentence_where_nothing_leads_on():
    paper = minutes(
        "2. RESOLVED that the report be noted.",
        "3. Mr Dray asked for a plan of the moorings.",
    )
    assert kinds(paper) == {"a plan of the moorings": "request"}


def told(paper: Paper) -> list[tuple[str, str | None, str]]:
    return [(each.sentence, each.owner, each.action) for each in paper.commitments]


def test_a_sentence_in_which_two_undertake_something_is_two_commitments():
    paper = minutes(
        "Mrs Tolland agreed to mend the crane by 1 July and the Clerk would write to the pilots."
    )
    assert told(paper) == [
        (
            "Mrs Tolland agreed to mend the crane by 1 July",
            "Mrs Tolland",
            "mend the crane by 1 July",
        ),
        ("the Clerk would write to the pilots.", "the Clerk", "write to the pilots"),
    ]


def test_acts_of_two_days_are_two_commitments():
    paper = minutes(
        "The Director stated that the steps would be mended in July and the rail would be painted"
        " in August."
    )
    days = [each.due.last.isoformat() for each in paper.commitments if each.due and each.due.last]
    assert days == ["2024-07-31", "2024-08-31"]


def test_tasks_of_two_in_one_resolution_are_two_commitments():
    paper = minutes(
        "RESOLVED that the Leader write to the Minister and that the Clerk report to the Board."
    )
    assert [(owner, action) for _, owner, action in told(paper)] == [
        ("the Leader", "write to the Minister"),
        ("the Clerk", "report to the Board"),
    ]


def test_two_acts_of_one_person_or_under_one_condition_are_one_commitment():
    assert len(told(minutes("Mrs Tolland will mend the crane and will paint the rail."))) == 1
    both = "If the bid succeeds, Mrs Tolland will mend the crane and Mr Dray will paint the rail."
    assert len(told(minutes(both))) == 1


def test_a_request_is_a_commitment_where_the_next_sentence_agrees_to_it():
    asked = "Mr Dray requested that the map be circulated to members."
    assert list(kinds(minutes(asked + " The harbour was busy.")).values()) == ["request"]
    assert list(kinds(minutes(asked + " This was agreed.")).values()) == ["commitment"]


def test_when_a_motion_will_be_moved_is_not_when_it_is_to_be_done():
    paper = minutes("I will move at the next meeting that the Council repair the slipway.")
    assert [each.due for each in paper.commitments] == [None]


def test_she_is_whoever_spoke_before():
    paper = minutes(
        "Mr Dray asked about the crane. Mrs Tolland explained that it was old. She undertook to"
        " have it tested."
    )
    assert paper.commitments[-1].owner == "Mrs Tolland"


def test_the_reply_s_heading_says_who_we_and_i_are():
    paper = minutes(
        "Question from Mr Dray to the Leader", "When will it open?",
        "Reply by the Leader of the Council:", "I will write to Mr Dray with the dates."
    )  # fmt: skip
    assert [each.owner for each in paper.commitments] == ["the Leader of the Council"]


def test_the_same_words_under_two_items_are_two_commitments():
    words = "It was agreed to refer this Notice of Motion to the Lighting Committee."
    text = HEAD + f"2. The quay\n\n{words}\n\n3. The pier\n\n{words}\n"
    found = make_paper(Path("/papers/minutes.txt"), text.encode()).commitments
    assert len(found) == 2
    assert len({each.id for each in found}) == 2


def test_agendas_reports_and_strategies_only_propose():
    text = b"Report to: Cabinet, 11 June 2024\n\nThe quay will be repaired by officers in July.\n"
    assert make_paper(Path("/papers/report.txt"), text).commitments == ()


def test_what_kept_and_missed_commitments_of_the_sample_papers_were_made_is_found():
    found = [
        (each.owner, each.due.last.isoformat() if each.due and each.due.last else None)
        for path in sorted((ROOT / "data" / "sample").rglob("*"))
        if path.is_file()
        for each in make_paper(path, path.read_bytes()).commitments
    ]
    for made in MADE_IN_THE_SAMPLE:
        assert made in found


MADE_IN_THE_SAMPLE = (
    ("Mrs Tebbutt", "2024-01-31"),
    ("the Council", "2024-09-30"),
    ("The Chief Executive", None),
    ("Councillor Osgathorpe", "2024-07-31"),
    ("Councillor Raichura", "2024-07-31"),
    ("Dr Lindqvist", "2025-06-30"),
    ("Ms Whitmoor", None),
    ("Mr Tindall", "2024-04-30"),
    ("Dr Lindqvist", "2024-07-31"),
    ("Mr Tindall", "2025-03-31"),
    ("Dr Farrimond", "2025-03-31"),
    ("Dr Lindqvist", "2025-09-16"),
    ("The Head of Planning", None),
    ("Mr Qureshi", "2024-12-31"),
    ("the enforcement officer", "2025-07-31"),
    ("Mr Pattinson", "2024-03-31"),
    ("Ms Darke", "2025-01-31"),
    ("Mr Swaffield", "2024-07-31"),
    ("Mr Pattinson", "2025-04-01"),
    ("Mr Pattinson", "2025-02-28"),
)
"""Of those that data/README.md lists: who made each, and the last day that it may fall on."""
