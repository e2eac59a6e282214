"""The lexical index: BM25 by tantivy, derived from the library's passages.

It lies in a folder of its own, may be deleted at any time, and holds no text, only passage numbers
(as SQLite gave them). Robertson and Zaragoza, The Probabilistic Relevance Framework: BM25 and
Beyond, 2009.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import tantivy
from numpy.typing import NDArray

from search.answer import Filters
from search.readings.holding import ANYTHING, Holding
from search.state import State, note_state, read_state, usable
from search.words import analyser, fold, stems

VERSION = 3
"""Raise it with any change to fields or analysis: indexes of another version are made anew."""

BOOSTS = {"text": 1.0, "title": 0.3, "item": 0.3, "context": 0.3}
"""How much a word counts where it stands."""

HEAP = 64 << 20
"""Bytes the writer may gather before it writes a segment."""

COUNTED = ("body", "kind", "year")
"""Fields whose values are counted over the passages that match a question."""

MOST_VALUES = 10_000
"""Values of one field that are counted; a council has some tens of bodies."""

ROOM_FOR_TIES = 32
"""Candidates fetched beyond the limit, so that equal scores at the edge are cut by number."""

DELETED_SHARE = 0.2
"""Share of deleted passages at which the index is built anew: they still count in word
frequencies, and take time."""

LESSER = 0.5
"""How much a word counts that the question does not hold, but that stands for one of its own."""

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
    item_number: str | None = None
    minute: str | None = None


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

    def search(
        self,
        words: Sequence[str],
        filters: Filters,
        limit: int,
        holding: Holding = ANYTHING,
        lesser: Sequence[str] = (),
    ) -> list[tuple[int, float]]:
        """Return the passages that hold any of these stems and meet the filters.

        Args:
            words: stems, each once.
            filters: checked inside the search, without weight in the score.
            limit: how many at most.
            holding: what each must hold, likewise.
            lesser: more stems, which count LESSER.

        Returns:
            (passage number, BM25 score), best first, equal scores by number.
        """
        if not words or limit <= 0:
            return []
        parts = [(tantivy.Occur.Must, self._any_of(words, lesser))]
        parts += self._narrowing(filters, holding)
        found = self._numbers_of(tantivy.Query.boolean_query(parts), limit + ROOM_FOR_TIES)
        return sorted(found, key=lambda pair: (-pair[1], pair[0]))[:limit]

    def frequency(self, stem: str) -> int:
        """Return how many passages hold a stem in their own words."""
        return self._searcher.doc_freq("text", stem)

    def holds(self, stem: str) -> bool:
        """Tell whether any passage, title or context holds a stem."""
        return any(self._searcher.doc_freq(field, stem) for field in BOOSTS)

    def vocabulary(self, prefix: str) -> Sequence[tuple[str, int]]:
        """Return (stem, passages with it) of the stems that begin so, commonest first."""
        found: Sequence[tuple[str, int]] = self._searcher.terms_with_prefix("text", prefix)
        return found

    def count(self, filters: Filters, holding: Holding) -> int:
        """Return how many passages meet the filters and hold what they must."""
        return self.counts((), 0, filters, holding)[0]

    def allowed(self, filters: Filters, holding: Holding) -> NDArray[np.int64]:
        """Return the numbers of the passages that meet the filters and hold what they must."""
        count = max(self.count(filters, holding), 1)
        found = self._numbers_of(self._meeting(filters, holding), count)
        return np.array(sorted(number for number, _ in found), dtype=np.int64)

    def counts(
        self, words: Sequence[str], needed: int, filters: Filters, holding: Holding
    ) -> tuple[int, Mapping[str, Mapping[str | int, int]]]:
        """Count the passages that hold at least some of these stems, exactly.

        Args:
            words: stems, each once; none: all passages count.
            needed: how many of them a passage must hold.
            filters: which papers count.
            holding: what each passage must hold.

        Returns:
            (how many, and of those how many of each value of "body", "kind" and "year").
        """
        any_field = [(tantivy.Occur.Should, self._any_of([word], ())) for word in words]
        parts = [(tantivy.Occur.Must, self._meeting(filters, holding))]
        if any_field:
            most = tantivy.Query.boolean_query(any_field, minimum_number_should_match=needed)
            parts.append((tantivy.Occur.Must, most))
        wanted = {name: {"terms": {"field": name, "size": MOST_VALUES}} for name in COUNTED}
        wanted["all"] = {"value_count": {"field": "number"}}
        found = self._searcher.aggregate(tantivy.Query.boolean_query(parts), wanted)
        return int(found["all"]["value"]), {
            name: {each["key"]: int(each["doc_count"]) for each in found[name]["buckets"]}
            for name in COUNTED
        }

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

    def _any_of(self, words: Sequence[str], lesser: Sequence[str]) -> tantivy.Query:
        counting = [*((word, 1.0) for word in words), *((word, LESSER) for word in lesser)]
        clauses = [
            (
                tantivy.Occur.Should,
                tantivy.Query.boost_query(
                    tantivy.Query.term_query(self._schema, field, word, "freq"), boost * counts
                ),
            )
            for word, counts in counting
            for field, boost in BOOSTS.items()
        ]
        return tantivy.Query.boolean_query(clauses)

    def _meeting(self, filters: Filters, holding: Holding) -> tantivy.Query:
        parts = self._narrowing(filters, holding)
        return tantivy.Query.boolean_query(parts) if parts else tantivy.Query.all_query()

    def _narrowing(
        self, filters: Filters, holding: Holding
    ) -> list[tuple[tantivy.Occur, tantivy.Query]]:
        return [
            (tantivy.Occur.Must, tantivy.Query.const_score_query(clause, 0.0))
            for clause in (*self._clauses(filters), *self._held(holding))
        ]

    def _held(self, holding: Holding) -> Iterable[tantivy.Query]:
        for phrase in holding.phrases:
            words = stems(phrase)
            clauses = [
                (tantivy.Occur.Should, self._in_order(field, words)) for field in BOOSTS if words
            ]
            yield tantivy.Query.boolean_query(clauses) if clauses else tantivy.Query.empty_query()
        for field, allowed in (("minute", holding.minutes), ("item_number", holding.items)):
            if allowed:
                yield tantivy.Query.term_set_query(self._schema, field, list(allowed))

    def _in_order(self, field: str, words: Sequence[str]) -> tantivy.Query:
        if len(words) == 1:
            return tantivy.Query.term_query(self._schema, field, words[0], "basic")
        return tantivy.Query.phrase_query(self._schema, field, list(words))

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
        self._aside = folder.with_name(f"{folder.name}.new")
        self._held: NDArray[np.int64] | None = None
        self._deleted = 0
        self._owed = False

    def held(self, generation: int) -> NDArray[np.int64]:
        """Return the numbers that the index holds now, none where it has to be made anew.

        Args:
            generation: the library's; an index ahead of it belongs to another past.
        """
        if self._held is None:
            shutil.rmtree(self._aside, ignore_errors=True)  # of a run that was stopped
            state = read_state(self._folder)
            if state is not None and usable(state, VERSION, self._identity, generation):
                self._held = self._as_left()
                self._deleted, self._owed = state.deleted, state.owed
        if self._held is None:
            self.start_anew()
        return self._held if self._held is not None else _NONE

    def write(
        self,
        gone: NDArray[np.int64],
        rows: Iterable[LexicalRow],
        generation: int,
        *,
        thorough: bool = False,
    ) -> None:
        """Remove some passages, add others, commit, and note the generation reached.

        Of those removed the files keep traces, which count in word frequencies; where they may not
        stay or have become many, they are owed from then on (see owed).

        Args:
            gone: numbers of passages to remove.
            rows: passages to add.
            generation: the library's.
            thorough: no trace of those that are gone may stay.
        """
        held, self._held = self._held, None  # unknown until it is all written
        if held is None:
            raise RuntimeError("held comes before write")
        left = np.setdiff1d(held, gone, assume_unique=True)
        added = _fill(self._folder, gone, rows)
        self._deleted += len(gone)
        self._owed |= thorough and len(gone) > 0
        self._owed |= self._deleted > DELETED_SHARE * max(len(left) + len(added), 1)
        self._note(generation)
        self._held = np.sort(np.concatenate([left, added]))

    @property
    def owed(self) -> bool:
        """Whether the index is to be built anew, for what it keeps of removed passages."""
        return owes(self._folder)

    def build_aside(self, rows: Iterable[LexicalRow]) -> None:
        """Build an index of these passages beside the present one, which answers meanwhile."""
        shutil.rmtree(self._aside, ignore_errors=True)
        self._aside.mkdir(parents=True)
        _fill(self._aside, _NONE, rows)

    def take_over(self, generation: int) -> None:
        """Put what was built aside, of the same passages, in the place of the present index."""
        held = self.held(generation)
        shutil.rmtree(self._folder)
        self._aside.rename(self._folder)
        self._held, self._deleted, self._owed = held, 0, False
        self._note(generation)

    def start_anew(self) -> None:
        """Drop the index."""
        shutil.rmtree(self._folder, ignore_errors=True)
        self._folder.mkdir(parents=True)
        self._held, self._deleted, self._owed = _NONE, 0, False

    def _note(self, generation: int) -> None:
        state = State(VERSION, self._identity, generation, self._deleted, self._owed)
        note_state(self._folder, state)

    def _as_left(self) -> NDArray[np.int64] | None:
        try:
            return LexicalIndex(self._folder).numbers()
        except ValueError:  # deleted or broken
            return None


def owes(folder: Path) -> bool:
    """Tell whether the index in a folder keeps traces that have to be taken out."""
    state = read_state(folder)
    return state is not None and state.owed


def _fill(folder: Path, gone: NDArray[np.int64], rows: Iterable[LexicalRow]) -> NDArray[np.int64]:
    """Remove passages from the index in a folder, add others; return the numbers of those."""
    schema = _schema()
    index = tantivy.Index(schema, path=str(folder))
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
    return np.array(added, dtype=np.int64)


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
        fields["year"] = row.meeting_date.year
    if row.item_number is not None:
        fields["item_number"] = row.item_number.casefold()
    if row.minute is not None:
        fields["minute"] = row.minute.casefold()
    return fields


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder().add_integer_field("number", indexed=True, fast=True)
    for field in BOOSTS:
        builder = builder.add_text_field(field, tokenizer_name="stems", index_option="position")
    for field in ("paper", "body", "kind", "minute", "item_number"):
        fast = field in COUNTED
        builder = builder.add_text_field(
            field, tokenizer_name="raw", index_option="basic", fast=fast
        )
    for field in ("day", "year"):
        builder = builder.add_integer_field(field, indexed=True, fast=True)
    return builder.build()
