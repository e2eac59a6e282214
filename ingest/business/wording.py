"""What is moved: the words that a proposal leads into, or that a form gives under a label."""

from __future__ import annotations

import re

from ingest.business.extents import extent
from ingest.business.proposals import Proposal
from ingest.business.regions import Region
from ingest.paper import Span

_LEAD = re.compile(
    r"[\s,;.:]*(?:and\s)?(?:it\swas\s|was\s)?(?:unanimously\s)?(?:resolved|agreed|carried|adopted"
    r"|recommended|decided)?(?:\sby\s[\w ]{3,30}?(?=\s(?:that|to)\b))?[ ]?[:,]?[ ]?"
    r"(?:(?:that\s)?(?:the|an?|as\san)\s(?:following\s)?(?:substantive\s)?"
    r"(?:motion|amendment|proposal)s?\b[^:“\n]{0,90}?(?=\bthat\b|:|“|$))?[ ]?:?[ ]?"
    r"(?:that\b|to\b)?",
    re.IGNORECASE | re.MULTILINE,
)
"""What stands between a proposal and its words: ", it was agreed that"."""
_BELOW = re.compile(
    r"[\s:;,.]*(?:and\s)?(?:it\swas\s)?(?:resolved|agreed)?\s?(?:that\b)?[\s:;,.]*(?=\S)",
    re.IGNORECASE,
)
_ENDS_IN_THAT = re.compile(r"\bthat\W*$", re.IGNORECASE)
_TOLD_AT_ONCE = re.compile(
    r"[,;]?\s(?:and|which)\s(?:(?:it|this|that|the\s(?:motion|amendment|proposal))\s)?(?:was|were)\s"
    r"(?:(?:then|duly|put\sto\sthe\svote\sand)\s)*(?:unanimously\s)?"
    r"(?:agreed|carried|lost|defeated|approved|accepted|seconded)\b[^,;:.\n]{0,40}\.?\s*$"
)
"""What became of a proposal, at the end of the sentence that makes it."""
_ON_FORM = re.compile(r"(?:proposer|mover|(?:proposed|moved|submitted)\sby)\s?:", re.IGNORECASE)
"""A proposal on a form: amendments to a budget are published so, each by itself."""
_PURPOSE = re.compile(
    r"^\W*(?:(?:proposed|text\sof|details\sof)\s)?(?:the\s)?(?:purpose|motion|amendment|proposal|wording)"
    r"[^\n:]{0,40}:",
    re.IGNORECASE | re.MULTILINE,
)
_LABEL = re.compile(r"^[A-Z][^\n:.;]{2,80}:(?:\s|$)", re.MULTILINE)
_RESOLVED = re.compile(
    r"(?:^|(?<=[.;]\s))\W*(?:\d[\w.]*\s)?(?:it\swas\s)?(?:unanimously\s)?(?P<done>resolved|agreed)\b\s?[:–\-]?\s?"
    r"(?:unanimously\s)?[:,]?\s?(?:that\b|to\b)?",
    re.IGNORECASE | re.MULTILINE,
)
_ONLY_TOLD = re.compile(
    r"[\s,;.()–\-]*(?:and\s)?(?P<how>(?:(?:all|unanimous\w*|vote[ds]?|were|was|in\sfavour|agreed|carried"
    r"|approved|passed|resolved)\b[\s,.]?){0,4})[)\s.]*$",
    re.IGNORECASE,
)
"""What is left of a paragraph that says no more than how the vote went."""
_MOVES = re.compile(r"\b(?:propos|second|mov|nominat)\w+", re.IGNORECASE)
_FEWEST_CHARS = 15
_CLOSED = (".", ";", "(", "[", ",", "–", "-")
"""What ends the words before the frame that names who proposed them."""
_FORM_CHARS = 600
"""Characters of a form between who proposes and the label of what is proposed."""


def words_moved(region: Region, event: Proposal) -> Span | None:
    """Return what is moved: the quotation or list that the proposal leads into, or its sentence."""
    labelled = _labelled_words(region, event) or _words_before(region, event)
    if labelled is not None:
        return labelled
    line_end = region.line_end(event.leads)
    told = _LEAD.match(region.text, event.leads, line_end)
    led = told.end() if told else event.leads
    if region.text[led:line_end].strip(' :;,.-–“"'):
        _, sentence_end = region.sentence(led + 1)
        told = _TOLD_AT_ONCE.search(region.text, led, sentence_end)
        if told:
            return _trimmed(region, led, told.start())
        if sentence_end < line_end and region.text[sentence_end - 1] != ":":
            return _trimmed(region, led, sentence_end)
        return _trimmed(region, led, extent(region, event.leads, led))
    rest = region.text[event.leads : line_end].rstrip()
    below = _BELOW.match(region.text, led)
    at = below.end() if below else led
    if region.text[at : at + 1] == "“":
        return _trimmed(region, at, extent(region, at, at + 1))
    if rest.endswith((":", "that", "motion", "amendment")):
        return _trimmed(
            region, at, max(extent(region, event.leads, event.leads), region.line_end(at))
        )
    that = below is not None and _ENDS_IN_THAT.search(below.group()) is not None
    if that or region.text[at : at + 4].lower() == "that":
        return _trimmed(region, at, region.line_end(at))
    return None


def _words_before(region: Region, event: Proposal) -> Span | None:
    """Return what was resolved before it is said by whom: "To mend it. Proposed by Cllr Pell"."""
    told = _ONLY_TOLD.match(region.text, event.end, region.line_end(event.end))
    lead = resolved_before(region, event)
    if event.refers or told is None or not (lead or told["how"]):
        return None
    start = lead.end() if lead else region.line_start(event.start)
    words = _trimmed(region, start, event.start)
    before = region.text[start : event.start].rstrip()
    if words is None or words[1] - words[0] < _FEWEST_CHARS or not before.endswith(_CLOSED):
        return None
    if _MOVES.search(before):
        return None
    return words[0], start + len(before.rstrip("([ ,;–-"))


def resolved_before(region: Region, event: Proposal) -> re.Match[str] | None:
    """Return the words that say, in a proposal's paragraph before it, that it was resolved."""
    paragraph = region.line_start(event.start), event.start
    return max(_RESOLVED.finditer(region.text, *paragraph), key=re.Match.start, default=None)


def _labelled_words(region: Region, event: Proposal) -> Span | None:
    """Return what a form gives below the label that says what is moved, up to its next label."""
    if not _ON_FORM.match(region.text, event.start):
        return None
    label = _PURPOSE.search(region.text, event.leads, event.leads + _FORM_CHARS)
    if label is None:
        return None
    line_end = region.line_end(label.end())
    if region.text[label.end() : line_end].strip():
        return _trimmed(region, label.end(), line_end)
    following = _LABEL.search(region.text, line_end + 1)
    # Without another label nothing tells where the form ends: its words are one paragraph.
    end = following.start() if following else region.line_end(line_end + 1)
    return _trimmed(region, label.end(), end)


def _trimmed(region: Region, start: int, end: int) -> Span | None:
    """Return a span without the commas and colons before it."""
    while start < end and region.text[start] in " ,;:.\n–-":
        start += 1
    return region.trimmed(start, end)
