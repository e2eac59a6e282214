"""Who proposes and who seconds: the frames in which minutes of all councils say so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.business.names import SURE, WHO, tidy
from ingest.business.regions import Region

_ASIDE = r"(?:\s?\([^()\n]{1,60}\)|,\s(?:[A-Z]{2,4}\b,?\s?)+|,\s(?:[Tt]he\s)?[A-Z][^,.;\n]{2,70},)?"
_GAP = r"[\s,;.:–\-]{1,6}"
_WAS = r"(?:(?:was|is|being|then|duly|formally|it|also)\s){0,3}"
_FORMS = tuple(
    (re.compile(hint, re.IGNORECASE | re.DOTALL), re.compile(form, re.MULTILINE))
    for hint, form in (
        # "Mr Pell proposed and Mrs Dray seconded ..."
        (
            r"(?:proposed|moved).*\s(?:and|which)\s.*seconded",
            rf"(?P<proposer>{WHO}){_ASIDE},?\s?(?i:proposed|moved)\b[^.;\n]{{0,60}}?(?:,\s?|\s)(?:and|which)\s"
            rf"(?P<seconder>{WHO}){_ASIDE}\s?(?:formally\s|then\s)?(?i:seconded)\b",
        ),
        # "Proposed by Councillor Pell; Seconded by Councillor Dray;", "Proposer: ... Seconder: ..."
        (
            r"second",
            r"(?P<said>(?i:\b(?:proposed|moved|propos[ae]l|proposition|motion|nominated"
            r"|(?:proposer|mover)(?=\s?:))\b))"
            rf"\s?(?i:(?:by|of|from)\b)?\s?:?\s?(?P<proposer>{WHO}){_ASIDE}{_GAP}(?:and\s)?{_WAS}"
            rf"(?i:seconde[dr]|second)\b\s?(?i:by\b)?\s?:?\s?(?P<seconder>{WHO})",
        ),
        # "Councillor Pell, seconded by Councillor Dray, moved ..."
        (
            r"seconded\sby.*(?:moved|proposed)",
            rf"(?P<proposer>{WHO}){_ASIDE},?\s(?i:seconded\sby)\s(?P<seconder>{WHO}){_ASIDE},?\s?"
            r"(?i:(?:then\s|formally\s)?(?:moved|proposed))\b",
        ),
        # "Councillor Pell moved that ...", "The motion was proposed by Councillor Pell."
        (
            r"(?:proposed|moved),?\s(?:that|the|an?|as|“|\")",
            rf"(?P<proposer>{SURE}),?\s?(?:then\s|formally\s|accordingly\s)?(?i:proposed|moved)\b(?=,?\s"
            r"(?:that|the\s(?:following|motion|amendment|recommendation|adoption)|an?\s(?:motion|amendment"
            r"|friendly)|as\san\samendment|“|\"))",
        ),
        # "Councillor Pell nominated Councillor Dray as Chair."
        (
            r"nominated\s[A-Z]",
            rf"(?P<proposer>{SURE})\s?(?:then\s|also\s)?nominated\b(?=\s{SURE})",
        ),
        (
            r"(?:proposed|moved|proposer|mover)\b(?:\sby|\s?:|\s[A-Z])",
            r"(?P<said>(?i:\b(?:was|it\swas|is)\s(?:then\s)?(?:proposed|moved)\sby|^\W*(?:proposed|moved"
            rf"|proposer|mover)(?:\sby)?\s?:?))\s?(?P<proposer>{SURE})",
        ),
    )
)
_VERBS = (
    "second",
    "nominated",
    "moved",
    "mover",
    "proposer",
    "proposed",
    "proposal of",
    "proposition of",
)
_SECONDED = re.compile(
    rf"(?i:\bseconded\sby\s?:?|^\W*seconded\s?:|^\W*seconder\s?:)\s?(?P<by>{WHO})"
    rf"|(?P<name>{SURE})\s?(?:formally\s|then\s|duly\s)?seconded\b",
    re.MULTILINE,
)
_AMENDMENT = re.compile(
    r"\b(?:(?P<amendment>amendments?\b(?!\sto\sthe\smotion\swas\scarried))"
    r"|(?P<motion>(?:amended |substantive |original )?motions?\b))",
    re.IGNORECASE,
)
_BEFORE, _AFTER = 160, 200
"""Characters before and after the verb in which a proposal is read."""
_NEAR = 240
"""Characters after a proposal within which its seconder is named."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """One proposal: where it is said, by whom, and whether it is of an amendment.

    Attributes:
        start: the first character of the words that say so, in the region.
        leads: where the words end that lead into what is proposed.
    end: where the last of these words ends, the seconder's, too.
        refers: it names a motion that the paper has given already ("The motion was proposed by").
    """

    start: int
    leads: int
    end: int
    proposer: str | None
    seconder: str | None
    amendment: bool
    refers: bool


def proposals(region: Region) -> list[Proposal]:
    """Return the proposals of a region in order; of two readings of one, the fuller."""
    taken: list[Proposal] = []
    for start, end in region.around(_VERBS, _BEFORE, _AFTER):
        for each in _read(region, start, end):
            if not any(each.start < other.end and other.start < each.end for other in taken):
                taken.append(each)
    return sorted(taken, key=lambda each: each.start)


def _read(region: Region, first: int, last: int) -> Iterator[Proposal]:
    """Yield the proposals between two places by form, the surest form first."""
    window = region.text[first:last]
    forms = [form for hint, form in _FORMS if hint.search(window)]
    for form in forms:
        for match in form.finditer(region.text, first, last):
            found = match.groupdict()
            start, leads = match.span()
            end = leads
            seconder = found.get("seconder")
            if seconder is None:
                second = _seconded(region, end)
                if second:
                    seconder, end = second["by"] or second["name"], second.end()
            yield Proposal(
                start=start,
                leads=leads,
                end=end,
                proposer=tidy(found["proposer"]),
                seconder=tidy(seconder),
                amendment=_is_amendment(region, start, leads),
                refers=_refers(region, start),
            )


def _seconded(region: Region, at: int) -> re.Match[str] | None:
    """Return who seconds what was proposed at a place: said in its paragraph or at once below."""
    return _SECONDED.search(region.text, at, max(at + _NEAR, region.line_end(at)))


def _is_amendment(region: Region, start: int, end: int) -> bool:
    """Tell whether the sentence of a proposal speaks of an amendment first."""
    first, last = region.sentence(start)
    before = region.text[first:start]
    after = region.text[start : min(max(end, last), end + 120)]
    for words in (after, before[-80:]):
        match = _AMENDMENT.search(words)
        if match:
            return match["amendment"] is not None
    return False


def _refers(region: Region, start: int) -> bool:
    """Tell "The motion was proposed by ..." from a proposal that says what it proposes."""
    first = region.line_start(start)
    before = region.text[first:start]
    return bool(
        re.search(
            r"(?i:\b(?:the|this|his|her)\s(?:notice\sof\s)?(?:motion|amendment)\b[^.;:]{0,25}$)",
            before,
        )
    )
