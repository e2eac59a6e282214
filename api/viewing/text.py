"""The words of a page as HTML: headings, paragraphs, lists and tables, a passage marked in them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from markupsafe import Markup

from ingest.paper import Block, BlockRole, Table, TableRow
from search.holdings import Leaf

Span = tuple[int, int]

PASSAGE = Markup('<mark class="passage">{}</mark>')
WORDS = Markup('<mark class="answer">{}</mark>')


@dataclass(frozen=True, slots=True)
class Marked:
    """What to mark in a paper's text."""

    passage: Span = (0, 0)
    words: tuple[Span, ...] = ()
    """The sentence of the passage that answers; or words of any part of the text, quoted."""

    @property
    def spans(self) -> tuple[Span, ...]:
        """All of them, the passage first."""
        return (self.passage, *self.words)

    @property
    def begins(self) -> int:
        """Where the first of them begins."""
        return min((start for start, end in self.spans if start < end), default=0)


@dataclass(frozen=True, slots=True)
class Shown:
    """One part of a page: its kind, and its words as HTML."""

    kind: str
    """"heading", "paragraph", "list" or "table"."""
    words: tuple[tuple[Markup, ...], ...]
    """Rows of cells of a table; of anything else one row a block, of one cell."""
    heads: tuple[str, ...] = ()
    caption: str | None = None


def shown(leaf: Leaf, part: Span, marked: Marked) -> list[Shown]:
    """Return the blocks of a page that stand in a part of it, lists and tables held together."""
    writer = _Writer(leaf, part, marked)
    return [each for kind, blocks in _alike(leaf) for each in writer.write(kind, blocks)]


def parts(leaf: Leaf, most: int) -> list[Span]:
    """Return a page's text in parts of about so many characters, cut between blocks.

    A file without pages is one page, however long it is.
    """
    cuts = [leaf.page.start]
    for block in leaf.blocks:
        if block.end - cuts[-1] > most and block.start > cuts[-1]:
            cuts.append(block.start)
    return list(zip(cuts, [*cuts[1:], leaf.page.end], strict=True))


def marked_words(text: str, begins: int, span: Span, marked: Marked) -> Markup:
    """Return characters of a paper's text, escaped, with what is to be marked in <mark>.

    Args:
        text: a stretch of the paper's text that holds the span.
        begins: where that stretch begins in the paper's text.
        span: what to return.
        marked: what to mark in it.
    """
    start, end = span
    cuts = (each for one in marked.spans for each in one)
    edges = sorted({start, end, *(min(max(each, start), end) for each in cuts)})
    pieces = []
    for low, high in pairwise(edges):
        words = text[low - begins : high - begins]
        if any(_inside(low, each) for each in marked.words):
            pieces.append(WORDS.format(words))
        elif _inside(low, marked.passage):
            pieces.append(PASSAGE.format(words))
        else:
            pieces.append(Markup.escape(words))
    return Markup("").join(pieces)


class _Writer:
    """Writes the blocks of one part of one page."""

    def __init__(self, leaf: Leaf, part: Span, marked: Marked) -> None:
        self._page, self._marked = leaf.page, marked
        self._from, self._to = part
        self._rows = {row.block: (table, row) for table in leaf.tables for row in table.rows}

    def write(self, kind: str, blocks: Sequence[tuple[int, Block]]) -> Iterator[Shown]:
        """Yield what stands in the part of blocks of one kind that follow each other."""
        here = [
            (at, each)
            for at, each in blocks
            if each.end > max(self._from, self._page.start)
            and each.start < min(self._to, self._page.end)
        ]
        if kind == "table":
            for number, rows in groupby(here, key=lambda pair: self._table_of(pair[0])):
                yield self._table(number, [at for at, _ in rows], dict(here))
        elif here:
            yield Shown(kind, tuple((self._words((each.start, each.end)),) for _, each in here))

    def _table_of(self, at: int) -> Table | None:
        return self._rows[at][0] if at in self._rows else None

    def _table(self, table: Table | None, rows: Sequence[int], blocks: dict[int, Block]) -> Shown:
        if table is None:
            whole = tuple((self._words((blocks[at].start, blocks[at].end)),) for at in rows)
            return Shown("paragraph", whole)
        words = tuple(self._cells(self._rows[at][1]) for at in rows)
        return Shown("table", words, table.heads, table.caption)

    def _cells(self, row: TableRow) -> tuple[Markup, ...]:
        return tuple(self._words(cell) if cell else Markup("") for cell in row.cells)

    def _words(self, span: Span) -> Markup:
        """Return the page's part of a span."""
        start, end = max(span[0], self._page.start), min(span[1], self._page.end)
        if start >= end:
            return Markup("")
        return marked_words(self._page.text, self._page.start, (start, end), self._marked)


KINDS = {
    BlockRole.HEADING: "heading",
    BlockRole.PARAGRAPH: "paragraph",
    BlockRole.LIST_ITEM: "list",
    BlockRole.TABLE_ROW: "table",
}


def _alike(leaf: Leaf) -> Iterator[tuple[str, list[tuple[int, Block]]]]:
    """Yield the page's blocks in order; list entries that follow each other, and rows, as one."""
    numbered = enumerate(leaf.blocks, start=leaf.first_block)
    for kind, blocks in groupby(numbered, key=lambda pair: KINDS[pair[1].role]):
        if kind in ("list", "table"):
            yield kind, list(blocks)
        else:
            for each in blocks:
                yield kind, [each]


def _inside(at: int, span: Span) -> bool:
    return span[0] <= at < span[1]
