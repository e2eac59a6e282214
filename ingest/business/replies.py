"""Where a reply begins and ends, and who gives it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.business.names import SURE, tidy
from ingest.business.regions import Region
from ingest.paper import Span

_REPLY = re.compile(
    r"^\W{0,4}(?:(?:written\s|oral\s|verbal\s|officers?[’']?s?\s)?(?:reply|answer|response)|freagra|ateb|ymateb)\b"
    r"(?:\s?(?:by|from|of)\s(?:the\s)?(?P<by>[^:\n]{3,120}?))?(?:\s?\([^)\n]{2,80}\))?"
    r"(?:\s?[:.–\-]+\s*|\s*\n|\s*$)",
    re.IGNORECASE | re.MULTILINE,
)
_SAID = re.compile(
    rf"^(?:In\s(?:reply|response|answer)(?:ing)?\b[^.\n]{{0,60}}?,?\s)?(?P<by>{SURE}|[Tt]he\s[A-Z][^.,;\n]{{3,60}}?)\s"
    r"(?:replied|responded|answered|in\sreply|in\sresponse|thanked|stated|confirmed|advised|explained"
    r"|informed|said|outlined|reported|undertook)\b"
    r"|^It\swas\s(?:stated|confirmed|explained|reported|advised|outlined)\b",
    re.MULTILINE,
)
_ENDS = re.compile(
    r"^\W{0,3}(?:in\s(?:discussing|proposing|seconding|considering)\s|the\s(?:notice\sof\s)?motion\s(?:was|is)\b"
    r"|it\swas\s(?:agreed|resolved|proposed)|members\s(?:noted|supported|welcomed|discussed|agreed)|proposed\sby"
    r"|supplementary\s(?:question|reply|answer)|on\sthe\s(?:proposal|proposition)\sof|signed\b"
    r"|following\s(?:a\s)?discussion|the\smeeting\s(?:then\s)?(?:concluded|ended|closed|adjourned)"
    r"|this\sconcluded|motion\s(?:carried|lost))",
    re.IGNORECASE | re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Reply:
    """A reply: who gives it, and its words without the label, in the region."""

    at: int
    """Where its label or its first word stands."""
    by: str | None
    span: Span


def reply_of(region: Region, start: int, end: int | None = None) -> Reply | None:
    """Return the first reply between two places of a region."""
    last = len(region.text) if end is None else end
    label = _REPLY.search(region.text, start, last)
    if label:
        stop = _ENDS.search(region.text, label.end(), last)
        span = region.trimmed(label.end(), stop.start() if stop else last)
        return Reply(label.start(), tidy(label["by"]), span) if span else None
    return None


def said_reply(region: Region, start: int, end: int) -> Reply | None:
    """Return the reply that the minutes report: "In reply the Leader said ..."."""
    said = _SAID.search(region.text, start, end)
    if said is None:
        return None
    stop = _ENDS.search(region.text, region.line_end(said.end()), end)
    span = region.trimmed(said.start(), stop.start() if stop else end)
    by = tidy(re.sub(r"^[Tt]he\s", "", said["by"] or ""))
    return Reply(said.start(), by, span) if span else None
