"""GET /v1/papers, /v1/passages and /v1/bodies: what is held, and the originals."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import StreamingResponse

from api.originals import open_original
from api.problems import EVERYWHERE, documented
from api.routes.parts import TheHouse
from api.schemas.cards import PAPER_ID, PASSAGE_ID, paper_model
from api.schemas.papers import (
    BodiesModel,
    PapersModel,
    PassageModel,
    WholePaperModel,
    bodies_model,
    passage_model,
    whole_paper_model,
)
from ingest.paper import PaperKind
from search.answer import Filters

router = APIRouter(tags=["papers"], responses=EVERYWHERE)

MOST_PAPERS = 500
"""Papers in one page of a list."""


@router.get("/v1/papers", responses=documented(422))
def papers(
    house: TheHouse,
    body: Annotated[tuple[str, ...], Query(max_length=50, description="Any of these.")] = (),
    kind: Annotated[tuple[PaperKind, ...], Query(max_length=10, description="Any of these.")] = (),
    since: Annotated[date | None, Query(description="Meetings on this day or later.")] = None,
    until: Annotated[date | None, Query(description="Meetings on this day or earlier.")] = None,
    offset: Annotated[int, Query(ge=0)] = 0,
    limit: Annotated[int, Query(ge=1, le=MOST_PAPERS)] = 100,
) -> PapersModel:
    """List the papers that the filters allow: latest meeting first, undated ones last."""
    if since and until and since > until:
        raise RequestValidationError(
            [{"loc": ("query", "since"), "msg": "since is after until", "type": "value_error"}]
        )
    allowed = Filters(bodies=body, kinds=kind, since=since, until=until)
    with house.view() as view:
        cards = view.papers(allowed)
    return PapersModel(
        total=len(cards),
        offset=offset,
        papers=[paper_model(card) for card in cards[offset : offset + limit]],
    )


@router.get("/v1/papers/{paper}", responses=documented(404, 422))
def paper(paper: PAPER_ID, house: TheHouse) -> WholePaperModel:
    """Return a paper: its items, pages, twins and what it belongs to, with evidence for each."""
    with house.view() as view:
        return whole_paper_model(
            view.card(paper), view.paper(paper), view.twins(paper), view.belongs(paper)
        )


@router.get(
    "/v1/papers/{paper}/file",
    response_class=Response,
    responses={
        200: {
            "description": "The original, byte for byte; HTML and Markdown as plain text.",
            "content": {"application/pdf": {}, "text/plain": {}, "application/octet-stream": {}},
        },
        304: {"description": "The caller's copy is still the original."},
        **documented(404, 409, 422),
    },
)
def original(paper: PAPER_ID, request: Request, house: TheHouse) -> Response:
    """Return the original of a paper, only while its bytes are those that were read."""
    with house.view() as view:
        file = view.source_file(paper)
    found = open_original(file)
    if request.headers.get("if-none-match") == found.headers["ETag"]:
        found.close()
        return Response(status_code=304, headers={"ETag": found.headers["ETag"]})
    return StreamingResponse(found.pieces(), headers=found.headers)


@router.get("/v1/passages/{passage}", responses=documented(404, 422))
def passage(passage: PASSAGE_ID, house: TheHouse) -> PassageModel:
    """Return one passage: its id survives edits elsewhere in its paper."""
    with house.view() as view:
        return passage_model(view.passage(passage), view.tables([passage]).get(passage, ()))


@router.get("/v1/bodies")
def bodies(house: TheHouse) -> BodiesModel:
    """List the bodies that papers are held of, by name; papers of no known body come last."""
    with house.view() as view:
        return bodies_model(view.bodies())
