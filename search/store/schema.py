"""The database of a library: its schema, one numbered migration after another."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

from search.errors import LibraryDamaged, LibraryMissing, LibraryTooNew
from search.store.faults import fault_of
from search.store.pages import packed
from search.store.rows import packed_shingles, tables_by_line
from search.store.vectors import packed_anew

DATABASE = "library.sqlite3"
"""Its name in the library's folder."""

PAGE_BYTES = 8192
"""Of the database's pages, which a paper's pages fill better than SQLite's own 4,096: a library of
24,059 passages took 59.4 MB in place of 63.5. One made before keeps what it has."""

WRITER_KIBIBYTES = 256 << 10
"""Of pages that a writer may keep in memory: a batch of papers changes pages all over the database,
and with SQLite's own 2,000 each was written many times, 140 kB a passage of 150,000."""

BUSY_SECONDS = 30.0
"""How long a statement waits for another process's transaction; ours take a second or two."""

MIGRATIONS = (
    """
    CREATE TABLE library (
        one INTEGER PRIMARY KEY CHECK (one = 1),
        identity TEXT NOT NULL,              -- random: tells indexes of another library apart
        model TEXT NOT NULL,
        dimension INTEGER NOT NULL CHECK (dimension > 0),
        generation INTEGER NOT NULL,         -- one higher whenever what can be found changes
        created TEXT NOT NULL                -- UTC, ISO 8601
    ) STRICT;

    CREATE TABLE paper (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL UNIQUE,
        source TEXT NOT NULL UNIQUE,
        sha256 TEXT NOT NULL,
        format TEXT NOT NULL,
        title TEXT NOT NULL,
        kind TEXT NOT NULL,
        state TEXT,
        body TEXT,                           -- as the paper has it
        body_key TEXT,                       -- under which all its spellings meet
        meeting_date TEXT,                   -- ISO 8601
        exempt INTEGER NOT NULL CHECK (exempt IN (0, 1)),
        paged INTEGER NOT NULL CHECK (paged IN (0, 1)),
        metadata_title TEXT,
        figures TEXT NOT NULL,               -- a digest of all its figures
        facts TEXT NOT NULL,                 -- JSON: {name: [value, evidence, found_in]}
        outline TEXT NOT NULL,               -- JSON: [[title, page, depth]]
        blocks BLOB NOT NULL,                -- zlib of (n, 4) int32: role, start, end, level
        origins BLOB NOT NULL,               -- zlib of (n, 4) int32
        tables BLOB NOT NULL                 -- zlib of JSON: [[caption, heads, [[block, cells]]]]
    ) STRICT;
    CREATE INDEX paper_by_body ON paper (body_key, body);

    CREATE TABLE body (
        key TEXT PRIMARY KEY,
        name TEXT NOT NULL                   -- its commonest spelling: what is shown
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX body_by_name ON body (name);

    CREATE TABLE shingle (
        hash INTEGER NOT NULL,
        paper INTEGER NOT NULL REFERENCES paper ON DELETE CASCADE,
        PRIMARY KEY (hash, paper)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX shingle_by_paper ON shingle (paper);

    CREATE TABLE page (
        paper INTEGER NOT NULL REFERENCES paper ON DELETE CASCADE,
        number INTEGER NOT NULL,
        label TEXT,
        start INTEGER NOT NULL,
        text TEXT NOT NULL,                  -- the only place that holds the paper's words
        scanned INTEGER NOT NULL CHECK (scanned IN (0, 1)),
        ocr REAL,                            -- mean confidence of the OCR that read it
        PRIMARY KEY (paper, number)
    ) STRICT;

    CREATE TABLE item (
        paper INTEGER NOT NULL REFERENCES paper ON DELETE CASCADE,
        position INTEGER NOT NULL,
        number TEXT,
        minute TEXT,
        title TEXT,
        kind TEXT NOT NULL,
        depth INTEGER NOT NULL,
        start INTEGER NOT NULL,
        "end" INTEGER NOT NULL,
        exempt INTEGER NOT NULL CHECK (exempt IN (0, 1)),
        PRIMARY KEY (paper, position)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE vector (
        hash BLOB PRIMARY KEY,               -- SHA-256 of the text embedded
        row BLOB NOT NULL                    -- float16, of the library's model and dimension
    ) STRICT;

    CREATE TABLE passage (
        number INTEGER PRIMARY KEY AUTOINCREMENT,  -- never given twice: the indexes rely on it
        id TEXT NOT NULL UNIQUE,
        paper INTEGER NOT NULL REFERENCES paper ON DELETE CASCADE,
        item INTEGER,
        first_page INTEGER NOT NULL,
        last_page INTEGER NOT NULL,
        start INTEGER NOT NULL,
        "end" INTEGER NOT NULL,
        context TEXT NOT NULL,
        read_out TEXT,
        speakers TEXT NOT NULL,              -- JSON: [name or office]
        vector BLOB NOT NULL REFERENCES vector
    ) STRICT;
    CREATE INDEX passage_by_paper ON passage (paper);
    CREATE INDEX passage_by_vector ON passage (vector);

    CREATE TABLE file (
        source TEXT PRIMARY KEY,
        sha256 TEXT NOT NULL,
        size INTEGER NOT NULL,
        modified_ns INTEGER NOT NULL,
        reader TEXT NOT NULL,
        failure TEXT,                        -- why it could not be read; NULL where it could
        advice TEXT,
        noted TEXT NOT NULL                  -- UTC, ISO 8601
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE settled (
        source TEXT PRIMARY KEY,
        said TEXT NOT NULL                   -- JSON: {name of fact: value}
    ) STRICT, WITHOUT ROWID;
    """,
    """
    CREATE TABLE business (
        paper INTEGER PRIMARY KEY REFERENCES paper ON DELETE CASCADE,
        said TEXT NOT NULL                   -- JSON: motions, questions and resolutions
    ) STRICT;
    ALTER TABLE passage ADD COLUMN paragraphs TEXT;  -- JSON: [first, last], as printed
    """,
    """
    CREATE TABLE commitment (
        paper INTEGER NOT NULL REFERENCES paper ON DELETE CASCADE,
        position INTEGER NOT NULL,
        id TEXT NOT NULL UNIQUE,
        item INTEGER,
        passage TEXT,                        -- id of the passage that holds its beginning
        kind TEXT NOT NULL,
        sentence TEXT NOT NULL,
        code TEXT NOT NULL,                  -- the last part of its reference
        first_page INTEGER NOT NULL,
        last_page INTEGER NOT NULL,
        start INTEGER NOT NULL,
        "end" INTEGER NOT NULL,
        action TEXT NOT NULL,
        owner TEXT,
        due TEXT,                            -- in the paper's words
        due_first TEXT,                      -- ISO 8601
        due_last TEXT,
        signal TEXT NOT NULL,
        confidence REAL NOT NULL,
        places TEXT NOT NULL,                -- JSON: [[first page, last page, start, end]]
        PRIMARY KEY (paper, position)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE commitment_change (         -- a log: what was said is never edited
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        commitment TEXT NOT NULL,            -- no reference: it outlives the paper's version
        source TEXT NOT NULL,                -- the paper with which it goes
        made TEXT NOT NULL,                  -- UTC, ISO 8601
        "by" TEXT NOT NULL,
        field TEXT NOT NULL,
        old TEXT,
        new TEXT,
        note TEXT
    ) STRICT;
    CREATE INDEX commitment_change_by_source ON commitment_change (source);
    """,
    """
    CREATE TABLE acronym (
        paper INTEGER NOT NULL REFERENCES paper ON DELETE CASCADE,
        short TEXT NOT NULL,
        long TEXT NOT NULL,                  -- what it stands for, as the paper defines it
        PRIMARY KEY (paper, short, long)
    ) STRICT, WITHOUT ROWID;
    """,
    """
    CREATE TABLE closed (                    -- what of a paper's text is exempt
        paper INTEGER NOT NULL REFERENCES paper ON DELETE CASCADE,
        start INTEGER NOT NULL,
        "end" INTEGER NOT NULL,
        PRIMARY KEY (paper, start)
    ) STRICT, WITHOUT ROWID;
    -- Until papers are read anew, an item that was known to be exempt is closed.
    INSERT INTO closed SELECT paper, start, max("end") FROM item WHERE exempt AND NOT EXISTS (
        SELECT 1 FROM item AS outer WHERE outer.exempt AND outer.paper = item.paper
        AND outer.start <= item.start AND outer."end" >= item."end"
        AND outer.position <> item.position AND outer.depth < item.depth
    ) GROUP BY paper, start;

    CREATE TABLE drawn (                     -- only in the open part of a library
        whole INTEGER PRIMARY KEY,           -- the paper's number in the whole library
        source TEXT NOT NULL UNIQUE,
        digest BLOB                          -- of what was drawn, where that is not all of it
    ) STRICT;
    ALTER TABLE library ADD COLUMN opened INTEGER NOT NULL DEFAULT 0 CHECK (opened IN (0, 1));
    """,
    """
    CREATE TABLE early_vector (              -- of texts whose papers are being embedded
        hash BLOB PRIMARY KEY,
        row BLOB NOT NULL                    -- a byte a part, as in vector from here on
    ) STRICT;
    UPDATE vector SET row = packed_anew(row);  -- see search/store/vectors.py
    UPDATE OR REPLACE shingle SET hash = hash >> 32;  -- 32 bits of 64, see search/twins.py
    """,
    """
    UPDATE paper SET tables = tables_by_line(tables);  -- see search/store/rows.py
    """,
    """
    CREATE TABLE spare_vector (              -- of the same texts, by another model
        hash BLOB NOT NULL REFERENCES vector ON DELETE CASCADE,
        model TEXT NOT NULL,
        row BLOB NOT NULL,
        PRIMARY KEY (hash, model)
    ) STRICT, WITHOUT ROWID;
    ALTER TABLE library ADD COLUMN reranker TEXT;  -- a cross-encoder's name
    """,
    """
    CREATE TABLE removed (                   -- what the indexes have still to be told of
        passage INTEGER PRIMARY KEY
    ) STRICT;
    CREATE TRIGGER passage_removed AFTER DELETE ON passage
        BEGIN INSERT INTO removed VALUES (old.number); END;
    CREATE INDEX passage_speaking ON passage (speakers) WHERE speakers <> '[]';
    CREATE INDEX paper_exempt ON paper (number) WHERE exempt;

    -- Sixteen bytes of SHA-256 tell all texts apart, and stand in each passage and two indexes.
    PRAGMA defer_foreign_keys = ON;
    UPDATE vector SET hash = substr(hash, 1, 16);
    UPDATE passage SET vector = substr(vector, 1, 16);
    UPDATE early_vector SET hash = substr(hash, 1, 16);
    UPDATE spare_vector SET hash = substr(hash, 1, 16);

    -- A paper's own shingles are a column of it, in the place of an index of all of them.
    ALTER TABLE paper ADD COLUMN sketch BLOB NOT NULL DEFAULT x'';  -- int32, ascending
    UPDATE paper SET sketch = packed_shingles(
        (SELECT json_group_array(hash) FROM shingle WHERE shingle.paper = paper.number)
    );
    CREATE TABLE shingled (
        hash INTEGER NOT NULL,
        paper INTEGER NOT NULL,              -- goes with it: see search/store/twins.py
        PRIMARY KEY (hash, paper)
    ) STRICT, WITHOUT ROWID;
    INSERT INTO shingled SELECT hash, paper FROM shingle ORDER BY hash, paper;
    DROP TABLE shingle;
    ALTER TABLE shingled RENAME TO shingle;
    """,
    """
    ALTER TABLE page ADD COLUMN words BLOB NOT NULL DEFAULT x'';  -- see search/store/pages.py
    UPDATE page SET words = packed(text);
    ALTER TABLE page DROP COLUMN text;

    -- What filters ask of papers, without reading the papers themselves.
    CREATE INDEX paper_filtered ON paper (body_key, meeting_date, kind);
    """,
)
"""Each brings a library from the version of its index to the next; never edit one, add one."""


def open_to_write(folder: Path) -> sqlite3.Connection:
    """Open the database, making or migrating it; the caller holds the writer's lock.

    Raises:
        LibraryTooNew: a later version of this program made it.
        LibraryDamaged: it is no database, or a broken one.
        NoRoom, NoRight, LibraryBusy: its disk is full, may not be written, is held by another.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with _opening(folder, "rwc") as db:
        db.execute(f"PRAGMA page_size = {PAGE_BYTES}")
        db.execute("PRAGMA journal_mode = WAL")
        # FULL: the indexes must never know of a commit that a power cut takes back.
        db.execute("PRAGMA synchronous = FULL")
        db.execute(f"PRAGMA cache_size = -{WRITER_KIBIBYTES}")
        db.execute("PRAGMA foreign_keys = ON")
        # A paper that was removed is not to be found in the file's free pages either.
        db.execute("PRAGMA secure_delete = ON")
        _migrate(db, folder)
    return db


def open_to_read(folder: Path) -> sqlite3.Connection:
    """Open the database for reading only.

    Raises:
        LibraryMissing: there is none.
        LibraryTooNew: a later version of this program made it.
        LibraryDamaged: it is no database, or a broken one.
        NoRoom, NoRight, LibraryBusy: its disk is full, may not be written, is held by another.
    """
    if not (folder / DATABASE).is_file():
        raise LibraryMissing(folder)
    with _opening(folder, "ro") as db:
        made = _version(db, folder) > 0 and db.execute("SELECT 1 FROM library").fetchone()
        if not made:  # a writer died before it had made anything
            raise LibraryMissing(folder)
    return db


@contextmanager
def _opening(folder: Path, mode: str) -> Iterator[sqlite3.Connection]:
    """Open a database and let the block look at it; it stays open only where that raises nothing.

    Args:
        folder: the library's.
        mode: as SQLite's URIs have it: "ro" to read only, "rwc" to write, made where it is missing.

    Raises:
        LibraryDamaged, NoRoom, NoRight, LibraryBusy: for SQLite's own errors.
    """
    try:
        with ExitStack() as opened:
            connection = sqlite3.connect(
                f"{(folder / DATABASE).absolute().as_uri()}?mode={mode}",
                uri=True,
                timeout=BUSY_SECONDS,
                check_same_thread=False,
                isolation_level=None,
            )
            yield opened.enter_context(closing(connection))
            opened.pop_all()
    except sqlite3.DatabaseError as exc:
        raise fault_of(folder, exc) or LibraryDamaged(folder, str(exc)) from exc


def is_current(db: sqlite3.Connection) -> bool:
    """Tell whether every migration has been done; a reader leaves that to a writer."""
    return int(db.execute("PRAGMA user_version").fetchone()[0]) == len(MIGRATIONS)


def empty_log(db: sqlite3.Connection) -> bool:
    """Empty the write-ahead log, which still holds removed words; not while someone reads them.

    Returns:
        whether it is empty now.
    """
    db.execute("PRAGMA busy_timeout = 0")
    busy = db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    db.execute(f"PRAGMA busy_timeout = {int(BUSY_SECONDS * 1000)}")
    return not busy


def _migrate(db: sqlite3.Connection, folder: Path) -> None:
    db.create_function("packed_anew", 1, packed_anew, deterministic=True)
    db.create_function("tables_by_line", 1, tables_by_line, deterministic=True)
    db.create_function("packed", 1, packed, deterministic=True)
    db.create_function("packed_shingles", 1, packed_shingles, deterministic=True)
    for number in range(_version(db, folder), len(MIGRATIONS)):
        # One script, one transaction: user_version rolls back with the tables.
        db.executescript(f"BEGIN; {MIGRATIONS[number]}; PRAGMA user_version = {number + 1}; COMMIT")


def _version(db: sqlite3.Connection, folder: Path) -> int:
    version = int(db.execute("PRAGMA user_version").fetchone()[0])
    if version > len(MIGRATIONS):
        raise LibraryTooNew(folder, version, len(MIGRATIONS))
    return version
