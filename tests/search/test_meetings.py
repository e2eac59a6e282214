from datetime import date

from ingest.paper import AgendaItem, ItemKind, PaperKind
from search.answer import PaperCard
from search.holdings import PaperItem
from search.meetings import business


def card(name: str, kind: PaperKind, title: str = "") -> PaperCard:
    return PaperCard(
        id=name,
        source=f"/papers/{name}",
        title=title or name,
        kind=kind,
        state=None,
        body="Harbour Committee",
        meeting_date=date(2024, 3, 12),
        format="pdf",
        paged=True,
        page_count=3,
    )


def items(of: PaperCard, *titles: str, depth: int = 1) -> list[PaperItem]:
    found = []
    for at, each in enumerate(titles):
        number, _, title = each.partition(" ")
        item = AgendaItem(at, number, None, title, ItemKind.SUBSTANTIVE, depth, at, at + 1)
        found.append(PaperItem(of, item, 1))
    return found


AGENDA = card("agenda.pdf", PaperKind.AGENDA)
MINUTES = card("minutes.pdf", PaperKind.MINUTES)


def test_agenda_and_minutes_meet_in_one_matter_however_each_words_it():
    matters, others = business(
        [MINUTES, AGENDA],
        items(MINUTES, "2 Dredging of the inner harbour")
        + items(AGENDA, "5 Dredging: the inner harbour"),
    )
    assert [(each.number, each.title) for each in matters] == [("5", "Dredging: the inner harbour")]
    assert [place.card for place in matters[0].places] == [AGENDA, MINUTES]
    assert others == []


def test_matters_stand_in_the_order_of_business_also_those_that_only_the_minutes_have():
    matters, _ = business(
        [AGENDA, MINUTES],
        items(AGENDA, "1 Apologies for absence", "3 Mooring fees")
        + items(MINUTES, "1 Apologies for absence", "2 Urgent business", "3 Mooring fees"),
    )
    assert [each.number for each in matters] == ["1", "2", "3"]


def test_matters_with_few_words_in_common_stay_apart():
    matters, _ = business(
        [AGENDA], items(AGENDA, "4 Mooring fees for yachts", "5 Mooring fees for the ferry company")
    )
    assert len(matters) == 2


def test_a_report_belongs_to_the_item_whose_number_its_file_bears():
    report = card("Item 3 - Report.pdf", PaperKind.REPORT, "Fees and charges")
    matters, others = business(
        [AGENDA, report], items(AGENDA, "2 Dredging plan", "3 Mooring fees of yachts")
    )
    assert [each.papers for each in matters] == [(), (report,)]
    assert others == []


def test_a_report_belongs_to_the_item_with_the_words_of_its_title():
    report = card("r1.pdf", PaperKind.REPORT, "Mooring fees of visiting yachts from April")
    matters, _ = business(
        [AGENDA, report], items(AGENDA, "2 Dredging plan", "3 Mooring fees for yachts")
    )
    assert [each.papers for each in matters] == [(), (report,)]


def test_the_record_of_a_decision_belongs_to_what_was_decided():
    record = card("d1.pdf", PaperKind.DECISION, "Mooring fees for yachts")
    matters, _ = business([AGENDA, record], items(AGENDA, "3 Mooring fees for yachts"))
    assert matters[0].papers == (record,)


def test_a_paper_that_fits_no_item_is_listed_by_itself():
    map_ = card("map.pdf", PaperKind.APPENDIX, "Map of the lighthouses")
    matters, others = business([AGENDA, map_], items(AGENDA, "2 Dredging plan"))
    assert [each.papers for each in matters] == [()]
    assert others == [map_]


def test_parts_of_an_item_are_no_matters_of_their_own():
    parts = items(AGENDA, "2.1 Cost of the dredger", depth=2)
    assert business([AGENDA], parts) == ([], [])
