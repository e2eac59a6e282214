"""What a meeting resolved, agreed or decided, or is recommended to: the words, and their parts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.business.elections import elected
from ingest.business.extents import MARK, clauses, extent, list_end, unbroken
from ingest.business.regions import Region
from ingest.paper import Resolution, Ruling

_CUE = re.compile(
    r"\b(?P<caps>RESOLVED|AGREED|DECIDED|RECOMMENDED|PENDERFYNWYD)\b(?:\s(?:unanimously|UNANIMOUSLY"
    r"|nem\.?\scon\.?))?\W{0,3}(?:(?:that|to|THAT|TO)\b)?"
    r"|\b[Ii]t\s(?:was|is)\s(?:then\s|also\s|further\s|therefore\s|unanimously\s|accordingly\s){0,2}"
    r"(?P<was>agreed|resolved|decided|recommended)\b(?:\sby\s[\w\s]{3,40}?)?,?\s(?:that|to)\b"
    r"|^\W*(?:[Aa]nd\s)?(?P<line>Resolved|Agreed|Decided|Recommended)\b(?:\s(?:unanimously))?\W{0,3}(?:that|to|:)"
    r"|\b(?:The\s)?(?:Council|Committee|Cabinet|Board|Panel|Members|Sub-Committee)\s(?:then\s|unanimously\s"
    r"|also\s|further\s|having[^.\n]{3,160}?,\s)?(?P<body>agreed|resolved|decided)\s(?:that|to)\b"
    r"|^\W*(?:\d{1,2}(?:\.\d{1,2})?\W{1,3})?(?P<label>Decisions?|Recommendations?|Recommendation\(s\)|Resolution"
    r"|Resolutions|RECOMMENDATIONS?|DECISIONS?|RECOMMENDATION\(S\)|RESOLUTION)(?:\s(?:No\.?\s?)?\d{1,2})?\s?(?::|$)",
    re.MULTILINE,
)
_RULINGS = {
    "resol": Ruling.RESOLVED,
    "pende": Ruling.RESOLVED,
    "agree": Ruling.AGREED,
    "decid": Ruling.DECIDED,
    "decis": Ruling.DECIDED,
    "recom": Ruling.RECOMMENDED,
}
_STEMS = ("resol", "agree", "decid", "decis", "recommend", "penderf")
_CONTENTS = re.compile(r"\.{4,}|\s\d{1,3}$")
_FEWEST_WORDS = 2


def resolutions(region: Region) -> list[Resolution]:
    """Return the resolutions of one item's own words, in order, placed in the paper's text."""
    found: list[Resolution] = []
    chosen = ((start, end, Ruling.DECIDED) for start, end in elected(region))
    for start, end, ruling in sorted([*_read(region), *chosen], key=lambda each: each[0]):
        if not found or region.start + start >= found[-1].span[1]:
            span = (region.start + start, region.start + end)
            found.append(Resolution(region.item, ruling, span, clauses(region, start, end)))
    return found


def _read(region: Region) -> Iterator[tuple[int, int, Ruling]]:
    windows = region.around(_STEMS, 200, 60)
    for cue in (each for window in windows for each in _CUE.finditer(region.text, *window)):
        said = cue["caps"] or cue["was"] or cue["line"] or cue["body"] or cue["label"]
        lead = len(cue.group()) - len(cue.group().lstrip("\n \t•-–(."))
        start = cue.start() + lead
        end = _end(region, cue, start)
        if end is None or not _says(region.text[cue.end() : end]):
            continue
        yield start, end, _RULINGS[said[:5].lower()]


def _says(words: str) -> bool:
    """Tell whether there are words enough, without looking at all of a long paper for each cue."""
    return len(words.split(maxsplit=_FEWEST_WORDS)) >= _FEWEST_WORDS


def _end(region: Region, cue: re.Match[str], start: int) -> int | None:
    """Return where a resolution ends; None where the cue is only a heading of contents."""
    line_end = region.line_end(cue.end())
    if cue["label"] and _CONTENTS.search(region.text[cue.end() : line_end]):
        return None
    if not region.text[cue.end() : line_end].strip(' :;,.“"'):
        return _below(region, line_end)
    end = extent(region, start, cue.end())
    if end == line_end and (cue["was"] or cue["body"]):
        end = region.sentence(min(cue.end() + 1, len(region.text) - 1))[1]
    return len(region.text[: unbroken(region, end)].rstrip())


def _below(region: Region, line_end: int) -> int | None:
    """Return the end of what stands below a lead-in that is a line of its own."""
    first = line_end + 1
    if first >= len(region.text):
        return None
    below = region.text[first : region.line_end(first)]
    if MARK.match(below):
        return len(region.text[: list_end(region, line_end)].rstrip())
    return len(region.text[: extent(region, first, min(first + 1, len(region.text)))].rstrip())
