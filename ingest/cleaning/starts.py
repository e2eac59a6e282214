"""What the first and last characters of a line tell: numbers, bullets, ends of sentences."""

from __future__ import annotations

import re

BULLET = re.compile(r"(?:[•*]\s*|[-–—o»>]\s+)(?=\S)|[•*–—-]$")
NUMBER = re.compile(
    r"(?:(?:Item|ITEM)\s\d{1,3}[.:]|\d{1,3}[.)]|\d{1,3}(?:\.\d{1,3}){1,4}[.)]?|\d{1,3}\s?\([a-z]{1,3}\)[.)]?|\d{1,3}[a-z][.)])"
    r"(?=\s|$)"
)
LETTER = re.compile(
    r"(?:\((?:[a-z]{1,2}|[ivxl]{1,6}|[A-Z]|\d{1,3})\)|(?:[a-z]|[ivxl]{1,6}|[A-Z])[.)])(?=\s|$)"
)
_GLUED = re.compile(r"(?:\d{1,3}(?:\.\d{1,3}){1,3}\.?|\d{1,3}[.)]|\([a-z]{1,3}\))(?=[A-Z“‘])")
_LABEL = re.compile(r"[^\W\d_a-z][^\n:.;]{2,40}:(?:\s|$)")
_AMOUNT = re.compile(
    r"[\d.]+\s*(?:[ap]\.?m\b|%|million|billion|per\b|hours|hrs|miles|km\b|[mk]\b)", re.I
)
_FIGURES = re.compile(r"0\d*\.|\d[\d.]*\s+(?:[-+(£]*\d[\d,]*\.\d|[-+£]\d|\d{1,3},\d{3})")
_LAST = re.compile(r"[.!?:;…][\"'’”)\]]*$")
_SENTENCE_END = re.compile(r"[.!?…][\"'’”)\]]*$")
_NO_END = re.compile(
    r"\b(?:Mr|Mrs|Ms|Miss|Dr|Cllr|Cllrs|Co|St|No|Nos|Rev|Prof|Hon|cf|e\.g|i\.e|vs|para|Fr|[A-Z])\.$"
)
_JOINING = (
    "the|a|an|of|and|or|to|in|on|for|by|at|with|from|that|which|is|are|was|were|be|been|has|have|"
    "had|will|would|as|its|their|this|these|than|into|not|agus|na|an"
)
_QUOTED = re.compile(r"[.!?][\"”’]$|[\"”’][.;]$")
_GOES_ON = re.compile(
    rf"(?:[,&/]|\w[’']s|\b(?:{_JOINING}|Mr|Mrs|Ms|Miss|Dr|Cllrs?|Councillors?|Co|St|Nos?)\.?)$",
    re.IGNORECASE,
)
_CAPITALS = re.compile(r"\b[^\W\d_]+\b")
_LEADER = re.compile(r"(?:\.{3}|…|_{3})\s*\d{1,4}$")
_ONLY_JOINS = re.compile(rf"(?:{_JOINING}|held)", re.IGNORECASE)


def bullet(text: str) -> str | None:
    """Return the bullet that text starts with, spaces included."""
    found = BULLET.match(text)
    return found[0] if found else None


def number(text: str) -> str | None:
    """Return the number that text starts with as a heading or list entry: "7.", "1.1", "(a)"."""
    found = NUMBER.match(text) or LETTER.match(text)
    if found is None or _AMOUNT.match(text) or _FIGURES.match(text):
        return None
    return found[0]


def glued(text: str) -> int:
    """Return where a number ends that runs into its first word ("1.1On Monday"), or 0."""
    found = _GLUED.match(text)
    return found.end() if found else 0


def label(text: str) -> str | None:
    """Return the label that text starts with, colon included: "Present:", "APOLOGIES:"."""
    found = _LABEL.match(text)
    return found[0].strip() if found else None


def marker(text: str) -> str | None:
    """Return the bullet or number that text starts with."""
    return bullet(text) or number(text)


def only_marker(text: str) -> bool:
    """Tell whether text is nothing but a number or bullet waiting for its words."""
    found = marker(text)
    return found is not None and found.strip() == text.strip()


def ends(text: str) -> bool:
    """Tell whether text closes with punctuation after which a new block may begin."""
    return bool(_LAST.search(text[-6:])) and not _NO_END.search(text[-12:])


def ends_sentence(text: str) -> bool:
    """Tell whether text closes a sentence."""
    return bool(_SENTENCE_END.search(text[-6:])) and not _NO_END.search(text[-12:])


def closes_quotation(text: str) -> bool:
    """Tell whether text closes a quotation together with a sentence."""
    return _QUOTED.search(text[-6:]) is not None


def goes_on(text: str) -> bool:
    """Tell whether text breaks off where no one ends a paragraph: after "the", after a comma."""
    return bool(_GOES_ON.search(text[-16:]))


def only_joins(text: str) -> bool:
    """Tell whether text is one small word that can stand at no paragraph's start: "of"."""
    return _ONLY_JOINS.fullmatch(text) is not None


def starts_low(text: str) -> bool:
    """Tell whether text starts in the middle of a sentence."""
    return text[:1].islower() and marker(text) is None


def in_capitals(text: str) -> bool:
    """Tell whether text is set in capitals throughout, and is no code: "SW1A 2AA"."""
    letters = [character for character in text if character.isalpha()]
    if len(letters) < 4 or sum(map(str.isupper, letters)) < 0.85 * len(letters):
        return False
    return any(len(word) > 2 for word in _CAPITALS.findall(text))


def leads_to_page(text: str) -> bool:
    """Tell whether text is an entry of a table of contents: "Summary ... 4"."""
    return _LEADER.search(text[-12:]) is not None
