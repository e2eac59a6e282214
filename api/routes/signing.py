"""GET and POST /sign-in, POST /sign-out."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from api.access.callers import (
    SESSION,
    TheCaller,
    TheForm,
    cookie,
    people_of,
    set_cookie,
)
from api.access.errors import AccessError, TooManyTries, WrongPassword
from api.access.roles import Caller, Role
from api.problems import STATUS, sentence
from api.returning import SIGN_IN, same_site
from api.routes.parts import TheDoorstep
from api.templating import page

router = APIRouter(include_in_schema=False)


@router.get(SIGN_IN)
def form(request: Request, caller: TheCaller, to: str = "") -> Response:
    """Show the form, or who is signed in and how to sign out."""
    return _page(request, caller, to)


@router.post(SIGN_IN)
def sign_in(request: Request, fields: TheForm, house: TheDoorstep) -> Response:
    """Begin a session, and go to where whoever signs in was."""
    name, password = fields.get("name", "").strip(), fields.get("password", "")
    address = request.client.host if request.client else "unknown"
    to = same_site(fields.get("to", ""))
    seconds = house.settings.session_hours * 60 * 60
    guest = Caller(name[:80], Role.PUBLIC)
    try:
        token, caller = people_of(request).sign_in(name, password, address, seconds)
    except (WrongPassword, TooManyTries) as refused:
        house.audit.add(guest, "failed to sign in", f"from {address}")
        return _page(request, guest, to, refused)
    house.audit.add(caller, "signed in", f"from {address}")
    response = RedirectResponse(to or "/", status_code=303)
    set_cookie(request, response, SESSION, token, seconds)
    return response


@router.post("/sign-out")
def sign_out(request: Request, fields: TheForm, caller: TheCaller, house: TheDoorstep) -> Response:
    """End the session."""
    token = cookie(request, SESSION)
    if token and caller.known:
        people_of(request).sign_out(token)
        house.audit.add(caller, "signed out")
    response = RedirectResponse("/", status_code=303)
    set_cookie(request, response, SESSION, "", 0)
    return response


def _page(
    request: Request, caller: Caller, to: str, refused: AccessError | None = None
) -> Response:
    status = STATUS[type(refused)] if refused else 200
    errors = {"name": sentence(refused)} if refused else {}
    response = page(
        request,
        "sign-in.html",
        status,
        sends=True,
        who=caller,
        errors=errors,
        to=same_site(to),
    )
    if isinstance(refused, TooManyTries):
        response.headers["Retry-After"] = str(refused.seconds)
    return response
