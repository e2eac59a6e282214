"""Roles, each of which may do all that the ones before it may."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What someone is to the library, least first."""

    PUBLIC = "public"
    MEMBER = "member"
    OFFICER = "officer"
    CLERK = "clerk"
    """May also read papers in and remove them."""
    ADMINISTRATOR = "administrator"
    """May also see how the service does."""

    def at_least(self, other: Role) -> bool:
        """Tell whether this role may do what the other may."""
        order = list(Role)
        return order.index(self) >= order.index(other)


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks: by an account's name, a key's prefix, or nobody known."""

    name: str
    role: Role

    @property
    def known(self) -> bool:
        """Whether they have shown who they are."""
        return self is not ANYONE


ANYONE = Caller("anyone", Role.PUBLIC)
"""Whoever has shown neither key nor session."""
