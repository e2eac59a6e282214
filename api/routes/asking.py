"""POST /v1/ask."""

from __future__ import annotations

from fastapi import APIRouter

from api.problems import BODY_REFUSALS, EVERYWHERE, documented
from api.routes.parts import TheHouse
from api.schemas.asking import AnswerModel, QuestionModel, answer_model

router = APIRouter(tags=["questions"], responses=EVERYWHERE)


@router.post("/v1/ask", responses=documented(*BODY_REFUSALS))
def ask(asked: QuestionModel, house: TheHouse) -> AnswerModel:
    """Return the passages that answer a question best, each with its citation.

    Where `answered` is false, the papers do not seem to answer it, and the passages are only the
    nearest ones. Filters that no paper meets give no passages: they never fall back to all papers.
    """
    filters = asked.filters.filters()
    return answer_model(house.ask(asked.question, filters, asked.limit, asked.wishes()))
