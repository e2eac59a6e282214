"""The lines of a timeline: which sentences of a paper tell something of a matter, and what."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.paper import BlockRole, CommitmentKind, PaperKind, Ruling, Span
from ingest.sentences import sentence_spans
from ingest.speakers import speakers
from search.briefing.gathering import Gathered
from search.briefing.quoting import RECALLING, Quotable
from search.briefing.relevance import Measure
from search.briefing.values import SURE, Quote, Sort
from search.duplicates import Prints, authority, print_of
from search.sentences import only_names
from search.wanted import Wanted, holds
from search.words import stems

FEWEST_WORDS = 7
"""Words of the shortest sentence that tells anything away from its neighbours."""

UNDER = 0.5
"""What a sentence counts that does not name the matter, but stands under an item that does."""

WORTH = {
    Sort.ASKED: 0.0,
    Sort.REPORTED: 0.1,
    Sort.MOVED: 0.2,
    Sort.FIGURE: 0.25,
    Sort.RECOMMENDED: 0.3,
    Sort.PROMISED: 0.35,
    Sort.DECIDED: 0.5,
}
"""What a line counts by what it tells, against 1 for naming the whole matter."""

NEARNESS = 0.8
"""What the nearness in meaning of its passage counts at its fullest."""

BY_THE_WAY = 0.25
"""What a line loses that does not begin as a sentence does: the rest of one, or of a table; and one
that only names the matter in a list of others."""

_ASKED = re.compile(
    r"\?[\"'”’)]*$"
    r"|(?<!\bis )(?<!\bare )(?<!\bbe )(?<!\bhave )(?<!\bhas )(?<!\bhad )"
    r"\b(?:asked|queried|questioned|enquired|inquired|wished to know|called for|requested"
    r"|sought (?:clarification|assurances?|confirmation|information))\b",
)
"""Not "Cabinet is asked to agree", which is a recommendation, nor "we have requested"."""

_SUM = re.compile(r"[£€$]|\b(?:pounds?|euros?)\b")
_SHARE = re.compile(r"(?<![\d.])(?!100\b)\d[\d.,]*\s?(?:%|per cent\b)")
"""A share; "100 % behind it" is none."""

_WHOLE = re.compile(r"(?:[\"'“‘(\[•▪–-]|\(?\w{1,4}[.)])?\s*[A-ZÀ-Þ£€]")
_MARK = re.compile(r"(?:[•▪–*-]|\(?(?:[a-z]|[ivx]{1,4})[.)]|\(?\d{1,3}(?:\.\d{1,3}){0,2}[.)]?)\s+")
"""A bullet or number before a sentence: left out of the quotation."""

_END = re.compile(r"[.!?…][\"'”’)\]]*$")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that may become a line."""

    sort: Sort
    quote: Quote
    worth: float
    """Orders candidates of one matter."""
    names: bool
    """It names the matter itself."""
    item: bool
    """It stands under an agenda item, or in a paper, whose title names the matter."""
    speakers: tuple[str, ...]


def candidates(
    quotable: Quotable, gathered: Sequence[Gathered], measure: Measure
) -> Iterator[Candidate]:
    """Yield the sentences of a paper that tell of a matter, in order.

    An agenda tells only what is to come, and a table's row is no sentence: neither gives any.
    """
    if quotable.card.kind is PaperKind.AGENDA:
        return
    known = _Known.of(quotable)
    for each in gathered:
        for start, end in _sentences(quotable, each):
            text = quotable.paper.text.text[start:end]
            cover = measure.cover(text)
            named = measure.speaks(text)
            quote = quotable.quote(start, end) if named or each.item else None
            if quote is None or known.in_table(start):
                continue
            sort = known.sort(start, end, text)
            worth = max(cover, UNDER * each.item) + WORTH[sort] + NEARNESS * max(each.near, 0.0)
            worth -= BY_THE_WAY * (not _WHOLE.match(text))
            worth -= BY_THE_WAY * (not each.item and measure.lists(text))
            yield Candidate(sort, quote, worth, named, each.item, speakers(text))


def once(found: Iterable[Candidate]) -> list[Candidate]:
    """Return candidates without those that say the same as another: the record's words stay.

    Of a draft, a pack and the printed minutes the most authoritative stays, of equals the earliest;
    the others' papers are told with it.
    """
    groups: list[list[Candidate]] = []
    prints = Prints()
    for each in sorted(found, key=_most_authoritative_first):
        mine = print_of(stems(each.quote.text))
        at = next(prints.like(mine), None)
        if at is None:
            prints.add(mine)
            groups.append([each])
        else:
            groups[at].append(each)
    return [_joined(group) for group in groups]


def _joined(group: Sequence[Candidate]) -> Candidate:
    first = group[0]
    papers = {each.quote.paper.id: each.quote.paper for each in group[1:]}
    papers.pop(first.quote.paper.id, None)
    return replace(first, quote=replace(first.quote, again=tuple(papers.values())))


def _most_authoritative_first(each: Candidate) -> tuple[int, str, str, int]:
    paper = each.quote.paper
    day = paper.meeting_date.isoformat() if paper.meeting_date else "9"
    return (authority(paper), day, paper.id, each.quote.citation.start)


def _sentences(quotable: Quotable, each: Gathered) -> Iterator[Span]:
    begins = each.kept.passage.citation.start
    for start, end in sentence_spans(each.kept.passage.text):
        text = each.kept.passage.text[start:end]
        if len(text.split()) >= FEWEST_WORDS and not only_names(text) and _END.search(text):
            mark = _MARK.match(text)
            yield begins + start + (mark.end() if mark else 0), begins + end


@dataclass(frozen=True, slots=True)
class _Known:
    """Where in a paper what happens stands."""

    decided: tuple[Span, ...]
    moved: tuple[Span, ...]
    recommended: tuple[Span, ...]
    asked: tuple[Span, ...]
    promised: tuple[Span, ...]
    rows: tuple[Span, ...]

    @classmethod
    def of(cls, quotable: Quotable) -> _Known:
        paper = quotable.paper
        motions = [
            each for motion in paper.business.motions for each in (motion, *motion.amendments)
        ]
        recommended = Ruling.RECOMMENDED
        ruled = () if paper.kind in RECALLING else paper.business.resolutions
        return cls(
            decided=(
                *(quotable.ruled(each) for each in ruled if each.ruling is not recommended),
                *(each.outcome_at for each in motions if each.outcome_at),
            ),
            recommended=tuple(
                quotable.ruled(each)
                for each in paper.business.resolutions
                if each.ruling is recommended
            ),
            moved=tuple(each.words for each in motions if each.words),
            asked=(
                *(each.words for each in paper.business.questions),
                *_recorded(quotable, CommitmentKind.REQUEST),
            ),
            promised=_recorded(quotable, CommitmentKind.COMMITMENT),
            rows=tuple(
                (each.start, each.end)
                for each in paper.text.blocks
                if each.role is BlockRole.TABLE_ROW
            ),
        )

    def in_table(self, position: int) -> bool:
        """Tell whether a table's row stands there."""
        return any(start <= position < end for start, end in self.rows)

    def sort(self, start: int, end: int, text: str) -> Sort:
        """Return what a sentence tells."""
        for sort, spans in (
            (Sort.MOVED, self.moved),
            (Sort.DECIDED, self.decided),
            (Sort.RECOMMENDED, self.recommended),
            (Sort.PROMISED, self.promised),
            (Sort.ASKED, self.asked),
        ):
            if any(first < end and start < last for first, last in spans):
                return sort
        if _ASKED.search(text):
            return Sort.ASKED
        figure = _SHARE.search(text) or (_SUM.search(text) and holds(Wanted.MONEY, text))
        return Sort.FIGURE if figure else Sort.REPORTED


def _recorded(quotable: Quotable, kind: CommitmentKind) -> tuple[Span, ...]:
    return tuple(
        (each.citation.start, each.citation.end)
        for each in quotable.paper.commitments
        if each.kind is kind and each.confidence >= SURE
    )
