"""Finds commitments: undertakings, recorded in a paper, that somebody will do something.

What counts and what does not, with examples, is told in docs/commitments.md. Each rule is named in
`signals`; a commitment carries the name of the one that found it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import partial

from ingest.commitments.actions import action_of
from ingest.commitments.dues import find_due
from ingest.commitments.findings import Finding
from ingest.commitments.owners import named_in, owner_of
from ingest.commitments.parts import Candidate, Part, candidates
from ingest.commitments.repeats import Printed, collapse
from ingest.commitments.signals import find_signals
from ingest.commitments.speech import as_accepted
from ingest.paper import (
    AgendaItem,
    Citation,
    CleanText,
    Commitment,
    PaperKind,
    Passage,
    commitment_id,
)

READ = frozenset({PaperKind.MINUTES, PaperKind.QUESTIONS, PaperKind.DECISION})
"""Kinds of paper that record undertakings. Agendas, reports and strategies only propose."""

__all__ = ["READ", "find_commitments"]


def find_commitments(
    source: str,
    text: CleanText,
    kind: PaperKind,
    items: Sequence[AgendaItem],
    passages: Sequence[Passage],
    meeting: date | None,
) -> tuple[Commitment, ...]:
    """Return what a paper records that somebody will do, in the paper's order.

    Args:
        source: the paper's source, part of every commitment's id.
        text: the paper.
        kind: what it is for; papers that only propose have none.
        items: its agenda items, in order of position.
        passages: its passages, in order.
        meeting: the day of its meeting, from which "by the end of March" is reckoned.
    """
    if kind not in READ:
        return ()
    found = {
        each.start: (each, finding, known) for each, finding, known in _found(text, items, kind)
    }
    printed = collapse([_printed(each, finding) for each, finding, _ in found.values()])
    starts = [passage.citation.start for passage in passages]
    seen: Counter[str] = Counter()
    commitments = []
    for one in printed:
        each, finding, known = found[one.start]
        if finding.signal == "carried motion" and "RESOLVED" in each.after:
            continue  # the resolution says what was undertaken
        holder = bisect_right(starts, one.start) - 1
        commitments.append(
            Commitment(
                id=commitment_id(source, each.words, seen[each.words]),
                kind=finding.kind,
                sentence=each.words,
                citation=_citation(text, one.start, one.end),
                item=each.item,
                passage=passages[holder].id if holder >= 0 else None,
                action=action_of(each.words, *finding.action),
                owner=owner_of(finding, each.words, known, each.replier),
                due=find_due(each.words, meeting, finding.action[0]),
                signal=finding.signal,
                confidence=round(finding.confidence, 2),
                places=tuple(_citation(text, *place) for place in sorted(one.again)),
            )
        )
        seen[each.words] += 1
    return tuple(commitments)


def _found(
    text: CleanText, items: Sequence[AgendaItem], kind: PaperKind
) -> Iterator[tuple[Candidate, Finding, Callable[[], str | None]]]:
    """Yield each sentence that says something, what it says, and who tells whom "she" means."""
    all_of_them = candidates(text, items, kind)
    for at, each in enumerate(all_of_them):
        following = all_of_them[at + 1].words if at + 1 < len(all_of_them) else ""
        for part, finding in find_signals(each):
            settled = as_accepted(finding, part.words, following)
            yield part, settled, partial(_known, all_of_them, at)


LOOKING_BACK = 6
"""Sentences behind which "she" means somebody who has long stopped speaking."""


def _known(sentences: Sequence[Candidate], at: int) -> str | None:
    """Return who spoke last before a sentence of the same item."""
    for earlier in reversed(sentences[max(0, at - LOOKING_BACK) : at]):
        if earlier.item != sentences[at].item:
            return None
        named = named_in(earlier.words)
        if named:
            return named
    return None


def _printed(each: Candidate, finding: Finding) -> Printed:
    """Return a find as it is compared: of motions and resolutions only who is to do what.

    What leads into that differs between the two by its nature.
    """
    formal = each.part in (Part.PROPOSAL, Part.RESOLUTION)
    task = f"{finding.owner or ''} {each.words[slice(*finding.action)]}"
    return Printed(
        words=task if formal else each.words,
        start=each.start,
        end=each.end,
        item=each.item,
        formal=formal,
        settled=each.part is Part.RESOLUTION,
    )


def _citation(text: CleanText, start: int, end: int) -> Citation:
    return Citation(text.page_at(start), text.page_at(end - 1), start, end)
