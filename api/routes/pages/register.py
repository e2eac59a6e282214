"""GET /commitments, and GET and POST /commitments/{commitment}: the register, kept by officers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from api import wording
from api.access.callers import TheForm
from api.access.roles import Role
from api.documents.forms import Form
from api.documents.register import due_in_words, state_in_words
from api.problems import STATUS, sentence
from api.returning import back_of, here, same_site
from api.routes.pages import links
from api.routes.pages.browsing import A_PAGE, Which, last_page
from api.routes.pages.changing import WAS, as_set, kept, said, wished
from api.routes.pages.exempting import exempt_places
from api.routes.parts import TheHouse
from api.routes.registering import OFFICERS, Named, this_day
from api.templating import page
from api.wiring import House
from ingest.paper import CommitmentKind
from search.errors import ChangeRefused
from search.holdings import KeptPassage
from search.register.changing import LONGEST
from search.register.folding import in_force
from search.register.followup import Suggestion, follow_up
from search.register.listing import STANDING, Order, Wanted, find
from search.register.references import reference
from search.register.values import Change, Entry, Place, State
from search.view import View

router = APIRouter()

KINDS = {CommitmentKind.COMMITMENT: "Agreed to", CommitmentKind.REQUEST: "Only asked for"}

STATES = {
    State.OPEN: "Open",
    State.DONE: "Done",
    State.DROPPED: "Dropped",
    State.REJECTED: "Rejected: found in error",
}

DOWNLOADS = {
    "CSV": Form.CSV,
    "Excel": Form.XLSX,
    "Word": Form.WORD,
    "calendar": Form.CALENDAR,
}

SUGGESTED = {
    Suggestion.OPEN: "No later paper seems to report on it.",
    Suggestion.OVERDUE: "Its day has passed, and no later paper seems to report on it.",
    Suggestion.REPORTED: "Later papers seem to report on it.",
    Suggestion.DONE: "Later papers seem to say that it was done.",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """Which entries were asked for, as it was typed; named as the API names it."""

    topic: str = ""
    body: str = ""
    owner: str = ""
    state: str = ""
    kind: str = ""
    overdue: str = ""
    due_before: str = ""
    since: str = ""
    until: str = ""

    @property
    def narrowed(self) -> bool:
        """Whether anything was filled in."""
        return any(getattr(self, name) for name in self.__slots__)

    def query(self, **more: str) -> str:
        """Return it as the query of an address of this page, or of the API's."""
        values = {name: getattr(self, name) for name in self.__slots__} | more
        return urlencode({name: value for name, value in values.items() if value})

    def wanted(self) -> tuple[Wanted, dict[str, str]]:
        """Return the entries that are wanted, and what is wrong with what was typed, by field."""
        errors: dict[str, str] = {}
        if self.state and self.state not in set(State):
            errors["state"] = "Choose a state from the list."
        if self.kind and self.kind not in set(CommitmentKind):
            errors["kind"] = "Choose from the list."
        days: dict[str, date | None] = {}
        for name in ("due_before", "since", "until"):
            typed = getattr(self, name)
            try:
                days[name] = date.fromisoformat(typed) if typed else None
            except ValueError:
                errors[name] = "Enter a day as year, month and day, such as 2024-03-12."
        if not errors and self.since and self.until and self.since > self.until:
            errors["until"] = "The last day must not be before the first."
        if errors:
            return Wanted(), errors
        return Wanted(
            states=(State(self.state),) if self.state else STANDING,
            kinds=(CommitmentKind(self.kind),) if self.kind else (),
            bodies=(self.body,) if self.body else (),
            owner=self.owner or None,
            topic=self.topic or None,
            due_before=days["due_before"],
            since=days["since"],
            until=days["until"],
            overdue=bool(self.overdue),
            order=Order.OVERDUE,
        ), {}


def _asked(
    topic: str = "",
    body: str = "",
    owner: str = "",
    state: str = "",
    kind: str = "",
    overdue: str = "",
    due_before: str = "",
    since: str = "",
    until: str = "",
) -> Asked:
    late = "true" if overdue else ""
    typed = (topic[:500], body, owner[:200], state, kind, late, due_before, since, until)
    return Asked(*(each.strip() for each in typed))


@dataclass(frozen=True, slots=True)
class Row:
    """An entry as the pages show it."""

    entry: Entry
    reference: str
    state: str
    due: str | None
    printed: str
    """Address of the page that prints it, the sentence marked."""
    exempt: bool
    """The public is not shown it."""


@router.get("/commitments")
def commitments(
    request: Request,
    house: TheHouse,
    asked: Annotated[Asked, Depends(_asked)],
    which: Which = 1,
) -> HTMLResponse:
    """List the entries that a form allows, overdue ones first."""
    wanted, errors = asked.wanted()
    today = this_day()
    with house.view() as view:
        found = [] if errors else view.chosen_commitments(wanted, today)
        late = sum(entry.overdue(today) for entry in found)
        rows = _rows(view, found[A_PAGE * (which - 1) : A_PAGE * which], today, here(request))
        bodies = [each.body for each in view.bodies() if each.body]
    sort = Order.OVERDUE.value
    return page(
        request,
        "commitments.html",
        422 if errors else 200,
        asked=asked,
        errors=errors,
        rows=rows,
        total=len(found),
        late=late,
        first=A_PAGE * (which - 1) + 1,
        which=which,
        last=last_page(len(found)),
        bodies=bodies,
        kinds=KINDS,
        states=STATES,
        downloads={
            name: f"/v1/commitments/export?{asked.query(sort=sort, form=form.value)}"
            for name, form in DOWNLOADS.items()
        },
        to=links,
        wording=wording,
    )


@router.get("/commitments/{commitment}")
def commitment(request: Request, house: TheHouse, commitment: Named, back: str = "") -> Response:
    """Show one entry: its sentence, what later papers tell, and to officers its history."""
    return _entry(request, house, commitment, back)


@router.post("/commitments/{commitment}", dependencies=OFFICERS)
def change(
    request: Request, house: TheHouse, commitment: Named, fields: TheForm, back: str = ""
) -> Response:
    """Set what a form changes of an entry, merge it, or take a change back; then show it."""
    try:
        made = house.change(lambda held: wished(held, commitment, house.caller.name, fields))
    except ChangeRefused as refused:
        return _entry(request, house, commitment, back, refused, fields)
    # The entry whose history tells it: of two that were parted, the one that was merged.
    link = links.commitment_link(made[0].commitment, same_site(back))
    saved = f"{'&' if '?' in link else '?'}changed={len(made)}"
    return RedirectResponse(f"{link}{saved}", status_code=303)


def _entry(
    request: Request,
    house: House,
    name: str,
    back: str,
    refused: ChangeRefused | None = None,
    typed: Mapping[str, str] | None = None,
) -> Response:
    """Show an entry; after a refused change with what was typed, and why it was refused."""
    today, way = this_day(), back_of(back)
    with house.view() as view:
        register = view.commitments()
        entry = find(register, name)
        told = follow_up(view, entry, today)
        at = links.commitment_link(entry.id, way.address if way else "")
        (row,) = _rows(view, [entry], today, at)
        places = _links(view, entry.places, at)
        exempt = _exempt(view, entry.places)
        told_by = [(each.kept.paper.id, each.kept.passage.citation) for each in told.evidence]
        again = _rows(view, view.repetitions(entry), today, at)
        evidence = [
            (each, links.words_link(view, each.kept, each.sentence, at), shut)
            for each, shut in zip(told.evidence, exempt_places(view, told_by), strict=True)
        ]
    officer = house.caller.role.at_least(Role.OFFICER)
    history = [(each, said(each, entry, register)) for each in entry.history] if officer else []
    now = as_set(entry)
    return page(
        request,
        "commitment.html",
        STATUS[ChangeRefused] if refused else 200,
        row=row,
        entry=entry,
        places=list(zip(entry.places, places, _cited(entry.places), exempt, strict=True)),
        suggested=SUGGESTED[told.suggested],
        evidence=evidence,
        again=again,
        officer=officer,
        back=way,
        errors=_errors(refused, typed or {}),
        now=now,
        typed={**now, "note": "", "merge": "", **kept(typed or {}, entry)},
        history=history,
        saved=[] if refused else _saved(history, request.query_params.get("changed", "")),
        undoable={each.number for each in in_force(entry.history)},
        longest=LONGEST,
        kinds=KINDS,
        states=STATES,
        was=WAS,
        to=links,
        wording=wording,
    )


def _errors(refused: ChangeRefused | None, typed: Mapping[str, str]) -> dict[str, str]:
    """Return why a change was refused, by the field that it is said beside."""
    if refused is None:
        return {}
    return {"merge" if "merge" in typed else refused.field or "change": sentence(refused)}


def _saved(history: Sequence[tuple[Change, str]], changed: str) -> Sequence[tuple[Change, str]]:
    """Return the changes that were made just now: as many as the address says, the last ones."""
    if not changed.isdecimal() or len(changed) > 1:
        return ()
    return history[max(len(history) - int(changed), 0) :]


def _rows(view: View, entries: Sequence[Entry], today: date, back: str) -> list[Row]:
    first = [entry.first for entry in entries]
    printed, exempt = _links(view, first, back), _exempt(view, first)
    rows = []
    for entry, link, shut in zip(entries, printed, exempt, strict=True):
        due = due_in_words(entry)
        words = wording.day(due) if isinstance(due, date) else due
        state = state_in_words(entry, today)
        rows.append(Row(entry, reference(entry), state, words, link, shut))
    return rows


def _exempt(view: View, places: Sequence[Place]) -> list[bool]:
    """Return of each place whether the public is not shown it."""
    return exempt_places(view, [(each.paper.id, each.commitment.citation) for each in places])


def _cited(places: Sequence[Place]) -> list[str]:
    """Return each place's citation; with its file's name where another's is the same."""
    lines = [wording.cited(each.paper, each.item, each.commitment.citation) for each in places]
    return [
        f"{line} · {PurePosixPath(each.paper.source).name}" if lines.count(line) > 1 else line
        for each, line in zip(places, lines, strict=True)
    ]


def _links(view: View, places: Sequence[Place], back: str) -> list[str]:
    """Return the address of the page of each place, the sentence marked in its passage."""
    kept = view.passages([each.commitment.passage for each in places if each.commitment.passage])
    return [_link(place, kept.get(place.commitment.passage or ""), back) for place in places]


def _link(place: Place, kept: KeptPassage | None, back: str) -> str:
    cited = place.commitment.citation
    if kept is None:
        return links.page_link(place.paper.id, cited.first_page, back=back)
    passage = kept.passage.citation
    start, end = cited.start - passage.start, min(cited.end, passage.end) - passage.start
    return links.page_link(
        place.paper.id,
        cited.first_page,
        passage=kept.passage.id,
        sentence=f"{start}-{end}",
        back=back,
    )
