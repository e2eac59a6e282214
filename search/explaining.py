"""Tells how an answer came about: candidates, each voice's part in each hit, the stages' times."""

from __future__ import annotations

import time
from collections.abc import Sequence

from search.answer import Part, Trace
from search.ranking import COUNTS, Found, Voices

SHOWN = 20
"""Candidates of each list that are told."""

Times = tuple[tuple[str, float], ...]
"""(stage, milliseconds), in the order of the stages."""


class Stopwatch:
    """Times stages that follow one another."""

    def __init__(self) -> None:
        """Start the first stage."""
        self._laps: list[tuple[str, float]] = []
        self._began = time.perf_counter()

    def lap(self, stage: str) -> None:
        """End a stage and start the next."""
        now = time.perf_counter()
        self._laps.append((stage, 1000 * (now - self._began)))
        self._began = now

    @property
    def milliseconds(self) -> Times:
        """(stage, time) in order."""
        return tuple(self._laps)


def traced(found: Found, hits: Sequence[str], watch: Stopwatch) -> Trace:
    """Return how an answer came about.

    Args:
        found: the candidates, ranked.
        hits: the passage of each hit whose score it has.
        watch: has timed the stages.
    """
    return Trace(
        by_words=tuple(found.lexical.items())[:SHOWN],
        by_meaning=tuple(found.dense.items())[:SHOWN],
        parts=tuple(_parts(found.voices[each]) for each in hits),
        milliseconds=watch.milliseconds,
    )


def _parts(voices: Voices) -> tuple[Part, ...]:
    """Return each voice's part in a passage's score, those that are silent left out."""
    told = voices.parts(COUNTS).items()
    return tuple(Part(voice.replace("_", " "), score) for voice, score in told if score)
