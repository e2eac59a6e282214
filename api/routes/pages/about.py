"""GET /help and GET /accessibility, and the council's own colour and logo."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse
from starlette.exceptions import HTTPException

from api.branding import kind_of_picture
from api.routes.parts import TheHouse
from api.templating import page

router = APIRouter()

BRAND_CACHE = {"Cache-Control": "public, max-age=3600"}
"""The same for everybody; a new one shows within the hour."""


@router.get("/help")
def help_page(request: Request, house: TheHouse) -> HTMLResponse:
    """Explain how to ask, and what an answer is."""
    return page(request, "help.html", longest=house.settings.question_characters)


@router.get("/accessibility")
def accessibility(request: Request) -> HTMLResponse:
    """Say how far these pages are accessible, and what to do where they are not."""
    return page(request, "accessibility.html")


@router.get("/brand.css")
def colours(house: TheHouse) -> Response:
    """Return the council's colour as a style sheet: pages themselves may not hold any."""
    style = f":root {{ --brand: {house.settings.colour}; }}\n"
    return Response(style, media_type="text/css", headers=BRAND_CACHE)


@router.get("/logo")
def logo(house: TheHouse) -> Response:
    """Return the council's logo."""
    file = house.settings.logo
    if file is None:
        raise HTTPException(404, "No logo is set.")
    kind = kind_of_picture(file)
    return Response(file.read_bytes(), media_type=kind, headers=BRAND_CACHE)
