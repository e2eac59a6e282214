"""Business to one row of JSON and back: nothing is lost on the way."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import asdict
from typing import Any

from ingest.paper import (
    Business,
    Clause,
    Motion,
    Outcome,
    Question,
    Resolution,
    Ruling,
    Span,
    Vote,
)


def insert_business(db: sqlite3.Connection, paper: int, business: Business) -> None:
    """Keep what happens in a paper's items; nothing where nothing does."""
    if business != Business():
        said = json.dumps(asdict(business))
        db.execute("INSERT INTO business VALUES (?, ?)", (paper, said))


def business_of(db: sqlite3.Connection, paper: int) -> Business:
    """Return what happens in the items of a paper, by its number."""
    row = db.execute("SELECT said FROM business WHERE paper = ?", (paper,)).fetchone()
    if row is None:
        return Business()
    said = json.loads(row[0])
    return Business(
        motions=tuple(_motion(each) for each in said["motions"]),
        questions=tuple(_question(each) for each in said["questions"]),
        resolutions=tuple(_resolution(each) for each in said["resolutions"]),
    )


def _span(pair: list[int] | None) -> Span | None:
    return (pair[0], pair[1]) if pair else None


def _must(pair: list[int]) -> Span:
    return pair[0], pair[1]


def _motion(said: dict[str, Any]) -> Motion:
    vote = said["vote"]
    return Motion(
        item=said["item"],
        span=_must(said["span"]),
        words=_span(said["words"]),
        proposer=said["proposer"],
        seconder=said["seconder"],
        vote=Vote(**{**vote, "span": _must(vote["span"])}) if vote else None,
        outcome=Outcome(said["outcome"]) if said["outcome"] else None,
        outcome_at=_span(said["outcome_at"]),
        reply=_span(said["reply"]),
        amendments=tuple(_motion(each) for each in said["amendments"]),
    )


def _question(said: dict[str, Any]) -> Question:
    return Question(
        item=said["item"],
        span=_must(said["span"]),
        words=_must(said["words"]),
        asker=said["asker"],
        asked_of=said["asked_of"],
        replier=said["replier"],
        reply=_span(said["reply"]),
        supplementary=tuple(_question(each) for each in said["supplementary"]),
    )


def _resolution(said: dict[str, Any]) -> Resolution:
    return Resolution(
        item=said["item"],
        ruling=Ruling(said["ruling"]),
        span=_must(said["span"]),
        clauses=tuple(Clause(each["mark"], _must(each["span"])) for each in said["clauses"]),
    )
