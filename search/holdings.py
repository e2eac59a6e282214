"""What a library tells of itself: its papers, bodies, failures and size."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ingest.paper import Passage
from search.answer import ItemCard, PaperCard
from search.twins import Relation


@dataclass(frozen=True, slots=True)
class KeptPassage:
    """A passage with what its citation says of paper and item."""

    passage: Passage
    paper: PaperCard
    item: ItemCard | None

    @property
    def beside(self) -> str:
        """What is searched beside the passage's own words: context, and table rows read out."""
        return "\n".join(filter(None, (self.passage.context, self.passage.read_out)))


@dataclass(frozen=True, slots=True)
class PaperTwin:
    """A paper that says much the same as the one asked about."""

    card: PaperCard
    shared: float
    """Above 0, to 1: share of the words of both that they have in common; of a part, share of its
    own words that the whole has too."""
    relation: Relation
    """What the paper asked about is to the twin: "part of" where the twin holds it."""


@dataclass(frozen=True, slots=True)
class BodyCount:
    """A body (None: papers of no known body) and how many papers are held of it."""

    body: str | None
    papers: int


@dataclass(frozen=True, slots=True)
class FailedFile:
    """A file that could not be read."""

    source: str
    reason: str
    advice: str
    noted: str
    """When: UTC, ISO 8601."""
    held: bool
    """An earlier version of it is held and still answers."""


@dataclass(frozen=True, slots=True)
class SourceFile:
    """The file of a paper as it was when it was read."""

    path: Path
    sha256: str
    format: str


@dataclass(frozen=True, slots=True)
class Status:
    """The library in figures."""

    papers: int
    passages: int
    pages: int
    scanned_pages: int
    """Pages without text."""
    failures: int
    generation: int
    model: str
    dimension: int
    created: str
    """UTC, ISO 8601."""
    bytes_on_disk: int
