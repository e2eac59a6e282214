"""Who may read what: two ways to see one library."""

from __future__ import annotations

from enum import StrEnum


class Access(StrEnum):
    """What a view of a library is opened for."""

    PUBLIC = "public"
    """Only what is open: the library is as if its exempt matter had never been read in."""
    EXEMPT = "exempt"
    """Everything, exempt matter too."""
