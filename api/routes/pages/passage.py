"""GET /passages/{passage}: one passage, at an address that lasts."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from api import wording
from api.routes.pages import links
from api.routes.pages.ask import permalink
from api.routes.parts import TheHouse
from api.schemas.cards import PASSAGE_ID, file_link
from api.templating import page

router = APIRouter()


@router.get("/passages/{passage}")
def passage(request: Request, house: TheHouse, passage: PASSAGE_ID) -> HTMLResponse:
    """Show a passage with its citation."""
    with house.view() as view:
        kept = view.passage(passage)
        tables = view.tables([passage]).get(passage, ())
        exempt = view.exempt([kept.paper.id]).get(kept.paper.id)
    cited = kept.passage.citation
    return page(
        request,
        "passage.html",
        kept=kept,
        tables=tables,
        exempt=exempt is not None and exempt.meets(cited.start, cited.end),
        link=links.page_link(
            kept.paper.id, kept.passage.citation.first_page, passage=kept.passage.id
        ),
        permalink=permalink(request, passage),
        file_link=file_link,
        to=links,
        wording=wording,
    )
