"""Says what can be done about a library whose disk is full, refuses to be written or is damaged."""

from __future__ import annotations

import errno
import os
import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from search.errors import LibraryBusy, LibraryDamaged, LibraryError, NoRight, NoRoom

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_REFUSED = {errno.EACCES, errno.EPERM, errno.EROFS}

_CANNOT = {sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM}
"""Of a file that is there, what SQLite says of one that this account may not write, or not write
beside: a reader makes a file there too."""

_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}

_IN_WORDS = re.compile(r"\b(?:code:|os error) (\d+)\b")


def fault_of(folder: Path, error: Exception) -> LibraryError | None:
    """Return what an error says of a library's disk, None where that is nothing.

    Args:
        folder: the library's.
        error: of SQLite, or of the system.
    """
    number = _number(error)
    if number is not None:
        full, refused, busy = number in _FULL, number in _REFUSED, False
    else:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # without what is more particular
        full, refused = code == sqlite3.SQLITE_FULL, code in _CANNOT
        busy = code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
    if full:
        return NoRoom(folder, None, shutil.disk_usage(folder).free)
    if refused:
        return NoRight(folder, os.strerror(number) if number else str(error))
    return LibraryBusy(folder) if busy else None


def _number(error: Exception) -> int | None:
    """Return the system's number of an error, which tantivy tells in words alone."""
    if isinstance(error, OSError):
        return error.errno
    told = _IN_WORDS.search(str(error)) if isinstance(error, ValueError) else None
    return int(told[1]) if told else None


@contextmanager
def faults_named(folder: Path) -> Iterator[None]:
    """Raise what is wrong with a library's disk as what it is.

    Raises:
        NoRoom: it is full.
        NoRight: this account may not write there.
        LibraryBusy: another process holds the database for longer than any of ours does.
    """
    try:
        yield
    except (OSError, ValueError, sqlite3.OperationalError) as exc:
        named = fault_of(folder, exc)
        if named is None:
            raise
        raise named from exc


@contextmanager
def damage_named(folder: Path) -> Iterator[None]:
    """Raise what is found broken while a library is read as what it is.

    Raises:
        LibraryDamaged: what a page of the database or a packed column holds makes no sense.
    """
    try:
        yield
    except sqlite3.DatabaseError as exc:
        if getattr(exc, "sqlite_errorcode", 0) & 0xFF not in _DAMAGED:
            raise
        raise LibraryDamaged(folder, str(exc)) from exc
