"""From what an officer wants of an entry to lines of the log; refuses what makes no sense."""

from __future__ import annotations

from collections.abc import Mapping

from search.errors import ChangeRefused
from search.register.folding import holding, in_force
from search.register.values import Entry, Field, State, Wish, due_typed, due_words

LONGEST = 2_000
"""Characters of a value or note: some three hundred words."""


def setting(
    entry: Entry, by: str, given: Mapping[Field, str | None], note: str | None = None
) -> list[Wish]:
    """Return the lines that bring an entry's state, owner and due date to what is given.

    Args:
        entry: as it stands.
        by: who wants it.
        given: values as the log holds them (see Field), a day as people write it too (see
            due_typed); None and "" are no owner, no day.
        note: goes with the first line; alone it is a line of its own.

    Raises:
        ChangeRefused: nobody wants it, a value makes no sense, or nothing would change.
    """
    now = {
        Field.STATE: entry.present.state.value,
        Field.OWNER: entry.present.owner,
        Field.DUE: due_words(entry.present.due),
    }
    asked = {field: _checked(field, value) for field, value in given.items()}
    wishes = [
        Wish(entry.id, _by(by), field, now[field], value)
        for field, value in asked.items()
        if value != now[field]
    ]
    note = _text(note)
    if note and not wishes:
        return [Wish(entry.id, _by(by), Field.NOTE, note=note)]
    if not wishes:
        raise ChangeRefused("nothing would change: the entry stands like that already")
    first = wishes[0]
    return [Wish(first.commitment, first.by, first.field, first.old, first.new, note), *wishes[1:]]


def merging(one: Entry, other: Entry, by: str, note: str | None = None) -> list[Wish]:
    """Return the line that makes two entries one; which is named first does not matter.

    Raises:
        ChangeRefused: they are one already, or nobody wants it.
    """
    if one.id == other.id:
        raise ChangeRefused("these are one entry already: name two different ones to merge")
    return [Wish(one.id, _by(by), Field.MERGE, new=other.id, note=_text(note))]


def undoing(entry: Entry, by: str, number: int | None, note: str | None = None) -> list[Wish]:
    """Return the line that takes a change back.

    Args:
        entry: as it stands.
        by: who wants it.
        number: of the change; None for the latest that holds.
        note: why.

    Raises:
        ChangeRefused: the entry has no such change, it is undone already, or nobody wants it.
    """
    if number is None:
        held = holding(entry.history)
        if not held:
            raise ChangeRefused("there is nothing to undo: no change of this entry holds")
        change = held[-1]
    else:
        known = {each.number: each for each in in_force(entry.history)}
        if number not in known:
            raise ChangeRefused(
                f"change {number} is none of this entry's, or is undone already: its history "
                "lists them"
            )
        change = known[number]
    # Under the same commitment: the two stay together when merged entries are parted again.
    return [Wish(change.commitment, _by(by), Field.UNDO, new=f"{change.number}", note=_text(note))]


def _by(name: str) -> str:
    text = _text(name)
    if not text:
        raise ChangeRefused("say who makes the change")
    return text


def _text(value: str | None) -> str | None:
    """Return what was typed, in one form; None for nothing."""
    text = (value or "").strip()
    if len(text) > LONGEST:
        raise ChangeRefused(f"{len(text):,} characters are too many: {LONGEST:,} are kept")
    return text or None


def _checked(field: Field, value: str | None) -> str | None:
    text = _text(value)
    if field is Field.STATE:
        if text not in set(State):
            raise ChangeRefused(f"no state is called {text!r}: there are {', '.join(State)}", field)
    elif field is Field.DUE and text is not None:
        try:
            return due_words(due_typed(text))
        except ValueError as exc:
            raise ChangeRefused(
                f"{text!r} is no day: write 31 March 2024 or 2024-03-31; March 2024 or "
                "2024-03-01/2024-03-31 for a period",
                field,
            ) from exc
    return text
