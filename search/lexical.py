"""The lexical index: BM25 by tantivy, derived from the library's passages.

It lies in a folder of its own, may be deleted at any time, and holds no text, only passage numbers
(as SQLite gave them). Robertson and Zaragoza, The Probabilistic Relevance Framework: BM25 and
Beyond, 2009.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import tantivy
from numpy.typing import NDArray

from search.answer import Filters
from search.state import State, note_state, read_state, usable
from search.words import analyser, fold

VERSION = 2
"""Raise it with any change to fields or analysis: indexes of another version are made anew."""

BOOSTS = {"text": 1.0, "title": 0.3, "item": 0.3, "context": 0.3}
"""How much a word counts where it stands."""

HEAP = 64 << 20
"""Bytes the writer may gather before it writes a segment."""

ROOM_FOR_TIES = 32
"""Candidates fetched beyond the limit, so that equal scores at the edge are cut by number."""

DELETED_SHARE = 0.2
"""Share of deleted passages at which the index is made anew: they still count in word
frequencies, and take time."""

_NONE: NDArray[np.int64] = np.zeros(0, dtype=np.int64)


@dataclass(frozen=True, slots=True)
class LexicalRow:
    """What the index is told of one passage."""

    number: int
    text: str
    title: str
    item: str
    context: str
    paper: str
    body: str | None
    """The key under which the body's spellings meet, here and in filters."""
    kind: str
    meeting_date: date | None


class LexicalIndex:
    """One generation of the index, as it was when opened."""

    def __init__(self, folder: Path) -> None:
        """Open what is there.

        Raises:
            ValueError: there is no index, or a broken one.
        """
        self._schema = _schema()
        try:
            index = tantivy.Index.open(str(folder))
            index.config_reader("manual")
            self._searcher = index.searcher()
            self._numbers_of(tantivy.Query.all_query(), 1)
        except (KeyboardInterrupt, SystemExit):
            raise
        except BaseException as exc:  # a damaged file may make tantivy panic, which is no Exception
            raise ValueError(f"no lexical index at {folder}, or a broken one") from exc

    def __len__(self) -> int:
        """Return how many passages it holds."""
        return self._searcher.num_docs

    def search(self, words: Sequence[str], filters: Filters, limit: int) -> list[tuple[int, float]]:
        """Return the passages that hold any of these stems and meet the filters.

        Args:
            words: stems, each once.
            filters: checked inside the search, without weight in the score.
            limit: how many at most.

        Returns:
            (passage number, BM25 score), best first, equal scores by number.
        """
        if not words or limit <= 0:
            return []
        parts = [(tantivy.Occur.Must, self._any_of(words))]
        parts += [
            (tantivy.Occur.Must, tantivy.Query.const_score_query(clause, 0.0))
            for clause in self._clauses(filters)
        ]
        found = self._numbers_of(tantivy.Query.boolean_query(parts), limit + ROOM_FOR_TIES)
        return sorted(found, key=lambda pair: (-pair[1], pair[0]))[:limit]

    def frequency(self, stem: str) -> int:
        """Return how many passages hold a stem in their own words."""
        return self._searcher.doc_freq("text", stem)

    def numbers(self) -> NDArray[np.int64]:
        """Return the numbers of all passages in the index, ascending."""
        count = self._searcher.num_docs
        if count == 0:
            return np.zeros(0, dtype=np.int64)
        hits = self._searcher.search(
            tantivy.Query.all_query(), limit=count, count=False, order_by_field="number"
        ).hits
        return np.array(sorted(number for number, _ in hits), dtype=np.int64)

    def _numbers_of(self, query: tantivy.Query, limit: int) -> list[tuple[int, float]]:
        hits = self._searcher.search(query, limit=limit, count=False).hits
        numbers = self._searcher.fast_field_values("number", [address for _, address in hits])
        return [(int(n or 0), float(score)) for n, (score, _) in zip(numbers, hits, strict=True)]

    def _any_of(self, words: Sequence[str]) -> tantivy.Query:
        clauses = [
            (
                tantivy.Occur.Should,
                tantivy.Query.boost_query(
                    tantivy.Query.term_query(self._schema, field, word, "freq"), boost
                ),
            )
            for word in words
            for field, boost in BOOSTS.items()
        ]
        return tantivy.Query.boolean_query(clauses)

    def _clauses(self, filters: Filters) -> Iterable[tantivy.Query]:
        for field, allowed in (
            ("body", filters.bodies),
            ("kind", [kind.value for kind in filters.kinds]),
            ("paper", filters.papers),
        ):
            if allowed:
                yield tantivy.Query.term_set_query(self._schema, field, list(allowed))
        if filters.since or filters.until:
            yield tantivy.Query.range_query(
                self._schema,
                "day",
                tantivy.FieldType.Integer,
                (filters.since or date.min).toordinal(),
                (filters.until or date.max).toordinal(),
            )


class LexicalWriter:
    """Brings the index in one folder up to the library; its caller is the only writer."""

    def __init__(self, folder: Path, identity: str) -> None:
        """Look at what is there later: see held."""
        self._folder = folder
        self._identity = identity
        self._held: NDArray[np.int64] | None = None
        self._deleted = 0

    def held(self, generation: int) -> NDArray[np.int64]:
        """Return the numbers that the index holds now, none where it has to be made anew.

        Args:
            generation: the library's; an index ahead of it belongs to another past.
        """
        if self._held is None:
            state = read_state(self._folder)
            if state is not None and usable(state, VERSION, self._identity, generation):
                self._held = self._as_left()
                self._deleted = state.deleted
        if self._held is None:
            self.start_anew()
        return self._held if self._held is not None else _NONE

    def write(self, gone: NDArray[np.int64], rows: Iterable[LexicalRow], generation: int) -> None:
        """Remove some passages, add others, commit, and note the generation reached."""
        held, self._held = self._held, None  # unknown until it is all written
        if held is None:
            raise RuntimeError("held comes before write")
        schema = _schema()
        index = tantivy.Index(schema, path=str(self._folder))
        index.register_tokenizer("stems", analyser())
        writer = index.writer(HEAP, 1)
        for number in gone.tolist():
            writer.delete_documents_by_term("number", number)
        added = []
        for row in rows:
            writer.add_document(tantivy.Document.from_dict(_fields(row), schema))
            added.append(row.number)
        writer.commit()
        writer.wait_merging_threads()
        self._deleted += len(gone)
        note_state(self._folder, State(VERSION, self._identity, generation, self._deleted))
        left = np.setdiff1d(held, gone, assume_unique=True)
        self._held = np.union1d(left, np.array(added, dtype=np.int64))

    def worn(self, gone: int, left: int) -> bool:
        """Tell whether so much of the index is deleted that it is better made anew."""
        return self._deleted + gone > DELETED_SHARE * max(left, 1)

    def start_anew(self) -> None:
        """Drop the index: nothing of removed papers stays in its files."""
        shutil.rmtree(self._folder, ignore_errors=True)
        self._folder.mkdir(parents=True)
        self._held = _NONE
        self._deleted = 0

    def _as_left(self) -> NDArray[np.int64] | None:
        try:
            return LexicalIndex(self._folder).numbers()
        except ValueError:  # deleted or broken
            return None


def _fields(row: LexicalRow) -> dict[str, str | int]:
    fields: dict[str, str | int] = {
        "number": row.number,
        "text": fold(row.text),
        "title": fold(row.title),
        "item": fold(row.item),
        "context": fold(row.context),
        "paper": row.paper,
        "kind": row.kind,
    }
    if row.body is not None:
        fields["body"] = row.body
    if row.meeting_date is not None:
        fields["day"] = row.meeting_date.toordinal()
    return fields


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder().add_integer_field("number", indexed=True, fast=True)
    for field in BOOSTS:
        builder = builder.add_text_field(field, tokenizer_name="stems", index_option="freq")
    for field in ("paper", "body", "kind"):
        builder = builder.add_text_field(field, tokenizer_name="raw", index_option="basic")
    return builder.add_integer_field("day", indexed=True, fast=True).build()
