"""GET /briefings: a briefing on a matter, and the passages that it is to quote."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response
from markupsafe import Markup

from api import wording
from api.documents.briefing_forms import BriefingForm
from api.documents.briefing_outline import outline_of
from api.documents.briefing_timeline import timeline_svg
from api.problems import problem_of
from api.returning import here
from api.routes.pages import forms as asking
from api.routes.pages import links
from api.routes.parts import TheHouse
from api.routes.registering import this_day
from api.templating import page, page_in_two, part
from api.wiring import House
from ingest.embedding import ModelUnusable
from search.answer import Filters, Hit, PaperCard
from search.briefing.values import MOST_PASSAGES, Matter
from search.errors import EmptyQuery, QuestionTooLong, SearchError
from search.holdings import KeptPassage

router = APIRouter()

OFFERED = 10
"""Passages found at a time, to choose from."""

FIND, WRITE = "find", "write"
"""Which button of the form was pressed."""

DOWNLOADS = {
    "Word": BriefingForm.WORD,
    "PDF": BriefingForm.PDF,
    "Markdown": BriefingForm.MARKDOWN,
    "the timeline as a picture": BriefingForm.TIMELINE,
}


@dataclass(frozen=True, slots=True)
class Form:
    """What was typed and chosen, as it was."""

    topic: str = ""
    question: str = ""
    body: str = ""
    since: str = ""
    until: str = ""
    passage: tuple[str, ...] = ()
    """Ids of the passages to quote whole, in their order."""
    find: str = ""
    do: str = ""

    def query(self, *passages: str, **more: str) -> str:
        """Return it as the query of an address, with these passages."""
        names = ("topic", "question", "body", "since", "until")
        given = {name: getattr(self, name) for name in names} | {"passage": passages} | more
        return urlencode({name: value for name, value in given.items() if value}, doseq=True)

    def document(self, form: BriefingForm) -> str:
        """Return the address of the same briefing as a document."""
        return f"/v1/briefings/document?{self.query(*self.passage, form=form.value)}"

    def moved(self, at: int, to: int) -> str:
        """Return the address of the briefing with one passage in another place."""
        others = [*self.passage[:at], *self.passage[at + 1 :]]
        return f"/briefings?{self.query(*others[:to], self.passage[at], *others[to:])}"


def _form(
    topic: str = "",
    question: str = "",
    body: str = "",
    since: str = "",
    until: str = "",
    passage: Annotated[tuple[str, ...], Query()] = (),
    find: str = "",
    do: str = "",
) -> Form:
    chosen = tuple(dict.fromkeys(passage))
    typed = (topic.strip(), question.strip(), body.strip(), since.strip(), until.strip())
    return Form(*typed, chosen, find.strip(), do)


@router.get("/briefings")
def briefings(request: Request, house: TheHouse, form: Annotated[Form, Depends(_form)]) -> Response:
    """Show the form at once, and below it the briefing on what was typed and chosen in it."""
    filters, errors = _wanted(form)
    matter: Matter | None = None
    unready = None
    bodies: list[str] = []
    chosen: list[KeptPassage] = []
    found: list[Hit] = []
    try:
        with house.view() as view:
            bodies = [each.body for each in view.bodies() if each.body]
            kept = view.passages(form.passage[:MOST_PASSAGES])
        chosen = [kept[each] for each in form.passage if each in kept]
        form = replace(form, passage=tuple(each.passage.id for each in chosen))
        if form.do == FIND and not errors:
            found = _offered(house, form, filters)
        elif form.topic and not errors:
            questions = (form.question,) if form.question else ()
            matter = Matter(form.topic, this_day(), filters, questions, form.passage)
            house.check(matter)
    except (EmptyQuery, QuestionTooLong) as refused:
        errors["find" if form.do == FIND else "topic"] = asking.sentence(refused)
    except (SearchError, ModelUnusable) as refused:
        unready = problem_of(refused)
    values = {
        "form": form,
        "errors": errors,
        "bodies": bodies,
        "chosen": chosen,
        "found": found,
        "unready": unready,
        "to": links,
        "wording": wording,
    }
    if matter and not errors and not unready:
        written = partial(_written, request, house, form, matter)
        return page_in_two(request, "briefings.html", written, wanted=True, **values)
    status = unready.status if unready else 422 if errors else 200
    return page(request, "briefings.html", status, sends=False, wanted=False, **values)


def _written(request: Request, house: House, form: Form, matter: Matter) -> str:
    """Return the markup of a briefing, or of what came between."""
    back = here(request)

    def link(paper: PaperCard, at: int, words: str) -> str:
        return links.page_link(paper.id, at, words=words, back=back)

    try:
        briefing = house.brief(matter)
    except (SearchError, ModelUnusable) as refused:
        return part("briefing.html", unready=problem_of(refused))
    picture = timeline_svg(briefing) if briefing.meetings else ""
    return part(
        "briefing.html",
        unready=None,
        outline=outline_of(briefing, link, house.settings.council),
        picture=Markup(picture),  # noqa: S704 - made by us, everything in it escaped
        downloads={name: form.document(each) for name, each in DOWNLOADS.items()},
    )


def _wanted(form: Form) -> tuple[Filters, dict[str, str]]:
    """Return the filters of a form, and what is wrong with it by field."""
    asked = asking.Form(body=form.body, since=form.since, until=form.until)
    filters, errors = asking.filters_of(asked)
    if form.do == WRITE and not form.topic:
        errors["topic"] = "Enter the matter in a few words."
    if form.do == FIND and not form.find:
        errors["find"] = "Enter what the passages are to be about."
    if len(form.passage) > MOST_PASSAGES:
        errors["find"] = f"Choose {MOST_PASSAGES} passages at most."
    return filters, errors


def _offered(house: House, form: Form, filters: Filters) -> list[Hit]:
    """Return the passages found that are not chosen yet."""
    hits = house.ask(form.find, filters, OFFERED).hits
    return [each for each in hits if each.passage not in form.passage]
