"""GET /ask.docx and GET /ask.csv: an answer to take away."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from fastapi.exceptions import RequestValidationError

from api.originals import WORD
from api.routes.pages.ask import PASSAGES, exempt_passages, permalink
from api.routes.pages.forms import Form, TheForm, filters_of
from api.routes.parts import TheHouse
from api.taking_away import Link, as_csv, as_word
from api.wiring import House
from search.answer import Answer

router = APIRouter()


@router.get("/ask.docx")
def word(request: Request, house: TheHouse, form: TheForm) -> Response:
    """Return an answer as a Word file."""
    content = as_word(*_answer(house, form, request))
    return _file(content, WORD, "answer.docx")


@router.get("/ask.csv")
def table(request: Request, house: TheHouse, form: TheForm) -> Response:
    """Return an answer as a table."""
    content = as_csv(*_answer(house, form, request))
    return _file(content, "text/csv; charset=utf-8", "answer.csv")


def _answer(house: House, form: Form, request: Request) -> tuple[Answer, Link, frozenset[str]]:
    """Return an answer, what gives a passage's address, and the passages that are exempt."""
    filters, errors = filters_of(form)
    if errors:
        raise RequestValidationError(
            [
                {"loc": ("query", name), "msg": what, "type": "value_error"}
                for name, what in errors.items()
            ]
        )
    answer = house.ask(form.q, filters, PASSAGES, form.wishes())
    with house.view() as view:
        exempt = exempt_passages(view, answer)
    return answer, lambda passage: permalink(request, passage), exempt


def _file(content: bytes, kind: str, name: str) -> Response:
    disposition = f'attachment; filename="{name}"'
    return Response(content, media_type=kind, headers={"Content-Disposition": disposition})
