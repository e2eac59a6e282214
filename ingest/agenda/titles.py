"""Where an item's title ends and its business begins."""

from __future__ import annotations

import re

from ingest.agenda.kinds import is_group, names_question_or_motion
from ingest.agenda.lines import Line, capital_share, looks_like_heading, shouts

_FLAGS = re.IGNORECASE
_OPENER = re.compile(
    r"(?:(?:already )?circulated\b|[I|!l1]? ?will (?:ask|move)\b|(?:it|this|there|he|she|they|we"
    r"|having) \w+"
    r"|on the proposal of|(?:the motion was )?(?:proposed|moved) (?:by|:)|seconded (?:by|:)"
    r"|resolved\b"
    r"|agreed\b|reply\b"
    r"|with the (?:permission|agreement)|in (?:response|reply|accordance|relation|view"
    r"|proposing)\b"
    r"|(?:mr|mrs|ms|miss|dr|cllr|clr|councillors?|cmhlr|sir|inspector|superintendent"
    r"|sergeant)\b\.? .{2,60}?\b"
    r"(?:proposed|seconded|said|stated|asked|reported|declared|referred|introduced|presented"
    r"|gave|provided|"
    r"outlined|advised|informed|attended|thanked|welcomed|addressed|raised|requested|noted|moved"
    r"|was|were|had|"
    r"has|updated|expressed|queried|confirmed|explained|joined|spoke|briefed|commented"
    r"|highlighted)\b"
    r"|(?:the|an?|all|some|both|no|members?|apologies|each|officers?) .{2,90}?\b"
    r"(?:was|were|is|are|had|has|have|be|stated|noted|reported|considered|received|welcomed"
    r"|advised|informed|"
    r"agreed|asked|thanked|introduced|presented|outlined|referred|gave|said|raised|requested"
    r"|invited|explained|attended|joined|"
    r"updated|confirmed|declared|proposed|adopted|approved|expressed|discussed|congratulated"
    r"|extended|read)\b"
    r"|members (?:were|agreed|noted|asked)|apologies (?:for|were|had|from|was)\b.{0,80}\b(?:were"
    r"|received|from)\b"
    r"|no \w+(?: \w+){0,3} (?:was|were)\b|(?:none|nil|noted|nothing to report)\W*$)",
    _FLAGS,
)
"""How the business of an item begins, in minutes and replies."""
_TO_DO = re.compile(
    r"to (?:adopt|agree|answer|appoint|approve|arrange|confirm|consider|decide|deal|determine"
    r"|discuss|elect|"
    r"endorse|establish|fix|give|hear|make|nominate|note|pass|propose|receive|recommend|review"
    r"|select|set|sign|"
    r"take|update|view)\b",
    _FLAGS,
)
_TAIL = re.compile(
    r"\s*\((?:pages?\s?\d+[^)]{0,20}|(?:copy|copies|report|reports?|minutes|details?|documents?"
    r"|correspondence|"
    r"statutory notice|statement)\b[^)]{0,80}|\d{1,3}\s?mins?|verbal(?: \w+)?|attached|enclosed"
    r"|item \d+\w?)\)",
    _FLAGS,
)
_ITEM_LINE = re.compile(r"^\((?:agenda )?item\s(?:no\.?\s?)?(?P<number>\d+[a-z]?)\)\W*$", _FLAGS)
_LABEL = re.compile(
    r"^\W*(?:minutes|decisions?|additional documents|supporting documents|resolved"
    r"|recommendations?|reply|present)\s?:",
    _FLAGS,
)
"""What ModernGov's pages and replies print below a title."""
_OPEN_END = re.compile(r"(?:\b(?:of|and|the|for|in|on|to|by|at|with|from|or)|[-–—,(/&])$", _FLAGS)
_MARK = re.compile(
    r"^(?:\(?(?:\d{1,3}[a-zA-Z]?[.:)]|[a-z]\)|[ivx]{1,4}\))"
    r"|[A-Z]{1,8}[ ./\-]?\d{1,4}[/\-]\d{1,4}\s"
    r"|(?:Agenda )?(?:Item|ITEM)\s(?:[Nn]o\.?\s?)?\d|[Ss]igned\b|SIGNED\b)"
)
_RUN_IN = re.compile(
    r"(?!(?i:proposed|seconded|moved|signed|present|action)\b)"
    r"(?P<title>[A-Z][^.:;?!,\d]{3,50}) ?: (?=[A-Z])"
)
_SENTENCE_END = re.compile(r"(?<=\w\w\w)[.?!](?:\s|$)")
_TITLE_CHARS = 300
_TITLE_LINES = 4
_SPOKEN = re.compile(r"[A-Z][a-z]")
_PURPOSE = re.compile(r"\W*for (?:noting|decision|information|discussion|approval)\W*$", _FLAGS)
"""What agendas print below an item: why it comes to the meeting."""
_WHEN_OR_WHO = re.compile(
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day,? (?:the )?\d|(?:mr|mrs|ms|miss|dr|cllrs?"
    r"|councillors?)\b(?:[^,]{2,40},){3}",
    _FLAGS,
)
"""The day of the next meeting, or the names of those who were there: no title goes on so."""
_SHOUTED = 7
"""Letters of a word in capitals that is no acronym."""
_WRAPPED = 45
"""Characters of a line from which a title may have wrapped into the next."""


def item_line(words: str) -> str | None:
    """Return the number in a line that is only "(Item 4)"."""
    match = _ITEM_LINE.match(words.strip())
    return match["number"] if match else None


def opens_business(words: str) -> bool:
    """Tell whether words begin the business itself rather than go on with the title."""
    return bool(_OPENER.match(words.lstrip(" “\"'‘|!")))


def begins_part(words: str) -> bool:
    """Tell whether a line begins with a number or letter of its own: "4.", "(a)", "Item 4"."""
    return bool(_MARK.match(words))


def run_in_title(words: str) -> str | None:
    """Return the title that a paragraph itself begins with: "Finance: The Clerk reported ..."."""
    found = _RUN_IN.match(words)
    if not found or names_question_or_motion(words):
        return None
    if not _SENTENCE_END.search(words, found.end()):
        return None
    return found["title"]


def is_task(words: str) -> bool:
    """Tell whether words say what the meeting is to do: "To adopt ..."."""
    return bool(_TO_DO.match(words))


def read_title(lines: tuple[Line, ...], at: int, rest: str, agenda: bool) -> tuple[str | None, int]:
    """Read the title whose first words are rest, of line at; it may go on over lines.

    Returns:
        (title or None, number of the first line after it).
    """
    parts: list[str] = []
    whole = True
    if rest.strip():
        if opens_business(rest):
            return None, at + 1
        first, whole = cut_title(rest)
        parts.append(first)
    at += 1
    while whole and at < len(lines) and len(parts) < _TITLE_LINES:
        line = lines[at]
        words = " ".join(line.text.split())
        if not _goes_on(parts, words, line, agenda):
            break
        more, whole = cut_title(words)
        parts.append(more)
        at += 1
    title = " ".join(part for part in parts if part)
    return (tidy_title(title)[:_TITLE_CHARS] or None), at


def _goes_on(parts: list[str], words: str, line: Line, agenda: bool) -> bool:
    if _LABEL.match(words):
        return False
    if item_line(words) or is_group(words) or _MARK.match(words) or opens_business(words):
        return False
    if not parts:
        return (
            looks_like_heading(words, 240)
            or shouts(words)
            or names_question_or_motion(words)
            or (agenda and len(words) < 400)
            or line.heading
        )
    before = parts[-1]
    if len(words) > 200 or line.cell or _PURPOSE.match(words):
        return False
    if _OPEN_END.search(before) or before.count("(") > before.count(")"):
        return True
    if _WHEN_OR_WHO.match(words) and not names_question_or_motion(parts[0]):
        return False
    if _TO_DO.match(words) and (agenda or _is_shouted(before)):
        return False
    if line.heading or words[0].islower():
        return line.heading or len(before) > 50
    if agenda and len(before) >= _WRAPPED and not words.endswith((".", ":")):
        return len(words) <= 120 and capital_share(words) >= 0.4
    return (looks_like_heading(words) and capital_share(words) >= 0.6) or (
        bool(_TO_DO.match(words)) and not words.endswith(".")
    )


def _is_shouted(words: str) -> bool:
    """Tell a heading in capitals throughout, where a word is too long to be an acronym."""
    return shouts(words) and max(map(len, words.split())) >= _SHOUTED


def cut_title(words: str) -> tuple[str, bool]:
    """Return the title at the start of words, and whether it may go on in the next line."""
    words = " ".join(words.split())
    if run_in := run_in_title(words):
        return tidy_title(run_in), False
    ends = len(words)
    for start in re.finditer(r"(?<=[\w’”\".)\]])\s(?=[A-Z|!‘“(])", words[:_TITLE_CHARS]):
        rest = words[start.end() :]
        if start.end() < 4:
            continue
        before = words[: start.start()]
        if shouts(before) and shouts(rest[:40]):
            continue  # one heading, whatever its words
        if (
            _is_shouted(before)
            and _SPOKEN.match(rest)
            and not _OPEN_END.search(before)
            and not names_question_or_motion(rest)
        ):
            ends = start.start()
            break
        if (
            opens_business(rest)
            and not _OPEN_END.search(before)
            and "submitted by" not in rest[:40]
        ):
            ends = start.start()
            break
        if _TO_DO.match(rest) and not _OPEN_END.search(before) and rest[0] == "T":
            ends = start.start()
            break
    title = words[:ends]
    if len(title) > _TITLE_CHARS or (ends == len(words) and len(title) > 200):
        sentence = re.search(r"(?<=[a-z)\d])\.\s", title[:_TITLE_CHARS])
        title = title[: sentence.start()] if sentence else title[:200].rsplit(" ", 1)[0] + "…"
    tail = _TAIL.search(title)
    complete = ends < len(words) or (tail is not None and tail.end() >= len(title) - 1)
    return tidy_title(title), not complete


def tidy_title(title: str) -> str:
    """Drop what an agenda adds to a title: pages, enclosures, minutes allowed."""
    title = re.sub(r"^\([a-zivx]{1,3}\)\s", "", title)
    title = re.sub(r"^[Q0O]?UESTIONS\s(?=Question)|^[^\w(‘“'\"£€]+", "", title)
    title = re.sub(r"\s(?:pdf icon )?PDF \d+(?:\.\d+)? [KM]B\b", "", title)
    return _TAIL.sub("", title).strip(" .:;–—-|=~_")
