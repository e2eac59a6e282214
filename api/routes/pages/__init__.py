"""The pages where members, officers and researchers work; each module is one of them."""

from __future__ import annotations

from fastapi import APIRouter

from api.routes.pages import (
    about,
    ask,
    briefing,
    browsing,
    holding,
    leaf,
    passage,
    register,
    taking,
    uploads,
)

PAGES = (ask, taking, leaf, passage, browsing, register, briefing, holding, uploads, about)

router = APIRouter(include_in_schema=False)
for each in PAGES:
    router.include_router(each.router)
