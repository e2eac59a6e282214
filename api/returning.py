"""Where someone comes from and is led back to: addresses of this service, never of another."""

from __future__ import annotations

import re
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


def here(request: Request) -> str:
    """Return the address of a page; of a form that was sent, the page that has it."""
    query = request.url.query if request.method in ("GET", "HEAD") else ""
    return same_site(f"{request.url.path}?{query}" if query else request.url.path)


def sign_in_link(request: Request) -> str:
    """Return the address to sign in at, from which one comes back to where one was."""
    if request.url.path == SIGN_IN:
        return SIGN_IN
    return f"{SIGN_IN}?{urlencode({'to': here(request)}, safe='/')}"


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
