"""From a file's bytes to a Paper: read, clean, meeting, agenda, what is exempt, passages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from ingest.agenda import find_items
from ingest.business import find_business
from ingest.contexts import paper_heading
from ingest.exemption import closed_spans, cut_apart, is_closed, open_text, promised_apart
from ingest.meeting import Facts, understand
from ingest.overrides import NOTHING, OPEN, Overrides
from ingest.paper import AgendaItem, CleanText, Fact, Paper, Span
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
    items, closed = _items(text, facts, settled)
    whole = facts.exempt or closed == ((0, len(text.text)),)
    evidence = dict(facts.evidence)
    if closed and not whole:
        facts = _told_by_the_rest(path, open_text(text, closed), facts, settled)
        evidence = dict(facts.evidence)
    elif whole:
        evidence.setdefault("exempt", Fact("exempt", _first_words(text, closed), "text"))
    heading = paper_heading(facts.title, facts.body, facts.meeting_date)
    business = find_business(text, items, facts.kind)
    apart = () if whole else closed
    passages = cut_apart(source, text, items, business, apart, heading, facts.kind)
    return Paper(
        source=source,
        sha256=sha256(content).hexdigest(),
        format=format_of(path, content),
        title=facts.title,
        kind=facts.kind,
        state=facts.state,
        body=facts.body,
        meeting_date=facts.meeting_date,
        exempt=whole,
        facts=evidence,
        text=text,
        items=items,
        passages=passages,
        business=business,
        commitments=promised_apart(
            source, text, items, passages, apart, facts.kind, facts.meeting_date
        ),
        closed=closed,
    )


def _items(
    text: CleanText, facts: Facts, settled: Overrides
) -> tuple[tuple[AgendaItem, ...], tuple[Span, ...]]:
    """Return the items of a paper, and what of it is exempt; a clerk may have opened all of it."""
    items = find_items(text, facts.kind)
    said = settled.get("exempt")
    if said is not None and said.value == OPEN:
        return tuple(replace(each, exempt=False) for each in items), ()
    closed = closed_spans(text, items, facts.kind, exempt=facts.exempt)
    return tuple(
        replace(each, exempt=is_closed(each.start, each.start + 1, closed)) for each in items
    ), closed


def _told_by_the_rest(path: Path, opened: CleanText, facts: Facts, settled: Overrides) -> Facts:
    """Return the facts that the open part of a paper tells; its kind is the whole paper's."""
    told = understand(path, opened, settled)
    if told.kind is facts.kind:
        return told
    kind = Fact(facts.kind.value, "", "text")
    return understand(path, opened, Overrides({**settled.facts, "kind": kind}))


def _first_words(text: CleanText, closed: Sequence[Span]) -> str:
    return " ".join(text.text[slice(*closed[0])][:200].split()) if closed else ""
