"""Finds what a paper calls itself: its subject, its heading, or failing those its file name."""

from __future__ import annotations

import re
from pathlib import PurePath

from ingest.meeting.bodies import read_body
from ingest.meeting.dates import is_day
from ingest.meeting.filed import name_of
from ingest.meeting.heads import Head, is_item_page
from ingest.meeting.marks import marks_shut
from ingest.paper import CleanText, Fact, PaperKind

_FLAGS = re.IGNORECASE
_LABELLED = re.compile(
    r"(?:^|\n)\W*(?:subject matter / title of decision|subject|title of (?:the )?(?:decision"
    r"|report)|report title"
    r"|decision title|eqia title|amendment name|amendment\nname|title)[ \n]*(?::|\n"
    r"|(?<=eqia title) )\s*(?P<value>[^\n]+(?:\n[^\n]+){0,3})",
    _FLAGS,
)
_NEXT_LABEL = re.compile(
    r"\n(?=[A-Z][\w /().]{2,40}[:?])|\n(?=(?:Responsible|Decision|Amendment|Classification"
    r"|Summary|Project)\b)"
    r"|\s(?=(?:Amendment Number|Responsible Officer|Classification|Decision no|Decision number"
    r"|Key decision)\b)",
    _FLAGS,
)
_FURNITURE = re.compile(
    r"\W*(?:\d+|page \d+|agenda item(?: \d+)?|decision details|issue - meetings|issue details"
    r"|report|the report|"
    r"public document pack|minutes:?|agenda(?: item no\.?)?|from ?:.*|report (?:of|by|to)\b.*)\W*$",
    _FLAGS,
)
_APPENDIX = re.compile(r"^\W*(?:appendix|annexe?)\s?[A-Z0-9]{0,3}\b[\s:.\-–—]*", _FLAGS)
_FIELD = re.compile(r"(?!Appendix|Annexe?)[A-Z][\w /]{2,30}: ")
"""A form's first field ("Application No: ...") names its paper less well than its metadata."""
_TITLE_CHARS = 180


def tell_title(
    source: PurePath, text: CleanText, head: Head, kind: PaperKind, body: str | None
) -> Fact:
    """Return the paper's title: its subject, its heading, its metadata's or its file's name."""
    if is_item_page(head) and len(head.lines) > 1:
        return Fact(_cut(head.lines[1]), head.lines[1][:200], "text")
    if kind in (PaperKind.AGENDA, PaperKind.PACK):
        name = kind.value.capitalize()
        return Fact(f"{name}: {body}" if body else name, body or "", "text")
    if kind is PaperKind.MINUTES:
        return _minutes_title(head, body)
    labelled = _LABELLED.search("\n".join(head.lines)[:2500])
    if labelled:
        value = _NEXT_LABEL.split(labelled["value"])[0]
        value = " ".join(value.split())
        if len(value) > 3:
            return Fact(_cut(value), labelled.group().strip()[:200], "text")
    heading = _first_heading(text, head)
    if heading and _FIELD.match(heading) and text.title:
        return Fact(_cut(text.title), text.title[:200], "metadata")
    if heading:
        return Fact(_cut(heading), heading[:200], "text")
    return Fact(name_of(source), source.name, "file name")


def _minutes_title(head: Head, body: str | None) -> Fact:
    match = re.search(r"\bminutes\b.{0,200}?(?=\bheld\b|\bpresent\b|$)", head.top(400), _FLAGS)
    words = match.group().strip(" ,.") if match else ""
    return Fact(f"Minutes: {body}" if body else "Minutes", words[:200], "text")


def _first_heading(text: CleanText, head: Head) -> str | None:
    for line in head.lines[:10]:
        plain = _APPENDIX.sub("", line)
        if plain.startswith("to "):  # "Appendix A to item 4: tracker"
            plain = line
        if len(plain) >= 8 and not _is_furniture(plain):
            return plain
    return None


def _is_furniture(line: str) -> bool:
    """Tell a line that heads many papers and names none: the body, the date, the form."""
    if _FURNITURE.match(line) or marks_shut(line) or is_day(line):
        return True
    body = read_body(line)
    return body is not None and not re.sub(r"[\W\d]|\w*day\b|\b\w{3,9}\b", "", line[body[1] :])


def _cut(title: str) -> str:
    if len(title) <= _TITLE_CHARS:
        return title
    return title[:_TITLE_CHARS].rsplit(" ", 1)[0] + "…"
