"""How far the words go that "RESOLVED that:" or "the following motion:" leads into."""

from __future__ import annotations

import re

from ingest.business.regions import Region
from ingest.cleaning.starts import ends, ends_sentence, goes_on
from ingest.paper import Clause

MARK = re.compile(
    r"^[\s“\"‘']*(?:\((?P<a>[A-Za-z]|[ivx]{1,4}|\d{1,2})\)|(?P<b>[A-Za-z]|[ivx]{1,4}|\d{1,2}(?:\.\d{1,2})?)[.)]"
    r"|(?P<d>\d{1,2}\.\d{1,2})|(?P<c>[•▪\-–]))\s",
    re.MULTILINE,
)
_INLINE = re.compile(r"(?<=[\s;,:.])\((?P<mark>[a-z]|[ivx]{1,4}|\d{1,2})\)\s")
_LEADS = re.compile(r"(?:[:;,–-]|\b(?:that|to|the|and|following))[\s“\"‘']*$", re.IGNORECASE)
_ROMANS = "i ii iii iv v vi vii viii ix x xi xii".split()
_OPENS, _CLOSES = "“", "”"
_LABEL_CHARS = 40
_MOST_LINES = 60
_MOST_BROKEN = 3
"""Lines that one sentence is broken into; more are a bad scan."""
_ENDING = 100
"""Characters that show whether a line leads on: of a bad scan it may be a page long."""
_STOPS = re.compile(
    r"^\W{0,3}(?:reply|proposed by|seconded by|moved by|for \(|against \(|in favour\b|signed\b"
    r"|following\s(?:the\s)?(?:debate|discussion|a\sdebate)|on\s(?:the\s)?(?:proposal|proposition)"
    r"|and resolved|an?\s(?:[\w\-]+\s){0,2}(?:vote|ballot)\b"
    r"|(?:\(?\d{1,3}[.)]{1,2}\s)?(?:the\s(?:chair|motion|amendment|mayor|leader)|resolved|following\sthe))",
    re.IGNORECASE,
)


def extent(region: Region, start: int, led: int) -> int:
    """Return where the words end that begin at start and go on at least to led.

    They go to the end of the quotation that opens in them; over the list that they lead into; or
    else to the end of their line.

    Args:
        region: where they stand.
        start: their first character.
        led: the end of what leads into them ("RESOLVED that").
    """
    line_end = region.line_end(led)
    quoted = _quotation(region, start, led)
    if quoted is not None:
        return quoted
    ending = region.text[max(start, line_end - _ENDING) : line_end]
    if not _LEADS.search(ending) and not ending.rstrip().endswith(":"):
        return line_end
    return list_end(region, line_end)


def _quotation(region: Region, start: int, led: int) -> int | None:
    """Return the end of a quotation that opens at once after the lead, if one does."""
    opened = region.text.find(_OPENS, start, led + 60)
    if opened < 0 or _closes_inside(region.text[opened : region.line_end(opened)]):
        return None
    end = opened
    for _ in range(_MOST_LINES):
        line = region.text[end : region.line_end(end)]
        closed = line.rstrip(" .;,").endswith(_CLOSES)
        end += len(line.rstrip()) if closed else len(line)
        after = region.text[end + 1 : region.line_end(end + 1)].rstrip()
        if closed and after.endswith(":") and len(after) < _LABEL_CHARS and not _STOPS.match(after):
            closed = False  # "Funding source:" and another quotation
        if closed or end >= len(region.text) or _STOPS.match(region.text[end + 1 : end + 120]):
            break
        end += 1
    return end


def unbroken(region: Region, end: int) -> int:
    """Return where words end that break off at a line's end: a page's end may part a sentence."""
    for _ in range(_MOST_BROKEN):
        line = region.text[region.line_start(max(0, end - 1)) : end].rstrip()
        after = region.text[end + 1 : region.line_end(end + 1)]
        # A list's entry that ends without a stop is followed by its next, a label by its field.
        broken = end == region.line_end(end) and not ends(line) and not line.endswith(",")
        if not broken or MARK.match(after) or not (after[:1].islower() or goes_on(line)):
            break
        end = region.line_end(end + 1)
    return end


def _closes_inside(line: str) -> bool:
    """Tell whether what opens with a line is closed before the line's end: a term, a title."""
    ends = line.rstrip(" .;,").endswith(_CLOSES)
    return not ends and 0 < line.count(_OPENS) <= line.count(_CLOSES)


def list_end(region: Region, end: int) -> int:
    """Return where the list, or the one paragraph, below a lead-in ends."""
    last: dict[str, int] = {}
    listed = short = False
    for _ in range(_MOST_LINES):
        start = end + 1
        if start >= len(region.text):
            break
        stop = region.line_end(start)
        line = region.text[start:stop]
        match = MARK.match(line)
        leads = listed and not ends_sentence(region.text[region.line_start(end) : end].rstrip())
        if _STOPS.match(line) or (match and not _goes_on(match, last, leads)):
            break
        follows = line[:1].islower() or line[:1] in _OPENS or (short and _is_short(line))
        if match is None and listed and not follows:
            break
        short = short or (match is None and not listed and _is_short(line))
        end = stop
        if match is None and not listed and not short and line.rstrip()[-1:] not in ":;,":
            break
        listed = True
    return end


def _is_short(line: str) -> bool:
    """Tell a date or a name of a list without marks from a sentence."""
    return len(line) < _LABEL_CHARS and line.rstrip()[-1:] not in ".:"


def mark_of(match: re.Match[str]) -> str | None:
    """Return the mark that MARK found, without brackets and stop; None of a bullet."""
    return match["a"] or match["b"] or match["d"]


def _goes_on(match: re.Match[str], last: dict[str, int], leads: bool) -> bool:
    """Tell whether a mark begins a list or is the next of one: "5. Contacts" after (f) is none.

    Args:
        match: the mark.
        last: the last mark of each way of counting so far; the mark is added to it.
        leads: the entry above may lead into a list within it; one that ends its sentence does not,
            and "1. Background" below it is the next paragraph.
    """
    mark = (mark_of(match) or "").lower()
    if not mark:
        return True
    readings = list(_ranks(mark))
    nexts = [(way, rank) for way, rank in readings if last.get(way, -1) == rank - 1]
    firsts = [(way, rank) for way, rank in readings if rank == 1 and (leads or not last)]
    last.update(nexts or firsts)
    return bool(nexts or firsts) or (not last and "." in mark)


def _ranks(mark: str) -> list[tuple[str, int]]:
    """Return how a mark may be counted: "i" is the first Roman number and the ninth letter."""
    if "." in mark:
        whole, part = mark.split(".")
        return [(whole, int(part))]
    if mark.isdigit():
        return [("number", int(mark))]
    ways = [("letter", ord(mark) - ord("a") + 1)] if len(mark) == 1 else []
    return ways + ([("roman", _ROMANS.index(mark) + 1)] if mark in _ROMANS else [])


def clauses(region: Region, start: int, end: int) -> tuple[Clause, ...]:
    """Return the numbered parts of a stretch of a region, placed in the paper's text."""
    words = region.text[start:end]
    found = [
        (mark, match.start() + len(match.group()) - len(match.group().lstrip()))
        for match in MARK.finditer(words)
        if match.start() > 0 and (mark := mark_of(match))
    ]
    if not found or all(rank != 1 for _, rank in _ranks(found[0][0].lower())):
        found = _ascending(words) or found
    if not found:
        return ()
    edges = [at for _, at in found[1:]] + [len(words)]
    made = []
    for (mark, at), until in zip(found, edges, strict=True):
        span = region.trimmed(start + at, start + until)
        if span:
            made.append(Clause(mark, (region.start + span[0], region.start + span[1])))
    return tuple(made)


def _ascending(words: str) -> list[tuple[str, int]]:
    """Return the parts (a), (b), (c) that stand in one paragraph; none where only one does."""
    found = [(match["mark"], match.start()) for match in _INLINE.finditer(words)]
    for first in ("a", "1", "i"):
        chain = _chain(found, first)
        if len(chain) > 1:
            return chain
    return []


def _chain(found: list[tuple[str, int]], first: str) -> list[tuple[str, int]]:
    chain: list[tuple[str, int]] = []
    for mark, at in found:
        rank = len(chain)
        wanted = {"a": chr(ord("a") + rank), "1": str(rank + 1), "i": _ROMANS[min(rank, 11)]}[first]
        if mark == wanted:
            chain.append((mark, at))
    return chain
