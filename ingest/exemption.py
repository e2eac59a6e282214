"""Which part of a paper is exempt, and what is left of it for whoever may read only the rest.

Exempt is what the law lets a council keep from the public (Local Government Act 1972, Schedule
12A). A doubtful part counts as exempt: a clerk can open it, nobody can take back what was shown.

What is open is made as if the exempt part had never been written: its passages are cut from a text
in which that part is blank, so that neither their words nor their ids tell anything of it.
Positions stay what they are.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from hashlib import sha256

import numpy as np

from ingest.business import find_business
from ingest.commitments import find_commitments
from ingest.meeting.marks import marks_shut
from ingest.paper import (
    AgendaItem,
    BlockRole,
    Business,
    CleanText,
    Commitment,
    Page,
    Paper,
    PaperKind,
    Passage,
    Span,
    Table,
    commitment_id,
    passage_id,
)
from ingest.passages import cut

_TOP = 3
"""Blocks at a page's top among which a mark shuts all that follows: "NOT FOR PUBLICATION" under
the council's name."""

_LONGEST_MARK = 120
"""Characters of a line that marks; a longer one is a sentence about something."""

_SINGLE = frozenset({PaperKind.AGENDA, PaperKind.TRANSCRIPT})
"""Kinds without papers inside them that could bear marks of their own."""


def closed_spans(
    text: CleanText, items: Sequence[AgendaItem], kind: PaperKind, *, exempt: bool
) -> tuple[Span, ...]:
    """Return the parts of a paper that are exempt: ascending, apart from each other.

    They are its exempt items, and what follows a mark ("NOT FOR PUBLICATION") at the top of a
    page or in a heading, to the end of the item or, where there is none, of the paper. Where no
    words are left outside them, all of it is.

    Args:
        text: the paper.
        items: its agenda items.
        kind: what it is for.
        exempt: all of it is.
    """
    whole = ((0, len(text.text)),) if text.text else ()
    if exempt:
        return whole
    spans = [(item.start, item.end) for item in items if item.exempt]
    if kind not in _SINGLE:
        spans += _marked(text, items)
    joined = _joined(spans)
    return joined if _blank(text.text, joined).strip() else whole


def is_closed(start: int, end: int, closed: Sequence[Span]) -> bool:
    """Tell whether any of the characters [start, end) is exempt."""
    at = bisect_right(closed, start, key=lambda span: span[1])
    return at < len(closed) and closed[at][0] < end


def cut_apart(
    source: str,
    text: CleanText,
    items: Sequence[AgendaItem],
    business: Business,
    closed: Sequence[Span],
    heading: str,
    kind: PaperKind,
) -> tuple[Passage, ...]:
    """Return a paper's passages in order, none of them both open and exempt.

    Args:
        source: the paper's source.
        text: the paper, whole.
        items: its agenda items.
        business: what happens in them.
        closed: what of it is exempt.
        heading: what to say of the paper in each context line.
        kind: what it is for.
    """
    if not closed:
        return cut(source, text, items, heading, business)
    opened, places = open_text(text, closed), _open_places(items, closed)
    open_items = _open_items(items, places)
    happened = find_business(opened, open_items, kind)
    back = {new: old for old, new in places.items()}
    passages = [
        replace(each, item=None if each.item is None else back[each.item])
        for each in cut(source, opened, open_items, heading, happened)
    ]
    seen: dict[str, int] = {}
    for each in passages:
        seen[each.text] = seen.get(each.text, 0) + 1
    for each in cut(source, _exempt_text(text, closed), items, heading, business):
        # Counted after the open ones, whose ids must not hang on these.
        occurrence = seen.get(each.text, 0)
        seen[each.text] = occurrence + 1
        passages.append(replace(each, id=passage_id(source, each.text, occurrence)))
    return tuple(sorted(passages, key=lambda each: each.citation.start))


def promised_apart(
    source: str,
    text: CleanText,
    items: Sequence[AgendaItem],
    passages: Sequence[Passage],
    closed: Sequence[Span],
    kind: PaperKind,
    meeting: date | None,
) -> tuple[Commitment, ...]:
    """Return a paper's commitments in order; the open ones as the open part alone tells them.

    Args:
        source: the paper's source.
        text: the paper, whole.
        items: its agenda items.
        passages: its passages, in order.
        closed: what of it is exempt.
        kind: what it is for.
        meeting: the day of its meeting.
    """
    whole = find_commitments(source, text, kind, items, passages, meeting)
    if not closed:
        return whole
    opened, places = open_text(text, closed), _open_places(items, closed)
    back = {new: old for old, new in places.items()}
    shown = [
        each for each in passages if not is_closed(each.citation.start, each.citation.end, closed)
    ]
    found = [
        replace(each, item=None if each.item is None else back[each.item])
        for each in find_commitments(
            source, opened, kind, _open_items(items, places), shown, meeting
        )
    ]
    seen: Counter[str] = Counter()
    for each in whole:
        if is_closed(each.citation.start, each.citation.end, closed):
            # Ids of their own: those of the open ones must not hang on these.
            own = commitment_id(f"{source}\0exempt", each.sentence, seen[each.sentence])
            seen[each.sentence] += 1
            found.append(replace(each, id=own))
    return tuple(sorted(found, key=lambda each: each.citation.start))


def open_part(paper: Paper) -> Paper | None:
    """Return what those may know of a paper who may not read what is exempt; None: nothing.

    It is the paper itself where none of it is exempt. Otherwise its text is blank where it is, of
    the same length; the SHA-256 is of that text, for the file holds more.
    """
    if paper.exempt:
        return None
    if not paper.closed:
        return paper
    places = _open_places(paper.items, paper.closed)
    text = open_text(paper.text, paper.closed)
    items = _open_items(paper.items, places)
    return replace(
        paper,
        sha256=sha256(text.text.encode()).hexdigest(),
        text=text,
        items=items,
        business=find_business(text, items, paper.kind),
        commitments=tuple(
            replace(each, item=None if each.item is None else places[each.item])
            for each in paper.commitments
            if not is_closed(each.citation.start, each.citation.end, paper.closed)
        ),
        passages=tuple(
            replace(each, item=None if each.item is None else places[each.item])
            for each in paper.passages
            if not is_closed(each.citation.start, each.citation.end, paper.closed)
        ),
    )


def open_text(text: CleanText, closed: Sequence[Span]) -> CleanText:
    """Return a text with its exempt parts blank, and everything gone that told of them."""
    kept = [
        at for at, each in enumerate(text.blocks) if not is_closed(each.start, each.end, closed)
    ]
    words = _blank(text.text, closed)
    shut = {page.number for page in text.pages if is_closed(page.start, page.end, closed)}
    return replace(
        text,
        text=words,
        pages=tuple(_open_page(page, words, page.number in shut) for page in text.pages),
        blocks=tuple(text.blocks[at] for at in kept),
        origins=text.origins[
            np.array(
                [not is_closed(start, start + n, closed) for start, n in text.origins[:, :2]],
                dtype=bool,
            )
        ],
        outline=tuple(each for each in text.outline if each.page not in shut),
        tables=tuple(_tables(text.tables, {at: new for new, at in enumerate(kept)}, words)),
    )


def _exempt_text(text: CleanText, closed: Sequence[Span]) -> CleanText:
    """Return a text with only the blocks that are exempt, wholly or in part."""
    kept = [at for at, each in enumerate(text.blocks) if is_closed(each.start, each.end, closed)]
    places = {at: new for new, at in enumerate(kept)}
    return replace(
        text,
        blocks=tuple(text.blocks[at] for at in kept),
        tables=tuple(_tables(text.tables, places, text.text)),
    )


def _marked(text: CleanText, items: Sequence[AgendaItem]) -> Iterable[Span]:
    """Yield what follows a mark, to the end of its item or of the paper."""
    starts = [block.start for block in text.blocks]
    tops = {
        at
        for page in text.pages[1:]
        for at in range(bisect_left(starts, page.start), bisect_left(starts, page.end))[:_TOP]
    }
    for at, block in enumerate(text.blocks):
        if at not in tops and block.role is not BlockRole.HEADING:
            continue
        if block.end - block.start > _LONGEST_MARK or block.role is BlockRole.TABLE_ROW:
            continue
        if marks_shut(text.text[block.start : block.end]):
            begins = text.pages[max(0, text.page_at(block.start) - 1)].start
            start = begins if at in tops else block.start
            around = [each for each in items if each.start <= block.start < each.end]
            start = max([start, *(each.start for each in around)])
            yield start, min([len(text.text), *(each.end for each in around)])


def _joined(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return spans in order, those that touch made one."""
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        elif start < end:
            joined.append((start, end))
    return tuple(joined)


def _blank(text: str, closed: Sequence[Span]) -> str:
    parts, at = [], 0
    for start, end in closed:
        parts += [text[at:start], " " * (end - start)]
        at = end
    return "".join([*parts, text[at:]])


def _open_page(page: Page, words: str, shut: bool) -> Page:
    text = words[page.start : page.end]
    if not shut:
        return replace(page, text=text)
    return replace(page, text=text, scanned=False, ocr=None)


def _open_places(items: Sequence[AgendaItem], closed: Sequence[Span]) -> dict[int, int]:
    """Return the positions of the items that begin in the open, and those they have there."""
    kept = [each for each in items if not is_closed(each.start, each.start + 1, closed)]
    return {each.position: new for new, each in enumerate(kept)}


def _open_items(items: Sequence[AgendaItem], places: dict[int, int]) -> tuple[AgendaItem, ...]:
    return tuple(
        replace(each, position=places[each.position]) for each in items if each.position in places
    )


def _tables(tables: Sequence[Table], places: dict[int, int], words: str) -> Iterable[Table]:
    """Yield the tables whose rows are all among the blocks kept, without a caption not there."""
    for table in tables:
        if all(row.block in places for row in table.rows):
            caption = table.caption if table.caption and table.caption in words else None
            rows = tuple(replace(row, block=places[row.block]) for row in table.rows)
            yield replace(table, caption=caption, rows=rows)
