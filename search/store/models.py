"""Which models a library belongs to, and its spare vectors: those by another model than its own.

They stand text by text beside the library's own, and go with them. They are of the model that it is
to change to, as they are made, and of the one that it left, so that the way back is short.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from search.errors import LibraryMissing
from search.store.schema import is_current, open_to_read
from search.store.vectors import pack_vectors


def models_of(folder: Path) -> tuple[str, str | None]:
    """Return the names of a library's embedding model and of its reranker.

    Raises:
        LibraryMissing, LibraryTooNew, LibraryDamaged: it cannot be read.
    """
    with closing(open_to_read(folder)) as db:
        reranker = "reranker" if is_current(db) else "NULL"  # an older library has none
        row = db.execute(f"SELECT model, {reranker} FROM library").fetchone()  # noqa: S608
    if row is None:  # whoever made it died before it had a model
        raise LibraryMissing(folder)
    return row[0], row[1]


def own_model(db: sqlite3.Connection) -> str:
    """Return the name of the library's own model."""
    return str(db.execute("SELECT model FROM library").fetchone()[0])


def lacking(db: sqlite3.Connection, model: str) -> list[int]:
    """Return a passage of each text without a vector of another model, the longest text first."""
    rows = db.execute(
        'SELECT min(number), max("end" - start) AS length FROM passage'
        " WHERE NOT EXISTS (SELECT 1 FROM spare_vector AS spare"
        " WHERE spare.hash = passage.vector AND spare.model = ?)"
        " GROUP BY vector ORDER BY length DESC, vector",
        (model,),
    )
    return [int(number) for number, _ in rows]


def keep_spares(
    db: sqlite3.Connection, model: str, vectors: Mapping[int, NDArray[np.float32]]
) -> None:
    """Keep vectors by the number of a passage with the text; of texts gone meanwhile, none."""
    packed = pack_vectors(np.stack([*vectors.values()]))
    db.executemany(
        "INSERT OR IGNORE INTO spare_vector SELECT vector, ?, ? FROM passage WHERE number = ?",
        [(model, row, number) for number, row in zip(vectors, packed, strict=True)],
    )


def spare_counts(db: sqlite3.Connection) -> dict[str, int]:
    """Return how many texts have a vector of each other model."""
    rows = db.execute("SELECT model, count(*) FROM spare_vector GROUP BY model ORDER BY model")
    return dict(rows.fetchall())


def text_count(db: sqlite3.Connection) -> int:
    """Return how many different texts the library has embedded."""
    return int(db.execute("SELECT count(*) FROM vector").fetchone()[0])


def exchange(db: sqlite3.Connection, model: str, dimension: int) -> None:
    """Make the library another model's, of which every text has its vector; keep the old ones.

    Of vectors of further models none are left: what an operator tried is not kept for ever.
    """
    left = own_model(db)
    db.execute("DELETE FROM spare_vector WHERE model <> ?", (model,))
    db.execute("INSERT INTO spare_vector SELECT hash, ?, row FROM vector", (left,))
    db.execute(
        "UPDATE vector SET row = spare.row FROM spare_vector AS spare"
        " WHERE spare.hash = vector.hash AND spare.model = ?",
        (model,),
    )
    db.execute("DELETE FROM spare_vector WHERE model = ?", (model,))
    # Those of an ingest that was cut off are the old model's.
    db.execute("DELETE FROM early_vector")
    db.execute("UPDATE library SET model = ?, dimension = ?", (model, dimension))
