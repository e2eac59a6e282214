"""What changes the truth; each function runs inside its caller's transaction."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray

from ingest.errors import IngestError
from ingest.keeping import Embedded, Held, Stamp
from ingest.passages import embedded_text
from search.store.bodies import name_bodies
from search.store.business import insert_business
from search.store.commitments import insert_commitments
from search.store.naming import insert_acronyms
from search.store.pages import page_row
from search.store.rows import item_row, paper_row
from search.store.twins import delete_shingles, insert_shingles
from search.store.vectors import pack_vectors, vectors_of

HASHES_A_QUERY = 400
"""Hashes a query, each given twice; SQLite allows 32,766 parameters, and older ones 999."""


@contextmanager
def transaction(db: sqlite3.Connection) -> Iterator[None]:
    """Commit what the block does, or roll all of it back on any exception."""
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
        db.execute("COMMIT")
    except BaseException:
        db.execute("ROLLBACK")
        raise


def now() -> str:
    """Return the time in UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def text_hash(text: str) -> bytes:
    """Return the key of a text's vector: half of a SHA-256, which no two texts share by chance."""
    return sha256(text.encode()).digest()[:16]


def raise_generation(db: sqlite3.Connection) -> None:
    """Mark that what can be found has changed, and find anew what bodies are called."""
    name_bodies(db)
    db.execute("UPDATE library SET generation = generation + 1")


def insert_paper(db: sqlite3.Connection, embedded: Embedded) -> None:
    """Add a paper that is not held."""
    paper = embedded.paper
    row = paper_row(paper)
    marks = ", ".join("?" * len(row))
    db.execute(f"INSERT INTO paper VALUES (NULL, {marks})", row)  # noqa: S608
    number = int(db.execute("SELECT last_insert_rowid()").fetchone()[0])
    db.executemany(
        "INSERT INTO page VALUES (?, ?, ?, ?, ?, ?, ?)",
        [page_row(number, page) for page in paper.text.pages],
    )
    db.executemany(
        "INSERT INTO closed VALUES (?, ?, ?)", [(number, *span) for span in paper.closed]
    )
    db.executemany(
        "INSERT INTO item VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [(number, *item_row(item)) for item in paper.items],
    )
    hashes = [text_hash(embedded_text(passage)) for passage in paper.passages]
    insert_business(db, number, paper.business)
    insert_shingles(db, number)
    insert_acronyms(db, number, paper.text.text)
    db.executemany(
        "INSERT INTO vector VALUES (?, ?) ON CONFLICT DO NOTHING",
        zip(hashes, pack_vectors(embedded.vectors), strict=True),
    )
    db.executemany(
        "INSERT INTO passage VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                passage.id,
                number,
                passage.item,
                passage.citation.first_page,
                passage.citation.last_page,
                passage.citation.start,
                passage.citation.end,
                passage.context,
                passage.read_out,
                json.dumps(passage.speakers),
                each,
                json.dumps(passage.citation.paragraphs) if passage.citation.paragraphs else None,
            )
            for passage, each in zip(paper.passages, hashes, strict=True)
        ],
    )
    insert_commitments(db, number, paper.commitments)


def delete_papers(db: sqlite3.Connection, sources: Sequence[str]) -> int:
    """Remove papers and everything that only they hold, vectors last; return how many there were.

    Vectors that a later insert in the same transaction may want again are swept by sweep_vectors.
    """
    gone = 0
    for source in sources:
        db.execute(
            "INSERT OR IGNORE INTO temp.loose SELECT vector FROM passage"
            " JOIN paper ON paper.number = passage.paper WHERE paper.source = ?",
            (source,),
        )
        delete_shingles(db, source)
        gone += db.execute("DELETE FROM paper WHERE source = ?", (source,)).rowcount
    return gone


def shut(db: sqlite3.Connection, source: str) -> bool:
    """Have a paper count as exempt; tell whether it was held and open until now."""
    change = "UPDATE paper SET exempt = 1 WHERE source = ? AND NOT exempt"
    return bool(db.execute(change, (source,)).rowcount)


@contextmanager
def sweeping_vectors(db: sqlite3.Connection) -> Iterator[None]:
    """At the end of the block, drop the vectors that its deletions left without a passage."""
    db.execute("CREATE TEMP TABLE IF NOT EXISTS loose (hash BLOB PRIMARY KEY)")
    db.execute("DELETE FROM temp.loose")
    yield
    db.execute(
        "DELETE FROM vector WHERE hash IN (SELECT hash FROM temp.loose)"
        " AND NOT EXISTS (SELECT 1 FROM passage WHERE passage.vector = vector.hash)"
    )
    db.execute("DELETE FROM temp.loose")


def note_file(
    db: sqlite3.Connection,
    source: str,
    digest: str,
    stamp: Stamp,
    error: IngestError | None = None,
) -> None:
    """Remember a file as it was read, or why it could not be."""
    failure, advice = (error.reason, error.advice) if error else (None, None)
    db.execute(
        "INSERT OR REPLACE INTO file VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            source,
            digest,
            stamp.size,
            stamp.modified_ns,
            stamp.reader,
            failure,
            advice,
            now(),
        ),
    )


def held_files(db: sqlite3.Connection) -> dict[str, Held]:
    """Return what is known of every file, by source."""
    rows = db.execute(
        "SELECT source, sha256, size, modified_ns, reader, failure IS NOT NULL FROM file"
    )
    return {
        source: Held(digest, size, modified_ns, reader, bool(failed))
        for source, digest, size, modified_ns, reader, failed in rows
    }


def insert_early_vectors(
    db: sqlite3.Connection, vectors: Mapping[str, NDArray[np.float32]]
) -> None:
    """Keep vectors by the text embedded, until a paper with that text is kept."""
    if vectors:
        db.executemany(
            "INSERT OR IGNORE INTO early_vector VALUES (?, ?)",
            zip(map(text_hash, vectors), pack_vectors(np.stack([*vectors.values()])), strict=True),
        )


def drop_early_vectors(db: sqlite3.Connection, *, those_in_use: bool = False) -> None:
    """Drop the vectors that were kept before their papers, or those that a passage has by now."""
    condition = "hash IN (SELECT hash FROM vector)" if those_in_use else "TRUE"
    db.execute(f"DELETE FROM early_vector WHERE {condition}")  # noqa: S608


def known_vectors(
    db: sqlite3.Connection, texts: Sequence[str]
) -> Mapping[str, NDArray[np.float32]]:
    """Return the vectors that are held of these texts."""
    by_hash = {text_hash(text): text for text in texts}
    hashes = list(by_hash)
    found: dict[str, NDArray[np.float32]] = {}
    for at in range(0, len(hashes), HASHES_A_QUERY):
        part = hashes[at : at + HASHES_A_QUERY]
        marks = ", ".join("?" * len(part))
        query = " UNION ALL ".join(
            f"SELECT hash, row FROM {table} WHERE hash IN ({marks})"  # noqa: S608
            for table in ("vector", "early_vector")
        )
        for each, row in db.execute(query, [*part, *part]):
            found[by_hash[each]] = vectors_of([row], len(row))[0]
    return found
