"""What a question asks: without the words that only frame it, and what kind of answer it wants."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from search.wanted import PROMISE, SAY, SUMMARY, Wanted, wanted
from search.words import content_words, stem_of, stems, tells

_GROUP = (
    r"(?:the )?(?:\w+ )?(?:committee|council|board|panel|sub-?committee|working group|task group|"
    r"councillors|members|officers|meeting|participants|speakers|team|group|attendees)(?:'s|s')?"
    r"|they|people|everyone|anyone|we"
)
_ABOUT = (
    r"(?:about|on|regarding|concerning|in relation to|in respect of|as to|with regard to|"
    r"with respect to|when (?:it|they|we) (?:came to|discussed|talked about|discussing))"
)
_SETTLE = r"(?:decide[sd]?|agree[sd]?|resolve[sd]?|settle[sd]?|ask(?:ed|s)?|arrange[sd]?)"
_SPOKE = rf"(?:{SAY}|{PROMISE}|{_SETTLE})"

FRAMES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?:hi|hello|hey|please|kindly|ok|okay|so|well)\b[,.!]? +",
        r"(?:can|could|would|will) (?:you|someone|anyone) (?:please |kindly |possibly )?"
        r"(?=tell|give|show|find|explain|summari[sz]e|describe|list|remind|let|help|look)",
        r"i(?: would|'d)? (?:want|need|wish|like|am trying|am looking)(?: to (?:know|find out|see|"
        r"understand|learn|hear))?(?: about| if| whether)? +",
        r"(?:do|does|did) (?:you|anyone|we|the papers) (?:know|say|tell)(?: us| me)?"
        r"(?: about| if| whether)? +",
        r"(?:tell|remind|show) (?:me|us)(?: about| if| whether)? +",
        r"(?:find|look) (?:me |up |for |out )?(?:anything |something |everything )?(?:about )?+",
        r"let (?:me|us) know(?: about| if)? +",
        r"(?:give|provide|write|show)(?: me| us)? (?:a|an|the) (?:brief |short |quick )?"
        r"(?:summary|overview|account|outline) (?:of|on|about) +",
        r"(?:summari[sz]e|describe|outline|explain|recap) +"
        rf"(?:(?:the |all |any )?(?:whole |main |general )?{SUMMARY}(?: points)? "
        rf"(?:of|{_ABOUT}) +)?",
        rf"(?:what|how) (?:did|does|do|has|have|had|was|were) (?:{_GROUP}) {_SPOKE}"
        rf"(?: (?:to say|to do))? {_ABOUT} +",
        rf"what (?:was|were|is|has been|had been) {_SPOKE} {_ABOUT} +",
        rf"what (?:was|were|is|are) (?:the |{_GROUP} )?(?:\w+ )?{SUMMARY} (?:of (?:{_GROUP}) )?"
        rf"(?:of|{_ABOUT}) +",
        rf"(?:the )?{SUMMARY} (?:of|{_ABOUT}) +",
        r"is there (?:any|some)thing (?:in the papers |in the minutes )?(?:about|on) +",
        r"(?:any|some)thing (?:about|on) +",
    )
)
"""How a question may begin before it comes to its matter, whatever council it is put to. A body
that is named ("Cabinet") is left: it tells papers apart."""

_CLOSING = re.compile(r"[ ,]+(?:please|thanks|thank you|if you can|for me)[ .!?]*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Query:
    """A question as it is searched."""

    question: str
    asked: str
    """Without the words that only frame it."""
    words: tuple[str, ...]
    """What it asks about, as written."""
    stems: tuple[str, ...]
    """The stem of each of words."""
    wanted: Wanted

    @property
    def names(self) -> tuple[str, ...]:
        """The stems of its names: of words with a capital, but for the one it begins with."""
        first = self.question.partition(" ")[0]
        pairs = zip(self.words, self.stems, strict=True)
        return tuple(
            stem for word, stem in pairs if word[:1].isupper() and not first.startswith(word)
        )

    @property
    def long_names(self) -> tuple[tuple[str, str], ...]:
        """The stems of every two words of its names that stand side by side: of "Family Hubs"."""
        names = set(self.names)
        beside = pairwise(stems(self.asked)) if names else ()
        return tuple(dict.fromkeys(pair for pair in beside if names.issuperset(pair)))

    def gives(self, word: str) -> bool:
        """Tell whether a word, or a figure in any form, stands in it."""
        return all(stem in self.stems for stem in stem_of(word))


def understand(question: str) -> Query:
    """Return what a question asks; a question is never stripped down to nothing."""
    whole = " ".join(question.split())
    asked = strip_framing(whole)
    pairs = content_words(asked)
    return Query(
        question=question,
        asked=asked,
        words=tuple(word for word, _ in pairs),
        stems=tuple(stem for _, stem in pairs),
        wanted=wanted(whole),
    )


def strip_framing(question: str) -> str:
    """Return a question without the words before and after its matter."""
    left = _CLOSING.sub("", question).strip()
    found = True
    while found:
        found = False
        for frame in FRAMES:
            match = frame.match(left)
            if match and match.end() > 0 and tells(left[match.end() :]):
                left = left[match.end() :].strip()
                found = True
    return left or question
