"""Questions put to a meeting, each with its reply and what was asked after it."""

from __future__ import annotations

import re
from itertools import zip_longest

from ingest.business.names import WHO, tidy
from ingest.business.regions import Region
from ingest.business.replies import reply_of, said_reply
from ingest.paper import ItemKind, Question, Span

_HEAD = re.compile(
    r"^\W{0,4}(?:\d{1,3}\W{1,3})?(?:(?:adjourned|deferred|written|oral|public|further|member[’']?s?)\s)*"
    r"question\b(?:\s(?:no\.?\s?)?\(?\d{1,3}\)?|\s[A-Z])?\s?[:.–\-]?\s?"
    r"(?:(?:submitted|tabled|asked|put|received)\s)?(?:to\s(?P<first>[^\n]{3,80}?)\s)?(?:by|from)\s?:?\s?(?P<asker>[^\n]{3,160})$",
    re.IGNORECASE | re.MULTILINE,
)
_SUPPLEMENTARY = re.compile(
    r"^\W{0,4}(?:\d{1,3}\W{1,3})?(?i:supplementary\s(?:question\b)?(?:\s(?:by|from)\s"
    r"(?P<asker>[^:\n]{3,100}?))?)\s?(?:[:.–\-]\s*|\n|$)"
    rf"|^(?P<who>{WHO})[^.\n]{{0,40}}?\basked\s(?:as\s)?an?\s(?:\w+\s)?supplementary(?:\squestion)?\b",
    re.MULTILINE,
)
_ASKED_OF = re.compile(
    r"^(?P<asker>.{3,90}?),?\s(?:to|of|asked|for)\s(?:the\s)?(?P<of>(?:[A-Z]|the\s).{2,90}?)\s?:?$",
    re.DOTALL,
)
_NUMBER = re.compile(r"\s*\d{1,3}[.)]\s")


def questions(region: Region) -> list[Question]:
    """Return the questions of one item's own words, in order, placed in the paper's text."""
    if not region.says("question"):
        return []
    heads = [head for head in _HEAD.finditer(region.text) if _asks(region, head)]
    if not heads:
        return []
    ends = [*(head.start() for head in heads[1:]), len(region.text)]
    found = [_question(region, head, end) for head, end in zip(heads, ends, strict=True)]
    return [each for each in found if each is not None]


def _asks(region: Region, head: re.Match[str]) -> bool:
    """Tell a heading of one question from a sentence about questions."""
    line = head.group().rstrip()
    named = re.match(WHO, head["asker"].strip()) is not None
    return (named and len(line) < 240 and not line.endswith((".", ";"))) or (
        named and region.kind is ItemKind.QUESTION and region.heads and head.start() == 0
    )


def _names(words: str, first: str | None) -> tuple[str | None, str | None]:
    """Return asker and asked from "Mr Pell to Mrs Dray, Cabinet Member for Harbours"."""
    words = " ".join(words.split())
    both = _ASKED_OF.match(words)
    if first:
        return tidy(_person(words)), tidy(first)
    if both:
        return tidy(_person(both["asker"])), tidy(re.sub(r"^the\s", "", both["of"]))
    return tidy(_person(words)), None


def _person(words: str) -> str:
    """Return the name at the head of some words, without what stands after it."""
    match = re.match(WHO, words)
    return match.group() if match else words


def _question(region: Region, head: re.Match[str], end: int) -> Question | None:
    asker, asked_of = _names(head["asker"], head["first"])
    later = list(_SUPPLEMENTARY.finditer(region.text, head.end(), end))
    first_end = later[0].start() if later else end
    asked = _asked(region, head.end(), first_end)
    if asked is None:
        return None
    words, replier, reply = asked
    more = []
    for each, after in zip_longest(later, later[1:]):
        until = after.start() if after else end
        asker_again = tidy(each["asker"] or each["who"]) or asker
        begin = each.start() if each["who"] else each.end()
        extra = _asked(region, begin, until)
        if extra:
            more.append(_placed(region, each.start(), asker_again, asked_of, extra, ()))
    return _placed(region, head.start(), asker, asked_of, (words, replier, reply), tuple(more))


_Asked = tuple[Span, str | None, Span | None]
"""The question's words, who replies, and the reply."""


def _asked(region: Region, start: int, end: int) -> _Asked | None:
    """Read a question's words and its reply between two places."""
    reply = reply_of(region, start, end) or said_reply(region, start + 1, end)
    numbered = _NUMBER.match(region.text, start)
    words = region.trimmed(numbered.end() if numbered else start, reply.at if reply else end)
    if words is None:
        return None
    return words, reply.by if reply else None, reply.span if reply else None


def _placed(
    region: Region,
    start: int,
    asker: str | None,
    asked_of: str | None,
    asked: _Asked,
    more: tuple[Question, ...],
) -> Question:
    words, replier, reply = asked
    place = region.start
    lead = len(region.text[start:]) - len(region.text[start:].lstrip())
    ends = [place + words[1], *(each.span[1] for each in more)]
    if reply:
        ends.append(place + reply[1])
    return Question(
        item=region.item,
        span=(place + start + lead, max(ends)),
        words=(place + words[0], place + words[1]),
        asker=asker,
        asked_of=asked_of,
        replier=replier,
        reply=(place + reply[0], place + reply[1]) if reply else None,
        supplementary=more,
    )
