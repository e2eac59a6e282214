"""From text to search words: one analysis for questions, passages and sentences.

Figures and references are what committee questions turn on, and each paper writes them in its own
way, so they are brought to one form first: 22,866 is 22866, £1.9 million is 1.9m, 24/00109 is
24-00109, 2025/26 and 2025-2026 are 2025-26, 13th is 13.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

import tantivy

_APOSTROPHES = "’‘ʼ`´"
_THOUSANDS = re.compile(r",(?<=\d,)(?=\d{3}(?!\d))")  # the comma first: there are few
_SCALE = re.compile(r"(?<=\d) ?(millions?|mn|billions?|thousand)\b")
_SCALES = {"million": "m", "millions": "m", "mn": "m", "billion": "bn", "billions": "bn"}
_ORDINAL = re.compile(r"(?<=\d)(?:st|nd|rd|th)\b")
_JOINED = re.compile(r"\d+(?:[-/–—‐‑]\d+)+")
_CENTURY = re.compile(r"\b((?:19|20)\d\d)-(?:19|20)(\d\d)\b")
_DASHES = re.compile(r"[-/–—‐‑]")

TOKEN = r"[0-9]+(?:[.\-][0-9]+)*[a-z]*|[\p{L}\p{M}\p{N}]+(?:'\p{L}+)*"  # noqa: S105
"""A figure with its unit, or a word with its apostrophes (Rust's regex: always linear time)."""

LONGEST_TOKEN = 60
"""Characters; a longer run is a table without spaces or an encoded file, and no one asks for it."""

QUESTION_WORDS = frozenset(
    "what which who whom whose when where why how did does do is are was were will would can could "
    "should has have had".split()
)

STOP_WORDS = QUESTION_WORDS | frozenset(
    "a an the and or but if of in on at to from by for with without about into onto over under up "
    "down out off as than then so that this these those there here it its itself they them their "
    "theirs he him his she her hers we us our ours you your yours i me my mine be been being am "
    "doing having not no nor too very just any some such own same each both few more most other "
    "only again further once during before after above below between through until while because "
    "against much many s t re also may might must shall upon per any else ever".split()
)
"""Words that hold no matter of their own; dropped from a question unless nothing else is left."""


FRAMING_WORDS = frozenset(
    "say says said saying tell tells told think thinks thought talk talks talked talking discuss "
    "discusses discussed discussing discussion discussions mention mentioned opinion opinions view "
    "views summarise summarize summary describe explain "
    "promise promises promised promising commit commits committed commitment commitments undertake "
    "undertakes undertook undertaken undertaking undertakings pledge pledges pledged agree agrees "
    "agreed decide decides decided decision decisions resolve resolves resolved ask asks "
    "asked".split()
)
"""Words of a question about what someone said, promised or decided: they tell what kind of answer
is wanted, and a paper that gives it seldom uses the same one."""


_ANALYSER = (
    tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.regex(TOKEN))
    .filter(tantivy.Filter.remove_long(LONGEST_TOKEN))
    .filter(tantivy.Filter.lowercase())
    .filter(tantivy.Filter.ascii_fold())
    .filter(tantivy.Filter.stemmer("english"))
    .build()
)
"""The analysis of folded text: tokens without accents, stemmed (Porter's English)."""

_MARKS = ".,;:?!\"'()[]’‘“”"


def fold(text: str) -> str:
    """Bring case, apostrophes, figures and references to one form; joined figures also in parts."""
    text = text.casefold()
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
        for each in _APOSTROPHES:
            text = text.replace(each, "'")
    text = _THOUSANDS.sub("", text)
    text = _SCALE.sub(lambda match: _SCALES.get(match[1], "k"), text)
    text = _ORDINAL.sub("", text)
    return _JOINED.sub(_with_parts, text)


def stems(text: str) -> list[str]:
    """Return the stems of a text in order, stop words included."""
    return list(_ANALYSER.analyze(fold(text)))


@lru_cache(maxsize=4096)
def stem_of(word: str) -> tuple[str, ...]:
    """Return the stems of one word: none for punctuation, several for "part-time"."""
    return tuple(stems(word))


def content_words(text: str) -> list[tuple[str, str]]:
    """Return (word as written, stem) of what a question asks about, in order, each stem once.

    Stop words and framing words are left out, unless there is nothing else.
    """
    words = [(word.strip(_MARKS), stem_of(word)) for word in text.split()]
    for dropped in (STOP_WORDS | FRAMING_WORDS, STOP_WORDS, frozenset[str]()):
        found: dict[str, str] = {}
        for word, stemmed in words:
            if word.casefold() not in dropped:
                for stem in stemmed:
                    if stem not in dropped:
                        found.setdefault(stem, word)
        if found:
            return [(word, stem) for stem, word in found.items()]
    return []


def tells(text: str) -> bool:
    """Tell whether a text holds any word of its own, beyond stop words and framing words."""
    dropped = STOP_WORDS | FRAMING_WORDS
    return any(
        stem not in dropped
        for word in text.split()
        if word.strip(_MARKS).casefold() not in dropped
        for stem in stem_of(word)
    )


def _with_parts(match: re.Match[str]) -> str:
    whole = _CENTURY.sub(r"\1-\2", _DASHES.sub("-", match[0]))
    return " ".join([whole, *dict.fromkeys(whole.split("-"))])
