"""Splits text into sentences, as exact spans, the way committee papers write them."""

from __future__ import annotations

import re
from functools import lru_cache

_NOT_AN_END = frozenset(
    """
    mr mrs ms miss dr prof rev hon sir st cllr cllrs cllr's councillors rt supt sgt insp ald
    no nos para paras p pp pg fig vol sec s ss reg regs art app ref refs ext tel approx est
    e.g i.e eg ie viz cf etc vs v a.m p.m am.m c ca jan feb mar apr jun jul aug sep sept oct nov
    dec mon tue tues wed thu thur thurs fri sat sun co ltd plc dept govt inc incl excl max min
    """.split()
)
"""Words whose full stop is not the end of a sentence (what stands before the stop, lower case)."""

_END = re.compile(r"[.!?…]+[\"'”’)\]]*(?=\s+\S)|[;:](?=\s+(?:[•\-–▪o]|\(?[a-z0-9]{1,3}\))\s)")
_WORD_BEFORE = re.compile(r"[\w.’']+$")
_STARTS_ANEW = re.compile(r"[\"'“‘(\[•▪–-]*\s*[A-Z0-9£€$]")
_LIST_MARK = re.compile(r"\(?(?:[a-z]|[ivx]{1,4}|\d{1,3}(?:\.\d{1,2})*)[.)]?", re.IGNORECASE)


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Return the sentences of a text as (start, end), end-exclusive and without outer spaces.

    A full stop ends a sentence unless it closes an abbreviation, an initial or a list mark, or
    what follows does not start anew. A line break always ends one. Together the spans hold every
    character that is not white space.
    """
    spans: list[tuple[int, int]] = []
    start = 0
    for line in text.splitlines(keepends=True):
        spans.extend((start + begin, start + end) for begin, end in _of_line(line.rstrip()))
        start += len(line)
    return spans


@lru_cache(maxsize=4096)
def _of_line(line: str) -> tuple[tuple[int, int], ...]:
    """Return the sentences of a line.

    Kept, for a paper's lines are read for who speaks, for what was promised and by the passage.
    """
    spans: list[tuple[int, int]] = []
    begin = 0
    for match in _END.finditer(line):
        if _ends_sentence(line, begin, match):
            spans.append((begin, match.end()))
            begin = match.end()
    spans.append((begin, len(line)))
    return tuple(trimmed for span in spans if (trimmed := _trim(line, *span)))


def _ends_sentence(text: str, begin: int, match: re.Match[str]) -> bool:
    if match.group()[0] in ";:":
        return True
    following = text[match.end() : match.end() + 12].lstrip()
    if not _STARTS_ANEW.match(following):
        return False
    if match.group()[0] in "!?…":
        return True
    before = text[max(begin, match.start() - 24) : match.start()].lstrip()
    if _LIST_MARK.fullmatch(text[begin : match.start()].strip()):
        return False
    word = _WORD_BEFORE.search(before)
    if word is None:
        return True
    last = word.group().casefold()
    return last.strip(".") not in _NOT_AN_END and not (len(last) == 1 and last.isalpha())


def _trim(text: str, start: int, end: int) -> tuple[int, int] | None:
    piece = text[start:end]
    stripped = piece.strip()
    if not stripped:
        return None
    lead = len(piece) - len(piece.lstrip())
    return start + lead, start + lead + len(stripped)
