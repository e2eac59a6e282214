"""What a clerk says of a paper is believed before the paper, and a slip of the pen is told."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.errors import SidecarWrong
from ingest.overrides import NAMES, WrongOverride, checked, mark_of, overrides_of, sidecar_of
from ingest.paper import Fact, PaperKind, PaperState
from ingest.pipeline import Options, Report, ingest
from ingest.understanding import make_paper
from search.generation import open_view
from search.library import Library
from tests.embedders import HashEmbedder

MINUTES = """\
HARBOUR COMMITTEE

Minutes of the meeting of the Harbour Committee held in the Customs House on Tuesday, 12 March 2024

1. Dredging

RESOLVED that the inner harbour be dredged.
"""

ALL = """\
title = "Dredging, at last"
body = "Harbour and Ferries Panel"
meeting_date = 2024-03-19
kind = "report"
state = "draft"
exempt = true
"""


@pytest.fixture
def paper(tmp_path) -> Path:
    path = tmp_path / "papers" / "minutes.txt"
    path.parent.mkdir()
    path.write_text(MINUTES)
    return path


def say(paper: Path, sidecar: str) -> None:
    sidecar_of(paper).write_text(sidecar)


def understood(paper: Path, **given: str):
    return make_paper(paper, paper.read_bytes(), overrides_of(paper, given))


def test_a_sidecar_is_believed_in_all_that_it_says_and_named_as_the_evidence(paper):
    say(paper, ALL)
    read = understood(paper)
    assert read.title == "Dredging, at last"
    assert read.body == "Harbour and Ferries Panel"
    assert read.meeting_date == date(2024, 3, 19)
    assert read.kind is PaperKind.REPORT
    assert read.state is PaperState.DRAFT
    assert read.exempt
    assert set(read.facts) == set(NAMES)
    for fact in read.facts.values():
        assert (fact.found_in, fact.evidence) == ("override", "sidecar minutes.txt.toml")
    assert "Harbour and Ferries Panel" in read.passages[0].context


def test_what_a_sidecar_leaves_out_is_understood_from_the_paper(paper):
    say(paper, 'body = "Harbour Board"')
    read = understood(paper)
    assert (read.body, read.kind) == ("Harbour Board", PaperKind.MINUTES)
    assert read.meeting_date == date(2024, 3, 12)
    assert read.facts["kind"].found_in == "text"


def test_a_paper_without_a_sidecar_is_understood_from_itself(paper):
    assert "override" not in {fact.found_in for fact in understood(paper).facts.values()}


def test_a_paper_can_be_said_to_be_open(tmp_path):
    paper = tmp_path / "Exempt report.txt"
    paper.write_text("EXEMPT\n\nReport on the quay\n\nThe quay was sold.\n")
    assert understood(paper).exempt
    say(paper, "exempt = false")
    read = understood(paper)
    assert not read.exempt
    assert read.facts["exempt"] == Fact("open", "sidecar Exempt report.txt.toml", "override")


def test_the_command_line_wins_over_the_sidecar(paper):
    say(paper, 'body = "Harbour Board"\nkind = "report"')
    read = understood(paper, body="Quays Committee")
    assert (read.body, read.kind) == ("Quays Committee", PaperKind.REPORT)
    assert read.facts["body"].evidence == "command line"


def test_a_date_may_be_a_text_and_the_file_may_be_notepads(paper):
    sidecar_of(paper).write_bytes(b"\xef\xbb\xbfmeeting_date = '2024-03-19'\r\n")
    assert understood(paper).meeting_date == date(2024, 3, 19)


@pytest.mark.parametrize(
    ("sidecar", "says"),
    [
        ('bodi = "Cabinet"', "did you mean 'body'?"),
        ('colour = "red"', "there are title, body, meeting_date, kind, state, exempt"),
        ('kind = "minuts"', "did you mean 'minutes'?"),
        ('state = "agreed"', "there are draft, confirmed"),
        ('meeting_date = "12 March 2024"', "a day such as 2024-03-12"),
        ("meeting_date = 2024-03-12T10:00:00", "a day such as 2024-03-12"),
        ("meeting_date = 2024-02-30", "not TOML"),
        ('exempt = "yes"', "exempt is true or false"),
        ("title = 5", "title is a text between quotation marks"),
        ('body = " "', "body is a text between quotation marks"),
        (f'title = "{"x" * 301}"', "more than 300"),
        ("body = Cabinet", "not TOML"),
        ("x = " + "[" * 5000, "not TOML"),
        ("#" * 70_000, "too large"),
    ],
)
def test_a_sidecar_that_makes_no_sense_fails_its_paper_and_says_why(paper, sidecar, says):
    say(paper, 'body = "Cabinet"\n' * (not sidecar.startswith("body")) + sidecar)
    with pytest.raises(SidecarWrong) as failure:
        understood(paper)
    assert says in failure.value.reason
    assert "minutes.txt.toml" in failure.value.reason
    assert failure.value.path == paper


@given(
    name=st.text(max_size=12), value=st.one_of(st.text(), st.integers(), st.booleans(), st.dates())
)
def test_whatever_is_said_is_checked_or_refused(name, value):
    for each in (name, *NAMES):
        try:
            assert checked(each, value)
        except WrongOverride as refused:
            assert str(refused)


@given(st.sampled_from(NAMES[1:5]), st.text())
def test_what_was_checked_once_passes_again(name, value):
    try:
        once = checked(name, value)
    except WrongOverride:
        return
    assert checked(name, once) == once


def test_the_mark_changes_with_the_sidecar_and_with_what_the_command_line_said(paper):
    marks = [mark_of(paper, {}), mark_of(paper, {"kind": "report"})]
    for sidecar in ("", 'kind = "report"', 'kind = "motion"'):
        say(paper, sidecar)
        marks += [mark_of(paper, {}), mark_of(paper, {"kind": "report"})]
    assert marks[0] == ""
    assert len(set(marks)) == len(marks)


@pytest.fixture
def library(tmp_path):
    with Library.create_or_open(tmp_path / "library", "hash", HashEmbedder.dimension) as library:
        yield library


def run(library: Library, *paths: Path, **settle: str) -> Report:
    return ingest(paths, library, HashEmbedder, Options(processes=1, settle=settle))


def held(folder: Path) -> tuple[str | None, PaperKind]:
    """Return body and kind of the one paper in the library."""
    with open_view(folder / "library") as view:
        (card,) = view.papers()
        return card.body, card.kind


def test_a_paper_is_read_anew_whenever_its_sidecar_comes_changes_or_goes(library, paper):
    folder = paper.parent
    source = paper.as_posix()
    assert run(library, folder).added == [source]
    assert run(library, folder).unchanged == [source]
    say(paper, 'body = "Harbour Board"')
    assert run(library, folder).replaced == [source]
    assert run(library, folder).unchanged == [source]
    say(paper, 'body = "Quays Board"')
    assert run(library, folder).replaced == [source]
    say(paper, 'bodi = "Quays Board"')
    assert [each.source for each in run(library, folder).failed] == [source]
    assert run(library, folder).unchanged == [source]
    sidecar_of(paper).unlink()
    assert (mended := run(library, folder)).added + mended.replaced == [source]


def test_what_the_command_line_said_holds_at_later_runs_until_it_is_taken_back(
    library, paper, tmp_path
):
    source = paper.as_posix()
    run(library, paper, body="Harbour Board", kind="report")
    assert library.settled() == {source: {"body": "Harbour Board", "kind": "report"}}
    assert run(library, paper).unchanged == [source]
    assert held(tmp_path) == ("Harbour Board", PaperKind.REPORT)
    say(paper, 'kind = "motion"\nbody = "Quays Board"')
    assert run(library, paper).replaced == [source]
    assert held(tmp_path) == ("Harbour Board", PaperKind.REPORT)
    assert run(library, paper, body="", kind="").replaced == [source]
    assert held(tmp_path) == ("Quays Board", PaperKind.MOTION)
    assert library.settled() == {}
    run(library, paper, body="Harbour Board")
    library.forget([source])
    assert library.settled() == {}


def test_a_sidecar_that_belongs_to_no_paper_is_reported_and_harms_nothing(library, paper):
    for name in ("minutes.toml", "minuets.txt.toml", "matters.toml"):
        (paper.parent / name).write_text('body = "Harbour Board"')
    report = run(library, paper.parent)
    assert report.added == [paper.as_posix()]
    assert [Path(each.source).name for each in report.failed] == [
        "minuets.txt.toml",
        "minutes.toml",
    ]
    assert run(library, paper).failed == []


def test_a_sidecar_that_is_named_stands_for_its_paper(library, paper):
    say(paper, 'body = "Harbour Board"')
    assert run(library, sidecar_of(paper)).added == [paper.as_posix()]
