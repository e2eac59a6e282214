"""Reads what a question says of the papers: their kind, a reference, an item, a quotation."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.paper import PaperKind, PaperState
from search.readings.reading import Reading, ReadingKind

_KINDS = tuple(
    (kind, re.compile(pattern, re.IGNORECASE))
    for kind, pattern in (
        (PaperKind.MINUTES, r"\bminutes\b(?! (?:\d|late|early|away|long|walk|drive))"),
        (PaperKind.AGENDA, r"\bagenda\b(?! item)"),
        (
            PaperKind.REPORT,
            r"\b(?:in|from) (?:the|a|an|which|what) (?:[\w'’-]+ ){0,3}?reports?\b"
            r"|\bwhich reports?\b|\bofficers?['’] reports?\b",
        ),
        (PaperKind.DECISION, r"\bdecision (?:record|notice|sheet)s?\b|\brecord of decisions?\b"),
        (PaperKind.APPENDIX, r"\bappendix\b|\bappendices\b"),
        (PaperKind.MOTION, r"\b(?:notices? of motion|motions?)\b"),
        (PaperKind.TRANSCRIPT, r"\btranscripts?\b"),
    )
)
_DRAFT = re.compile(r"\bdraft(?= minutes\b)|\bunconfirmed\b", re.IGNORECASE)
_REFERENCE = re.compile(
    r"(?<![\w/.£€$-])(?:[A-Z]{1,5}/)*\d{2,4}/\d{3,6}(?:/[A-Z0-9]{1,5})*(?![\w/])"
    r"|(?<![\w/.-])[A-Z]{1,5}(?:/[A-Z]{1,5})*/\d{2,6}(?:/[A-Z0-9]{1,6})*(?![\w/])"
)
_MINUTE = re.compile(r"\bminute (?:no\.? ?|number )?(\d{1,4}[a-z]?)\b", re.IGNORECASE)
_ITEM = re.compile(r"\bitem (?:no\.? ?|number )?(\d{1,3}(?:\.\d{1,2})?[a-z]?)\b", re.IGNORECASE)
_QUOTED = re.compile(r"[\"“]([^\"“”]{2,200})[\"”]")


def kinds(question: str) -> Iterator[Reading]:
    """Yield the kinds of paper that a question names, and whether it wants a draft."""
    for kind, pattern in _KINDS:
        for match in pattern.finditer(question):
            yield _reading(ReadingKind.KIND, match, kind.value)
    for match in _DRAFT.finditer(question):
        yield _reading(ReadingKind.STATE, match, PaperState.DRAFT.value)


def references(question: str) -> Iterator[Reading]:
    """Yield the references, minutes, items and quoted phrases of a question; all soft as yet."""
    for match in _QUOTED.finditer(question):
        yield _reading(ReadingKind.PHRASE, match, " ".join(match[1].split()))
    for match in _REFERENCE.finditer(question):
        yield _reading(ReadingKind.REFERENCE, match, match[0])
    for match in _MINUTE.finditer(question):
        yield _reading(ReadingKind.MINUTE, match, match[1])
    for match in _ITEM.finditer(question):
        yield _reading(ReadingKind.ITEM, match, match[1])


def _reading(kind: ReadingKind, match: re.Match[str], value: str) -> Reading:
    return Reading(kind, match.start(), match.end(), match[0], (value,))
