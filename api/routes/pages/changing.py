"""What an officer's form changes of an entry of the register, and how a change is told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from api import wording
from search.errors import AmbiguousName, ChangeRefused, NotHeld
from search.periods import Period
from search.register.changing import merging, setting, undoing
from search.register.listing import find
from search.register.references import reference, reference_of
from search.register.values import Change, Entry, Field, Wish, due_of, due_words

SET = (Field.STATE, Field.OWNER, Field.DUE)
"""What the form of an entry sets."""

WAS = "-was"
"""After a field's name: what the form showed in it. What was left alone is not set again, so that
nobody takes back by that what another officer has changed meanwhile."""

CALLED = {Field.STATE: "state", Field.OWNER: "owner", Field.DUE: "day"}


def wished(
    register: Sequence[Entry], name: str, by: str, fields: Mapping[str, str]
) -> Sequence[Wish]:
    """Return the changes of an entry that a form asks for.

    Raises:
        ChangeRefused: they make no sense, or another officer has set the same meanwhile.
    """
    entry, note = find(register, name), fields.get("note")
    if "undo" in fields:
        undone = fields["undo"]
        number = int(undone) if undone.isdecimal() and len(undone) < len(f"{2**63}") else 0
        return undoing(entry, by, number, note)
    if "merge" in fields:
        return merging(entry, _other(register, fields["merge"].strip()), by, note)
    given = {
        field: fields[field].strip()
        for field in SET
        if field in fields and not _left_alone(field, fields)
    }
    _check_seen(entry, given, fields)
    return setting(entry, by, given, note)


def as_set(entry: Entry) -> dict[str, str]:
    """Return what the form of an entry shows, by field: values as the log holds them."""
    present = entry.present
    return {
        Field.STATE.value: present.state.value,
        Field.OWNER.value: present.owner or "",
        Field.DUE.value: due_words(present.due) or "",
    }


def kept(fields: Mapping[str, str], entry: Entry) -> dict[str, str]:
    """Return what the form shows after a refusal: what was typed, and what was left alone as it is.

    Another officer may have set the latter meanwhile, and saving again must not take that back.
    """
    now = as_set(entry)
    return {**fields, **{each: now[each] for each in SET if _left_alone(each, fields)}}


def said(change: Change, entry: Entry, register: Sequence[Entry]) -> str:
    """Return what a change did, in words."""
    if change.field is Field.NOTE:
        return "left a note"
    if change.field is Field.MERGE:
        return f"merged it with {_merged(change, entry, register)}"
    if change.field is Field.UNDO:
        return f"undid change {change.new}"
    old, new = (shown(change.field, value) or "none" for value in (change.old, change.new))
    return f"set the {CALLED[change.field]} from {old} to {new}"


def shown(field: Field, value: str | None) -> str:
    """Return a value of the log as a reader is shown it: a day in words."""
    if field is not Field.DUE or not value:
        return value or ""
    try:
        due = due_of(value)
    except ValueError:  # the paper's own words
        return value
    return wording.period(Period(due.first, due.last)) if due.first and due.last else value


def _left_alone(field: Field, fields: Mapping[str, str]) -> bool:
    """Tell whether a form gives back in a field what it showed there."""
    return fields.get(field, "").strip() == fields.get(field + WAS, "").strip()


def _check_seen(entry: Entry, given: Mapping[Field, str], fields: Mapping[str, str]) -> None:
    """Refuse to set what another officer has set since the form was shown."""
    now = as_set(entry)
    others = [
        field
        for field, value in given.items()
        if field + WAS in fields and fields[field + WAS].strip() != now[field] != value
    ]
    if others:
        told = [f"the {CALLED[each]} to {shown(each, now[each]) or 'none'}" for each in others]
        raise ChangeRefused(
            f"meanwhile somebody has set {wording.listed(told)}: save again if it is to be as you "
            "typed",
            others[0],
        )


def _other(register: Sequence[Entry], name: str) -> Entry:
    """Return the entry that one is to be merged with."""
    if not name:
        raise ChangeRefused("enter the reference of the other commitment")
    try:
        return find(register, name)
    except (NotHeld, AmbiguousName) as exc:
        raise ChangeRefused(
            f"no commitment alone is called {name[:64]!r}: take the reference from the list"
        ) from exc


def _merged(change: Change, entry: Entry, register: Sequence[Entry]) -> str:
    """Return the reference of the other of two that were merged: the entry bears one's own."""
    other = _called(change.new or "", entry, register)
    return other if other != reference(entry) else _called(change.commitment, entry, register)


def _called(commitment: str, entry: Entry, register: Sequence[Entry]) -> str:
    """Return the reference of what was merged, which is a place of the entry unless undone."""
    for place in entry.places:
        if place.commitment.id == commitment:
            return reference_of(place)
    try:
        return reference(find(register, commitment))
    except NotHeld:  # its papers are gone
        return commitment
