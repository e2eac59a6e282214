"""What was asked on a matter without a full reply, out of one paper.

It is to be right or absent: where anything behind a question in its item could be a reply, the
question counts as replied to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.paper import PaperKind, Question, Span
from ingest.sentences import sentence_spans
from ingest.speakers import speakers
from search.briefing.deciding import day_of, on_matter
from search.briefing.quoting import Quotable
from search.briefing.relevance import Measure
from search.briefing.values import Open, Quote
from search.duplicates import Print, alike, authority, print_of
from search.words import stems

MOST_OPEN = 8

BRIEF = 60
"""Words of the longest reply that DEFERS turns into none: a longer one tells something beside."""

LATER = re.compile(
    r"\b(?:written (?:reply|response|answer)|(?:respond|reply) in writing"
    r"|write to (?:him|her|them|you|the \w+|Councillor|Cllr|Mr|Mrs|Ms)|(?:come|get|report) back to"
    r"|(?:did|do|does) not (?:have|hold) (?:the|those|that|these|any|this) (?:\w+ )?"
    r"(?:figures?|details?|data|information|answers?|numbers?)|not (?:currently |yet )?available"
    r"|(?:to|be) circulated|outside (?:of )?the meeting|take (?:it|this|that) away"
    r"|not (?:in a position|able) to (?:answer|provide|give|confirm|say))\b",
    re.IGNORECASE,
)
"""A reply that puts the answer off."""

DEFERS = re.compile(
    r"\b(?:(?:(?:will|would|to|can|shall) be|(?:is|are|was|were) (?:currently |presently )?being"
    r"|(?:is|are) currently|will|would|to) (?:fully |further )?"
    r"(?:examin|review|investigat|consider|assess|look(?:ed|ing)? (?:into|at)\b)\w*"
    r"|under (?:review|consideration|examination|investigation)|revert\b"
    r"|reports? (?:will|would|to|is to) be|(?:await|waiting) \w+"
    r"|(?:agreed|undertook) to (?:follow up|look|check|seek|find out|raise))",
    re.IGNORECASE,
)
"""A reply that promises to look, and tells no more where it is brief."""

_VERBS = ("asked", "queried", "enquired", "inquired", "questioned")

_ASKS = re.compile(
    r"(?<!\bis )(?<!\bare )(?<!\bwas )(?<!\bwere )(?<!\bbe )(?<!\bbeen )"
    rf"\b(?:{'|'.join(_VERBS)})\s"
    r"(?!(?:that|to|Members to|officers to)\b)(?:\w+ ){0,4}?"
    r"(?:if|whether|when|how|what|why|who|where|which|as to|about)\b"
)
"""A question told in the minutes; "asked that" is a request, which the register holds."""

_REPLIES = re.compile(
    r"\b(?:repl(?:y|ied|ying)|respon(?:se|ded|ding)|answer\w*|advis(?:ed|ing)|confirm\w*|stat(?:ed|ing)"
    r"|explain\w*|inform\w*|clarif\w*|outlin\w*|assur\w*|indicat\w*|noted|told|said|undertook|agreed"
    r"|acknowledg\w*|report(?:ed)?|reassur\w*|pointed out|referred to|highlighted|commented|added"
    r"|promised|suggested|gave|provided)\b|^\W*(?:A|REPLY|Reply|RESPONSE|Response)\W",
    re.IGNORECASE,
)
"""What a sentence that could be a reply holds: far more than replies do."""

_SENTENCE = re.compile(r"[^.!?\n]*$")


def open_questions(quotable: Quotable, measure: Measure) -> Iterator[tuple[Open, bool]]:
    """Yield the questions of a paper that are on a matter, and whether each has a full reply."""
    if quotable.card.kind is PaperKind.AGENDA:
        return
    for question in quotable.paper.business.questions:
        for each in (question, *question.supplementary):
            if not on_matter(quotable, each.words, measure):
                continue
            quote = quotable.quote(*each.words)
            if quote is not None:
                reply = _put_off(quotable, each)
                full = reply is None and (
                    each.reply is not None or _could_be_replied(quotable, each.span[1])
                )
                yield Open(quote, each.asker, reply), full
    if quotable.card.kind is PaperKind.MINUTES:
        yield from _told(quotable, measure)


def open_once(found: Sequence[tuple[Open, bool]]) -> tuple[Open, ...]:
    """Return the questions that no paper prints a full reply to, each once."""
    replied = [print_of(stems(each.quote.text)) for each, full in found if full]
    kept: list[tuple[Print, Open]] = []
    for each, full in sorted(found, key=lambda pair: authority(pair[0].quote.paper)):
        mine = print_of(stems(each.quote.text))
        known = [*replied, *(other for other, _ in kept)]
        if not full and not any(alike(mine, other) for other in known):
            kept.append((mine, each))
    return tuple(each for _, each in kept)


def latest_open(found: Sequence[Open]) -> tuple[Open, ...]:
    """Return the latest of what got no full reply, latest first."""
    return tuple(sorted(found, key=lambda each: day_of(each.quote), reverse=True)[:MOST_OPEN])


def reply_after(quotable: Quotable, position: int) -> tuple[bool, Quote | None]:
    """Tell whether anything behind a place of an item could be a full reply to it.

    Returns:
        Whether anything could, and the sentence that puts the reply off where that is all.
    """
    text = quotable.paper.text.text
    behind = [span for span in _behind(quotable, position) if _REPLIES.search(text[slice(*span)])]
    if len(behind) == 1 and len(text[slice(*behind[0])].split()) <= BRIEF:
        said = text[slice(*behind[0])]
        if LATER.search(said) or DEFERS.search(said):
            return False, quotable.quote(*behind[0])
    return bool(behind), None


def _told(quotable: Quotable, measure: Measure) -> Iterator[tuple[Open, bool]]:
    """Yield the questions that minutes tell in passing: "Mr Dray asked whether the pier …"."""
    text = quotable.paper.text.text
    printed = [each.span for each in quotable.paper.business.questions]
    for block in quotable.paper.text.blocks:
        words = text[block.start : block.end]
        if not any(verb in words for verb in _VERBS) or not _ASKS.search(words):
            continue  # nearly all hold none of the verbs, and that is told far sooner
        for first, last in sentence_spans(words):
            start, end = block.start + first, block.start + last
            asked = _ASKS.search(text, start, end)
            if asked is None or any(begin <= start < stop for begin, stop in printed):
                continue
            askers = speakers(text[start:end])
            if not measure.speaks(text[start:end]) or _REPLIES.search(text, asked.end(), end):
                continue
            quote = quotable.quote(start, end)
            if quote is not None:
                full, put_off = reply_after(quotable, end)
                yield Open(quote, askers[0] if askers else None, put_off), full


def _could_be_replied(quotable: Quotable, position: int) -> bool:
    return bool(_behind(quotable, position)) and reply_after(quotable, position)[0]


def _behind(quotable: Quotable, position: int) -> list[Span]:
    """Return the sentences of an item behind a place, as far as its text goes."""
    text = quotable.paper.text.text
    held = [
        each.end for each in quotable.paper.items if each.start <= max(position - 1, 0) < each.end
    ]
    stop = min(held, default=len(text))
    return [
        (position + start, position + end) for start, end in sentence_spans(text[position:stop])
    ]


def _put_off(quotable: Quotable, question: Question) -> Quote | None:
    """Return the sentence of a reply that puts the answer off; None where none does."""
    if question.reply is None:
        return None
    start, end = question.reply
    text = quotable.paper.text.text[start:end]
    found = LATER.search(text)
    if found is None and len(text.split()) <= BRIEF:
        found = DEFERS.search(text)
    if found is None:
        return None
    before = _SENTENCE.search(text[: found.start()])
    begins = before.start() if before else found.start()
    begins += len(text[begins:]) - len(text[begins:].lstrip())
    after = re.search(r"[.!?\n]", text[found.end() :])
    ends = found.end() + after.end() if after else len(text)
    return quotable.quote(start + begins, start + ends)
