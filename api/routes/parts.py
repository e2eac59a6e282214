"""What routes have in common."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request

from api.wiring import House


def _house(request: Request) -> House:
    house: House = request.app.state.house
    return house


TheHouse = Annotated[House, Depends(_house)]
