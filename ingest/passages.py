"""Cuts a paper into passages: along agenda items and paragraphs, each with a context line.

A passage is what a member reads as the answer, so it holds one matter whole: about 150 words of
whole paragraphs, never across an agenda item. A short question or motion stays with its reply or
outcome; a lead-in ("RESOLVED that:") stays with what it leads into. Only a paragraph that is
longer than a passage is cut, between sentences. An item that is only its title ("Apologies") is a
passage of one or two words: it is what the paper says of it, and can be cited.

Rows of one table stand together under its caption and heads, and no passage begins within a row.
A passage that holds rows also says them as a clerk reads them out.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from ingest.contexts import context, moved
from ingest.paper import (
    AgendaItem,
    Block,
    BlockRole,
    Business,
    Citation,
    CleanText,
    ItemKind,
    Motion,
    Passage,
    passage_id,
)
from ingest.paragraphs import paragraphs
from ingest.readout import read_out
from ingest.sections import TablePlaces, places_of_tables, sections
from ingest.sentences import sentence_spans
from ingest.speakers import speakers

TARGET_WORDS = 150
"""Words at which a passage is full. With its context line it stays within the 256 tokens that
the default model reads; longer ones would be embedded without their end."""

MOST_WORDS = 200
"""Words beyond which nothing more is taken in, save stubs (see LONGEST_WORDS)."""

FEWEST_WORDS = 40
"""A passage shorter than this takes in the next section of its item rather than end there."""

WHOLE_ITEM_WORDS = 240
"""A question with its reply, or a motion with its outcome, stays whole up to here."""


LONGEST_WORDS = MOST_WORDS + 2 * FEWEST_WORDS
"""Words that no passage exceeds: a full one that took in a stub before it and one behind."""

EMBEDDED_CHARACTERS = 1_000
"""Of rows read out that the embedder sees: about what 256 tokens hold beside a context line."""

ROWS_SAY = 0.7
"""Share of a passage's words that its rows read out must say too; else it is mostly prose, and
embedded as it is. Of six questions about tables, rows read out ranked theirs first among the
tables of its paper in six, rows as printed in five."""

_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class _Span:
    """A run of whole blocks, or part of a long one."""

    start: int
    end: int
    words: int
    heading: bool = False
    opens: bool = False
    """A heading or a lead-in ("RESOLVED that:"): belongs with what follows it."""
    table: int | None = None
    """Which of the paper's tables it is a row of."""
    ahead: int = 0
    """Of a table's first row or what leads into it: words from here to the table's end."""


def cut(
    source: str,
    text: CleanText,
    items: Sequence[AgendaItem],
    heading: str,
    business: Business | None = None,
) -> tuple[Passage, ...]:
    """Return the passages of a paper in order; no character stands in two of them.

    Args:
        source: the paper's source, part of every passage's id.
        text: the paper.
        items: its agenda items, in order of position.
        heading: what to say of the paper in each context line (see ingest.contexts.paper_heading).
        business: its motions, which stay with their outcome.
    """
    seen: dict[str, int] = {}
    passages = []
    motions = _with_amendments(business.motions if business else ())
    numbered = paragraphs(text, items)
    starts = [block.start for block in text.blocks]
    spoken = read_out(text)
    for item, section, span in _spans(text, items, motions):
        words = text.text[span.start : span.end]
        occurrence = seen.get(words, 0)
        seen[words] = occurrence + 1
        passages.append(
            Passage(
                id=passage_id(source, words, occurrence),
                text=words,
                context=context(
                    heading,
                    items,
                    item,
                    section,
                    moved(text.text, motions, span.start, span.end),
                ),
                citation=Citation(
                    first_page=text.page_at(span.start),
                    last_page=text.page_at(span.end - 1),
                    start=span.start,
                    end=span.end,
                    paragraphs=numbered.of(span.start, span.end),
                ),
                item=item,
                read_out=spoken.of(bisect_left(starts, span.start), bisect_left(starts, span.end)),
                speakers=speakers(words),
            )
        )
    return tuple(passages)


def embedded_text(passage: Passage) -> str:
    """Return what the embedder and nobody else sees of a passage: its context, then its words.

    Table rows are read out instead, where that is not so long that the model would miss the end.
    """
    spoken = passage.read_out
    if spoken and len(spoken) <= EMBEDDED_CHARACTERS and _is_mostly_rows(passage.text, spoken):
        return f"{passage.context}\n{spoken}"
    return f"{passage.context}\n{passage.text}"


def _is_mostly_rows(text: str, spoken: str) -> bool:
    """Tell whether nearly every word of a passage is also read out."""
    said = {word.rstrip(",;:") for word in spoken.split()}
    words = [word.rstrip(",;:") for word in text.split() if word != "|"]
    return sum(word in said for word in words) >= ROWS_SAY * len(words)


def _with_amendments(motions: Sequence[Motion]) -> list[Motion]:
    """Return motions and amendments, each before what is moved to it."""
    return [each for motion in motions for each in (motion, *motion.amendments)]


def _spans(
    text: CleanText, items: Sequence[AgendaItem], motions: Sequence[Motion]
) -> Iterator[tuple[int | None, str | None, _Span]]:
    """Yield (innermost item, section heading, span) for each passage, in order."""
    kept = [motion.span for motion in motions if motion.outcome and not motion.amendments]
    tables = places_of_tables(text)
    places = list(_cut_at_items(text.blocks, items))
    owners = _owners([block for _, block in places], items)
    for item, group in groupby(zip(owners, places, strict=True), key=lambda pair: pair[0]):
        numbered = [each for _, each in group]
        pieces = [
            _tabled(piece, at, tables)
            for at, block in numbered
            for piece in _pieces(text.text, block)
        ]
        limit = TARGET_WORDS
        if item is not None and items[item].kind in (ItemKind.QUESTION, ItemKind.MOTION):
            limit = WHOLE_ITEM_WORDS
        whole = _words(pieces) <= limit
        packed = [_joined(pieces)] if whole else _pack(_kept_whole(pieces, kept))
        for section, span in _sections(sections(text, numbered, tables), packed):
            yield item, section, span


def _tabled(piece: _Span, at: int, tables: TablePlaces) -> _Span:
    """Return a piece of the block at a place with the table that it is of, or leads into."""
    if at not in tables.rows and at not in tables.leads:
        return piece
    return replace(
        piece,
        table=tables.rows.get(at),
        opens=piece.opens or at in tables.leads,
        ahead=tables.leads.get(at, 0),
    )


def _kept_whole(pieces: Sequence[_Span], kept: Sequence[tuple[int, int]]) -> list[_Span]:
    """Join the pieces of a motion up to its outcome into one, where a passage holds them."""
    joined: list[_Span] = []
    spans = iter(sorted(kept))
    span = next(spans, None)
    for piece in pieces:
        while span and span[1] <= piece.start:
            span = next(spans, None)
        before = joined[-1] if joined else None
        if (
            span
            and before
            and span[0] < before.end
            and piece.start < span[1]
            and before.words + piece.words <= MOST_WORDS
            and before.table is piece.table is None
        ):
            joined[-1] = replace(
                before, end=piece.end, words=before.words + piece.words, opens=piece.opens
            )
        else:
            joined.append(piece)
    return joined


def _cut_at_items(
    blocks: Sequence[Block], items: Sequence[AgendaItem]
) -> Iterator[tuple[int, Block]]:
    """Yield (place, block); OCR may run items together in a block, which then comes in parts."""
    starts = sorted({item.start for item in items})
    for place, block in enumerate(blocks):
        first, last = bisect_right(starts, block.start), bisect_left(starts, block.end)
        edges = [block.start, *starts[first:last], block.end]
        for start, end in pairwise(edges):
            yield place, block if len(edges) == 2 else replace(block, start=start, end=end)


def _owners(blocks: Sequence[Block], items: Sequence[AgendaItem]) -> list[int | None]:
    """Return for each block the position of the innermost item that holds its start."""
    owners: list[int | None] = []
    open_items: list[AgendaItem] = []
    waiting = sorted(items, key=lambda item: (item.start, item.depth))
    following = 0
    for block in blocks:
        while following < len(waiting) and waiting[following].start <= block.start:
            open_items.append(waiting[following])
            following += 1
        open_items = [item for item in open_items if item.end > block.start]
        owners.append(open_items[-1].position if open_items else None)
    return owners


def _pieces(text: str, block: Block) -> list[_Span]:
    """Return a block as one piece, or cut between sentences where it is longer than a passage."""
    words = _count(text, block.start, block.end)
    if words <= MOST_WORDS:
        heading = block.role is BlockRole.HEADING
        opens = words < FEWEST_WORDS and (heading or text[block.end - 1] in ":?")
        return [_Span(block.start, block.end, words, heading and opens, opens)]
    sentences = [
        piece
        for start, end in sentence_spans(text[block.start : block.end])
        for piece in _short_enough(text, block.start + start, block.start + end)
    ]
    return _fill(sentences, words / -(-words // TARGET_WORDS))


def _short_enough(text: str, start: int, end: int) -> Iterator[_Span]:
    """Yield a sentence whole, or cut between words where OCR or a table lost its full stops."""
    words = [
        _Span(start + word.start(), start + word.end(), 1)
        for word in _WORD.finditer(text[start:end])
    ]
    for at in range(0, len(words), MOST_WORDS):
        yield _joined(words[at : at + MOST_WORDS])


def _fill(spans: Sequence[_Span], share: float) -> list[_Span]:
    """Join spans into runs of about share words each, so that no run is a stub."""
    runs: list[list[_Span]] = [[]]
    total = 0.0
    for span in spans:
        if runs[-1] and total + span.words / 2 > share * len(runs):
            runs.append([])
        runs[-1].append(span)
        total += span.words
    return [_joined(run) for run in runs if run]


def _pack(pieces: Sequence[_Span]) -> list[_Span]:
    """Join pieces into passages: full at TARGET_WORDS, a new one at a heading."""
    runs: list[list[_Span]] = [[]]
    for piece in pieces:
        if runs[-1] and _ends_before(runs[-1], piece):
            runs.append(_opening(runs))
        runs[-1].append(piece)
    return [_joined(run) for run in _without_stubs(runs)]


def _ends_before(run: Sequence[_Span], piece: _Span) -> bool:
    """Tell whether a passage made of run is done, so that piece opens the next."""
    words = _words(run)
    if words < FEWEST_WORDS:
        return False
    if piece.ahead and not run[-1].ahead and words + piece.ahead > MOST_WORDS:
        return True
    if words + piece.words > MOST_WORDS:
        return True
    if run[-1].opens:
        return False
    if piece.heading or (run[-1].table is not None and piece.table is None):
        return True
    return words + piece.words / 2 > TARGET_WORDS


def _opening(runs: Sequence[list[_Span]]) -> list[_Span]:
    """Take from the end of the last run what only leads into the piece that follows."""
    run = runs[-1]
    opening: list[_Span] = []
    while run[-1].opens and _words([run[-1], *opening]) < FEWEST_WORDS <= _words(run[:-1]):
        opening.insert(0, run.pop())
    return opening


def _without_stubs(runs: Sequence[list[_Span]]) -> list[list[_Span]]:
    """Give a short last run to the one before: "Signed: Dated:" is no passage."""
    *others, last = runs
    if others and _words(last) < FEWEST_WORDS:
        return [*others[:-1], [*others[-1], *last]]
    return list(runs)


def _joined(pieces: Sequence[_Span]) -> _Span:
    return _Span(pieces[0].start, pieces[-1].end, _words(pieces))


def _words(pieces: Sequence[_Span]) -> int:
    return sum(piece.words for piece in pieces)


def _sections(
    named: Sequence[tuple[int, str | None]], spans: Sequence[_Span]
) -> Iterator[tuple[str | None, _Span]]:
    """Yield each span with what its part of the item is called."""
    above, at = None, 0
    for span in spans:
        while at < len(named) and named[at][0] < span.start:
            above = named[at][1]
            at += 1
        yield above, span


def _count(text: str, start: int, end: int) -> int:
    return len(text[start:end].split())
