"""The rule for "will" and "would": an act that a member could later check, not an effect."""

from __future__ import annotations

import re
from functools import lru_cache

from ingest.commitments.clauses import Clause, clauses, is_agent
from ingest.commitments.dues import find_due, says_when
from ingest.commitments.findings import IN_MEETING, Finding, by_clause, is_formal
from ingest.commitments.parts import Candidate, Part
from ingest.commitments.words import HAPPENINGS, IDLE_PASSIVES, WORLDLY

_STANDING = re.compile(
    r"\b(?:always|usually|normally|generally|typically|continue[sd]?|still|regularly|only"
    r"|likely|probably|possibly|hopefully|be able)\b",
    re.IGNORECASE,
)


_NEGATED = re.compile(r"\b(?:not|never|no longer)\b")


_QUESTION_WORD = re.compile(
    r"\b(?:if|when|whether|how|what|why|where|until|once|after|before|than|as|because|unless"
    r"|whose|in the event that)\s*$"
)


_GOVERNS = re.compile(
    r"\b(?:(?P<said>confirmed|advised|stated|said|replied|explained|informed|indicated|noted"
    r"|told|responded"
    r"|answered|reported|clarified|added|assured|reassured|undertook|agreed|announced|outlined"
    r"|resolved"
    r"|RESOLVED|guaranteed|promised|heard|reminded|assurances?|confirms|reiterated|highlighted"
    r"|mentioned)"
    r"|(?P<mused>had (?:previously |already |been )*(?:decided|agreed|resolved)"
    r"|(?:forecasts?|projections?|estimates?|predictions?|modelling) (?:\w+ )?"
    r"(?:indicat|show|suggest|predict)\w+|hop(?:e|es|ed|ing)|expects?|expected|anticipat\w*|envisag\w*|estimated?"
    r"|(?:un)?likely|predict\w*"
    r"|projected|forecast|believ\w+|felt|feel|thought|think|fear(?:s|ed)|suggest(?:s|ed)"
    r"|fears? that|surprised|wish(?:ed|es)?|aims? to|aimed|urg(?:es?|ed|ing)|argu\w+|wonder\w+"
    r"|possib\w+|doubt\w*|worr\w+"
    r"|suppos\w+|assum\w+|would like|claim(?:s|ed)|understood that|impl(?:y|ied)|whether|ensure"
    r" that"
    r"|(?:request|ask|recommend|propos|question|quer|enquir|inquir|consider)(?:ed|ied|s|es|ing)?"
    r" (?:that|for|if|as to|what|when|how|why|about|the|a|an)|(?:requested|asked)(?= [A-Z])"
    r"|asked(?= (?:will|would|is|are)\b)"
    r"|meaning|preference would"
    r"|(?:opinion|view|concern|risk|assumption|need|important|essential|vital|critical|evidence"
    r"|idea)s?"
    r" (?:that|was)))\b"
)


_CONDITION = re.compile(
    r"(?:\b[Ii]f|\b[Ss]hould|\bunless|^\W*(?:Unless|Were|Where|When))\b[^,;.]{2,160}(?:,|$)"
)


_QUOTED_LAW = re.compile(
    r"\b(?:[Ss]ection \d|[Ss]ubsection|Act,? (?:19|20)\d\d|[Rr]egulations? \d|offence)\b"
)


_IN_CONTACT = re.compile(r"in (?:contact|touch) with")


_POWERS = re.compile(
    r"\b(?:[Gg]overnment|[Mm]inisters?|Parliament|Treasury|Secretary of State|Oireachtas|Dáil)\b"
)


_OURS = re.compile(r"\bofficers?|Council\b")


_MADE_OF = re.compile(
    r"\b(?:applications?|arrangements?|contact|representations?|requests?|payments?|submissions?"
    r"|enquir\w+"
    r"|inquir\w+|provision|improvements?|changes|repairs?|announcements?|amendments|funding"
    r"|appointments?)\b"
)


_HANDED_OVER = frozenset(
    "circulated provided reported brought presented submitted published sent shared issued".split()
)
"""What even "which would be …" promises: "further figures, which would be circulated"."""
_WITHOUT_SUBJECT = re.compile(r"\b(?:which|who|that)\s*$")


CERTAIN_ENOUGH = 0.55
"""Below it a find is more often than not no commitment: on labelled minutes, "would be …" with
nobody named, no date and no verb of telling was right in three cases of eight."""


def modal(sentence: Candidate) -> Finding | None:
    """Find "will" and "would" with an act that a member could later check."""
    best: Finding | None = None
    for clause in clauses(sentence.words):
        found = _weigh(clause, sentence)
        if found and (best is None or found.confidence > best.confidence):
            best = found
    return best


def _weigh(clause: Clause, sentence: Candidate) -> Finding | None:
    words = sentence.words
    if clause.modal == "intends" or is_idle(clause, words) or is_mused(clause, words):
        return None
    if _NEXT_MEETING.search(clause.subject):
        return None
    if IN_MEETING.search(words[clause.start : clause.end]) or _QUOTED_LAW.search(words):
        return None
    reply = sentence.part is Part.REPLY
    told = _told(clause, words)
    shall = words.startswith("shall", clause.modal_start)
    if shall and not clause.agent and sentence.part is not Part.RESOLUTION:
        return None  # the words of a plan or a law
    if clause.modal == "to be" and not (clause.passive or clause.agent):
        return None
    if clause.modal == "was to be" and not find_due(words[clause.verb_start : clause.end], None):
        return None  # "was to be transferred in 2002": what had been meant
    if clause.passive and is_formal(clause.verb) and _SETTLED.search(words[: clause.modal_start]):
        return None  # "agreed that €2,000 would be allocated": done by saying so
    if not (
        clause.agent
        or clause.passive
        or told
        or (reply and clause.modal == "will")
        or says_when(words)
    ):
        return None  # "the concert will start": a thing that happens, told by nobody, for no day
    confidence = 0.6
    confidence += 0.15 if reply else 0.0
    confidence += 0.1 if told else 0.0
    confidence += 0.1 if clause.agent else 0.0
    confidence -= 0.1 if clause.modal == "would" and not told else 0.0
    confidence += 0.1 if says_when(words) else 0.0
    confidence -= 0.15 if clause.modal.endswith("to be") else 0.0
    confidence -= 0.15 if clause.modal == "would" and _CONDITION.search(words) else 0.0
    name = _name(clause, reply=reply, told=told)
    vouched = not clause.agent and bool(_VOUCHED.search(words[: clause.modal_start]))
    if confidence < CERTAIN_ENOUGH:
        return None
    return by_clause(name, min(confidence, 0.95), clause, speaker=vouched)


def _name(clause: Clause, *, reply: bool, told: bool) -> str:
    if clause.modal.endswith("to be"):
        return "is to"
    if reply:
        return "will in a reply"
    return "said would" if told else clause.modal


_NEXT_MEETING = re.compile(r"\b(?:next|following|[Aa]nnual) (?:\w+ ){0,4}[Mm]eetings?\b")
_SETTLED = re.compile(r"\b(?:agreed|resolved|RESOLVED)\b")
_VOUCHED = re.compile(r"\b(?:confirmed|assured|guaranteed|reassured)\b")


def is_idle(clause: Clause, words: str) -> bool:
    """Tell whether a clause says what will be so, and not what somebody will do."""
    if _HEDGED.match(words, clause.verb_start):
        return True
    if clause.stative and not (
        _is_done(clause, words) or _IN_CONTACT.match(words, clause.verb_start)
    ):
        return True
    if _NEGATED.search(clause.adverbs) or _STANDING.search(clause.adverbs):
        return True
    before = words[: clause.start]
    if not clause.subject and _WITHOUT_SUBJECT.search(before):
        return not (clause.passive and clause.verb in _HANDED_OVER)
    if _QUESTION_WORD.search(before.rstrip()) or _QUESTION_WORD.search(before):
        return True
    if re.match(r"no\b", clause.subject, re.IGNORECASE):
        return True
    if not clause.agent and _EACH.match(clause.subject) and not says_when(words):
        return True  # a rule for every case, and no task
    if clause.passive and not clause.agent and _BY_A_THING.match(words, clause.verb_start):
        return True
    if clause.modal == "would" and _UNREAL.search(words):
        return True
    if clause.passive and clause.verb == "asked":
        return not is_agent(clause.subject)
    if clause.passive and clause.verb == "made" and not _MADE_OF.search(clause.subject):
        return True
    if clause.passive:
        return clause.verb in IDLE_PASSIVES or bool(clause.agent and _POWERS.search(clause.agent))
    if _POWERS.search(clause.subject) and not _OURS.search(clause.subject):
        return True
    if clause.stative:
        return False
    if clause.subject.casefold() == "there":
        return clause.verb != "be" or find_due(words[clause.verb_start : clause.end], None) is None
    if clause.verb == "take" and not _TAKES_PLACE.match(words, clause.verb_start):
        return not (clause.agent and _TAKES_ON.match(words, clause.verb_start))
    if clause.agent and clause.modal == "would" and _ANYBODY.match(clause.subject):
        return True
    if clause.agent:
        return not _GERUNDS.isdisjoint((clause.verb,)) or clause.verb in WORLDLY
    return clause.verb not in HAPPENINGS


_EACH = re.compile(r"(?:each|every|any)\b", re.IGNORECASE)


_HEDGED = re.compile(r"(?:appear|seem|tend)\b(?= to\b)|considered an?\b|rather\b|sooner\b")


_BY_A_THING = re.compile(r"(?:informed|shaped) by\b")
_UNREAL = re.compile(r"\b[Ii]f\b[^,;.]{1,80}\bwere to\b")


_TAKES_PLACE = re.compile(r"take place\b")


_TAKES_ON = re.compile(
    r"take (?:up|over|charge|action|steps|forward|on|the|this|it|that|any|all|her|his|their)\b"
)


_ANYBODY = re.compile(
    r"(?:an?|any|every|each|no|some)\s(?!(?:\w+\s)?(?:member|officer|engineer|representative"
    r"|contractor|consultant))",
    re.IGNORECASE,
)


_GERUNDS = frozenset(verb.removesuffix("e") + "ing" for verb in WORLDLY)


_DONE = frozenset("complete ready open operational live reopened".split())


def _is_done(clause: Clause, words: str) -> bool:
    """Tell whether something is promised as done by a day: "would be open by March"."""
    return (
        clause.verb in _DONE and find_due(words[clause.verb_start : clause.end], None) is not None
    )


@lru_cache(maxsize=64)
def _governing(words: str, modal: int) -> re.Match[str] | None:
    """Return the last verb of saying or thinking before a modal."""
    governing = None
    for match in _GOVERNS.finditer(words, 0, modal):
        governing = match
    return governing


def is_mused(clause: Clause, words: str) -> bool:
    """Tell whether a clause is only hoped, expected, asked or thought."""
    governing = _governing(words, clause.modal_start)
    return (
        governing is not None
        and governing["mused"] is not None
        and not _fresh(governing.end(), clause, words)
    )


def _fresh(since: int, clause: Clause, words: str) -> bool:
    """Tell whether a new main clause has begun since: "…, and an application will be made"."""
    between = words[since : clause.modal_start]
    return clause.modal == "will" and bool(
        re.search(r"(?:,|;|\band\b|\bhowever\b|\.)\s*(?:and\s)?(?:an?|the|this|it|we)\b", between)
    )


def _told(clause: Clause, words: str) -> bool:
    governing = _governing(words, clause.modal_start)
    return governing is not None and governing["said"] is not None
