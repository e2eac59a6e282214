"""What kind of answer a question wants, and whether a text holds a thing of that kind.

A name, a day or a figure that the question itself gives answers nothing, nor does the number that
is printed before a paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from enum import StrEnum


class Wanted(StrEnum):
    """What kind of answer a question wants."""

    PERSON = "person"
    DATE = "date"
    MONEY = "money"
    SHARE = "share"
    NUMBER = "number"
    PROMISE = "promise"
    DECISION = "decision"
    STATEMENT = "statement"
    REASON = "reason"
    ANYTHING = "anything"


SAY = (
    r"(?:say|said|think|thought|discuss(?:ed)?|talk(?:ed)?|hear[d]?|mention(?:ed)?|comment(?:ed)?|"
    r"conclude[d]?|feel|felt|express(?:ed)?|learn(?:t|ed)?|report(?:ed)?)"
)
SUMMARY = (
    r"(?:discussions?|debates?|conversations?|opinions?|views?|thoughts?|attitudes?|positions?|"
    r"comments?|conclusions?|ideas?|content|summary|overview)"
)
PROMISE = r"(?:promise[sd]?|commit(?:ted|ments?|s)?|undert(?:ake[ns]?|ook|akings?)|pledge[sd]?)"

_AUXILIARY = (
    r"(?:is|are|was|were|will|would|do|does|did|has|have|had|can|could|should|shall|might|may|must)"
)
_ASKING = (
    r"(?:^|[,;:(] ?|\b(?:and|or|but|about|of|to|by|for|from|with|since|until|till|know|exactly|say|"
    r"said|tell|told|ask|asked|see|me|us) )"
)
"""What stands before a question word that asks: "members who" and "paid when it" ask nothing."""
_FILLING = r"(?:(?:is|was|were|are|will be|would be|the|its|their|exact|last|first|next) )*"
_TELLING = (
    rf"(?:{SAY}|tell|told|warn(?:ed)?|argue[sd]?|answer(?:ed)?|describe[sd]?|explain(?:ed)?|"
    r"respond(?:ed)?|repl(?:y|ied)|recommend(?:ed)?|decide[d]?|agree[d]?|resolve[d]?|vote[d]?)"
)
_AMOUNT = r"(?:(?!per\b|over\b)\w+er|less|time|rain|water|land|space|waste|energy|power)\b"
"""What "how much" asks about where it asks about no money: "longer", "rain"."""
_SUM = (
    r"(?:costs?|price|sum|amount|total|fees?|grants?|budget|bill|rent|fares?|salary|wages?|fine|"
    r"charges?|precept|debt|deficit|overspend|underspend|money|funding|savings?|subsidy|dividend|"
    r"allowance|penalty|payment)"
)

_ASKED = tuple(
    (wanted, re.compile(pattern, re.IGNORECASE))
    for wanted, pattern in (
        (
            Wanted.SHARE,
            r"\b(?:what|which) (?:[\w-]+ ){0,2}?"
            r"(?:per ?cent|percentage|proportion|share|fraction)\b|\bhow many per ?cent\b",
        ),
        (
            Wanted.MONEY,
            rf"\bhow much\b(?! {_AMOUNT})|\bwhat {_FILLING}(?:[\w-]+ ){{0,2}}?{_SUM}\b"
            rf"|\bwhat {_AUXILIARY} (?:(?!{_TELLING}\b)\S+ ){{0,12}}?"
            r"(?:cost|pay|paid|charge[d]?|earn|spend|spent|worth)\b"
            r"|\bhow (?:big|large)\b.{0,20}\b(?:grant|budget|fund)\b",
        ),
        (
            Wanted.NUMBER,
            r"\bhow (?:many|big|large|long|old|far|often|tall|wide|high|fast|deep)\b"
            rf"|\bhow much {_AMOUNT}"
            r"|\b(?:what|which) (?:[\w-]+ ){0,2}?"
            r"(?:number|rate|age|mark|score|speed|height|length)\b",
        ),
        (
            Wanted.DATE,
            rf"{_ASKING}when(?= {_AUXILIARY}\b|\W*$)"
            r"|\b(?:by|from|since|until|till|about|know|say|said|tell|told) when\b"
            rf"|\b(?:what|which) {_FILLING}(?:date|day|week|month|year|meeting)\b"
            r"|\bhow soon\b",
        ),
        (
            Wanted.PERSON,
            rf"{_ASKING}who(?:m|se)?\b|\bwhat {_FILLING}names?\b"
            r"|\b(?:which|what) (?:company|companies|firms?|person|people|contractors?|charity|"
            r"charities|supplier|solicitor|architects?|bank)\b"
            r"|\bwhich (?:\w+ ){0,2}?(?:councillors?|members?|officers?|directors?|bodies|bank|"
            r"organi[sz]ations?|agency|agencies|groups?|company|companies|firms?|contractors?)\b",
        ),
        (Wanted.PROMISE, rf"\b{PROMISE}\b"),
        (
            Wanted.DECISION,
            r"\b(?:decide[d]?|decision|resolve[d]?|agree[d]?|approve[d]?|outcome|voted?|carried|"
            r"rejected|passed)\b|\bwhat (?:happened|became)\b"
            r"|^(?:was|were|did|has|have|had) .{0,80}\b(?:allow(?:ed)?|accept(?:ed)?|refuse[d]?|"
            r"grant(?:ed)?|adopt(?:ed)?|support(?:ed)?|back(?:ed)?|endorse[d]?)\b",
        ),
        (Wanted.REASON, r"\bwhy\b|\b(?:what|which) (?:\w+ )?(?:reasons?|grounds)\b"),
        (
            Wanted.STATEMENT,
            rf"\b(?:what|how|why|did|does)\b.{{0,80}}\b{SAY}\b|\b{SUMMARY} of\b"
            r"|\b(?:tell|told|warn(?:ed)?|argue[sd]?|answer(?:ed)?|describe[sd]?|explain(?:ed)?)\b",
        ),
    )
)
"""How a question asks for each. Its first question word counts; of two kinds there, the upper."""

BY_VERB = frozenset({Wanted.PROMISE, Wanted.DECISION, Wanted.STATEMENT})
"""Kinds that a question's verb tells, where no question word tells another: what people did, which
minutes record."""

_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_FEW = (
    r"(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|"
    r"fifty|sixty|seventy|eighty|ninety|hundred|dozen)"
)
_DAY = r"\d{1,2}(?:st|nd|rd|th)?(?: of)?"
_PRINTED_NUMBER = re.compile(
    r"^[\s•▪“\"]*(?:\(?(?:item )?\d{1,3}(?:\.\d{1,3})*[a-z]?[.)]? |\(?[a-z]{1,3}\) |\(item \d+\)$)",
    re.IGNORECASE | re.MULTILINE,
)
_FITS = {
    Wanted.MONEY: re.compile(  # its first character first: there are few
        r"[£€$\d](?:(?<=[£€$]) ?\d[\d,.]*"
        r"|(?<=\d)(?<![\d,.]\d)[\d,.]* ?(?:million|billion|euro|pounds|[mk]\b))"
    ),
    Wanted.SHARE: re.compile(
        rf"(?<![\d.])\d[\d.]* ?(?:%|per ?cent\b)|\b{_FEW} per ?cent\b|"
        rf"\b(?:\d+|one|{_FEW}) (?:in|out of) (?:every )?(?:\d|{_FEW})|"
        r"\b(?:half|thirds?|quarters?)\b"
    ),
    Wanted.NUMBER: re.compile(
        rf"(?<![\w/.-])(?!(?:19|20)\d\d(?![\d,]))(?!{_DAY} (?:{_MONTHS})\b)\d[\d,.]*(?![\d/])"
        rf"|\b{_FEW}\b",
        re.IGNORECASE,
    ),
    Wanted.DATE: re.compile(
        rf"\b{_DAY} (?:{_MONTHS})\b|\b(?:{_MONTHS})\b|"
        r"\b(?:19|20)\d\d\b|\b\d{1,2}/\d{1,2}/\d{2,4}\b"
    ),
    Wanted.PERSON: re.compile(
        r"\b(?:Mr|Mrs|Ms|Miss|Dr|Prof|Sir|Cllr|Councillor|Councillors)\b\.? [A-ZÀ-Þ][\w'’-]*|"
        r"\b[A-ZÀ-Þ][\w'’-]+ [A-ZÀ-Þ][\w'’-]+"
    ),
    Wanted.DECISION: re.compile(
        r"\b(?:resolved|agreed|approved|carried|lost|rejected|defeated|recommended|noted|adopted|"
        r"deferred|withdrawn|authorised|delegate[ds]?)\b",
        re.IGNORECASE,
    ),
    Wanted.PROMISE: re.compile(
        r"\b(?:will|would|undert(?:ake|aken|ook)|agreed to|promised|committed)\b", re.IGNORECASE
    ),
    Wanted.REASON: re.compile(
        r"\b(?:because|due to|owing to|in order to|so that|as a result|reasons?|since|caused)\b",
        re.IGNORECASE,
    ),
}
_GIVEN_TELLS_NOTHING = frozenset(
    {Wanted.MONEY, Wanted.SHARE, Wanted.NUMBER, Wanted.DATE, Wanted.PERSON}
)


def wanted(question: str) -> Wanted:
    """Return what kind of answer a question wants."""
    places = [
        (kind in BY_VERB, 0 if kind in BY_VERB else match.start(), order, kind)
        for order, (kind, pattern) in enumerate(_ASKED)
        if (match := pattern.search(question))
    ]
    return min(places)[-1] if places else Wanted.ANYTHING


def things(wanted: Wanted, text: str) -> Iterator[re.Match[str]]:
    """Yield the places of a text that hold the kind of thing that is wanted."""
    pattern = _FITS.get(wanted)
    if pattern is None:
        return
    for match in pattern.finditer(text):
        # Only a number can be one that is printed before a paragraph, and to look costs more.
        if wanted is not Wanted.NUMBER or not _is_printed(match, text):
            yield match


def _is_printed(match: re.Match[str], text: str) -> bool:
    """Tell whether a number stands at the head of its line, before a paragraph."""
    head = _PRINTED_NUMBER.match(text, text.rfind("\n", 0, match.start()) + 1)
    return head is not None and match.start() < head.end()


def holds(wanted: Wanted, text: str) -> bool:
    """Tell whether a text holds the kind of thing that is wanted."""
    return next(things(wanted, text), None) is not None


def fits(wanted: Wanted, given: Callable[[str], bool], text: str) -> bool:
    """Tell whether a text holds the kind of thing that is wanted, other than what is given.

    Args:
        wanted: the kind of thing.
        given: tells whether a word stands in the question.
        text: a sentence or a passage.
    """
    new = wanted in _GIVEN_TELLS_NOTHING
    return any(not new or not all(map(given, match[0].split())) for match in things(wanted, text))
