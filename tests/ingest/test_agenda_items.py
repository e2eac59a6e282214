import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.agenda import find_items
from ingest.paper import Block, BlockRole, CleanText, ItemKind, OutlineEntry, Page, PaperKind
from ingest.reading import read
from tests.shared import corpora


def paper(*lines, outline=(), pages=None):
    text = "\n".join(lines)
    blocks = tuple(
        Block(BlockRole.PARAGRAPH, match.start(), match.end())
        for match in re.finditer(r"[^\n]+", text)
    )
    return CleanText(text, pages or (Page(1, None, 0, text),), blocks, outline=outline)


def items(*lines, kind=PaperKind.MINUTES):
    return find_items(paper(*lines), kind)


def names(found):
    return [(each.number, each.title) for each in found]


MINUTES = (
    "Minutes of a meeting of the Harbour Committee",
    "284. Apologies for Absence",
    "(Item 1)",
    "Apologies were received from Ms Hill.",
    "285. Dredging of the Inner Basin and",
    "Disposal of Silt",
    "(Item 2)",
    "1. Mr Dale introduced the report, which set out three ways to dredge.",
    "2. Members asked:",
    "(a) what it would cost;",
    "(b) how long it would take.",
    "RESOLVED that the report be noted.",
    "286. Date of Next Meeting",
    "(Item 3)",
    "The next meeting was to be on 3 May.",
)


def test_minutes_give_minute_number_and_agenda_number():
    found = items(*MINUTES)
    assert [(each.minute, each.number) for each in found] == [
        ("284", "1"),
        ("285", "2"),
        ("286", "3"),
    ]


def test_a_heading_over_two_lines_is_one_title():
    assert items(*MINUTES)[1].title == "Dredging of the Inner Basin and Disposal of Silt"


def test_numbered_paragraphs_and_lists_are_no_items():
    assert len(items(*MINUTES)) == 3


def test_kinds_tell_standing_business_from_debate():
    kinds = [each.kind for each in items(*MINUTES)]
    assert kinds == [ItemKind.STANDING, ItemKind.SUBSTANTIVE, ItemKind.STANDING]


def test_a_span_runs_from_its_heading_to_the_next():
    text = paper(*MINUTES)
    found = find_items(text, PaperKind.MINUTES)
    assert text.text[found[1].start : found[1].end].startswith("285. Dredging")
    assert text.text[found[1].start : found[1].end].endswith("be noted.\n")
    assert found[-1].end == len(text.text)


def test_numbers_alone_in_a_line_take_the_next_line_as_title():
    found = items(
        "1.", "Apologies", "There were none.", "2.", "Harbour Dues", "The report was noted."
    )
    assert names(found) == [("1", "Apologies"), ("2", "Harbour Dues")]


def test_items_taken_out_of_order_are_all_found():
    found = items(
        "1. Adoption of Minutes", "Circulated, copy of the draft.",
        "2. Harbour Dues", "It was agreed to raise them.",
        "4. Pilots", "It was agreed to thank them.",
        "3. Question submitted by Councillor Hill", "I will ask when the lamp will be mended.",
        "5. Correspondence", "There was none.",
    )  # fmt: skip
    assert [each.number for each in found] == ["1", "2", "4", "3", "5"]


def test_a_question_stays_with_its_reply_and_a_motion_is_a_motion():
    found = items(
        "4. Question submitted by Councillor Hill",
        "I will ask (a) when the lamp will be mended; (b) what it costs.",
        "REPLY: (a) In May.",
        "(b) The cost is not yet known.",
        "5. Notice of Motion submitted by Councillor Dale",
        "I will move that the lamp be lit.",
    )
    assert [each.kind for each in found] == [ItemKind.QUESTION, ItemKind.MOTION]


def test_parts_minuted_on_their_own_are_items_inside_their_item():
    found = items(
        "1. Adoption of Minutes", "Circulated, the draft.",
        "2. Disposal of Land",
        "(a) Circulated, report on land at Mill Lane.", "The report was noted.",
        "(b) Circulated, report on land at Bell Lane.", "Proposed by Councillor Hill and agreed.",
        "3. Correspondence", "There was none.",
    )  # fmt: skip
    assert [(each.number, each.depth) for each in found] == [
        ("1", 1), ("2", 1), ("2(a)", 2), ("2(b)", 2), ("3", 1),
    ]  # fmt: skip
    assert found[1].start < found[2].start
    assert found[3].end == found[1].end


def test_minutes_adopted_together_are_one_item():
    found = items(
        "1. Adoption of Minutes",
        "Circulated, copy of draft Minutes of the following Meetings:",
        "(a) Ordinary Meeting held on 3 May.",
        "(b) Special Meeting held on 9 May.",
        "Proposed by Councillor Hill and resolved.",
        "2. Harbour Dues",
        "It was agreed to raise them.",
    )
    assert [each.number for each in found] == ["1", "2"]


def test_a_heading_whose_number_was_lost_gets_the_number_that_is_missing():
    found = items(
        "1. Adoption of Minutes", "Circulated, the draft.",
        "2. Harbour Dues", "It was agreed to raise them.",
        "Lamps on the Outer Mole", "The Chair welcomed the keeper.",
        "4. Correspondence", "There was none.",
    )  # fmt: skip
    assert ("3", "Lamps on the Outer Mole") in names(found)


def test_an_agenda_leaves_pages_and_enclosures_out_of_its_titles():
    found = items(
        "AGENDA",
        "1. Apologies",
        "2. Minutes (Pages 1 - 10)",
        "To approve the minutes of 3 May.",
        "3. 24/00108 - Harbour Budget (Pages 11 - 84)",
        "EXEMPT ITEMS",
        "4. Sale of the Old Pier (Report Enclosed)",
        kind=PaperKind.AGENDA,
    )
    assert names(found) == [
        ("1", "Apologies"),
        ("2", "Minutes"),
        ("3", "24/00108 - Harbour Budget"),
        ("4", "Sale of the Old Pier"),
    ]
    assert [each.exempt for each in found] == [False, False, False, True]


def test_each_question_under_one_heading_is_an_item():
    found = items(
        "AGENDA",
        "1. Minutes",
        "To adopt the Minutes of 3 May.",
        "Questions submitted by Councillor Hill",
        "I will ask when the lamp will be mended.",
        "I will ask what the lamp costs.",
        kind=PaperKind.AGENDA,
    )
    assert [each.kind for each in found[1:]] == [ItemKind.QUESTION, ItemKind.QUESTION]


def test_deciding_whether_to_meet_in_private_is_itself_public():
    found = items(
        "AGENDA",
        "1. To consider whether any items should be taken in private as exempt information",
        "2. Contract for the Lamp - Exempt",
        kind=PaperKind.AGENDA,
    )
    assert [each.exempt for each in found] == [False, True]


@pytest.mark.parametrize("kind", [PaperKind.REPORT, PaperKind.APPENDIX, PaperKind.DECISION])
def test_sections_of_a_report_are_no_items(kind):
    assert items("Report to Cabinet", "1. Background", "1.1 Text.", "2. Options", kind=kind) == ()


def test_a_report_that_names_its_item_is_that_item():
    (item,) = items("Report to Cabinet", "Agenda Item 6", "1. Background", kind=PaperKind.REPORT)
    assert (item.number, item.start) == ("6", 0)


def test_the_page_of_one_item_is_one_item():
    (item,) = items("Agenda item", "Harbour Dues", "Minutes:", "1. The dues be raised.")
    assert (item.title, item.kind) == ("Harbour Dues", ItemKind.SUBSTANTIVE)


def test_a_pack_has_an_item_for_each_numbered_bookmark():
    texts = ["Agenda of the Cabinet\n", "Report on dues\n", "1. Background\n"]
    starts = [0, len(texts[0]), len(texts[0]) + len(texts[1])]
    pages = tuple(Page(at + 1, None, starts[at], text) for at, text in enumerate(texts))
    outline = (
        OutlineEntry("Agenda", 1, 0),
        OutlineEntry("5 Harbour Dues", 2, 0),
        OutlineEntry("1. Background", 3, 1),
    )
    text = paper(*"".join(texts).splitlines(), "", outline=outline, pages=pages)
    (item,) = find_items(text, PaperKind.PACK)
    assert (item.number, item.title, item.start) == ("5", "Harbour Dues", starts[1])


def test_a_transcript_has_no_items():
    assert (
        items("1. Chair: Good morning", "2. Ms Hill: Good morning", kind=PaperKind.TRANSCRIPT) == ()
    )


line = st.one_of(
    st.sampled_from(
        [*MINUTES, "1.", "(a)", "(i) Pilots", "AGENDA", "I will ask when", "12/23 Dues"]
    ),
    st.text(st.characters(codec="utf-8", exclude_characters="\n"), max_size=40),
)


@given(st.lists(line, max_size=40), st.sampled_from(list(PaperKind)))
def test_items_lie_in_order_inside_the_text_and_parts_inside_their_items(lines, kind):
    text = paper(*lines)
    found = find_items(text, kind)
    assert [each.position for each in found] == list(range(len(found)))
    above = {}
    last = -1
    for each in found:
        assert last <= each.start < each.end <= len(text.text)
        last = each.start
        if each.depth > 1:
            whole = above[each.depth - 1]
            assert whole.start <= each.start
            assert each.end <= whole.end
        above[each.depth] = each


def test_every_item_of_real_minutes_is_found_with_both_numbers():
    folder = corpora() / "kent/cabinet/2025-01-30"
    path = folder / "Minutes of the meeting held on 9th January 2025.pdf"
    found = find_items(read(path, path.read_bytes()), PaperKind.MINUTES)
    assert [each.minute for each in found] == [str(number) for number in range(76, 84)]
    assert [each.number for each in found] == [str(number) for number in range(1, 9)]


NUMBERED = ("Apologies for absence", "Declarations of interest", "Harbour dues", "Ferry timetable")


@pytest.mark.parametrize(
    "numbers",
    [
        [f"21.4{n}" for n in range(1, 5)],
        [f"2024.1{n}" for n in range(1, 5)],
        [f"1.{n}/23E" for n in range(1, 5)],
        [f"2024/4{n}" for n in range(1, 5)],
        [f"PL.1{n}/24" for n in range(1, 5)],
        [f"C23/10{n}" for n in range(1, 5)],
        [f"P24-1{n}" for n in range(1, 5)],
        [f"10{n}/24-25" for n in range(1, 5)],
    ],
    ids=lambda numbers: numbers[0],
)
def test_numbers_are_read_as_many_councils_print_them(numbers):
    printed = [f"{number} {title}" for number, title in zip(numbers, NUMBERED, strict=True)]
    expected = list(zip(numbers, NUMBERED, strict=True))
    below = ["There were none.", "There were none.", "Dues rise by 3%.", "The report was noted."]
    body = [line for pair in zip(printed, below, strict=True) for line in pair]
    minutes = items("Minutes of the meeting held on 4 June 2024", *body)
    assert [(each.minute, each.title) for each in minutes] == expected
    agenda = items("AGENDA", *printed, kind=PaperKind.AGENDA)
    assert [(each.number, each.title) for each in agenda] == expected


def test_paragraphs_of_an_item_are_no_items_of_a_year():
    found = items(
        "Minutes",
        "10. Harbour dues",
        "10.1 The Harbour Master",
        "10.2 The Ferry Board",
        "10.3 The Customs House",
        "11. Ferry timetable",
        "The report was noted.",
    )
    assert [each.number for each in found] == ["10", "11"]


def test_in_a_pack_without_an_outline_an_item_is_its_report():
    text = paper(
        "AGENDA",
        "1. Apologies for absence",
        "2. Harbour dues (Pages 5 - 9)",
        "3. Ferry timetable (Pages 10 - 12)",
        "Agenda Item 2",
        "Report of the Harbour Master",
        "Dues are low.",
        "Agenda Item 3",
        "Report of the ferry manager",
    )
    found = find_items(text, PaperKind.PACK)
    assert [(each.number, each.title) for each in found] == [
        ("1", "Apologies for absence"),
        ("2", "Harbour dues"),
        ("3", "Ferry timetable"),
    ]
    assert text.text[found[1].start : found[1].end].strip().endswith("Dues are low.")


def test_numbers_with_a_prefix_or_in_a_line_of_their_own_are_minute_numbers():
    found = items(
        "Minutes of a meeting of Saltby Parish Council",
        "Cou/41/23-24 Apologies for Absence",
        "Apologies were received from Cllr Hill.",
        "Cou/42/23-24",
        "TO CONSIDER THE REPAIR OF THE QUAY WALL, AND WHETHER THE HARBOUR TRUST IS TO BE ASKED FOR"
        " A SHARE OF ITS COST, THE WALL BEING OF USE TO ITS TENANTS AS MUCH AS TO THE PARISH, AND"
        " THE TRUST HAVING PAID FOR THE LAST REPAIR AND FOR THE ONE BEFORE IT",
        "Cllr Dale said that it leaned.",
        "Cou/43/23-24 Date of Next Meeting",
        "It was to be on 3 May.",
    )
    assert [each.minute for each in found] == ["Cou/41/23-24", "Cou/42/23-24", "Cou/43/23-24"]
    assert found[1].title.startswith("TO CONSIDER THE REPAIR")


def test_a_title_that_its_paragraph_begins_with_ends_at_the_colon():
    found = items(
        "Minute of the Saltby Community Council meeting held on 4 May 2023",
        "1. Welcome: In the absence of the Chair, Mr Dale took the chair and welcomed all.",
        "2. Harbour lights: The Secretary had written to the Trust. No reply had come.",
        "3. Any other business: There was none.",
    )
    assert [each.title for each in found] == ["Welcome", "Harbour lights", "Any other business"]


def test_a_title_in_capitals_ends_where_the_sentence_case_begins():
    found = items(
        "1. APOLOGIES Cllr. B Dale.",
        "2. MINUTES OF THE LAST MEETING",
        "To approve the minutes of 2 May 2023",
        "3. OFSTED Inspection of Nurseries",
        "Mr Hill reported that two were good.",
    )
    assert [each.title for each in found] == [
        "APOLOGIES",
        "MINUTES OF THE LAST MEETING",
        "OFSTED Inspection of Nurseries",
    ]


def test_what_an_item_is_for_is_no_part_of_its_title():
    agenda = ("Agenda", "1. Repair of the Quay Wall", "For Decision", "2. Harbour Dues")
    found = items(*agenda, kind=PaperKind.AGENDA)
    assert [each.title for each in found] == ["Repair of the Quay Wall", "Harbour Dues"]


def test_who_was_there_and_what_there_was_to_say_are_no_part_of_a_title():
    found = items(
        "1. Calling of the Roll",
        "Mr A Hill, Mr B Dale, Mrs C Pell, Ms D Dray, Dr E Quill",
        "2. Matters Arising",
        "None.",
        "3. Date of Next Meeting",
        "Monday 1 July 2024 at 7.30pm",
    )
    titles = [each.title for each in found]
    assert titles == ["Calling of the Roll", "Matters Arising", "Date of Next Meeting"]


def test_the_page_of_one_issue_is_one_item():
    found = items("Issue - meetings", "Harbour dues", "Meeting: 07/03/2023 - Cabinet (Item 7)")
    assert [each.title for each in found] == ["Harbour dues"]
