"""Rules for motions and resolutions: a task in one is an undertaking of whoever is to do it."""

from __future__ import annotations

import re

from ingest.commitments.clauses import clauses, is_agent
from ingest.commitments.findings import Finding, end_of_clause, is_formal
from ingest.commitments.modals import is_idle
from ingest.commitments.outcomes import Outcome, outcome_after
from ingest.commitments.parts import MARK, Candidate, Part
from ingest.commitments.speech import should_be
from ingest.commitments.tasks import STANCE, asked_of, told_to
from ingest.commitments.words import FORMAL, TASKS, WORKS
from ingest.paper import CommitmentKind


def resolved_task(sentence: Candidate) -> Finding | None:
    """Find a task in a resolution: "RESOLVED that the Leader write to", "be asked to"."""
    if sentence.part is not Part.RESOLUTION:
        return None
    words = sentence.words
    begin = _after_resolved(words)
    if not re.search(r"[a-z]", words[begin:]):
        return None
    if re.search(r"\bauthority\b|\bpowers?\b", words) and re.search(r"\bdelegat", words):
        return None
    stance = STANCE.match(words, begin)
    begin = stance.end() if stance else begin
    others = asked_of(words, begin)
    if others:
        return Finding("resolved task", 0.9, others[0], others[1] or _lead_body(sentence))
    found = told_to(words, begin, "resolved task", 0.85)
    named = _HEAD_VERB.match(words, begin) or _INNER_VERB.search(words, begin)
    if named is None or named["verb"].casefold() not in TASKS - FORMAL - _NOUNS:
        return found
    if found and found.action[0] <= named.start("verb"):
        return found
    action = (named.start("verb"), end_of_clause(words, named.end()))
    return Finding("resolved task", 0.7, action, _lead_body(sentence))


_HEAD_VERB = re.compile(
    r"(?:(?:that )?(?:the |this )?(?:[A-Z]\w+ ?){1,4})?"
    r"(?:[Tt]hat |(?:[Aa]grees? )?[Tt]o |[Aa]grees? to |and (?:agrees? )?(?:to )?)*"
    r"(?P<verb>[A-Za-z]+)\b(?!\s(?:be|of|reports?|plan|strategy)\b)"
)
"""The verb at the head of a resolution or of its list's entries: "To write to the Minister"."""

_INNER_VERB = re.compile(r"\b(?:agrees?|resolves?|agreed|resolved) (?:also )?to (?P<verb>[a-z]+)\b")
_NOUNS = frozenset(
    "works work take continue review update report clean put present progress start".split()
)
"""Tasks that at the head of an entry are rather nouns or no task: "Progress on the pier"."""


_RESOLVED_HEAD = re.compile(
    r"^.{0,160}?\b(?:RESOLVED|AGREED|DECIDED|RECOMMENDED|ASKED|REQUESTED|INSTRUCTED|Decisions?"
    r"|resolved|agreed|decided)\b(?:"
    r" unanimously)?,?"
    r"(?: (?:that|to))?\s?:?\s*(?:(?:the |this )?(?:[A-Z][\w’-]+ ?){1,4}:\s*)?"
)


_BODY_OF_LEAD = re.compile(
    r"\b(?:RESOLVED|AGREED|[Rr]esolved|agreed|DECIDED)\b(?: unanimously)?,? that"
    r" (?P<after>(?:the |this )?(?:[A-Z][\w’-]*\s?|and |of |for )+)"
    r"|(?P<before>(?:[Tt]he |[Tt]his )?(?:[A-Z][\w’-]* |and |of |for )+)(?:unanimously"
    r" )?(?:RESOLVED|resolve[sd]|agreed)\b"
)


def _after_resolved(words: str) -> int:
    head = _RESOLVED_HEAD.match(words)
    begin = head.end() if head else 0
    mark = MARK.match(words, begin)
    return mark.end() if mark else begin


def _lead_body(sentence: Candidate) -> str | None:
    match = _BODY_OF_LEAD.search(sentence.lead) or _BODY_OF_LEAD.search(sentence.words)
    who = (match["after"] or match["before"] or "").strip() if match else ""
    return who if who and is_agent(who) else None


def delegated_task(sentence: Candidate) -> Finding | None:
    """Find a task given to somebody by a resolution: delegating a task, not mere authority."""
    if sentence.part is not Part.RESOLUTION:
        return None
    match = _DELEGATED.search(sentence.words)
    if not match:
        return None
    if match["what"]:
        action = (match.start("what"), end_of_clause(sentence.words, match.end()))
        return Finding("delegated task", 0.85, action, match["who"].strip())
    return Finding("delegated task", 0.85, match.span("task"), match["whom"].strip())


_TO_HAND_OVER = (
    r"(?:the )?(?:submission|preparation|drafting|finalis\w+|completion|production|response|task"
    r"|arrangements|organisation)\b"
)
_DELEGATED = re.compile(
    r"\b[Dd]elegat(?:e|es|ed|ing)\s(?!authority|power)(?:"
    rf"to (?P<who>(?:the )?[A-Z][^;:.,]{{2,90}}?),? (?P<what>{_TO_HAND_OVER})"
    rf"|(?P<task>{_TO_HAND_OVER}[^;:]{{0,160}}?)\sto (?P<whom>the [A-Z][^;:.,]{{2,90}}))"
)


def proposal(sentence: Candidate) -> Finding | None:
    """Find a task in the words of a motion: a commitment where it was carried, else a request."""
    if sentence.outcome is Outcome.LOST:
        return None
    words = sentence.words
    notice = bool(re.match(r"\W*(?:\w{1,3}[.)]\W+)?(?:I|We) ", words))
    start = _motion_start(words)
    found = _motion_task(words, start)
    if found is None:
        return None
    settled = sentence.outcome is Outcome.CARRIED or (
        sentence.outcome is None and not notice and "seconded" in words + sentence.after[:200]
    )
    own = settled and _is_own_act(words[start:])
    if own:
        return Finding("carried motion", 0.65, *found)
    return Finding("motion", 0.5, *found, kind=CommitmentKind.REQUEST)


def _motion_start(words: str) -> int:
    lead = re.match(
        r"\W*(?:\w{1,3}[.)]\W+)?(?:I|We) (?:hereby |wish to |will |shall )*(?:move|propose|give"
        r" notice)\b.{0,120}?\bthat\b[,*\s]*"
        r"|.{0,200}?(?<!the )\b(?:proposed|moved)\b.{0,120}?\bthat\b\s*|.{0,120}?(?<!the"
        r" )\b(?:proposed|moved)\b\s",
        words,
    )
    return lead.end() if lead else MARK.match(words).end()  # type: ignore[union-attr]


_OURS = re.compile(
    r"(?:that )?(?P<who>(?:[Tt]he |[Tt]his |[Oo]ur )?(?:[A-Z][\w’&-]* (?:and |& |of )?){0,6}?"
    r"(?:Council|Committee|District|Cabinet|Board|Authority|Directorate|Department|Management"
    r"|Executive))\s(?P<verb>[a-z]+)\b"
)


def _motion_task(words: str, start: int) -> tuple[tuple[int, int], str | None] | None:
    stance = STANCE.match(words, start)
    start = stance.end() if stance else start
    others = asked_of(words, start)
    if others and others[1]:
        return others
    found = told_to(words, start, "motion", 0.6) or should_be(words, start)
    if found:
        return found.action, found.owner
    ours = _OURS.match(words, start)
    if ours and ours["verb"] in WORKS:
        return (ours.start("verb"), end_of_clause(words, ours.end())), ours["who"]
    for clause in clauses(words[start:]):
        if not is_idle(clause, words[start:]):
            return (start + clause.verb_start, start + clause.end), clause.agent
    verb = re.compile(r"(?:[Tt]o |[Tt]hat )?(?P<verb>[A-Za-z]+)\b").match(words, start)
    if verb and verb["verb"].casefold() in TASKS:
        return (verb.start("verb"), end_of_clause(words, verb.end())), None
    be = re.compile(r"[^;:]{2,160}?\sbe\s(?P<verb>[a-z]+(?:ed|n|t|ld|de))\b").match(words, start)
    if be and not is_formal(be["verb"]):
        return (start, end_of_clause(words, be.end())), None
    return None


def _is_own_act(words: str) -> bool:
    """Tell whether a motion asks the body itself to act, rather than somebody else."""
    return not re.match(
        r"(?:the )?(?:Government|Minister|HSE|NTA|TII|Irish Water|Department of|Oireachtas"
        r"|State)\b",
        words,
    )


_FROM_THE_FLOOR = re.compile(
    r"^[^.;]{0,40}?\b(?:proposed|moved) by [^;]{3,90}?(?<!motion) that\s"
    r"|^[^.;]{3,60}?\b(?:proposed|moved)\b(?! by\b),?(?: seconded by [^.;]{3,60}?,)?"
    r"(?: that\b)?,?\s"
)


_SUPPORTED = re.compile(
    r"\s*(?:(?:This|The (?:motion|proposal)|It)\b[^.]{0,40}|[A-Z][^.]{2,40} )\bseconded\b"
)


def seconded(sentence: Candidate) -> Finding | None:
    """Find what was proposed from the floor and seconded: "Cllr X proposed a reception be held"."""
    lead = _FROM_THE_FLOOR.match(sentence.words)
    support = sentence.after[:160]
    if not lead or sentence.part is not Part.MINUTE:
        return None
    if "seconded" not in sentence.words and not _SUPPORTED.match(support):
        return None
    task = _motion_task(sentence.words, lead.end())
    if task is None or outcome_after(support) is Outcome.LOST:
        return None
    return Finding("seconded", 0.65, task[0], task[1])
