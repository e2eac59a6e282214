import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.errors import EncryptedPaper
from ingest.keeping import Keeper
from ingest.paper import PaperKind
from ingest.passages import embedded_text
from search.access import Access
from search.answer import Filters
from search.checking import check
from search.dense.index import DenseIndex
from search.errors import (
    LibraryBusy,
    LibraryDamaged,
    LibraryMissing,
    LibraryTooNew,
    ModelMismatch,
    NotHeld,
)
from search.generation import open_view
from search.indexes import DENSE, LEXICAL, Indexes
from search.lexical.index import LexicalIndex
from search.lexical.writer import owes
from search.library import Library
from search.opened import OPEN
from search.store import papers as paper_rows
from search.store import passages as passage_rows
from search.store import writing
from search.store.pages import packed
from search.store.rows import paper_row, sketch_of
from search.store.schema import DATABASE, MIGRATIONS, open_to_read, open_to_write
from tests.embedders import HashEmbedder
from tests.search.factory import STAMP, embedded, paper
from tests.shared import ROOT

LIDO = paper(["The lido opens at nine.", "Towels cost £2."], ["No dogs."], item="Leisure")
ROAD = paper(["Mill Road was closed."], source="/papers/road.md", body="Roads Panel")


def as_values(one):
    """Return a paper with its origins as lists: arrays do not compare as wholes."""
    return replace(one, text=replace(one.text, origins=one.text.origins.tolist()))


def found(folder, stem):
    with open_view(folder) as view:
        return [identity for identity, _ in view.by_words([stem], Filters(), 50)]


def test_a_library_is_a_keeper(library):
    keeper: Keeper = library
    assert keeper.held() == {}


def test_a_paper_comes_back_as_it_was_kept(library, folder):
    library.keep(embedded(LIDO, ROAD))
    with open_view(folder) as view:
        for each in (LIDO, ROAD):
            assert as_values(view.paper(each.id)) == as_values(each)


words = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=30)
paragraphs = st.lists(words.filter(str.strip), max_size=3)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(paragraphs, min_size=1, max_size=4))
def test_every_passage_comes_back_word_for_word(library, folder, pages):
    made = paper(*pages)
    library.keep(embedded(made))
    with open_view(folder) as view:
        assert as_values(view.paper(made.id)) == as_values(made)
        for passage in made.passages:
            assert view.passage(passage.id).passage == passage


def test_a_passage_over_two_pages_comes_back_whole(library, folder):
    made = paper(["First half,"], ["second half."])
    whole = replace(
        made.passages[0],
        id="0" * 20,
        text=made.text.text,
        citation=replace(made.passages[0].citation, last_page=2, end=len(made.text.text)),
    )
    library.keep(embedded(replace(made, passages=(whole,))))
    with open_view(folder) as view:
        assert view.passage(whole.id).passage.text == "First half,\nsecond half.\n"


def test_a_paper_kept_again_replaces_the_one_before(library, folder):
    library.keep(embedded(LIDO))
    library.keep(embedded(paper(["The lido is shut."])))
    assert found(folder, "towel") == []
    assert len(found(folder, "shut")) == 1
    with open_view(folder) as view:
        assert view.status().papers == 1


def test_of_two_versions_in_one_batch_the_last_is_kept(library, folder):
    library.keep(embedded(LIDO, paper(["The lido is shut."])))
    assert found(folder, "towel") == []


def test_a_batch_is_wholly_in_or_wholly_out(library, folder):
    library.keep(embedded(LIDO))
    twice = replace(ROAD, passages=ROAD.passages * 2)  # two passages of one id: refused
    with pytest.raises(sqlite3.IntegrityError):
        library.keep(embedded(paper(["New."], source="/papers/new.md"), twice))
    with open_view(folder) as view:
        assert [card.source for card in view.papers()] == [LIDO.source]
        assert view.generation == 1


def test_keeping_raises_the_generation_by_one(library, folder):
    for generation in (1, 2, 3):
        library.keep(embedded(LIDO))
        with open_view(folder) as view:
            assert view.generation == generation


def test_keeping_nothing_changes_nothing(library, folder):
    library.keep(embedded(LIDO))
    library.keep([])
    with open_view(folder) as view:
        assert view.generation == 1


def test_a_forgotten_paper_is_gone_from_everywhere(library, folder):
    library.keep(embedded(LIDO, ROAD))
    assert library.forget([LIDO.source, "/papers/never.md"]) == 1
    assert found(folder, "towel") == []
    assert set(library.held()) == {ROAD.source}
    with open_view(folder) as view:
        with pytest.raises(NotHeld):
            view.paper(LIDO.id)
        with pytest.raises(NotHeld):
            view.passage(LIDO.passages[0].id)
        question = HashEmbedder().embed_queries(["Towels cost £2."])[0]
        assert len(view.by_meaning(question, Filters(), 10)) == len(ROAD.passages)


def test_no_file_of_the_library_holds_a_word_of_a_forgotten_paper(library, folder):
    beetle = paper(["The zyzzyva beetle was seen."], item="Zyzzyva")
    page = packed(beetle.text.pages[0].text)
    library.keep(embedded(beetle, ROAD))
    assert any(page in path.read_bytes() for path in folder.glob("library.*"))
    library.forget([beetle.source])
    library.close()
    for path in folder.rglob("*"):
        assert path.is_dir() or b"zyzzyva" not in path.read_bytes().lower(), path
        assert path.is_dir() or page not in path.read_bytes(), path


def test_what_a_writer_left_before_it_had_made_a_library_is_none_until_one_is_made(folder):
    open_to_write(folder).close()
    with pytest.raises(LibraryMissing):
        open_view(folder)
    with pytest.raises(LibraryMissing):
        Library.open(folder)
    with Library.create_or_open(folder, "hash", 64) as library:
        library.keep(embedded(LIDO))
    assert check(folder) == []


def test_a_vector_goes_with_the_last_passage_that_uses_it(library):
    twin = paper(["The lido opens at nine."], source="/papers/twin.md", title=LIDO.title)
    text = embedded_text(LIDO.passages[0])
    library.keep(embedded(LIDO, twin))
    library.forget([LIDO.source])
    assert set(library.known_vectors([text])) == {text}
    library.forget([twin.source])
    assert library.known_vectors([text]) == {}


def test_a_vector_survives_the_replacement_of_its_paper(library):
    library.keep(embedded(LIDO))
    library.keep(embedded(paper(["The lido opens at nine."], ["All new."])))
    text, gone = (embedded_text(passage) for passage in LIDO.passages[:2])
    assert set(library.known_vectors([text, gone])) == {text}


def test_known_vectors_are_those_that_were_kept(library):
    library.keep(embedded(LIDO))
    texts = [embedded_text(passage) for passage in LIDO.passages]
    known = library.known_vectors([*texts, "never embedded"])
    assert set(known) == set(texts)
    made = HashEmbedder().embed_passages(texts)
    for text, row in zip(texts, made, strict=True):
        assert known[text] @ row > 0.9999
        assert known[text].dtype == np.float32


def test_a_paper_without_passages_can_be_kept(library, folder):
    made = paper([])
    library.keep([replace(embedded(made)[0], vectors=np.zeros((0, 0), np.float32))])
    with open_view(folder) as view:
        assert view.paper(made.id).passages == ()


def test_a_file_is_remembered_as_it_was_read(library):
    library.keep(embedded(LIDO))
    held = library.held()[LIDO.source]
    assert (held.sha256, held.size, held.reader) == (LIDO.sha256, STAMP.size, STAMP.reader)
    assert not held.failed


def test_a_new_stamp_is_noted_without_a_new_generation(library, folder):
    library.keep(embedded(LIDO))
    library.refresh({LIDO.source: replace(STAMP, modified_ns=5)})
    assert library.held()[LIDO.source].modified_ns == 5
    with open_view(folder) as view:
        assert view.generation == 1


def test_a_failure_leaves_the_version_held_before(library, folder):
    library.keep(embedded(LIDO))
    error = EncryptedPaper(Path(LIDO.source), "it needs a password")
    library.report_failure(LIDO.source, "f" * 64, STAMP, error)
    assert library.held()[LIDO.source].failed
    with open_view(folder, Access.EXEMPT) as view:
        assert as_values(view.paper(LIDO.id)) == as_values(LIDO)
        (failure,) = view.failures()
        assert failure.held
        assert (failure.reason, failure.advice) == ("it needs a password", error.advice)


def test_a_paper_that_can_be_read_again_is_no_failure(library, folder):
    error = EncryptedPaper(Path(LIDO.source), "it needs a password")
    library.report_failure(LIDO.source, "f" * 64, STAMP, error)
    library.keep(embedded(LIDO))
    with open_view(folder, Access.EXEMPT) as view:
        assert view.failures() == []


def test_forgetting_a_failure_forgets_no_paper(library):
    library.report_failure("/x.pdf", "f" * 64, STAMP, EncryptedPaper(Path("/x.pdf"), "locked"))
    assert library.forget(["/x.pdf"]) == 0
    assert library.held() == {}


def test_a_second_writer_is_refused(library, folder):
    with pytest.raises(LibraryBusy):
        Library.create_or_open(folder, HashEmbedder.name, HashEmbedder.dimension)


def test_a_writer_in_another_process_is_refused(library, folder):
    script = (
        "from pathlib import Path; from search.library import Library;"
        f"Library.create_or_open(Path({str(folder)!r}), 'hash', 64)"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True)
    assert "LibraryBusy" in done.stderr


def test_another_model_is_refused(folder):
    Library.create_or_open(folder, "one", 64).close()
    with pytest.raises(ModelMismatch, match="'one"):
        Library.create_or_open(folder, "other", 64)
    Library.create_or_open(folder, "one", 64).close()  # and the lock was let go


def test_a_library_of_a_later_version_is_refused(folder):
    Library.create_or_open(folder, "hash", 64).close()
    with sqlite3.connect(folder / DATABASE) as db:
        db.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    db.close()
    with pytest.raises(LibraryTooNew):
        Library.create_or_open(folder, "hash", 64)
    with pytest.raises(LibraryTooNew):
        open_view(folder)


def test_a_library_of_an_earlier_version_is_brought_up_when_it_is_read(folder):
    folder.mkdir()
    with sqlite3.connect(folder / DATABASE) as db:
        db.executescript(MIGRATIONS[0])
        db.execute("PRAGMA user_version = 1")
        db.execute("INSERT INTO library VALUES (1, 'x', 'hash', 64, 0, '2031-01-01')")
        row = HashEmbedder().embed_passages(["bins"]).astype("<f2").tobytes()
        db.execute("INSERT INTO vector VALUES (?, ?)", (sha256(b"bins").digest(), row))
    db.close()
    with open_view(folder) as view:
        assert view.papers() == []
    with sqlite3.connect(folder / DATABASE) as db:
        assert db.execute("PRAGMA user_version").fetchone() == (len(MIGRATIONS),)
    db.close()
    with Library.create_or_open(folder, "hash", 64) as library:
        known = library.known_vectors(["bins"])["bins"]
    assert known @ HashEmbedder().embed_passages(["bins"])[0] > 0.9999


def test_a_file_that_is_no_database_is_reported_as_damage(folder):
    folder.mkdir()
    (folder / DATABASE).write_bytes(b"not a database at all" * 100)
    with pytest.raises(LibraryDamaged):
        Library.create_or_open(folder, "hash", 64)
    with pytest.raises(LibraryDamaged):
        open_view(folder)


def test_a_folder_without_a_library_says_so_and_stays_as_it_is(folder):
    with pytest.raises(LibraryMissing):
        open_view(folder)
    assert not folder.exists()


def test_an_empty_library_can_be_read(library, folder):
    with open_view(folder) as view:
        assert view.papers() == []
        assert view.by_words(["lido"], Filters(), 5) == []
        assert view.by_meaning(np.zeros(64, np.float32), Filters(), 5) == []
        assert view.background(np.zeros(64, np.float32)) == 0.0


def test_status_counts_what_is_there(library, folder):
    library.keep(embedded(LIDO, ROAD))
    with open_view(folder) as view:
        status = view.status()
    assert (status.papers, status.passages, status.pages) == (2, 4, 3)
    assert (status.model, status.dimension, status.generation) == ("hash", 64, 1)
    assert status.bytes_on_disk > 0


def test_bodies_are_counted_and_unknown_ones_come_last(library, folder):
    library.keep(embedded(LIDO, ROAD, paper(["x."], source="/papers/x.md", body=None)))
    with open_view(folder) as view:
        counts = [(each.body, each.papers) for each in view.bodies()]
    assert counts == [("Cabinet", 1), ("Roads Panel", 1), (None, 1)]


def test_papers_stand_latest_first_and_undated_last(library, folder):
    dates = {"/a": date(2030, 1, 1), "/b": None, "/c": date(2031, 1, 1)}
    library.keep(
        embedded(*(paper(["x."], source=name, meeting_date=day) for name, day in dates.items()))
    )
    with open_view(folder) as view:
        assert [card.source for card in view.papers()] == ["/c", "/a", "/b"]


def test_the_source_file_of_a_paper_is_known_with_its_digest(library, folder):
    library.keep(embedded(LIDO))
    with open_view(folder) as view:
        source = view.source_file(LIDO.id)
    assert (source.path, source.sha256) == (Path(LIDO.source), LIDO.sha256)


KILLED = """
import sys
from pathlib import Path
from search.library import Library
from tests.search.factory import embedded, paper
with Library.create_or_open(Path(sys.argv[1]), "hash", 64) as library:
    print("ready", flush=True)
    for turn in range(1_000_000):
        library.keep(embedded(*(
            paper([f"Lido {n} has turn {turn}."], source=f"/papers/{n}.md") for n in range(5)
        )))
        if turn % 3 == 2:
            library.forget(["/papers/0.md"])
"""


@pytest.mark.parametrize("seconds", [0.05, 0.21, 0.4])
def test_after_a_kill_at_any_moment_the_library_is_whole(folder, seconds):
    writer = subprocess.Popen(
        [sys.executable, "-c", KILLED, str(folder)], cwd=ROOT, stdout=subprocess.PIPE
    )
    assert writer.stdout.readline() == b"ready\n"
    time.sleep(seconds)
    os.kill(writer.pid, signal.SIGKILL)
    writer.communicate()
    with open_view(folder) as view:
        papers = view.papers()
        assert len(papers) in (0, 4, 5)
        passages = [p for card in papers for p in view.paper(card.id).passages]
        assert len({p.text.partition("turn")[2] for p in passages}) <= 1
        hits = view.by_words(["lido"], Filters(), 50)
        assert sorted(name for name, _ in hits) == sorted(p.id for p in passages)
    Library.create_or_open(folder, "hash", 64).close()


@pytest.mark.parametrize("behind", ["lexical", "dense", "both"])
def test_indexes_that_a_crash_left_behind_catch_up(folder, tmp_path, behind):
    names = ["lexical", "dense"] if behind == "both" else [behind]
    with Library.create_or_open(folder, "hash", 64) as library:
        library.keep(embedded(LIDO))
        for name in names:
            shutil.copytree(folder / name, tmp_path / "old" / name)
        library.keep(embedded(paper(["The lido is shut."]), ROAD))
    for name in names:
        shutil.rmtree(folder / name)
        shutil.copytree(tmp_path / "old" / name, folder / name)
    (folder / "published.json").unlink()
    assert found(folder, "towel") == []
    assert len(found(folder, "shut")) == len(found(folder, "mill")) == 1


@pytest.mark.parametrize("damage", ["gone", "emptied", "older version", "another library's"])
@pytest.mark.parametrize("name", ["lexical", "dense"])
def test_an_index_that_cannot_be_used_is_made_anew(library, folder, name, damage):
    library.keep(embedded(LIDO, ROAD))
    library.close()
    state = folder / name / "state.json"
    if damage == "gone":
        shutil.rmtree(folder / name)
    elif damage == "emptied":
        for path in (folder / name).iterdir():
            path.write_bytes(b"")
    else:
        said = json.loads(state.read_text())
        said |= {"version": 0} if damage == "older version" else {"identity": "another"}
        state.write_text(json.dumps(said))
        (folder / "published.json").unlink()
    assert len(found(folder, "lido")) == 1
    question = HashEmbedder().embed_queries(["Mill Road"])[0]
    with open_view(folder) as view:
        assert len(view.by_meaning(question, Filters(), 10)) == 4


@pytest.mark.parametrize("older", [".", OPEN])
def test_a_reader_has_an_index_of_words_of_an_older_version_made_anew(library, folder, older):
    library.keep(embedded(LIDO, replace(ROAD, exempt=True)))
    library.close()
    state = folder / older / LEXICAL / "state.json"
    state.write_text(json.dumps({**json.loads(state.read_text()), "version": 0}))
    for access in Access:
        with open_view(folder, access) as view:
            assert view.stems([LIDO.passages[0].id])[LIDO.passages[0].id].holds("the", "lido")


def test_an_appendix_is_given_with_the_report_of_its_own_folder(library, folder):
    report = paper(
        ["Ferry fares", "Appendix 1 – Fares on other rivers"],
        source="/papers/may/fares.md",
        kind=PaperKind.REPORT,
    )
    appendix = paper(
        ["Other rivers cost more."],
        source="/papers/may/Appendix 1.md",
        title="Fares on other rivers",
        kind=PaperKind.APPENDIX,
    )
    elsewhere = paper(
        ["Ferry fares, again", "Appendix 1 – Fares on other rivers"],
        source="/papers/may/copies/fares.md",
        kind=PaperKind.REPORT,
    )
    library.keep(embedded(report, appendix, elsewhere))
    with open_view(folder) as view:
        assert view.belongs(appendix.id).report.card.source == report.source
        assert [tie.card.id for tie in view.belongs(report.id).appendices] == [appendix.id]
        with pytest.raises(NotHeld):
            view.belongs("0" * 16)


def test_readers_miss_a_removed_paper_before_its_traces_go_which_the_next_run_sees_to(folder):
    with Library.create_or_open(folder, HashEmbedder.name, HashEmbedder.dimension) as library:
        library.keep(embedded(LIDO, paper(["The towpath is mended."], source="/papers/towpath.md")))
    with closing(open_to_write(folder)) as db:
        with writing.transaction(db), writing.sweeping_vectors(db):
            writing.delete_papers(db, [LIDO.source])
            writing.raise_generation(db)
        Indexes(folder, db).bring_up(thorough=True, known=None)  # and here the power is cut
    assert found(folder, "lido") == []
    assert found(folder, "towpath") != []
    assert owes(folder / LEXICAL)
    assert LexicalIndex(folder / LEXICAL).frequency("lido") == 1
    Library.create_or_open(folder, HashEmbedder.name, HashEmbedder.dimension).close()
    assert not owes(folder / LEXICAL)
    assert LexicalIndex(folder / LEXICAL).frequency("lido") == 0


def test_a_library_of_the_version_before_keeps_its_vectors_and_twins(folder):
    folder.mkdir()
    text, long = embedded_text(LIDO.passages[0]), [3, -7, 2**31 - 1]
    key, row = sha256(text.encode()).digest(), bytes(63) + b"\x7f"
    with closing(sqlite3.connect(folder / DATABASE)) as db:
        db.create_function("packed_anew", 1, bytes)
        db.create_function("tables_by_line", 1, bytes)
        for script in MIGRATIONS[:8]:
            db.executescript(script)
        db.execute("PRAGMA user_version = 8")
        db.execute(
            "INSERT INTO library (one, identity, model, dimension, generation, created)"
            " VALUES (1, 'x', 'hash', 64, 1, '2031-01-01')"
        )
        db.execute(f"INSERT INTO paper VALUES ({', '.join('?' * 20)})", (1, *paper_row(LIDO)[:19]))
        page = LIDO.text.pages[0]
        db.execute("INSERT INTO page VALUES (1, 1, NULL, 0, ?, 0, NULL)", (page.text,))
        db.execute("INSERT INTO vector VALUES (?, ?)", (key, row))
        db.execute("INSERT INTO early_vector VALUES (?, ?)", (sha256(b"bins").digest(), row))
        db.execute("INSERT INTO spare_vector VALUES (?, 'other', ?)", (key, row))
        db.execute(
            "INSERT INTO passage VALUES (1, ?, 1, NULL, 1, 1, 0, ?, '', NULL, '[]', ?, NULL)",
            (LIDO.passages[0].id, LIDO.passages[0].citation.end, key),
        )
        db.executemany("INSERT INTO shingle VALUES (?, 1)", [(each,) for each in long])
        db.commit()
    with Library.create_or_open(folder, "hash", 64) as library:
        assert set(library.known_vectors([text, "bins"])) == {text, "bins"}
    assert check(folder) == []
    with open_view(folder) as view:
        assert view.paper(LIDO.id).text.text == page.text
    with closing(open_to_read(folder)) as db:
        assert sketch_of(db.execute("SELECT sketch FROM paper").fetchone()[0]) == sorted(long)
        assert db.execute("SELECT hash, paper FROM shingle").fetchall() == [
            (each, 1) for each in sorted(long)
        ]
        assert db.execute("SELECT hash FROM spare_vector").fetchall() == [(key[:16],)]


def in_the_indexes(folder):
    """Return the passages' numbers in both indexes, and in the database."""
    with closing(open_to_read(folder)) as db:
        dense = DenseIndex(folder / DENSE, paper_rows.dimension(db))
        held = passage_rows.passage_numbers(db).tolist()
    numbers = LexicalIndex(folder / LEXICAL).numbers().tolist()
    return numbers, sorted(dense.numbers().tolist()), held


turns = st.lists(
    st.tuples(st.sampled_from(["keep", "forget", "leave"]), st.integers(0, 3), st.integers(1, 3)),
    max_size=8,
)


@settings(max_examples=15, deadline=None)
@given(turns)
def test_whatever_comes_and_goes_both_indexes_hold_the_passages_of_the_database(
    tmp_path_factory, given_turns
):
    folder = tmp_path_factory.mktemp("turns") / "library"
    library = Library.create_or_open(folder, "hash", 64)
    for what, number, passages in given_turns:
        source = f"/papers/{number}.md"
        if what == "keep":
            said = [f"Lido {number} has door {door}." for door in range(passages)]
            library.keep(embedded(paper(said, source=source)))
        elif what == "forget":
            library.forget([source])
        else:
            library.close()
            library = Library.open(folder)
        lexical, dense, held = in_the_indexes(folder)
        assert lexical == dense == held
    library.close()
    assert check(folder) == []


@pytest.mark.parametrize("name", ["lexical", "dense"])
def test_a_writer_who_finds_an_index_gone_makes_it_anew(folder, name):
    with Library.create_or_open(folder, "hash", 64) as library:
        library.keep(embedded(LIDO))
    shutil.rmtree(folder / name)
    with Library.open(folder) as library:
        library.keep(embedded(ROAD))
    lexical, dense, held = in_the_indexes(folder)
    assert lexical == dense == held != []


def test_an_index_with_fewer_passages_than_it_should_have_is_brought_up(folder, tmp_path):
    with Library.create_or_open(folder, "hash", 64) as library:
        library.keep(embedded(LIDO))
        shutil.copytree(folder / "lexical", tmp_path / "old")
        library.keep(embedded(ROAD))
    state = (folder / "lexical" / "state.json").read_text()
    shutil.rmtree(folder / "lexical")
    shutil.copytree(tmp_path / "old", folder / "lexical")
    (folder / "lexical" / "state.json").write_text(state)
    with Library.open(folder) as library:
        library.keep(embedded(paper(["Bins."], source="/papers/bins.md")))
    lexical, dense, held = in_the_indexes(folder)
    assert lexical == dense == held


def test_the_passages_of_a_paper_have_numbers_in_a_row(library, folder):
    library.keep(embedded(LIDO, ROAD))
    library.keep(embedded(paper(["New."], ["Pages."], source=LIDO.source)))
    with closing(open_to_read(folder)) as db:
        counted = db.execute(
            "SELECT paper, min(number), max(number), count(*) FROM passage GROUP BY paper"
        ).fetchall()
        assert [row[:3] for row in counted] == [tuple(row) for row in passage_rows.spans(db)]
    assert all(last - first + 1 == count for _, first, last, count in counted)
