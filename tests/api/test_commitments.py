import csv
import io
import json
from datetime import UTC, date, datetime

import pytest
from docx import Document
from docx.enum.section import WD_ORIENT
from fastapi.testclient import TestClient
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar
from openpyxl import load_workbook
from typer.main import get_command

from api.access.people import People
from api.access.roles import Role
from api.app import create_app
from api.cli import commitments as commands
from api.documents.forms import Form, document
from api.documents.register import COLUMNS
from api.documents.sheet import Column, Sheet, begins_a_formula, plain
from api.documents.spreadsheets import csv_of, xlsx_of
from api.documents.word import POINTS, word_of
from api.routes.commitments import MOST_FOLLOWED
from api.schemas.commitments import CommitmentsModel, PatchModel, WholeCommitmentModel
from ingest.paper import Due
from search.generation import open_view
from search.library import Library
from tests.api.conftest import house_at
from tests.embedders import HashEmbedder
from tests.search.factory import embedded, paper, promising
from tests.shared import ROOT

LAMPS = "Mrs Tarn undertook to have the lamps on Mill Lane repaired by 30 June 2031."
BINS = "=HYPERLINK the Head of Waste agreed to list, and “count”, the bins at Sallowmere station."
DONE = "The lamps on Mill Lane have been repaired, Mrs Tarn said."
TODAY = "2031-07-08"
MINUTES = promising(
    paper([LAMPS], ["Pages turn."], source="/papers/minutes.md", item="Streets"),
    LAMPS,
    owner="Mrs Tarn",
    due=Due("by 30 June 2031", date(2031, 6, 30), date(2031, 6, 30)),
)
WASTE = promising(
    paper([BINS], source="/papers/waste.md", body="Waste Panel", meeting_date=date(2031, 5, 13)),
    BINS,
    owner="@Head of Waste",
)
LATER = paper([DONE], source="/papers/later.md", meeting_date=date(2031, 7, 1))


@pytest.fixture
def kept(tmp_path):
    folder = tmp_path / "library"
    with Library.create_or_open(folder, HashEmbedder.name, HashEmbedder.dimension) as library:
        filler = [
            paper([f"Matter {n} was noted."], source=f"/papers/{n}.md", body="Moon Panel")
            for n in range(120)
        ]
        library.keep(embedded(MINUTES, WASTE, LATER, *filler))
    return folder


@pytest.fixture
def served(kept):
    house = house_at(kept, council="Sallowmere Council")
    with TestClient(create_app(house), raise_server_exceptions=False) as client:
        key = People(house.store).add_key("E. Reed", Role.OFFICER, 1)
        client.headers["Authorization"] = f"Bearer {key}"
        yield client
    house.close()


def listed(served, **query) -> CommitmentsModel:
    reply = served.get("/v1/commitments", params={"today": TODAY, **query})
    assert reply.status_code == 200, reply.text
    return CommitmentsModel.model_validate_json(reply.content)


def sentences(served, **query) -> list[str]:
    return [each.first.sentence for each in listed(served, **query).commitments]


def lamps(served):
    return next(each for each in listed(served).commitments if each.owner == "Mrs Tarn")


# The register over HTTP


def test_the_register_is_listed_with_total_and_pages(served):
    assert sentences(served) == [BINS, LAMPS]
    page = listed(served, limit=1, offset=1)
    assert (page.total, page.offset) == (2, 1)
    assert [each.first.sentence for each in page.commitments] == [LAMPS]
    assert page.commitments[0].overdue
    assert page.commitments[0].follow_up is None


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"owner": "tarn"}, [LAMPS]),
        ({"body": "waste panel"}, [BINS]),
        ({"body": "Nobody"}, []),
        ({"overdue": True}, [LAMPS]),
        ({"overdue": True, "today": "2031-06-30"}, []),
        ({"due_before": "2031-06-30"}, [LAMPS]),
        ({"due_after": "2031-07-01"}, []),
        ({"state": "done"}, []),
        ({"kind": "request"}, []),
        ({"topic": "where are the bins?"}, [BINS]),
        ({"since": "2031-05-13"}, [BINS]),
        ({"until": "2031-05-12"}, [LAMPS]),
        ({"sort": "due"}, [LAMPS, BINS]),
    ],
)
def test_filters_leave_what_meets_them(served, query, found):
    assert sentences(served, **query) == found


def test_one_entry_comes_with_places_history_and_what_later_papers_tell(served):
    found = lamps(served)
    for name in (found.id, found.reference, found.reference[-5:]):
        reply = served.get(f"/v1/commitments/{name}", params={"today": TODAY})
        whole = WholeCommitmentModel.model_validate_json(reply.content)
        assert whole.id == found.id
    assert [each.sentence for each in whole.places] == [LAMPS]
    assert whole.history == []
    assert whole.follow_up.suggested == "done"
    evidence = whole.follow_up.evidence[0]
    assert evidence.sentence.text == DONE
    assert evidence.completed == "have been repaired"
    assert whole.state == "open"


def test_a_list_with_follow_up_tells_the_same(served):
    found = {each.id: each for each in listed(served, with_follow_up=True).commitments}
    whole = served.get(f"/v1/commitments/{lamps(served).id}", params={"today": TODAY}).json()
    told = found[whole["id"]].follow_up.model_dump(mode="json")
    assert told == whole["follow_up"]


def test_officers_set_undo_and_merge_and_the_history_tells_all(served):
    identity = lamps(served).id
    at = f"/v1/commitments/{identity}"
    patched = served.patch(at, json={"state": "done", "note": "Seen."})
    assert patched.status_code == 200, patched.text
    assert (patched.json()["state"], patched.json()["notes"]) == ("done", 1)
    assert lamps(served).state == "done"
    assert sentences(served, overdue=True) == []
    assert served.post(f"{at}/undo", json={}).json()["state"] == "open"
    served.patch(at, json={"owner": "", "due": "2031-08-01/2031-08-31"})
    whole = served.get(at).json()
    assert (whole["owner"], whole["due"]["last"]) == (None, "2031-08-31")
    other = next(each for each in listed(served).commitments if each.first.sentence == BINS)
    merged = served.post(f"{at}/merge", json={"other": other.reference}).json()
    assert len(merged["places"]) == 2
    assert listed(served).total == 1
    history = served.get(f"{at}/history").json()["history"]
    assert [each["field"] for each in history] == ["state", "undo", "owner", "due", "merge"]
    assert len({each["by"] for each in history}) == 1
    assert history[0]["made"].endswith("Z")


def test_who_is_no_officer_changes_nothing_and_reads_no_history(kept, served):
    identity = lamps(served).id
    at = f"/v1/commitments/{identity}"
    served.patch(at, json={"state": "done", "note": "Seen by the ward member."})
    with TestClient(served.app) as outsider:
        assert outsider.patch(at, json={"state": "open"}).status_code == 401
        assert outsider.post(f"{at}/undo", json={}).status_code == 401
        assert outsider.get(f"{at}/history").status_code == 401
        whole = outsider.get(at)
    assert whole.json()["state"] == "done"
    assert whole.json()["history"] == []
    assert "ward member" not in whole.text


def test_a_rejected_entry_is_listed_only_when_asked_for(served):
    served.patch(f"/v1/commitments/{lamps(served).id}", json={"state": "rejected"})
    assert sentences(served) == [BINS]
    assert sentences(served, state="rejected") == [LAMPS]


@pytest.mark.parametrize(
    ("path", "body", "status", "says"),
    [
        ("{}", {"by": "E. Reed", "state": "done"}, 422, "wrong"),
        ("{}", {"colour": "red"}, 422, "wrong"),
        ("{}", {"state": "finished"}, 422, "wrong"),
        ("{}", {"due": "soon"}, 409, "is no day"),
        ("{}", {}, 409, "Nothing would change"),
        ("ffffffffffffffff", {"state": "done"}, 404, "No commitment"),
        ("{}/undo", {}, 409, "nothing to undo"),
        ("{}/undo", {"change": 9}, 409, "none of this entry's"),
        ("{}/merge", {"other": "XYZ-1"}, 404, "No commitment"),
        ("{}/merge", {"other": "{}"}, 409, "one entry already"),
    ],
)
def test_what_cannot_be_changed_is_a_problem_that_says_why(served, path, body, status, says):
    identity = lamps(served).id
    sent = json.loads(json.dumps(body).replace('"{}"', f'"{identity}"'))
    way = served.post if "/" in path else served.patch
    reply = way(f"/v1/commitments/{path.replace('{}', identity)}", json=sent)
    assert reply.status_code == status, reply.text
    assert reply.headers["content-type"] == "application/problem+json"
    assert says in reply.json()["detail"]
    assert lamps(served).state == "open"


def test_a_period_that_ends_before_it_begins_is_a_problem(served):
    for first, last in (("since", "until"), ("due_after", "due_before")):
        query = {first: "2031-02-01", last: "2031-01-01"}
        assert served.get("/v1/commitments", params=query).status_code == 422


def test_a_change_waits_for_a_writer_who_soon_ends(kept, served):
    import threading

    writer = Library.create_or_open(kept, HashEmbedder.name, HashEmbedder.dimension)
    timer = threading.Timer(0.3, writer.close)
    timer.start()
    reply = served.patch(f"/v1/commitments/{lamps(served).id}", json={"state": "done"})
    timer.join()
    assert reply.status_code == 200


def test_the_example_of_a_setting_is_one(served):
    for example in PatchModel.model_json_schema()["examples"]:
        assert PatchModel.model_validate(example).given()


# Documents


def exported(served, form: str) -> bytes:
    reply = served.get("/v1/commitments/export", params={"form": form, "today": TODAY})
    assert reply.status_code == 200, reply.text
    assert f'filename="commitments-{TODAY}.{form}"' in reply.headers["content-disposition"]
    return reply.content


HEADS = [column.head for column in COLUMNS]


@settings(max_examples=30, deadline=None)
@given(st.text(st.characters(), max_size=12))
def test_no_text_runs_in_a_spreadsheet_and_every_text_can_be_read_back(text):
    sheet = Sheet("Texts", "One.", (Column("Text", 1),), ((text,),))
    (_, (written,)) = csv.reader(io.StringIO(csv_of(sheet).decode("utf-8-sig"), newline=""))
    assert not written.strip().startswith(("=", "+", "-", "@"))
    assert written.removeprefix("'" if begins_a_formula(plain(text)) else "") == plain(text)
    cell = load_workbook(io.BytesIO(xlsx_of(sheet))).active.cell(4, 1)
    assert cell.data_type != "f"
    assert Document(io.BytesIO(word_of(sheet))).tables[0].rows[1].cells[0].text is not None


def test_every_row_of_a_word_table_has_its_own_words_and_the_same_layout():
    lines = [("one", None), ("two\nlines", date(2031, 5, 6)), ("", "three")]
    sheet = Sheet("Rows", "Three.", (Column("Text", 1), Column("Day", 2)), tuple(lines))
    (table,) = Document(io.BytesIO(word_of(sheet))).tables
    told = [[cell.text for cell in row.cells] for row in table.rows]
    assert told == [["Text", "Day"], ["one", ""], ["two\nlines", "6 May 2031"], ["", "three"]]
    for row in table.rows[1:]:
        assert row._tr.trPr.xpath("w:cantSplit")
        assert [cell.width for cell in row.cells] == [cell.width for cell in table.rows[0].cells]
        for cell in row.cells:
            (run,) = cell.paragraphs[0].runs
            assert (run.font.size.pt, run.bold) == (POINTS, False)


def test_csv_has_the_trackers_columns_and_no_cell_that_runs(served):
    rows = list(csv.reader(io.StringIO(exported(served, "csv").decode("utf-8-sig"))))
    assert rows[0] == HEADS
    waste, mended = (dict(zip(HEADS, row, strict=True)) for row in rows[1:])
    assert waste["Action"] == "'" + BINS.rstrip(".")
    assert waste["Owner"] == "'@Head of Waste"
    assert mended["Reference"].startswith("CAB-2031-05-06-")
    assert mended["Origin"] == "minutes, page 1"
    assert mended["Date"] == "2031-05-06"
    assert mended["Body"] == "Cabinet"
    assert mended["Item"] == "Minute 101 (item 1), Streets"
    assert mended["Due"] == "2031-06-30"
    assert mended["Latest evidence"] == f"Seems done: Cabinet, 1 July 2031: “{DONE}”"
    assert mended["State"] == "open, overdue"


def test_a_server_does_not_search_for_evidence_without_end_and_says_so(served, kept):
    with open_view(kept) as view:
        register = view.commitments()
        made = [view, register, date(2031, 7, 8), datetime.now(UTC), ""]
        found = document(Form.CSV, *made, most_followed=len(register)).decode("utf-8-sig")
        cut = document(Form.CSV, *made, most_followed=len(register) - 1).decode("utf-8-sig")
        told = document(Form.WORD, *made, most_followed=0)
    assert "Seems done" in found and "not searched" not in found
    assert cut.count("not searched") == len(register) and "Seems done" not in cut
    said = Document(io.BytesIO(told)).paragraphs[1].text
    assert "Later papers were not searched" in said
    assert f"for {MOST_FOLLOWED} entries of a table" in (ROOT / "docs" / "register.md").read_text()


def test_xlsx_has_days_as_days_heads_that_stay_and_no_formula(served):
    book = load_workbook(io.BytesIO(exported(served, "xlsx")))
    page = book.active
    rows = list(page.iter_rows())
    assert [cell.value for cell in rows[2]] == HEADS
    assert "Sallowmere Council" in rows[0][0].value
    assert rows[4][HEADS.index("Due")].value.date() == date(2031, 6, 30)
    assert page.freeze_panes == "A4"
    action = rows[3][HEADS.index("Action")]
    assert (action.value, action.data_type, action.quotePrefix) == (BINS.rstrip("."), "s", True)
    assert {cell.data_type for row in rows for cell in row} <= {"s", "d", "n"}


def test_word_is_a_table_across_whose_heads_are_repeated(served):
    document = Document(io.BytesIO(exported(served, "docx")))
    section = document.sections[0]
    assert section.orientation == WD_ORIENT.LANDSCAPE
    assert section.page_width > section.page_height
    table = document.tables[0]
    assert [cell.text for cell in table.rows[0].cells] == HEADS
    assert "w:tblHeader" in table.rows[0]._tr.xml
    assert table.rows[1].cells[HEADS.index("Action")].text == BINS.rstrip(".")
    assert table.rows[2].cells[HEADS.index("Date")].text == "6 May 2031"
    assert "2 entries on 8 July 2031" in document.paragraphs[1].text


def test_characters_that_no_document_can_hold_are_left_out(kept, served):
    odd = "Officers agreed to ask\x0b about\x01 the ferry."
    with Library.create_or_open(kept, HashEmbedder.name, HashEmbedder.dimension) as library:
        library.keep(embedded(promising(paper([odd], source="/papers/odd.md"), odd)))
    words = "Officers agreed to ask about the ferry"
    page = load_workbook(io.BytesIO(exported(served, "xlsx"))).active
    assert words in [cell.value for row in page.iter_rows() for cell in row]
    table = Document(io.BytesIO(exported(served, "docx"))).tables[0]
    assert words in [cell.text for row in table.rows for cell in row.cells]


def test_the_calendar_holds_the_days_of_open_entries_and_replaces_itself(served):
    first, second = exported(served, "ics"), exported(served, "ics")
    events = Calendar.from_ical(first).walk("VEVENT")
    assert [event["DTSTART"].dt for event in events] == [date(2031, 6, 30)]
    assert [event["DTEND"].dt for event in events] == [date(2031, 7, 1)]
    assert "lamps on Mill Lane" in events[0]["SUMMARY"]
    assert LAMPS in events[0]["DESCRIPTION"]
    assert [each["UID"] for each in Calendar.from_ical(second).walk("VEVENT")] == [events[0]["UID"]]
    served.patch(f"/v1/commitments/{lamps(served).id}", json={"state": "done"})
    assert Calendar.from_ical(exported(served, "ics")).walk("VEVENT") == []


# The command


def words(output: str) -> str:
    return " ".join(output.split())


@pytest.fixture
def register(matters, kept):
    def run(*arguments: object):
        return matters("commitments", *arguments, "--today", TODAY, library=kept, COLUMNS="200")

    return run


@pytest.fixture
def name(register) -> str:
    output = register("list", "--owner", "Tarn").output
    return next(word for word in output.split() if word.startswith("CAB-"))


def test_list_prints_the_register_as_a_table(register):
    output = words(register("list").output)
    assert "Mrs Tarn" in output
    assert "30 June 2031" in output
    assert "open, overdue" in output
    assert "2 entries" in output
    assert "1 entry" in words(register("list", "--overdue").output)
    assert "2 entries; 1 shown" in words(register("list", "--limit", 1).output)
    assert "No entry" in register("list", "--topic", "submarines").output


def test_show_prints_words_places_and_evidence(register, name):
    output = words(register("show", name).output)
    assert f"»{LAMPS}«" in output
    assert "in Cabinet, 6 May 2031 · Minute 101 (item 1), Streets" in output
    assert "Later papers seem to say that it is done:" in output
    assert "done: “have been repaired”" in output


def test_set_undo_and_merge_change_the_register(register, name):
    done = register("set", name, "--state", "done", "--note", "Seen.", "--by", "E. Reed")
    assert done.exit_code == 0, done.output
    assert f"{name} done" in words(done.output)
    assert "1." in done.output
    assert "E. Reed: state from open to done: Seen." in words(done.output)
    undone = register("undo", name, "--by", "E. Reed")
    assert "(undone)" in undone.output
    assert "open, overdue" in undone.output
    other = next(each for each in register("list").output.split() if each.startswith("WP-"))
    assert "merged with" in register("merge", name, other).output
    assert "1 entry" in words(register("list").output)


def test_whoever_runs_the_command_made_the_change_unless_told_otherwise(register, name):
    import os
    import pwd

    done = register("set", name, "--owner", "")
    assert pwd.getpwuid(os.getuid()).pw_name in done.output
    assert "nobody is named" in done.output


@pytest.mark.parametrize("form", ["csv", "xlsx", "docx", "ics"])
def test_export_writes_the_form_that_the_file_is_named_for(register, tmp_path, form):
    file = tmp_path / f"register.{form}"
    result = register("export", file)
    assert result.exit_code == 0, result.output
    assert "wrote 2 entries" in words(result.output)
    assert len(file.read_bytes()) > 100


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (("show", "nothing"), 1, "no commitment 'nothing'"),
        (("set", "nothing", "--state", "done"), 1, "no commitment"),
        (("list", "--state", "finished"), 2, "no state is called 'finished'"),
        (("list", "--sort", "size"), 2, "no order"),
        (("list", "--since", "2031-02-01", "--until", "2031-01-01"), 2, "before the first"),
        (("export", "register.pdf"), 2, "no form is called 'pdf'"),
    ],
)
def test_what_cannot_be_done_is_one_message(register, arguments, code, says):
    result = register(*arguments)
    assert result.exit_code == code, result.output
    assert says in words(result.stderr).replace("│ ", "")


def test_a_list_and_a_document_take_the_same_filters():
    group = get_command(commands.register)
    taken = [
        {each.name: (each.opts, each.help) for each in group.commands[name].params}
        for name in ("list", "export")
    ]
    taken[0].pop("limit")
    taken[1].pop("file")
    assert taken[0] == taken[1]
    assert all(told for _, told in taken[0].values())
