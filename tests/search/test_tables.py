"""The tables of a passage: exact cells under their heads, and only its own rows."""

import json
import zlib

from hypothesis import given
from hypothesis import strategies as st

from ingest.paper import Table, TableRow
from search.generation import open_view
from search.store import rows
from search.tables import CELL, nearest, slices
from tests.search.factory import embedded, paper

TEXT = "Ward Spent Change Harbour 35 (15) Hill 20 -4"
HARBOUR = ((18, 25), (26, 28), (29, 33))
HILL = ((34, 38), (39, 41), (42, 44))
LAMPS = Table("Lamps", ("Ward", "Spent", "Change"), (TableRow(1, HARBOUR), TableRow(2, HILL)))


def said(start: int, end: int) -> str:
    return TEXT[start:end]


def shown(table) -> list[list[str | None]]:
    return [[cell and cell.text for cell in row] for row in table.rows]


def test_a_passage_shows_only_the_rows_that_stand_in_it_under_all_heads():
    (table,) = slices([LAMPS], 34, 44, said)
    assert (table.caption, table.heads, table.label) == ("Lamps", ("Ward", "Spent", "Change"), 0)
    assert shown(table) == [["Hill", "20", "-4"]]


def test_brackets_and_minus_signs_are_part_of_their_cells():
    (table,) = slices([LAMPS], 0, 44, said)
    assert [row[2] for row in shown(table)] == ["(15)", "-4"]


def test_a_passage_without_rows_shows_no_table():
    assert slices([LAMPS], 0, 17, said) == ()


def test_a_label_beside_several_rows_is_shown_though_it_stands_above_the_passage():
    table = Table(
        "Lamps", ("Ward", "Spent"), (TableRow(1, HARBOUR[:2]), TableRow(2, (HARBOUR[0], HILL[1])))
    )
    (found,) = slices([table], 34, 44, said)
    assert shown(found) == [["Harbour", "20"]]


def test_a_row_that_is_shorter_than_its_heads_is_filled_up():
    (table,) = slices(
        [Table(None, ("Ward", "Spent", "Change"), (TableRow(1, HILL[:2]),))], 0, 44, said
    )
    assert shown(table) == [["Hill", "20", None]]


def test_the_column_of_words_names_the_rows():
    numbered = Table(None, ("No.", "Ward"), (TableRow(1, (HILL[1], HILL[0])),))
    (table,) = slices([numbered], 0, 44, said)
    assert table.label == 1


@given(st.integers(0, 44), st.integers(0, 44))
def test_two_passages_that_meet_share_out_the_rows(one, other):
    first, second = sorted((one, other))
    parts = [slices([LAMPS], *span, said) for span in ((0, first), (first, second), (second, 44))]
    assert [row for part in parts for table in part for row in shown(table)] == [
        ["Harbour", "35", "(15)"],
        ["Hill", "20", "-4"],
    ]


def test_a_library_gives_the_tables_of_its_passages_as_the_paper_has_them(library, folder):
    made = paper(["Lamps | 35", "Nothing of the kind."], ["Quays | (4)"])
    library.keep(embedded(made))
    first, other, last = made.passages
    with open_view(folder) as view:
        found = view.tables([first.id, other.id, last.id])
    assert set(found) == {first.id, last.id}
    for each in (first, last):
        cell = found[each.id][0].rows[0][0]
        assert made.text.text[cell.start : cell.end] == cell.text == each.text


cells = st.none() | st.tuples(st.integers(0, 200), st.integers(201, 300))
tables_of_a_paper = st.lists(
    st.builds(
        Table,
        st.none() | st.text(max_size=5),
        st.tuples(st.text(max_size=5), st.text(max_size=5)),
        st.lists(st.builds(TableRow, st.integers(0, 9), st.tuples(cells, cells)), max_size=4).map(
            tuple
        ),
    ),
    max_size=5,
)


def told(start: int, end: int) -> str:
    return f"{start} to {end}"


@given(tables_of_a_paper, st.integers(0, 200), st.integers(0, 200))
def test_what_is_kept_of_tables_is_all_of_them_or_those_that_a_passage_shows(tables, start, end):
    packed = rows._pack_tables(tables)
    assert rows.tables_of(packed) == tuple(tables)
    some = rows.tables_of(packed, start, end)
    assert slices(some, start, end, told) == slices(tables, start, end, told)


@given(tables_of_a_paper)
def test_tables_that_an_earlier_version_kept_are_kept_as_they_are_now(tables):
    before = [
        [each.caption, each.heads, [[row.block, row.cells] for row in each.rows]] for each in tables
    ]
    packed = zlib.compress(json.dumps(before).encode())
    assert rows.tables_by_line(packed) == rows._pack_tables(tables)


PLACES = st.integers(0, len(TEXT))


@given(PLACES, st.integers(0, 200))
def test_the_rows_nearest_to_a_place_are_kept_in_order_and_the_others_counted(at, characters):
    whole = slices([LAMPS], 0, len(TEXT), said)
    kept, left = nearest(whole, at, characters)
    rows = [row for table in kept for row in shown(table)]
    every = shown(whole[0])
    assert rows
    assert len(rows) + left == len(every)
    assert rows == [row for row in every if row in rows]
    assert (every[0] if at < HILL[0][0] else every[1]) in rows
    words = [*LAMPS.heads, LAMPS.caption, *(cell for row in rows for cell in row)]
    assert len(rows) == 1 or sum(len(each) + CELL for each in words) <= characters


def test_a_table_none_of_whose_rows_are_kept_is_left_out():
    other = Table("Bins", ("Ward", "Spent", "Change"), (TableRow(2, HILL),))
    (kept,), left = nearest(slices([LAMPS, other], 0, len(TEXT), said), 18, 0)
    assert (kept.caption, left) == ("Lamps", 2)
