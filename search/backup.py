"""Copies of a library: one file, made while it is served and written to.

It holds the databases alone; what is derived from them is made again.
"""

from __future__ import annotations

import shutil
import sqlite3
import tarfile
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from search.errors import BackupUnusable, LibraryThere
from search.publishing import swap_in
from search.store.lock import WriterLock
from search.store.schema import DATABASE, open_to_read


def back_up(databases: Mapping[str, Path], file: Path) -> None:
    """Copy databases into a file, each as it is at one moment.

    Args:
        databases: where each lies, by the name it has in the copy; those not there are left out.
        file: replaced once the copy is whole.
    """
    aside = file.with_name(f"{file.name}.tmp")
    with TemporaryDirectory(dir=file.absolute().parent) as place:
        try:
            with tarfile.open(aside, "w") as archive:
                for name, path in databases.items():
                    if path.is_file():
                        _copy(path, Path(place) / name)
                        archive.add(Path(place) / name, name)
            swap_in(aside, file.absolute())
        finally:
            aside.unlink(missing_ok=True)


def restore(file: Path, databases: Mapping[str, Path]) -> None:
    """Put databases back from a copy that back_up made.

    Args:
        file: the copy.
        databases: where each goes, by the name it has in the copy.

    Raises:
        LibraryThere: one of them exists.
        BackupUnusable: the file is no such copy, or damaged.
    """
    folder = databases[DATABASE].parent
    lock = WriterLock(folder)
    try:
        for path in databases.values():
            if path.exists():
                raise LibraryThere(path.parent)
        with TemporaryDirectory(dir=folder) as place:
            copies = _unpacked(file, Path(place), databases)
            for name, copy in copies.items():
                swap_in(copy, databases[name])
    finally:
        lock.release()


def _copy(path: Path, copy: Path) -> None:
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as db:
        copy.touch(0o600)
        with closing(sqlite3.connect(copy)) as into:
            db.backup(into)


def _unpacked(file: Path, place: Path, databases: Mapping[str, Path]) -> dict[str, Path]:
    """Return the databases of a copy, unpacked and sound; nothing else of the file is touched."""
    try:
        with tarfile.open(file, "r:") as archive:
            for member in archive:
                content = archive.extractfile(member) if member.name in databases else None
                if content is not None:
                    with (place / member.name).open("xb") as into:
                        (place / member.name).chmod(0o600)
                        shutil.copyfileobj(content, into)
    except (tarfile.TarError, FileExistsError) as exc:
        raise BackupUnusable(file, str(exc)) from exc
    copies = {name: place / name for name in databases if (place / name).is_file()}
    if DATABASE not in copies:
        raise BackupUnusable(file, "it holds no library")
    for copy in copies.values():
        _must_be_sound(file, copy)
    open_to_read(place).close()
    return copies


def _must_be_sound(file: Path, copy: Path) -> None:
    try:
        with closing(sqlite3.connect(copy)) as db:
            said = db.execute("PRAGMA integrity_check").fetchone()[0]
    except sqlite3.DatabaseError as exc:
        raise BackupUnusable(file, str(exc)) from exc
    if said != "ok":
        raise BackupUnusable(file, said)
