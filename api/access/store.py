"""The database of accounts, keys and sessions; it lies apart from the papers.

Whoever only looks makes no database: where there is none, there are no accounts.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

DATABASE = "access.sqlite3"
"""Its name in the library's folder, unless a setting says otherwise."""

BUSY_SECONDS = 10.0

SCHEMA = """
CREATE TABLE account (
    name TEXT PRIMARY KEY COLLATE NOCASE,
    role TEXT NOT NULL,
    password TEXT NOT NULL,              -- see api.access.hashing; '' for none
    made INTEGER NOT NULL                -- seconds since 1970, as are all times here
) STRICT;

CREATE TABLE key (
    prefix TEXT PRIMARY KEY,             -- its first characters, by which it is listed
    hash BLOB NOT NULL UNIQUE,           -- SHA-256 of the key
    name TEXT NOT NULL,                  -- what it is for
    role TEXT NOT NULL,
    made INTEGER NOT NULL,
    expires INTEGER NOT NULL,
    revoked INTEGER
) STRICT;

CREATE TABLE session (
    hash BLOB PRIMARY KEY,               -- SHA-256 of the cookie
    account TEXT NOT NULL COLLATE NOCASE REFERENCES account ON DELETE CASCADE,
    expires INTEGER NOT NULL
) STRICT;

CREATE TABLE failure (
    who TEXT NOT NULL,                   -- "account ..." or "address ..."
    at INTEGER NOT NULL
) STRICT;
CREATE INDEX failure_by_who ON failure (who, at);

CREATE TABLE audit (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    who TEXT NOT NULL,
    role TEXT NOT NULL,
    did TEXT NOT NULL,
    what TEXT NOT NULL
) STRICT;
CREATE TRIGGER audit_stays BEFORE UPDATE ON audit BEGIN
    SELECT RAISE (ABORT, 'the audit is only added to');
END;
CREATE TRIGGER audit_is_kept BEFORE DELETE ON audit
    WHEN old.number > (SELECT before FROM audit_kept) BEGIN
    SELECT RAISE (ABORT, 'the audit is only added to');
END;
CREATE TABLE audit_kept (before INTEGER NOT NULL) STRICT;
INSERT INTO audit_kept VALUES (0);
"""

SUBJECTS = """
ALTER TABLE account ADD COLUMN subject TEXT;  -- whom the council's provider knows by it
CREATE UNIQUE INDEX account_by_subject ON account (subject);
"""

MIGRATIONS = (SCHEMA, SUBJECTS)
"""Each once, in order: the database's version counts those it has been through."""


class AccessStore:
    """Opens the database for as long as one piece of work takes."""

    def __init__(self, path: Path) -> None:
        """Open nothing yet."""
        self.path = path

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection | None]:
        """Give a connection to read with; None where there is no database."""
        if not self.path.is_file():
            yield None
            return
        db = sqlite3.connect(
            f"{self.path.absolute().as_uri()}?mode=ro", uri=True, timeout=BUSY_SECONDS
        )
        try:
            made = db.execute("PRAGMA user_version").fetchone()[0]
            yield db if made else None
        finally:
            db.close()

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Give a connection for one transaction, making the database where there is none."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        # Nobody but the service's own account reads it, whatever the folder allows.
        os.close(os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600))
        db = sqlite3.connect(self.path, timeout=BUSY_SECONDS, isolation_level=None)
        try:
            db.execute("PRAGMA journal_mode = WAL")
            db.execute("PRAGMA foreign_keys = ON")
            db.execute("PRAGMA secure_delete = ON")
            db.execute("BEGIN IMMEDIATE")
            try:
                version = db.execute("PRAGMA user_version").fetchone()[0]
                for migration in MIGRATIONS[version:]:
                    for statement in _statements(migration):
                        db.execute(statement)
                db.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")
                yield db
                db.execute("COMMIT")
            except BaseException:
                db.execute("ROLLBACK")
                raise
        finally:
            db.close()


def _statements(migration: str) -> Iterator[str]:
    """Yield a migration's statements: executescript would commit before the first."""
    statement = ""
    for line in migration.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
