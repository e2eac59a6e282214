from dataclasses import replace
from datetime import date

from ingest.paper import ItemKind, PaperKind, paper_id
from search.answer import ItemCard, PaperCard
from search.belonging import Belonging, Neighbour, belonging

MEETING = date(2031, 5, 6)


def paper(
    name: str,
    kind: PaperKind,
    *,
    title: str | None = None,
    text: str = "",
    items: tuple[tuple[str | None, str | None], ...] = (),
    when: date | None = MEETING,
) -> Neighbour:
    source = f"/papers/2031-05-06/{name}.pdf"
    card = PaperCard(
        paper_id(source), source, title or name, kind, None, "Cabinet", when, "pdf", True, 3
    )
    cards = tuple(ItemCard(number, None, words, ItemKind.SUBSTANTIVE) for number, words in items)
    return Neighbour(card, text, cards)


AGENDA = paper(
    "Agenda",
    PaperKind.AGENDA,
    items=(("5", "Ferry fares"), ("6", "31/00042 - Dredging of the inner harbour")),
)
FERRY = paper(
    "Fares report",
    PaperKind.REPORT,
    title="Ferry fares",
    text="Ferry fares\nAppendices\nAppendix 1 – Fares on other rivers\nAppendix 2: Letters",
)
DREDGING = paper(
    "31-00042 - Dredging report",
    PaperKind.REPORT,
    title="Dredging report",
    text="List of Appendices\nSurvey of the harbour – A Costs of dredgers – B\nA",
)
FARES = paper("Appendix 1", PaperKind.APPENDIX, title="Fares on other rivers", when=None)


def among(one: Neighbour, *others: Neighbour) -> Belonging:
    return belonging(one, [each for each in others if each is not one])


def test_an_appendix_belongs_to_the_report_that_lists_its_letter_and_title():
    found = among(FARES, AGENDA, FERRY, DREDGING)
    assert found.report.card is FERRY.card
    assert found.report.evidence == "“1: Fares on other rivers”"
    assert found.agenda.item.number == "5"


def test_two_appendices_of_one_name_belong_each_to_its_own_report():
    other = paper("Appendix A", PaperKind.APPENDIX, title="Survey of the harbour", when=None)
    assert among(other, AGENDA, FERRY, DREDGING).report.card is DREDGING.card


def test_an_appendix_that_no_report_lists_belongs_nowhere():
    stray = paper("Appendix 1", PaperKind.APPENDIX, title="Tides and winds", when=None)
    assert among(stray, AGENDA, FERRY, DREDGING) == Belonging()


def test_where_two_reports_list_it_none_is_named():
    copy = replace(FERRY, card=replace(FERRY.card, id="f" * 16, source="/papers/copy.pdf"))
    assert among(FARES, AGENDA, FERRY, copy).report is None


def test_a_decision_number_in_both_names_shows_what_came_together():
    draft = paper("31-00042 - Draft decision", PaperKind.DECISION, title="Record", when=None)
    found = among(draft, AGENDA, FERRY, DREDGING)
    assert found.report.card is DREDGING.card
    assert found.agenda.item.number == "6"
    assert found.agenda.evidence == "the number 31/00042 in both"


def test_a_report_has_its_appendices_and_its_item():
    found = among(FERRY, AGENDA, FERRY, DREDGING, FARES)
    assert [tie.card for tie in found.appendices] == [FARES.card]
    assert found.report is None
    assert found.agenda.item.title == "Ferry fares"


def test_a_stamped_number_or_a_file_name_names_the_item():
    stamped = paper("Report", PaperKind.REPORT, title="Other words", items=(("5", None),))
    assert among(stamped, AGENDA).agenda.item.title == "Ferry fares"
    named = paper("Item 6 - Letter", PaperKind.APPENDIX, title="Letter", when=None)
    assert among(named, AGENDA).agenda.item.number == "6"
    said = paper("B", PaperKind.APPENDIX, title="B", text="Appendix B to item 5", when=None)
    assert among(said, AGENDA).agenda.item.number == "5"


def test_an_agenda_of_another_day_names_no_item():
    later = replace(FERRY, card=replace(FERRY.card, meeting_date=date(2031, 6, 3)))
    assert among(later, AGENDA).agenda is None


def test_an_undated_paper_between_two_agendas_has_no_item():
    second = replace(AGENDA, card=replace(AGENDA.card, meeting_date=date(2031, 6, 3)))
    named = paper("Item 5 - Letter", PaperKind.APPENDIX, title="Letter", when=None)
    assert among(named, AGENDA, second).agenda is None


def test_an_agenda_belongs_to_no_agenda():
    assert among(AGENDA, AGENDA, FERRY) == Belonging()
