"""What a rule finds in a sentence, and what several rules share."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.commitments.clauses import FULL_STOP, Clause
from ingest.commitments.words import FORMAL
from ingest.paper import CommitmentKind


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule found in a sentence; spans are of the sentence."""

    signal: str
    confidence: float
    action: tuple[int, int]
    owner: str | None
    """As the rule read it: may be a pronoun."""
    speaker_acts: bool = False
    """Whoever speaks in the sentence is to do it, where `owner` is None."""
    kind: CommitmentKind = CommitmentKind.COMMITMENT


IN_MEETING = re.compile(
    r"\b(?:leave|left|leaving|withdraw\w*|retire) (?:from )?(?:the )?(?:meeting|chamber|room)"
    r"|\btake the [Cc]hair\b|\bdealt? with (?:under )?(?:agenda |the )?(?:[Ii]tems?|[Nn]otice)\b"
    r"|\bgo through\b|\b[Vv]otes? (?:would|will|should) be taken\b|\bshow of hands\b"
    r"|\btake (?:no )?(?:further )?part\b|\bspeak (?:to|on|for|first)\b|\bchair the (?:meeting"
    r"|item)"
    r"|\b(?:taken|heard|considered|dealt with|discussed|deal with|consider|discuss) (?:items? "
    r"|agenda )?"
    r"(?:together|first|next|earlier|in private|in committee|en bloc)\b"
    r"|\b(?:items?|agenda items?) [\d, and]+\b.{0,20}\b(?:together|next|first)\b"
    r"|\badded to (?:the )?(?:recommendation|motion|minutes|resolution)|\btaken at this|\bat"
    r" this (?:point|juncture)\b|\b(?:taken|considered|heard) (?:after|before|at the (?:end"
    r"|beginning|start)|later in)\b|\bmove(?:d)? (?:on )?to (?:the )?next\b|\b(?:signed|sign)"
    r" (?:by the|them|the minutes)"
    r"|\bminute'?s? silence\b|\bobserve a\b|\bsuspend\w*|\bstanding orders? (?:be|to be)\b"
    r"|\bpress and public\b|\bcorrect record\b|\bbusiness to be transacted\b|\badjourn\w*"
)


def is_formal(word: str) -> bool:
    """Tell whether a verb or participle is what a body does in the meeting: "adopt", "adopted"."""
    stem = word.removesuffix("d").removesuffix("e")
    return word in FORMAL or any(verb.removesuffix("e") == stem for verb in FORMAL)


def by_clause(signal: str, confidence: float, clause: Clause, *, speaker: bool = False) -> Finding:
    """Return what a clause says will be done, by whom where it says so."""
    start = clause.start if not clause.agent or clause.passive else clause.verb_start
    return Finding(signal, confidence, (start, clause.end), clause.agent, speaker)


_ENDS = re.compile(rf";|{FULL_STOP}")


def end_of_clause(words: str, since: int) -> int:
    """Return where the clause that holds a position ends."""
    stop = _ENDS.search(words, since)
    return stop.start() if stop else len(words.rstrip())
