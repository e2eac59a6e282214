"""Heads, feet and page numbers go; what a page says once stays."""

from tests.ingest.papers import lines, pdf, read_as, said

BODY = [
    "The ferry carried four hundred carts in April.",
    "The market was held on each Saturday of May.",
    "The lamps of Quay Street were lit from June.",
    "The toll house was painted in July.",
]


def paper(pages, head=None, foot=None):
    return pdf(
        *[
            [
                *([(72, 800, head(at))] if head else []),
                *lines(BODY[at], top=600),
                *([(280, 30, foot(at))] if foot else []),
            ]
            for at in range(pages)
        ]
    )


def test_a_running_head_stays_where_it_first_stands_and_nowhere_else():
    text = read_as("a.pdf", paper(4, head=lambda at: "Harbour Committee"))
    assert said(text) == ["Harbour Committee", *BODY]


def test_a_foot_goes_from_every_page():
    text = read_as("a.pdf", paper(4, foot=lambda at: f"Harbour papers, sheet {at + 1}"))
    assert said(text) == BODY


def test_page_numbers_go_also_where_they_do_not_start_at_one():
    assert said(read_as("a.pdf", paper(4, foot=lambda at: str(at + 17)))) == BODY


def test_two_pages_are_enough_where_foot_and_place_are_the_same():
    text = read_as("a.pdf", paper(2, foot=lambda at: "form H/7"))
    assert said(text) == BODY[:2]


def test_a_page_stamp_goes_even_from_a_single_page():
    assert said(read_as("a.pdf", paper(1, foot=lambda at: "Page 1 of 5"))) == BODY[:1]


def test_what_stands_on_one_page_only_stays():
    text = read_as("a.pdf", paper(4, foot=lambda at: "Signed by the chair" if at == 3 else " "))
    assert said(text) == [*BODY, "Signed by the chair"]


def test_figures_at_the_foot_of_a_table_are_no_page_numbers():
    sums = ["12", "7", "90", "33"]
    text = read_as("a.pdf", paper(4, foot=lambda at: sums[at]))
    assert said(text) == [each for pair in zip(BODY, sums, strict=True) for each in pair]


def test_the_item_that_a_pack_stamps_on_a_report_comes_first():
    stamped = [*lines(*BODY, top=600), (450, 800, "Agenda Item 5")]
    assert said(read_as("pack.pdf", pdf(stamped)))[0] == "Agenda Item 5"
