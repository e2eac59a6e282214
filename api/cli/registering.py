"""How the register looks on a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from api.cli.printing import CLOSES, OPENS
from api.documents.register import due_in_words, state_in_words
from api.documents.sheet import in_words
from api.wording import cited, counted
from api.wording import listed as in_a_row
from search.register.folding import in_force
from search.register.followup import Evidence, FollowUp, Suggestion
from search.register.references import reference
from search.register.values import Change, Entry, Field

SUGGESTED = {
    Suggestion.OPEN: "No later paper seems to report on it.",
    Suggestion.REPORTED: "Later papers seem to report on it:",
    Suggestion.DONE: "Later papers seem to say that it is done:",
    Suggestion.OVERDUE: "Its day has passed, and no later paper seems to report on it.",
}


def listed(entries: Sequence[Entry], total: int, today: date) -> Iterator[RenderableType]:
    """Yield a page of the register as a table, and how much of it that is."""
    if not entries:
        yield Text("No entry of the register is like that.", style="bold")
        return
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for head in ("entry", "action", "owner", "due", "state"):
        table.add_column(head, overflow="fold", no_wrap=head == "entry")
    for each in entries:
        table.add_row(
            reference(each),
            Text(each.first.commitment.action),
            Text(each.present.owner or "–"),
            in_words(due_in_words(each)) or "–",
            state_in_words(each, today),
        )
    yield table
    shown = "" if len(entries) == total else f"; {len(entries):,} shown, --limit shows more"
    yield Text(f"\n{counted(total, 'entry', 'entries')}{shown}")


def whole(entry: Entry, told: FollowUp, today: date) -> Iterator[RenderableType]:
    """Yield one entry: how it stands, where it is printed, its history, what later papers tell."""
    printed = entry.first.commitment
    yield Text(f"{reference(entry)}  {state_in_words(entry, today)}", style="bold")
    yield Text(f"{OPENS}{printed.sentence}{CLOSES}")
    table = Table.grid(padding=(0, 2))
    table.add_column(style="bold")
    table.add_column(overflow="fold")
    rows = (
        ("kind", entry.kind.value),
        ("action", printed.action),
        ("owner", entry.present.owner or "nobody is named"),
        ("due", in_words(due_in_words(entry)) or "no day is named"),
        ("found by", f"{printed.signal}, {printed.confidence:.0%} sure"),
        ("id", entry.id),
    )
    for name, value in rows:
        table.add_row(name, Text(value))
    yield table
    for place in entry.places:
        yield Text(f"in {cited(place.paper, place.item, place.commitment.citation)}", style="cyan")
    if entry.history:
        yield Text("\nChanges:", style="bold")
        held = {change.number for change in in_force(entry.history)}
        for change in entry.history:
            yield Text(f"   {_change(change)}{'' if change.number in held else ' (undone)'}")
    yield Text(f"\n{SUGGESTED[told.suggested]}", style="bold")
    for evidence in told.evidence:
        yield from _evidence(evidence)


def _change(change: Change) -> str:
    values = f"from {change.old or 'none'} to {change.new or 'none'}"
    what = {
        Field.NOTE: "note",
        Field.MERGE: f"merged with {change.new}",
        Field.UNDO: f"undid {change.new}",
    }.get(change.field, f"{change.field.value} {values}")
    note = f": {change.note}" if change.note else ""
    return f"{change.number}. {change.made:%Y-%m-%d %H:%M} UTC, {change.by}: {what}{note}"


def _evidence(evidence: Evidence) -> Iterator[Text]:
    kept = evidence.kept
    start, end = evidence.sentence
    yield Text(f"   {cited(kept.paper, kept.item, kept.passage.citation)}", style="cyan")
    yield Text(f"   {OPENS}{kept.passage.text[start:end]}{CLOSES}")
    shared = [*evidence.words, *evidence.names]
    done = f"; done: “{evidence.completed}”" if evidence.completed else ""
    item = "; same item" if evidence.same_item else ""
    words = in_a_row(list(dict.fromkeys(shared)))
    yield Text(f"   shares {words}{item}; meaning {evidence.nearness:.0%}{done}", style="dim")
