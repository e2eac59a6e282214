"""What a passage itself must hold to answer, beyond being of an allowed paper."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Holding:
    """What a passage, its item or its paper's title must hold; nothing: any passage will do."""

    phrases: tuple[str, ...] = ()
    """Words in their order, in any inflection: a quotation, a reference."""
    minutes: tuple[str, ...] = ()
    """Minute numbers of its item, any of them."""
    items: tuple[str, ...] = ()
    """Agenda numbers of its item, any of them."""


ANYTHING = Holding()
