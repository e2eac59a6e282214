"""Commitments in the database, and the log of what officers changed of them.

What writes runs inside its caller's transaction. What reads joins paper and item, so that whoever
may not see these sees none of their commitments either, nor what was said of them.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime

from ingest.paper import Citation, Commitment, CommitmentKind, Due
from search.register.grouping import same_undertaking, same_words
from search.register.references import codes
from search.register.values import Change, Field, Place, Wish
from search.store.rows import CARD, ITEM, Row, card_of, item_card_of

_COMMITMENT = """commitment.id, commitment.kind, commitment.sentence, commitment.first_page,
    commitment.last_page, commitment.start, commitment."end", commitment.item, commitment.passage,
    commitment.action, commitment.owner, commitment.due, commitment.due_first,
    commitment.due_last, commitment.signal, commitment.confidence, commitment.places"""
_COLUMNS = 17

_SEEN = """commitment JOIN paper ON paper.number = commitment.paper
    LEFT JOIN item ON item.paper = commitment.paper AND item.position = commitment.item"""
_MAY_BE_SEEN = "(commitment.item IS NULL OR item.position IS NOT NULL)"
"""Whoever may not see a paper or an item sees nothing that stands in it."""


def insert_commitments(
    db: sqlite3.Connection, paper: int, commitments: Sequence[Commitment]
) -> None:
    """Keep the commitments of a paper, by its number."""
    named = zip(commitments, codes(each.sentence for each in commitments), strict=True)
    marks = ", ".join("?" * 20)
    db.executemany(
        f"INSERT INTO commitment VALUES ({marks})",  # noqa: S608
        [(paper, position, *_row(each, code)) for position, (each, code) in enumerate(named)],
    )


def commitments_of(db: sqlite3.Connection, paper: int) -> tuple[Commitment, ...]:
    """Return the commitments of a paper, by its number, in its order."""
    rows = db.execute(
        f"SELECT {_COMMITMENT} FROM commitment WHERE paper = ? ORDER BY position",  # noqa: S608
        (paper,),
    )
    return tuple(map(_commitment, rows))


def places(db: sqlite3.Connection, sources: Iterable[str] | None = None) -> list[Place]:
    """Return the commitments that papers print, of all papers or of those at some sources."""
    condition, values = "1", []
    if sources is not None:
        condition = "paper.source IN (SELECT value FROM json_each(?))"
        values = [json.dumps(list(sources))]
    rows = db.execute(
        f"SELECT commitment.code, {_COMMITMENT}, {CARD}, {ITEM} FROM {_SEEN}"  # noqa: S608
        f" WHERE {condition} AND {_MAY_BE_SEEN}",
        values,
    )
    return [
        Place(
            commitment=_commitment(row[1 : 1 + _COLUMNS]),
            paper=card_of(row[1 + _COLUMNS : -4]),
            item=item_card_of(row[-4:]),
            code=row[0],
        )
        for row in rows
    ]


def changes(db: sqlite3.Connection) -> list[Change]:
    """Return the log of the commitments that papers print, oldest first."""
    rows = db.execute(
        'SELECT log.number, log.made, log.commitment, log."by", log.field, log.old, log.new,'  # noqa: S608
        f" log.note FROM {_SEEN} JOIN commitment_change AS log"
        f" ON log.commitment = commitment.id WHERE {_MAY_BE_SEEN} ORDER BY log.number"
    )
    return [
        Change(
            identity,
            by,
            Field(field),
            old,
            new,
            note,
            number=number,
            made=datetime.fromisoformat(made),
        )
        for number, made, identity, by, field, old, new, note in rows
    ]


def insert_change(db: sqlite3.Connection, wish: Wish, made: str) -> bool:
    """Add a line to the log; False where no paper prints the commitment (any more)."""
    return (
        db.execute(
            "INSERT INTO commitment_change"
            " SELECT NULL, commitment.id, paper.source, ?, ?, ?, ?, ?, ? FROM commitment"
            " JOIN paper ON paper.number = commitment.paper WHERE commitment.id = ?",
            (made, wish.by, wish.field.value, wish.old, wish.new, wish.note, wish.commitment),
        ).rowcount
    ) == 1


def tell_openly(opened: sqlite3.Connection, whole: sqlite3.Connection) -> bool:
    """Let the open part of a library show what officers settled of the commitments it holds.

    Without their notes and names, which may tell of what is exempt. Returns whether that changed
    anything.
    """
    held = {identity for (identity,) in opened.execute("SELECT id FROM commitment")}
    log = [
        (number, identity, source, made, field, old, new)
        for number, identity, source, made, field, old, new in whole.execute(
            "SELECT number, commitment, source, made, field, old, new FROM commitment_change"
            " WHERE field <> ? ORDER BY number",
            (Field.NOTE.value,),
        )
        if identity in held and (field != Field.MERGE.value or new in held)
    ]
    query = "SELECT number, commitment, source, made, field, old, new FROM commitment_change"
    if opened.execute(f"{query} ORDER BY number").fetchall() == log:
        return False
    opened.execute("DELETE FROM commitment_change")
    opened.executemany("INSERT INTO commitment_change VALUES (?, ?, ?, ?, '', ?, ?, ?, NULL)", log)
    return True


@contextmanager
def keeping_changes(db: sqlite3.Connection, sources: Sequence[str]) -> Iterator[None]:
    """At the end of the block, which replaces or removes papers, join their logs to what is left.

    A commitment may be read otherwise by a better reader, or printed in the minutes after its
    draft is removed: what officers said of it goes over to the same undertaking.
    """
    logged = {
        identity
        for (identity,) in db.execute(
            "SELECT commitment FROM commitment_change"
            " WHERE source IN (SELECT value FROM json_each(?))",
            (json.dumps(list(sources)),),
        )
    }
    before = places(db, sources) if logged else []
    yield
    if before:
        held = {place.commitment.id for place in before}
        left = places(db)
        gone = held - {place.commitment.id for place in left}
        for old in before:
            if old.commitment.id in logged & gone:
                new = next((each for each in left if _succeeds(each, old, held)), None)
                if new is not None:
                    _hand_over(db, old, new)


def forget_changes(db: sqlite3.Connection, sources: Sequence[str]) -> None:
    """Remove the lines of the log that go with papers."""
    db.executemany(
        "DELETE FROM commitment_change WHERE source = ?", [(source,) for source in sources]
    )


def _succeeds(new: Place, old: Place, held: Collection[str]) -> bool:
    """Tell whether a place prints the undertaking of one that is gone.

    Args:
        new: a place as the library now has it.
        old: one as it was.
        held: ids of what the replaced or removed papers printed: of these none is a successor.
    """
    if new.paper.source != old.paper.source:
        return same_undertaking(new, old)
    return new.commitment.id not in held and same_words(new, old)


def _hand_over(db: sqlite3.Connection, old: Place, new: Place) -> None:
    db.execute(
        "UPDATE commitment_change SET commitment = ?, source = ? WHERE commitment = ?",
        (new.commitment.id, new.paper.source, old.commitment.id),
    )
    db.execute(
        "UPDATE commitment_change SET new = ? WHERE field = ? AND new = ?",
        (new.commitment.id, Field.MERGE.value, old.commitment.id),
    )


def _row(commitment: Commitment, code: str) -> Row:
    """Return the columns of table commitment after position, in the schema's order."""
    due, cited = commitment.due, commitment.citation
    return (
        commitment.id,
        commitment.item,
        commitment.passage,
        commitment.kind.value,
        commitment.sentence,
        code,
        *_ends(cited),
        commitment.action,
        commitment.owner,
        due.words if due else None,
        due.first.isoformat() if due and due.first else None,
        due.last.isoformat() if due and due.last else None,
        commitment.signal,
        commitment.confidence,
        json.dumps([_ends(each) for each in commitment.places]),
    )


def _commitment(row: Row) -> Commitment:
    identity, kind, sentence, first, last, start, end, item, passage, action, *rest = row
    owner, due, due_first, due_last, signal, confidence, places = rest
    return Commitment(
        id=identity,
        kind=CommitmentKind(kind),
        sentence=sentence,
        citation=Citation(first, last, start, end),
        item=item,
        passage=passage,
        action=action,
        owner=owner,
        due=Due(due, _day(due_first), _day(due_last)) if due is not None else None,
        signal=signal,
        confidence=confidence,
        places=tuple(Citation(*each) for each in json.loads(places)),
    )


def _ends(citation: Citation) -> tuple[int, int, int, int]:
    return citation.first_page, citation.last_page, citation.start, citation.end


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None
