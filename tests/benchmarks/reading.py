"""How many pages one core reads and understands in a second, without embedding, by stage."""

import gc
import time
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

from ingest.agenda import find_items
from ingest.business import find_business
from ingest.commitments import find_commitments
from ingest.contexts import paper_heading
from ingest.exemption import closed_spans
from ingest.finding import papers_under
from ingest.meeting import understand
from ingest.overrides import NOTHING
from ingest.passages import cut
from ingest.reading import read
from ingest.workers import collect_seldom
from tests.shared import shared

ROUNDS = 3
"""The quickest counts: what else the machine does only ever makes one slower."""
CORPORA = ("kent", "limerick")
STAGES = ("reading and cleaning", "meeting", "agenda", "business", "passages", "commitments")


def measure() -> dict[str, object]:
    """Return pages a second and seconds by stage for each corpus, in processor time."""
    usual = gc.get_threshold()
    collect_seldom()  # as the processes that read papers do
    try:
        return {name: _quickest(shared() / "corpora" / name) for name in CORPORA}
    finally:
        gc.set_threshold(*usual)


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
    spent = dict.fromkeys(STAGES, 0.0)
    pages = 0
    for path, content in papers:
        source = path.as_posix()
        moments = [time.process_time()]
        text = read(path, content)
        moments.append(time.process_time())
        facts = understand(path, text, NOTHING)
        moments.append(time.process_time())
        items = find_items(text, facts.kind)
        closed_spans(text, items, facts.kind, exempt=facts.exempt)
        moments.append(time.process_time())
        business = find_business(text, items, facts.kind)
        moments.append(time.process_time())
        heading = paper_heading(facts.title, facts.body, facts.meeting_date)
        passages = cut(source, text, items, heading, business)
        moments.append(time.process_time())
        find_commitments(source, text, facts.kind, items, passages, facts.meeting_date)
        moments.append(time.process_time())
        for stage, (first, last) in zip(STAGES, pairwise(moments), strict=True):
            spent[stage] += last - first
        pages += len(text.pages)
    return spent, pages
