"""What the register's API and its pages have in common."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from fastapi import Path

from api.access.callers import needs
from api.access.roles import Role

OFFICERS = [needs(Role.OFFICER)]
"""They keep the register, each change under their name; what they said of it they alone read."""

Named = Annotated[
    str,
    Path(
        max_length=64,
        description="Id or reference of an entry, or of any place that prints it.",
        examples=["3d5f609f2c4e1a7b"],
    ),
]


def this_day() -> date:
    """Return the day on the server's clock: what was due before it is overdue."""
    return datetime.now().astimezone().date()
