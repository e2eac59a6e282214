"""The seam to whoever keeps the papers: what ingest asks of a library, and no more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from ingest.errors import IngestError
from ingest.paper import Paper

Vectors = NDArray[np.float32]
"""(n, dimension) rows of norm 1."""


@dataclass(frozen=True, slots=True)
class Held:
    """What a library remembers of a file that it holds (or that failed, see failed)."""

    sha256: str
    size: int
    modified_ns: int
    reader: str
    """Fingerprint of the code and settings that read it; another one reads it anew."""
    failed: bool = False
    """The file could not be read, for a reason that the same bytes will give again."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """A file's identity on disk when it was read."""

    size: int
    modified_ns: int
    reader: str


@dataclass(frozen=True, slots=True)
class Embedded:
    """A paper ready to be kept: one vector a passage, in the passages' order."""

    paper: Paper
    stamp: Stamp
    vectors: Vectors


class Keeper(Protocol):
    """Keeps papers: each is wholly in or wholly out, whatever happens."""

    def held(self) -> Mapping[str, Held]:
        """Return what is known of every file, by source."""
        ...

    def known_vectors(self, texts: Sequence[str]) -> Mapping[str, NDArray[np.float32]]:
        """Return the vectors already made with the library's model, by the text embedded."""
        ...

    def keep_vectors(self, vectors: Mapping[str, NDArray[np.float32]]) -> None:
        """Know vectors from now on, by the text embedded, before a paper with it is kept.

        So a run that is cut off need not embed them again. A run that ends drops what is left.
        """
        ...

    def drop_unused_vectors(self) -> None:
        """Forget the vectors that were kept for papers which then were not."""
        ...

    def keep(self, papers: Sequence[Embedded]) -> None:
        """Hold exactly these versions of these papers, in one transaction, and make them findable.

        A paper held before under the same source is replaced whole.
        """
        ...

    def refresh(self, stamps: Mapping[str, Stamp]) -> None:
        """Note new stamps of files whose bytes did not change, by source."""
        ...

    def forget(self, sources: Sequence[str]) -> int:
        """Remove papers (and failures) wholly; return how many papers were held."""
        ...

    def settled(self) -> Mapping[str, Mapping[str, str]]:
        """Return what a clerk has said of papers, by source: values by name of fact."""
        ...

    def settle(self, said: Mapping[str, Mapping[str, str]]) -> None:
        """Remember what a clerk says of papers from now on, by source; nothing of one: forget it.

        It outlives the paper's present version, and goes when the paper is forgotten.
        """
        ...

    def report_failure(self, source: str, sha256: str, stamp: Stamp, error: IngestError) -> None:
        """Remember that a file could not be read; a version held before stays as it is."""
        ...
