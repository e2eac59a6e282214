"""The application that serves the pages and the API."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from fastapi import Depends, FastAPI
from starlette.middleware import Middleware

from api.access.people import People
from api.framing import OneLength
from api.guarding import CarefulHeaders, SmallBodies
from api.limiting import BoundedCrowd, FairShares
from api.pacing import InTime
from api.problems import Problem, answer_problems
from api.receiving.reading_in import Reader
from api.recording import Figures, Recorded
from api.recording import router as recorded
from api.routes import asking, briefings, commitments, health, pages, papers, signing
from api.routes.pages import uploads
from api.settings import Settings
from api.templating import STATIC, KeptFiles
from api.versions import our_version
from api.viewing.easel import Easel
from api.wiring import House
from search.access import Access

if TYPE_CHECKING:
    from api.access.provider import Provider

DESCRIPTION = """\
Ask committee papers a question in plain words; get exact passages, each with its citation.

Every refusal is `application/problem+json` (RFC 9457). Dates are ISO 8601. Positions are
characters (Unicode code points) of a paper's text, end-exclusive; pages count from 1.

Without a key you are answered as the public is. A key is sent as `Authorization: Bearer`.
"""

TAGS = [
    {"name": "questions", "description": "Ask, and get cited passages."},
    {"name": "briefings", "description": "All that the papers say on a matter."},
    {"name": "papers", "description": "What is held, and the originals."},
    {"name": "commitments", "description": "What was undertaken, and what came of it."},
    {"name": "operation", "description": "Whether the server lives and can answer."},
]


def create_app(house: House) -> FastAPI:
    """Return the application over one library; its model is loaded while it starts.

    Whatever the house may show, here it shows the public's part until a request shows more.
    """
    house = house.opened_for(Access.PUBLIC)

    figures = Figures()
    house.told_times = figures.time_stages

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        house.warm_up()
        house.audit.forget_older(house.settings.audit_days)
        yield
        app.state.reader.close()
        app.state.easel.close()
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
            Middleware(Recorded, figures=figures),
            Middleware(CarefulHeaders, https_days=house.settings.https_days),
            Middleware(OneLength),
            Middleware(InTime, answer_seconds=house.settings.answer_seconds),
            Middleware(BoundedCrowd, most_at_once=house.settings.most_at_once),
            Middleware(
                SmallBodies,
                most_bytes=house.settings.body_bytes,
                larger={uploads.ADDRESS: house.settings.upload_bytes},
            ),
        ],
        dependencies=[Depends(FairShares(house.settings.per_minute))],
        lifespan=lifespan,
    )
    app.state.figures = figures
    app.state.house = house
    app.state.easel = Easel()
    app.state.reader = Reader(house.settings, house.load)
    app.state.settings = house.settings
    app.state.people = People(house.store)
    app.state.provider = _provider(house.settings)
    answer_problems(app)
    for each in (asking, briefings, papers, commitments, health, pages, signing):
        app.include_router(each.router)
    app.include_router(recorded)
    app.mount("/static", KeptFiles(directory=STATIC), name="static")
    _describe_problems(app)
    return app


def _provider(settings: Settings) -> Provider | None:
    """Return the council's own sign-in, if it has one; its libraries are loaded only then."""
    if settings.oidc_issuer is None:
        return None
    from api.access.provider import Provider

    return Provider(settings)


def _describe_problems(app: FastAPI) -> None:
    """Put Problem into OpenAPI's schemas, and take out what FastAPI would answer by itself."""
    made = app.openapi

    def described() -> dict[str, Any]:
        if app.openapi_schema is None:
            whole = made()
            whole["components"]["securitySchemes"] = {"key": {"type": "http", "scheme": "bearer"}}
            whole["security"] = [{}, {"key": []}]
            schemas = whole["components"]["schemas"]
            for unused in ("HTTPValidationError", "ValidationError"):
                schemas.pop(unused, None)
            problem = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
            schemas.update(problem.pop("$defs", {}))
            schemas["Problem"] = problem
        return made()

    app.openapi = described  # type: ignore[method-assign]
