"""How minutes name the person who proposes, seconds, asks or replies."""

from __future__ import annotations

import re

_CAPITAL = r"(?:[^\W\d_a-zß-öø-ÿ]|[a-z]['’](?=[A-Z]))"
_NO_NAME = (
    r"(?!(?:Seconde[dr]|Propose[dr]|Moved|Resolved|RESOLVED|And|That|The|It|In|For|On|This|Motion|Amendment"
    r"|Reply|REPLY|Question|Notice|Notices|Members|Council|Committee|Following|Agreed|AGREED|I)\b(?!\.))"
)
"""Words with a capital that begin what follows a name."""
_ADDRESS = (
    r"(?:(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Rev|Cllr|Cllrs|Clr|Clrs|Cmhlr|Cmhlrs|Ald|Hon|Fr|Sen)\b\.?"
    r"|(?:Baillie|Bailie|Professor|Reverend|Sir|Dame|Lord|Lady|Baroness|Con?n?ci?ll?or|Councillors?"
    r"|Couns?cillor|Comhairleoirí?|Cynghorydd|Alderman|Senator|Deputy|(?:The\s)?(?:Lord\s)?Mayor|Provost)\b)"
)
_TOKEN = (
    rf"(?:(?:{_CAPITAL}\.\s?)*{_NO_NAME}{_CAPITAL}[\w’'‘\-]*|St\.|\(\s?{_CAPITAL}[a-z]{{0,3}}\.?\s?\)"
    r"|(?:de|van|von|der|ap)\b)"
)
ROLE = (
    r"(?:[Tt]he\s)?(?:(?:Lord|Deputy|Acting|Vice|Outgoing|Executive)[ \-])?"
    r"(?:Mayor|Leader|Chair(?:man|woman|person)?|President|Provost|Conven[eo]r|(?:An\s)?"
    r"(?:Leas[ \-])?Cathaoirleach|Cabinet\sMember|Portfolio\sHolder|Clerk|Cadeirydd|Gadeirydd)\b"
    r"(?:\s(?:of|for)\s(?:the\s)?[A-Z][\w’'&\-]*(?:,?\s(?:and\s|of\s|for\s|the\s)?[A-Z][\w’'&\-]*){0,6})?"
)
"""An office that may speak: "the Chairman", "The Leader of the Council"."""
SURE = rf"(?>{_ADDRESS}(?:\s{_ADDRESS})?(?:\s?{_TOKEN}){{1,4}}|{ROLE})"
"""A person who can be no place or body: with a form of address, or an office."""
WHO = rf"(?>{SURE}|(?:{_TOKEN}\s){{1,3}}{_TOKEN}|(?:{_CAPITAL}\.\s?)+{_TOKEN})"
"""A person: as SURE, or first and last name, or initials for the first."""
SEVERAL = rf"{WHO}(?:(?:,\s|\s(?:and|&)\s)(?:{SURE}|(?:\s?{_TOKEN}){{1,3}}))*"
"""One or more persons: "Councillors Pell, Dray and Quill"."""
_SPACE = "[ \u00a0]"
ROLE, SURE, WHO, SEVERAL = (each.replace(r"\s", _SPACE) for each in (ROLE, SURE, WHO, SEVERAL))


def tidy(name: str | None) -> str | None:
    """Return a name as it is shown: one space between words, nothing around."""
    return " ".join((name or "").split()).strip(" ,;:.–-") or None


def last_name(name: str | None) -> str | None:
    """Return a person's last name in small letters: of "Councillor Ryan (M)", "ryan"."""
    words = re.sub(r"\s?\(.*", "", name or "").replace("'", "’").split()
    return words[-1].casefold() if words else None
