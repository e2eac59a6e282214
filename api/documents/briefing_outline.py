"""A briefing in words, whatever it is written as: parts, lines, and numbered references.

Here alone is decided what a briefing says beside its quotations; the writers only set it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from api.viewing.quoted import named
from api.wording import between_marks, cited, counted, day, either, listed, period
from ingest.paper import Due, Vote
from search.answer import PaperCard
from search.briefing.values import Briefing, Decision, Met, Open, Place, Promise, Quote, Sort
from search.periods import Period
from search.register.values import due_words

Link = Callable[[PaperCard, int, str], str | None]
"""Gives the address of a paper at a page, from 1, with words marked that api.viewing.quoted named;
None where there is none."""

LABELS = {
    Sort.REPORTED: "Reported",
    Sort.FIGURE: "Figure given",
    Sort.ASKED: "Asked",
    Sort.MOVED: "Moved",
    Sort.RECOMMENDED: "Recommended",
    Sort.DECIDED: "Decided",
    Sort.PROMISED: "Promised",
}

REFERENCES = "References"


@dataclass(frozen=True, slots=True)
class Note:
    """Words of ours."""

    words: str
    heading = False


@dataclass(frozen=True, slots=True)
class Under:
    """A heading within a part."""

    words: str
    heading = True


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quotation with its reference."""

    label: str | None
    """What it is, before it."""
    words: str
    """The paper's, on one line."""
    cut: bool
    number: int
    after: str | None = None
    """Words of ours after it."""

    @property
    def marked(self) -> str:
        """The words between quotation marks, with an ellipsis where they are cut."""
        return between_marks(self.words, self.cut)


@dataclass(frozen=True, slots=True)
class Row:
    """A name, and what goes with it: words of ours, each with its references."""

    head: str
    entries: tuple[tuple[str, tuple[int, ...]], ...]


Block = Note | Under | Quoted | Row


@dataclass(frozen=True, slots=True)
class Part:
    """A part with its heading."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Reference:
    """Where quotations stand."""

    number: int
    words: str
    link: str | None


@dataclass(frozen=True, slots=True)
class Outline:
    """A whole briefing."""

    title: str
    about: tuple[str, ...]
    parts: tuple[Part, ...]
    references: tuple[Reference, ...]

    @property
    def headings(self) -> tuple[str, ...]:
        """The titles of all parts, for a list of contents."""
        return (*(part.title for part in self.parts), *([REFERENCES] if self.references else []))


def outline_of(briefing: Briefing, link: Link, council: str = "") -> Outline:
    """Return a briefing in words.

    Args:
        briefing: what is to be said.
        link: gives the addresses of papers.
        council: whose papers these are; "" where that is not known.
    """
    places = briefing.places()
    say = _Saying({place: at for at, place in enumerate(places, start=1)})
    return Outline(
        title=f"Briefing: {' '.join(briefing.matter.topic.split())}",
        about=tuple(_about(briefing, council)),
        parts=tuple(
            Part(title, tuple(blocks)) for title, blocks in _parts(briefing, say) if blocks
        ),
        references=tuple(
            _reference(at, quotes, link) for at, quotes in enumerate(places.values(), start=1)
        ),
    )


def _reference(number: int, quotes: Sequence[Quote], link: Link) -> Reference:
    """Return the reference of the quotations of one place: all of them are marked there."""
    first = quotes[0]
    words = named((each.citation.start, each.text) for each in quotes)
    return Reference(
        number,
        cited(first.paper, first.item, first.citation),
        link(first.paper, first.citation.first_page, words),
    )


def vote_in_words(vote: Vote) -> str:
    """Return how a vote went: "12 for, 9 against, 2 abstaining, recorded"."""
    counts = (
        f"{number} {what}"
        for number, what in (
            (vote.in_favour, "for"),
            (vote.against, "against"),
            (vote.abstaining, "abstaining"),
        )
        if number is not None
    )
    return ", ".join([*counts, *([vote.manner] if vote.manner else [])])


def text_equivalent(meetings: Iterable[Met]) -> list[tuple[str, str]]:
    """Return each body with its meetings in words: ("Cabinet", "2023 (1 meeting), 2024 (2 …")."""
    years: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for met in meetings:
        year = str(met.meeting_date.year) if met.meeting_date else "undated"
        years[met.body or "Of no known body"][year] += 1
    return [
        (body, ", ".join(f"{year} ({counted(each[year], 'meeting')})" for year in sorted(each)))
        for body, each in sorted(years.items())
    ]


@dataclass(frozen=True, slots=True)
class _Saying:
    """Puts quotations into lines."""

    numbers: dict[Place, int]

    def number(self, quote: Quote) -> int:
        return self.numbers[quote.place]

    def quoted(self, quote: Quote, label: str | None = None, after: str | None = None) -> Quoted:
        again = f"also in {counted(len(quote.again), 'other paper')}" if quote.again else None
        told = "; ".join(each for each in (after, again) if each)
        words = " ".join(quote.text.split())
        return Quoted(label, words, quote.cut, self.number(quote), told or None)


def _about(briefing: Briefing, council: str) -> Iterator[str]:
    asked = briefing.matter.filters
    papers = "the papers"
    if asked.bodies:
        papers += f" of {either(asked.bodies)}"
    if asked.kinds:
        papers += f", {listed([each.value for each in asked.kinds])} only"
    if asked.since:
        papers += f", meetings from {day(asked.since)}"
    if asked.until:
        papers += f", meetings until {day(asked.until)}"
    yield f"{council + ', ' if council else ''}{day(briefing.matter.today)}. From {papers}."
    if briefing.empty:
        yield "The papers hold nothing on this. Try other words, or other meetings."
        return
    yield (
        "All that stands between quotation marks is quoted from a paper, word for word; … marks"
        " where a quotation is cut. Each number leads to its reference at the end. What is not"
        " quoted here may still stand in the papers: open them before you rely on it."
    )


def _parts(briefing: Briefing, say: _Saying) -> Iterator[tuple[str, list[Block]]]:
    if briefing.empty:
        yield "What the papers do not tell", list(_untold(briefing))
        return
    yield "Current position", _position(briefing, say)
    yield "Your questions", _replies(briefing, say)
    yield "Passages you chose", [say.quoted(each) for each in briefing.chosen]
    yield (
        "Decisions and votes",
        _or_none(
            [
                Row(_when(each.quote), (("quoted above", (say.number(each.quote),)),))
                if each.quote in briefing.position
                else _decision(each, say)
                for each in briefing.decisions
            ],
            "No decision on it was found.",
        ),
    )
    yield (
        "Commitments, open and overdue",
        _or_none(
            [
                *(block for each in briefing.promises for block in _promise(each, say)),
                *_more_promises(briefing),
            ],
            "No open commitment on it was found.",
        ),
    )
    yield "What the papers do not tell", list(_untold(briefing))
    yield (
        "Suggested lines of questioning",
        [block for each in briefing.open for block in _open(each, say)],
    )
    yield "Timeline", [*_timeline(briefing.meetings, say), *_rest(briefing, say)]
    yield "Who spoke", list(_speakers(briefing, say))


def _or_none(blocks: Sequence[Block], none: str) -> list[Block]:
    return list(blocks) or [Note(none)]


def _when(quote: Quote) -> str:
    paper = quote.paper
    when = day(paper.meeting_date) if paper.meeting_date else "Undated"
    return f"{when}, {paper.body}" if paper.body else when


def _position(briefing: Briefing, say: _Saying) -> list[Block]:
    decided = {(each.quote.paper.id, each.quote.citation): each for each in briefing.decisions}
    latest = [
        _decision(decided[each.paper.id, each.citation], say)
        if (each.paper.id, each.citation) in decided
        else say.quoted(each, _when(each))
        for each in briefing.position
    ]
    return _or_none(latest, "No dated paper tells how it stands.")


def _replies(briefing: Briefing, say: _Saying) -> list[Block]:
    blocks: list[Block] = []
    for each in briefing.replies:
        if each.quotes:
            blocks.append(Under(each.question))
            blocks += [say.quoted(quote, _when(quote)) for quote in each.quotes]
    return blocks


def _timeline(meetings: Sequence[Met], say: _Saying) -> Iterator[Block]:
    for body, years in text_equivalent(meetings):
        yield Row(body, ((years, ()),))
    for met in meetings:
        if met.lines:
            yield Under(_when(met.first))
            for line in met.lines:
                yield say.quoted(line.quote, LABELS[line.sort])


def _rest(briefing: Briefing, say: _Saying) -> Iterator[Block]:
    """Yield the meetings for which there was no room: the latest with their references."""
    rest: defaultdict[str, list[tuple[str, tuple[int, ...]]]] = defaultdict(list)
    for met in briefing.listed:
        when = day(met.meeting_date) if met.meeting_date else "undated"
        rest[met.body or "Of no known body"].append((when, (say.number(met.first),)))
    if rest:
        yield Under("Meetings that also speak of it")
        for body, entries in sorted(rest.items()):
            yield Row(body, tuple(entries))
    earlier = sum(1 for met in briefing.meetings if not met.lines) - len(briefing.listed)
    if earlier:
        yield Note(
            f"{counted(earlier, 'earlier meeting')} also speak of it: a briefing until an earlier"
            " day, or of one committee, quotes them."
        )


def _decision(each: Decision, say: _Saying) -> Block:
    if each.ruling is not None:
        return say.quoted(each.quote, _when(each.quote))
    moved = f"moved by {each.proposer}" if each.proposer else None
    seconded = f"seconded by {each.seconder}" if each.seconder else None
    outcome = each.outcome.value if each.outcome else "no outcome is printed"
    vote = vote_in_words(each.vote) if each.vote else None
    told = ", ".join(part for part in (moved, seconded, outcome, vote) if part)
    return say.quoted(each.quote, f"{_when(each.quote)}: motion", told)


def _promise(each: Promise, say: _Saying) -> Iterator[Block]:
    present = each.entry.present
    owner = f"owner: {present.owner}" if present.owner else "no owner is named"
    due = f"due: {_due(present.due)}" if present.due else "no day is named"
    state = "Overdue" if each.overdue else "Open"
    yield say.quoted(each.quote, f"{state}, {_when(each.quote)}", f"{owner}; {due}")
    if each.later:
        yield say.quoted(each.later, f"A later paper, {_when(each.later)}")
    else:
        yield Note("No later paper seems to report on it.")


def _due(due: Due) -> str:
    """Return when something is due: in the paper's words, or the day that an officer set."""
    if due.first is None or due.last is None or due.words != due_words(due):
        return due.words
    return period(Period(due.first, due.last))


def _more_promises(briefing: Briefing) -> Iterator[Block]:
    if briefing.more_promises:
        others = counted(briefing.more_promises, "other open commitment")
        topic = " ".join(briefing.matter.topic.split())
        yield Note(f"{others} on it: see the register of commitments, topic “{topic}”.")


def _speakers(briefing: Briefing, say: _Saying) -> Iterator[Block]:
    for title, office in (("By name", False), ("By office", True)):
        found = [each for each in briefing.speakers if each.office is office]
        if found:
            yield Under(title)
        for each in found:
            places = defaultdict[str, list[int]](list)
            for quote in each.quotes:
                places[_when(quote)].append(say.number(quote))
            yield Row(each.name, tuple((when, tuple(given)) for when, given in places.items()))
    if not briefing.speakers:
        yield Note("Nobody is recorded by name or office as speaking on it.")


def _untold(briefing: Briefing) -> Iterator[Block]:
    unanswered = [each.question for each in briefing.replies if not each.quotes]
    for question in unanswered:
        yield Under(question)
        yield Note("The papers do not seem to answer this.")
    if briefing.open:
        yield Note(
            f"{counted(len(briefing.open), 'question or request', 'questions and requests')} put"
            " to meetings got no full reply in these papers; they stand in the next part."
        )
    elif not unanswered and not briefing.empty:
        yield Note("No question was found that got no full reply.")


def _open(each: Open, say: _Saying) -> Iterator[Block]:
    asker = f", asked by {each.asker}" if each.asker else ""
    untold = "no later paper seems to report on it" if each.request else "no reply to it is printed"
    yield say.quoted(each.quote, f"{_when(each.quote)}{asker}", None if each.reply else untold)
    if each.reply:
        yield say.quoted(each.reply, "The reply")
