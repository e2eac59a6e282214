"""Reads the name of a meeting body out of running text, and makes its spellings one name.

A body's name is a run of capitalised words that ends in what it is (council, cabinet, committee,
panel, ...), or goes on with where it is ("Municipal District of Upper Vale").
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher

_KINDS = frozenset(
    "council cabinet committee committees subcommittee sub-committee panel board forum group"
    " executive commission partnership assembly authority district spc jpc plenary senate court"
    " subgroup sub-group consortium tribunal".split()
)
_PLACED = frozenset("council committee subcommittee sub-committee district board assembly".split())
"""Kinds that may be followed by "of" and a place."""
_SMALL = frozenset("of and & the for in with on - – — / to".split())
_ELSEWHERE = frozenset("in at on for to with by".split())
"""Small words that end a place: "the District of Upper Vale in Northtown Hall"."""
_STOPS = frozenset(
    "held on at to will was is are were via by which that convened present from has have be"
    " proceedings minute minutes agenda summons report meeting meetings took commenced commencing"
    " date time venue dated"
    " monday tuesday wednesday thursday friday saturday sunday thurs tues"
    " january february march april june july august september october november december"
    " mr mrs ms miss dr cllr sir ask item apologies attendance attended members member"
    " councillors councillor supplementary additional addendum".split()
)
_SHORTEST_MISSPELT = 6
"""Letters of a word of these from which a letter too many ("Meeeting") makes it no other word."""
_REPEATED = re.compile(r"(\w)\1+")
_SQUEEZED = frozenset(
    _REPEATED.sub(r"\1", word) for word in _STOPS if len(word) >= _SHORTEST_MISSPELT
)
_ROOMS = frozenset(
    "chamber chambers offices office house room rooms buildings building hall tax".split()
)
_TOKEN = re.compile(r"[^\W\d_][\w’'.\-]*|&|[-–—/,]|\d+|\S")
_LONGEST = 18
"""Tokens; the longest names of joint committees run to about fifteen."""
_MISREAD_LENGTH, _MISREAD_ALIKE = 9, 0.85
"""Letters of a word, and the likeness from which two are one; "northern" and "southern" are not."""
_EXPANSIONS = {"spc": "Strategic Policy Committee", "jpc": "Joint Policing Committee"}
_LOWER = frozenset("of and the for in with on to".split())
_PARENT = re.compile(
    r"^(?!Joint|Youth|Full|Parish|Staff)(?:[^\W\d_][\w’'.\-]*\s|&\s){1,6}?"
    r"Council(?:[’']s?)?(?:,|\s[-–—])?\s(?:the\s)?(?=\w)",
    re.IGNORECASE,
)


_OCCASION = re.compile(
    r"^(?:(?:statutory|annual|budget|special|ordinary|extra-?ordinary|monthly|adjourned|inaugural"
    r"|virtual|online)\s)+",
    re.IGNORECASE,
)


def read_body(text: str, start: int = 0) -> tuple[str, int] | None:
    """Read the body's name that begins at start.

    Returns:
        (name as printed, where it ends), or None where no body's name begins there.
    """
    words: list[tuple[str, int]] = []
    last = 0  # tokens up to and with the last word that says what it is
    for match in _TOKEN.finditer(text, start, min(len(text), start + 240)):
        word = match.group()
        low = word.lower().strip(".'’-")
        if not _belongs(word, low) or len(words) == _LONGEST:
            break
        if low in _ROOMS and words and words[-1][0].lower().startswith(("council", "committee")):
            last = _kinds_before(words[:-1])
            break
        words.append((word, match.end()))
        if _is_kind(low) and not _is_list(words, last):
            last = len(words)
        if word.endswith((".", ",")) and len(word) > 3:
            break
    last = _with_place(words, last)
    if not last or not _says_enough(words[:last]):
        return None
    end = words[last - 1][1]
    name = text[start:end].strip(" ,-–—/.")
    return name, end


def tidy_body(name: str) -> str:
    """Return the one spelling of a body's name: its council left out, no shouting, no "&"."""
    text = re.sub(r"\s*[_–—]\s*|\s-\s?|\s?-\s", "-", name.replace("_", "-"))
    text = re.sub(r"\s*&\s*", " and ", text)
    text = re.sub(r"\s*[\n\t ]\s*", " ", text).strip(" ,.-'’~")
    text = re.sub(r"^(?:the|an?)\s", "", text, flags=re.IGNORECASE)
    stripped = _PARENT.sub("", text)
    if stripped != text and read_body(stripped[:1].upper() + stripped[1:]):
        text = stripped
    occasion = _OCCASION.sub("", text)
    if occasion != text and occasion.lower().endswith("council"):
        text = occasion
    words = text.split(" ")
    shouted = text.upper() == text
    text = " ".join(_spell(word, at, shouted) for at, word in enumerate(words))
    text = re.sub(r"\bSub[- ]?Committee\b", "Sub-Committee", text, flags=re.IGNORECASE)
    text = text.replace("Committee Sub-Committee", "Sub-Committee")  # of "JPC Subcommittee"
    text = re.sub(r"\bCommittees\b", "Committee", text)
    return _place_first(text)


def canonical(name: str) -> str:
    """Return the key under which all spellings of a body meet."""
    words = re.findall(r"\w+", tidy_body(name).lower().replace("sub-committee", "subcommittee"))
    if words and words[-1] == "council" and words[:-1] in ([], ["full"], ["the"]):
        return "council"
    return " ".join(sorted(set(words) - _LOWER - {"full"}))


def same_body(a: str, b: str) -> bool:
    """Tell whether two names are spellings of one body.

    "Full Council" and "Council" are whatever council the other one names.
    """
    first, second = canonical(a), canonical(b)
    if first == second:
        return bool(first)
    short, long = sorted((first, second), key=len)
    return short == "council" and tidy_body(a if long == first else b).endswith("Council")


def fuller_name(told: str, filed: str) -> str:
    """Return the filed name where the told one is the same, cut short or misread; else the told.

    "Council" may be any council and "District of Vale" the "District of Vale West"; where OCR
    misread one long word of a name ("Harbourslde"), the file has it right.
    """
    first, second = canonical(told).split(), canonical(filed).split()
    if first == ["council"] and is_council(filed):
        return filed
    if "district" in first and set(first) < set(second) and "committee" not in "".join(second):
        return filed
    ours, theirs = sorted(set(first) - set(second)), sorted(set(second) - set(first))
    if len(ours) == len(theirs) == 1 and min(len(ours[0]), len(theirs[0])) >= _MISREAD_LENGTH:
        alike = SequenceMatcher(None, ours[0], theirs[0]).ratio()
        return filed if alike >= _MISREAD_ALIKE else told
    return told


def is_council(name: str) -> bool:
    """Tell whether the name is a council's own, not that of one of its committees."""
    return tidy_body(name).lower().endswith("council")


def _belongs(word: str, low: str) -> bool:
    bare = re.sub(r"['’]s$", "", low)
    if bare in _STOPS or word.isdigit() or low == "a":
        return False
    if len(bare) > _SHORTEST_MISSPELT and _REPEATED.sub(r"\1", bare) in _SQUEEZED:
        return False
    return word[0].isupper() or low in _SMALL or word == ","


def _is_kind(low: str) -> bool:
    return low.removesuffix("'s").removesuffix("’s") in _KINDS


def _is_list(words: list[tuple[str, int]], last: int) -> bool:
    """Tell whether a kind after a comma begins another body ("Cabinet, Scrutiny Committee")."""
    commas = any(word == "," or word.endswith(",") for word, _ in words[last:])
    return last > 0 and commas and words[last - 1][0].lower().rstrip("'’s") != "council"


def _kinds_before(words: list[tuple[str, int]]) -> int:
    for at in range(len(words), 0, -1):
        if _is_kind(words[at - 1][0].lower()):
            return at
    return 0


def _with_place(words: list[tuple[str, int]], last: int) -> int:
    """Take in the place or district after the kind: "District of Upper Vale"."""
    if not last or last + 1 >= len(words):
        return last
    kind = words[last - 1][0].lower()
    if kind not in _PLACED or words[last][0].lower() not in ("of", "for"):
        return last
    end = last + 1
    while end < len(words) and words[end][0] not in (",", "/", "–", "—"):
        word = words[end][0]
        if word.lower() in _ELSEWHERE or (end > last + 1 and _breaks(word, words[last - 1][0])):
            break
        end += 1
        if words[end - 1][0].endswith("."):
            break
    while end > last + 1 and words[end - 1][0].lower() in _SMALL:
        end -= 1
    return end if end > last + 1 else last


def _breaks(word: str, kind: str) -> bool:
    """Tell a word that no place goes on with: "the", and the RE of a letter."""
    return word in ("the", "The") or (word.isupper() and len(word) < 4 and not kind.isupper())


def _says_enough(words: list[tuple[str, int]]) -> bool:
    """Refuse bare kinds that name no body: "Committee", "the Board", "Group"."""
    names = [word.lower().rstrip(".,") for word, _ in words if word.lower() not in _SMALL]
    if not names or words[0][0].lower() in _SMALL - {"the"} or words[0][0] == ",":
        return False
    return len(names) > 1 or names[0] in ("cabinet", "council", "executive", "assembly")


def _spell(word: str, at: int, shouted: bool) -> str:
    low = word.lower()
    if low in _EXPANSIONS:
        return _EXPANSIONS[low]
    if low in _LOWER and at:
        return low
    if not shouted and not (word.isupper() and len(word) > 4):
        return word[:1].upper() + word[1:] if at == 0 else word
    return re.sub(r"[^\W_]+(?:['’][^\W_]+)?", lambda each: each.group().capitalize(), low)


def _place_first(text: str) -> str:
    """Put a district's kind first, and its committee last: "Municipal District of Vale ..."."""
    inner = re.match(
        r"(?P<what>.*Committee) (?:of|for) (?:the )?(?P<where>\w+ District of .*)$", text
    )
    if inner:
        return f"{inner['where']} {inner['what']}"
    outer = re.match(
        r"(?P<where>(?:\S+ ){1,4})(?P<kind>Municipal|Metropolitan|Borough) District\b", text
    )
    if outer and not outer["where"].lower().startswith(("the ", "district ")):
        return f"{outer['kind']} District of {outer['where'].strip()}{text[outer.end() :]}"
    return text
