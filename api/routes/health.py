"""GET /healthz and /readyz: whether the process lives, and whether it can answer."""

from __future__ import annotations

from fastapi import APIRouter

from api.problems import documented
from api.routes.parts import TheDoorstep
from api.schemas.papers import HealthModel

router = APIRouter(tags=["operation"])


@router.get("/healthz")
def alive() -> HealthModel:
    """Say that the process answers at all."""
    return HealthModel(status="alive")


@router.get("/readyz", responses=documented(503))
def ready(house: TheDoorstep) -> HealthModel:
    """Say whether a question would be answered now; if not, the problem's detail says why."""
    house.check_ready()
    return HealthModel(status="ready")
