"""Tells whether the papers answer a question, from signals that hold for any library.

None of them is a raw score: BM25 grows with the question and the library, an accidental cosine
depends on the model and the library, and min-max scores always reach 1.

How each was chosen, what was tried in vain and how well they tell: docs/ranking.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, fsum


@dataclass(frozen=True, slots=True)
class Signals:
    """What speaks for an answer among the best hits."""

    fullness: float
    """The most that speaks for a hit, of all that could for the question: 0 to 1."""
    names: float
    """Share of the question's names that the first hit holds, by rarity: 0 to 1."""
    nearness: float
    """How far the best cosine stands on the way from accidental, 0, to the same words, 1."""
    together: float
    """How far the first ten passages stand together: 0 apart, 1 one after another in one paper."""


FULLNESS = 4.61
NAMES = 0.37
NEARNESS = 2.34
TOGETHER = 1.37
BIAS = -4.05
"""A logistic regression on the questions with an answer of four libraries (real papers of two
councils, a made-up council, transcripts), against the same ones with the papers that answer them
taken away; each library weighs the same. Its constant is moved to where 95 in a hundred of the
questions with an answer are said to have one. Measured by python -m tests.benchmarks quality."""


def confidence(signals: Signals) -> float:
    """Return how likely the papers answer the question: 0 to 1, rising with every signal."""
    total = fsum(
        (
            BIAS,
            FULLNESS * signals.fullness,
            NAMES * signals.names,
            NEARNESS * signals.nearness,
            TOGETHER * signals.together,
        )
    )
    return 1 / (1 + exp(-max(-40.0, min(40.0, total))))


def nearness(cosine: float, accidental: float) -> float:
    """Return where a cosine stands between that of accidental passages, 0, and 1.

    Args:
        cosine: of the question and the nearest passage.
        accidental: mean cosine of the question and any passage.
    """
    return (cosine - accidental) / (1 - accidental) if accidental < 1 else 0.0
