"""GET and POST /sign-in, POST /sign-out; and the way to the council's own sign-in and back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from starlette.exceptions import HTTPException

from api.access.callers import (
    SESSION,
    VISIT,
    TheCaller,
    TheForm,
    address_of,
    cookie,
    is_https,
    people_of,
    set_cookie,
)
from api.access.errors import (
    AccessError,
    NoRoleThere,
    ProviderRefused,
    ProviderUnreachable,
    TooManyTries,
    WrongPassword,
)
from api.access.roles import ANYONE, Caller, Role
from api.problems import STATUS, sentence
from api.returning import SIGN_IN, in_cookie, out_of_cookie, same_site, with_way_back
from api.routes.parts import TheDoorstep
from api.templating import page

if TYPE_CHECKING:
    from api.access.provider import Provider

router = APIRouter(include_in_schema=False)

COUNCIL = f"{SIGN_IN}/council"

VISIT_SECONDS = 10 * 60
"""In which somebody signs in at the council's own sign-in."""


@router.get(SIGN_IN)
def form(request: Request, caller: TheCaller, to: str = "") -> Response:
    """Show the form, or who is signed in and how to sign out."""
    return _page(request, caller, to)


@router.post(SIGN_IN)
def sign_in(request: Request, fields: TheForm, house: TheDoorstep) -> Response:
    """Begin a session, and go to where whoever signs in was."""
    name, password = fields.get("name", "").strip(), fields.get("password", "")
    address = address_of(request)
    to = same_site(fields.get("to", ""))
    seconds = house.settings.session_hours * 60 * 60
    guest = Caller(name[:80], Role.PUBLIC)
    missing = [field for field, typed in (("name", name), ("password", password)) if not typed]
    if missing:
        return _page(request, guest, to, missing=missing)
    try:
        token, caller = people_of(request).sign_in(name, password, address, seconds)
    except (WrongPassword, TooManyTries) as refused:
        house.audit.add(guest, "failed to sign in", f"from {address}")
        return _page(request, guest, to, refused)
    house.audit.add(caller, "signed in", f"from {address}")
    response = RedirectResponse(to or "/", status_code=303)
    set_cookie(request, response, SESSION, token, seconds)
    return response


@router.get(COUNCIL)
def go(request: Request, caller: TheCaller, to: str = "") -> Response:
    """Send a browser to the council's own sign-in."""
    provider = _provider(request)
    try:
        address, bring = provider.begin(_back(request))
    except ProviderUnreachable as refused:
        return _page(request, caller, to, elsewhere=refused)
    response = RedirectResponse(address, status_code=303)
    # Where they were goes with this browser alone: the provider is not told of it.
    set_cookie(request, response, VISIT, f"{bring}~{in_cookie(to)}", VISIT_SECONDS)
    return response


@router.get("/sign-in/back")
def come_back(request: Request, house: TheDoorstep) -> Response:
    """Begin a session for whoever the council's own sign-in let in."""
    provider = _provider(request)
    seconds = house.settings.session_hours * 60 * 60
    address = address_of(request)
    brought, _, kept = (cookie(request, VISIT) or "").partition("~")
    to = out_of_cookie(kept)
    try:
        known = provider.end(_back(request), brought, request.query_params)
    except (ProviderRefused, ProviderUnreachable, NoRoleThere) as refused:
        house.audit.add(ANYONE, "failed to sign in", f"through the council's own, from {address}")
        response = _page(request, ANYONE, to, elsewhere=refused)
    else:
        token, caller = people_of(request).sign_in_from(
            known.issuer, known.subject, known.name, known.role, seconds
        )
        house.audit.add(caller, "signed in", f"through the council's own, from {address}")
        response = RedirectResponse(to or "/", status_code=303)
        set_cookie(request, response, SESSION, token, seconds)
    set_cookie(request, response, VISIT, "", 0)  # what it brought opens nothing twice
    return response


def _provider(request: Request) -> Provider:
    """Return the council's own sign-in.

    Raises:
        HTTPException: it has none.
    """
    provider: Provider | None = request.app.state.provider
    if provider is None:
        raise HTTPException(404)
    return provider


def _back(request: Request) -> str:
    """Return the address to which the council's own sign-in sends a browser back."""
    scheme = "https" if is_https(request) else request.url.scheme
    return str(request.url_for("come_back").replace(scheme=scheme))


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
    request: Request,
    caller: Caller,
    to: str = "",
    refused: AccessError | None = None,
    elsewhere: AccessError | None = None,
    missing: Sequence[str] = (),
) -> Response:
    """Return the form, with why it was refused, here or at the council's own sign-in."""
    error = refused or elsewhere
    errors = {field: f"Enter your {field}." for field in missing}
    response = page(
        request,
        "sign-in.html",
        STATUS[type(error)] if error else 422 if errors else 200,
        sends=True,
        who=caller,
        errors={"name": sentence(refused)} if refused else errors,
        council_sign_in=with_way_back(COUNCIL, same_site(to))
        if request.app.state.provider is not None
        else "",
        refused=sentence(elsewhere) if elsewhere else "",
        to=same_site(to),
    )
    if isinstance(refused, TooManyTries):
        response.headers["Retry-After"] = str(refused.seconds)
    return response
