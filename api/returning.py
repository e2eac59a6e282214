"""Where someone comes from and is led back to: addresses of this service, never of another."""

from __future__ import annotations

import re
from base64 import b64decode, urlsafe_b64encode
from dataclasses import dataclass
from urllib.parse import parse_qs, urlencode

from starlette.requests import Request

LONGEST = 2_000
"""Characters of an address; it travels inside another, and servers take some 8,000."""

SIGN_IN, ASK = "/sign-in", "/ask"

WORDS = {
    "ask": "Back to the answer",
    "papers": "Back to the papers",
    "commitments": "Back to the commitments",
    "briefings": "Back to the briefing",
}
"""How a way back is named, by the first part of the address that it leads to."""

ENTRY = "Back to the commitment"

# A second slash, or a backslash that browsers take for one, would begin another host's name.
_OURS = re.compile(r"/(?![/\\])[^\\\x00-\x20\x7f]*")


@dataclass(frozen=True, slots=True)
class Back:
    """A way back."""

    address: str
    words: str


def same_site(address: str) -> str:
    """Return an address if it is one of this service, from its root; else ""."""
    return address if len(address) <= LONGEST and _OURS.fullmatch(address) else ""


def in_cookie(address: str) -> str:
    """Return an address of this service in letters that a cookie may hold; any other as ""."""
    return urlsafe_b64encode(same_site(address).encode()).decode().rstrip("=")


def out_of_cookie(kept: str) -> str:
    """Return the address that a cookie kept, if it is one of this service; else ""."""
    try:
        return same_site(b64decode(kept + "=" * (-len(kept) % 4), b"-_", validate=True).decode())
    except ValueError:
        return ""


def here(request: Request) -> str:
    """Return the address of a page; of a form that was sent, the page that has it."""
    query = request.url.query if request.method in ("GET", "HEAD") else ""
    return same_site(f"{request.url.path}?{query}" if query else request.url.path)


def sign_in_link(request: Request) -> str:
    """Return the address to sign in at, from which one comes back to where one was."""
    if request.url.path == SIGN_IN:
        return SIGN_IN
    return with_way_back(SIGN_IN, here(request))


def with_way_back(address: str, to: str) -> str:
    """Return an address to sign in at that leads on to another."""
    return f"{address}?{urlencode({'to': to}, safe='/')}" if to else address


def question_of(address: str) -> str:
    """Return the question that the answer at an address is to; "" where it is no answer."""
    path, _, query = address.partition("#")[0].partition("?")
    return parse_qs(query).get("q", [""])[-1] if path == ASK else ""


def back_of(address: str) -> Back | None:
    """Return the way back to an address, where it is one that pages are opened from."""
    path = same_site(address).partition("#")[0].partition("?")[0]
    first, _, rest = path.strip("/").partition("/")
    words = ENTRY if first == "commitments" and rest else WORDS.get(first)
    return Back(address, words) if words else None
