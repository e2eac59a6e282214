"""What each voice of the ranking is worth: each silenced in turn, and all weighed on other sets.

The weights in use were chosen with an eye on these very questions, so their figures flatter. What
to expect elsewhere is told by weights chosen on all sets but one, and tried on that one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import astuple, replace
from itertools import product

import numpy as np
from numpy.typing import NDArray

from api.measuring import bootstrap
from search.ranking import COUNTS, VOICES, Voices
from tests.benchmarks.cases import DEEPEST, Case

TRIED = {
    "date": (0.0, 0.15, 0.3, 0.45),
    "meaning": (0.1, 0.25, 0.4, 0.6),
    "words": (0.0, 0.05, 0.1, 0.2),
    "fitting": (0.0, 0.05, 0.1, 0.15, 0.2),
}
"""The weights tried, by voice. Only their proportions matter, so the cover's stands still; too few
questions name a body, a person or a kind of paper to choose those voices' by."""

AS_GOOD = 0.01
"""Mean reciprocal rank below the best at which weights count as as good: one question of a hundred
has its answer second, not first. Their mean is chosen, for the very best may be so by luck."""

SPEAKING = tuple(each for each in VOICES if each != "reading")
"""The voices that speak without a cross-encoder, of which none comes with us."""


def shares(ranks: Sequence[int | None]) -> dict[str, list[float]]:
    """Return the share of questions answered by the first hit and among DEEPEST, with intervals."""
    return {
        "first": share([rank == 1 for rank in ranks]),
        f"among {DEEPEST}": share([rank is not None for rank in ranks]),
    }


def silenced(cases: Sequence[Case]) -> dict[str, object]:
    """Return the shares with one voice silenced, and what that changes, with intervals."""
    full = [case.rank(COUNTS) for case in cases]
    found: dict[str, object] = {"all": shares(full)}
    for voice in SPEAKING:
        ranks = [case.rank(replace(COUNTS, **{voice: 0.0})) for case in cases]
        changes = [(now == 1) - (then == 1) for now, then in zip(ranks, full, strict=True)]
        found[f"without {voice}"] = shares(ranks) | {"first, change": share(changes)}
    return found


def fitted_elsewhere(sets: Mapping[str, Sequence[Case]]) -> dict[str, object]:
    """For each set return what weights chosen on the others reach on it, and the weights."""
    tried = [
        replace(COUNTS, **dict(zip(TRIED, each, strict=True))) for each in product(*TRIED.values())
    ]
    matrix = np.array([astuple(each) for each in tried])
    worth = {
        name: _worth([each for each in of if each.answerable], matrix) for name, of in sets.items()
    }
    found = {}
    for name, cases in sets.items():
        others = np.mean([each for other, each in worth.items() if other != name], axis=0)
        chosen = _chosen(matrix, others)
        ranks = [case.rank(chosen) for case in cases if case.answerable]
        found[name] = shares(ranks) | {"weights": _rounded(chosen)}
    everything = np.mean(list(worth.values()), axis=0)
    return found | {"all together": {"weights": _rounded(_chosen(matrix, everything))}}


def _chosen(matrix: NDArray[np.float64], worth: NDArray[np.float64]) -> Voices:
    """Return the mean of the weights that are as good as the best."""
    return Voices(*matrix[worth >= worth.max() - AS_GOOD].mean(axis=0).tolist())


def _rounded(weights: Voices) -> dict[str, float]:
    return {voice: round(getattr(weights, voice), 3) for voice in VOICES}


def _worth(cases: Sequence[Case], weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the mean reciprocal rank of the first hit under each row of weights.

    Twins are not collapsed for this, which costs a little of every row alike.
    """
    total = np.zeros(len(weights))
    for case in cases:
        if case.gold:
            voices = np.array([astuple(each) for each in case.found.voices.values()])
            gold = np.array([identity in case.gold for identity in case.found.voices])
            scores = voices @ weights.T
            total += 1 / (1 + (scores > scores[gold].max(axis=0)).sum(axis=0))
    return total / max(len(cases), 1)


def share(values: Sequence[float]) -> list[float]:
    """Return the mean and its 95 % bootstrap interval."""
    numbers = [float(each) for each in values]
    return [round(each, 3) for each in (float(np.mean(numbers)), *bootstrap(numbers))]
