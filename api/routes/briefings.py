"""/v1/briefings: everything the papers say on a matter."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.exceptions import RequestValidationError

from api.documents.briefing_forms import BriefingForm, briefing_document
from api.documents.briefing_outline import Link
from api.problems import BODY_REFUSALS, EVERYWHERE, documented
from api.routes.parts import TheHouse
from api.schemas.briefings import BriefingModel, MatterModel, briefing_model
from api.schemas.cards import PASSAGE_ID, paper_link
from ingest.paper import PaperKind
from search.answer import Filters, PaperCard
from search.briefing.values import MOST_PASSAGES, MOST_QUESTIONS, Matter

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


def _on(request: Request) -> Link:
    """Return what gives papers their addresses on this server."""
    server = str(request.base_url).rstrip("/")

    def address(paper: PaperCard, at: int, words: str) -> str:
        return server + paper_link(paper, at, words)

    return address


def _now() -> date:
    return datetime.now().astimezone().date()
