"""/v1/briefings and the page /briefings: everything the papers say on a matter."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse
from markupsafe import Markup

from api.documents.briefing_forms import BriefingForm, briefing_document
from api.documents.briefing_outline import Link, Outline, outline_of
from api.documents.briefing_timeline import timeline_svg
from api.problems import BODY_REFUSALS, EVERYWHERE, documented, problem_of
from api.routes.parts import TheHouse
from api.schemas.briefings import BriefingModel, MatterModel, briefing_model
from api.schemas.cards import PASSAGE_ID, paper_link
from api.templating import page
from ingest.embedding import ModelUnusable
from ingest.paper import PaperKind
from search.answer import Filters, PaperCard
from search.briefing.values import MOST_PASSAGES, MOST_QUESTIONS, Matter
from search.errors import EmptyQuery, QuestionTooLong, SearchError

router = APIRouter(tags=["briefings"], responses=EVERYWHERE)


@router.post("/v1/briefings", responses=documented(*BODY_REFUSALS, 404))
def briefing(asked: MatterModel, house: TheHouse) -> BriefingModel:
    """Return everything the papers say on a matter, in quotations alone.

    Where the papers hold nothing on it, every part is empty. The same library, matter and day give
    the same briefing.
    """
    return briefing_model(house.brief(asked.matter(_now())))


def _matter(
    topic: Annotated[str, Query(min_length=1, description="In a few words.")],
    body: Annotated[tuple[str, ...], Query(max_length=50, description="Any of these.")] = (),
    kind: Annotated[tuple[PaperKind, ...], Query(max_length=10, description="Any of these.")] = (),
    since: Annotated[date | None, Query(description="Meetings on this day or later.")] = None,
    until: Annotated[date | None, Query(description="Meetings on this day or earlier.")] = None,
    question: Annotated[
        tuple[str, ...], Query(max_length=MOST_QUESTIONS, description="Which it is to answer.")
    ] = (),
    passage: Annotated[
        tuple[PASSAGE_ID, ...], Query(max_length=MOST_PASSAGES, description="Quoted whole.")
    ] = (),
    today: Annotated[
        date | None, Query(description="What was due before is overdue; else the server's date.")
    ] = None,
) -> Matter:
    if since and until and since > until:
        raise RequestValidationError(
            [{"loc": ("query", "since"), "msg": "since is after until", "type": "value_error"}]
        )
    filters = Filters(bodies=body, kinds=kind, since=since, until=until)
    return Matter(topic, today or _now(), filters, question, passage)


@router.get(
    "/v1/briefings/document",
    response_class=Response,
    responses={
        200: {
            "description": "The document; its references lead to this server.",
            "content": {form.media_type: {} for form in BriefingForm},
        },
        **documented(404, 422),
    },
)
def document(
    request: Request,
    house: TheHouse,
    matter: Annotated[Matter, Depends(_matter)],
    form: BriefingForm = BriefingForm.WORD,
) -> Response:
    """Return a briefing as a document, or its timeline as a picture."""
    content = briefing_document(form, house.brief(matter), _on(request), house.settings.council)
    return Response(
        content,
        media_type=form.media_type,
        headers={"Content-Disposition": f'attachment; filename="briefing-{matter.today}.{form}"'},
    )


@dataclass(frozen=True, slots=True)
class Form:
    """What was typed, as it was typed."""

    topic: str = ""
    body: str = ""
    since: str = ""
    until: str = ""
    question: str = ""

    def document(self, form: BriefingForm) -> str:
        """Return the address of the same briefing as a document."""
        fields = {name: getattr(self, name) for name in self.__slots__}
        given = {name: value for name, value in fields.items() if value}
        return "/v1/briefings/document?" + urlencode({**given, "form": form.value})


@router.get("/briefings", include_in_schema=False)
def briefings(
    request: Request,
    house: TheHouse,
    topic: str = "",
    body: str = "",
    since: str = "",
    until: str = "",
    question: str = "",
) -> HTMLResponse:
    """Show the form, and the briefing on what was typed into it."""
    form = Form(topic, body, since, until, question.strip())
    days, errors = _days(form)
    outline: Outline | None = None
    picture, unready, bodies = "", None, []
    try:
        with house.view() as view:
            bodies = [each.body for each in view.bodies() if each.body]
        if topic and not errors:
            filters = Filters((body,) if body else (), since=days[0], until=days[1])
            questions = (form.question,) if form.question else ()
            found = house.brief(Matter(topic, _now(), filters, questions))
            outline = outline_of(found, paper_link, house.settings.council)
            picture = timeline_svg(found) if found.meetings else ""
    except (EmptyQuery, QuestionTooLong) as refused:
        errors["topic"] = f"{str(refused)[:1].upper()}{str(refused)[1:]}."
    except (SearchError, ModelUnusable) as refused:
        unready = problem_of(refused)
    return page(
        request,
        "briefings.html",
        unready.status if unready else 422 if errors else 200,
        form=form,
        errors=errors,
        bodies=bodies,
        outline=outline,
        picture=Markup(picture),  # noqa: S704 - made by us, everything in it escaped
        unready=unready,
        downloads={
            "Word": form.document(BriefingForm.WORD),
            "PDF": form.document(BriefingForm.PDF),
            "Markdown": form.document(BriefingForm.MARKDOWN),
            "the timeline as a picture": form.document(BriefingForm.TIMELINE),
        },
    )


def _days(form: Form) -> tuple[tuple[date | None, date | None], dict[str, str]]:
    """Return the days of a form, and what is wrong with them by field."""
    errors: dict[str, str] = {}
    days: list[date | None] = []
    for name, typed in (("since", form.since), ("until", form.until)):
        try:
            days.append(date.fromisoformat(typed) if typed else None)
        except ValueError:
            days.append(None)
            errors[name] = "Enter a day as year, month and day, such as 2024-03-12."
    first, last = days
    if first and last and first > last:
        errors["until"] = "The last day must not be before the first."
    return (first, last), errors


def _on(request: Request) -> Link:
    """Return what gives papers their addresses on this server."""
    server = str(request.base_url).rstrip("/")

    def address(paper: PaperCard, at: int) -> str:
        return server + paper_link(paper, at)

    return address


def _now() -> date:
    return datetime.now().astimezone().date()
