"""GET /papers, /bodies/{body} and /meetings/{day}/{body}: papers by body and meeting."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse
from starlette.exceptions import HTTPException

from api import wording
from api.routes.pages import links
from api.routes.pages.forms import TheForm, filters_of
from api.routes.parts import TheHouse
from api.schemas.cards import file_link
from api.templating import page
from search.answer import Filters
from search.meetings import business

router = APIRouter()

A_PAGE = 50
"""Papers or meetings listed at once."""

Which = Annotated[int, Query(ge=1, le=100_000)]


@router.get("/papers")
def papers(request: Request, house: TheHouse, form: TheForm, which: Which = 1) -> HTMLResponse:
    """List the papers that a form allows."""
    filters, errors = filters_of(form)
    with house.view() as view:
        cards, total = view.part_of_list(filters, A_PAGE, A_PAGE * (which - 1))
        bodies = view.bodies()
        exempt = view.exempt([each.id for each in cards])
    return page(
        request,
        "papers.html",
        422 if errors else 200,
        form=form,
        errors=errors,
        cards=[] if errors else cards,
        total=0 if errors else total,
        exempt=exempt,
        bodies=bodies,
        which=which,
        last=last_page(total),
        first=A_PAGE * (which - 1) + 1,
        kinds=wording.KINDS,
        to=links,
        wording=wording,
    )


@router.get("/bodies/{body:path}")
def body(request: Request, house: TheHouse, body: str, which: Which = 1) -> HTMLResponse:
    """List the meetings of a body."""
    with house.view() as view:
        allowed = Filters(bodies=(body,))
        meetings, total = view.meetings(allowed, A_PAGE, A_PAGE * (which - 1))
        cards, papers = view.part_of_list(allowed, 1)
    if not cards:
        raise HTTPException(404, f"No papers are held of a body called {body[:100]}.")
    return page(
        request,
        "body.html",
        body=cards[0].body,
        meetings=meetings,
        total=total,
        papers=papers,
        which=which,
        last=last_page(total),
        to=links,
        wording=wording,
    )


@router.get("/meetings/{day}/{body:path}")
def meeting(request: Request, house: TheHouse, day: date, body: str) -> HTMLResponse:
    """Show one meeting: its business, and what each of its papers has of it."""
    allowed = Filters(bodies=(body,), since=day, until=day)
    with house.view() as view:
        cards, items = view.papers(allowed), view.items(allowed)
        exempt = view.exempt([each.id for each in cards])
    if not cards:
        raise HTTPException(
            404, f"No papers are held of a meeting of {body[:100]} on {wording.day(day)}."
        )
    matters, others = business(cards, items)
    return page(
        request,
        "meeting.html",
        body=cards[0].body,
        day=day,
        cards=cards,
        exempt=exempt,
        matters=matters,
        others=others,
        file_link=file_link,
        to=links,
        wording=wording,
    )


def last_page(total: int) -> int:
    """Return the number of a list's last page, from 1."""
    return max(1, -(-total // A_PAGE))
