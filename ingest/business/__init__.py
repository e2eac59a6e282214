"""What happens inside the items of business: motions, questions with replies, resolutions.

Read from the words in which minutes of English, Scottish, Welsh and Irish councils say so; what no
such words tell stays unknown. Every span stands inside the item that it belongs to.
"""

from __future__ import annotations

from collections.abc import Sequence

from ingest.business.motions import motions
from ingest.business.questions import questions
from ingest.business.regions import regions
from ingest.business.resolutions import resolutions
from ingest.paper import AgendaItem, Business, CleanText, PaperKind

_MOVES_NOTHING = frozenset({PaperKind.REPORT, PaperKind.APPENDIX})
"""What is moved or asked in these was so at another meeting."""

__all__ = ["find_business"]


def find_business(text: CleanText, items: Sequence[AgendaItem], kind: PaperKind) -> Business:
    """Return the motions, questions and resolutions of a paper, each kind in its order.

    Args:
        text: the paper, read and cleaned.
        items: its agenda items, in order of position.
        kind: what it is for; a transcript's talk of motions is no motion.
    """
    if kind is PaperKind.TRANSCRIPT:
        return Business()
    stretches = list(regions(text, items))
    if kind in _MOVES_NOTHING:
        return Business(
            resolutions=tuple(each for region in stretches for each in resolutions(region))
        )
    return Business(
        motions=tuple(each for region in stretches for each in motions(region)),
        questions=tuple(each for region in stretches for each in questions(region)),
        resolutions=tuple(each for region in stretches for each in resolutions(region)),
    )
