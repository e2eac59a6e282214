"""What became of a motion: carried, lost, withdrawn, referred, deferred, noted, agreed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.business.regions import Region
from ingest.paper import Outcome

OUTCOMES = {
    "carried": Outcome.CARRIED,
    "passed": Outcome.CARRIED,
    "resolved": Outcome.CARRIED,
    "agreed": Outcome.AGREED,
    "accepted": Outcome.AGREED,
    "adopted": Outcome.AGREED,
    "approved": Outcome.AGREED,
    "endorsed": Outcome.AGREED,
    "supported": Outcome.AGREED,
    "lost": Outcome.LOST,
    "defeated": Outcome.LOST,
    "rejected": Outcome.LOST,
    "refused": Outcome.LOST,
    "fell": Outcome.LOST,
    "fall": Outcome.LOST,
    "falls": Outcome.LOST,
    "fallen": Outcome.LOST,
    "failed": Outcome.LOST,
    "withdrawn": Outcome.WITHDRAWN,
    "withdrew": Outcome.WITHDRAWN,
    "withdraw": Outcome.WITHDRAWN,
    "referred": Outcome.REFERRED,
    "refer": Outcome.REFERRED,
    "remitted": Outcome.REFERRED,
    "remit": Outcome.REFERRED,
    "deferred": Outcome.DEFERRED,
    "defer": Outcome.DEFERRED,
    "adjourned": Outcome.DEFERRED,
    "adjourn": Outcome.DEFERRED,
    "noted": Outcome.NOTED,
    "note": Outcome.NOTED,
    "adopt": Outcome.AGREED,
    "approve": Outcome.AGREED,
    "support": Outcome.AGREED,
}
_NOUN = (
    r"(?P<noun>(?:(?:substantive|amended|original|revised|composite|emergency)\s)*"
    r"(?:notices?\sof\smotion|motions?|amendments?|(?:proposals?|propositions?)(?!\s(?:of|from|by)\b)))"
)
_PAST = (
    r"(?P<done>carried|passed|agreed|accepted|adopted|approved|endorsed|supported|lost|defeated|rejected|fell"
    r"|falls|fallen|failed|withdrawn|referred|remitted|deferred|adjourned|noted)"
)
_TO_BE = (
    r"(?:was|were|is|are|be|being|been|it\swas|(?:should|would|will|to)\sbe|and|declared|then|duly|thus"
    r"|therefore|accordingly|hereby|unanimously|by|a|majority|vote|on|overwhelmingly|narrowly)"
)
_NOT = r"(?P<not>(?:not|neither)\s)?"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE | re.MULTILINE)
    for form in (
        # "Motion carried.", "Declared the motion lost", "AMENDMENT – LOST"
        rf"\b{_NOUN}\b(?:,?\sas\samended,?)?\s?[:–\-]?\s{_NOT}(?:unanimously\s)?{_PAST}\b(?!\sby\smembers)",
        # "The amendment at paragraph 3 was put to the vote and was lost"
        rf"\b{_NOUN}\b[^.;\n]{{0,140}}?\b(?:was|were|been|declared)\s"
        rf"(?:{_TO_BE}\s){{0,4}}?{_NOT}(?:{_TO_BE}\s){{0,3}}{_PAST}\b",
        rf"\b{_NOUN}\s(?:(?:should|would|will|to)\s)?be\s(?:{_TO_BE}\s){{0,2}}{_PAST}\b",
        r"\b(?P<done>fell|falls|failed)\b(?=[^.;\n]{0,30}\b(?:second|support|lack|want))",
        r"\b(?P<done>no\sseconder|not\sseconded|(?:lack|want)\sof\sa\sseconder)\b",
        # "It was agreed to refer this notice of motion to ..."
        r"\b(?:agreed|resolved|decided)\b[^.;\n]{0,30}?\bto\s"
        r"(?P<done>refer|defer|adjourn|withdraw|remit|adopt|approve|support|note)\b[^.;\n]{0,40}?"
        rf"\b(?:this|the|his|her|their|both)\s{_NOUN}",
        rf"\b(?P<done>withdrew)\b[^.;\n]{{0,30}}?\b(?:this|the|his|her|their)\s{_NOUN}",
        rf"\b(?:this|the|his|her)\s{_NOUN}\s(?P<done>fell|falls)\b",
        # "... to the vote and it was agreed"
        r"\bto\s(?:the|a)\svote\b[^.;\n]{0,40}?\b(?:it\s)?was\s(?P<not>not\s)?"
        r"(?P<done>carried|agreed|lost|defeated|passed|approved|rejected)\b",
    )
)
_PLAIN = re.compile(
    r"\b(?P<resolved>RESOLVED|[Aa]nd\s[Rr]esolved|(?:[Ii]t\s)?was\s(?:unanimously\s)?(?:further\s)?resolved"
    r"|[Rr]esolved\s(?:unanimously\s)?that)\b"
    r"|\b(?P<agreed>AGREED|[Aa]greed\sunanimously|(?:^|(?<=[.;:]\s))Agreed\b|[Ii]t\swas\s(?:(?!further|also)\w+\s)?agreed"
    r"|(?:(?:[Tt]his|and|which)\s(?:was\s)?(?:unanimously\s)?|[Ww]as\sunanimously\s)agreed"
    r"|(?:were|was)\sagreed|(?:and|was|were)\s(?:unanimously\s|duly\s)?(?:adopted|approved))\b"
    r"|\b(?P<carried>[Aa]ll\s(?:(?:were|voted|voting)\s)?in\sfavou?r|(?:and|was|were)\s(?:declared\s|duly\s|unanimously\s)*carried|CARRIED|(?:^|(?<=[.;:]\s))Carried)\b"
    r"|\b(?P<lost>(?:and|was|were)\s(?:declared\s|therefore\s)*(?:lost|defeated)|LOST|DEFEATED|(?:^|(?<=[.;:]\s))Lost)\b",
    re.MULTILINE,
)
_NOUNS = (
    "motion",
    "amendment",
    "proposal",
    "proposition",
    "seconder",
    "not seconded",
    "to a vote",
    "to the vote",
)
_STEMS = (
    "carried passed agreed accepted endorsed lost defeat reject fell"
    " falls fail withdr refer remit defer adjourn note seconder adopt approve support"
).split()
_ENDS = ("resolved", "agreed", "in favour", "adopted", "approved", "carried", "lost", "defeated")


_STOP = re.compile(r"[.;\n]")
_SENTENCE = 120


@dataclass(frozen=True, slots=True)
class Told:
    """Words of a region that tell an outcome: of an amendment, a motion, or neither by name."""

    start: int
    end: int
    outcome: Outcome
    of: str | None
    """"amendment", "motion", or None where no noun says which."""
    plain: bool = False
    """Only "It was agreed ...": tells the outcome of what it follows at once."""
    resolves: bool = False


def outcomes(region: Region) -> list[Told]:
    """Return the outcomes told in a region, in order."""
    found: list[Told] = []
    for each in _named(region):
        if not any(each.start < other.end and other.start < each.end for other in found):
            found.append(each)
    plain = [told for told in _plainly(region) if not _is_part(region, told, found)]
    return sorted([*found, *plain], key=lambda each: each.start)


def _plainly(region: Region) -> Iterator[Told]:
    windows = region.around(_ENDS, 40, 30)
    for match in (each for window in windows for each in _PLAIN.finditer(region.text, *window)):
        outcome = Outcome.AGREED
        if match["lost"]:
            outcome = Outcome.LOST
        elif match["resolved"] or match["carried"]:
            outcome = Outcome.CARRIED
        yield Told(match.start(), match.end(), outcome, None, True, bool(match["resolved"]))


def _is_part(region: Region, told: Told, named: Sequence[Told]) -> bool:
    """Tell "It was agreed that the motion be deferred" from an agreement to the motion."""
    return any(
        told.start < each.end
        and each.start < told.end + _SENTENCE
        and not _STOP.search(region.text, told.end, each.start)
        for each in named
    )


def _named(region: Region) -> Iterator[Told]:
    for start, end in region.around(_NOUNS, 80, 200):
        window = region.low[start:end]
        if not any(stem in window for stem in _STEMS):
            continue
        for match in (match for form in _FORMS for match in form.finditer(region.text, start, end)):
            said = match.groupdict()
            done = said["done"].lower()
            outcome = OUTCOMES.get(done, Outcome.LOST)  # "no seconder"
            if said.get("not"):
                outcome = Outcome.LOST
            yield Told(match.start(), match.end(), outcome, _of(said.get("noun")))


def _of(noun: str | None) -> str | None:
    if noun is None:
        return None
    words = noun.lower()
    if "amendment" in words:
        return "amendment"
    return "motion" if "motion" in words else None
