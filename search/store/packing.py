"""Packs what is long in a row of the database; a damaged one is told as SQLite tells its own."""

from __future__ import annotations

import sqlite3
import zlib


def pack(content: bytes) -> bytes:
    """Return what a packed column keeps of some bytes."""
    return zlib.compress(content)


def unpack(column: bytes) -> bytes:
    """Return the bytes of a packed column, held to their checksum.

    Raises:
        sqlite3.DatabaseError: it is damaged (SQLITE_CORRUPT).
    """
    try:
        return zlib.decompress(column)
    except zlib.error as exc:
        damage = sqlite3.DatabaseError(f"what it keeps packed cannot be unpacked: {exc}")
        damage.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
        raise damage from exc
