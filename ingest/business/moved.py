"""A motion while it is being read: what its region has told of it so far."""

from __future__ import annotations

from dataclasses import dataclass, field

from ingest.paper import Outcome, Span, Vote


@dataclass
class Moved:
    """A motion, an amendment or a nomination being read; places are in its region."""

    start: int
    end: int
    words: Span | None
    proposer: str | None
    seconder: str | None
    notice: bool = False
    amends: bool = False
    vote: Vote | None = None
    outcome: Outcome | None = None
    told: Span | None = None
    reply: Span | None = None
    amendments: list[Moved] = field(default_factory=list)

    @property
    def said(self) -> int:
        """Where its proposal and words end."""
        return max(self.end, self.words[1] if self.words else 0)
