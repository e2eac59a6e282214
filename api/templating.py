"""Server-rendered pages: everything from papers and people is escaped."""

from __future__ import annotations

from pathlib import Path

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

FOLDER = Path(__file__).parent

_PAGES = Environment(
    loader=FileSystemLoader(FOLDER / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def page(request: Request, template: str, status: int = 200, **values: object) -> HTMLResponse:
    """Render a template; it sees the council's name beside the values given."""
    council = request.app.state.settings.council
    html = _PAGES.get_template(template).render(council=council, **values)
    return HTMLResponse(html, status_code=status)
