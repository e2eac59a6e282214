"""One generation of a library for its readers: papers, passages and both indexes, of one moment."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import TracebackType

import numpy as np
from numpy.typing import NDArray

from ingest.paper import Paper, PaperKind
from search.answer import Facets, Filters, PaperCard
from search.belonging import Belonging
from search.candidates import Ranking
from search.counting import facets, most_of
from search.dense.index import DenseIndex
from search.errors import ModelMismatch
from search.holdings import (
    BodyCount,
    Exempt,
    FailedFile,
    KeptPassage,
    Leaf,
    Meeting,
    PaperItem,
    PaperTwin,
    PassageStems,
    SourceFile,
    Status,
    UnreadPages,
    YearCount,
)
from search.lexical.index import LexicalIndex
from search.publishing import Published
from search.readings.holding import ANYTHING, Holding
from search.readings.names import Names
from search.readings.tokens import tokens
from search.register.grouping import entries
from search.register.listing import Wanted, chosen
from search.register.repeating import repetitions
from search.register.values import Entry
from search.register.wording import Wording
from search.store import belonging as belonging_rows
from search.store import bodies as body_rows
from search.store import browsing
from search.store import commitments as commitment_rows
from search.store import models as model_rows
from search.store import naming as naming_rows
from search.store import papers as paper_rows
from search.store import passages as passage_rows
from search.store import tables as table_rows
from search.store import twins as twin_rows
from search.tables import TableSlice


class View:
    """What one generation of a library holds; nothing that is written later shows in it."""

    def __init__(
        self,
        folder: Path,
        db: sqlite3.Connection,
        lexical: LexicalIndex,
        dense: DenseIndex,
        of: Published,
    ) -> None:
        """Wrap parts that belong together; see open_view."""
        self._folder = folder
        self._db = db
        self._lexical = lexical
        self._dense = dense
        self.published = of
        self._register: tuple[Entry, ...] | None = None
        self._spans: NDArray[np.int64] | None = None
        self._wording: Wording | None = None
        model, dimension, created, generation, self._reranker = db.execute(
            "SELECT model, dimension, created, generation, reranker FROM library"
        ).fetchone()
        self._model, self._dimension, self._created = str(model), int(dimension), str(created)
        self._generation = int(generation)
        self._names = naming_rows.names(db)

    def close(self) -> None:
        """Let go of the generation."""
        self._db.close()

    def __enter__(self) -> View:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def generation(self) -> int:
        """Number of the generation."""
        return self._generation

    @property
    def model(self) -> str:
        """Name of the embedder that made the passages' vectors."""
        return self._model

    @property
    def reranker(self) -> str | None:
        """Name of the cross-encoder that reads the first passages again; None for none."""
        return None if self._reranker is None else str(self._reranker)

    def require_model(self, name: str) -> None:
        """Make sure that this embedder made the passages' vectors.

        Raises:
            ModelMismatch: another one did.
        """
        if name != self._model:
            raise ModelMismatch(self._folder, self._model, name)

    @property
    def dimension(self) -> int:
        """Length of the passages' vectors."""
        return self._dimension

    @property
    def passage_count(self) -> int:
        """How many passages there are."""
        return len(self._dense)

    def by_words(
        self,
        stems: Sequence[str],
        filters: Filters,
        limit: int,
        holding: Holding = ANYTHING,
        lesser: Sequence[str] = (),
    ) -> Ranking:
        """Return the passages that hold any of the stems, by BM25; the lesser ones count less."""
        keyed = self._keyed(filters)
        return self._named(self._lexical.search(stems, keyed, limit, holding, lesser))

    def by_meaning(
        self,
        question: NDArray[np.float32],
        filters: Filters,
        limit: int,
        holding: Holding = ANYTHING,
    ) -> Ranking:
        """Return the passages nearest to a question's vector, by cosine."""
        if holding != ANYTHING:
            allowed = self._lexical.allowed(self._keyed(filters), holding)
        elif filters != Filters():
            allowed = self._of_papers(paper_rows.numbers(self._db, filters))
        else:
            allowed = None
        return self._named(self._dense.search(question, allowed, limit))

    def names(self) -> Names:
        """Return the names that a question may hold: bodies, speakers, acronyms."""
        return self._names

    def count(self, holding: Holding) -> int:
        """Return how many passages hold some things."""
        return self._lexical.count(Filters(), holding)

    def holds(self, stem: str) -> bool:
        """Tell whether any passage or its title holds a stem."""
        return self._lexical.holds(stem)

    def vocabulary(self, prefix: str) -> Sequence[tuple[str, int]]:
        """Return (stem, passages with it) of the stems that begin so, commonest first."""
        return self._lexical.vocabulary(prefix)

    def written(self, stem: str) -> str:
        """Return a stem as a paper writes it."""
        kept = self.passages([identity for identity, _ in self.by_words([stem], Filters(), 1)])
        for each in kept.values():
            for token in tokens(each.passage.text):
                if token.stem == stem:
                    return token.typed
        return stem

    def facets(self, stems: Sequence[str], filters: Filters, holding: Holding) -> Facets:
        """Count the passages that hold most of some stems, by body, kind and year."""
        needed = most_of(len(stems))
        found, values = self._lexical.counts(stems, needed, self._keyed(filters), holding)
        shown = body_rows.names_by_key(self._db)
        return facets(len(stems), found, values, shown)

    def passages(self, ids: Sequence[str]) -> Mapping[str, KeptPassage]:
        """Return passages by id; ids that are not held are left out."""
        return passage_rows.passages_by_id(self._db, ids)

    def stems(self, ids: Sequence[str]) -> Mapping[str, PassageStems]:
        """Return the stems of passages by id; ids that are not held are left out."""
        numbers = passage_rows.numbers_of(self._db, ids)
        held = self._lexical.stems(list(numbers.values()))
        return {identity: held[number] for identity, number in numbers.items() if number in held}

    def tables(self, ids: Sequence[str]) -> Mapping[str, tuple[TableSlice, ...]]:
        """Return the tables in passages by the passage's id; passages without are left out."""
        return table_rows.slices_by_id(self._db, ids)

    def frequency(self, stem: str) -> int:
        """Return how many passages hold a stem in their own words."""
        return self._lexical.frequency(stem)

    def background(self, question: NDArray[np.float32]) -> float:
        """Return the mean cosine of a question and any passage: what an accidental one is."""
        return self._dense.background(question)

    def papers(self, filters: Filters | None = None) -> list[PaperCard]:
        """Return the papers that the filters allow: latest meeting first, undated ones last."""
        return paper_rows.cards(self._db, filters or Filters())

    def paper(self, identity: str) -> Paper:
        """Return a paper as it was kept, whole.

        Raises:
            NotHeld: there is none of this id.
        """
        return paper_rows.paper(self._db, identity)

    def card(self, identity: str) -> PaperCard:
        """Return what a citation says of a paper.

        Raises:
            NotHeld: there is none of this id.
        """
        return paper_rows.card(self._db, identity)

    def part_of_list(
        self, filters: Filters, limit: int, offset: int = 0
    ) -> tuple[list[PaperCard], int]:
        """Return some of the papers that the filters allow, and how many there are in all."""
        return browsing.part_of_list(self._db, filters, limit, offset)

    def meetings(self, filters: Filters, limit: int, offset: int = 0) -> tuple[list[Meeting], int]:
        """Return some of the meetings that papers allowed are of, latest first, and their count."""
        return browsing.meetings(self._db, filters, limit, offset)

    def items(self, filters: Filters) -> list[PaperItem]:
        """Return the agenda items of the papers that the filters allow, paper by paper."""
        return browsing.items(self._db, filters)

    def matters(self, kind: PaperKind, limit: int) -> list[str]:
        """Return titles of open items of substance, of the latest papers of a kind."""
        return browsing.matters(self._db, kind, limit)

    def years(self) -> list[YearCount]:
        """Return how many papers are held of each body and year, bodies by name."""
        return browsing.years(self._db)

    def unread_pages(self) -> list[UnreadPages]:
        """Return the papers with pages that are only pictures, by source."""
        return browsing.unread_pages(self._db)

    def last_noted(self) -> str | None:
        """Return when a file was last taken in, UTC in ISO 8601; None where none was."""
        return browsing.last_noted(self._db)

    def page_at(self, identity: str, position: int) -> int:
        """Return the number of the page with a character of a paper's text.

        Raises:
            NotHeld: there is no such paper.
        """
        return browsing.page_at(self._db, identity, position)

    def said(self, identity: str, start: int, end: int) -> str:
        """Return characters [start, end) of a paper's text, as many of them as there are.

        Raises:
            NotHeld: there is no such paper.
        """
        return browsing.said(self._db, identity, start, end)

    def leaf(self, identity: str, number: int) -> Leaf:
        """Return one page of a paper.

        Raises:
            NotHeld: there is no such paper, or it has no such page.
        """
        return browsing.leaf(self._db, identity, number)

    def twins(self, identity: str) -> list[PaperTwin]:
        """Return the papers that say much the same as one, hold it, or stand in it.

        Raises:
            NotHeld: there is no paper of this id.
        """
        return twin_rows.twins(self._db, identity)

    def belongs(self, identity: str) -> Belonging:
        """Return the report and the agenda item that a paper belongs to, and its appendices.

        Raises:
            NotHeld: there is no paper of this id.
        """
        return belonging_rows.belongs(self._db, identity)

    def passage(self, identity: str) -> KeptPassage:
        """Return one passage with its paper and item.

        Raises:
            NotHeld: there is none of this id.
        """
        return passage_rows.passage(self._db, identity)

    def commitments(self) -> Sequence[Entry]:
        """Return the whole register, in the order of the meetings that it is quoted from.

        Made at the first call, and let go of with the view: what it holds never changes.
        """
        if self._register is None:
            printed, log = commitment_rows.places(self._db), commitment_rows.changes(self._db)
            self._register = tuple(entries(printed, log))
        return self._register

    def chosen_commitments(self, wanted: Wanted, today: date) -> list[Entry]:
        """Return the entries of the register that are wanted, bodies named in any spelling."""
        shown = body_rows.shown_names(self._db, wanted.bodies)
        wanted = replace(wanted, bodies=(*wanted.bodies, *shown))
        by_words = wanted.topic or wanted.holding
        return chosen(self.commitments(), wanted, today, self.wording() if by_words else None)

    def repetitions(self, entry: Entry) -> list[Entry]:
        """Return the entries that may be the same undertaking as one, earliest first."""
        return repetitions(self.commitments(), self.wording(), entry)

    def wording(self) -> Wording:
        """Return the register by its words; made at the first call, as the register is."""
        if self._wording is None:
            self._wording = Wording(self.commitments())
        return self._wording

    def vectors(self, ids: Sequence[str]) -> Mapping[str, NDArray[np.float32]]:
        """Return the vectors of passages by id, of norm 1 but for rounding."""
        return passage_rows.vectors_by_id(self._db, ids)

    def printed_by(self, text: str, body: str | None, meeting: date) -> float:
        """Return the share of a text's words that one paper of a body's meeting prints."""
        return twin_rows.printed_by(self._db, text, body, meeting.isoformat())

    def source_file(self, identity: str) -> SourceFile:
        """Return where a paper's file lay, and what its bytes were.

        Raises:
            NotHeld: there is no paper of this id.
            FileWithheld: the file holds exempt matter, and this view only what is open.
        """
        return paper_rows.source_file(self._db, identity)

    def exempt(self, papers: Sequence[str]) -> Mapping[str, Exempt]:
        """Return what is exempt of papers, by id, of which anything is; nothing to the public."""
        return paper_rows.exempt(self._db, papers)

    def bodies(self) -> list[BodyCount]:
        """Return the bodies with papers, by name; papers of no known body last."""
        return body_rows.counts(self._db)

    def failures(self) -> list[FailedFile]:
        """Return the files that could not be read, by source."""
        return paper_rows.failures(self._db)

    def status(self) -> Status:
        """Return the library in figures."""
        papers, pages, scanned, failures = paper_rows.counts(self._db)
        files = [path for path in self._folder.rglob("*") if path.is_file()]
        return Status(
            papers=papers,
            passages=self.passage_count,
            pages=pages,
            scanned_pages=scanned,
            failures=failures,
            generation=self.generation,
            model=self.model,
            dimension=self.dimension,
            reranker=self.reranker,
            created=self._created,
            bytes_on_disk=sum(path.stat().st_size for path in files),
        )

    def _of_papers(self, papers: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the numbers of the passages of some papers."""
        if self._spans is None:  # 24 bytes a paper, read at the first filter
            self._spans = passage_rows.spans(self._db)
        _, first, last = self._spans[np.isin(self._spans[:, 0], papers)].T
        counts = last - first + 1
        starts = np.cumsum(counts) - counts
        return np.repeat(first - starts, counts) + np.arange(counts.sum())

    def spare_vectors(self) -> Mapping[str, int]:
        """Return how many texts have a vector of each model that is not the library's own."""
        return model_rows.spare_counts(self._db)

    def _keyed(self, filters: Filters) -> Filters:
        """Return filters that name bodies by the keys under which they are indexed."""
        if not filters.bodies:
            return filters
        return replace(filters, bodies=body_rows.all_keys(self._db, filters.bodies))

    def _named(self, found: Sequence[tuple[int, float]]) -> Ranking:
        """Return a ranking of passage numbers as one of passage ids."""
        ids = passage_rows.ids(self._db, [number for number, _ in found])
        named = [(ids[number], score) for number, score in found if number in ids]
        return sorted(named, key=lambda pair: (-pair[1], pair[0]))
