"""Says who is to do it, in the paper's words: a person, an office or a body."""

from __future__ import annotations

import re
from collections.abc import Callable

from ingest.commitments.clauses import is_agent
from ingest.commitments.findings import Finding
from ingest.speakers import speakers

LONGEST_OWNER = 140
"""Characters beyond which a name is half a sentence that was read wrongly."""

_HE = re.compile(r"^(?:and )?(?:she|he|they)\b", re.IGNORECASE)
_HE_SAYS = re.compile(r"^(?:[^.;]{0,60}[ ,])?(?:[Ss]he|[Hh]e|[Tt]hey)\b")
_WE = re.compile(r"^(?:and )?(?:I|we|I’ll|we’ll|you|who)$", re.IGNORECASE)
_IT = re.compile(r"^(?:it|this|that|these|those|there|which)$", re.IGNORECASE)
_SUBJECT = re.compile(
    r"(?:^(?:\W*\w{1,4}[.)]\s)?|[.;,:]\s|\band\s|\bthat\s)"
    r"(?P<who>(?:[Tt]he |[Oo]ur |[Aa]n? )?[A-Z](?:(?! (?:were|was"
    r"|that|is|are|had|and he|and she) )[^.;:()]){1,110}?)(?:\s\([^)]{1,80}\))?,?"
    r"\s(?:has |have |had |also |then |further |unanimously |both )*"
    r"(?:undertook|undertaken|agreed|promised|pledged|committed|offered|confirmed|stated|intends"
    r"|gave|advised|said)\b"
)
_NAME = (
    r"(?:(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Cllr|Councillor|Ald|Alderman|Sir|Dame|Lord"
    r"|Bailie)\.?\s)"
    r"[A-Z][\w’'.-]*(?:\s[A-Z][\w’'.-]*){0,3}"
)
_OF_ROLE = r"(?:[A-Z][\w’'&/-]*|of|for|and|in|the|&)"
_ROLE = rf"[Tt]he {_OF_ROLE}(?: {_OF_ROLE}|, (?!the\b|and [a-z]){_OF_ROLE})*?"
_SAID = re.compile(
    rf"(?P<who>{_NAME}|{_ROLE})(?:\s\([^)]{{1,80}}\))?,?\s(?:also |then |further |again |has "
    rf"|had )?"
    r"(?:said|confirmed|undertook|agreed|advised|stated|replied|explained|promised|offered"
    r"|pledged|intends|assured"
    r"|committed|informed|added|responded|answered|noted|accepted|provided|expressed|thanked"
    r"|gave|told|thought|pointed out|indicated|clarified|outlined|reported|acknowledged)\b"
)
_OPENS = re.compile(rf"\W*(?:\(?\w{{1,3}}[.)]\s)?(?P<who>{_NAME}|{_ROLE})\s[a-z]")
_LEADS = re.compile(
    r"^(?:(?:[•*–-]|[Tt]hat|and|also|therefore|then|of|by|to|for|However|noted|[A-Z][a-z]+(?:st|nd|rd"
    r"|nal)ly),?\s)+|[\s,]+$"
)
_FALSE = re.compile(
    r"^(?:It|She|He|They|We|I|This|These|There|In|On|At|Following|The [Mm]otion|Notice|RESOLVED"
    r"|A|An)\b"
)


def owner_of(
    finding: Finding, sentence: str, known: Callable[[], str | None], replier: str | None
) -> str | None:
    """Return who is to do it, or None where nobody is named.

    Args:
        finding: what the rule read: a name, a pronoun, or that whoever speaks is to do it.
        sentence: its words.
        known: tells who spoke last, whom "she" means; asked only where it matters.
        replier: whose reply it is: whom "I" and "we" mean.
    """
    owner, speaker_acts, before = finding.owner, finding.speaker_acts, sentence[: finding.action[0]]
    if owner:
        named = _LEADS.sub("", _LEADS.sub("", owner.strip()))
        if _IT.match(named):
            return None
        if _HE.match(named):
            return named_in(before) or known()
        if _WE.match(named):
            return replier
        return named if named and len(named) <= LONGEST_OWNER else None
    if not speaker_acts:
        return None
    return named_in(before) or (known() if _HE_SAYS.search(before) else None)


def named_in(words: str) -> str | None:
    """Return who speaks last in some words, or who stands at their head."""
    said = [match["who"] for match in _SAID.finditer(words) if is_agent(match["who"])]
    if said:
        return said[-1]
    spoken = speakers(words)
    if spoken:
        return spoken[-1]
    body = _SUBJECT.search(words)
    if body and not _FALSE.match(body["who"]) and is_agent(body["who"]):
        return body["who"].strip(" ,")
    opens = _OPENS.match(words)
    return opens["who"] if opens and is_agent(opens["who"]) else None
