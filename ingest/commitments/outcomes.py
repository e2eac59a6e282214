"""What became of a proposal, told by the words that follow it in its item of business.

This is a plain reading of the text: the nearest words of outcome count. Whoever knows motions and
their votes better can take the place of `outcome_after`.
"""

from __future__ import annotations

import re
from enum import StrEnum


class Outcome(StrEnum):
    """What became of a motion or amendment."""

    LOST = "lost"
    CARRIED = "carried"
    REFERRED = "referred"
    """Sent to another body, which is all that was undertaken."""
    ANSWERED = "answered"
    """A reply is printed under it: what was undertaken, if anything, stands in the reply."""


_OF_MOTION = re.compile(
    r"\b(?:motion|amendment|proposal|vote|proposed|this|it)\b[^.]{0,160}?"
    r"\b(?P<how>lost|not carried|defeated|fell|not agreed|not seconded|withdrawn|rejected"
    r"|ruled out of order|carried|adopted|passed|agreed|approved|supported)\b"
    r"|\b(?P<resolved>RESOLVED)\b",
    re.IGNORECASE,
)
_REFERRED = re.compile(
    r"\bagreed to refer this\b|\brefer(?:red)? (?:this|the) [^.]{0,40}[Mm]otion\b"
)
_REPLY = re.compile(r"^[\W\d]*(?:REPLY|Reply|RESPONSE|Response)\b", re.MULTILINE)
_LOST = frozenset(
    (
        "lost",
        "not carried",
        "defeated",
        "fell",
        "not agreed",
        "not seconded",
        "withdrawn",
        "rejected",
        "ruled out of order",
    )
)


def outcome_after(after: str) -> Outcome | None:
    """Return what became of a proposal.

    Args:
        after: the text from the proposal's end to the end of its item.

    Returns:
        None where the text does not tell.
    """
    told = _OF_MOTION.search(after)
    if told and (told["how"] or "").casefold() in _LOST:
        return Outcome.LOST
    if _REFERRED.search(after):
        return Outcome.REFERRED
    if _REPLY.search(after):
        return Outcome.ANSWERED
    return Outcome.CARRIED if told else None
