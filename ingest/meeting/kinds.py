"""Tells what a paper is for: from its own head first, then its outline, metadata and file name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePath

from ingest.meeting.filed import name_of
from ingest.meeting.heads import Head
from ingest.paper import CleanText, Fact, PaperKind

_FLAGS = re.IGNORECASE


@dataclass(frozen=True, slots=True)
class _Cue:
    """Words that show a kind, and how far into the head they may stand."""

    kind: PaperKind
    words: re.Pattern[str]
    within: int


def _cue(kind: PaperKind, words: str, within: int = 700) -> _Cue:
    return _Cue(kind, re.compile(words, _FLAGS), within)


_FORMS = (
    _cue(PaperKind.TRANSCRIPT, r"^\W*(?:webvtt|(?:verbatim )?transcript)\b", 200),
    _cue(
        PaperKind.DECISION,
        r"\brecord of (?:\w+ ){0,3}decision|\bdecision (?:record|notice|details|sheet)\b"
        r"|\bdecision to be taken by\b|\bnotice of (?:\w+ )?decision"
        r"|\bdecision status ?:|\b(?:officer|delegated|cabinet member"
        r"|portfolio holder) decision\b",
        500,
    ),
    _cue(PaperKind.APPENDIX, r"^\W*(?:appendix|annexe?)\b", 60),
    _cue(
        PaperKind.MOTION,
        r"\bamendment form\b|^\W*(?:notice of )?motions?\b(?! for time)"
        r"|^\W*(?:proposed )?amendment\b",
        200,
    ),
)
"""Forms that name themselves: the first that fits decides."""
_MINUTES = re.compile(
    r"\bminutes of (?:the )?(?:proceedings?|(?:[\w-]+ ){0,4}meetings?|(?:[\w-]+ ){0,8}(?:committee"
    r"|council|"
    r"cabinet|panel|board|forum))\b|^(?:draft |printed |unconfirmed |public )?minutes$"
    r"|\bmeeting of .{3,160}?\b(?:was|were) held\b|\bthe following were in attendance\b"
    r"|\b(?:members? )?present ?: |\bpresent in the chair\b"
    r"|^\W*minute of (?:the )?(?:[\w-]+ ){0,8}(?:meeting|committee|council|board|forum)\b",
    _FLAGS | re.MULTILINE,
)
"""Scots write one "minute of meeting"."""
_RECORDED = re.compile(
    r"\bapolog(?:y|ies)\b[^.]{0,80}\b(?:was|were|had been) (?:[\w-]+ )?"
    r"(?:received|given|noted|accepted|submitted|tendered)\b|^minutes:$",
    _FLAGS | re.MULTILINE,
)
"""What only minutes tell, where no heading says that they are some."""
_AGENDA = re.compile(
    r"^a ?g ?e ?n ?d ?a\b(?! item)|\bsummons\b|\b(?:requested|invited|summoned) to attend\b"
    r"|\bbusiness to be transacted\b|\bnotice (?:is hereby given|of meeting)\b"
    r"|\bmeeting of .{3,160}?\b(?:will (?:be held|take place)|to be held)\b"
    r"|\b(?:refer to|addition(?:al item)? to) the agenda\b|\bsupplementary (?:item|agenda)\b"
    r"|\bhas called a (?:\w+ )?meeting\b|\bto (?:all|each) members? of\b",
    _FLAGS | re.MULTILINE,
)
_PACK_LETTER = re.compile(r"\b(?:able to enclose|please find enclosed|enclosed are)\b", _FLAGS)
_PACK_TITLE = re.compile(r"\((?:public|private|restricted|exempt) pack\)|\breports? pack\b", _FLAGS)
_REPORT = re.compile(
    r"\bfrom ?: .{3,400}?\b(?:to|subject) ?: |\breports? (?:of|to|by|from|title|author)\b"
    r"|\bpurpose of (?:the |this )?report\b|\bexecutive summary\b|\b(?:1\.?"
    r"|2\.?) recommendations?\b"
    r"|^recommendations?\b|^reference from\b|^summary ?:|\bsubject ?: |\breport no\b",
    _FLAGS | re.MULTILINE,
)
_PAGES_OF_SITES = (
    "agenda item",
    "issue - items at meetings",
    "issue - meetings",
    "meeting details",
)
_SITE_HEADING = re.compile(r"browse |agenda(?:, decisions)?(?: and |, )minutes", _FLAGS)
_LABELS = (
    (PaperKind.MINUTES, "Minutes:"),
    (PaperKind.DECISION, "Decision:"),
    (PaperKind.MINUTES, r"RESOLVED\b"),
)
"""What begins a line of such a page where a meeting's minutes or decisions stand on it."""
_FORM = re.compile(r"\b(?:eqia|equality impact|dpia|data protection impact)\b", _FLAGS)
_NAMES = (
    (PaperKind.APPENDIX, re.compile(r"\b(?:appendix|annexe?|eqia|dpia|map)\b", _FLAGS)),
    (PaperKind.DECISION, re.compile(r"\b(?:p?rod|decision notice|record of decision)\b", _FLAGS)),
    (PaperKind.MOTION, re.compile(r"\b(?:amendment|notice of motion|motion)\b", _FLAGS)),
    (PaperKind.QUESTIONS, re.compile(r"\bquestions?\b", _FLAGS)),
    (PaperKind.REPORT, re.compile(r"\b(?:report|statement|strategy|update|review)\b", _FLAGS)),
    (PaperKind.TRANSCRIPT, re.compile(r"\btranscript\b", _FLAGS)),
    (PaperKind.PACK, re.compile(r"\bpacks?\b", _FLAGS)),
    (PaperKind.MINUTES, re.compile(r"\bminutes\b", _FLAGS)),
    (PaperKind.AGENDA, re.compile(r"\b(?:agenda|summons|frontsheet)\b", _FLAGS)),
)
_QUESTIONS = re.compile(
    r"^\W*(?:written |oral |public |members[’'] )*questions?\b.{0,60}\b(?:from|by|to|put"
    r"|submitted|"
    r"answers?|repl(?:y|ies)|council|members?|public)\b",
    _FLAGS,
)
_SPEAKER = re.compile(r"^(?:\[?\d\d:\d\d(?::\d\d)?\]?\s*)?[A-Z][\w .'’\-]{2,40}:\s+\S")
_NUMBERED_ENTRY = re.compile(r"(?:item )?\d+[a-z]?\b", _FLAGS)
_PAGES = re.compile(r"\(pages? \d+ ?[-–—to]+ ?(\d+)\)", _FLAGS)
_AGENDA_CHARS = 8_000
_PACK_PAGES = 12
"""An agenda's own pages seldom exceed this; with an outline of items behind it, it is a pack."""


def tell_kind(source: PurePath, text: CleanText, head: Head) -> tuple[PaperKind, Fact | None]:
    """Return the paper's kind and what tells it; OTHER and None where nothing does."""
    return (
        _pack(text, head)
        or _web_page(text, head)
        or _form(head)
        or _meeting_paper(source, head)
        or _supporting(source, text, head)
        or (PaperKind.OTHER, None)
    )


_Told = tuple[PaperKind, Fact]


def _told(kind: PaperKind, words: str, found_in: str = "text") -> _Told:
    return kind, Fact(kind.value, " ".join(words.split())[:200], found_in)


def _pack(text: CleanText, head: Head) -> _Told | None:
    title = text.title or ""
    named = _PACK_TITLE.search(title)
    if named and len(text.outline) > 1:
        return _told(PaperKind.PACK, title, "metadata")
    letter = _PACK_LETTER.search(head.top(900))
    if letter and re.search(r"\bagenda\b", head.top(900), _FLAGS) and len(text.pages) > 1:
        return _told(PaperKind.PACK, letter.group())
    numbered = [entry for entry in text.outline if _NUMBERED_ENTRY.match(entry.title)]
    if len(numbered) > 1 and _AGENDA.search("\n".join(head.lines[:25])) and _holds_reports(text):
        return _told(PaperKind.PACK, numbered[0].title, "outline")
    return None


def _holds_reports(text: CleanText) -> bool:
    """Tell whether the pages that an agenda refers to ("Pages 11 - 84") are in the file."""
    referred = [int(each[1]) for each in _PAGES.finditer(text.text[:_AGENDA_CHARS])]
    if referred:
        return max(referred) <= len(text.pages)
    return len(text.pages) > _PACK_PAGES


def _web_page(text: CleanText, head: Head) -> _Told | None:
    """Tell a ModernGov page from the furniture that every council's site has."""
    first = head.lines[0].lower() if head.lines else ""
    site = next((line.lower() for line in head.lines[:3] if _SITE_HEADING.match(line)), None)
    body = text.text
    titled = re.match(r"(?:agenda|minutes|decisions) (?:for|of)\b", text.title or "", _FLAGS)
    if titled or first in _PAGES_OF_SITES or site:
        for kind, label in _LABELS:
            at = re.search(rf"^\W*{label}", body, re.MULTILINE)
            if at:
                return _told(kind, at.group())
        if not titled:
            return _told(PaperKind.AGENDA, site or first)
    if first in ("decision details", "decision"):
        return _told(PaperKind.DECISION, first)
    return None


def _form(head: Head) -> _Told | None:
    for cue in _FORMS:
        match = cue.words.search(head.top(cue.within))
        if match:
            return _told(cue.kind, match.group())
    questions = _QUESTIONS.search(head.top(200))
    if questions:
        return _told(PaperKind.QUESTIONS, questions.group())
    return None


def _meeting_paper(source: PurePath, head: Head) -> _Told | None:
    """Tell minutes from agendas: whichever shows itself first in the head."""
    if re.match(r"\W*from ?:", head.flat, _FLAGS):
        return None  # a report's form: it may say what happens at the meeting
    lines = "\n".join(head.lines[:40])
    found = [
        (match.start(), kind, match.group())
        for kind, words in ((PaperKind.MINUTES, _MINUTES), (PaperKind.AGENDA, _AGENDA))
        for text in (lines[:1800], head.top(1800))
        if (match := words.search(text))
    ]
    if not found:
        return None
    name = name_of(source)
    if re.search(r"^(?:map|appendix|report)\b", name, _FLAGS):
        return None
    _, kind, words = min(found)
    return _told(kind, words)


def _supporting(source: PurePath, text: CleanText, head: Head) -> _Told | None:
    name = name_of(source)
    if re.search(r"\b(?:appendix|annexe?)\b", name, _FLAGS):
        return _told(PaperKind.APPENDIX, name, "file name")
    form = _FORM.search(head.top(200))
    if form:
        return _told(PaperKind.APPENDIX, form.group())
    turns = sum(bool(_SPEAKER.match(line)) for line in head.lines)
    if turns >= 10 and turns * 2 >= len(head.lines):
        return _told(PaperKind.TRANSCRIPT, head.lines[0])
    recorded = _RECORDED.search("\n".join(head.lines))
    if recorded:
        return _told(PaperKind.MINUTES, recorded.group())
    report = _REPORT.search("\n".join(head.lines)[:3000])
    if report:
        return _told(PaperKind.REPORT, report.group())
    for kind, words in _NAMES:
        if words.search(name):
            return _told(kind, name, "file name")
    return None
