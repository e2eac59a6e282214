"""Motions and amendments: from their proposal or notice over their votes to their outcome."""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.business.elections import elect
from ingest.business.moved import Moved
from ingest.business.names import SEVERAL, last_name, tidy
from ingest.business.outcomes import OUTCOMES, Told, outcomes
from ingest.business.proposals import Proposal, proposals
from ingest.business.regions import Region
from ingest.business.replies import reply_of
from ingest.business.votes import votes
from ingest.business.wording import resolved_before, words_moved
from ingest.paper import ItemKind, Motion, Span, Vote

_NOTICE = re.compile(
    r"^\W*(?:\d{1,3}\W{1,3})?(?i:(?:adjourned |deferred |emergency )*(?:notices? of )?"
    r"motions?\b[^\n]{0,40}?"
    r"\b(?:submitted|tabled|proposed|from|by)\b(?:\sby|\sfrom|\sin the names? of)?)\s?:?\s?"
    rf"(?P<who>{SEVERAL})"
)
_WHO_FIRST = re.compile(rf"\b(?:by|from|name of)\s?:?\s?(?P<who>{SEVERAL})")
_NUMBER = re.compile(r"\s*\d{1,3}[.)]\s")
_WRAPPED = re.compile(r"(?:,|\band|&|\s[A-Z]\.|\bCllrs?\.|\bCouncillors?)\s*\Z")
"""The end of a line of names that go on in the next."""
_MOVES = re.compile(
    r"^\W*(?:[I|l!]\W{0,2})?(?:will|shall|wish to|beg to)\s(?:move|propose)\b", re.I
)
_SAID_ABOUT = re.compile(
    r"^\W*(?:the\s(?:notice\sof\s)?motion\b|proposed\b|seconded\b|it\swas\b|this\s(?:notice|motion)|in\s"
    r"(?:proposing|seconding|moving|discussing|response|reply|relation|considering)\b|reply\b|response\b"
    r"|members\b|following\b|on\sthe\s|councillors?\s[\w.’' ]{2,40}\b(?:moved|proposed|seconded"
    r"|said|spoke|stated)|councillor\s[^.\n]{2,40},\sin\s"
    r"(?:proposing|seconding)\b|an?\samendment\b|agreed\b|resolved\b|carried\b|withdrawn\b"
    r"|with\sthe\s(?:permission|agreement|consent))",
    re.IGNORECASE,
)
_SET_AGAINST = re.compile(r"the\smotion\b[^.;\n]*\bthe\samendment\b", re.IGNORECASE)
"""A Scottish division: so many for the motion, so many for the amendment."""
_OF_MOTION = re.compile(r"\bmotion\b(?!.*amendment)", re.DOTALL)
_AT_ONCE = 260
"""Characters after a proposal or its words within which a plain "It was agreed" is of it."""
_VOTE_AFTER = 160
"""Characters after an outcome within which the figures of its vote may still follow."""


def motions(region: Region) -> list[Motion]:
    """Return the motions of one item's own words, in order, placed in the paper's text."""
    found = _read(region)
    kept = [each for each in found if _is_motion(each)]
    return [_placed(region, each) for each in kept]


def _is_motion(each: Moved) -> bool:
    """Tell a motion from somebody's suggestion: it was seconded, put, or given notice of."""
    return bool(each.notice or each.seconder or each.outcome or each.vote or each.amendments)


def _read(region: Region) -> list[Moved]:
    notice = _notice(region)
    found = [notice] if notice else []
    moved = proposals(region)
    if not moved and not notice:
        return []
    events: list[tuple[int, int, Proposal | Vote | Told]] = [
        *((each.start, 0, each) for each in moved),
        *((each.span[0], 1, each) for each in votes(region)),
        *((each.start, 2, each) for each in outcomes(region)),
    ]
    for at, _, event in sorted(events, key=lambda each: each[:2]):
        if notice and at < notice.start + len(_heading(region)):
            continue
        if isinstance(event, Proposal):
            _propose(region, found, event)
        elif found and isinstance(event, Vote):
            _count(region, found[-1], event)
        elif found and isinstance(event, Told):
            _tell(region, found[-1], event)
    elect(region, found)
    return found


def _heading(region: Region) -> str:
    return region.text[: region.line_end(0)]


def _notice(region: Region) -> Moved | None:
    """Read a notice of motion: its item's heading names who gives it, and its words follow."""
    if region.kind is not ItemKind.MOTION or not region.heads:
        return None
    head_end = region.line_end(0)
    head = _NOTICE.match(region.text[: head_end + 1]) or _NOTICE.match(_two_lines(region))
    if head is None:
        return None
    heading_end = region.line_end(head.end())
    while _WRAPPED.search(region.text[:heading_end]) or region.text[heading_end + 1 :][:1] == "(":
        after = region.line_end(heading_end + 1)
        if after <= heading_end:
            break
        heading_end = after
    who = _WHO_FIRST.search(region.text[:heading_end].replace("\n", " "))
    words = _noticed_words(region, heading_end)
    reply = reply_of(region, heading_end)
    end = max(words[1] if words else 0, heading_end)
    proposer = tidy(who["who"] if who else head["who"])
    return Moved(0, end, words, proposer, None, True, reply=reply.span if reply else None)


def _two_lines(region: Region) -> str:
    return region.text[: region.line_end(region.line_end(0) + 1)].replace("\n", " ", 1)


def _noticed_words(region: Region, at: int) -> Span | None:
    """Return the motion's own words below its heading: up to what is said about it."""
    start = at
    end = start
    moved = False
    while end + 1 < len(region.text):
        first = end + 1
        stop = region.line_end(first)
        line = region.text[first:stop]
        moves = _MOVES.match(line) is not None
        if (moves and moved) or (_SAID_ABOUT.match(line) and not moves):
            break
        moved = moved or moves
        end = stop
    number = _NUMBER.match(region.text, start)
    return region.trimmed(number.end() if number else start, end)


def _propose(region: Region, found: list[Moved], event: Proposal) -> None:
    """Take in a proposal: of a motion given above, of an amendment to it, or of a new motion."""
    words = words_moved(region, event)
    start = min(event.start, words[0]) if words else event.start
    made = Moved(start, event.end, words, event.proposer, event.seconder)
    resolved = resolved_before(region, event) if start < event.start else None
    if resolved:
        made.outcome = OUTCOMES[resolved["done"].lower()]
        made.told = resolved.span("done")
        made.start = min(made.start, resolved.start("done"))
    made.amends = event.amendment
    made.end = made.said
    if not found:
        found.append(made)
        return
    last = found[-1]
    for each in [last, *last.amendments]:
        if each.words and each.words[0] <= event.start < each.words[1] - 1:
            return  # the motion's own words speak of proposing
    for each in [*last.amendments[-1:], last]:
        if event.refers and each.outcome is None and _goes_on(each, event):
            each.proposer = each.proposer or event.proposer
            each.seconder = each.seconder or event.seconder
            each.end = max(each.end, event.end)
            last.end = max(last.end, each.end)
            return
    if made.words is None and _restates(last, event):
        return
    if event.amendment and not last.amends:
        last.amendments.append(made)
        last.end = max(last.end, made.end)
    elif last.seconder is None and last.outcome is None and _same(last, event):
        last.seconder = event.seconder
        last.end = max(last.end, event.end)
    else:
        found.append(made)


def _goes_on(motion: Moved, event: Proposal) -> bool:
    """Tell whether "The motion was proposed by ..." is said of a motion that was given above."""
    if event.amendment != motion.amends and not (event.amendment and motion.seconder is None):
        return False
    if event.amendment:
        return motion.seconder is None and last_name(motion.proposer) == last_name(event.proposer)
    return True


def _same(motion: Moved, event: Proposal) -> bool:
    """Tell whether who gave notice of a motion now proposes it: by the last name."""
    same = last_name(motion.proposer) == last_name(event.proposer)
    return motion.notice and event.seconder is not None and same


def _restates(motion: Moved, event: Proposal) -> bool:
    """Tell whether the names on a form are given again where its paper begins."""
    seconded = motion.seconder is not None and motion.outcome is None and motion.vote is None
    return (
        seconded
        and last_name(motion.proposer) == last_name(event.proposer)
        and last_name(motion.seconder) == last_name(event.seconder)
    )


def _target(motion: Moved, at: int, of: str | None, words: str) -> Moved:
    """Return what an event is of: the amendment last moved, until it is settled, or the motion."""
    amendment = motion.amendments[-1] if motion.amendments else None
    if of == "motion" and not (amendment and amendment.outcome is None and "amendment" in words):
        return motion
    if amendment is None or at < amendment.start:
        return motion
    if of == "amendment" or amendment.outcome is None:
        return amendment
    return motion


def _count(region: Region, motion: Moved, event: Vote) -> None:
    """Give a vote to the motion or the amendment that it was taken on."""
    start, _ = region.sentence(event.span[0])
    before = region.text[max(motion.start, start - 200) : event.span[1]].lower()
    if motion.amendments and _SET_AGAINST.search(region.text, *event.span):
        amendment = motion.amendments[-1]
        motion.vote = motion.vote or event
        amendment.vote = replace(event, in_favour=event.against, against=event.in_favour)
        amendment.end = motion.end = max(motion.end, event.span[1])
        return
    sentence = region.text[start : event.span[1]].lower()
    last = motion.amendments[-1] if motion.amendments else None
    if last and last.vote is None and last.told and start <= last.told[0]:
        each = last  # "The amendment was lost by four votes to seven."
    else:
        named = sentence if "motion" in sentence or "amendment" in sentence else before
        of = "motion" if _OF_MOTION.search(named) else None
        each = _target(motion, event.span[0], of, named)
    if each.words and each.words[0] <= event.span[0] < each.words[1] and event.manner is None:
        return
    late = each.told is not None and event.span[0] - each.told[1] > _VOTE_AFTER
    if late or (event.span[0] - each.said > _AT_ONCE and event.in_favour is None):
        return
    if each.vote is None or (each.vote.in_favour is None and event.in_favour is not None):
        each.vote = event
        each.end = max(each.end, event.span[1])
        motion.end = max(motion.end, each.end)


def _tell(region: Region, motion: Moved, event: Told) -> None:
    sentence = region.text[slice(*region.sentence(event.start))].lower()
    each = _target(motion, event.start, event.of, sentence)
    if each.outcome is not None:
        return
    inside = each.words is not None and each.words[0] <= event.start < each.words[1]
    if inside and (each.notice or not event.plain):
        return
    if each.reply and each.reply[0] <= event.start < each.reply[1]:
        return
    near = event.start - each.said <= _AT_ONCE
    since_vote = each.vote is not None and event.start - each.vote.span[1] <= _AT_ONCE
    if event.plain and not (near or since_vote or event.resolves):
        return
    if event.of is None and not event.plain and not (near or since_vote):
        return
    each.outcome, each.told = event.outcome, (event.start, event.end)
    each.end = max(each.end, event.end)
    motion.end = max(motion.end, each.end)


def _placed(region: Region, each: Moved, amendment: bool = False) -> Motion:
    def shifted(span: Span | None) -> Span | None:
        return (region.start + span[0], region.start + span[1]) if span else None

    vote = each.vote
    amendments = tuple(_placed(region, one, True) for one in each.amendments)
    ends = [each.end, *(one.span[1] - region.start for one in amendments)]
    if each.reply:
        ends.append(each.reply[1])
    return Motion(
        item=region.item,
        span=(region.start + each.start, region.start + max(ends)),
        words=shifted(each.words),
        proposer=each.proposer,
        seconder=each.seconder,
        vote=Vote(
            (region.start + vote.span[0], region.start + vote.span[1]),
            vote.in_favour,
            vote.against,
            vote.abstaining,
            vote.manner,
        )
        if vote
        else None,
        outcome=each.outcome,
        outcome_at=shifted(each.told),
        reply=shifted(each.reply),
        amendments=amendments,
    )
