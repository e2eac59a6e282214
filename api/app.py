"""The application that serves the page and the API."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles
from starlette.middleware import Middleware

from api.guarding import CarefulHeaders, SmallBodies
from api.problems import Problem, answer_problems
from api.routes import asking, briefings, commitments, health, pages, papers
from api.templating import FOLDER
from api.versions import our_version
from api.wiring import House

DESCRIPTION = """\
Ask committee papers a question in plain words; get exact passages, each with its citation.

Every refusal is `application/problem+json` (RFC 9457). Dates are ISO 8601. Positions are
characters (Unicode code points) of a paper's text, end-exclusive; pages count from 1.
"""

TAGS = [
    {"name": "questions", "description": "Ask, and get cited passages."},
    {"name": "briefings", "description": "All that the papers say on a matter."},
    {"name": "papers", "description": "What is held, and the originals."},
    {"name": "commitments", "description": "What was undertaken, and what came of it."},
    {"name": "operation", "description": "Whether the server lives and can answer."},
]


def create_app(house: House) -> FastAPI:
    """Return the application over one library; its model is loaded while it starts."""

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        house.warm_up()
        yield
        house.close()

    app = FastAPI(
        title="Matters Arising",
        version=our_version(),
        description=DESCRIPTION,
        license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
        openapi_tags=TAGS,
        # FastAPI's own documentation pages fetch their scripts from elsewhere.
        docs_url=None,
        redoc_url=None,
        middleware=[
            Middleware(CarefulHeaders),
            Middleware(SmallBodies, most_bytes=house.settings.body_bytes),
        ],
        lifespan=lifespan,
    )
    app.state.house = house
    app.state.settings = house.settings
    answer_problems(app)
    for each in (asking, briefings, papers, commitments, health, pages):
        app.include_router(each.router)
    app.mount("/static", StaticFiles(directory=FOLDER / "static"), name="static")
    _describe_problems(app)
    return app


def _describe_problems(app: FastAPI) -> None:
    """Put Problem into OpenAPI's schemas, and take out what FastAPI would answer by itself."""
    made = app.openapi

    def described() -> dict[str, Any]:
        if app.openapi_schema is None:
            schemas = made()["components"]["schemas"]
            for unused in ("HTTPValidationError", "ValidationError"):
                schemas.pop(unused, None)
            problem = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
            schemas.update(problem.pop("$defs", {}))
            schemas["Problem"] = problem
        return made()

    app.openapi = described  # type: ignore[method-assign]
