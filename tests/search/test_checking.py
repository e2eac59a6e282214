"""A library that is whole is found whole, and one that is not is not."""

import shutil
import sqlite3
import threading
from contextlib import closing
from dataclasses import replace

import pytest

from search.backup import back_up, restore
from search.checking import check, repair
from search.errors import BackupUnusable, LibraryMissing, LibraryThere
from search.generation import open_view
from search.library import Library
from search.opened import OPEN
from search.store.pages import packed, unpacked
from search.store.schema import DATABASE
from tests.search.factory import embedded, paper
from tests.search.killing import kill_and_check

LIDO = paper(["The lido opens at nine.", "Towels cost £2."], ["No dogs."], item="Leisure")
LIDO = replace(LIDO, text=replace(LIDO.text, tables=()))
SECRET = paper(["The zyzzyva is sold."], source="/papers/secret.md")
SECRET = replace(SECRET, exempt=True, closed=((0, len(SECRET.text.text)),))


@pytest.fixture
def whole(folder):
    with Library.create_or_open(folder, "hash", 64) as library:
        library.keep(embedded(LIDO, SECRET))
    assert check(folder) == []
    return folder


def change(folder, statement: str) -> None:
    with closing(sqlite3.connect(folder / DATABASE)) as db, db:
        db.create_function("packed", 1, packed)
        db.create_function("unpacked", 1, unpacked)
        db.execute(statement)


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("UPDATE page SET words = packed(replace(unpacked(words), 'nine', 'nina'))", "not made of"),
        ("UPDATE page SET words = substr(words, 2)", "cannot be unpacked"),
        ("UPDATE page SET start = start + 1 WHERE number = 2", "does not begin where"),
        ("UPDATE passage SET first_page = 2 WHERE start = 0", "not on the pages"),
        ("UPDATE vector SET row = zeroblob(length(row))", "the greatest 0"),
        ("UPDATE vector SET row = zeroblob(2)", "has 2 parts"),
        ("DELETE FROM paper WHERE number = 1", "refers to a row"),
        ("DELETE FROM passage", "belong to no passage"),
    ],
)
def test_a_fault_of_the_truth_is_found_and_cannot_be_repaired(whole, statement, told):
    change(whole, statement)
    faults = check(whole)
    assert any(told in fault.what for fault in faults), faults
    assert not any(fault.derived for fault in faults)


@pytest.mark.parametrize("gone", ["lexical", "dense", OPEN, "published.json", "open/lexical"])
def test_what_is_derived_and_lost_is_found_and_repaired(whole, gone):
    path = whole / gone
    shutil.rmtree(path) if path.is_dir() else path.unlink()
    assert [fault.derived for fault in check(whole)] == [True]
    repair(whole)
    assert check(whole) == []


def test_indexes_of_another_library_are_found(whole, tmp_path):
    with Library.create_or_open(tmp_path / "other", "hash", 64) as library:
        library.keep(embedded(paper(["Another."], ["Text."], ["Here."], ["Now."])))
    for name in ("lexical", "dense"):
        shutil.rmtree(whole / name)
        shutil.copytree(tmp_path / "other" / name, whole / name)
    assert "other vectors" in " ".join(fault.what for fault in check(whole))


def test_anything_exempt_in_the_open_part_is_found(whole):
    change(whole / OPEN, "UPDATE paper SET source = '/papers/x.md', id = 'x'")
    assert any("open papers" in fault.what for fault in check(whole))


def test_a_database_that_is_none_is_found(whole):
    (whole / DATABASE).write_bytes(b"no database" * 1000)
    assert [fault.derived for fault in check(whole)] == [False]


def test_a_folder_without_a_library_is_not_whole(tmp_path):
    with pytest.raises(LibraryMissing):
        check(tmp_path)


def test_a_copy_made_while_papers_are_read_in_is_whole(whole, tmp_path):
    done = threading.Event()

    def write():
        with Library.create_or_open(whole, "hash", 64) as library:
            for turn in range(10):
                library.keep(embedded(paper([f"Turn {turn}."], source=f"/papers/{turn}.md")))
        done.set()

    writer = threading.Thread(target=write)
    writer.start()
    copies = 0
    while not done.is_set() or not copies:
        file, folder = tmp_path / "copy.tar", tmp_path / f"restored {copies}"
        back_up({DATABASE: whole / DATABASE}, file)
        restore(file, {DATABASE: folder / DATABASE})
        with open_view(folder) as view:
            assert view.papers()
        assert check(folder) == []
        copies += 1
    writer.join()


def test_a_copy_never_overwrites_a_library(whole, tmp_path):
    back_up({DATABASE: whole / DATABASE}, tmp_path / "copy.tar")
    with pytest.raises(LibraryThere):
        restore(tmp_path / "copy.tar", {DATABASE: whole / DATABASE})


@pytest.mark.parametrize("content", [b"", b"no archive", b"x" * 20_000])
def test_a_file_that_is_no_copy_is_refused_and_leaves_nothing(tmp_path, content):
    (tmp_path / "copy.tar").write_bytes(content)
    folder = tmp_path / "library"
    with pytest.raises(BackupUnusable):
        restore(tmp_path / "copy.tar", {DATABASE: folder / DATABASE})
    assert [each.name for each in folder.iterdir()] == ["writer.lock"]


@pytest.mark.parametrize("seed", range(3))
def test_a_library_is_whole_after_a_kill_at_any_moment(folder, seed):
    assert kill_and_check(folder, seed) == []
