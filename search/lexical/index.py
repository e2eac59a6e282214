"""Finds passages by words: one generation of the lexical index, for readers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

import numpy as np
import tantivy
from numpy.typing import NDArray

from search.answer import Filters
from search.holdings import PassageStems
from search.lexical.fields import BOOSTS, COUNTED, READ_BACK, VERSION, schema
from search.readings.holding import ANYTHING, Holding
from search.state import read_state
from search.words import stems

MOST_VALUES = 10_000
"""Values of one field that are counted; a council has some tens of bodies."""

ROOM_FOR_TIES = 32
"""Candidates fetched beyond the limit, so that equal scores at the edge are cut by number."""

LESSER = 0.5
"""How much a word counts that the question does not hold, but that stands for one of its own."""


class LexicalIndex:
    """One generation of the index, as it was when opened."""

    def __init__(self, folder: Path) -> None:
        """Open what is there.

        Raises:
            ValueError: there is no index, a broken one, or one of another version.
        """
        if not of_this_form(folder):
            raise ValueError(f"no lexical index at {folder}, or one of another version")
        self._schema = schema()
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

    def stems(self, numbers: Sequence[int]) -> dict[int, PassageStems]:
        """Return the stems of passages by number; numbers that are not held are left out."""
        if not numbers:
            return {}
        # Not a set of terms: that looks through all that there are.
        terms = (
            tantivy.Query.term_query(self._schema, "number", each, "basic") for each in numbers
        )
        any_of = tantivy.Query.boolean_query([(tantivy.Occur.Should, term) for term in terms])
        hits = self._searcher.search(any_of, limit=len(numbers), count=False).hits
        addresses = [address for _, address in hits]
        held = self._searcher.fast_field_values("number", addresses)
        return {
            int(number or 0): self._stems_at(address)
            for number, address in zip(held, addresses, strict=True)
        }

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

    def _stems_at(self, address: tantivy.DocAddress) -> PassageStems:
        kept = self._searcher.doc(address)
        return PassageStems(*(f" {kept.get_first(field) or ''} " for field in READ_BACK))

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


def of_this_form(folder: Path) -> bool:
    """Tell whether a folder holds an index as this program makes them."""
    state = read_state(folder)
    return state is not None and state.version == VERSION
