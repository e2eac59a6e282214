"""What a derived index says of itself: whose it is, and how far it has come."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from search.publishing import write_whole

_FILE = "state.json"


@dataclass(frozen=True, slots=True)
class State:
    """What an index reflects."""

    version: int
    """Of its form."""
    identity: str
    """Of its library."""
    generation: int
    deleted: int = 0
    """Passages removed from it since it was made anew, where it keeps traces of them."""
    owed: bool = False
    """Those traces have still to be taken out."""


def read_state(folder: Path) -> State | None:
    """Return what the index in folder reflects; None where there is none to rely on."""
    try:
        return State(**json.loads((folder / _FILE).read_bytes()))
    except (OSError, ValueError, TypeError):
        return None


def note_state(folder: Path, state: State) -> None:
    """Record what the index in folder reflects, once all of it is written."""
    write_whole(folder / _FILE, json.dumps(asdict(state)).encode())


def usable(state: State | None, version: int, identity: str, generation: int) -> bool:
    """Tell whether an index can be brought up: of this form, this library, not ahead of it."""
    return (
        state is not None
        and state.version == version
        and state.identity == identity
        and state.generation <= generation
    )
