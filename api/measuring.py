"""Scores answers against questions whose gold quotations are known. Pure.

A passage is a hit where its paper is a gold paper (by the last two parts of their paths, since
machines keep papers in different places) and it holds at least 80 % of the word trigrams of the
gold quotation, letter case, spacing, punctuation and ligatures folded: so another way of taking
text out of a PDF costs nothing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from pathlib import PurePosixPath
from typing import TypeVar

import numpy as np

ENOUGH = 0.8
"""Share of a quotation's trigrams that a hit must hold."""

DEPTH = 10
"""Passages of an answer that are looked at."""

Z_95 = 1.959964
"""Standard deviations on either side of the mean that hold 95 % of a normal distribution."""

RESAMPLES = 2_000
"""Bootstrap resamples: the interval's third decimal no longer moves."""

_WORD = re.compile(r"[a-z0-9£$%€]+")
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Gold:
    """A quotation that answers a question; page from 1, None where the paper is not paged."""

    paper: str
    page: int | None
    quote: str


@dataclass(frozen=True, slots=True)
class Question:
    """One question; without gold, the papers do not answer it."""

    id: str
    kind: str
    text: str
    gold: tuple[Gold, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """A passage that was shown; page from 1, None where the paper is not paged."""

    paper: str
    page: int | None
    text: str


@dataclass(frozen=True, slots=True)
class Given:
    """What was shown for a question, best first, and whether it was said to answer it."""

    passages: tuple[Shown, ...]
    answered: bool | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one question went."""

    answerable: bool
    rank: int | None
    """Of the first hit, from 1; None where the first DEPTH passages hold none."""
    characters: int | None
    """Read up to the end of the first hit."""
    page_right: bool | None
    """None where nothing was hit, or the hit is not paged."""
    answered: bool | None


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure and its 95 % interval; n is the number of questions (or hits) behind it."""

    name: str
    value: float
    low: float
    high: float
    n: int


def score(questions: Sequence[Question], given: Mapping[str, Given]) -> list[Outcome]:
    """Return an outcome for each question; one that was not asked counts as missed."""
    nothing = Given((), None)
    return [_outcome(question, given.get(question.id, nothing)) for question in questions]


def measures(outcomes: Sequence[Outcome]) -> list[Measure]:
    """Return the figures for a set of questions; those without any question are left out."""
    good = [each for each in outcomes if each.answerable]
    none = [each for each in outcomes if not each.answerable]
    paged = [each.page_right for each in good if each.page_right is not None]
    tells = any(each.answered is not None for each in outcomes)
    found = [
        *(_share(f"hit@{k}", good, _within(k)) for k in (1, 5, DEPTH)),
        _mean(f"mrr@{DEPTH}", [1 / each.rank if each.rank else 0.0 for each in good]),
        *(_share(f"read@{c}", good, _read_within(c)) for c in (1_500, 4_000)),
        _share("page@hit", paged, bool),
    ]
    if tells:
        found.append(_share("says-answered|answerable", good, lambda each: bool(each.answered)))
        found.append(_share("says-none|unanswerable", none, lambda each: each.answered is False))
    return [each for each in found if each.n]


def holds(text: str, quote: str) -> bool:
    """Tell whether text holds at least ENOUGH of the word trigrams of quote."""
    wanted = _trigrams(_words(quote))
    return bool(wanted) and len(wanted & _trigrams(_words(text))) / len(wanted) >= ENOUGH


def same_paper(one: str, other: str) -> bool:
    """Tell whether two paths end in the same folder and file name."""
    return _tail(one) == _tail(other)


def wilson(successes: int, n: int) -> tuple[float, float]:
    """Return the 95 % interval of a share of n trials, n at least 1 (Wilson, JASA 1927)."""
    p, z2 = successes / n, Z_95**2
    middle = (p + z2 / (2 * n)) / (1 + z2 / n)
    half = Z_95 / (1 + z2 / n) * sqrt(p * (1 - p) / n + z2 / (4 * n * n))
    return max(0.0, middle - half), min(1.0, middle + half)


def bootstrap(values: Sequence[float]) -> tuple[float, float]:
    """Return the 95 % percentile interval of a mean (Efron, Ann. Stat. 1979); always the same."""
    sample = np.asarray(values, dtype=np.float64)
    picks = np.random.default_rng(0).integers(0, len(sample), size=(RESAMPLES, len(sample)))
    low, high = np.percentile(sample[picks].mean(axis=1), [2.5, 97.5])
    return float(low), float(high)


def _outcome(question: Question, given: Given) -> Outcome:
    read = 0
    for rank, shown in enumerate(given.passages[:DEPTH], start=1):
        read += len(shown.text)
        hit = [
            gold
            for gold in question.gold
            if same_paper(shown.paper, gold.paper) and holds(shown.text, gold.quote)
        ]
        if hit:
            right = _page_right(shown.page, [gold.page for gold in hit if gold.page])
            return Outcome(True, rank, read, right, given.answered)
    return Outcome(bool(question.gold), None, None, None, given.answered)


def _page_right(shown: int | None, gold: Sequence[int]) -> bool | None:
    return None if shown is None or not gold else shown in gold


def _within(k: int) -> Callable[[Outcome], bool]:
    return lambda each: each.rank is not None and each.rank <= k


def _read_within(characters: int) -> Callable[[Outcome], bool]:
    return lambda each: each.characters is not None and each.characters <= characters


def _share(name: str, among: Iterable[_T], holds_for: Callable[[_T], bool]) -> Measure:
    marks = [holds_for(each) for each in among]
    if not marks:
        return Measure(name, 0.0, 0.0, 1.0, 0)
    return Measure(name, sum(marks) / len(marks), *wilson(sum(marks), len(marks)), len(marks))


def _mean(name: str, values: Sequence[float]) -> Measure:
    if not values:
        return Measure(name, 0.0, 0.0, 1.0, 0)
    return Measure(name, sum(values) / len(values), *bootstrap(values), len(values))


def _tail(path: str) -> tuple[str, ...]:
    return tuple(unicodedata.normalize("NFKC", part) for part in PurePosixPath(path).parts[-2:])


def _words(text: str) -> list[str]:
    return _WORD.findall(unicodedata.normalize("NFKC", text).casefold().replace("\u00ad", ""))


def _trigrams(words: Sequence[str]) -> set[tuple[str, ...]]:
    n = min(3, len(words))
    return {tuple(words[at : at + n]) for at in range(len(words) - n + 1)} if n else set()
