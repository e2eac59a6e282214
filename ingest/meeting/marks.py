"""The marks on a paper: draft or confirmed, open or exempt."""

from __future__ import annotations

import re
from pathlib import PurePath

from ingest.meeting.filed import name_of
from ingest.meeting.heads import Head
from ingest.paper import CleanText, Fact, PaperKind, PaperState

_FLAGS = re.IGNORECASE
_DRAFT = re.compile(
    r"^\W*(?:draft|unconfirmed|unapproved|provisional)\W*$"
    r"|^\W*(?:draft|unconfirmed|unapproved|provisional)(?: \w+)? minutes?\b"
    r"|^\W*minutes\W+(?:draft|unconfirmed|unapproved|subject to (?:confirmation|approval))\b"
    r"|^\W*(?:these )?minutes (?:are |remain )?(?:\w+ )?subject to"
    r" (?:approval|confirmation)\b",
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
    r"|not for publication|pink papers?"
    r"|part (?:2|ii|two)|exempt information)\W*$"
    r"|^\W*not for publication\b(?! [–-]? ?none)"
    r"|^\W*(?:confidential|exempt|restricted|private|pink|closed|part (?:2|ii))\W{1,3}"
    r"(?:report|minutes|appendi(?:x|ces)|annexe?|papers?|pack|agenda|supplement|schedule)\b"
    r"|^\W*(?:exempt|confidential)\W.{0,60}\b(?:paragraphs? \d|schedule 12a)"
    r"|^\W*by virtue of paragraph",
    _FLAGS,
)
_SHUT_PART = re.compile(
    r"^\W*(?:appendix|annexe?|report|minutes|schedule|enclosure)\b.{0,60}"
    r"[\W_]\W?(?:exempt|confidential|not for publication)\W*$",
    _FLAGS,
)
"""The head of such a part: "Appendix 2 (exempt)". Reports list their appendices so too."""
_TITLE_LINES = 3
"""Lines of a head that can be its paper's own title."""
_MANY_ITEMS = re.compile(r"\bitems\b|\b(?:any|which|each) items?\b", _FLAGS)
"""An agenda's line about its exempt items; "not for publication: agenda item 9" is a paper's."""
_SHUT_SENTENCE = re.compile(
    r"(?<!to )(?<!of )(?<!in )\b(?:this|the|these) (?:report|paper|document|appendix|annexe?"
    r"|item|minutes?|pages)\b[^.]{0,40}\b(?:is|are|contains?)\b"
    r"(?! not\b)[^.]{0,60}\b(?:exempt|not for publication|confidential)\b",
    _FLAGS,
)
_SHUT_NAME = re.compile(
    r"(?<!non-)(?<!non )(?<!not )\b(?:exempt|confidential|restricted|part (?:2|ii)|pink papers?"
    r"|not for publication|private (?:report|minutes|appendix|session))\b"
    r"|\((?:private|exempt|restricted) pack\)",
    _FLAGS,
)
_SHUT_FOLDER = re.compile(
    r"^\W*(?:exempt|confidential|restricted|not for publication|part (?:2|ii))"
    r"(?: (?:papers?|reports?|minutes|items?|agendas?|packs?|session|business))?\W*$"
    r"|^\W*(?:private|pink|closed) (?:papers?|reports?|minutes|items?|agendas?|packs?|session)\W*$",
    _FLAGS,
)
_OPEN_FOLDER = re.compile(
    r"^\W*(?:open|public|published|unrestricted|non[- ]exempt|part (?:1|i|a))"
    r"(?: (?:papers?|reports?|minutes|items?|agendas?|packs?|session|business))?\W*$",
    _FLAGS,
)
_SUBJECT = re.compile(
    r"\b(?:supported )?exempt (?:supported )?(?:accommodation|housing|properties|vehicles?|premises"
    r"|offers?|persons?|charities|development|provision)\b"
    r"|\bexempt(?:ed)? (?:from (?!publication|disclosure)|under the (?!local government))"
    r"|\b(?:vat|tax|duty|rate|fee)s?[- ]exempt\b"
    r"|\bconfidential (?:\w+ )?(?:helplines?|lines?|waste|counselling|advice|support|services?"
    r"|reporting|shredding|enquir\w+|discussions?|conversations?)\b"
    r"|\brestricted (?:byways?|parking|access|zones?|areas?|reserves?|funds?|grants?|growth"
    r"|hours|streets?|roads?|mobility|tender\w*|procedure)\b"
    r"|\bprivate (?:sector|hire|rented|finance|members?)\b",
    _FLAGS,
)
"""Matters that councils debate in public under these words: housing benefit's exempt
accommodation, VAT, a confidential helpline, a restricted byway."""


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
    for at, line in enumerate(head.lines[:12]):
        marked = marks_shut(line) if at < _TITLE_LINES else _is_shut(line)
        if len(line) < 300 and marked and not _MANY_ITEMS.search(line):
            return Fact("exempt", line[:200], "text")
    if kind not in (PaperKind.AGENDA, PaperKind.PACK):
        sentence = _SHUT_SENTENCE.search(without_subjects(head.top(1500)))
        if sentence:
            return Fact("exempt", sentence.group()[:200], "text")
    for words, found_in in ((text.title or "", "metadata"), (name_of(source), "file name")):
        if _SHUT_NAME.search(without_subjects(words)):
            return Fact("exempt", words[:200], found_in)
    return _filed(source)


def marks_shut(line: str) -> bool:
    """Tell a line that only marks its paper, or a part of it, as not for the public."""
    return _is_shut(line) or bool(_SHUT_PART.search(line))


def _is_shut(line: str) -> bool:
    return bool(_SHUT_LINE.search(without_subjects(line)))


def without_subjects(words: str) -> str:
    """Return words without those that say "exempt" or "confidential" of something else."""
    return _SUBJECT.sub(" ", words)


def _filed(source: PurePath) -> Fact | None:
    """Believe the nearest folder whose whole name says "exempt" or "open"."""
    for folder in source.parents:
        name = " ".join(re.sub(r"[_+-]|%20", " ", folder.name).split())
        if _OPEN_FOLDER.match(name):
            return None
        if _SHUT_FOLDER.match(name):
            return Fact("exempt", folder.name[:200], "folder")
    return None
