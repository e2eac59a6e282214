"""The line of context that each passage carries: body, date, paper, item, section, in one line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from ingest.paper import AgendaItem, Motion, Span

LONGEST_TITLE = 30
"""Words above which a heading is more likely a paragraph in bold, and no help in a context."""

MOTION_WORDS = 30
"""Of a motion, where its vote stands in another passage."""

_LETTERS = re.compile(r"[^\W\d_]{2,}")


def paper_heading(title: str, body: str | None, meeting_date: date | None) -> str:
    """Return how a context line names a paper: "Cabinet, 30 January 2025, Budget report"."""
    when = f"{meeting_date.day} {meeting_date:%B %Y}" if meeting_date else None
    parts = (title, when) if body and body in title else (body, when, title)
    return ", ".join(part for part in parts if part)


def context(
    heading: str,
    items: Sequence[AgendaItem],
    item: int | None,
    section: str | None,
    moved: str | None,
) -> str:
    """Join paper, items and section, leaving out what repeats or is too long to be a title."""
    titles = [each.title for each in _with_parents(items, item)] if item is not None else []
    parts = [heading]
    for title in (*titles, section):
        if title and len(title.split()) <= LONGEST_TITLE and not _says(parts, title):
            parts.append(title)
    return " – ".join([*parts, moved] if moved else parts)


def _says(parts: Sequence[str], title: str) -> bool:
    """Tell whether the words of a title, its number apart, stand in one of the parts."""
    words = " ".join(_LETTERS.findall(title.casefold()))
    return any(words in " ".join(_LETTERS.findall(part.casefold())) for part in parts)


def _with_parents(items: Sequence[AgendaItem], position: int) -> list[AgendaItem]:
    """Return the item and those it lies in, outermost first."""
    chain = [items[position]]
    for each in reversed(items[:position]):
        if each.depth < chain[0].depth and each.end >= chain[0].end:
            chain.insert(0, each)
    return chain


def moved(text: str, motions: Sequence[Motion], start: int, end: int) -> str | None:
    """Return what a passage leaves open about the motions that it speaks of.

    Where it holds the words of a motion and not what became of it, that is told: nobody is to read
    the words of a motion that was lost and take them for the council's. Where it holds the names of
    a vote or its outcome and not what was voted on, that is told.

    Args:
        text: the paper's.
        motions: the paper's motions, each before the amendments to it.
        start: of the passage in the paper's text.
        end: of the passage, exclusive.
    """
    said = []
    for motion in motions:
        if not (motion.words and motion.outcome and motion.outcome_at):
            continue
        has_words = _meets(motion.words, start, end)
        settled = start <= motion.outcome_at[0] < end
        votes = motion.vote is not None and _meets(motion.vote.span, start, end)
        who = f" of {motion.proposer}" if motion.proposer else ""
        if has_words and not settled:
            said.append(f"motion{who}: {motion.outcome.value}")
        elif (settled or votes) and not has_words:
            beginning = _beginning(text[slice(*motion.words)])
            said.append(f"motion{who} ({beginning}): {motion.outcome.value}")
    return "; ".join(said) or None


def _meets(span: Span, start: int, end: int) -> bool:
    return span[0] < end and start < span[1]


def _beginning(words: str) -> str:
    """Return the first words of a motion, enough to know it by."""
    first = words.split()
    return " ".join(first[:MOTION_WORDS]) + (" …" if len(first) > MOTION_WORDS else "")
