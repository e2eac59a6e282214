"""Tells whether the papers answer a question, from signals that hold for any library.

None of them is a raw score: BM25 grows with the question and the library, a cosine depends on the
model, and min-max scores always reach 1.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, fsum


@dataclass(frozen=True, slots=True)
class Signals:
    """What speaks for an answer among the best hits."""

    cover: float
    """Share of the question's words that the best-covering hit holds, by rarity: 0 to 1."""
    sentence: float
    """The same of the best single sentence."""
    strangeness: float
    """How far the best cosine stands above those of accidental passages, in their standard
    deviations."""
    agreement: float
    """Share of the best hits by words that are among the best by meaning: 0 to 1."""


WEIGHTS = Signals(cover=3.0, sentence=2.0, strangeness=0.5, agreement=1.0)
BIAS = -5.0
"""A logistic regression; see the measurement beside the corpora's questions."""


def confidence(signals: Signals) -> float:
    """Return how likely the papers answer the question: 0 to 1, rising with every signal."""
    total = fsum(
        (
            BIAS,
            WEIGHTS.cover * signals.cover,
            WEIGHTS.sentence * signals.sentence,
            WEIGHTS.strangeness * signals.strangeness,
            WEIGHTS.agreement * signals.agreement,
        )
    )
    return 1 / (1 + exp(-max(-40.0, min(40.0, total))))


def strangeness(cosine: float, mean: float, deviation: float) -> float:
    """Return how many deviations a cosine stands above the mean; 0 where all are alike."""
    return (cosine - mean) / deviation if deviation > 1e-6 else 0.0
