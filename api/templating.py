"""Server-rendered pages: everything from papers and people is escaped."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

from fastapi import Request
from fastapi.responses import HTMLResponse, StreamingResponse
from fastapi.staticfiles import StaticFiles
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.responses import Response

from api.access.callers import FORM, FORM_SECONDS, form_token, set_cookie, visitor_of
from api.returning import here, sign_in_link

ResponseT = TypeVar("ResponseT", bound=Response)

FOLDER = Path(__file__).parent
STATIC = FOLDER / "static"

NAVIGATION = (
    ("/", "Ask"),
    ("/papers", "Papers"),
    ("/commitments", "Commitments"),
    ("/briefings", "Briefings"),
    ("/library", "Library"),
    ("/help", "Help"),
)
"""What stands at the head of every page; add a page here."""

SECTIONS = {"/ask": "/", "/passages": "/papers", "/bodies": "/papers", "/meetings": "/papers"} | {
    "/uploads": "/library"
}
"""Pages that belong to one of those above, by the beginning of their address."""

KEPT_SECONDS = 7 * 24 * 3600
"""How long browsers keep our style sheet and script; their address changes when they do."""

LATER = Markup("<!-- later -->")
"""Where a page goes on when its last part is there: no words of anybody's read so, for what they
have of "<" is escaped."""


class Unindented(FileSystemLoader):
    """Templates without their indentation, which would be a twentieth of a page.

    A blank of it stays: between two words, a line end that a tag stands before is no blank.
    """

    def get_source(
        self, environment: Environment, template: str
    ) -> tuple[str, str, Callable[[], bool]]:
        """Return a template's text, where it lies, and whether it is as it was."""
        source, path, as_it_was = super().get_source(environment, template)
        return _INDENTED.sub(" ", source), path, as_it_was


_INDENTED = re.compile(r"^ +", re.MULTILINE)

_PAGES = Environment(
    loader=Unindented(FOLDER / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


class KeptFiles(StaticFiles):
    """Files that browsers may keep."""

    def file_response(self, *given: object, **named: object) -> Response:
        """Return a file with leave to keep it."""
        response = super().file_response(*given, **named)  # type: ignore[arg-type]
        response.headers["Cache-Control"] = f"public, max-age={KEPT_SECONDS}"
        return response


def page(
    request: Request, template: str, status: int = 200, *, sends: bool = False, **values: object
) -> HTMLResponse:
    """Render a template; it sees the council, the navigation and the address of the page too.

    Args:
        request: what is answered; who is signed in with it stands in the page's head.
        template: its name.
        status: of the response.
        sends: the page has a form that sends something to be done, which its token is for. Every
            page of somebody signed in has one: to sign out.
        values: what else the template sees.
    """
    html, mark = _rendered(request, template, sends, values)
    return _marked(request, HTMLResponse(html, status_code=status), mark)


def page_in_two(
    request: Request, template: str, rest: Callable[[], str], **values: object
) -> StreamingResponse:
    """Render a template, and send it as far as LATER at once: browsers show that meanwhile.

    Args:
        request: as for a page.
        template: its name; it puts `later` where the rest belongs.
        rest: returns the markup of what takes long; it refuses nothing, for the status is sent.
        values: what else the template sees.
    """
    html, mark = _rendered(request, template, False, {**values, "later": LATER})
    before, _, after = html.partition(LATER)

    def pieces() -> Iterator[str]:
        yield before
        yield rest() + after

    # A proxy that gathers answers would hold back what is there.
    unheld = {"X-Accel-Buffering": "no"}
    response = StreamingResponse(pieces(), headers=unheld, media_type="text/html")
    return _marked(request, response, mark)


def part(template: str, **values: object) -> str:
    """Return the markup of a part of a page; its template sees nothing of ours but these values."""
    return _PAGES.get_template(template).render(**values)


def _rendered(
    request: Request, template: str, sends: bool, values: Mapping[str, object]
) -> tuple[str, str]:
    """Return a page's markup, and the mark that its token needs in a cookie; "" for none."""
    settings = request.app.state.settings
    visitor = visitor_of(request)
    mark, token = form_token(request) if sends or visitor.known else ("", "")
    html = _PAGES.get_template(template).render(
        council=settings.council,
        logo=settings.logo is not None,
        navigation=NAVIGATION,
        section=_section(request.url.path),
        edition=EDITION,
        here=here(request),
        sign_in=sign_in_link(request),
        visitor=visitor,
        token=token,
        **values,
    )
    return html, mark


def _marked(request: Request, response: ResponseT, mark: str) -> ResponseT:
    if mark:
        set_cookie(request, response, FORM, mark, FORM_SECONDS)
    return response


def _section(path: str) -> str:
    """Return the address in the navigation that a page belongs to, "" where it is none."""
    first = "/" + path.strip("/").partition("/")[0]
    section = SECTIONS.get(first, first)
    return section if any(section == address for address, _ in NAVIGATION) else ""


def _edition() -> str:
    """Return a digest of our style sheet and script."""
    content = b"".join(file.read_bytes() for file in sorted(STATIC.iterdir()))
    return sha256(content).hexdigest()[:10]


EDITION = _edition()
