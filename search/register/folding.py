"""From a log of changes to how an entry stands: pure, and the same however often it is done."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from search.register.values import Change, Field, Place, Present, State, due_of


def in_force(log: Iterable[Change]) -> list[Change]:
    """Return the changes that are not undone, oldest first, those that undo among them.

    An undoing may be undone in its turn, which brings the change before it back.
    """
    undone: set[int] = set()
    held = []
    for change in sorted(log, key=lambda each: each.number, reverse=True):
        if change.number not in undone:
            held.append(change)
            if change.field is Field.UNDO:
                undone.add(int(change.new or 0))
    return held[::-1]


def holding(log: Iterable[Change]) -> list[Change]:
    """Return the changes that hold, oldest first: neither undone nor undoing."""
    return [change for change in in_force(log) if change.field is not Field.UNDO]


def fold(places: Sequence[Place], log: Iterable[Change]) -> Present:
    """Return how an entry stands.

    Args:
        places: its places, the record first; what the first tells of owner and due is taken.
        log: the changes of all of them, in any order; of two that hold, the later wins.
    """
    printed = [place.commitment for place in places]
    present = Present(
        State.OPEN,
        next((each.owner for each in printed if each.owner), None),
        next((each.due for each in printed if each.due), None),
        (),
    )
    for change in holding(log):
        present = _after(present, change)
    return present


def _after(present: Present, change: Change) -> Present:
    if change.note:
        present = replace(present, notes=(*present.notes, change))
    if change.field is Field.STATE and change.new:
        return replace(present, state=State(change.new))
    if change.field is Field.OWNER:
        return replace(present, owner=change.new)
    if change.field is Field.DUE:
        return replace(present, due=due_of(change.new) if change.new else None)
    return present
