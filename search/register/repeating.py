"""Finds entries that may be the same undertaking, said again at another meeting; officers decide.

Many sentences of minutes are forms of words: "agreed to refer this motion" is said a hundred times
of a hundred motions. So what is said more often than MOST_ALIKE is no repetition, and where a
sentence only points to its matter, its agenda item has to be the same too.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta

from search.register.followup import NOT_TOLD
from search.register.grouping import same_words
from search.register.tying import WHOSE
from search.register.values import Entry
from search.register.wording import Wording
from search.words import content_words, stems

NEAR = 0.6
"""Share of the sentence's words, by rarity, that an entry holds which is compared with it."""

MOST_ALIKE = 3
"""Other entries with nearly the same words; with more it is a form of words."""

FEWEST_WORDS = 4
"""Words, without common ones, of the shortest sentence that tells what it is of."""

HORIZON = timedelta(days=2 * 365)
"""Between the meetings; what is alike later is another year's business of the same kind."""

_POINTS = re.compile(
    r"\b(?:this|these|that|said|the (?:above|same)) (?:\w+ )?(?:agenda )?"
    r"(?:items?|motions?|matters?|issues?|reports?|proposals?|requests?|works?)\b"
    r"|\bthe following\b|:$",
    re.IGNORECASE,
)
"""What says of which matter it is only by what stands before or after it."""


def repetitions(register: Sequence[Entry], wording: Wording, entry: Entry) -> list[Entry]:
    """Return the entries that may be the same undertaking as one: earliest first, often none.

    They have nearly the same words and figures, the same owner, and another meeting within
    HORIZON; where a body has two meetings on a day, another body's counts as another.
    """
    sentence, action = entry.first.commitment.sentence, entry.first.commitment.action
    if len(content_words(sentence)) < FEWEST_WORDS or NOT_TOLD.search(action):
        return []
    near = (register[at] for at, share in wording.about(sentence).items() if share >= NEAR)
    alike = [each for each in near if each.id != entry.id and same_words(each.first, entry.first)]
    if len(alike) > MOST_ALIKE:
        return []
    pointing = _POINTS.search(sentence) is not None
    found = [
        each
        for each in alike
        if _owner(each) == _owner(entry)
        and _other_meeting(each, entry)
        and (not pointing or _titles(each) & _titles(entry))
    ]
    return sorted(found, key=lambda each: (each.meeting_date, each.id))


def _owner(entry: Entry) -> tuple[str, ...]:
    return tuple(stems(entry.present.owner or ""))


def _other_meeting(one: Entry, other: Entry) -> bool:
    first, second = one.meeting_date, other.meeting_date
    if first is None or second is None or abs(first - second) > HORIZON:
        return False
    return (one.first.paper.body, first) != (other.first.paper.body, second)


def _titles(entry: Entry) -> set[tuple[str, ...]]:
    return {
        tuple(stems(place.item.title))
        for place in entry.places
        if place.item and place.item.title and place.item.kind not in WHOSE
    }
