"""What is typed into the pages' forms, and what is wrong with it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Annotated
from urllib.parse import urlencode

from fastapi import Depends, Query

from ingest.paper import PaperKind
from search.answer import Filters, Grouping, Order, Wishes

_PAPER = re.compile(r"[0-9a-f]{16}")


@dataclass(frozen=True, slots=True)
class Form:
    """What was typed, as it was typed."""

    q: str = ""
    body: str = ""
    kind: str = ""
    since: str = ""
    until: str = ""
    paper: str = ""
    """Id of the one paper that is to answer."""
    ignore: tuple[str, ...] = ()
    """Keys of the readings that are dropped."""
    order: str = ""
    group: str = ""

    @property
    def narrowed(self) -> bool:
        """Whether anything but the question was filled in."""
        return bool(self.body or self.kind or self.since or self.until or self.paper)

    def query(self, **instead: str | tuple[str, ...]) -> str:
        """Return it as the query of an address, with some values put in place of others."""
        values = {name: getattr(self, name) for name in self.__slots__} | instead
        return urlencode({name: value for name, value in values.items() if value}, doseq=True)

    def without(self, key: str) -> str:
        """Return the query with one more reading of the question dropped."""
        return self.query(ignore=(*self.ignore, key))

    def wishes(self) -> Wishes:
        """Return how to read and lay out; what is no order or group is passed over."""
        return Wishes(
            ignored=self.ignore,
            order=Order(self.order) if self.order in tuple(Order) else Order.BEST,
            group=Grouping(self.group) if self.group in tuple(Grouping) else None,
        )


def _form(
    q: str = "",
    body: str = "",
    kind: str = "",
    since: str = "",
    until: str = "",
    paper: str = "",
    ignore: Annotated[tuple[str, ...], Query()] = (),
    order: str = "",
    group: str = "",
) -> Form:
    return Form(
        q=q.strip(),
        body=body.strip(),
        kind=kind.strip(),
        since=since.strip(),
        until=until.strip(),
        paper=paper.strip(),
        ignore=ignore,
        order=order,
        group=group,
    )


TheForm = Annotated[Form, Depends(_form)]
"""The form of a request's query."""


def filters_of(form: Form) -> tuple[Filters, dict[str, str]]:
    """Return the filters of a form, and what is wrong with it by field."""
    errors: dict[str, str] = {}
    days: dict[str, date | None] = {}
    for name, typed in (("since", form.since), ("until", form.until)):
        try:
            days[name] = date.fromisoformat(typed) if typed else None
        except ValueError:
            errors[name] = "Enter a day as year, month and day, such as 2024-03-12."
    if form.kind and form.kind not in set(PaperKind):
        errors["kind"] = "Choose a kind of paper from the list."
    if form.paper and not _PAPER.fullmatch(form.paper):
        errors["q"] = "The address names no paper. Ask all the papers, or open the paper again."
    if errors:
        return Filters(), errors
    since, until = days["since"], days["until"]
    if since and until and since > until:
        return Filters(), {"until": "The last day must not be before the first."}
    return Filters(
        bodies=(form.body,) if form.body else (),
        kinds=(PaperKind(form.kind),) if form.kind else (),
        since=since,
        until=until,
        papers=(form.paper,) if form.paper else (),
    ), {}


def sentence(error: Exception) -> str:
    """Return what an error says as a sentence."""
    words = str(error)
    return f"{words[:1].upper()}{words[1:]}."
