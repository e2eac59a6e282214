"""How a vote went: figures, words, or the names of those who voted."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.business.regions import Region
from ingest.paper import Vote

_UNITS = (
    "no one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
    " sixteen seventeen eighteen nineteen twenty"
).split()
_NUMBERS = {word: at for at, word in enumerate(_UNITS)} | {"none": 0, "nil": 0, "zero": 0}
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60}
_N = (
    r"(?:\d{1,3}|(?:twenty|thirty|forty|fifty|sixty)(?:[\s\-](?:one|two|three|four|five|six|seven"
    r"|eight|nine))?|" + "|".join(_NUMBERS) + ")"
)
_MEMBERS = r"(?:\s(?:votes?|members?|councillors?))?(?:\s(?:voted|voting|being|cast|were))?"
_FIGURES = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        # Scottish councils set a motion against an amendment.
        rf"\b(?P<favour>{_N}){_MEMBERS}\s(?:for|in\sfavour\sof)\s(?P<motion>the\smotion)\b[^.;\n]{{0,60}}?"
        rf"\b(?P<against>{_N}){_MEMBERS}\s(?:for|in\sfavour\sof)\sthe\samendment\b"
        rf"(?:[^.;\n]{{0,30}}?\b(?P<abstain>{_N})\s(?:abst|declin)\w+)?",
        rf"\b(?P<favour>{_N}){_MEMBERS}\s(?:for|in\sfavour)\b[^.;\n]{{0,60}}?"
        rf"\b(?P<against>{_N}){_MEMBERS}\sagainst\b"
        rf"(?:[^.;\n]{{0,40}}?\b(?P<abstain>{_N})\s(?:members?\s|councillors?\s)?(?:abst)\w+)?",
        rf"\b(?:for|in\sfavour)\s?[:–\-=(]\s?(?P<favour>{_N})\b\W{{1,8}}(?:votes?\s)?against\s?[:–\-=(]\s?"
        rf"(?P<against>{_N})\b(?:\W{{1,8}}(?:and\s)?abst\w+\s?[:–\-=(]\s?(?P<abstain>{_N})\b)?",
        rf"\bby\s(?P<favour>{_N})\s(?:votes?\s)?to\s(?P<against>{_N})\b(?!\s?per)"
        rf"(?:[^.;\n]{{0,30}}?\b(?P<abstain>{_N})\sabst\w+)?",
    )
)
_MANNERS = (
    ("casting vote", re.compile(r"\bcasting vote\b", re.IGNORECASE)),
    ("nem con", re.compile(r"\bnem\.? ?con\b\.?|\bnemine contradicente\b", re.IGNORECASE)),
    (
        "unanimous",
        re.compile(
            r"\bunanimous(?:ly)?\b|\ball (?:(?:were|voted|voting) )?in favou?r\b", re.IGNORECASE
        ),
    ),
    ("show of hands", re.compile(r"\bshow of hands\b", re.IGNORECASE)),
    ("roll call", re.compile(r"\broll[- ]call\b", re.IGNORECASE)),
    ("recorded", re.compile(r"\brecorded vote\b", re.IGNORECASE)),
)
_LABEL = re.compile(
    r"^\W{0,4}(?:(?:votes?|voting|voted|members)\s)?"
    r"(?P<side>for|in\sfavou?r|against|abst(?:ain(?:ed|ing)?|entions?)|not\svoting)\b"
    r"(?P<of>\s(?:of\s)?the\s(?:motion|amendment|proposal|resolution))?"
    r"\s?[:–\-]?\s?(?P<rest>(?:\(?\d{1,3}\)?|\(?nil\)?|none|[^\n]{0,60}\(\d{1,3}\))?[^\n]*)$",
    re.IGNORECASE | re.MULTILINE,
)
_NAMES = re.compile(r",\s|\sand\s")
_COUNT = re.compile(r"\((\d{1,3})\)|^\W{0,3}(\d{1,3})\W*$", re.MULTILINE)
_FIGURED = ("against", "for the amendment", "votes to ", "carried by", "lost by", "defeated by")
_NEAR = 200
"""Characters beside the figures in which "on the casting vote" is of them."""
_FARTHEST = 2_500
"""Characters from one side's label to the next; sixty names take about a thousand."""


def votes(region: Region) -> list[Vote]:
    """Return the votes of a region in order, their spans counted from the region's start."""
    if not region.says("vot", "unanim", "nem", "against", "show of hands", "roll", "in favour"):
        return []
    found = list(_tabled(region))
    for start, end in region.around(_FIGURED, 100, 120):
        for form in _FIGURES:
            for match in form.finditer(region.text, start, end):
                if not _meets(match.span(), found):
                    found.append(_figures(region, match))
    for name, manner in _MANNERS:
        for match in manner.finditer(region.text):
            if not _meets(match.span(), found):
                found.append(Vote(match.span(), manner=name))
    return sorted(found, key=lambda vote: vote.span)


def _meets(span: tuple[int, int], votes: Sequence[Vote]) -> bool:
    return any(span[0] < vote.span[1] and vote.span[0] < span[1] for vote in votes)


def number_of(words: str | None) -> int | None:
    """Return a number in figures or in words, up to 69; None of other words."""
    if words is None:
        return None
    if words.isdigit():
        return int(words)
    tens, _, unit = re.sub(r"[\s\-]+", " ", words.lower()).partition(" ")
    if tens in _TENS:
        return _TENS[tens] + (_NUMBERS.get(unit, 0) if unit else 0)
    return _NUMBERS.get(tens)


def _figures(region: Region, match: re.Match[str]) -> Vote:
    start, end = region.sentence(match.start())
    near = region.text[
        max(start, match.start() - _NEAR) : max(match.end(), min(end, match.end() + _NEAR))
    ]
    manner = next((name for name, form in _MANNERS if form.search(near)), None)
    return Vote(
        match.span(),
        number_of(match["favour"]),
        number_of(match["against"]),
        number_of(match["abstain"]),
        manner,
    )


def _tabled(region: Region) -> Iterator[Vote]:
    """Yield the votes that list each side under its label: "For (12)" and the names below."""
    labels = list(_LABEL.finditer(region.text))
    group: list[re.Match[str]] = []
    for at, label in enumerate(labels):
        group.append(label)
        after = labels[at + 1] if at + 1 < len(labels) else None
        sides = [_side(each) for each in group]
        if (
            after is None
            or _side(after) in sides
            or after.start() - label.end() > _FARTHEST
            or _side(after) == "favour"
        ):
            if {"favour", "against"} <= set(sides):
                yield _vote(region, group)
            group = []


def _side(label: re.Match[str]) -> str:
    word = label["side"].lower()
    if word.startswith(("for", "in")):
        return "favour"
    return "against" if word == "against" else "abstaining"


def _vote(region: Region, group: Sequence[re.Match[str]]) -> Vote:
    counts: dict[str, int | None] = {}
    end = group[-1].end()
    for at, label in enumerate(group):
        rest_start = label.start("rest")
        until = group[at + 1].start() if at + 1 < len(group) else None
        names_end = until if until is not None else _names_end(region, label)
        counts[_side(label)], used = _count(region.text[rest_start:names_end], label["rest"])
        end = max(label.end(), rest_start + used) if until is None else end
    manner = manner_near(region, group[0].start()) or "recorded"
    return Vote(
        (group[0].start(), len(region.text[:end].rstrip())),
        counts.get("favour"),
        counts.get("against"),
        counts.get("abstaining"),
        manner,
    )


def _names_end(region: Region, label: re.Match[str]) -> int:
    """Return where the names of the last side end: with their line, or the count below it."""
    if label["rest"].strip(" .)") and _NAMES.search(label["rest"]):
        return region.line_end(label.end())
    end = label.end()
    for _ in range(4):
        start = end + 1
        if start >= len(region.text):
            break
        stop = region.line_end(start)
        line = region.text[start:stop]
        if not _lists_names(line):
            break
        end = stop
    return end


def _lists_names(line: str) -> bool:
    """Tell a line of those who voted from the sentence that says what came of it."""
    words = re.findall(r"[^\W\d_]+", line)
    if not words:
        return bool(re.fullmatch(r"\W*\d{1,3}\W*", line))
    capital = sum(word[0].isupper() or word in ("and", "de") for word in words) / len(words)
    outcome = re.search(r"(?i:\b(?:carried|lost|resolved|motion|amendment|defeated)\b)", line)
    return capital > 0.8 and outcome is None and bool(_NAMES.search(line) or len(words) <= 5)


def _count(words: str, rest: str) -> tuple[int | None, int]:
    """Return how many one side has, as printed or else by its names, and where that ends."""
    printed = _COUNT.search(rest) or _COUNT.search(words)
    if printed:
        end = len(words.rstrip())
        return int(printed[1] or printed[2]), end
    if re.match(r"\W*(?:nil|none)\b", words, re.IGNORECASE):
        return 0, len(rest)
    return (len(people(words)) or None), len(words.rstrip())


def people(words: str) -> list[str]:
    """Return the names in a list of those who voted."""
    names = [name for name in _NAMES.split(words.replace("\n", " ")) if name.strip(" .")]
    # "Councillors Daly and Pell, MBE": an honour is nobody.
    return [name for name in names if not re.fullmatch(r"\W*[A-Z]{2,4}\W*", name)]


def manner_near(region: Region, at: int) -> str | None:
    """Return how the vote was taken that a place is of, where the words before it say so."""
    near = region.text[max(0, at - _NEAR) : at]
    return next((name for name, form in _MANNERS if form.search(near)), None)
