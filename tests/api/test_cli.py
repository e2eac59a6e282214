import json
import os
import subprocess
import sys

import pytest

from api.schemas.asking import AnswerModel
from tests.api.conftest import house_at
from tests.api.papers import write_papers
from tests.shared import ROOT

DREDGING = "What was decided about dredging the inner harbour?"


def lines(result) -> list[dict]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def words(output: str) -> str:
    """Return output as one line: a terminal breaks lines where it likes."""
    return " ".join(output.split())


def test_ingest_reports_what_became_of_every_paper(matters, tmp_path):
    folder = write_papers(tmp_path / "papers")
    (folder / "broken.pdf").write_bytes(b"%PDF-1.4 nothing follows")
    first = matters("ingest", folder)
    assert first.exit_code == 0, first.output
    assert "5 added" in words(first.output)
    assert "1 failed" in words(first.output)
    assert "broken.pdf" in words(first.output).replace(" ", "")
    again = matters("ingest", folder)
    assert "0 added 0 replaced" in words(again.output)


def test_ingest_exits_with_1_for_a_failed_paper_only_when_strict(matters, tmp_path):
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.4 nothing follows")
    assert matters("ingest", tmp_path / "broken.pdf").exit_code == 0
    other = tmp_path / "other"
    assert matters("ingest", tmp_path / "broken.pdf", "--strict", library=other).exit_code == 1


def test_ingest_removes_missing_papers_only_when_told_to(matters, tmp_path):
    folder = write_papers(tmp_path / "papers")
    matters("ingest", folder)
    (folder / "ferry.html").unlink()
    kept = matters("ingest", folder)
    assert "0 removed" in words(kept.output)
    assert "--prune removes them" in words(kept.output)
    assert "1 removed" in words(matters("ingest", folder, "--prune").output)
    assert "4" in words(matters("status").output)


def test_ingest_of_a_path_that_is_not_there_is_wrong_usage_and_makes_no_library(matters, tmp_path):
    assert matters("ingest", tmp_path / "nothing").exit_code == 2
    assert not (tmp_path / "library").exists()


def test_ask_prints_the_passage_the_marked_sentence_and_the_citation(matters, library):
    result = matters("ask", DREDGING, library=library)
    assert result.exit_code == 0
    output = words(result.output)
    assert "»" in output
    assert "Harbour Committee, 12 March 2024 · Item 2, Dredging of the inner harbour" in output
    assert "also in" in output


def test_ask_says_plainly_when_the_papers_do_not_answer(matters, library):
    output = words(matters("ask", "Who won the 1966 football final?", library=library).output)
    assert "These papers do not seem to answer this." in output


def test_ask_shows_markup_in_papers_as_it_is(matters, library):
    result = matters("ask", "Which villages did the mobile library miss?", library=library)
    assert '<script>alert("bins & boats")</script>' in words(result.output)


def test_ask_as_json_is_what_the_api_answers(matters, library, client):
    result = matters("ask", DREDGING, "--json", "--limit", 3, library=library)
    answer = AnswerModel.model_validate_json(result.stdout)
    reply = client.post("/v1/ask", json={"question": DREDGING, "limit": 3})
    assert answer.model_dump(mode="json") == reply.json()


def test_ask_keeps_to_the_papers_asked_for(matters, library, papers):
    for narrowed in (
        ("--body", "Libraries Committee"),
        ("--since", "2024-06-01"),
        ("--paper", papers / "libraries minutes.txt"),
    ):
        result = matters("ask", "What was resolved?", "--json", *narrowed, library=library)
        hits = json.loads(result.stdout)["hits"]
        assert {hit["paper"]["body"] for hit in hits} == {"Libraries Committee"}


def test_ask_explains_how_it_asked_and_why_each_passage_is_there(matters, library):
    output = words(matters("ask", DREDGING, "--explain", library=library).output)
    assert "Searched as" in output
    assert "score" in output
    for told in ("its voices: cover", "First candidates by meaning", "Milliseconds: reading"):
        assert told in output


def test_ask_tells_how_it_read_the_question_and_drops_what_it_is_told_to(matters, library):
    question = "What did the Harbour Committee decide about dredging?"
    key = "body:Harbour Committee"
    assert f"--ignore '{key}'" in words(matters("ask", question, library=library).output)
    dropped = matters("ask", question, "--ignore", key, library=library).output
    assert f"--ignore '{key}'" not in words(dropped)


def test_ask_shows_passages_by_meeting_and_latest_first(matters, library):
    shown = matters(
        "ask", "What was resolved?", "--group", "meeting", "--order", "latest", library=library
    )
    assert shown.exit_code == 0
    output = words(shown.output)
    assert output.index("Libraries Committee, 3 June 2024") < output.index("12 March 2024")


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (("ask", " "), 1, "the question is empty"),
        (("ask", "harbour " * 200), 1, "shorten it"),
        (("ask", "x", "--paper", "nothing.pdf"), 1, "no paper 'nothing.pdf'"),
        (("ask", "x", "--kind", "novel"), 2, "novel"),
        (("ask", "x", "--order", "newest"), 2, "newest"),
        (("ask", "x", "--since", "2024-02-01", "--until", "2024-01-01"), 2, "before the first"),
        (("ask", "x", "--limit", "0"), 2, "limit"),
        (("remove", "nothing.pdf"), 1, "no paper 'nothing.pdf'"),
        (("fly",), 2, "fly"),
    ],
)
def test_what_cannot_be_done_is_one_message_and_an_exit_code(
    matters, library, arguments, code, says
):
    result = matters(*arguments, library=library)
    assert result.exit_code == code, result.output
    assert says in words(result.stderr)
    assert "Traceback" not in result.output


@pytest.mark.parametrize(
    "command", [("ask", "x"), ("status",), ("remove", "x"), ("export", "papers")]
)
def test_without_a_library_every_command_says_how_one_comes_about(matters, command):
    result = matters(*command)
    assert result.exit_code == 1
    assert "ingest papers into it first" in result.stderr


def test_a_misspelt_setting_is_wrong_usage(matters):
    result = matters("status", MATTERS_COUNCL="Saltmarsh")
    assert result.exit_code == 2
    assert "did you mean MATTERS_COUNCIL?" in result.stderr


def test_a_library_made_with_another_model_is_refused_by_name(matters, library, papers):
    result = matters("ingest", papers, library=library, MATTERS_MODEL="other")
    assert result.exit_code == 1
    assert "'hash" in result.stderr and "'other" in result.stderr


def test_status_counts_papers_and_names_what_failed(matters, tmp_path):
    folder = write_papers(tmp_path / "papers")
    (folder / "broken.pdf").write_bytes(b"%PDF-1.4 nothing follows")
    matters("ingest", folder)
    found = json.loads(matters("status", "--json").stdout)
    assert found["papers"] == 5
    assert found["model"] == "hash"
    assert [each["source"] for each in found["failed"]] == [(folder / "broken.pdf").as_posix()]
    assert "broken.pdf" in matters("status").output.replace("\n", "")


def test_remove_takes_a_path_or_an_id_and_reports_what_went(matters, tmp_path):
    folder = write_papers(tmp_path / "papers")
    matters("ingest", folder)
    listed = {each["doc"]: each["id"] for each in lines(matters("export", "papers"))}
    ferry, printed = folder / "ferry.html", folder / "harbour" / "minutes as printed.txt"
    result = matters("remove", ferry, listed[printed.as_posix()], "nothing.pdf")
    assert result.exit_code == 1
    assert result.stdout.splitlines() == [f"removed {ferry}", f"removed {printed}"]
    assert "nothing.pdf" in result.stderr
    left = {each["doc"] for each in lines(matters("export", "papers"))}
    assert left == listed.keys() - {ferry.as_posix(), printed.as_posix()}


def test_export_of_papers_has_what_their_meeting_told(matters, library, papers):
    by_name = {each["doc"]: each for each in lines(matters("export", "papers", library=library))}
    minutes = by_name[(papers / "libraries minutes.txt").as_posix()]
    assert minutes["kind"] == "minutes"
    assert minutes["body"] == "Libraries Committee"
    assert minutes["meeting_date"] == "2024-06-03"


def test_export_of_items_has_their_titles_in_order(matters, library, papers):
    by_name = {each["doc"]: each for each in lines(matters("export", "items", library=library))}
    items = by_name[(papers / "libraries minutes.txt").as_posix()]["items"]
    assert [item["title"] for item in items] == ["Mobile library", "Opening hours"]
    assert all(item["first_words"] for item in items)


UNDERTAKINGS = """\
SALTMARSH COUNCIL

HARBOUR COMMITTEE

Minutes of the meeting of the Harbour Committee held in the Customs House on Tuesday, 12 March 2024

1. The crane

Mrs Tolland undertook to have the crane tested by the end of May. Mr Dray asked for a second crane.
"""


def test_export_of_commitments_has_who_is_to_do_what_and_when(matters, tmp_path):
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "minutes.txt").write_text(UNDERTAKINGS)
    matters("ingest", folder)
    (made,) = lines(matters("export", "commitments"))
    assert made["doc"] == (folder / "minutes.txt").as_posix()
    assert made["quote"] == "Mrs Tolland undertook to have the crane tested by the end of May."
    assert made["action"] == "have the crane tested by the end of May"
    assert made["owner"] == "Mrs Tolland"
    assert (made["due"], made["due_date"]) == ("by the end of May", "2024-05-31")
    assert (made["kind"], made["page"], made["places"]) == ("commitment", 1, 1)
    both = lines(matters("export", "commitments", "--requests"))
    assert [each["kind"] for each in both] == ["commitment", "request"]


def test_measure_scores_the_passages_and_writes_them(matters, library, tmp_path):
    questions = tmp_path / "questions.jsonl"
    gold = {
        "doc": "elsewhere/harbour/minutes.txt",
        "page": None,
        "quote": "dredging of the inner harbour begin in September 2024 at a cost of £480,000",
    }
    asked = [
        {"id": "a", "kind": "fact", "question": DREDGING, "gold": [gold]},
        {"id": "b", "kind": "unanswerable", "question": "Who won the final?", "gold": []},
    ]
    questions.write_text("\n".join(json.dumps(each) for each in asked))
    answers = tmp_path / "answers.jsonl"
    result = matters("measure", questions, "--answers", answers, library=library)
    assert result.exit_code == 0, result.output
    assert "hit@5" in result.output
    written = [json.loads(line) for line in answers.read_text().splitlines()]
    assert [each["id"] for each in written] == ["a", "b"]
    assert {"doc", "page", "text"} == written[0]["passages"][0].keys()
    assert written[0]["passages"][0]["page"] is None
    assert isinstance(written[1]["answered"], bool)


def test_measure_names_the_line_that_is_no_question(matters, library, tmp_path):
    questions = tmp_path / "questions.jsonl"
    questions.write_text('{"id": "a", "kind": "fact", "question": "x"}\n{"id": 1}\n')
    result = matters("measure", questions, library=library)
    assert result.exit_code == 2
    assert "line 2" in words(result.stderr)


@pytest.mark.parametrize("module", ["torch", "numpy", "pydantic", "faiss", "fastapi"])
def test_help_waits_for_nothing_heavy(module):
    code = f"import sys, api.cli; sys.exit({module!r} in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env={"PATH": os.environ["PATH"]})
    assert done.returncode == 0


def test_a_library_is_checked_copied_and_restored(matters, library, tmp_path):
    file, other = tmp_path / "copy.tar", tmp_path / "other"
    assert "whole" in matters("check", library=library).output
    assert matters("backup", file, library=library).exit_code == 0
    assert matters("restore", file, library=library).exit_code == 1
    assert matters("restore", file, library=other).exit_code == 0
    (other / "published.json").unlink()
    assert matters("check", library=other).exit_code == 1
    assert matters("check", "--repair", library=other).exit_code == 0
    with house_at(other).view() as view:
        assert len(view.papers()) == 5
