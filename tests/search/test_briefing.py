from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.paper import (
    Business,
    Commitment,
    CommitmentKind,
    Due,
    Motion,
    Outcome,
    PaperKind,
    PaperState,
    Question,
    Resolution,
    Ruling,
    Vote,
)
from search.access import Access
from search.answer import Filters
from search.briefing.brief import Briefer
from search.briefing.choosing import MOST_LINES, TIMELINE_WORDS
from search.briefing.promising import MOST_PROMISES
from search.briefing.quoting import Quotable
from search.briefing.relevance import Measure
from search.briefing.values import MOST_LISTED, Briefing, Matter, Sort
from search.errors import EmptyQuery, NotHeld
from search.generation import open_view
from search.library import Library
from tests.embedders import HashEmbedder
from tests.search.factory import embedded, paper, promising

TODAY = date(2031, 9, 1)
REPORTED = "Ms Tarn reported that the tram depot at Sallowmere had cost £4.1 million so far."
RESOLVED = "RESOLVED that the tram depot at Sallowmere be opened in October 2031."
PROMISE = "Ms Tarn undertook to publish the tram depot survey by 30 June 2031."
REQUEST = "Members asked that the tram depot have a bicycle shed for its drivers."
QUESTION = "Will the tram depot be closed on public holidays this winter?"
OTHER = "Councillor Pell thanked the library staff for their work over the summer."


def at(whole, words: str) -> tuple[int, int]:
    start = whole.text.text.index(words)
    return start, start + len(words)


def plain(*paragraphs: str, **given):
    """Return a paper in whose items nothing happens but what a test says."""
    return replace(paper(list(paragraphs), **given), business=Business())


def resolving(whole, words: str, ruling: Ruling = Ruling.RESOLVED):
    item = 0 if whole.items else None
    return replace(
        whole,
        business=replace(whole.business, resolutions=(Resolution(item, ruling, at(whole, words)),)),
    )


def asking(whole, words: str, reply: str | None):
    put = Question(
        None, at(whole, words), at(whole, words), "Cllr Dray", "Leader", "Leader",
        at(whole, reply) if reply else None,
    )  # fmt: skip
    return replace(whole, business=replace(whole.business, questions=(put,)))


@pytest.fixture
def brief(tmp_path):
    """Return the briefing on a topic from some papers, and check every quotation in it."""

    def make(*papers, topic: str = "tram depot", **given) -> Briefing:
        folder = tmp_path / "library"
        filler = [plain(f"Matter {n} was noted.", source=f"/papers/{n}.md") for n in range(30)]
        if not folder.exists():
            with Library.create_or_open(folder, "hash", HashEmbedder.dimension) as library:
                library.keep(embedded(*papers, *filler))
        with open_view(folder, Access.EXEMPT) as view:
            found = Briefer(HashEmbedder()).brief(view, Matter(topic, TODAY, **given))
            for quote in found.quotes():
                text = view.paper(quote.paper.id).text.text
                assert quote.text == text[quote.citation.start : quote.citation.end]
                assert quote.text.strip() == quote.text != ""
            return found

    return make


def texts(quotes) -> list[str]:
    return [quote.text for quote in quotes]


def every_text(found: Briefing) -> str:
    return "\n".join(texts(found.quotes()))


MINUTES = resolving(
    plain(REPORTED, RESOLVED, OTHER, source="/papers/july.md", meeting_date=date(2031, 7, 1)),
    RESOLVED,
)


class TestWhatIsQuoted:
    def test_the_latest_decision_is_the_position(self, brief):
        earlier = plain(
            "The tram depot would never be built, it was said by everybody.",
            source="/papers/may.md",
            meeting_date=date(2031, 5, 6),
        )
        assert texts(brief(MINUTES, earlier).position)[0] == RESOLVED

    def test_what_is_years_older_than_the_latest_meeting_is_no_position(self, brief):
        earlier = plain(
            "The tram depot will never be built, it was said by everybody.",
            source="/papers/old.md",
            meeting_date=date(2021, 5, 6),
        )
        found = brief(MINUTES, earlier)
        assert {quote.paper.source for quote in found.position} == {MINUTES.source}

    def test_what_does_not_speak_of_the_matter_is_left_out(self, brief):
        assert OTHER not in every_text(brief(MINUTES))

    def test_its_words_far_apart_are_chance(self, brief):
        apart = plain(
            "The tram ran late again that day, and afterwards the Panel went to see the old depot."
        )
        assert brief(apart).empty

    def test_a_matter_that_nobody_speaks_of_has_an_empty_briefing(self, brief):
        found = brief(MINUTES, topic="moon base")
        assert found.empty and found.references == ()

    def test_a_topic_without_words_is_refused(self, brief):
        with pytest.raises(EmptyQuery):
            brief(MINUTES, topic=" ?! ")

    def test_only_the_papers_that_the_filters_allow_are_quoted(self, brief):
        found = brief(MINUTES, filters=Filters(until=date(2031, 6, 1)))
        assert found.empty

    def test_an_agenda_tells_nothing(self, brief):
        assert brief(replace(MINUTES, kind=PaperKind.AGENDA, business=Business())).empty

    def test_a_report_only_recalls_what_was_decided(self, brief):
        found = brief(replace(MINUTES, kind=PaperKind.REPORT))
        assert found.decisions == () and RESOLVED in every_text(found)

    def test_what_stands_under_the_matters_item_counts_where_it_tells_something(self, brief):
        figure = "The roof alone had cost £900,000 more than was put aside for it."
        under = plain(figure, OTHER, item="The tram depot")
        found = brief(under)
        lines = [line.quote.text for met in found.meetings for line in met.lines]
        assert [*texts(found.position), *lines] == [figure]

    def test_the_same_words_are_quoted_once_from_the_record(self, brief):
        draft = resolving(
            plain(
                REPORTED,
                RESOLVED,
                source="/papers/draft.md",
                meeting_date=date(2031, 7, 1),
                state=PaperState.DRAFT,
            ),
            RESOLVED,
        )
        found = brief(draft, MINUTES)
        (decision,) = found.decisions
        assert [card.state for card in decision.quote.again] == [PaperState.DRAFT]
        assert {quote.paper.source for quote in found.quotes()} == {MINUTES.source}


class TestHidden:
    def test_exempt_items_are_never_quoted(self, brief):
        item = "The tram depot"
        secret = plain(REPORTED, RESOLVED, PROMISE, source="/papers/s.md", item=item)
        secret = promising(resolving(secret, RESOLVED), PROMISE, owner="Ms Tarn")
        hidden = replace(secret, items=tuple(replace(each, exempt=True) for each in secret.items))
        assert brief(hidden, MINUTES).references == brief(MINUTES).references
        assert "/papers/s.md" not in {q.paper.source for q in brief(hidden).quotes()}

    def test_words_below_a_mark_that_closes_them_are_never_quoted(self, brief):
        secret = plain(REPORTED, RESOLVED, PROMISE, source="/papers/s.md")
        start, end = at(secret, RESOLVED)
        closed = replace(resolving(secret, RESOLVED), closed=((start, end),))
        quotable = Quotable(closed, None)
        assert quotable.quote(start, end) is None
        assert quotable.quote(start - 5, end) is None
        assert quotable.quote(*at(secret, PROMISE)) is not None
        assert all(RESOLVED not in quote.text for quote in brief(closed).quotes())

    def test_exempt_papers_are_never_quoted_even_when_asked_for(self, brief):
        secret = replace(promising(MINUTES, RESOLVED), exempt=True)
        assert brief(secret, passages=(secret.passages[0].id,)).empty

    def test_words_outside_every_passage_are_never_quoted(self):
        held = replace(MINUTES, passages=MINUTES.passages[:1])
        quotable = Quotable(held, None)
        assert quotable.quote(*at(held, RESOLVED)) is None


class TestDecisions:
    def test_a_motion_tells_who_moved_it_and_how_the_vote_went(self, brief):
        whole = plain("That the tram depot be painted yellow before it opens.")
        span = at(whole, "That the tram depot be painted yellow before it opens.")
        vote = Vote(span, 4, 7, None, "recorded")
        moved = Motion(None, span, span, "Cllr Pell", "Cllr Dray", vote, Outcome.LOST, None)
        found = brief(replace(whole, business=Business(motions=(moved,))))
        (decision,) = found.decisions
        assert (decision.proposer, decision.outcome) == ("Cllr Pell", Outcome.LOST)
        assert decision.vote == vote and decision.ruling is None
        assert [met.decided for met in found.meetings] == [True]

    def test_a_notice_of_motion_that_nobody_seconded_is_none(self, brief):
        words = "That the tram depot be painted green by all who use it."
        first = plain(words)
        span = at(first, words)
        notice = Motion(None, span, span, "Cllr Dray", None, None, None, None)
        other = "That every tram depot have a bell, and somebody who rings it."
        second = plain(other, source="/papers/m.md")
        span = at(second, other)
        moved = Motion(None, span, span, "Cllr Dray", "Cllr Pell", None, None, None)
        found = brief(
            replace(first, business=Business(motions=(notice,))),
            replace(second, business=Business(motions=(moved,))),
        )
        assert texts(each.quote for each in found.decisions) == [other]
        assert not any(met.decided for met in found.meetings)  # no outcome is printed

    def test_recommendations_are_no_decisions(self, brief):
        found = brief(resolving(MINUTES, RESOLVED, Ruling.RECOMMENDED))
        assert found.decisions == ()
        assert Sort.RECOMMENDED in {line.sort for met in found.meetings for line in met.lines}

    def test_what_is_resolved_of_the_meeting_itself_is_left_out(self, brief):
        words = "RESOLVED that the meeting on the tram depot be adjourned until Thursday."
        assert brief(resolving(plain(words), words)).decisions == ()

    def test_what_was_said_next_is_no_part_of_a_resolution(self, brief):
        whole = plain(RESOLVED, "Councillor Pell then left the room and did not return.")
        long = Resolution(None, Ruling.RESOLVED, (0, len(whole.text.text)))
        found = brief(replace(whole, business=Business(resolutions=(long,))))
        assert texts(each.quote for each in found.decisions) == [RESOLVED]


class TestCommitments:
    due = Due("by 30 June 2031", date(2031, 6, 30), date(2031, 6, 30))
    made = promising(plain(PROMISE, source="/papers/may.md"), PROMISE, owner="Ms Tarn", due=due)
    held = replace(
        made,
        commitments=(replace(made.commitments[0], action="publish the tram depot survey"),),
    )

    def test_an_open_one_whose_day_is_past_is_overdue(self, brief):
        (promise,) = brief(self.held).promises
        assert promise.overdue and promise.quote.text == PROMISE and promise.later is None

    def test_it_comes_with_what_later_papers_report(self, brief):
        done = "Ms Tarn said that the tram depot survey had been published in June 2031."
        later = plain(done, source="/papers/july.md", meeting_date=date(2031, 7, 1))
        (promise,) = brief(self.held, later).promises
        assert promise.later is not None and promise.later.text == done

    def test_one_that_the_register_doubts_stays_there(self, brief):
        (made,) = self.held.commitments
        doubted = replace(self.held, commitments=(replace(made, confidence=0.6),))
        assert brief(doubted).promises == ()

    def test_what_was_only_asked_for_and_never_reported_on_is_an_open_question(self, brief):
        (made,) = promising(plain(REQUEST), REQUEST).commitments
        asked: Commitment = replace(
            made, kind=CommitmentKind.REQUEST, signal="asked", confidence=0.5
        )
        found = brief(replace(plain(REQUEST), commitments=(asked,)))
        assert found.promises == ()
        assert [(each.quote.text, each.request) for each in found.open] == [(REQUEST, True)]

    def test_what_was_asked_for_and_perhaps_replied_to_is_none(self, brief):
        replied = plain(REQUEST, "The Clerk advised that there was no room for one.")
        (made,) = promising(replied, REQUEST).commitments
        asked = replace(made, kind=CommitmentKind.REQUEST, signal="asked", confidence=0.5)
        assert brief(replace(replied, commitments=(asked,))).open == ()

    def test_one_that_does_not_name_the_matter_is_quoted_with_the_sentence_before(self, brief):
        before = "Cllr Dray said that nobody swept the yard."
        words = "The Clerk agreed to look into this."
        whole = plain(f"{before} {words}", item="The tram depot")
        (promise,) = brief(promising(whole, words)).promises
        assert promise.quote.text == f"{before} {words}"

    def test_when_the_next_meeting_on_it_is_held_is_none(self, brief):
        words = "It was agreed to hold the next meeting on the tram depot in May."
        (made,) = promising(plain(words), words).commitments
        held = replace(made, action="hold the next meeting on the tram depot in May")
        assert brief(replace(plain(words), commitments=(held,))).promises == ()

    def test_those_beyond_the_first_are_counted(self, brief):
        words = [f"Ms Tarn undertook to paint tram depot door {name}." for name in "ABCDEFGH"]
        found = brief(promising(plain(*words), *words))
        assert (len(found.promises), found.more_promises) == (MOST_PROMISES, 2)


class TestQuestions:
    def test_one_without_a_printed_reply_is_open(self, brief):
        (put,) = brief(asking(plain(QUESTION), QUESTION, None)).open
        assert (put.quote.text, put.asker, put.reply) == (QUESTION, "Cllr Dray", None)

    def test_one_with_a_full_reply_is_not(self, brief):
        reply = "No, it will stay open on all of them."
        assert brief(asking(plain(QUESTION, reply), QUESTION, reply)).open == ()

    def test_one_to_which_another_paper_prints_the_reply_is_not(self, brief):
        reply = "No, it will stay open on all of them."
        later = asking(plain(QUESTION, reply, source="/papers/replies.md"), QUESTION, reply)
        assert brief(asking(plain(QUESTION), QUESTION, None), later).open == ()

    def test_a_reply_that_puts_the_answer_off_is_quoted_with_it(self, brief):
        reply = "I thank the Member. A written reply will be sent to her next week. It rained."
        (put,) = brief(asking(plain(QUESTION, reply), QUESTION, reply)).open
        assert put.reply.text == "A written reply will be sent to her next week."

    def test_a_brief_reply_that_only_promises_to_look_is_quoted_with_it(self, brief):
        reply = "This is currently being reviewed by the Clerk."
        (put,) = brief(asking(plain(QUESTION, reply), QUESTION, reply)).open
        assert put.reply.text == reply

    def test_a_long_reply_that_also_promises_to_look_is_full(self, brief):
        reply = "This is being reviewed. " + "The gates were mended in May, and shut at ten. " * 7
        reply = reply.strip()
        assert brief(asking(plain(QUESTION, reply), QUESTION, reply)).open == ()

    TOLD = "Cllr Dray asked whether the tram depot would get a new roof."

    def test_one_told_in_minutes_is_open_where_nothing_behind_it_could_be_a_reply(self, brief):
        (put,) = brief(plain(self.TOLD, "The sun shone. Tea was served.")).open
        assert (put.quote.text, put.asker, put.reply) == (self.TOLD, "Cllr Dray", None)

    @pytest.mark.parametrize(
        "reply",
        [
            "The Clerk advised that it would cost £900.",
            "In response it was pointed out that the old one would do.",
            "Reply: No.",
        ],
    )
    def test_one_told_in_minutes_is_not_open_where_something_could_be_a_reply(self, brief, reply):
        assert brief(plain(self.TOLD, "The sun shone.", reply)).open == ()

    def test_one_told_in_minutes_and_put_off_is_open_with_what_was_said(self, brief):
        reply = "The Clerk agreed to look into it."
        (put,) = brief(plain(self.TOLD, reply)).open
        assert (put.quote.text, put.reply.text) == (self.TOLD, reply)

    def test_what_somebody_is_asked_to_do_is_no_question(self, brief):
        told = "The tram depot staff were asked to say what they wanted."
        assert brief(plain(told, "Tea was served.")).open == ()

    def test_the_readers_own_are_answered_or_said_not_to_be(self, brief):
        asked = ("When will the tram depot at Sallowmere be opened?", "Who keeps zebras?")
        answered, unanswered = brief(MINUTES, questions=asked).replies
        assert RESOLVED in texts(answered.quotes)
        assert unanswered.quotes == ()

    def test_passages_that_were_asked_for_stand_whole(self, brief):
        found = brief(MINUTES, passages=(MINUTES.passages[2].id,))
        assert texts(found.chosen) == [OTHER]

    def test_a_passage_that_is_not_held_is_refused(self, brief):
        with pytest.raises(NotHeld):
            brief(MINUTES, passages=("0" * 20,))


class TestTimeline:
    def many(self, count: int):
        return [
            plain(
                f"Ms Tarn said in meeting {n} that the tram depot was {n} weeks behind its plan.",
                f"Ms Tarn said that {n + 900} sleepers lay beside the tram depot that day.",
                source=f"/papers/m{n}.md",
                meeting_date=date(2020 + n % 9, 1 + n % 12, 1 + n % 28),
            )
            for n in range(count)
        ]

    def test_it_can_be_read_in_ten_minutes_and_lists_the_meetings_left_out(self, brief):
        found = brief(*self.many(120))
        lines = [line.quote for met in found.meetings for line in met.lines]
        words = sum(len(quote.text.split()) for quote in lines)
        assert TIMELINE_WORDS * 0.9 < words <= TIMELINE_WORDS
        assert max(len(met.lines) for met in found.meetings) <= MOST_LINES
        assert len(found.listed) == MOST_LISTED
        without = [met for met in found.meetings if not met.lines]
        assert list(found.listed) == without[-MOST_LISTED:] != without
        assert {met.meeting_date.year for met in found.meetings if met.lines} == set(
            range(2020, 2029)
        )

    def test_it_runs_from_the_earliest_meeting_to_the_latest(self, brief):
        days = [met.meeting_date for met in brief(*self.many(20)).meetings]
        assert days == sorted(days)

    def test_nothing_of_it_is_quoted_elsewhere_in_the_briefing(self, brief):
        found = brief(MINUTES, *self.many(5))
        shown = [line.quote.text for met in found.meetings for line in met.lines]
        assert not set(shown) & {RESOLVED, *texts(found.position)}


def test_the_same_papers_and_day_give_the_same_briefing(brief):
    once = brief(MINUTES, TestCommitments.held)
    assert brief(MINUTES, TestCommitments.held) == once


def test_who_spoke_is_told_by_name_or_office(brief):
    said = "The Head of Trams explained that the tram depot had no roof until March."
    found = brief(plain(REPORTED, said))
    assert {(each.name, each.office) for each in found.speakers} == {
        ("Ms Tarn", False),
        ("Head of Trams", True),
    }


def test_every_quotation_has_a_reference(brief):
    found = brief(MINUTES, TestCommitments.held)
    places = [each.place for each in found.references]
    assert len(places) == len(set(places))
    assert {each.place for each in found.quotes()} == set(places)


WORDS = st.lists(
    st.sampled_from("tram depot the roof was late again and cost".split()), max_size=30
)
MEASURE = Measure(({"tram": 2.0, "depot": 3.0},))


@given(WORDS, WORDS)
def test_words_around_a_matters_name_do_not_hide_it(before, after):
    assert MEASURE.speaks(" ".join([*before, "tram depot", *after]))


@given(WORDS)
def test_a_text_speaks_of_a_matter_only_if_it_holds_all_of_a_short_name(words):
    if MEASURE.speaks(" ".join(words)):
        assert {"tram", "depot"} <= set(words)


@given(WORDS)
def test_a_cover_is_a_share(words):
    assert 0 <= MEASURE.cover(" ".join(words)) <= 1


@given(st.integers(1, 40), st.integers(1, 60))
def test_a_quotation_is_cut_between_words_and_says_so(most, length):
    words = " ".join(f"word{n}" for n in range(length))
    quote = Quotable(plain(words), None).quote(0, len(words), most)
    assert words.startswith(quote.text) and len(quote.text.split()) <= most + most // 6
    assert quote.text.split() == words.split()[: len(quote.text.split())]
    assert quote.cut or quote.text == words
