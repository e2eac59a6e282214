"""Reads who speaks in a passage: whoever is named at the head of a sentence and says something.

"The Director of Education explained", "Mr Brady hoped", "In reply, Cllr. F. Foley said", and the
turns of a transcript ("Councillor Pell: I beg to move"). Only a name with a form of address or a
role with its article is taken for a speaker, and only before a verb of speech: rather none than a
wrong one. Who is only spoken of, and bodies ("the Committee noted"), do not speak.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.sentences import sentence_spans

HEAD = 240
"""Characters of a sentence in which its speaker and verb stand, if anywhere."""

_CAPITAL = r"(?:[^\W\d_a-zß-öø-ÿ]|[a-z]['’](?=[A-Z]))"
"""A capital letter of any European alphabet."""

_ADDRESS = (
    r"(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Hon|Sir|Dame|Lord|Lady|Baroness|Rev|Reverend|Fr|Cllr|Clr"
    r"|Councillor|Comhairleoir|Ald|Alderman|Senator|Deputy|Bailie"
    r"|(?:Chief\s|Detective\s)?(?:Superintendent|Inspector|Constable)|Supt|Sergeant|Sgt|Garda"
    r"|(?:Lord\s|Deputy\s)?(?:Mayor|Provost))"
)
_PART = (
    rf"(?>{_CAPITAL}\.(?:\s?{_CAPITAL}\.){{0,2}}"
    rf"|(?:(?:de|van|von|der|da|la|Ó|Ní|Uí)\s)?{_CAPITAL}[\w’'\-]*)"
)
_NAME = rf"(?:{_ADDRESS}\b\.?\s){{1,2}}{_PART}(?:\s{_PART}){{0,3}}(?:\s\({_CAPITAL}\.?\))?"

_OFFICES = frozenset(
    "leader chair chairman chairwoman chairperson vice-chair vice-chairman vice-chairperson mayor"
    " provost convener convenor cathaoirleach leas-chathaoirleach cathaoirligh executive director"
    " officer head manager engineer clerk secretary treasurer solicitor administrator minister"
    " planner architect librarian accountant auditor surveyor commissioner superintendent"
    " inspector sergeant commander adviser advisor coordinator co-ordinator master consultant"
    " member portfolio-holder holder spokesperson president monitor chaplain warden".split()
)
_GROUPS = frozenset("committee council cabinet board panel meeting team group members".split())
_ROLE_WORD = rf"(?:{_CAPITAL}[\w’'\-/]*|of|and|for|to|the|in|&)"
_ROLE = rf"[Tt]he\s{_CAPITAL}[\w’'\-/]*(?:,?\s{_ROLE_WORD}){{0,11}}"

_SPOKE = (
    r"(?:said|asked|explained|advised|stated|outlined|referred|hoped|replied|proposed|seconded"
    r"|confirmed|welcomed|thanked|responded|informed|queried|reported|added|commented|emphasised"
    r"|emphasized|highlighted|expressed|suggested|requested|introduced|presented|moved|told"
    r"|answered|clarified|pointed\sout|acknowledged|reminded|raised|enquired|inquired|undertook"
    r"|argued|urged|called|congratulated|praised|apologised|warned|stressed|reiterated|remarked"
    r"|observed|indicated|addressed|updated|drew|believed|felt|concluded|mentioned|described|noted"
    r"|complained|elaborated|spoke|questioned|agreed|paid\stribute|went\son\sto|wished|sought|recommended"
    r"|gave\s(?:an?|the|details|members|further|some))"
)
_ADVERB = r"(?:(?:also|then|further|again|subsequently|briefly|formally|therefore|both)\s)?"
_MEANWHILE = r"(?:,?\sin\s(?:proposing|seconding|moving|reply|response)(?:\s[\w’'\-]+){0,6}?)?"
_ASIDE = r"(?:\s?\([^()]{1,80}\)|,\s[^,.;:()]{2,70}(?=,))"
_LEAD = (
    r"(?:(?:In|At|On|Following|During|As|Further|Responding|After|Before)\b[^,;:()]{0,90},\s"
    r"|In\s(?:proposing|seconding|moving)\s(?:[\w’'\-]+\s){1,3}(?=[A-Z]))?"
)

_SAYS = re.compile(
    rf"{_LEAD}(?P<who>{_NAME}|{_ROLE})"
    rf"(?:{_ASIDE}){{0,2}}(?:\sand\s(?P<other>{_NAME}))?{_MEANWHILE},?\s{_ADVERB}{_SPOKE}\b"
    rf"(?:,?\sand\s(?P<seconder>{_NAME})\s[Ss]econded\b)?"
)
_TURN = re.compile(
    rf"(?P<who>{_NAME}|(?:{_PART}\s){{1,3}}(?:AM|AS|MS|MP|MSP|MLA|TD)|{_ROLE})(?:\s\([^()]{{1,80}}\))?:\s"
)
_MAY_SPEAK = re.compile(rf"\s{_SPOKE}\b|:\s")
"""What every text holds in which somebody speaks: most tables and reports hold none."""
_FIRST_NAME = re.compile(_NAME)
_MARKER = re.compile(r"(?:[•\-–*]|\(?[a-z]{1,3}[.)]|\(?\d{1,3}(?:\.\d{1,3}){0,2}[.)]?)\s")
_BETWEEN_OFFICES = re.compile(r",? and the |, the ")


def speakers(text: str) -> tuple[str, ...]:
    """Return who speaks in a text, in order, each once, as first printed.

    A role comes without its article; a name that stands beside a role comes instead of it.
    """
    found: dict[str, str] = {}
    if not _MAY_SPEAK.search(text):
        return ()
    for start, end in _sentences(text):
        head = text[start : min(end, start + HEAD)]
        match = _SAYS.match(head) or _TURN.match(head)
        for who in match.groupdict().values() if match else ():
            for name in _named(who or ""):
                found.setdefault(name.casefold().replace(".", ""), name)
    return tuple(found.values())


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    """Yield the sentences of each line, without what marks it as a list's entry."""
    at = 0
    for line in text.splitlines(keepends=True):
        for start, end in sentence_spans(line):
            yield at + start + _marker(line[start : min(end, start + 12)]), at + end
        at += len(line)


def _marker(head: str) -> int:
    match = _MARKER.match(head)
    return match.end() if match else 0


def _named(who: str) -> Iterator[str]:
    """Yield the speakers whom some words name, as shown; none where they name no person, no office.

    "The Director, the Clerk and the Treasurer" are three.
    """
    words = " ".join(who.split()).rstrip(",")
    if words and not words.casefold().startswith("the "):
        yield words
        return
    name = _FIRST_NAME.search(words)
    if name:
        yield name.group()
        return
    for office in _BETWEEN_OFFICES.split(words[4:]):
        if _is_office(office):
            yield office


def _is_office(office: str) -> bool:
    """Tell an office ("Head of Finance") from a body or thing ("Executive", "Head Office Team")."""
    words = re.findall(r"[\w’'\-]+", office.casefold())
    at = next((at for at, word in enumerate(words) if word in _OFFICES), None)
    if at is None or words in (["member"], ["executive"]):
        return False
    return words[-1] not in _GROUPS or not _GROUPS.isdisjoint(words[:at]) or "of" in words[at:]
