"""QMSum's committee meetings as a library: transcripts, the questions, and the turns that answer.

Zhong et al., QMSum: A New Benchmark for Query-based Multi-domain Meeting Summarization, NAACL 2021.
All meetings stand in one library, so a question must find its meeting too. A passage is a hit where
it holds any of the turns that QMSum's annotators marked for the question.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256

from ingest.embedding import Embedder
from ingest.keeping import Embedded, Held, Stamp
from ingest.paper import (
    Block,
    BlockRole,
    Citation,
    CleanText,
    Page,
    Paper,
    PaperKind,
    Passage,
    passage_id,
)
from ingest.passages import embedded_text
from search.library import Library
from tests.shared import ROOT, shared

FOLDER = ROOT / "build" / "bench-qmsum"
SPLITS = ("train", "val")

PASSAGE_WORDS = 190
"""What the peers were given."""

Turns = range


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, the meeting that answers it and its turns that do, from 0."""

    id: str
    text: str
    meeting: str
    turns: frozenset[int]


@dataclass(frozen=True, slots=True)
class Transcripts:
    """All meetings: their papers, their questions, and the turns that each passage holds."""

    papers: tuple[Paper, ...]
    questions: tuple[Asked, ...]
    turns: Mapping[str, Turns]
    """By passage id."""

    def hits(self, asked: Asked) -> frozenset[str]:
        """Return the passages that hold a turn which answers."""
        mine = next(paper for paper in self.papers if paper.source == asked.meeting)
        return frozenset(
            each.id for each in mine.passages if not asked.turns.isdisjoint(self.turns[each.id])
        )


def transcripts() -> Transcripts:
    """Read the meetings and their questions; those about a whole meeting have no place in it."""
    papers, questions, turns = [], [], {}
    for split in SPLITS:
        lines = (shared() / "corpora" / "qmsum" / f"{split}.jsonl").read_text().splitlines()
        for number, line in enumerate(lines):
            meeting, source = json.loads(line), f"qmsum/{split}-{number}"
            paper, held = _paper(source, meeting["meeting_transcripts"])
            papers.append(paper)
            turns.update(held)
            questions.extend(
                Asked(f"{source}-{at}", each["query"], source, _marked(each))
                for at, each in enumerate(meeting["specific_query_list"])
            )
    return Transcripts(tuple(papers), tuple(questions), turns)


def bring_up(papers: tuple[Paper, ...], embedder: Embedder) -> None:
    """Make the library of these papers; vectors that it holds already are taken over."""
    with Library.create_or_open(FOLDER, embedder.name, embedder.dimension) as library:
        held = library.held()
        new = [each for each in papers if not _is_held(each, held)]
        library.keep(
            [
                Embedded(each, Stamp(0, 0, "qmsum"), embedder.embed_passages(_texts(each)))
                for each in new
            ]
        )


def _is_held(paper: Paper, held: Mapping[str, Held]) -> bool:
    return paper.source in held and held[paper.source].sha256 == paper.sha256


def _texts(paper: Paper) -> list[str]:
    return [embedded_text(each) for each in paper.passages]


def _marked(query: Mapping[str, list[list[str]]]) -> frozenset[int]:
    spans = query["relevant_text_span"]
    return frozenset(at for first, last in spans for at in range(int(first), int(last) + 1))


def _paper(source: str, spoken: list[dict[str, str]]) -> tuple[Paper, dict[str, Turns]]:
    """Return a meeting as a paper, and the turns that each of its passages holds."""
    text, spans, held = "", [], []
    for turns, words in _passages(spoken):
        spans.append((len(text), len(text) + len(words)))
        held.append(turns)
        text += words + "\n"
    passages = tuple(
        Passage(
            id=passage_id(source, text[start:end], at),
            text=text[start:end],
            context="",
            citation=Citation(1, 1, start, end),
            item=None,
        )
        for at, (start, end) in enumerate(spans)
    )
    blocks = tuple(Block(BlockRole.PARAGRAPH, *span) for span in spans)
    paper = Paper(
        source=source,
        sha256=sha256(text.encode()).hexdigest(),
        format="text",
        title="Meeting",
        kind=PaperKind.MINUTES,
        state=None,
        body=None,
        meeting_date=None,
        exempt=False,
        facts={},
        text=CleanText(text, (Page(1, None, 0, text),), blocks, paged=False),
        items=(),
        passages=passages,
    )
    return paper, {each.id: turns for each, turns in zip(passages, held, strict=True)}


def _passages(spoken: list[dict[str, str]]) -> Iterator[tuple[Turns, str]]:
    """Yield passages of PASSAGE_WORDS, the last of fewer: the turns held, and the words.

    A turn that goes on in the next passage names its speaker there again.
    """
    taken: list[str] = []
    first = words = 0
    for at, turn in enumerate(spoken):
        said = turn["content"].split()
        while said:
            first = first if taken else at
            fitting, said = said[: PASSAGE_WORDS - words], said[PASSAGE_WORDS - words :]
            taken.append(f"{turn['speaker']}: {' '.join(fitting)}")
            words += len(fitting)
            if words == PASSAGE_WORDS:
                yield range(first, at + 1), "\n".join(taken)
                taken, words = [], 0
    if taken:
        yield range(first, len(spoken)), "\n".join(taken)
