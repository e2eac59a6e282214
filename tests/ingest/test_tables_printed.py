"""Printed tables: cells by ruled lines or white strips, heads, captions, page ends."""

from ingest.paper import BlockRole, CleanText, Table
from tests.ingest.papers import check_laws, lines, pdf, read_as, roles, said
from tests.ingest.papers.ruled import Sheets

HEADS = [["Ferry", "2023-24", "2024-25", "Change"]]
ROWS = [["Quay", "1,200", "1,350", "150"], ["Lamps", "40", "32", "(8)"], ["Ropes", "7", "-5", ""]]


def cells(text: CleanText, table: Table) -> list[list[str | None]]:
    """Return what the rows' cells say."""
    return [[cell and text.text[cell[0] : cell[1]] for cell in row.cells] for row in table.rows]


def check_tables(text: CleanText) -> None:
    """Assert what holds of every table."""
    check_laws(text)
    for table in text.tables:
        assert table.rows
        for row in table.rows:
            block = text.blocks[row.block]
            assert block.role is BlockRole.TABLE_ROW
            assert len(row.cells) <= len(table.heads)
            for column, cell in enumerate(row.cells):
                inside = cell is None or block.start <= cell[0] < cell[1] <= block.end
                assert inside or (column == 0 and cell and cell[1] <= block.start)


def read_table(sheets: Sheets) -> tuple[CleanText, Table]:
    text = read_as("report.pdf", sheets.done())
    check_tables(text)
    assert len(text.tables) == 1
    return text, text.tables[0]


def test_a_ruled_table_knows_its_caption_its_heads_and_its_cells():
    sheets = Sheets().write([(60, 720, "Table 1: Cost of the ferry (£000)", "Helvetica-Bold", 9)])
    sheets.table(HEADS + ROWS, bold=1)
    text, table = read_table(sheets)
    assert table.caption == "Table 1: Cost of the ferry (£000)"
    assert table.heads == ("Ferry", "2023-24", "2024-25", "Change")
    assert cells(text, table) == [
        ["Quay", "1,200", "1,350", "150"],
        ["Lamps", "40", "32", "(8)"],
        ["Ropes", "7", "-5", None],
    ]
    assert said(text)[2] == "Quay 1,200 1,350 150"


def test_cells_of_several_lines_are_of_one_row():
    sheets = Sheets()
    sheets.table(
        [
            ["Risk", "Cause", "Owner"],
            [
                ("Quay wall", "moves"),
                ("Storms in the", "winter of 1907", "and frost"),
                "Harbour master",
            ],
            ["Lamps", "Oil", "Lamplighter"],
        ],
        bold=1,
    )
    text, table = read_table(sheets)
    assert table.heads == ("Risk", "Cause", "Owner")
    assert cells(text, table)[0] == [
        "Quay wall moves",
        "Storms in the winter of 1907 and frost",
        "Harbour master",
    ]


def test_two_cells_that_nearly_touch_are_parted_by_the_line_between():
    sheets = Sheets()
    sheets.table([["Ferry", "Cost"], ["Landing stage at Gull Point", "1,200"]], (60, 181, 260))
    text, table = read_table(sheets)
    assert cells(text, table)[-1] == ["Landing stage at Gull Point", "1,200"]


def test_a_head_over_several_columns_names_each_of_them():
    sheets = Sheets()
    sheets.table([["", "Summer", None, "All year"], ["", "Core", "Grants", "Total"], *ROWS], bold=2)
    _, table = read_table(sheets)
    assert table.heads == ("", "Summer Core", "Summer Grants", "All year Total")


def test_a_table_that_runs_over_a_page_end_keeps_its_heads_and_drops_them_when_repeated():
    sheets = Sheets()
    sheets.table(HEADS + ROWS * 3, bold=1)
    sheets.turn().table([*HEADS, ["Nets", "11", "12", "1"]], top=780, bold=1)
    sheets.turn().table([["Oars", "21", "22", "1"]], top=780)
    text, table = read_table(sheets)
    assert table.heads == ("Ferry", "2023-24", "2024-25", "Change")
    assert [row[0] for row in cells(text, table)][-2:] == ["Nets", "Oars"]
    assert said(text).count("Ferry 2023-24 2024-25 Change") == 1


def test_another_table_on_the_next_page_is_another_table():
    sheets = Sheets()
    sheets.table(HEADS + ROWS, bold=1)
    sheets.turn().table([["Boat", "Oars", "Sails", "Crew"], ["Gull", "4", "2", "3"]], bold=1)
    text = read_as("report.pdf", sheets.done())
    assert [table.heads[0] for table in text.tables] == ["Ferry", "Boat"]


def test_a_forms_fields_stay_beside_their_values():
    sheets = Sheets()
    sheets.table(
        [
            ["Proposer:", "A. Bell", "Seconder:", "C. Drew"],
            ["Purpose:", "To mend the quay", None, None],
        ]
    )
    text, table = read_table(sheets)
    assert not any(table.heads)
    assert cells(text, table) == [
        ["Proposer:", "A. Bell", "Seconder:", "C. Drew"],
        ["Purpose:", "To mend the quay", None, None],
    ]


def test_running_text_in_a_frame_stays_prose():
    long = (
        "The ferry has run since the bridge was closed to carts, and the council has",
        "had no complaint of it since, save one about the bell, which is rung at noon.",
    )
    sheets = Sheets()
    sheets.table([["Purpose:", "Mend it"], [long, None], ["Cost:", "1,200"]], (60, 200, 500))
    text = read_as("form.pdf", sheets.done())
    assert (BlockRole.PARAGRAPH, " ".join(long)) in roles(text)


def test_a_table_without_lines_has_columns_by_its_white_strips_and_heads_above_them():
    sheets = Sheets().write(lines("The ferry cost more than the year before."))
    sheets.table(HEADS + ROWS, top=720, ruled=False, bold=1)
    text, table = read_table(sheets)
    assert table.heads == ("Ferry", "2023-24", "2024-25", "Change")
    assert cells(text, table)[:2] == [
        ["Quay", "1,200", "1,350", "150"],
        ["Lamps", "40", "32", "(8)"],
    ]


def columns_at(sheets: Sheets, y: float, *words: tuple[float, str], size: float = 9) -> None:
    sheets.write([(x, y, each, "Helvetica", size) for x, each in words])


PARTS = ((60, "Ferry"), (200, "Budget"), (260, "Actual"), (330, "Budget"), (390, "Actual"))
FIGURES = [
    ((60, "Quay"), (200, "1,200"), (260, "1,350"), (330, "1,310"), (390, "1,295")),
    ((60, "Lamps"), (200, "1,040"), (260, "1,032"), (330, "1,020"), (390, "1,027")),
    ((60, "Nets"), (200, "1,075"), (260, "1,081"), (330, "1,079"), (390, "1,084")),
]


def test_a_head_over_several_columns_without_lines_is_said_of_each():
    sheets = Sheets().write(lines("The ferry cost more than the year before."))
    columns_at(sheets, 714, (226, "2023-24"), (356, "2024-25"))
    columns_at(sheets, 700, *PARTS)
    for at, row in enumerate(FIGURES):
        columns_at(sheets, 686 - 14 * at, *row)
    text, table = read_table(sheets)
    years = [f"{year} {part}" for year in ("2023-24", "2024-25") for part in ("Budget", "Actual")]
    assert table.heads == ("Ferry", *years)
    assert cells(text, table)[0] == ["Quay", "1,200", "1,350", "1,310", "1,295"]


def test_a_head_narrower_than_the_middle_one_of_its_columns_is_said_of_all_of_them():
    sheets = Sheets().write(lines("The ferry cost more than the year before."))
    columns = range(200, 501, 60)
    columns_at(sheets, 714, (260, "Sea"), (440, "Land"))
    columns_at(sheets, 700, *zip(columns, ["Core", "Grant", "Whole"] * 2, strict=True))
    for at, label in enumerate(("Quay", "Lamps", "Nets")):
        figures = [f"{at + 1},{column}" for column in columns]
        columns_at(sheets, 686 - 14 * at, (60, label), *zip(columns, figures, strict=True))
    _, table = read_table(sheets)
    parts = ("Core", "Grant", "Whole")
    assert table.heads == ("", *(f"{over} {each}" for over in ("Sea", "Land") for each in parts))


def test_a_title_that_runs_on_over_columns_is_no_head():
    sheets = Sheets().write(lines("The ferry cost more than the year before."))
    columns_at(sheets, 714, (60, "Table of what the ferry took in each of the last years"))
    columns_at(sheets, 700, *PARTS)
    for at, row in enumerate(FIGURES):
        columns_at(sheets, 686 - 14 * at, *row)
    _, table = read_table(sheets)
    assert table.heads == ("Ferry", "Budget", "Actual", "Budget", "Actual")


def test_a_note_on_units_above_the_last_columns_is_no_head_of_theirs():
    sheets = Sheets().write(lines("The ferry cost more than the year before."))
    columns_at(sheets, 716, (345, "Thousands of £"))
    columns_at(sheets, 700, *PARTS)
    for at, row in enumerate(FIGURES):
        columns_at(sheets, 686 - 14 * at, *row)
    _, table = read_table(sheets)
    assert table.heads == ("Ferry", "Budget", "Actual", "Budget", "Actual")


def test_a_sections_name_between_heads_and_rows_leaves_the_heads_theirs():
    sheets = Sheets().write(lines("The ferry cost more than the year before."))
    columns_at(sheets, 714, *PARTS)
    columns_at(sheets, 690, (60, "Harbours"), size=12)
    for at, row in enumerate(FIGURES):
        columns_at(sheets, 670 - 14 * at, *row)
    text, table = read_table(sheets)
    assert table.heads == ("Ferry", "Budget", "Actual", "Budget", "Actual")
    assert cells(text, table)[0] == ["Harbours", None, None, None, None]


def test_heads_of_many_printed_lines_in_few_levels_are_heads():
    sheets = Sheets().write(lines("The ferry cost more than the year before."))
    for x, words in PARTS[1:]:
        for at, word in enumerate((words, "as", "told")):
            columns_at(sheets, 730 - 11 * at, (x, word))
    for at, row in enumerate(FIGURES):
        columns_at(sheets, 690 - 14 * at, *row)
    _, table = read_table(sheets)
    assert table.heads[1:] == tuple(f"{words} as told" for _, words in PARTS[1:])


def test_two_columns_of_prose_are_no_table():
    left = lines(*["The ferry sails from the quay at noon"] * 6, left=60)
    right = lines(*["and the market opens when it returns"] * 6, left=320)
    assert not read_as("leaflet.pdf", pdf([*left, *right])).tables


def test_a_label_beside_several_rows_is_the_first_cell_of_each():
    sheets = Sheets()
    rows = [("Harbour", "Quay", "12"), ("", "Lamps", "14"), ("Market", "Nets", "3")]
    for at, row in enumerate(rows):
        for x, words in zip((66, 206, 306), row, strict=True):
            sheets.write([(x, 687 - 20 * at, words, "Helvetica", 9)])
    for side in (60, 200, 300, 400):
        sheets.rule(side, 700, side, 640)
    for level in (700, 660, 640):
        sheets.rule(60, level, 400, level)
    sheets.rule(200, 680, 400, 680)
    text, table = read_table(sheets)
    assert [row[0] for row in cells(text, table)] == ["Harbour", "Harbour", "Market"]
    assert said(text)[1] == "Lamps 14"


def test_a_spreadsheets_heads_on_a_shaded_band_are_the_heads_of_the_ruled_rows_below():
    sheets = Sheets()
    sheets.table(HEADS, top=720, ruled=False, bold=1)
    sheets.table(ROWS, top=700)
    _, table = read_table(sheets)
    assert table.heads == ("Ferry", "2023-24", "2024-25", "Change")


def test_rules_without_any_words_and_thousands_of_them_end():
    sheets = Sheets().write(lines("The ferry sails at noon."))
    for at in range(900):
        sheets.rule(50 + at / 2, 50, 50 + at / 2, 700)
        sheets.rule(50, 50 + at / 2, 500, 50 + at / 2)
    assert said(read_as("plan.pdf", sheets.done())) == ["The ferry sails at noon."]


def test_a_papers_title_above_its_first_fields_is_no_head_of_theirs():
    drawn = [
        (72, 760, "Report on the Ferry", "Helvetica-Bold", 24),
        *[(x, 720, text) for x, text in ((72, "By"), (200, "the harbour master"))],
        *[(x, 706, text) for x, text in ((72, "To"), (200, "the harbour board"))],
    ]
    assert roles(read_as("report.pdf", pdf(drawn)))[0] == (BlockRole.HEADING, "Report on the Ferry")


def test_a_title_that_repeats_above_a_table_on_every_page_is_said_once():
    sheets = Sheets().write(lines("The ferry cost more than the year before."))
    for page in range(3):
        sheets.turn().write([(60, 800, "Harbour and Quays", "Helvetica-Bold", 12)])
        sheets.table(HEADS + [[f"Boat {page}", "1,200", "1,350", "150"]] * 3, top=780, bold=1)
    text, table = read_table(sheets)
    assert said(text).count("Harbour and Quays") == 1
    assert table.caption == "Harbour and Quays"
    assert len(table.rows) == 9


def test_heads_in_a_band_of_colour_without_lines_between_them_name_the_columns():
    sheets = Sheets()
    foot = sheets.table([["", None, None]], bold=1)
    sheets.table([["1", "Is the quay open?", "Yes"], ["2", "Who rings?", "A. Bell"]], top=foot)
    band = ((66, "No."), (206, "Question"), (306, "Answer"))
    sheets.write([(x, 687, head, "Helvetica-Bold", 9) for x, head in band])
    text, table = read_table(sheets)
    assert table.heads == ("No.", "Question", "Answer")
    assert cells(text, table)[1] == ["2", "Who rings?", "A. Bell"]


def test_a_thick_line_parts_the_heads_from_the_first_row():
    sheets = Sheets()
    sheets.table(
        [["Ferry", "Owner"], ["Lamps", "A. Bell"], ["Ropes", "C. Drew"]], bold=1, ruled=False
    )
    for y in (700, 660, 640):
        sheets.rule(60, y, 300, y)
    sheets.rule(60, 680, 300, 680, width=3)
    for x in (60, 200, 300):
        sheets.rule(x, 640, x, 700)
    text, table = read_table(sheets)
    assert table.heads == ("Ferry", "Owner")
    assert cells(text, table) == [["Lamps", "A. Bell"], ["Ropes", "C. Drew"]]


def test_heads_printed_above_the_table_on_each_page_are_no_running_head():
    sheets = Sheets()
    for page in range(5):
        if page:
            sheets.turn()
        over = zip((66, 206, 306), ("Ferry", "2023-24", "Change"), strict=True)
        sheets.write([(60, 800, "Budget of the ferry")])
        sheets.write([(x, 765, head, "Helvetica-Bold", 9) for x, head in over])
        rows = [
            [f"{name} of boat {page}", f"{page}5.0", "(8.5)"]
            for name in ("Sail", "Oar", "Bell", "Rope")
        ]
        foot = sheets.table(rows, top=760)
        # A table of other columns below, so that the next page's cannot be the same one.
        sheets.table([["Paid by", "A. Bell", "B. Cord", "C. Drew"]] * 2, top=foot - 60)
    text = read_as("report.pdf", sheets.done())
    check_tables(text)
    ferries = [table for table in text.tables if len(table.heads) == 3]
    assert [table.heads for table in ferries] == [("Ferry", "2023-24", "Change")] * 5
    assert text.text.count("Budget of the ferry") == 1
