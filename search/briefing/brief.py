"""From a matter to its briefing: gathers, quotes, chooses, arranges."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import islice

from ingest.embedding import Embedder
from ingest.paper import CommitmentKind
from search.answer import Wishes
from search.ask import Asker
from search.briefing.asking import latest_open, open_once, open_questions, reply_after
from search.briefing.choosing import (
    current_position,
    overlap,
    speakers_of,
    timeline,
)
from search.briefing.deciding import decided_once, decisions
from search.briefing.gathering import Gathered, gather, measure_of
from search.briefing.lines import Candidate, candidates, once
from search.briefing.promising import (
    MOST_PROMISES,
    MOST_REQUESTS,
    on_matter,
    promise,
    wanted,
)
from search.briefing.quoting import Quotable
from search.briefing.relevance import Measure
from search.briefing.values import Briefing, Decision, Matter, Open, Promise, Quote, Reply
from search.register.followup import FollowUp, follow_up
from search.register.values import Entry
from search.view import View

ANSWERS = 2
"""Passages quoted for each of the reader's questions."""

WHOLE = 1_000
"""Words of a passage that the reader chose: all of it, in practice."""

PAPERS_AT_HAND = 256

AtHand = Callable[[str], Quotable]


@dataclass(frozen=True, slots=True)
class _Found:
    """What the papers on a matter hold."""

    lines: list[Candidate]
    decisions: list[Decision]
    open: list[tuple[Open, bool]]


class Briefer:
    """Makes briefings from any library made with its embedder."""

    def __init__(self, embedder: Embedder) -> None:
        """Take the model that made the library's vectors."""
        self._embedder = embedder

    def brief(self, view: View, matter: Matter) -> Briefing:
        """Return the briefing on a matter; empty where the papers hold nothing on it.

        The same matter and generation of a library give the same briefing.

        Raises:
            EmptyQuery: the topic, or a question, holds nothing to search for.
            QuestionTooLong: a question is longer than any question.
            NotHeld: a passage that was asked for is not held.
            ModelMismatch: another model made the library's vectors.
        """
        view.require_model(self._embedder.name)
        query, measure = measure_of(view, matter)
        vector = self._embedder.embed_queries([query.asked])[0]
        at_hand = lru_cache(PAPERS_AT_HAND)(
            lambda identity: Quotable(view.paper(identity), view.card(identity))
        )
        found = _read(gather(view, measure, vector, matter.filters), at_hand, measure)
        decided = decided_once(found.decisions)
        position = tuple(current_position(found.lines, decided))
        register_held = view.chosen_commitments(wanted(matter, measure), matter.today)
        held = on_matter(register_held, measure, matter)
        quoted = [each.quote for each in found.decisions]
        register = _Register(view, matter, measure, at_hand, quoted)
        promises, more = register.promises(held)
        replies = self._replies(view, matter, at_hand)
        chosen = _chosen(view, matter, at_hand)
        unanswered = latest_open([*open_once(found.open), *register.requests(held)])
        elsewhere = [
            *position,
            *(each for reply in replies for each in reply.quotes),
            *(each.quote for each in decided),
            *(each.quote for each in promises),
            *(each.quote for each in unanswered),
            *chosen,
        ]
        return Briefing(
            matter=matter,
            generation=view.generation,
            position=position,
            replies=replies,
            chosen=chosen,
            meetings=timeline(found.lines, elsewhere, found.decisions),
            decisions=decided,
            promises=promises,
            more_promises=more,
            speakers=speakers_of(found.lines),
            open=unanswered,
        )

    def _replies(self, view: View, matter: Matter, at_hand: AtHand) -> tuple[Reply, ...]:
        """Return what answers the reader's questions: nothing where the papers do not seem to."""
        asker = Asker(self._embedder)
        replies = []
        for question in matter.questions:
            answer = asker.ask(view, question, matter.filters, ANSWERS, Wishes(today=matter.today))
            quotes = [
                at_hand(hit.paper.id).quote(
                    hit.citation.start + hit.answer[0], hit.citation.start + hit.answer[1]
                )
                for hit in answer.hits
                if answer.answered
            ]
            replies.append(Reply(question, tuple(each for each in quotes if each)))
        return tuple(replies)


def _read(gathered: Sequence[Gathered], at_hand: AtHand, measure: Measure) -> _Found:
    by_paper: defaultdict[str, list[Gathered]] = defaultdict(list)
    for each in gathered:
        by_paper[each.kept.paper.id].append(each)
    lines: list[Candidate] = []
    decided: list[Decision] = []
    asked: list[tuple[Open, bool]] = []
    for identity, passages in by_paper.items():
        quotable = at_hand(identity)
        lines += candidates(quotable, passages, measure)
        decided += decisions(quotable, measure)
        asked += open_questions(quotable, measure)
    return _Found(once(lines), decided, asked)


def _chosen(view: View, matter: Matter, at_hand: AtHand) -> tuple[Quote, ...]:
    """Return the passages that the reader asked for, whole."""
    quotes = []
    for identity in matter.passages:
        kept = view.passage(identity)
        cited = kept.passage.citation
        quotes.append(at_hand(kept.paper.id).quote(cited.start, cited.end, WHOLE))
    return tuple(each for each in quotes if each)


@dataclass(frozen=True, slots=True)
class _Register:
    """What of the register stands in a briefing: a motion or resolution is none of it."""

    view: View
    matter: Matter
    measure: Measure
    at_hand: AtHand
    decided: Sequence[Quote]

    def promises(self, held: Sequence[Entry]) -> tuple[tuple[Promise, ...], int]:
        """Return the undertakings, with what later papers tell of each, and how many more are."""
        found = list(self._quoted(held, CommitmentKind.COMMITMENT))
        told = [
            promise(each, quote, self._told(each), self.at_hand, self.matter.today)
            for each, quote in found[:MOST_PROMISES]
        ]
        return tuple(told), len(found) - len(told)

    def requests(self, held: Sequence[Entry]) -> list[Open]:
        """Return what was asked for and no later paper seems to report on, the latest first."""
        latest = sorted(held, key=lambda each: each.meeting_date or date.min, reverse=True)
        found = (
            Open(quote, None, None, request=True)
            for each, quote in self._quoted(latest, CommitmentKind.REQUEST)
            if not self._replied(each) and not self._told(each).evidence
        )
        return list(islice(found, MOST_REQUESTS))

    def _quoted(self, held: Sequence[Entry], kind: CommitmentKind) -> Iterator[tuple[Entry, Quote]]:
        for entry in held:
            if entry.kind is not kind:
                continue
            cited = entry.first.commitment.citation
            quotable = self.at_hand(entry.first.paper.id)
            start = cited.start
            if not self.measure.speaks(entry.first.commitment.sentence):
                start = quotable.sentence_before(start)
            quote = quotable.quote(start, cited.end)
            if quote and not any(overlap(quote, o) for o in self.decided):
                yield entry, quote

    def _replied(self, entry: Entry) -> bool:
        """Tell whether anything behind a request in its item could be a reply to it."""
        first = entry.first
        full, put_off = reply_after(self.at_hand(first.paper.id), first.commitment.citation.end)
        return full or put_off is not None

    def _told(self, entry: Entry) -> FollowUp:
        return follow_up(self.view, entry, self.matter.today)
