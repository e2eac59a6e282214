"""Errors as problem+json (RFC 9457), or as a page where a browser asked; one table of statuses."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, RedirectResponse
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException

from api.access.errors import (
    AccessError,
    BadName,
    BadPassword,
    NameTaken,
    NobodyYet,
    NoRoleThere,
    NoSuchAccount,
    NoSuchKey,
    NotAllowed,
    NotSignedIn,
    ProviderRefused,
    ProviderUnreachable,
    StaleForm,
    TooManyRequests,
    TooManyTries,
    UnknownKey,
    WrongPassword,
)
from api.guarding import HEADERS
from api.loading import StillLoading
from api.originals import OriginalChanged
from api.returning import sign_in_link
from api.templating import page
from ingest.models import ModelUnusable
from search.errors import (
    AmbiguousName,
    BackupUnusable,
    ChangeRefused,
    EmptyQuery,
    FileWithheld,
    LibraryBusy,
    LibraryDamaged,
    LibraryDerived,
    LibraryError,
    LibraryMissing,
    LibraryOutOfStep,
    LibraryThere,
    LibraryTooNew,
    ModelMismatch,
    NoRight,
    NoRoom,
    NotHeld,
    QuestionTooLong,
    SearchError,
)

STATUS: dict[type[Exception], int] = {
    EmptyQuery: 422,
    QuestionTooLong: 422,
    NotHeld: 404,
    AmbiguousName: 409,
    ChangeRefused: 409,
    FileWithheld: 403,
    LibraryMissing: 503,
    LibraryDamaged: 503,
    LibraryTooNew: 503,
    LibraryDerived: 409,
    LibraryBusy: 503,
    LibraryOutOfStep: 503,
    ModelMismatch: 503,
    NoRoom: 507,
    NoRight: 503,
    LibraryThere: 409,
    BackupUnusable: 422,
    LibraryError: 503,
    SearchError: 500,
    ModelUnusable: 503,
    StillLoading: 503,
    OriginalChanged: 409,
    UnknownKey: 401,
    NotSignedIn: 401,
    NotAllowed: 403,
    WrongPassword: 401,
    TooManyTries: 429,
    TooManyRequests: 429,
    ProviderRefused: 403,
    ProviderUnreachable: 503,
    NoRoleThere: 403,
    StaleForm: 403,
    NobodyYet: 503,
    NoSuchAccount: 404,
    NoSuchKey: 404,
    NameTaken: 409,
    BadName: 422,
    BadPassword: 422,
    AccessError: 500,
}
"""What each refusal of the floors below is over HTTP; 503 is for the operator to mend."""

NAMES = "urn:matters-arising:"
"""What the type of a problem of ours begins with, so that a program can tell them apart."""

MEDIA_TYPE = "application/problem+json"

CHALLENGE = {"WWW-Authenticate": "Bearer"}
"""How a key is shown (RFC 6750)."""


class Fault(BaseModel):
    """One value of the request that is wrong."""

    where: str = Field(description="Path to the value.", examples=["body.limit"])
    what: str = Field(examples=["Input should be less than or equal to 50"])


class Problem(BaseModel):
    """Why a request was refused (RFC 9457)."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "type": "about:blank",
                    "title": "Not Found",
                    "status": 404,
                    "detail": "There is no paper 9f2c4e1a7b3d5f60.",
                }
            ]
        }
    )

    type: str = "about:blank"
    title: str
    status: int
    detail: str | None = None
    faults: list[Fault] | None = Field(
        default=None, description="Only where values of the request are wrong."
    )


def problem_of(error: Exception) -> Problem:
    """Return an error of ours as a problem: who asks from afar learns nothing of our folders."""
    name = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", type(error).__name__).capitalize()
    detail = str(error)
    if isinstance(error, LibraryError):
        detail = detail.removeprefix(f"{error.folder}: ")
    elif isinstance(error, ModelUnusable):
        detail = "the embedding model cannot be loaded; the log of the server says why"
    return Problem(
        type=NAMES + name.casefold().replace(" ", "-"),
        title=name,
        status=STATUS[type(error)],
        detail=sentence(detail),
    )


def sentence(words: object) -> str:
    """Return what an error says as a sentence."""
    said = str(words)
    return f"{said[:1].upper()}{said[1:]}."


def problem(status: int, detail: str | None, faults: Sequence[Fault] = ()) -> Problem:
    """Return a problem whose title is the status's own phrase."""
    return Problem(
        title=HTTPStatus(status).phrase, status=status, detail=detail, faults=list(faults) or None
    )


def _plain(found: Problem) -> dict[str, Any]:
    return found.model_dump(mode="json", exclude_none=True)


def documented(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Return what OpenAPI says of these refusals, with an example of each."""
    return {
        status: {
            "description": HTTPStatus(status).description or HTTPStatus(status).phrase,
            "content": {
                MEDIA_TYPE: {
                    "schema": {"$ref": "#/components/schemas/Problem"},
                    "example": _plain(problem(status, EXAMPLES.get(status))),
                }
            },
        }
        for status in statuses
    }


EXAMPLES = {
    400: "There was an error parsing the body",
    401: "This key is not valid (any more): ask whoever runs the service for one.",
    403: "Part of this paper is not open to the public, so its file is not given out.",
    404: "There is no paper 9f2c4e1a7b3d5f60.",
    408: "The request did not come in time.",
    409: "harbour-minutes.pdf is not the file that was read; ingest it anew.",
    413: "A request holds 65,536 bytes at most.",
    422: "One value of the request is wrong.",
    429: "Too many requests: wait 20 seconds, then try again.",
    503: "The embedding model is being loaded; ask again in a few seconds.",
}

BODY_REFUSALS = (400, 408, 413, 422)
"""Of requests that have a body: it is no text, does not come, is too large, makes no sense."""

EVERYWHERE = documented(401, 403, 429, 503)
"""What any question may be answered with: the papers may be open to some roles alone."""


def answer_problems(app: FastAPI) -> None:
    """Have every refusal of app leave as a problem."""

    @app.exception_handler(HTTPException)
    def refused(request: Request, error: HTTPException) -> Response:
        default = HTTPStatus(error.status_code).phrase
        detail = None if error.detail == default else error.detail
        return respond(request, problem(error.status_code, detail), error.headers)

    @app.exception_handler(RequestValidationError)
    def invalid(request: Request, error: RequestValidationError) -> Response:
        # Not the input itself: a question is nobody's business but the asker's.
        if _from_browser(request) and all(each["loc"][0] == "path" for each in error.errors()):
            return respond(request, problem(404, "Nothing is kept under this address."))
        faults = [
            Fault(where=".".join(str(part) for part in each["loc"]), what=each["msg"])
            for each in error.errors()
        ]
        what = "One value" if len(faults) == 1 else f"{len(faults)} values"
        verb = "is" if len(faults) == 1 else "are"
        return respond(request, problem(422, f"{what} of the request {verb} wrong.", faults))

    def known(request: Request, error: Exception) -> Response:
        found = problem_of(error)
        if isinstance(error, NotSignedIn) and _from_browser(request):
            return RedirectResponse(sign_in_link(request), status_code=303, headers=HEADERS)
        headers = dict(CHALLENGE) if found.status == HTTPStatus.UNAUTHORIZED else {}
        if isinstance(error, TooManyRequests | TooManyTries):
            headers["Retry-After"] = str(error.seconds)
        return respond(request, found, headers)

    for kind in (SearchError, ModelUnusable, StillLoading, OriginalChanged, AccessError):
        app.add_exception_handler(kind, known)

    @app.exception_handler(Exception)
    def unforeseen(request: Request, error: Exception) -> Response:
        return respond(request, problem(500, "This is a fault of ours; its log says more."))


PLAINLY = {
    400: "This could not be understood",
    403: "You may not do this",
    404: "This page cannot be found",
    405: "This page cannot be found",
    409: "This cannot be done as things stand",
    413: "This is too large",
    422: "Something in the address is wrong",
    429: "Too many requests",
    500: "Something went wrong",
    503: "This cannot be done just now",
}
"""How a page is headed instead of by a status's own phrase."""


def respond(request: Request, found: Problem, headers: Mapping[str, str] | None = None) -> Response:
    """Return a problem as JSON, or as a page where a browser asked."""
    if _from_browser(request):
        response: Response = page(
            request,
            "problem.html",
            status=found.status,
            problem=found,
            title=PLAINLY.get(found.status, found.title),
        )
    else:
        response = JSONResponse(_plain(found), status_code=found.status, media_type=MEDIA_TYPE)
    # The answer to an unforeseen error is made outside all middleware.
    response.headers.update({**HEADERS, **(headers or {})})
    return response


def _from_browser(request: Request) -> bool:
    return "text/html" in request.headers.get("accept", "")
