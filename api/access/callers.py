"""Tells who sends a request: by the key in its header, else by the session in its cookie."""

from __future__ import annotations

import secrets
from hashlib import sha256
from hmac import compare_digest
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Annotated
from urllib.parse import parse_qs

from fastapi import Depends, Request, params
from fastapi.responses import Response

from api.access.errors import NotAllowed, NotSignedIn, StaleForm
from api.access.people import People
from api.access.roles import ANYONE, Caller, Role
from api.settings import Settings
from search.access import Access

SESSION, FORM, VISIT = "matters-session", "matters-form", "matters-visit"
"""Cookies: who is signed in; which browser a form was made for; which went to the council's own
sign-in, and what it must bring back from there."""

SAFE = "__Host-"
"""Before a cookie's name over https: browsers then take it from this very host alone."""

TOKEN = "token"  # noqa: S105
"""The hidden field of every form."""

FORM_SECONDS = 8 * 60 * 60

HOUSE = 64
"""Bits of an IPv6 address that tell one customer of a network; they may vary the rest."""


def people_of(request: Request) -> People:
    """Return who may come in."""
    people: People = request.app.state.people
    return people


def caller_of(request: Request) -> Caller:
    """Return who sends a request.

    Raises:
        UnknownKey: the key in its header opens nothing.
    """
    scheme, _, key = request.headers.get("authorization", "").partition(" ")
    if scheme.casefold() == "bearer":
        return people_of(request).with_key(key.strip())
    return visitor_of(request)


def visitor_of(request: Request) -> Caller:
    """Return who is signed in with the browser that sends a request, ANYONE where nobody is."""
    token = cookie(request, SESSION)
    return (people_of(request).with_session(token) if token else None) or ANYONE


TheCaller = Annotated[Caller, Depends(caller_of)]


def access_of(caller: Caller, settings: Settings) -> Access:
    """Return how far someone may see.

    Raises:
        NotSignedIn: not at all, unless they show who they are.
        NotAllowed: not at all.
    """
    _require(caller, settings.reads_open)
    return Access.EXEMPT if caller.role.at_least(settings.reads_exempt) else Access.PUBLIC


def cookie(request: Request, name: str) -> str | None:
    """Return the value of a cookie of ours."""
    return request.cookies.get(_named(request, name))


def set_cookie(request: Request, response: Response, name: str, value: str, seconds: int) -> None:
    """Set a cookie that no script reads and no other site sends; "" for 0 seconds takes it back."""
    response.set_cookie(
        _named(request, name),
        value,
        max_age=seconds,
        path="/",
        secure=is_https(request),
        httponly=True,
        samesite="strict" if name == FORM else "lax",
    )


def address_of(request: Request) -> str:
    """Return the address that a request comes from; of IPv6 the network, which one house has."""
    given = request.client.host if request.client else "unknown"
    try:
        address = ip_address(given.partition("%")[0])
    except ValueError:
        return given
    if isinstance(address, IPv6Address):
        mapped = address.ipv4_mapped
        return str(mapped or ip_network((address, HOUSE), strict=False))
    return str(address)


def form_token(request: Request) -> tuple[str, str]:
    """Return the cookie that marks a browser, and what forms made for it carry."""
    mark = cookie(request, FORM) or secrets.token_urlsafe(32)
    return mark, _token(mark)


async def sent_form(request: Request) -> dict[str, str]:
    """Return the fields of a form that was made for the browser that sends it.

    Raises:
        StaleForm: it was not, so that another site may have had it sent.
    """
    body = (await request.body()).decode("utf-8", "replace")
    fields = {name: values[-1] for name, values in parse_qs(body, keep_blank_values=True).items()}
    check_form(request, fields.pop(TOKEN, ""))
    return fields


def check_form(request: Request, sent: str) -> None:
    """Return if a form was made for the browser that sends it.

    Args:
        request: what it came with.
        sent: its token.

    Raises:
        StaleForm: it was not, so that another site may have had it sent.
    """
    mark = cookie(request, FORM)
    if not mark or not compare_digest(sent.encode(), _token(mark).encode()):
        raise StaleForm


TheForm = Annotated[dict[str, str], Depends(sent_form)]


def needs(role: Role) -> params.Depends:
    """Return a dependency that lets in nobody below a role.

    When a request comes, it raises:
        NotSignedIn: whoever sends it has not shown who they are.
        NotAllowed: their role is not enough.
    """

    def check(caller: TheCaller) -> None:
        _require(caller, role)

    return params.Depends(check)


def _require(caller: Caller, role: Role) -> None:
    if not caller.role.at_least(role):
        raise NotAllowed if caller.known else NotSignedIn


def _token(mark: str) -> str:
    return sha256(b"form " + mark.encode()).hexdigest()


def _named(request: Request, name: str) -> str:
    return f"{SAFE}{name}" if is_https(request) else name


def is_https(request: Request) -> bool:
    """Tell whether browsers come by https."""
    settings: Settings = request.app.state.settings
    return settings.https or request.url.scheme == "https"
