"""Understands a paper as a clerk does: which meeting it belongs to, and what it is for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import PurePath
from types import MappingProxyType

from ingest.meeting.bodies import canonical, fuller_name, same_body, tidy_body
from ingest.meeting.filed import (
    body_in_folders,
    body_in_name,
    date_in_folders,
    date_in_name,
    name_of,
)
from ingest.meeting.heads import read_head
from ingest.meeting.kinds import tell_kind
from ingest.meeting.marks import tell_exempt, tell_state
from ingest.meeting.titles import tell_title
from ingest.meeting.when import tell_date
from ingest.meeting.whose import tell_body
from ingest.overrides import EXEMPT, NOTHING, Overrides
from ingest.paper import CleanText, Fact, PaperKind, PaperState

__all__ = ["Facts", "canonical", "same_body", "tidy_body", "understand"]

_FILED_BY_MEETING = frozenset({PaperKind.AGENDA, PaperKind.PACK})
"""Kinds that lie in the folder of their own meeting; minutes lie in that of a later one."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a paper, each fact with its evidence."""

    title: str
    kind: PaperKind
    state: PaperState | None
    body: str | None
    meeting_date: date | None
    exempt: bool
    evidence: Mapping[str, Fact]


def understand(source: PurePath, text: CleanText, settled: Overrides = NOTHING) -> Facts:
    """Tell body, date, kind, state, exemption and title of a paper.

    What a clerk has settled is believed first, and the rest is understood in its light (the date
    of minutes is found otherwise than that of a report); then the paper's own text, its metadata,
    its file name and its folder. A date that nothing tells stays unknown.

    Args:
        source: the paper's path; file name and folders are hints.
        text: the paper, read and cleaned.
        settled: what a clerk has said of it.
    """
    head = read_head(text)
    kind, kind_fact = tell_kind(source, text, head)
    kind, kind_fact = settled.kind or kind, settled.get("kind") or kind_fact
    body_fact = settled.get("body") or _fuller(tell_body(text, head, kind), _filed_body(source))
    body = body_fact.value if body_fact else None
    dated = _settled_date(settled) or (
        tell_date(text, head, kind, body, date_in_name(source)) or _filed_date(source, kind)
    )
    state = _settled_state(settled) or tell_state(head, kind)
    exempt = settled.get("exempt") or tell_exempt(source, text, head, kind)
    title = settled.get("title") or tell_title(source, text, head, kind, body)
    told = {
        "title": title,
        "kind": kind_fact,
        "state": state[1] if state else None,
        "body": body_fact,
        "meeting_date": dated[1] if dated else None,
        "exempt": exempt,
    }
    return Facts(
        title=title.value,
        kind=kind,
        state=state[0] if state else None,
        body=body,
        meeting_date=dated[0] if dated else None,
        exempt=exempt is not None and exempt.value == EXEMPT,
        evidence=MappingProxyType({name: fact for name, fact in told.items() if fact}),
    )


def _settled_date(settled: Overrides) -> tuple[date, Fact] | None:
    day, fact = settled.meeting_date, settled.get("meeting_date")
    return (day, fact) if day and fact else None


def _settled_state(settled: Overrides) -> tuple[PaperState, Fact] | None:
    state, fact = settled.state, settled.get("state")
    return (state, fact) if state and fact else None


def _fuller(told: Fact | None, filed: Fact | None) -> Fact | None:
    """Believe the text; where it cuts a name short or OCR misread it, the file has it whole."""
    if told and filed and fuller_name(told.value, filed.value) != told.value:
        return filed
    return told or filed


def _filed_body(source: PurePath) -> Fact | None:
    named = body_in_name(source)
    if named:
        return Fact(named[0], named[1], "file name")
    filed = body_in_folders(source)
    return Fact(filed[0], filed[1], "folder") if filed else None


def _filed_date(source: PurePath, kind: PaperKind) -> tuple[date, Fact] | None:
    """Take a summons' or minutes' date from the file name, a summons' also from its folder."""
    if kind not in _FILED_BY_MEETING and kind is not PaperKind.MINUTES:
        return None
    named = date_in_name(source)
    if named:
        return named, Fact(named.isoformat(), name_of(source), "file name")
    filed = date_in_folders(source) if kind in _FILED_BY_MEETING else None
    return (filed[0], Fact(filed[0].isoformat(), filed[1], "folder")) if filed else None
