"""How near embedding comes to what the processor can multiply.

The floating-point operations of the model's matrix products are counted from its sizes (Kaplan et
al., "Scaling Laws for Neural Language Models", 2020, section 2.1, with attention's own products),
and set beside a square product measured in the same run.
"""

import json
import statistics
import time
from collections.abc import Callable

import numpy as np

from ingest.bert import Bert
from ingest.embedding import _packaged_model, load_ragged
from ingest.passages import embedded_text
from ingest.processor import cores
from search.access import Access
from search.generation import open_view
from tests.benchmarks.library import FOLDER

PASSAGES = 96
QUESTION = "What was decided about the family hubs in the east of the county?"
SIDE = 2_048
ROUNDS = 6
"""The quickest counts: what else the machine does only ever makes one slower."""


def measure() -> dict[str, object]:
    """Return passages, tokens and operations a second, and their share of the peak."""
    folder = _packaged_model()
    texts = _texts()
    inside = Bert(folder)
    lengths = [len(each.ids) for each in inside._tokenizer.encode_batch(texts)]
    work = sum(_operations(json.loads((folder / "config.json").read_text()), n) for n in lengths)
    many = load_ragged(folder)
    many.embed(texts[: 2 * cores()])
    wall, seconds = _quickest(lambda: many.embed(texts))
    peaks = _peaks()
    return {
        "cores": cores(),
        "passages": len(texts),
        "tokens a passage": round(statistics.mean(lengths)),
        "passages a second": round(len(texts) / wall, 1),
        "passages a second of one core": round(len(texts) / seconds, 1),
        "tokens a second of one core": round(sum(lengths) / seconds),
        "billion operations a second of one core": round(work / seconds / 1e9),
        "peak of one core, bfloat16": round(peaks["bfloat16"]),
        "peak of one core, float32": round(peaks["float32"]),
        "share of the bfloat16 peak": round(work / seconds / 1e9 / peaks["bfloat16"], 2),
        "a question's vector, ms": _milliseconds(lambda: many.embed([QUESTION])),
        "… before torch is loaded": _milliseconds(lambda: inside.embed([QUESTION])),
    }


def _milliseconds(work: Callable[[], object]) -> float:
    return round(1000 * _quickest(work, rounds=20)[0], 1)


def _texts() -> list[str]:
    with open_view(FOLDER, Access.EXEMPT) as view:
        cards = view.papers()
        few = cards[:: max(1, len(cards) // PASSAGES)]
        passages = [view.paper(card.id).passages for card in few]
    return [embedded_text(some[len(some) // 2]) for some in passages if some][:PASSAGES]


def _operations(config: dict[str, int], tokens: int) -> int:
    """Return floating-point operations of the matrix products of one text."""
    width, inner = config["hidden_size"], config["intermediate_size"]
    linear = 2 * tokens * (4 * width * width + 2 * width * inner)
    return int(config["num_hidden_layers"] * (linear + 4 * tokens * tokens * width))


def _peaks() -> dict[str, float]:
    """Return billions of operations a second of one core in a square product, by type."""
    import torch

    torch.set_num_threads(1)
    square = torch.from_numpy(np.random.default_rng(1).random((SIDE, SIDE), dtype=np.float32))
    return {
        name: 2 * SIDE**3 / _quickest(lambda some=some: some @ some)[1] / 1e9
        for name, some in (("bfloat16", square.bfloat16()), ("float32", square))
    }


def _quickest(work: Callable[[], object], rounds: int = ROUNDS) -> tuple[float, float]:
    """Return the least seconds that some work took by the clock, and of processor time."""
    clock, processor = [], []
    for _ in range(rounds):
        began, spent = time.perf_counter(), time.process_time()
        work()
        clock.append(time.perf_counter() - began)
        processor.append(time.process_time() - spent)
    return min(clock), min(processor)
