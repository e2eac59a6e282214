"""A disk that fills up, or may not be written, is told as such, and only the writing is lost."""

import json
import shutil
import sqlite3
import subprocess
import sys

import pytest

from search.checking import check
from search.errors import LibraryBusy, NoRight, NoRoom
from search.generation import open_view
from search.library import Library
from search.store.faults import fault_of
from tests.search.disks import SIZES_KIB
from tests.search.factory import embedded, paper
from tests.shared import ROOT

APART = ["unshare", "--user", "--map-root-user", "--mount"]


def tried(*arguments: object) -> object:
    command = [*map(str, arguments)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def has_own_mounts() -> bool:
    if not shutil.which("unshare"):
        return False
    looked = [*APART, "mount", "-t", "tmpfs", "tmpfs", "/mnt"]
    return subprocess.run(looked, capture_output=True, check=False).returncode == 0


@pytest.mark.skipif(not has_own_mounts(), reason="no disk of its own may be mounted here")
def test_a_disk_that_fills_up_is_told_harms_nothing_and_with_room_again_all_goes_on(tmp_path):
    found = tried(*APART, sys.executable, "-m", "tests.search.disks", "full", tmp_path)
    assert found["full"] == ["NoRoom"] * len(SIZES_KIB)
    assert found["faults"] == []
    assert found["next"] == [""] * len(SIZES_KIB)


@pytest.mark.parametrize("rights", [0o555, 0o000])
def test_a_library_that_may_not_be_written_is_told_as_such_and_not_called_damaged(folder, rights):
    with Library.create_or_open(folder, "hash", 64) as library:
        library.keep(embedded(paper(["The lido opens at nine."])))
    folder.chmod(rights)
    try:
        found = tried(sys.executable, "-m", "tests.search.disks", "shut", folder)
    finally:
        folder.chmod(0o755)
    assert found == ["NoRight"] * 3
    assert check(folder) == []


def test_a_writer_that_cannot_close_the_log_lets_others_write(folder):
    library = Library.create_or_open(folder, "hash", 64)
    library._db.close()  # as good as a disk that fails
    with pytest.raises(sqlite3.ProgrammingError):
        library.close()
    Library.open(folder).close()
    open_view(folder).close()


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (OSError(28, "No space left on device"), NoRoom),
        (OSError(30, "Read-only file system"), NoRight),
        (PermissionError(13, "Permission denied"), NoRight),
        (ValueError("IoError: Os { code: 28, kind: StorageFull }"), NoRoom),
        (ValueError("the number 28 is none"), type(None)),
        (OSError(5, "Input/output error"), type(None)),
    ],
)
def test_what_the_system_says_of_a_disk_is_understood(tmp_path, error, kind):
    assert isinstance(fault_of(tmp_path, error), kind)


def test_a_database_that_another_program_holds_is_busy_and_not_damaged(folder):
    Library.create_or_open(folder, "hash", 64).close()
    held = sqlite3.connect(folder / "library.sqlite3", isolation_level=None, timeout=0)
    held.execute("BEGIN IMMEDIATE")
    other = sqlite3.connect(folder / "library.sqlite3", isolation_level=None, timeout=0)
    with pytest.raises(sqlite3.OperationalError) as caught:
        other.execute("BEGIN IMMEDIATE")
    assert isinstance(fault_of(folder, caught.value), LibraryBusy)
    held.close()
    other.close()
