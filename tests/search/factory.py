"""Builds small papers of councils that do not exist, as ingest would hand them over."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import numpy as np

from ingest.keeping import Embedded, Stamp
from ingest.paper import (
    AgendaItem,
    Block,
    BlockRole,
    Business,
    Citation,
    Clause,
    CleanText,
    Commitment,
    CommitmentKind,
    Due,
    Fact,
    ItemKind,
    Motion,
    Outcome,
    OutlineEntry,
    Page,
    Paper,
    PaperKind,
    PaperState,
    Passage,
    Question,
    Resolution,
    Ruling,
    Table,
    TableRow,
    Vote,
    commitment_id,
    passage_id,
)
from ingest.passages import embedded_text
from tests.embedders import HashEmbedder

STAMP = Stamp(size=100, modified_ns=1_700_000_000_000_000_000, reader="reader")


def paper(
    *pages: Sequence[str],
    source: str = "/papers/minutes.md",
    title: str = "Minutes",
    kind: PaperKind = PaperKind.MINUTES,
    state: PaperState | None = None,
    body: str | None = "Cabinet",
    meeting_date: date | None = date(2031, 5, 6),
    item: str | None = None,
) -> Paper:
    """Return a paper: each page is its paragraphs, and each paragraph is a passage.

    Args:
        pages: the paragraphs of each page.
        item: title of an agenda item that spans the whole paper.
        source, title, kind, state, body, meeting_date: as in Paper.
    """
    whole, made, spans = _lay_out(pages)
    items = () if item is None else (_item(item, len(whole)),)
    return Paper(
        source=source,
        sha256=f"{abs(hash(whole)):064x}"[:64],
        format="markdown",
        title=title,
        kind=kind,
        state=state,
        body=body,
        meeting_date=meeting_date,
        exempt=False,
        facts={"title": Fact(title, title, "text")},
        text=CleanText(
            text=whole,
            pages=made,
            blocks=tuple(Block(BlockRole.PARAGRAPH, start, end) for start, end in spans),
            origins=np.array([[0, 1, 1, 0]], dtype=np.int32),
            outline=(OutlineEntry(title, 1, 0),),
            tables=tuple(
                Table("Lamps", ("", "2024"), (TableRow(at, (span, None)),))
                for at, span in enumerate(spans)
            ),
        ),
        items=items,
        passages=_passages(source, whole, made, spans, f"{body}, {title}", bool(items)),
        business=_business(spans, 0 if items else None),
    )


def _business(spans: Sequence[tuple[int, int]], item: int | None) -> Business:
    """Return business of every sort; it only has to be given back as it was kept."""
    if not spans:
        return Business()
    span = spans[0]
    vote = Vote(span, 4, 7, None, "recorded")
    lost = Motion(item, span, None, "Cllr Pell", None, vote, Outcome.LOST, span)
    reply = Question(item, span, span, "Cllr Dray", "Leader", None, span)
    return Business(
        motions=(Motion(item, span, span, None, None, None, None, None, span, (lost,)),),
        questions=(Question(item, span, span, None, None, None, None, (reply,)),),
        resolutions=(Resolution(item, Ruling.AGREED, span, (Clause("a", span),)),),
    )


def promising(
    whole: Paper, *sentences: str, owner: str | None = None, due: Due | None = None
) -> Paper:
    """Return a paper with commitments: sentences of it, each the n-th time it is named."""
    made, seen = [], dict.fromkeys(sentences, 0)
    for sentence in sentences:
        start = -1
        for _ in range(seen[sentence] + 1):
            start = whole.text.text.index(sentence, start + 1)
        page = whole.text.page_at(start)
        holding = [each for each in whole.passages if each.citation.start <= start]
        made.append(
            Commitment(
                id=commitment_id(whole.source, sentence, seen[sentence]),
                kind=CommitmentKind.COMMITMENT,
                sentence=sentence,
                citation=Citation(page, page, start, start + len(sentence)),
                item=0 if whole.items else None,
                passage=holding[-1].id,
                action=sentence.rstrip("."),
                owner=owner,
                due=due,
                signal="undertook",
                confidence=0.9,
            )
        )
        seen[sentence] += 1
    return replace(whole, commitments=tuple(made))


def embedded(*papers: Paper) -> list[Embedded]:
    """Return papers ready to be kept."""
    model = HashEmbedder()
    return [
        Embedded(each, STAMP, model.embed_passages([embedded_text(p) for p in each.passages]))
        for each in papers
    ]


def _lay_out(
    pages: Sequence[Sequence[str]],
) -> tuple[str, tuple[Page, ...], list[tuple[int, int]]]:
    whole, made, spans = "", [], []
    for number, paragraphs in enumerate(pages, start=1):
        begins = len(whole)
        for paragraph in paragraphs:
            spans.append((len(whole), len(whole) + len(paragraph)))
            whole += paragraph + "\n"
        made.append(Page(number, str(number), begins, whole[begins:]))
    return whole, tuple(made), spans


def _item(title: str, end: int) -> AgendaItem:
    return AgendaItem(0, "1", "101", title, ItemKind.SUBSTANTIVE, 1, 0, end)


def _passages(
    source: str,
    whole: str,
    pages: tuple[Page, ...],
    spans: Sequence[tuple[int, int]],
    context: str,
    has_item: bool,
) -> tuple[Passage, ...]:
    seen: dict[str, int] = {}
    made = []
    clean = CleanText(whole, pages, ())
    for start, end in spans:
        words = whole[start:end]
        seen[words] = seen.get(words, -1) + 1
        citation = Citation(
            clean.page_at(start), clean.page_at(end - 1), start, end, ("3.2", "3.4")
        )
        identity = passage_id(source, words, seen[words])
        made.append(
            Passage(identity, words, context, citation, 0 if has_item else None, _read_out(words))
        )
    return tuple(made)


def _read_out(words: str) -> str | None:
    """Return what a clerk would read out: only of words with a bar, which are a table's row."""
    return words.replace(" | ", ", 2024 = ") if " | " in words else None
