"""What is understood of the sample papers, whose makers know what is in them."""

from functools import cache
from pathlib import Path

from ingest.paper import Paper
from ingest.understanding import make_paper
from tests.shared import ROOT

SAMPLE = ROOT / "data" / "sample"


@cache
def paper(name: str) -> Paper:
    (path,) = SAMPLE.glob(f"*/*/{name}")
    return make_paper(path, path.read_bytes())


def passages_with(words: str, name: str) -> list[str]:
    return [each.text for each in paper(name).passages if words in each.text]


def test_a_lost_motion_stands_with_its_outcome():
    (found,) = passages_with("proposed, and Councillor Bellingham seconded", "mgAi-ID-7842.html")
    assert "motion was lost" in found


def test_a_figure_of_a_table_is_read_out_under_its_head():
    name = "Item 6 - Cost of placements for children in care - Report.pdf"
    spoken = "\n".join(each.read_out or "" for each in paper(name).passages)
    costs, budget = [row for row in spoken.splitlines() if row.startswith("Supported")]
    assert "2020-21 = 1,145" in costs
    assert costs.endswith("Change in last year = (68)")
    assert budget.endswith("Budget = 2,430; Forecast = 2,388; Variance = (42)")


def test_minutes_are_of_the_meeting_that_they_record_not_of_the_folder_they_lie_in():
    minutes = paper("Minutes of the meeting held on 14 November 2023.pdf")
    assert str(minutes.meeting_date) == "2023-11-14"
    assert Path(minutes.source).parent.name == "2024-03-12"


def test_only_the_exempt_paper_is_exempt():
    exempt = [
        path.name
        for path in sorted(SAMPLE.glob("*/*/*"))
        if make_paper(path, path.read_bytes()).exempt
    ]
    assert exempt == ["Exempt - 24-00034 - Marlpit Meadow land acquisition.pdf"]


def test_the_scanned_page_is_noticed():
    report = paper("Item 6 - Internal Audit - School Transport Contracts - Report.pdf")
    assert [page.number for page in report.text.pages if page.scanned] == [3]
