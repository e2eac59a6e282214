"""What routes have in common."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request

from api.access.callers import TheCaller, access_of
from api.wiring import House
from search.access import Access


def _any_house(request: Request) -> House:
    house: House = request.app.state.house
    return house


def _house(request: Request, caller: TheCaller) -> House:
    """Return the house as whoever asks may see it; who sees what is exempt is noted before."""
    house = _any_house(request)
    access = access_of(caller, house.settings)
    if access is Access.EXEMPT:
        house.audit.add(caller, "read", f"{request.method} {request.url.path}")
    return house.opened_for(access, caller)


TheHouse = Annotated[House, Depends(_house)]

TheDoorstep = Annotated[House, Depends(_any_house)]
"""The house as the public sees it, whoever asks."""
