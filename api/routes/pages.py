"""GET /: the page where a member asks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse
from markupsafe import Markup

from api import wording
from api.naming import page_of_answer
from api.problems import Problem, problem_of
from api.routes.parts import TheHouse
from api.schemas.cards import file_link
from api.templating import page
from api.wiring import House
from ingest.embedding import ModelUnusable
from ingest.paper import AgendaItem, ItemKind, PaperKind
from search.answer import Answer, Filters, Grouping, Hit, Order, PaperCard, Wishes
from search.errors import EmptyQuery, LibraryMissing, QuestionTooLong, SearchError
from search.view import View

router = APIRouter(include_in_schema=False)

PASSAGES = 10
"""Passages on the page: what a member reads before asking in other words."""

EXAMPLES = 3
"""Questions offered to whoever has not asked yet."""


@dataclass(frozen=True, slots=True)
class Form:
    """What was typed, as it was typed."""

    q: str = ""
    body: str = ""
    since: str = ""
    until: str = ""
    ignore: tuple[str, ...] = ()
    order: str = ""
    group: str = ""

    @property
    def narrowed(self) -> bool:
        """Whether anything but the question was filled in."""
        return bool(self.body or self.since or self.until)

    def address(self, **changed: object) -> str:
        """Return the page's address with some fields changed; empty fields are left out."""
        fields = {name: getattr(self, name) for name in self.__slots__} | changed
        return "/?" + urlencode({k: v for k, v in fields.items() if v}, doseq=True)

    def without(self, key: str) -> str:
        """Return the page's address with one reading of the question dropped."""
        return self.address(ignore=(*self.ignore, key))

    def wishes(self) -> Wishes:
        """Return how the answer is to be laid out; what is no order or group is passed over."""
        return Wishes(
            ignored=self.ignore,
            order=Order(self.order) if self.order in tuple(Order) else Order.BEST,
            group=Grouping(self.group) if self.group in tuple(Grouping) else None,
        )


@router.get("/")
def ask(
    request: Request,
    house: TheHouse,
    q: str = "",
    body: str = "",
    since: str = "",
    until: str = "",
    ignore: Annotated[tuple[str, ...], Query()] = (),
    order: str = "",
    group: str = "",
) -> HTMLResponse:
    """Show the form, and below it the answer to what was asked."""
    form = Form(q.strip(), body.strip(), since.strip(), until.strip(), ignore, order, group)
    filters, errors = _filters(form)
    answer, unready = None, None
    try:
        if "q" in request.query_params and not errors:
            answer = house.ask(form.q, filters, PASSAGES, form.wishes())
    except (EmptyQuery, QuestionTooLong) as refused:
        errors = {"q": _sentence(refused)}
    except LibraryMissing:
        pass  # the page says so anyway
    except (SearchError, ModelUnusable) as refused:
        unready = problem_of(refused)
    return _page(request, house, form=form, errors=errors, answer=answer, unready=unready)


def _page(
    request: Request,
    house: House,
    *,
    form: Form,
    errors: Mapping[str, str],
    answer: Answer | None,
    unready: Problem | None,
) -> HTMLResponse:
    try:
        with house.view() as view:
            bodies = [each.body for each in view.bodies() if each.body]
            empty = view.passage_count == 0
            links = {hit.rank: _link_to_answer(view, hit) for hit in answer.hits} if answer else {}
            examples = [] if answer or errors else _examples(view)
    except SearchError as refused:
        bodies, empty, links, examples = [], isinstance(refused, LibraryMissing), {}, []
        unready = None if empty else problem_of(refused)
    return page(
        request,
        "ask.html",
        unready.status if unready else 422 if errors else 200,
        form=form,
        errors=errors,
        answer=answer,
        unready=unready,
        bodies=bodies,
        empty=empty,
        links=links,
        examples=examples,
        widened="/?" + urlencode({"q": form.q}),
        link=_link,
        quoted=quoted,
        wording=wording,
    )


def _filters(form: Form) -> tuple[Filters, dict[str, str]]:
    """Return the filters of a form, and what is wrong with it by field."""
    errors: dict[str, str] = {}
    days: dict[str, date | None] = {}
    for name, typed in (("since", form.since), ("until", form.until)):
        try:
            days[name] = date.fromisoformat(typed) if typed else None
        except ValueError:
            errors[name] = "Enter a day as year, month and day, such as 2024-03-12."
    if errors:
        return Filters(), errors
    bodies = (form.body,) if form.body else ()
    try:
        return Filters(bodies=bodies, since=days["since"], until=days["until"]), {}
    except ValueError:
        return Filters(), {"until": "The last day must not be before the first."}


def quoted(hit: Hit) -> Markup:
    """Return the words of a passage, escaped, the sentence that answers marked."""
    start, end = hit.answer
    mark = Markup("<mark>{}</mark>").format(hit.text[start:end]) if end > start else Markup()
    return Markup("{}{}{}").format(hit.text[:start], mark, hit.text[end:])


def _examples(view: View) -> list[str]:
    """Return matters that the latest minutes tell of, one from each of EXAMPLES papers."""
    found: list[str] = []
    for card in view.papers(Filters(kinds=(PaperKind.MINUTES,)))[: 4 * EXAMPLES]:
        titles = [item.title for item in view.paper(card.id).items if _asks_well(item)]
        found += [title for title in titles[:1] if title and title not in found]
    return found[:EXAMPLES]


def _asks_well(item: AgendaItem) -> bool:
    """Tell whether an item's title makes a question: of one matter, in few words."""
    words = len((item.title or "").split())
    return item.kind is ItemKind.SUBSTANTIVE and not item.exempt and 2 <= words <= 8


def _link_to_answer(view: View, hit: Hit) -> str:
    """Return the link to a hit's paper, at the page with the sentence that answers."""
    return _link(hit.paper, page_of_answer(view, hit))


def _link(paper: PaperCard, page_number: int) -> str:
    """Return the link to the original of a paper, at a page where the format has pages."""
    return file_link(paper.id) + (f"#page={page_number}" if paper.format == "pdf" else "")


def _sentence(error: Exception) -> str:
    words = str(error)
    return f"{words[:1].upper()}{words[1:]}."
