"""How many pages one core reads and understands in a second, without embedding, by stage."""

import time
from collections.abc import Sequence
from pathlib import Path

from ingest.agenda import find_items
from ingest.contexts import paper_heading
from ingest.finding import papers_under
from ingest.meeting import understand
from ingest.overrides import NOTHING
from ingest.passages import cut
from ingest.reading import read
from tests.shared import shared

ROUNDS = 3
"""The quickest counts: what else the machine does only ever makes one slower."""
CORPORA = ("kent", "limerick")


def measure() -> dict[str, object]:
    """Return pages a second and seconds by stage for each corpus, in processor time."""
    return {name: _quickest(shared() / "corpora" / name) for name in CORPORA}


def _quickest(folder: Path) -> dict[str, object]:
    papers = [(path, path.read_bytes()) for path in papers_under([folder])]
    spent, pages = min(
        (_round(papers) for _ in range(ROUNDS)), key=lambda told: sum(told[0].values())
    )
    seconds = sum(spent.values())
    return {
        "papers": len(papers),
        "pages": pages,
        "seconds": round(seconds, 2),
        "seconds by stage": {name: round(took, 2) for name, took in spent.items()},
        "pages a second a core": round(pages / seconds, 1),
    }


def _round(papers: Sequence[tuple[Path, bytes]]) -> tuple[dict[str, float], int]:
    """Return processor seconds by stage, and the pages; the stages are those of make_paper."""
    spent = dict.fromkeys(("reading and cleaning", "meeting", "agenda", "passages"), 0.0)
    pages = 0
    for path, content in papers:
        began = time.process_time()
        text = read(path, content)
        was_read = time.process_time()
        facts = understand(path, text, NOTHING)
        was_understood = time.process_time()
        items = find_items(text, facts.kind)
        was_divided = time.process_time()
        cut(
            path.as_posix(), text, items, paper_heading(facts.title, facts.body, facts.meeting_date)
        )
        was_cut = time.process_time()
        moments = (began, was_read, was_understood, was_divided, was_cut)
        for stage, first, last in zip(spent, moments, moments[1:], strict=False):
            spent[stage] += last - first
        pages += len(text.pages)
    return spent, pages
