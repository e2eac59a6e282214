"""Rules for what people say that they will do, and for what they ask."""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.commitments.clauses import Clause, clauses, holds_any, is_agent
from ingest.commitments.findings import (
    IN_MEETING,
    Finding,
    by_clause,
    end_of_clause,
    is_formal,
)
from ingest.commitments.modals import is_idle, is_mused
from ingest.commitments.parts import Candidate, Part
from ingest.commitments.tasks import asked_of, told_to
from ingest.commitments.words import FORMAL, TASKS
from ingest.paper import CommitmentKind

_ADVERB = (
    r"(?:(?:also|then|further|therefore|unanimously|now|subsequently|in principle|accordingly)\s)*"
)


_SOON = r"(?:,[^,]{2,80},\s|\s)"


_EARLIER = re.compile(
    r"\b(?:[Aa]t|[Ff]rom|[Ii]n) (?:that|its|the|their|a|our) (?:\w+ )?(?:last|previous|earlier"
    r"|that)?\s?"
    r"(?:meeting)\b(?! that)|\b[Ii]f\b|\bpreviously\b|\bin (?:19|20)\d\d\b|\bago\b"
)


_UNDERTOOK = re.compile(
    rf"\b(?:undertook|promised|pledged|offered|guaranteed|gave (?:an undertaking|a"
    rf" commitment|an assurance)"
    rf"|committed(?: (?:him|her|it|them)sel(?:f|ves))?|volunteered|accepted an action"
    rf"|took (?:an action|it upon \w+self))"
    rf"(?: (?:the )?(?:Members|members|Committee|Board|Council|Panel))?{_SOON}{_ADVERB}"
    r"(?P<how>to|that)\s(?P<verb>[a-z]+)"
)


_ADJECTIVE = re.compile(r"(?:,|\b(?:and|fully|more|very|so|remain\w*))\s$")


def undertook(sentence: Candidate) -> Finding | None:
    """Find words that can only be a promise: "undertook to", "promised that"."""
    match = _UNDERTOOK.search(sentence.words)
    if not match or (match["how"] == "to" and match["verb"] in ("the", "a", "this", "an")):
        return None
    if re.search(
        r"\b(?:had|have|has|was|were|been|is|are) (?:\w+ )?$", sentence.words[: match.start()]
    ):
        return None
    stance = match["verb"] not in TASKS or _ADJECTIVE.search(sentence.words[: match.start()])
    if match.group().startswith("committed") and stance:
        return None  # "committed to improving", "efficient and committed to"
    if match["how"] == "that":
        for clause in clauses(sentence.words):
            if clause.modal_start > match.start():
                found = by_clause("undertook", 0.95, clause, speaker=clause.agent is None)
                return (
                    found
                    if clause.agent
                    else replace(found, action=(match.start("verb"), clause.end))
                )
    return Finding(
        "undertook",
        0.95,
        (match.start("verb"), end_of_clause(sentence.words, match.end())),
        None,
        True,
    )


_AGREED = re.compile(
    rf"\b[Aa]greed{_SOON}{_ADVERB}(?P<verb>to\s(?P<to>[a-z\-]+)|(?P<that>that\b|(?!with|by"
    rf"|on|upon|in|for|at|and|as|or|between|prior|subject|to\b|wording|price)(?=[a-z])))"
)


def agreed(sentence: Candidate) -> Finding | None:
    """Find what was agreed to be done: "agreed to write", "agreed that a report be brought"."""
    words = sentence.words
    for match in _AGREED.finditer(words):
        if re.search(
            r"\b(?:had|been|as|previously|not|were|those|terms|when|if|once|to be|be|funding is"
            r"|an|the|any|all|this) (?:previously )?$",
            words[: match.start()],
        ):
            continue
        if _EARLIER.search(words[: match.start()]):
            continue
        impersonal = (
            bool(_NOBODY.search(words[: match.start()])) or "seconded" in words[: match.start()]
        )
        if match["to"]:
            found = _agreed_to(words, match.start("to"), match["to"], impersonal=impersonal)
        else:
            found = _agreed_that(words, match.end())
            officer = found is not None and bool(_OFFICER.search(words[: match.start()]))
            found = replace(found, speaker_acts=officer) if found and not found.owner else found
        if found:
            return found
    return None


def _agreed_to(words: str, start: int, verb: str, *, impersonal: bool) -> Finding | None:
    """Read "agreed to write"; of "agreed to instruct the Clerk to write" the Clerk's task."""
    idle = verb in _NO_ACTS or _GERUND.fullmatch(verb) or is_formal(verb)
    if idle or IN_MEETING.search(words[start : start + 90]):
        return None
    others = asked_of(words, start)
    if others and others[0][0] - start < ASKED_SOON and others[1]:
        return Finding("agreed", 0.9, *others)
    action = (start, end_of_clause(words, start + len(verb)))
    return Finding("agreed", 0.9, action, None, not impersonal)


_NO_ACTS = frozenset(("the", "a", "this", "an", "be", "have", "differ", "continue"))
_GERUND = re.compile(r"(?!bring$|ring$)[a-z]+ing")
"""Agreed to a thing, and done by saying so: "agreed to changing the name"."""
ASKED_SOON = 120
"""Characters in which "instruct the Director of … to" ends, if that is what was agreed."""


def _agreed_that(words: str, start: int) -> Finding | None:
    """Read "agreed that a report be brought", "agreed that the bins should be emptied"."""
    found = told_to(words, start, "agreed", 0.85) or should_be(words, start)
    if found or IN_MEETING.search(words[start:]):
        return found
    for clause in clauses(words):
        if clause.modal_start > start and not is_idle(clause, words) and not _formal(clause):
            return by_clause("agreed", 0.85, clause)
    return None


_OFFICER = re.compile(
    r"\b(?:Mr|Mrs|Ms|Dr|Director|Engineer|Officer|Manager|Administrator|Executive|Head|Clerk"
    r"|Leader|Mayor|Chair\w*|Secretary|Treasurer|Superintendent)\b(?! and\b)[^.;:]{0,60}$"
)
"""Before "agreed that it would be done": somebody by whom, and not the meeting."""
_NOBODY = re.compile(r"\b(?:[Ii]t (?:was|is|has been)|was|were)\s(?:\w+\s){0,2}$")


def _formal(clause: Clause) -> bool:
    stem = clause.verb.removesuffix("d").removesuffix("e")
    return (
        any(verb == clause.verb or verb.removesuffix("e") == stem for verb in FORMAL)
        and clause.passive
    )


def should_be(words: str, start: int) -> Finding | None:
    """Read what should be done: "the bins should be emptied twice a week"."""
    match = re.compile(
        r"(?P<who>[^;:]{2,120}?)\s(?:should|must)\s(?:be (?P<pp>[a-z]+(?:ed|t|n|de|ld))"
        r"|(?P<verb>[a-z]+))\b"
    ).match(words, start)
    if not match or is_formal(match["pp"] or "") or match["verb"] in ("be", "have"):
        return None
    who = match["who"].strip()
    owner = who if match["verb"] and is_agent(who) else None
    begin = match.start("verb") if owner else match.start("who")
    return Finding("agreed", 0.75, (begin, end_of_clause(words, match.end())), owner)


_INTENDED = re.compile(
    r"(?:\b[Ii]t (?:is|was) (?:now |also |therefore )?(?:intended|the intention|our"
    r" intention)(?: of (?P<who>[^,;]{3,60}?))?"
    r"|\b(?:stated|confirmed|announced|declared|indicated) (?:his|her|its|their|the) intention"
    r"|\b[Tt]he intention (?:of (?P<whose>[^,;]{3,60}?) )?(?:is|was)|\bwith (?:the )?intention for)"
    r"(?:,[^,]{3,90},)?\s(?:to|that|update)\b\s*"
)
_READY = ("happy to ", "willing to ")
_OFFERS = re.compile(
    r"(?:\b(?P<who>I|[Ww]e|[Hh]e|[Ss]he) )?(?:am|are|was|were|would be|will be) (?:very |more"
    r" than )?"
    r"(?:happy|willing) to (?P<verb>arrange|meet|provide|share|look|discuss|send|write|raise|visit"
    r"|organise|circulate)\b"
)


def intends(sentence: Candidate) -> Finding | None:
    """Find intentions: "it is now intended to", "stated her intention to", "intends to"."""
    match = _INTENDED.search(sentence.words) if "inten" in sentence.words else None
    if match:
        personal = bool(re.search(r"\b(?:his|her|its|their)\b", match.group()))
        return Finding(
            "intends",
            0.75,
            (match.end(), end_of_clause(sentence.words, match.end())),
            match["who"] or match["whose"],
            personal,
        )
    offer = _OFFERS.search(sentence.words) if holds_any(sentence.words, _READY) else None
    if offer:
        action = (offer.start("verb"), end_of_clause(sentence.words, offer.end()))
        return Finding("intends", 0.65, action, offer["who"], offer["who"] is None)
    for clause in clauses(sentence.words):
        if re.search(r"\b(?:had|have|has) $", sentence.words[: clause.modal_start]):
            continue
        if clause.wished and sentence.part is not Part.REPLY:
            continue  # what somebody proposes in a debate is not agreed
        if (
            clause.modal == "intends"
            and clause.agent
            and not is_idle(clause, sentence.words)
            and not is_mused(clause, sentence.words)
        ):
            return by_clause("intends", 0.75, clause)
    return None


_ACTION = re.compile(
    r"(?:ACTIONS?|Actions?)(?: [Pp]oint)?(?: \d+)?(?: [Ff]or| [Bb]y)?\s?[:–-]\s*"
    r"(?:(?P<who>[^:;.]{2,80}?)\s(?:to|will)\s(?P<verb>[a-z]+))?"
)
_TO_DO = re.compile(
    r"\W*(?:\(?\w{1,3}[.)]\s)?(?:ACTION\s)?(?P<who>(?!RESOLVED|AGREED|DECIDED|ACTION)"
    r"(?:the |The )?(?:[A-Z][\w’'.&/-]*)(?: (?:[A-Z][\w’'.&/-]*"
    r"|of|for|and|the)){0,8})"
    r" to (?P<verb>[a-z]+)\b"
)


def action_point(sentence: Candidate) -> Finding | None:
    """Find an action written as such: "ACTION: Head of Parks to send the map", "Clerk to write"."""
    words = sentence.words
    match = _ACTION.match(words)
    if match is None:
        match = _TO_DO.match(words)
        if match is None or match["verb"] not in TASKS or not is_agent(match["who"]):
            return None
    start = match.start("verb") if match["verb"] else match.end()
    if start >= len(words):
        return None
    return Finding("action point", 0.9, (start, end_of_clause(words, match.end())), match["who"])


_INSTRUCTED = re.compile(
    r"(?P<who>(?:[Tt]he )?(?:[A-Z][\w’'.&/-]*|[Oo]fficers)(?: (?:[A-Z][\w’'.&/-]*|of|for|and|the"
    r"|&)){0,8})"
    r" (?:was|were) (?:also )?(?P<how>instructed|directed|tasked|asked|requested) to"
    r" (?P<verb>[a-z]+)\b"
)


def instructed(sentence: Candidate) -> Finding | None:
    """Find a task given in passing: "The Clerk was instructed to write"; "asked" only requests."""
    match = _INSTRUCTED.search(sentence.words)
    if match is None or not is_agent(match["who"]) or match["verb"] not in TASKS:
        return None
    action = (match.start("verb"), end_of_clause(sentence.words, match.end()))
    if match["how"] in ("asked", "requested"):
        return Finding("asked", 0.5, action, match["who"], kind=CommitmentKind.REQUEST)
    return Finding("instructed", 0.8, action, match["who"])


_WISHED = (
    r"(?=[^;.]{2,200}?\b(?:be|should|could|would|consider|look|provide|write|attend|come|give)\b)"
)


_ACCEPTED = re.compile(
    r"\W*(?:This|It|The (?:request|proposal|suggestion))(?: was| is)?(?: \w+ly| so| then)? agreed"
    r"(?: to)?(?: by [^.]{2,40})?\.?$"
)
_ACCEPTED_TOO = re.compile(r"\b(?:and (?:this|it)|which) was (?:\w+ly )?agreed(?: to)?\b")


def as_accepted(finding: Finding, words: str, following: str) -> Finding:
    """Return a request as a commitment where it was agreed to there and then, else as it is.

    Args:
        finding: what was found in a sentence.
        words: the sentence.
        following: the next one: "This was agreed."
    """
    if finding.signal != "asked":
        return finding
    if not (_ACCEPTED.match(following) or _ACCEPTED_TOO.search(words, finding.action[0])):
        return finding
    kind = CommitmentKind.COMMITMENT
    return replace(finding, signal="asked and agreed", confidence=0.8, kind=kind)


_NO_QUESTION = r"(?![^;.,]{0,60}?\b(?:how|what|why|when|where|whether|if|who|which)\b)"


_ASKED = re.compile(
    rf"\b(?:requested|asked|urged|called for|pressed) (?:that )?(?P<that>{_NO_QUESTION}"
    rf"(?:the|an?|all|every|it|this|these|each)\b{_WISHED})"
    r"|\b(?:asked|requested|urged) that (?P<wish>\w)"
    rf"|\bsuggested that (?P<such>(?=\w){_WISHED})"
    r"|\b(?:requested|asked) (?P<whom>(?:the |all )?(?:[A-Z][\w’&/-]*|officers?|members"
    r"|staff)(?: (?:[A-Z][\w’&/-]*|of|for|and|in|the|officers?))*?"
    r" to (?!(?:note|recogni[sz]e|accept|support|remember|reflect|agree|vote)\b)\w+)"
    r"|\b(?:asked for|called for|requested|sought) (?P<thing>(?:an?|the|further|more|copies"
    r"|details|information|clarification)\b)"
    r"|\b(?:called on|called upon|calling on|urged|urging) (?P<on>(?:the )?\w)"
    r"|\b(?:asked|queried|enquired) (?:if|whether) (?P<could>[^.;]{3,120}?\bcould be\b)"
    r"|\bkeen to see (?P<keen>\w)"
)


def requested(sentence: Candidate) -> Finding | None:
    """Find what was asked for and not, in this sentence, agreed."""
    if sentence.part is Part.RESOLUTION:
        return None
    match = _ASKED.search(sentence.words)
    if not match:
        return None
    if re.search(
        r"\b(?:has|have|had|been|was|were|is|as) (?:\w+ )?$", sentence.words[: match.start()]
    ):
        return None
    start = min(at for at in (match.start(name) for name in _ASKED.groupindex) if at >= 0)
    return Finding(
        "asked",
        0.5,
        (start, end_of_clause(sentence.words, start)),
        None,
        kind=CommitmentKind.REQUEST,
    )
