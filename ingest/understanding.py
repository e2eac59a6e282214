"""From a file's bytes to a Paper: read, clean, meeting, agenda, business, passages."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from ingest.agenda import find_items
from ingest.business import find_business
from ingest.commitments import find_commitments
from ingest.contexts import paper_heading
from ingest.meeting import understand
from ingest.overrides import NOTHING, Overrides
from ingest.paper import Paper
from ingest.passages import cut
from ingest.reading import format_of, read


def make_paper(
    path: Path, content: bytes, settled: Overrides = NOTHING, *, with_ocr: bool = False
) -> Paper:
    """Read one paper and understand it.

    Args:
        path: its absolute path: its identity, and a hint at its meeting.
        content: its bytes.
        settled: what a clerk has said of it.
        with_ocr: read pictures of pages too; the OCR is installed then.

    Raises:
        IngestError: the file cannot be read; says why and what to do.
    """
    source = path.as_posix()
    text = read(path, content, with_ocr=with_ocr)
    facts = understand(path, text, settled)
    items = find_items(text, facts.kind)
    business = find_business(text, items, facts.kind)
    heading = paper_heading(facts.title, facts.body, facts.meeting_date)
    passages = cut(source, text, items, heading, business)
    return Paper(
        source=source,
        sha256=sha256(content).hexdigest(),
        format=format_of(path, content),
        title=facts.title,
        kind=facts.kind,
        state=facts.state,
        body=facts.body,
        meeting_date=facts.meeting_date,
        exempt=facts.exempt,
        facts=dict(facts.evidence),
        text=text,
        items=items,
        passages=passages,
        business=business,
        commitments=find_commitments(source, text, facts.kind, items, passages, facts.meeting_date),
    )
