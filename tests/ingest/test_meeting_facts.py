import re
from datetime import date
from pathlib import PurePath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.meeting import understand
from ingest.paper import Block, BlockRole, CleanText, OutlineEntry, Page, PaperKind, PaperState
from ingest.reading import read
from tests.shared import corpora


def paper(*lines, title=None, outline=(), pages=1):
    text = "\n".join(lines)
    blocks = [
        Block(BlockRole.PARAGRAPH, match.start(), match.end())
        for match in re.finditer(r"[^\n]+", text)
    ]
    whole = Page(1, None, 0, text)
    more = tuple(Page(number, None, len(text), "") for number in range(2, pages + 1))
    return CleanText(text, (whole, *more), tuple(blocks), outline=outline, title=title)


def facts(*lines, at="papers/a.pdf", **more):
    return understand(PurePath(at), paper(*lines, **more))


MINUTES = (
    "NORTHVALE COUNTY COUNCIL",
    "CABINET",
    "MINUTES of a meeting of the Cabinet held in Harbour House on Tuesday, 5 March 2024.",
    "PRESENT: Ms A Hill (Chair), Mr B Dale",
    "12. Minutes of the meeting held on Tuesday, 6 February 2024 at 10.00 am",
)


def test_minutes_give_their_own_day_and_not_that_of_the_last():
    told = facts(*MINUTES)
    assert (told.kind, told.body, told.meeting_date) == (
        PaperKind.MINUTES,
        "Cabinet",
        date(2024, 3, 5),
    )
    assert told.state is None
    assert not told.exempt


def test_the_folder_of_the_meeting_that_adopted_them_does_not_date_minutes():
    told = facts(*MINUTES, at="cabinet/2024-04-02/Minutes 1 May 2023.pdf")
    assert told.meeting_date == date(2024, 3, 5)
    assert told.evidence["meeting_date"].found_in == "text"


def test_every_fact_says_where_it_was_found():
    told = facts(*MINUTES)
    for name in ("kind", "body", "meeting_date"):
        assert told.evidence[name].found_in == "text"
    assert "5 March 2024" in told.evidence["meeting_date"].evidence


def test_a_summons_is_dated_by_the_meeting_and_not_by_the_letter():
    told = facts(
        '28" October, 2015',
        "To: The Chair and Each Member of the Municipal District of Vale",
        "You are requested to attend a Meeting of the Municipal District of Vale to be held in",
        'Harbour House, Northtown, on Wednesday, 4" November, 2015, at 10.00 a.m.',
        "AGENDA",
        "1. Minutes",
        "To adopt Minutes of Meeting held on Wednesday, 7 October, 2015.",
    )
    assert told.kind is PaperKind.AGENDA
    assert told.body == "Municipal District of Vale"
    assert told.meeting_date == date(2015, 11, 4)


def test_a_page_of_a_meeting_is_read_by_its_heading():
    told = facts(
        "Agenda and minutes",
        "Licensing Committee - Tuesday, 6th June, 2017 7.30 pm",
        "1.",
        "Apologies",
        "Minutes:",
        "There were none.",
    )
    assert (told.kind, told.body) == (PaperKind.MINUTES, "Licensing Committee")
    assert told.meeting_date == date(2017, 6, 6)


def test_the_page_of_one_item_tells_no_date_however_many_it_names():
    told = facts(
        "Agenda item", "Minutes of the Audit Committee held on 3 May 2022", "Minutes:", "Agreed."
    )
    assert told.meeting_date is None


def test_a_report_belongs_to_whom_it_is_addressed():
    told = facts(
        "From: Ada Hill, Leader",
        "To: Cabinet – 30 January 2025",
        "Subject: Harbour Repairs",
        "Classification: Unrestricted",
        "Past pathway: Harbour Scrutiny Committee on 2 December 2024. Appendix 2 is exempt.",
    )
    assert (told.kind, told.body) == (PaperKind.REPORT, "Cabinet")
    assert told.meeting_date == date(2025, 1, 30)
    assert told.title == "Harbour Repairs"
    assert not told.exempt


def test_a_report_without_a_date_stays_without_one():
    told = facts(
        "To: County Council",
        "Subject: Statement on Reserves",
        "The Cabinet considered this on 30 January 2025.",
        at="full_council/2025-02-13/statement.pdf",
    )
    assert told.body == "County Council"
    assert told.meeting_date is None


def test_an_appendix_takes_its_body_from_its_folder_and_says_so():
    told = facts("Appendix C", "Reserves of the Harbour", at="planning_committee/2025-02-13/c.pdf")
    assert told.kind is PaperKind.APPENDIX
    assert told.body == "Planning Committee"
    assert told.evidence["body"].found_in == "folder"
    assert told.meeting_date is None


def test_a_form_of_decision_names_who_decides():
    told = facts(
        "PROPOSED RECORD OF DECISION", "DECISION TO BE TAKEN BY:", "Cabinet", "DECISION NO: 24/1"
    )
    assert (told.kind, told.body) == (PaperKind.DECISION, "Cabinet")


@pytest.mark.parametrize(
    ("heading", "state"),
    [
        ("DRAFT", PaperState.DRAFT),
        ("Draft Minutes of the Meeting of the Planning Committee", PaperState.DRAFT),
        ("Provisional Minutes", PaperState.DRAFT),
        ("(These minutes are published subject to approval by the Council)", PaperState.DRAFT),
        ("CONFIRMED MINUTES", PaperState.CONFIRMED),
        ("MINUTES OF DRAFT BUDGET MEETING OF THE PLANNING COMMITTEE", None),
    ],
)
def test_only_the_heading_makes_minutes_a_draft(heading, state):
    told = facts(
        heading, "Minutes of the Planning Committee held on 3 May 2022", "Present: Cllr Hill"
    )
    assert told.state is state


@pytest.mark.parametrize(
    ("line", "exempt"),
    [
        ("NOT FOR PUBLICATION by virtue of paragraph 3 of Schedule 12A", True),
        ("Classification: Restricted", True),
        ("Classification: Unrestricted", False),
        ("CONFIDENTIAL", True),
        ("For publication [Do not include information which is exempt]", False),
        ("Appendix 2 to this report is exempt from publication.", False),
        ("UNRESTRICTED ITEMS", False),
        ("This report is not exempt.", False),
    ],
)
def test_a_paper_is_exempt_only_by_its_own_mark(line, exempt):
    assert facts(line, "To: Cabinet", "Subject: Land at Mill Lane").exempt is exempt


def test_a_pack_is_known_by_its_metadata_and_outline():
    told = facts(
        "Dear Member",
        "CABINET - THURSDAY, 30 JANUARY 2025",
        title="(Public Pack)Agenda Supplement for Cabinet, 30/01/2025 10:00",
        outline=(OutlineEntry("Agenda", 1, 0), OutlineEntry("9 Harbour Repairs", 3, 0)),
        pages=4,
    )
    assert (told.kind, told.body) == (PaperKind.PACK, "Cabinet")
    assert told.meeting_date == date(2025, 1, 30)


@given(
    st.lists(
        st.text(st.characters(codec="utf-8", exclude_characters="\n"), max_size=80), max_size=30
    )
)
def test_no_text_is_too_odd_to_be_understood(lines):
    told = facts(*lines)
    assert told.title
    assert isinstance(told.kind, PaperKind)


def test_real_minutes_filed_under_a_later_meeting_keep_their_own_date():
    path = corpora() / "kent/full_council/2025-02-13/9 January 2025 - County Council minutes.pdf"
    told = understand(path, read(path, path.read_bytes()))
    assert (told.body, told.meeting_date) == ("County Council", date(2025, 1, 9))


def test_a_report_is_dated_by_its_addressee_not_by_the_events_it_tells():
    told = facts(
        "From: Director of Environment",
        "To: Cabinet, 14 November 2023",
        "Subject: Flooding of 20 October 2023",
        "Summary: The survey was held after the flood.",
        "1. What happened",
        "1.1 Rain began at about 2 pm on Friday 20 October 2023.",
    )
    assert told.meeting_date == date(2023, 11, 14)


def test_a_page_of_one_item_is_dated_by_the_meeting_under_its_title():
    told = facts(
        "Agenda item",
        "Extension of time for the section 106 agreement",
        "Planning Committee - Wednesday, 16th October, 2024 6.30 pm (Item 5)",
        "On 7 February 2024 the Committee resolved to grant permission.",
    )
    assert told.meeting_date == date(2024, 10, 16)
    assert told.body == "Planning Committee"
    assert told.title == "Extension of time for the section 106 agreement"


def test_an_appendix_to_an_item_keeps_its_whole_heading():
    told = facts("Scrutiny Committee", "Appendix A to item 4: actions tracker", title="Scrutiny")
    assert told.title == "Appendix A to item 4: actions tracker"


def test_a_form_that_begins_with_a_field_is_named_by_its_metadata():
    told = facts("Application No: 23/01187/FUL", title="23/01187/FUL - Former gasworks, Dunmarsh")
    assert told.title == "23/01187/FUL - Former gasworks, Dunmarsh"


def test_an_agenda_that_holds_the_pages_it_refers_to_is_a_pack():
    outline = (OutlineEntry("Item 5 – Family Hubs", 2, 0), OutlineEntry("Item 6 – Outturn", 4, 0))
    lines = ("AGENDA", "CABINET", "5. Family Hubs (Pages 2 – 4)", "6. Outturn (Pages 5 – 6)")
    assert facts(*lines, outline=outline, pages=6).kind is PaperKind.PACK
    assert facts(*lines, outline=outline, pages=2).kind is PaperKind.AGENDA


def test_the_page_of_an_issue_tells_the_meeting_that_considered_it():
    told = facts(
        "Issue - meetings",
        "Minutes of last Meeting",
        "Meeting: 07/03/2023 - Harbour Committee (Item 7)",
        "The minutes of the Harbour Committee meeting held on 7th February 2023 were received.",
        "RESOLVED that they be approved.",
    )
    assert (told.body, told.meeting_date) == ("Harbour Committee", date(2023, 3, 7))
    assert told.kind is PaperKind.MINUTES


def test_the_page_of_an_issue_that_came_to_two_meetings_is_of_neither():
    told = facts(
        "Issue - meetings",
        "Quay wall",
        "Meeting: 07/03/2023 - Harbour Committee (Item 7)",
        "Meeting: 04/04/2023 - Cabinet (Item 2)",
    )
    assert (told.body, told.meeting_date) == (None, None)


def test_the_page_of_one_item_is_not_of_a_body_whose_minutes_it_adopts():
    told = facts(
        "Agenda item",
        "Budget 2023/24",
        "Minutes:",
        "It was moved that the relevant minutes of the Executive be adopted.",
    )
    assert told.body is None


@pytest.mark.parametrize(
    "heading",
    [
        "Approved Minutes 31 Saltby Community Council May 2023",
        "Minute of the Saltby Community Council meeting held on 4 May 2023",
    ],
)
def test_the_heading_of_minutes_names_their_body(heading):
    told = facts(heading, "Minutes of previous meeting", "Ms Hill is to write for Vale Council.")
    assert (told.body, told.kind) == ("Saltby Community Council", PaperKind.MINUTES)


def test_minutes_without_a_heading_show_by_what_they_record():
    told = facts("HC23/01 APOLOGIES", "Apologies were received from Cllr Hill.")
    assert told.kind is PaperKind.MINUTES


def test_an_extra_ordinary_meeting_is_no_other_body():
    told = facts("Minutes of the Extra-Ordinary Full Council meeting held on Monday 6 March 2023")
    assert told.body == "Full Council"


def test_a_report_is_dated_by_the_day_below_its_committees_name():
    report = ("COMMUNITIES COMMITTEE", "12 March 2019", "Homeless people", "Executive Summary")
    told = facts(*report)
    assert (told.meeting_date, told.title) == (date(2019, 3, 12), "Homeless people")
    letter = facts("Saltmarsh District Council", "12 March 2019", "Homeless people", "Summary:")
    assert letter.meeting_date is None
