"""The names that a library knows, out of the database: bodies, speakers, acronyms."""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from datetime import date

from ingest.acronyms import acronyms
from search.readings.names import Expansion, KnownBody, Names
from search.readings.tokens import SMALL, tokens


def insert_acronyms(db: sqlite3.Connection, paper: int, text: str) -> None:
    """Keep what a paper's acronyms stand for; part of the transaction that adds the paper."""
    db.executemany(
        "INSERT INTO acronym VALUES (?, ?, ?)", [(paper, *each) for each in acronyms(text)]
    )


def names(db: sqlite3.Connection) -> Names:
    """Return every name that a question may hold."""
    return Names(_bodies(db), _speakers(db), _expansions(db))


def _bodies(db: sqlite3.Connection) -> list[KnownBody]:
    rows = db.execute(
        "SELECT DISTINCT body.name, paper.body, paper.meeting_date FROM paper"
        " JOIN body ON body.key = paper.body_key"
    )
    spelt: defaultdict[str, set[str]] = defaultdict(set)
    met: defaultdict[str, set[date]] = defaultdict(set)
    for name, spelling, day in rows:
        spelt[name].add(spelling)
        if day:
            met[name].add(date.fromisoformat(day))
    return [
        KnownBody(name, tuple(sorted(spelt[name])), tuple(sorted(met[name])))
        for name in sorted(spelt)
    ]


def _speakers(db: sqlite3.Connection) -> list[str]:
    rows = db.execute(
        "SELECT DISTINCT value FROM (SELECT DISTINCT speakers FROM passage WHERE speakers <> '[]')"
        " AS spoke, json_each(spoke.speakers) ORDER BY 1"
    )
    return [str(name) for (name,) in rows]


def _expansions(db: sqlite3.Connection) -> list[Expansion]:
    """Return each acronym's meanings; those that differ in case, inflection or commas are one."""
    rows = db.execute(
        "SELECT acronym.short, acronym.long, coalesce(body.name, ''), count(*) FROM acronym"
        " JOIN paper ON paper.number = acronym.paper"
        " LEFT JOIN body ON body.key = paper.body_key GROUP BY 1, 2, 3 ORDER BY 4 DESC, 1, 2, 3"
    ).fetchall()
    shown: dict[tuple[str, tuple[str, ...]], tuple[str, str]] = {}
    counted: defaultdict[tuple[str, tuple[str, ...]], Counter[str]] = defaultdict(Counter)
    for short, long, body, papers in rows:
        stems = tuple(each.stem for each in tokens(long) if each.low not in SMALL)
        key = (short.casefold(), stems)
        shown.setdefault(key, (short, long))
        counted[key][body] += papers
    return [Expansion(*shown[key], dict(by_body)) for key, by_body in counted.items()]
