"""What kind of item a title names, and the headings by which items are known without a number."""

from __future__ import annotations

import re

from ingest.meeting.marks import without_subjects
from ingest.paper import ItemKind

_FLAGS = re.IGNORECASE
_QUESTION = re.compile(
    r"^\W*(?:\w+[’']?s? ){0,4}questions?\b(?! time for)|\bquestions? (?:from|by|submitted|to"
    r"|put)\b",
    _FLAGS,
)
_MOTION = re.compile(
    r"^\W*(?:\w+ ){0,3}(?:notices? of )?motions?\b(?! for the exclusion)"
    r"|\bnotices? of motions? (?:submitted|from|by)\b",
    _FLAGS,
)
_STANDING = re.compile(
    r"\bapolog(?:y|ies)\b|\bdeclarations?\b.{0,40}\b(?:interest|pecuniary|party whip|lobbying)"
    r"|\bdisclos\w+\b.{0,40}\binterest"
    r"|^\W*(?:declarations?|disclosures?)\W*$|^\W*interests\W*$"
    r"|^\W*(?:\(?draft\)? )?minutes\b|\b(?:adoption|confirmation|approval|signing"
    r"|ratification) of (?:the )?(?:\w+ ){0,4}minutes\b"
    r"|\bminutes of\b.{0,80}\b(?:meeting|held)|\bminutes (?:for noting|of (?:the )?(?:last"
    r"|previous))|[-–] minutes\b|^\W*to (?:adopt|confirm|approve|sign|agree)\b.{0,30}\bminutes\b"
    r"|\bprevious minutes\b|\bmatters arising\b"
    r"|\bannouncements?\b|\bcommunications\b|\bcorrespondence\b"
    r"|\bany other (?:urgent )?business\b|^\W*a\.?\s?o\.?\s?b\b"
    r"|\burgent (?:business|items?|matters?)\b|\bother business\b|\bvotes? of (?:sympathy"
    r"|congratulations?|condolence)|\bsympath(?:y|ies)\b"
    r"|\b(?:dates?|time|day)s? (?:of|for|and time of) (?:the )?(?:next|future"
    r"|forthcoming)?\s?meetings?\b|\bnext meeting\b|\bfuture meetings\b"
    r"|\bexclusion of\b.{0,20}\b(?:press|public)|\bexclude the (?:press|public)"
    r"|\belection of (?:a |the )?(?:temporary |vice[- ]?|deputy )?chair|\bappointment of (?:a "
    r"|the )?(?:vice[- ]?|deputy )?chair"
    r"|\bsubstitut\w+\b|\bwelcome\b|\bintroductions?\b|\broll call\b|\bwebcast|\bfilming\b"
    r"|\bhousekeeping\b|\bevacuation\b"
    r"|\battendance\b|\bdisclosures? (?:by|of)\b|\bvisiting members\b|\bin private\b"
    r"|\bcall over\b|\bprocedural\b|\bcabinet member updates?\b|^\W*conferences?\b"
    r"|\bparticipation by members at\b|\breports? on conference"
    r"|\bclos(?:e|ure|ing) of (?:the )?meeting\b|\bprayers?\b|\bquorum\b|\bmembership\W*$",
    _FLAGS,
)
_ASKS = re.compile(r"^\W*[I|!l1]{0,1}\W*will (?:ask|as|at)\b(?! (?:all|its|a ))", _FLAGS)
_MOVES = re.compile(r"^\W*[I|!l1]{0,1}\W*will move\b", _FLAGS)
_SUBMITTED = re.compile(
    r"^\W*(?:adjourned |deferred |supplementary )*(?:questions?|notices? of motions?"
    r"|motions?)\b.{0,30}\b(?:submitted|tabled|proposed|from|by)\b(?! (?:the )?(?:previous|last))",
    _FLAGS,
)
_KNOWN = re.compile(
    r"^\W*(?:declarations? of (?:members[’'] )?interests?|(?:adoption|confirmation"
    r"|approval) of (?:the )?minutes"
    r"|votes? of (?:sympathy|congratulations?)|any other business|a\.?o\.?b\.?|correspondence"
    r"|election of (?:a )?(?:chair\w*|mayor.*)"
    r"|date of (?:the )?next meeting|matters arising|urgent business"
    r"|(?:emergency )?motion\b.{0,80})\W*$",
    _FLAGS,
)
_GROUP = re.compile(
    r"^\W*(?:adjourned |supplementary |deferred )*(?:questions?|notices? of motions?|motions?"
    r"|supplementary items?|"
    r"(?:un)?restricted items|exempt items|part [12a-b]|reports?"
    r"|notices? of motions? \w+ from .*)\W*$",
    _FLAGS,
)
_EXEMPT = re.compile(
    r"\bexempt\b|\bnot for publication\b|\bpink papers?\b|\bschedule 12a\b"
    r"|\b(?:confidential|restricted|private) (?:items?|reports?|minutes?|appendi(?:x|ces)|annexe?s?"
    r"|business|information|matters?)\b"
    r"|[(\[–—-]\W*(?:confidential|private|restricted|part (?:2|ii))\W*$",
    _FLAGS,
)
_NO_EXEMPT = re.compile(
    r"\bexclu|\bwhether\b|\bany\b|\bidentif|\bexemptions?\b|\bnon-exempt|\bnot exempt|\bpublic and"
    r"|^\W*(?:exempt|confidential|restricted|private) (?:items?|business|information)\W*$",
    _FLAGS,
)
"""Standing business about exempt matter, if it comes first: the exclusion of the public. "Land at
Quay Road (exempt: the public is excluded)" is exempt all the same."""


def kind_of(title: str | None, body: str = "") -> ItemKind:
    """Return what kind of item a title names, or failing that the first words of its business."""
    words = title or ""
    if _MOTION.search(words) or _MOVES.match(body):
        return ItemKind.MOTION
    if _ASKS.match(body) or (_QUESTION.search(words) and not _STANDING.search(words)):
        return ItemKind.QUESTION
    if _STANDING.search(words[:160] if title else body[:200]):
        return ItemKind.STANDING
    return ItemKind.SUBSTANTIVE


def asks_or_moves(words: str) -> bool:
    """Tell whether words are a question's or a motion's own: "I will ask at the next Meeting"."""
    return bool(_ASKS.match(words) or _MOVES.match(words))


def names_question_or_motion(words: str) -> bool:
    """Tell whether a line heads one question or motion: "Notice of Motion submitted by ..."."""
    return bool(_SUBMITTED.match(words)) and len(words) < 400


def is_known_heading(words: str) -> bool:
    """Tell whether a line is one of the headings that every council prints, numbered or not."""
    return bool(_KNOWN.match(words)) and len(words) < 120


def is_group(words: str) -> bool:
    """Tell whether a line heads a group of items: QUESTIONS, NOTICES OF MOTION."""
    return bool(_GROUP.match(words))


def title_exempt(title: str | None) -> bool:
    """Tell whether a title itself says that the item is not for the public."""
    words = without_subjects(title or "")
    told, other = _EXEMPT.search(words), _NO_EXEMPT.search(words)
    return told is not None and (other is None or other.start() > told.start())
