"""Papers out of the database, and what is known of them and of files that could not be read."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ingest.paper import CleanText, Paper, PaperKind, PaperState
from search.answer import Filters, PaperCard
from search.errors import FileWithheld, NotHeld
from search.holdings import Exempt, FailedFile, SourceFile
from search.store.business import business_of
from search.store.commitments import commitments_of
from search.store.filtering import where
from search.store.pages import pages_of
from search.store.passages import passages_of
from search.store.rows import (
    CARD,
    Row,
    blocks_of,
    card_of,
    facts_of,
    item_of,
    origins_of,
    outline_of,
    tables_of,
)


def generation(db: sqlite3.Connection) -> int:
    """Return the library's generation."""
    return int(db.execute("SELECT generation FROM library").fetchone()[0])


def identity(db: sqlite3.Connection) -> str:
    """Return what tells this library from every other."""
    return str(db.execute("SELECT identity FROM library").fetchone()[0])


def dimension(db: sqlite3.Connection) -> int:
    """Return the length of the library's vectors."""
    return int(db.execute("SELECT dimension FROM library").fetchone()[0])


def counts(db: sqlite3.Connection) -> tuple[int, int, int, int]:
    """Return how many papers, pages, pages without text and unreadable files there are."""
    row = db.execute(
        "SELECT (SELECT count(*) FROM paper), (SELECT count(*) FROM page),"
        " (SELECT count(*) FROM page WHERE scanned AND ocr IS NULL),"
        " (SELECT count(*) FROM file WHERE failure IS NOT NULL)"
    ).fetchone()
    papers, pages, scanned, failed = (int(each) for each in row)
    return papers, pages, scanned, failed


def numbers(db: sqlite3.Connection, filters: Filters) -> NDArray[np.int64]:
    """Return the numbers of the papers that the filters allow."""
    condition, values = where(filters)
    rows = db.execute(f"SELECT number FROM paper WHERE {condition}", values)  # noqa: S608
    return np.fromiter((number for (number,) in rows), dtype=np.int64)


def cards(db: sqlite3.Connection, filters: Filters) -> list[PaperCard]:
    """Return the papers that the filters allow: latest meeting first, undated ones last."""
    condition, values = where(filters)
    rows = db.execute(
        f"SELECT {CARD} FROM paper WHERE {condition}"  # noqa: S608
        " ORDER BY paper.meeting_date IS NULL, paper.meeting_date DESC, paper.source",
        values,
    )
    return [card_of(row) for row in rows]


def card(db: sqlite3.Connection, identity: str) -> PaperCard:
    """Return one paper's card by its id.

    Raises:
        NotHeld: there is none.
    """
    row = db.execute(f"SELECT {CARD} FROM paper WHERE id = ?", (identity,)).fetchone()  # noqa: S608
    if row is None:
        raise NotHeld("paper", identity)
    return card_of(row)


def paper(db: sqlite3.Connection, identity: str) -> Paper:
    """Return a paper as it was kept, whole.

    Raises:
        NotHeld: there is none.
    """
    row = db.execute(
        "SELECT number, source, sha256, format, title, kind, state, body, exempt, paged,"
        " metadata_title, facts, outline, blocks, origins, tables FROM paper WHERE id = ?",
        (identity,),
    ).fetchone()
    if row is None:
        raise NotHeld("paper", identity)
    number, source, digest, file_format, title, kind, state, body, exempt, *text = row
    known = card(db, identity)
    items = db.execute(
        'SELECT position, number, minute, title, kind, depth, start, "end", exempt FROM item'
        " WHERE paper = ? ORDER BY position",
        (number,),
    )
    return Paper(
        source=source,
        sha256=digest,
        format=file_format,
        title=title,
        kind=PaperKind(kind),
        state=PaperState(state) if state else None,
        body=body,
        meeting_date=known.meeting_date,
        exempt=bool(exempt),
        facts=facts_of(text[2]),
        text=_clean_text(db, number, text),
        items=tuple(item_of(item) for item in items),
        passages=passages_of(db, number),
        business=business_of(db, number),
        commitments=commitments_of(db, number),
        closed=tuple(
            db.execute('SELECT start, "end" FROM closed WHERE paper = ? ORDER BY start', (number,))
        ),
    )


def exempt(db: sqlite3.Connection, identities: Sequence[str]) -> dict[str, Exempt]:
    """Return what is exempt of those papers of which anything is; nothing in an open part."""
    spans = 'SELECT json_group_array(json_array(start, "end")) FROM closed WHERE paper = number'
    rows = db.execute(
        f"SELECT id, exempt, ({spans}) AS spans FROM paper"  # noqa: S608
        " WHERE id IN (SELECT value FROM json_each(?)) AND (exempt OR spans <> '[]')"
        " AND NOT (SELECT opened FROM library)",
        (json.dumps(list(identities)),),
    )
    return {
        identity: Exempt(bool(whole), tuple((start, end) for start, end in json.loads(closed)))
        for identity, whole, closed in rows
    }


def source_file(db: sqlite3.Connection, identity: str) -> SourceFile:
    """Return where a paper's file lay, and what its bytes were.

    Raises:
        NotHeld: there is no such paper.
        FileWithheld: only the open part of it is held.
    """
    row = db.execute(
        "SELECT source, sha256, format, number IN (SELECT paper FROM closed)"
        " AND (SELECT opened FROM library) FROM paper WHERE id = ?",
        (identity,),
    ).fetchone()
    if row is None:
        raise NotHeld("paper", identity)
    if row[3]:
        raise FileWithheld
    return SourceFile(Path(row[0]), row[1], row[2])


def failures(db: sqlite3.Connection) -> list[FailedFile]:
    """Return the files that could not be read, by source."""
    rows = db.execute(
        "SELECT source, failure, advice, noted, source IN (SELECT source FROM paper) FROM file"
        " WHERE failure IS NOT NULL ORDER BY source"
    )
    return [
        FailedFile(source, reason, advice, noted, bool(held))
        for source, reason, advice, noted, held in rows
    ]


def _clean_text(db: sqlite3.Connection, number: int, columns: Row) -> CleanText:
    paged, metadata_title, _, outline, blocks, origins, tables = columns
    pages = pages_of(db, number)
    return CleanText(
        text="".join(page.text for page in pages),
        pages=pages,
        blocks=blocks_of(blocks),
        origins=origins_of(origins),
        paged=bool(paged),
        outline=outline_of(outline),
        title=metadata_title,
        tables=tables_of(tables),
    )
