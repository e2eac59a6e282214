"""Cuts a paper into sentences and says in which part of its item of business each one stands.

"The road will be inspected" is a promise in a reply, a wish in a motion, and nothing of the sort in
a question. So each sentence comes with its part, the words that lead into it ("RESOLVED that:")
and, for what was only proposed, what became of it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from ingest.commitments.clauses import holds_any
from ingest.commitments.outcomes import Outcome, outcome_after
from ingest.paper import AgendaItem, Block, BlockRole, CleanText, PaperKind
from ingest.sentences import sentence_spans


class Part(StrEnum):
    """What the words of a sentence are in their item of business."""

    MINUTE = "minute"
    """What happened and what was said."""
    REPLY = "reply"
    """The council's written reply to a question or motion."""
    QUESTION = "question"
    """The words of a question."""
    PROPOSAL = "proposal"
    """The words of a motion or amendment."""
    RESOLUTION = "resolution"
    """What was resolved."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that may hold an undertaking: text[start:end] of its paper."""

    start: int
    end: int
    words: str
    part: Part
    lead: str
    """What leads into it ("RESOLVED that the Cabinet:"); "" where nothing does."""
    after: str
    """Of a proposal: the rest of its item, as far as it tells what became of it."""
    item: int | None
    """Position of its innermost agenda item."""
    replier: str | None
    """Whose reply it is, where its heading says so."""
    outcome: Outcome | None
    """What became of a proposal; None for everything else."""


AFTERMATH = 4_000
"""Characters behind a proposal in which its seconder or outcome stands, if anywhere: a recorded
vote by name comes between."""

MARK = re.compile(r"[\W_]*(?:\(?(?:[a-z]|[ivx]{1,4}|\d{1,3}(?:\.\d{1,2})*)[.)]\s+)?[“\"‘•*\s]*")
_RESOLVED = re.compile(
    r"\b(?:RESOLVED|RESOLUTION|AGREED|DECIDED|DECISION|RECOMMENDED|ASKED|REQUESTED|INSTRUCTED)\b"
    r"|^Decisions?\s?:"
    r"|\b(?:resolved|agreed|decided|determined)(?:,? (?:unanimously|by consensus))?"
    r"(?:,? (?:to|that)(?: \w+){0,5})? ?:[-–—]?(?=\s|$)"
    r"|^(?:Accordingly,? )?(?:The|This) (?:[A-Z][\w’'-]* ?|and |for |of ){1,8}"
    r"(?:unanimously )?(?:resolved|RESOLVED)\b"
    r"|^(?:It was )?(?:unanimously )?[Rr]esolved\b"
)
_NOTICE = re.compile(
    r"(?:[I1l|]|We)(?: hereby| wish to| beg to| would like to| intend to| will| shall|,)*"
    r" (?:move|propose|give notice)\b"
    r"|(?:That )?[Tt]his (?:[A-Z]\w+ ?){1,4}(?: \w+){0,2} "
    r"(?:calls (?:on|upon)|resolves|asks|requests|agrees|urges|believes|notes)\b"
)
_LEADS_ON = re.compile(r"^.{0,400}(?:[:;,–-]|\b(?:and|that|to))\s*$")
"""How words end that lead into a list, or begin one."""
_FORMAL = (
    *("esolv", "ESOL", "gree", "GREE", "ecid", "ecis", "ECI", "etermin", "ECOMM", "ASKED"),
    *("REQUES", "INSTR", "moved", "proposed"),
)
"""What a resolution and a motion cannot be without: quick to look for."""
_MOVED = re.compile(
    r"\b(?:proposed|moved)\b[^.]{0,80}\bseconded\b[^.]{0,60}"
    r"(?:\b(?:motion|amendment)s?\b(?! (?:was|were))|\bthat\b|:)"
    r"|\b(?:proposed|moved)\b[^.]{0,60}\b(?:the following|an?) (?:\w+ )?(?:motion|amendment)\b"
)
_ASKS = re.compile(
    r"(?:[I1l|]|We)(?: wish to| would like to| will| shall)* ask\b|(?:QUESTION|Question)\b(?:"
    r" \d+)?\s?[:.]"
    r"|(?:Question|QUESTION)(?: \d+)?(?: (?:from|by|asked by|submitted by)\b|$)"
)
_REPLIES = re.compile(
    r"(?:(?:WRITTEN |Written |Supplementary )?(?:REPLY|Reply|RESPONSE|Response|ANSWER|Answer)"
    r"(?:\s?:|\s(?:[Ff]rom|[Bb]y|[Oo]f|FROM|BY)\b|\s*$)|A\s?:\s)"
)
_MOVES = ("moved", "proposed")
_REPLIER = re.compile(
    r"[\w ]{0,24}?(?:[Ff]rom|[Bb]y|[Oo]f|FROM|BY)\s(?P<who>(?:the |The"
    r" )?[A-Z][^:;.\n]{2,90}?)(?=\s?:|\.|$|\n)"
)
_OVER = re.compile(
    r"\b(?:Following (?:the|a|further|debate|discussion)|[Pp]ut(?:ting)? (?:the|this|to)|[Oo]n"
    r" being put"
    r"|RESOLVED|(?:[Mm]otion|[Aa]mendment)s? (?:was|were|lost|carried|fell|not)|[Ii]t was agreed"
    r"|In (?:proposing|seconding|reply)|[Vv]oting was|For \(\d|(?:was|were) (?:then )?seconded)\b"
)


def candidates(
    text: CleanText, items: Sequence[AgendaItem], kind: PaperKind
) -> tuple[Candidate, ...]:
    """Return the sentences of a paper's paragraphs and list entries, in order."""
    found: list[Candidate] = []
    inside = _innermost(text.blocks, items)
    for number, item in enumerate(inside):
        if number == 0 or item != inside[number - 1]:
            reader = _Reader(Part.REPLY if kind is PaperKind.DECISION else Part.MINUTE)
        block = text.blocks[number]
        words = text.text[block.start : block.end]
        for part, lead, (start, end) in reader.read(words, block.role):
            found.append(
                Candidate(
                    start=block.start + start,
                    end=block.start + end,
                    words=words[start:end],
                    part=part,
                    lead=lead,
                    after="",
                    item=item,
                    replier=reader.replier if part is Part.REPLY else None,
                    outcome=None,
                )
            )
    return tuple(_with_outcomes(text.text, items, found))


def _innermost(blocks: Sequence[Block], items: Sequence[AgendaItem]) -> list[int | None]:
    """Return for each block the position of the innermost item that holds its beginning."""
    starts = [block.start for block in blocks]
    inside: list[int | None] = [None] * len(blocks)
    for item in sorted(items, key=lambda each: each.depth):
        for at in range(bisect_left(starts, item.start), bisect_left(starts, item.end)):
            inside[at] = item.position
    return inside


def _with_outcomes(
    text: str, items: Sequence[AgendaItem], found: Sequence[Candidate]
) -> Iterator[Candidate]:
    """Say of each sentence what follows it, and of proposals what became of them.

    A motion is judged by what follows its last sentence: its own words may speak of motions passed.
    """
    last = len(text)
    told: list[Candidate] = []
    for each, following in zip(reversed(found), [None, *reversed(found)], strict=False):
        same = following and following.item == each.item and following.part is each.part
        last = last if same else each.end
        until = items[each.item].end if each.item is not None else len(text)
        outcome = None
        if each.part is Part.PROPOSAL:
            outcome = outcome_after(text[last : min(until, last + AFTERMATH)])
        if each.part is Part.PROPOSAL or holds_any(each.words, _MOVES):
            after = text[each.end : min(until, each.end + AFTERMATH)]
            told.append(replace(each, after=after, outcome=outcome))
        else:
            told.append(each)
    yield from reversed(told)


class _Reader:
    """Follows an item of business block by block."""

    def __init__(self, part: Part) -> None:
        self._base = part
        self._part = part
        self._lead = ""
        self.replier: str | None = None
        """Whose reply is being read."""
        self._quoting = False
        """A motion is being set out over several blocks."""

    def read(self, words: str, role: BlockRole) -> Iterator[tuple[Part, str, tuple[int, int]]]:
        """Yield (part, lead, span) for each sentence of a block."""
        mark = MARK.match(words)
        begin = mark.end() if mark else 0
        self._open(words, begin, role)
        if role in (BlockRole.HEADING, BlockRole.TABLE_ROW):
            return
        for start, end in sentence_spans(words):
            sentence = words[start:end]
            self._turn(sentence, max(start, begin) - start)
            yield self._part, self._lead, (start, end)
        self._close(words)

    def _open(self, words: str, begin: int, role: BlockRole) -> None:
        """Say what a block is, from how it begins and from what stood before it."""
        head = words[begin:]
        if _REPLIES.match(head):
            self._base = self._part = Part.REPLY
            named = _REPLIER.match(head)
            self.replier = named["who"].strip() if named else None
            self._lead, self._quoting = "", False
        elif _ASKS.match(head):
            self._part, self._lead = Part.QUESTION, ""
        elif self._part is Part.QUESTION and (begin or role is BlockRole.LIST_ITEM):
            pass  # a question of several parts
        elif role is BlockRole.HEADING:
            self._part, self._lead, self._quoting = self._base, "", False
        elif self._quoting and not _OVER.search(head[:120]):
            self._part = Part.PROPOSAL
        elif not (self._lead and (role is BlockRole.LIST_ITEM or begin or head[:1].islower())):
            self._part, self._lead, self._quoting = self._base, "", False

    def _turn(self, sentence: str, begin: int) -> None:
        """Say what a sentence is, where it starts something of its own."""
        head = sentence[begin:]
        if _NOTICE.match(head):
            self._part = Part.PROPOSAL
        elif _ASKS.match(head):
            self._part = Part.QUESTION
        elif not holds_any(head, _FORMAL):
            if self._part is Part.RESOLUTION and not self._lead:
                self._part = self._base
        elif _RESOLVED.search(head) and not self._quoting:
            self._part = Part.RESOLUTION
            self._lead = sentence if _LEADS_ON.search(sentence) else ""
        elif _MOVED.search(head):
            self._part = Part.PROPOSAL
            self._quoting = bool(re.search(r"[:“\"]|that$|(?:motion|amendment)\.?$", head))
        elif self._part is Part.RESOLUTION and not self._lead:
            self._part = self._base

    def _close(self, words: str) -> None:
        """Carry on, or not, what a block began."""
        if self._quoting and re.search(r"[”\"][.;]?$", words):
            self._quoting = False
        if self._part is Part.PROPOSAL and not self._quoting:
            self._part = self._base
