"""Server-rendered pages: everything from papers and people is escaped."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from fastapi import Request
from fastapi.responses import HTMLResponse
from fastapi.staticfiles import StaticFiles
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import Response

from api.access.callers import FORM, FORM_SECONDS, form_token, set_cookie, visitor_of
from api.returning import here, sign_in_link

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

_PAGES = Environment(
    loader=FileSystemLoader(FOLDER / "templates"),
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
    response = HTMLResponse(html, status_code=status)
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
