"""Papers made of the sentences of real ones: as many passages as a benchmark wants, no two alike.

Each passage takes two sentences that follow one another from each of some real passages, and its
vector is the normalised sum of theirs with a little noise, so that no model need run. What is
searched thus has the words, lengths and neighbourhoods of real papers; what it says is nonsense.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from ingest.embedding import of_norm_one
from ingest.keeping import Embedded, Stamp
from ingest.paper import (
    AgendaItem,
    Block,
    BlockRole,
    Citation,
    CleanText,
    Fact,
    ItemKind,
    Page,
    Paper,
    PaperKind,
    Passage,
    passage_id,
)
from ingest.sentences import sentence_spans
from search.view import View

A_PAPER = 16
"""Passages: real papers have so many on average."""
AN_ITEM = 4
A_PAGE = 2
SOURCES = 3
"""Real passages that one is made of: together about as long as a real one."""
TAKEN = 2
"""Sentences of each."""
NOISE = 0.02
"""Length of what is added to each vector, as a share of it: tells apart what has the same parts."""
BODIES = tuple(f"{name} Committee" for name in "Harbour Parks Housing Roads Schools Care".split())
FIRST = date(2010, 1, 4)
KINDS = (PaperKind.MINUTES, PaperKind.REPORT, PaperKind.AGENDA, PaperKind.PACK)


@dataclass(frozen=True, slots=True)
class Sources:
    """Real passages to take sentences from."""

    sentences: Sequence[Sequence[str]]
    """Of each passage, in order."""
    vectors: NDArray[np.float32]
    """A row for each passage, of norm 1."""


def sources_of(view: View, most: int) -> Sources:
    """Return about so many passages of a library, from papers evenly spread over it."""
    cards = view.papers()
    step = max(1, view.passage_count // most)
    passages = [each for card in cards[::step] for each in view.paper(card.id).passages]
    vectors = view.vectors([each.id for each in passages])
    return Sources(
        [
            [each.text[slice(*span)] for span in sentence_spans(each.text)] or [each.text]
            for each in passages
        ],
        np.stack([vectors[each.id] for each in passages]),
    )


def papers(sources: Sources, passages: int, seed: int = 1) -> Iterator[Embedded]:
    """Yield papers with so many passages together; the same seed gives the same papers."""
    chance = np.random.default_rng(seed)
    for number in range(-(-passages // A_PAPER)):
        count = min(A_PAPER, passages - number * A_PAPER)
        yield _paper(f"/made/{seed}/{number:06}.pdf", sources, count, chance)


def _paper(source: str, sources: Sources, count: int, chance: np.random.Generator) -> Embedded:
    drawn = chance.integers(0, len(sources.sentences), (count, SOURCES))
    texts = [" ".join(_taken(sources, each, chance) for each in row) for row in drawn.tolist()]
    starts = np.cumsum([0, *(len(text) + 1 for text in texts)]).tolist()
    spans = [(start, start + len(text)) for start, text in zip(starts, texts, strict=False)]
    body = BODIES[int(chance.integers(len(BODIES)))]
    met = FIRST + timedelta(days=int(chance.integers(5_500)))
    title = f"Papers of {met:%d %B %Y}"
    items = tuple(
        _item(at // AN_ITEM, spans[at][0], spans[min(at + AN_ITEM, count) - 1][1])
        for at in range(0, count, AN_ITEM)
    )
    pages = tuple(
        Page(at // A_PAGE + 1, None, starts[at], "\n".join(texts[at : at + A_PAGE]) + "\n")
        for at in range(0, count, A_PAGE)
    )
    paper = Paper(
        source=source,
        sha256="0" * 64,
        format="pdf",
        title=title,
        kind=KINDS[int(chance.integers(len(KINDS)))],
        state=None,
        body=body,
        meeting_date=met,
        exempt=False,
        facts={"title": Fact(title, title, "text")},
        text=CleanText(
            text="".join(page.text for page in pages),
            pages=pages,
            blocks=tuple(Block(BlockRole.PARAGRAPH, *span) for span in spans),
            origins=np.array([[0, 1, 1, 0]], dtype=np.int32),
        ),
        items=items,
        passages=tuple(
            Passage(
                id=passage_id(source, texts[at], at),
                text=texts[at],
                context=f"{title}, {body}, {met.isoformat()}, item {at // AN_ITEM + 1}",
                citation=Citation(at // A_PAGE + 1, at // A_PAGE + 1, *spans[at]),
                item=at // AN_ITEM,
            )
            for at in range(count)
        ),
    )
    return Embedded(paper, Stamp(1, 1, "made"), _vectors(sources, drawn, chance))


def _taken(sources: Sources, passage: int, chance: np.random.Generator) -> str:
    sentences = sources.sentences[passage]
    at = int(chance.integers(max(1, len(sentences) - TAKEN + 1)))
    return " ".join(sentences[at : at + TAKEN])


def _vectors(
    sources: Sources, drawn: NDArray[np.int64], chance: np.random.Generator
) -> NDArray[np.float32]:
    sums = of_norm_one(sources.vectors[drawn].sum(axis=1))
    noise = of_norm_one(chance.standard_normal(sums.shape))
    return of_norm_one(sums + NOISE * noise)


def _item(position: int, start: int, end: int) -> AgendaItem:
    number = str(position + 1)
    return AgendaItem(
        position, number, None, f"Business {number}", ItemKind.SUBSTANTIVE, 1, start, end, False
    )
