"""What we set out to reach in speed and size, what was measured, and what stands in the way."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import inf
from typing import Any

MILLION, HUNDRED_THOUSAND = "1000000", "100000"

MODEL = (
    "the model: a question's own vector and those of the sentences that may be marked are most of "
    "the time, whatever the size"
)
SAME_MODEL = (
    "the model: as many tokens go through the same one, ours in bfloat16, whose products alone "
    "already run at the processor's peak; products of bytes take half as long, and scaling each "
    "token for them costs that again"
)
SHORT = "the model: its weights have to come from memory for a question of 25 tokens too"
COLD = "imports, the library's files and the model's weights, which each command reads anew"


@dataclass(frozen=True, slots=True)
class Aim:
    """One figure, and from where on it is good."""

    what: str
    of: Callable[[Mapping[str, Any]], float]
    """Finds it among the figures of all benchmarks, by name."""
    least: float = -inf
    most: float = inf
    in_the_way: str = ""
    """Told where it is not reached."""

    def reached(self, figures: Mapping[str, Any]) -> bool:
        """Tell whether the figure is good."""
        return self.least <= self.of(figures) <= self.most

    def row(self, figures: Mapping[str, Any]) -> list[str]:
        """Return what, aim, figure, and what stands in the way."""
        bound = f"at most {self.most:,}" if self.least == -inf else f"at least {self.least:,}"
        why = "" if self.reached(figures) else self.in_the_way
        return [self.what, bound, f"{self.of(figures):,}", why]


def _of_size(size: str, find: Callable[[Mapping[str, Any]], float]) -> Callable[..., float]:
    return lambda figures: find(figures["scale"]["sizes"][size])


def _slower(name: str) -> Callable[..., float]:
    return lambda figures: figures["peers"]["reading"][name]["times as long as we"]


AIMS: Sequence[Aim] = (
    Aim(
        "reading in, times as quick as LangChain",
        _slower("LangChain"),
        least=4,
        in_the_way=SAME_MODEL,
    ),
    Aim("reading in, times as quick as txtai", _slower("txtai"), least=4, in_the_way=SAME_MODEL),
    Aim(
        "embedding, share of the processor's peak",
        lambda of: of["model"]["share of the bfloat16 peak"],
        least=0.65,
    ),
    Aim(
        "unchanged papers, a second",
        lambda of: round(
            of["ingest"]["unchanged papers"] / of["ingest"]["seconds to find them unchanged"]
        ),
        least=2_000,
    ),
    Aim(
        "a million passages made, MB at most",
        _of_size(MILLION, lambda of: of["megabytes at most while made"]),
        most=4_096,
    ),
    Aim(
        "a question among 100,000, median ms",
        _of_size(HUNDRED_THOUSAND, lambda of: of["question ms"]["1 at once"]["median"]),
        most=15,
        in_the_way=MODEL,
    ),
    Aim(
        "a question among a million, median ms",
        _of_size(MILLION, lambda of: of["question ms"]["1 at once"]["median"]),
        most=25,
        in_the_way=f"{MODEL}; of a million, also counting those that hold most of the words",
    ),
    Aim(
        "nearest 100 by meaning of a million that are found",
        _of_size(MILLION, lambda of: of["recall of the nearest"]),
        least=0.99,
    ),
    Aim(
        "a question's vector, ms",
        lambda of: of["model"]["a question's vector, ms"],
        most=4,
        in_the_way=SHORT,
    ),
    Aim(
        "serving a million, MB",
        _of_size(MILLION, lambda of: of["megabytes resident"]["all"]),
        most=2_048,
    ),
    Aim(
        "of a million, bytes a passage on disk",
        _of_size(MILLION, lambda of: of["bytes a passage"]["all"]),
        most=2_500,
    ),
    Aim(
        "first answer from the command line, s",
        lambda of: of["ask"]["cold command, median s"],
        most=1.5,
        in_the_way=COLD,
    ),
    Aim(
        "server of a million ready, s",
        _of_size(MILLION, lambda of: of["server ready, s"]),
        most=3,
    ),
    Aim(
        "a paper more among a million found, s",
        _of_size(MILLION, lambda of: of["seconds to"]["add a paper"]),
        most=1,
    ),
    Aim(
        "a paper less among a million found no more, s",
        _of_size(MILLION, lambda of: of["seconds to"]["remove a paper"]),
        most=1,
    ),
)
