"""How well questions with an answer are told from those without, by weights fitted elsewhere.

Questions that nobody can answer are few when people write them, and there are as many as one likes
when the papers that answer a question are taken away. So the weights are fitted to those, and
judged, on a set that had no part in it, on the ones that people wrote.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import astuple, fields

import numpy as np
from numpy.typing import NDArray

from search.ask import ANSWERED
from search.confidence import Signals, confidence
from tests.benchmarks.cases import Case

KEPT = 0.95
"""Share of the questions with an answer that are to be said to have one."""

NAMES = tuple(each.name for each in fields(Signals))
RIDGE = 1e-3
STEPS = 30
"""Of Newton's method, which has long settled by then."""


def told_apart(sets: Mapping[str, Sequence[Case]]) -> dict[str, object]:
    """Return, for each set, how weights fitted to the others tell its questions apart."""
    rows = {name: _rows(cases) for name, cases in sets.items()}
    found: dict[str, object] = {}
    for name, (good, removed, none) in rows.items():
        weights = _fit([each for other, each in rows.items() if other != name])
        scores = [part @ weights[:-1] for part in (good, removed, none)]
        found[name] = {
            "questions": [len(part) for part in (good, removed, none)],
            "auc, papers removed": _auc(scores[0], scores[1]),
            f"said not to at {KEPT}, papers removed": _refused(scores[0], scores[1]),
        }
        if len(none):
            found[name] |= {
                "auc": _auc(scores[0], scores[2]),
                f"said not to at {KEPT}": _refused(scores[0], scores[2]),
            }
            found[name] |= {
                f"auc of {signal}": _auc(good[:, at], none[:, at])
                for at, signal in enumerate(NAMES)
            }
    everything = _fit(list(rows.values()))
    found["weights"] = dict(zip((*NAMES, "bias"), np.round(everything, 2).tolist(), strict=True))
    found["as they are"] = {name: _as_they_are(cases) for name, cases in sets.items()}
    return found


def _rows(cases: Sequence[Case]) -> list[NDArray[np.float64]]:
    """Return the signals of the questions with an answer, of those without papers, and of none."""
    sorts = (
        [each for each in cases if each.answerable],
        [each for each in cases if each.removed],
        [each for each in cases if not each.answerable and not each.removed],
    )
    return [
        np.array([astuple(each.signals()) for each in sort]).reshape(-1, len(NAMES))
        for sort in sorts
    ]


def _fit(sets: Sequence[Sequence[NDArray[np.float64]]]) -> NDArray[np.float64]:
    """Return the weights of a logistic regression, the constant last; each set weighs the same.

    The signals are scaled to equal spread for it, so that the ridge favours none. The constant is
    moved to where KEPT of all the questions with an answer are said to have one.
    """
    parts = [
        (part, wanted) for good, removed, _ in sets for part, wanted in ((good, 1), (removed, 0))
    ]
    spread = np.append(np.vstack([part for part, _ in parts]).std(axis=0), 1.0)
    inputs = np.vstack([np.c_[part, np.ones(len(part))] for part, _ in parts]) / spread
    wanted = np.concatenate([np.full(len(part), float(each)) for part, each in parts])
    counts = np.concatenate([np.full(len(part), 1 / len(part) / len(parts)) for part, _ in parts])
    weights = np.zeros(inputs.shape[1])
    for _ in range(STEPS):
        told = 1 / (1 + np.exp(-inputs @ weights))
        slope = inputs.T @ (counts * (told - wanted)) + RIDGE * weights
        bend = (inputs * (counts * told * (1 - told))[:, None]).T @ inputs
        weights -= np.linalg.solve(bend + RIDGE * np.eye(len(weights)), slope)
    weights /= spread
    kept = np.mean([np.quantile(good @ weights[:-1], 1 - KEPT) for good, _, _ in sets])
    weights[-1] = -kept
    return weights


def _auc(good: NDArray[np.float64], none: NDArray[np.float64]) -> float:
    """Return the chance that one of good scores above one of none; ties count half."""
    above = good[:, None] > none[None]
    return round(float(np.mean(above + 0.5 * (good[:, None] == none[None]))), 3)


def _refused(good: NDArray[np.float64], none: NDArray[np.float64]) -> float:
    """Return the share of none below the line above which KEPT of good stand."""
    return round(float(np.mean(none < np.quantile(good, 1 - KEPT))), 3)


def _as_they_are(cases: Sequence[Case]) -> dict[str, float]:
    """Return how the weights in use, and their line, do."""
    sure = {id(each): confidence(each.signals()) >= ANSWERED for each in cases}
    sorts = {
        "said to answer": [sure[id(each)] for each in cases if each.answerable],
        "said not to": [
            not sure[id(each)] for each in cases if not each.answerable and not each.removed
        ],
        "said not to, papers removed": [not sure[id(each)] for each in cases if each.removed],
    }
    return {name: round(float(np.mean(marks)), 3) for name, marks in sorts.items() if marks}
