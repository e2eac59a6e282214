"""GET /library: what is held, of whom and when, and what could not be read."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from api import wording
from api.access.roles import Role
from api.coverage import chart, coverage
from api.routes.pages import links
from api.routes.parts import TheHouse
from api.templating import page
from search.access import Access

router = APIRouter()

MOST_LISTED = 100
"""Files that failed, or papers with unread pages, listed at once."""


@router.get("/library")
def library(request: Request, house: TheHouse) -> HTMLResponse:
    """Show what is held."""
    with house.view() as view:
        figures, noted = view.status(), view.last_noted()
        held = coverage(view.years())
        failures, unread = view.failures(), view.unread_pages()
    return page(
        request,
        "library.html",
        figures=figures,
        noted=noted,
        held=held,
        chart=chart(held),
        failures=failures,
        tells_failures=house.access is Access.EXEMPT,
        unread=unread,
        most=MOST_LISTED,
        clerk=house.caller.role.at_least(Role.CLERK),
        now=request.app.state.reader.latest,
        to=links,
        wording=wording,
    )
