"""Server-rendered pages: everything from papers and people is escaped."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from fastapi import Request
from fastapi.responses import HTMLResponse
from fastapi.staticfiles import StaticFiles
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import Response

FOLDER = Path(__file__).parent
STATIC = FOLDER / "static"

NAVIGATION = (
    ("/", "Ask"),
    ("/papers", "Papers"),
    ("/briefings", "Briefings"),
    ("/library", "Library"),
    ("/help", "Help"),
)
"""What stands at the head of every page; add a page here."""

SECTIONS = {"/ask": "/", "/passages": "/papers", "/bodies": "/papers", "/meetings": "/papers"}
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


def page(request: Request, template: str, status: int = 200, **values: object) -> HTMLResponse:
    """Render a template; it sees the council, the navigation and our files beside the values."""
    settings = request.app.state.settings
    html = _PAGES.get_template(template).render(
        council=settings.council,
        logo=settings.logo is not None,
        navigation=NAVIGATION,
        section=_section(request.url.path),
        edition=EDITION,
        **values,
    )
    return HTMLResponse(html, status_code=status)


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
