"""Finds the clauses that say what will be done: who, will, does what.

"A report will be brought to the Committee by the Head of Parks" has the subject "A report", the
modal "will", the verb "brought" in the passive, and an agent behind "by". No grammar of English is
attempted: committee papers say these things in few ways.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from ingest.commitments.words import AGENTS, NO_PARTICIPLES, THINGS

_ADVERBS = (
    r"(?:(?:also|then|now|again|therefore|further|immediately|shortly|soon|subsequently|directly"
    r"|duly"
    r"|likely|certainly|definitely|probably|possibly|always|usually|normally|generally|still|only"
    r"|not|never|no longer|all|both|each|actively|carefully|fully|either|first|in turn|hopefully"
    r"|therefore|accordingly|urgently|in due course|instead|formally|be able to|be happy to"
    r"|in fact|itself|himself|herself|themselves|personally|individually|jointly|\w+ly),?\s)"
)
FULL_STOP = (
    r"(?<!\bMr)(?<!\bMrs)(?<!\bMs)(?<!\bDr)(?<!\bCllr)(?<!\bNo)(?<!\bCo)(?<!\bSt)(?<!\b[A-Z])"
    r"\.(?=\s+[A-Z]|$)"
)
"""Within what was cut as one sentence: the end of a clause, unless it closes an abbreviation."""
_INSERT = r",\s?(?:[^,;:.]|\.(?=\d)){2,110},\s"
_MODAL = re.compile(
    r"\b(?P<modal>will|shall|would|I’ll|we’ll|I'll|we'll|(?:is|are|was|were)(?: now)? to(?= \w)"
    r"|(?:now )?intends? to|intended to|(?<!no )(?<!the )(?<!any )(?<!its )(?<!their )(?<!of"
    r" )plans? to|propos(?:es|e) to|undertakes? to|agrees? to)"
    rf"(?:{_INSERT}|\s)(?P<adverbs>{_ADVERBS}*)(?P<be>be\s)?(?P<after>{_ADVERBS}*)"
    r"(?P<verb>(?!(?:the|an?|this|that|it)\b)[a-z][a-z’\-]+)\b"
)
MODALS = (
    *("will", "would", "shall", "’ll", "'ll", "tend", "plan", "propos", "undertake", "agree"),
    *("is to ", "are to ", "was to ", "were to ", "now to "),
)
"""What a clause that says what will be done holds at least one of: quick to look for."""
_BOUNDARY = re.compile(
    r"[;:“”\"]|,(?=\s)(?! (?:along|together|as well as|in (?:conjunction|partnership|consultation)"
    r"|such as|including)\b)"
    r"|\b(?:advised|told|informed|assured) (?:(?:the )?(?:[A-Z][\w’'-]*\.?|[Mm]embers) ){1,5}"
    r"(?=(?:an?|the|there|it|he|she|they|this|these)\b)"
    r"|\b(?:(?<!in )that|which|who|where|when|whether|if|(?<!such )as(?! well)|because|so|but"
    r"|while|until"
    r"|once|after|before|although|how|what|why|than|said|stated|confirmed|advised|noted|explained"
    r"|replied|commented|reported|added|agreed|acknowledged|asked|indicated|suggested|verified)\b"
    r"|\b(?<!he )(?:and|or)\s+(?=(?:the|an?|it|this"
    r"|these"
    r"|he|she|they|I|we|[A-Z]\w+)\b)|\s[–-]\s"
    rf"|{FULL_STOP}\s?"
)
"""What a subject does not reach across. "Advised Mrs Pell a lamp would …" needs no "that"."""
_STOP = re.compile(
    rf"[;]|{FULL_STOP}|,?\s(?:and|but)\s(?=(?:that\s)?(?:the|an?|it|this|these|he|she|they|I|we"
    r"|[A-Z]\w+)\b[^,;.]{0,60}\b(?:will|would|shall|is|are|was|were|has|had)\b)|,\s(?=which\b"
    r"|who\b|as\b|but\b)"
)
_PREPOSITION = re.compile(
    r"[\s(,]+(?:of|for|in|on|at|with|to|from|by|under|between|regarding|about|including|outlining"
    r"|concerning|against|within|into|along|relating|associated|outside|together|is|are|was|were"
    r"|has"
    r"|have|had|will|would|as well as|such as|currently|who|which)\b"
)
_PARTICIPLE = re.compile(
    r"\w+(?:ed|en|ught|awn|own|orn)|put|set|held|made|met|sent|done|built|kept|dealt|cut|laid"
    r"|run|paid"
    r"|left|lost|told|sought|found|read|given|begun|let|sold|hung|won|re-?laid|rebuilt|cleared"
    r"|heard"
    r"|seen|shown|spent|led|fed|repaid|reset|overseen|rung|upheld"
)
_BY = re.compile(
    r"\bby\s(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July|August|September|October|November"
    r"|December"
    r"|Christmas|Easter|Spring|Summer|Autumn|Winter)(?P<who>(?:the |our |its |a |an )?(?:[A-Z]"
    r"|officers?\b|staff\b|consultants?\b"
    r"|members\b|contractors?\b)[^,;.:()]{0,90})"
)
_AGENT_ENDS = re.compile(
    r"\s(?:to|as|in order|in accordance|on|at|before|by|from|within|during|under|until|when|if"
    r"|once|after|which|who"
    r"|with a view|in advance|prior|and (?:will|the|a|an|then|[a-z]+ed|drawn)"
    r"|should|subject|this|next|and where)\b"
)
_MADE = re.compile(r"\b(?:\w{3,}ed|made|taken|given|put|held)\b")
_PAST = tuple(f"{letter}ed" for letter in "abcdfghijklmnopqrstuvwxyz")
_SHARED = re.compile(r"\s(?:is|are|was|were|has|have|had)\s")
"""Between a subject and the first of the verbs that share it."""
_GOES_ON = re.compile(r"(?:,|\b(?:and|but|or|then))\s*$")
"""Before a second verb of one subject: "a toll would not please the town but would …"."""
_LEAD_ADVERB = re.compile(
    r"^(?:(?:However|Therefore|Thereafter|In addition|Furthermore|Also|Then|Once|Accordingly"
    r"|In the interim|In the meantime|Following this|Upon|Going forward|Again|Additionally)\s)+"
)


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause that says what will be done, as spans of its sentence."""

    start: int
    """Where its subject begins."""
    modal_start: int
    verb_start: int
    end: int
    subject: str
    modal: str
    """"will", "would", "to be", "was to be" or "intends"."""
    adverbs: str
    verb: str
    passive: bool
    progressive: bool
    agent: str | None
    """Who does it: the subject of an active clause, or who stands behind "by"."""
    stative: bool
    """"would be compliant": what it would be, not what is done."""
    wished: bool
    """"proposes to": it is up to others."""


def holds_any(words: str, pieces: Iterable[str]) -> bool:
    """Tell whether some words hold any of the pieces.

    Far quicker than a regular expression, which it saves where they hold none.
    """
    for piece in pieces:  # noqa: SIM110 - twice as quick as any()
        if piece in words:
            return True
    return False


@lru_cache(maxsize=64)
def clauses(sentence: str) -> tuple[Clause, ...]:
    """Return the clauses of a sentence that say what will be done, in order.

    Kept for the next rules, which ask for those of the same sentence.
    """
    if not holds_any(sentence, MODALS):
        return ()
    return tuple(_clauses(sentence))


def _clauses(sentence: str) -> Iterator[Clause]:
    shared = ""
    for match in _MODAL.finditer(sentence):
        start = _subject_start(sentence, match.start())
        subject = sentence[start : match.start()].strip(" ,")
        if not subject and _GOES_ON.search(sentence[: match.start()]):
            subject = shared
        shared = subject
        stop = _STOP.search(sentence, match.end())
        end = stop.start() if stop else len(sentence)
        word = match["verb"]
        be = match["be"] is not None
        progressive = be and word.endswith("ing")
        # "will presented": clerks drop a "be".
        passive = (be or word.endswith(_PAST)) and bool(_PARTICIPLE.fullmatch(word))
        passive = passive and word not in NO_PARTICIPLES
        by = _BY.search(sentence, match.end(), end) if passive else None
        if by and _MADE.search(sentence, match.end(), by.start()):
            by = None  # "given to the request made by the Guild"
        agent: str | None
        if passive:
            agent = _AGENT_ENDS.split(by["who"])[0].strip() if by else None
            agent = agent if agent and is_agent(agent) else None
        else:
            agent = _SHARED.split(subject)[0] if is_agent(subject) else None
        yield Clause(
            start=start
            + len(sentence[start : match.start()])
            - len(sentence[start : match.start()].lstrip(" ,")),
            modal_start=match.start(),
            verb_start=match.start("verb"),
            end=end,
            subject=_LEAD_ADVERB.sub("", subject),
            modal=_modal(match["modal"]),
            adverbs=(match["adverbs"] or "") + (match["after"] or ""),
            verb=word,
            passive=passive,
            progressive=progressive,
            agent=agent,
            stative=be and not passive and not progressive,
            wished=match["modal"].startswith("propos"),
        )


def _subject_start(sentence: str, modal: int) -> int:
    """Return where the subject of a modal begins.

    An insertion between commas is stepped over ("a visit, to include the quay, would be held"); of
    two clauses that share a sentence the nearer one counts.
    """
    ends = [
        boundary.end()
        for boundary in _BOUNDARY.finditer(sentence, 0, modal)
        if not _joins_name(sentence, boundary)
    ]
    while ends and _LISTED.match(sentence, ends[-1], modal):
        ends.pop()
    start = ends[-1] if ends else 0
    if not sentence[start:modal].strip(" ,") and sentence[start - 1 : start] == ",":
        start = ends[-3] if len(ends) > 2 else 0
    other = _EARLIER_VERB.match(sentence, start, modal)
    return other.end() if other and sentence[other.end() : modal].strip() else start


_LISTED = re.compile(
    r"(?<=,)\s(?!and\b|it\b|the\b|an?\b|this\b|these\b)[a-z’-]+(?: [a-z’-]+){0,2} and [^,]*$"
)
"""The rest of a list within a subject: "the costs, options and risks would be weighed"."""
_EARLIER_VERB = re.compile(
    r".*\b(?:will|would|shall|is|are|was|were|has|have|had)\b.*\band\s(?![A-Z])"
)
"""Of two clauses joined by "and" the first: "funds are there and plans would be brought"."""
_NAMES_PART = re.compile(r"(?:^|[\s(])(?!The\b)[A-Z][\w’'-]*\s?$")


_ROLE_SO_FAR = re.compile(r"\b[Tt]he (?:[A-Z][\w’'/-]* ){0,3}[A-Z][\w’'/-]*$")
_MORE_OF_ROLE = re.compile(r" (?!(?:The|Councillor|Cllr|Mr|Mrs|Ms|Dr|Miss)\b)[A-Z]\w*[ ,]")


def _joins_name(sentence: str, boundary: re.Match[str]) -> bool:
    """Tell whether an "and" or a comma stands within a name.

    "Sallowmere City and County Council", "the Director, Parks and Harbours".
    """
    following = sentence[boundary.end() :]
    if boundary.group().strip() == ",":
        role = _ROLE_SO_FAR.search(sentence[: boundary.start()])
        return bool(role) and bool(_MORE_OF_ROLE.match(following))
    if boundary.group().strip() not in ("and", "or", "&"):
        return False
    return following[:1].isupper() and bool(_NAMES_PART.search(sentence[: boundary.start()]))


def _modal(words: str) -> str:
    low = words.casefold().replace("'", "’")
    if low in ("will", "shall", "i’ll", "we’ll"):
        return "will"
    if low == "would":
        return "would"
    first = low.split()[0]
    if first in ("was", "were"):
        return "was to be"
    return "to be" if first in ("is", "are") else "intends"


def head_of(subject: str) -> str:
    """Return the chief noun of a subject: "Director" of "the Director of Parks"."""
    chunk = _PREPOSITION.split(f" {subject} ")[0].strip(" ,").split(",")[0]
    words = re.findall(r"[\w’'&/\-]+", chunk)
    return words[-1] if words else ""


_NUMERAL = re.compile(r"[IVXLC]{2,}|\W*\d\w*")


def is_agent(subject: str) -> bool:
    """Tell whether a subject is somebody who can undertake things: a person, office or body."""
    head = head_of(subject)
    low = head.casefold().removesuffix("’s")
    if not head or low in THINGS or _NUMERAL.fullmatch(head):
        return False
    if low in AGENTS:
        return True
    chunk = _PREPOSITION.split(f" {subject} ")[0].strip(" ,")
    if re.match(
        r"(?:and )?(?:Cllr|Councillor|Mr|Mrs|Ms|Miss|Dr|Mayor|Provost|Ald|Alderman)\b", chunk
    ):
        return True
    words = [
        w
        for w in re.findall(r"[\w’'&/\-]+", chunk)
        if w.casefold() not in ("the", "and", "&", "of")
    ]
    # A proper name: "Irish Water", "Travel & Transportation", "KCC".
    return (
        bool(words)
        and all(w[0].isupper() for w in words)
        and (len(words) > 1 or words[0].isupper())
    )
