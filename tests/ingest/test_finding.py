import os

import pytest

from ingest.finding import NothingThere, Readers, digest, find, stamp_of
from ingest.keeping import Held

READER = "reader-1"
NOW = Readers(READER)


@pytest.fixture
def folder(tmp_path):
    for name in ("b.txt", "a.md", "cabinet/2025/minutes.pdf", ".hidden.txt", "picture.png"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"This is {name}.", encoding="utf-8")
    return tmp_path


def held(path, reader=READER, **more):
    stamp = stamp_of(path, reader)
    known = Held(digest(path), stamp.size, stamp.modified_ns, reader, **more)
    return {path.as_posix(): known}


def names(paths):
    return [path.name for path in paths]


def test_a_folder_gives_its_papers_in_order_and_nothing_hidden_or_foreign(folder):
    assert names(find([folder], {}, NOW).to_read) == ["a.md", "b.txt", "minutes.pdf"]


def test_a_file_that_is_named_is_taken_whatever_its_suffix(folder):
    assert names(find([folder / "picture.png"], {}, NOW).to_read) == ["picture.png"]


def test_a_paper_under_two_given_paths_is_read_once(folder):
    assert len(find([folder, folder / "a.md", folder], {}, NOW).to_read) == 3


def test_a_paper_that_is_held_as_it_is_is_not_read(folder):
    found = find([folder / "a.md"], held(folder / "a.md"), NOW)
    assert (len(found.to_read), len(found.unchanged), found.restamped) == (0, 1, {})


def test_a_new_date_with_the_same_bytes_is_only_noted(folder):
    known = held(folder / "a.md")
    os.utime(folder / "a.md", ns=(1, 1))
    found = find([folder / "a.md"], known, NOW)
    assert (found.to_read, len(found.unchanged)) == ((), 1)
    assert found.restamped[(folder / "a.md").as_posix()].modified_ns == 1


def test_changed_bytes_of_the_same_length_are_read(folder):
    known = held(folder / "a.md")
    (folder / "a.md").write_text("This is z.md.", encoding="utf-8")
    os.utime(folder / "a.md", ns=(1, 1))
    assert names(find([folder / "a.md"], known, NOW).to_read) == ["a.md"]


def test_a_better_reader_reads_anew(folder):
    assert names(find([folder / "a.md"], held(folder / "a.md"), Readers("reader-2")).to_read) == [
        "a.md"
    ]


def test_a_file_that_failed_is_not_tried_again_while_it_stays_the_same(folder):
    known = held(folder / "a.md", failed=True)
    assert find([folder / "a.md"], known, NOW).to_read == ()


def test_only_papers_from_under_the_given_paths_can_be_missing(folder):
    known = held(folder / "a.md") | held(folder / "cabinet/2025/minutes.pdf")
    (folder / "a.md").unlink()
    (folder / "cabinet/2025/minutes.pdf").unlink()
    found = find([folder / "cabinet"], known, NOW)
    assert found.missing == ((folder / "cabinet/2025/minutes.pdf").as_posix(),)


def test_a_folder_that_links_to_itself_ends(folder):
    (folder / "cabinet" / "again").symlink_to(folder)
    assert names(find([folder], {}, NOW).to_read) == ["a.md", "b.txt", "minutes.pdf"]


def test_a_path_that_is_not_there_is_named(tmp_path):
    with pytest.raises(NothingThere, match="nowhere does not exist"):
        find([tmp_path / "nowhere"], {}, NOW)
