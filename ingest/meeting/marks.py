"""The marks on a paper: draft or confirmed, open or exempt."""

from __future__ import annotations

import re
from pathlib import PurePath

from ingest.meeting.filed import name_of
from ingest.meeting.heads import Head
from ingest.paper import CleanText, Fact, PaperKind, PaperState

_FLAGS = re.IGNORECASE
_DRAFT = re.compile(
    r"^\W*(?:draft|unconfirmed|unapproved)\W*$"
    r"|^\W*(?:draft|unconfirmed|unapproved)(?: \w+)? minutes\b"
    r"|^\W*minutes\W+(?:draft|unconfirmed|unapproved|subject to (?:confirmation|approval))\b",
    _FLAGS,
)
_CONFIRMED = re.compile(
    r"^\W*(?:confirmed|approved|adopted|signed) minutes\b|^\W*minutes\W+(?:confirmed|approved)\b",
    _FLAGS,
)
_CLASS = re.compile(
    r"\b(?:classification|(?:report |exempt(?:ion)? |access |security )?status|exempt information"
    r"|public ?/ ?private|part)\s?:\s?(?P<value>[^:]{2,60})",
    _FLAGS,
)
_OPEN = re.compile(
    r"\bunrestricted|\bpublic\b|\bopen\b|\bnon?[ -]?exempt|\bnot exempt|\bpart (?:1|i|one)\b"
    r"|\bnone\b|\bno\b|\bofficial\b(?!-)",
    _FLAGS,
)
_SHUT = re.compile(
    r"\bexempt|\bconfidential|\brestricted|\bnot for publication|\bprivate"
    r"|\bpart (?:2|ii|two)\b|\bclosed\b",
    _FLAGS,
)
_SHUT_LINE = re.compile(
    r"^\W*(?:(?:strictly |private and |private & )?confidential|restricted|exempt"
    r"|not for publication"
    r"|part (?:2|ii|two)|exempt (?:report|minutes|appendix|information|annexe?))\W*$"
    r"|^\W*not for publication\b(?! [–-]? ?none)|^\W*(?:confidential|exempt|part (?:2"
    r"|ii)) (?:report|minutes|"
    r"appendix)\b|^\W*(?:exempt|confidential)\W.{0,60}\bparagraphs? \d"
    r"|^\W*by virtue of paragraph",
    _FLAGS,
)
_SHUT_SENTENCE = re.compile(
    r"(?<!to )(?<!of )(?<!in )\b(?:this|the) (?:report|paper|document|appendix|annexe?"
    r"|item)\b[^.]{0,40}\b(?:is|contains)\b"
    r"(?! not\b)[^.]{0,60}\b(?:exempt|not for publication|confidential)\b",
    _FLAGS,
)
_SHUT_NAME = re.compile(
    r"(?<!non-)(?<!non )(?<!not )\b(?:exempt|confidential|restricted|part 2|not for publication)\b"
    r"|\((?:private|exempt|restricted) pack\)",
    _FLAGS,
)


def tell_state(head: Head, kind: PaperKind) -> tuple[PaperState, Fact] | None:
    """Return what the heading of minutes says of their state; a draft budget is no draft."""
    if kind is not PaperKind.MINUTES:
        return None
    for line in head.lines[:12]:
        for state, words in ((PaperState.DRAFT, _DRAFT), (PaperState.CONFIRMED, _CONFIRMED)):
            if words.search(line):
                return state, Fact(state.value, line[:200], "text")
    return None


def tell_exempt(source: PurePath, text: CleanText, head: Head, kind: PaperKind) -> Fact | None:
    """Return what shows that the paper is not for the public; None where it is open.

    A report that only mentions an exempt appendix is open, and so is an agenda with exempt items.
    """
    label = _CLASS.search(head.top(1500))
    if label and (_OPEN.search(label["value"]) or _SHUT.search(label["value"])):
        opened = _OPEN.search(label["value"])
        shut = _SHUT.search(label["value"])
        if opened and (not shut or opened.start() <= shut.start()):
            return None
        return Fact("exempt", label.group().strip(), "text")
    for line in head.lines[:12]:
        if (
            len(line) < 300
            and _SHUT_LINE.search(line)
            and not re.search(r"\bitems?\b", line, _FLAGS)
        ):
            return Fact("exempt", line[:200], "text")
    if kind in (PaperKind.REPORT, PaperKind.APPENDIX, PaperKind.DECISION, PaperKind.OTHER):
        sentence = _SHUT_SENTENCE.search(head.top(1500))
        if sentence:
            return Fact("exempt", sentence.group()[:200], "text")
    for words, found_in in ((text.title or "", "metadata"), (name_of(source), "file name")):
        if _SHUT_NAME.search(words):
            return Fact("exempt", words[:200], found_in)
    return None


def marks_shut(line: str) -> bool:
    """Tell a line that only marks its paper as not for the public."""
    return bool(_SHUT_LINE.search(line))
