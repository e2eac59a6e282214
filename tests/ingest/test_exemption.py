"""What of a paper is exempt, and that what is open tells nothing of it."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.exemption import closed_spans, is_closed, open_part
from ingest.overrides import EXEMPT, OPEN, Overrides
from ingest.paper import AgendaItem, Fact, ItemKind, PaperKind
from ingest.understanding import make_paper

HEAD = """SALLOWMERE COUNCIL

{body}

Minutes of the meeting of the Cabinet held in the Guildhall on Tuesday, 12 March 2024
"""

MIXED = (
    HEAD.format(body="CABINET")
    + """
1. Apologies for absence

Apologies were received from Councillor Pell.

2. Land at Quay Road (exempt)

{secret}

3. Mooring fees

RESOLVED that mooring fees rise by four per cent.
"""
)


def understood(text: str, name: str = "cabinet.txt", **said: str):
    facts = {key: Fact(value, "sidecar", "override") for key, value in said.items()}
    return make_paper(Path(f"/papers/{name}"), text.encode(), Overrides(facts))


def report(*first_lines: str) -> str:
    head = "\n\n".join(["SALLOWMERE COUNCIL", *first_lines])
    return f"{head}\n\nReport to Cabinet on 12 March 2024\n\nThe slipway wants mending.\n"


@pytest.mark.parametrize(
    "line",
    [
        "NOT FOR PUBLICATION by virtue of paragraph 3 of Part 1 of Schedule 12A",
        "NOT FOR PUBLICATION: agenda item 9",
        "EXEMPT – Appendix 1",
        "Appendix 2 (Exempt)",
        "Appendix B – NOT FOR PUBLICATION",
        "PRIVATE REPORT",
        "PINK PAPERS",
        "Part 2 report",
        "Confidential annex",
        "Strictly confidential",
        "Classification: Exempt",
        "EXEMPT under Schedule 12A of the Local Government Act 1972",
        "This report contains information which is exempt under paragraph 3.",
        "These pages are confidential.",
    ],
)
def test_a_report_with_such_a_line_at_its_head_is_exempt(line):
    assert understood(report(line), "slipway.txt").exempt


@pytest.mark.parametrize(
    "line",
    [
        "Report on supported exempt accommodation",
        "Supplies that are exempt from VAT",
        "The confidential helpline for tenants",
        "Restricted byways in the north of the district",
        "Private sector housing strategy",
        "Classification: Unrestricted",
        "Exempt: none",
        "Appendix 2 to this report is listed below",
    ],
)
def test_a_report_about_such_a_matter_is_open(line):
    made = understood(report(line), "slipway.txt")
    assert not made.exempt
    assert made.closed == ()


@pytest.mark.parametrize(
    ("source", "exempt"),
    [
        ("/papers/Exempt/slipway.txt", True),
        ("/papers/Part 2/2024/slipway.txt", True),
        ("/papers/pink_papers/slipway.txt", True),
        ("/papers/Confidential - part 2.txt", True),
        ("/papers/Exempt/public/slipway.txt", False),
        ("/papers/Confidential helpline.txt", False),
        ("/private/papers/slipway.txt", False),
    ],
)
def test_a_folder_or_name_that_says_so_makes_a_paper_exempt(source, exempt):
    assert make_paper(Path(source), report().encode()).exempt is exempt


@pytest.mark.parametrize(
    ("title", "exempt"),
    [
        ("Land at Quay Road (exempt)", True),
        ("Land at Quay Road – exempt information", True),
        ("Confidential report: land at Quay Road", True),
        ("Land at Quay Road – exempt from publication", True),
        ("Land at Quay Road (Part 2)", True),
        ("Land at Quay Road (exempt; the public is excluded)", True),
        ("Exclusion of the press and public for exempt items", False),
        ("Supported exempt accommodation", False),
        ("VAT partial exemption", False),
    ],
)
def test_an_item_whose_title_says_so_is_exempt(title, exempt):
    made = understood(
        MIXED.format(secret="It was sold.").replace("Land at Quay Road (exempt)", title)
    )
    assert [item.exempt for item in made.items] == [False, exempt, False]


def test_items_below_a_numbered_heading_of_exempt_business_are_exempt():
    text = MIXED.format(secret="None.").replace(
        "2. Land at Quay Road (exempt)", "2. EXEMPT BUSINESS"
    )
    assert [item.exempt for item in understood(text).items] == [False, True, True]


def test_a_mark_inside_a_pack_shuts_what_follows_it_to_the_papers_end():
    made = make_paper(
        Path("/papers/slipway.md"),
        b"# Slipway report\n\nThe slipway wants mending.\n\nIt is old.\n\n"
        b"# Appendix 2 - EXEMPT\n\nThe lowest tender was 40,000 pounds.\n",
    )
    assert not made.exempt
    opened = open_part(made)
    assert "slipway wants mending" in opened.text.text
    assert "tender" not in opened.text.text + repr(opened)


def test_a_paper_of_which_nothing_is_left_is_exempt():
    text = understood("1. Land\n\nIt was sold.\n").text
    item = AgendaItem(0, "1", None, "Land", ItemKind.SUBSTANTIVE, 1, 0, len(text.text), True)
    closed = closed_spans(text, [item], PaperKind.MINUTES, exempt=False)
    assert closed == ((0, len(text.text)),)
    later = replace(item, start=3)
    assert closed_spans(text, [later], PaperKind.MINUTES, exempt=False) == ((3, len(text.text)),)


def test_what_a_clerk_says_of_a_paper_counts_for_its_items_too():
    text = MIXED.format(secret="It was sold.")
    opened = understood(text, exempt=OPEN)
    assert (opened.exempt, opened.closed, any(item.exempt for item in opened.items)) == (
        False,
        (),
        False,
    )
    assert understood(text, exempt=EXEMPT).exempt


def test_no_passage_is_both_open_and_exempt():
    made = understood(MIXED.format(secret="It was sold for two million pounds."))
    for passage in made.passages:
        inside = [
            is_closed(at, at + 1, made.closed)
            for at in range(passage.citation.start, passage.citation.end)
        ]
        assert len(set(inside)) == 1
        assert made.text.text[passage.citation.start : passage.citation.end] == passage.text


def test_every_passage_has_an_id_of_its_own_though_open_and_exempt_say_the_same():
    made = understood(MIXED.format(secret="3. Mooring fees\n\nRESOLVED that mooring fees rise."))
    assert len({passage.id for passage in made.passages}) == len(made.passages)


secrets = st.text("abcdefgh", min_size=40, max_size=40)


@given(secrets, secrets)
def test_the_open_part_is_the_same_whatever_the_exempt_part_says(one, other):
    first, second = (
        open_part(understood(MIXED.format(secret=f"It {each}."))) for each in (one, other)
    )
    assert first.text.origins.tolist() == second.text.origins.tolist()
    same = replace(first.text, origins=second.text.origins)
    assert replace(first, text=same) == second


def test_a_paper_without_anything_exempt_is_its_own_open_part():
    made = understood(MIXED.format(secret="It was sold.").replace("(exempt)", ""))
    assert open_part(made) is made
