"""Reads a task behind "that": "the Leader write", "a report be brought", "officers be asked to"."""

from __future__ import annotations

import re

from ingest.commitments.clauses import is_agent
from ingest.commitments.findings import IN_MEETING, Finding, end_of_clause
from ingest.commitments.words import FORMAL, TASKS

STANCE = re.compile(
    r"(?:[Tt]o |[Tt]hat )?(?:the |this )?(?:(?:County |Borough |City )?Council |Cabinet "
    r"|Committee )?"
    r"(?:[Ee]ndorse|[Nn]ote|[Rr]ecogni[sz]e|[Ww]elcome|[Ss]upport|[Bb]elieve|[Tt]hank|[Ee]xpress"
    r"|[Aa]ffirm|[Aa]cknowledge"
    r"|[Cc]ommend|[Dd]eclare|[Ee]xpect|[Aa]pprove|[Aa]dopt|[Cc]onsider|[Rr]ecommend)(?:s|es"
    r"|ed)?\b[^;]*?(?=;|, and |\band (?:to |that |agree|request|ask|instruct)|$)"
)


_ASKED_OF = r"(?:asked|requested|instructed|invited|directed|tasked|required|mandated)"


_RUN = r"(?:[^;:.]|(?<=\bSt)\.|(?<=\bMr)\.|(?<=\bMrs)\.|(?<=\bMs)\.|(?<=\bDr)\.)"
"""A character within a clause."""
_IS_ASKED = re.compile(rf"\bbe {_ASKED_OF} to\s")
_BE_ASKED = re.compile(
    rf"(?:\b(?:that|and|to)\s)?(?P<who>(?:the |an? )?{_RUN}{{2,140}}?)\s(?:to )?be"
    rf" (?P<how>{_ASKED_OF})"
    rf" to\s(?P<verb>[a-z\-]+)"
)


ASK_OF = re.compile(
    r"\b(?:[Rr]equest|[Aa]sk|[Ii]nstruct|[Dd]irect|[Ii]nvite|[Tt]ask|[Rr]emit|[Mm]andate|[Cc]all"
    r" (?:on|upon)"
    r"|REQUEST|ASK|INSTRUCT)(?:s|ed|S|ED)?"
    r"(?: that| to)?\s(?P<who>(?:the |our |its |all )?(?:[A-Z][\w’'&/,\-]*|officers?|members|staff"
    r"|the|of|for|and|in|&"
    r"|Council|relevant|appropriate|senior)(?:\s(?:[A-Z(][\w’'&/,\-)]*|officers?|members|staff"
    r"|of|for|and|in|&|the))*?)"
    r"\s(?:to\s)?(?:(?:also|further|formally|urgently|now)\s)?(?!(?:of|for|and|in|to"
    r"|the)\b)(?P<verb>[a-z]+)\b"
)


_THING_BE = re.compile(
    r"\b(?:that\s)?(?P<what>(?:an?|the|further|regular|quarterly|this|these|it|all"
    r"|correspondence|representations"
    r"|officers?|copies|details|information|members|updates|letters"
    rf"|reports)\b{_RUN}{{0,160}}?)\s(?:to )?be\s"
    r"(?:formally\s)?(?P<verb>brought|sent|submitted|presented|prepared|provided|circulated"
    r"|arranged|written|issued"
    r"|reported|invited|carried out|undertaken|commissioned|drafted|published|conveyed|forwarded"
    r"|convened|organised"
    r"|established|investigated|reviewed|examined|contacted|held|scheduled|made|set up|produced"
    r"|explored"
    r"|conducted|consulted|informed|notified|updated|installed|repaired|placed on|added|included"
    r"|referred"
    r"|received at|received by|received in|requested|sought|advised|considered at|discussed at"
    r"|brought back|tabled|launched|inspected"
    r"|surveyed|distributed|shared|erected|pursued|progressed|put in place|put on|asked|hosted)\b"
)


_SUBJ = re.compile(
    r"(?:\bthat\s)?(?P<who>(?:the |this |an? |its |our )?(?:[A-Z][\w’'&/,.\-]*|officers?|staff"
    r"|of|for|and|in|&|we)"
    r"(?:\s(?:[A-Z(][\w’'&/,.\-)]*|officers?|members|staff|team|of|for|and|in|&|the))*)"
    r"\s(?:(?:now|formally|urgently|also|immediately)\s)?(?P<verb>[a-z]+)\b"
)


_NOTED_FIRST = re.compile(
    r".*\bbe (?:noted|approved|welcomed|agreed|accepted|received|supported|adopted|endorsed)\b"
    r".*?(?:,|\band\b)(?: and)? (?:that )?"
)


def told_to(words: str, start: int, signal: str, confidence: float) -> Finding | None:
    """Read what is to be done behind "that": "the Leader write", "a report be brought"."""
    asked = _BE_ASKED.search(words, start) if _IS_ASKED.search(words, start) else None
    if asked and (asked["how"] == "invited" or OUTSIDE.search(asked["who"])):
        span = (asked.start("who"), end_of_clause(words, asked.end()))
        return Finding(signal, confidence, span, None)
    if asked and asked["verb"] not in FORMAL:
        return Finding(
            signal,
            confidence,
            (asked.start("verb"), end_of_clause(words, asked.end())),
            _last_np(asked["who"]),
        )
    return _subjunctive(words, start, signal, confidence) or _to_be_done(
        words, start, signal, confidence - 0.05
    )


_NEXT_THAT = re.compile(r"\band that\s")


def _subjunctive(words: str, start: int, signal: str, confidence: float) -> Finding | None:
    """Read "the Leader write to the Minister", at the start or behind "and that"."""
    for begin in (start, *(each.end() for each in _NEXT_THAT.finditer(words, start))):
        task = _SUBJ.match(words, begin + len(words[begin:]) - len(words[begin:].lstrip()))
        if task is None or task["who"].endswith(("’s", "'s", "s’")):
            continue
        if task["verb"] in TASKS - FORMAL and is_agent(task["who"]):
            action = (task.start("verb"), end_of_clause(words, task.end()))
            return Finding(signal, confidence, action, task["who"].strip())
    return None


def _to_be_done(words: str, start: int, signal: str, confidence: float) -> Finding | None:
    """Read "a report be brought to the Cabinet"."""
    thing = _THING_BE.search(words, start)
    if thing is None or IN_MEETING.search(words[thing.start() : thing.end() + 60]):
        return None
    noted = _NOTED_FIRST.match(thing["what"])
    begin = thing.start("what") + (noted.end() if noted else 0)
    return Finding(signal, confidence, (begin, end_of_clause(words, thing.end())), None)


def _last_np(who: str) -> str:
    who = re.sub(r"\s(?:would|should|will|shall|must)$", "", who)
    return re.split(r"\b(?:that|noted|approved|agreed|and that|received)\b\s*", who)[-1].strip(" ,")


OUTSIDE = re.compile(
    r"\b(?:Minister|Government|Secretary of State|Parliament|MPs?|TDs?|MSPs?|MLAs?|Prime"
    r"|Taoiseach|Chancellor|Senedd"
    r"|Department of|Transport Infrastructure|NTA|TII|OPW|HSE|NHS|Garda|Police|Bus|Irish|Network"
    r" Rail|National)\b"
)


def asked_of(words: str, start: int) -> tuple[tuple[int, int], str | None] | None:
    """Read who is asked, instructed or told to do what: "request that the Leader writes".

    Returns:
        What is to be done, and by whom. Somebody outside the council undertakes nothing by being
        asked: then the asking itself is to be done, by whoever resolves it (None).
    """
    asks = ASK_OF.search(words, start)
    if asks is None or TASKS.isdisjoint((asks["verb"], asks["verb"].removesuffix("s"))):
        return None
    end = end_of_clause(words, asks.end())
    if OUTSIDE.search(asks["who"]) or asks.group().casefold().startswith("invit"):
        return (asks.start(), end), None
    return (asks.start("verb"), end), asks["who"].strip(" ,")
