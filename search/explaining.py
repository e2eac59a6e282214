"""Tells how an answer came about: candidates, each voice's part in each hit, the stages' times."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

from search.answer import Part, Trace
from search.fusion import Ranked, scaled
from search.leaning import voices_of
from search.ranking import COVER, DENSE, FITTING, LEXICAL, Found
from search.readings.reading import Reading
from search.sentences import fits

SHOWN = 20
"""Candidates of each list that are told."""


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
    def milliseconds(self) -> tuple[tuple[str, float], ...]:
        """(stage, time) in order."""
        return tuple(self._laps)


def traced(
    ranked: Found,
    lexical: Ranked,
    dense: Ranked,
    readings: Sequence[Reading],
    hits: Sequence[str],
    watch: Stopwatch,
) -> Trace:
    """Return how an answer came about.

    Args:
        ranked: the candidates before the readings moved them.
        lexical: the candidates by words, best first.
        dense: the candidates by meaning, best first.
        readings: of the question.
        hits: the passage of each hit whose score it has.
        watch: has timed the stages.
    """
    parts = parts_of(ranked, readings)
    return Trace(
        by_words=tuple(lexical[:SHOWN]),
        by_meaning=tuple(dense[:SHOWN]),
        parts=tuple(parts(each) for each in hits),
        milliseconds=watch.milliseconds,
    )


def parts_of(ranked: Found, readings: Sequence[Reading]) -> Callable[[str], tuple[Part, ...]]:
    """Return what tells each voice's part in a passage's score, those that are silent left out."""
    lexical = scaled(list(ranked.lexical.items()))
    dense = scaled(list(ranked.dense.items()))
    leaning = voices_of(ranked, readings)

    def parts(identity: str) -> tuple[Part, ...]:
        text = ranked.kept[identity].passage.text
        told = {
            "cover": COVER * ranked.cover(identity),
            "meaning": DENSE * dense.get(identity, 0.0),
            "words": LEXICAL * lexical.get(identity, 0.0),
            "fitting": FITTING * fits(ranked.query.wanted, text),
            **leaning(identity),
        }
        return tuple(Part(voice, score) for voice, score in told.items() if score)

    return parts
