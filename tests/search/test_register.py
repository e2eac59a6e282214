from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.wording import day, days
from ingest.paper import Due, PaperKind, PaperState
from search.errors import AmbiguousName, ChangeRefused, NotHeld
from search.generation import open_view
from search.register.changing import merging, setting, undoing
from search.register.folding import fold, holding
from search.register.grouping import entries
from search.register.listing import Order, Wanted, chosen, find
from search.register.references import codes, reference
from search.register.values import Change, Field, State, Wish, due_of, due_typed, due_words
from search.store.commitments import changes, places
from search.words import stems
from tests.search.factory import embedded, paper, promising

LAMPS = "Mrs Tarn undertook to have the lamps on Mill Lane repaired by 30 June 2031."
BINS = "The Head of Waste agreed to publish a list of the bins at Sallowmere station."
SIGNS = "Mr Orme would ask the owner of the quarry to move the signs."
BY_JUNE = Due("by 30 June 2031", date(2031, 6, 30), date(2031, 6, 30))
TODAY = date(2031, 7, 1)

DRAFT = promising(
    paper([LAMPS, BINS], source="/papers/draft.md", state=PaperState.DRAFT, item="Streets"),
    LAMPS,
    BINS,
    owner="Mrs Tarn",
    due=BY_JUNE,
)
PRINTED = promising(paper([LAMPS, BINS], source="/papers/printed.md", item="Streets"), LAMPS, BINS)
PACK = promising(
    paper([f"Pack. {LAMPS}"], source="/papers/pack.md", kind=PaperKind.PACK, item="Streets"),
    LAMPS,
)
LATER = promising(
    paper([SIGNS], source="/papers/later.md", meeting_date=date(2031, 7, 8), body="Roads Panel"),
    SIGNS,
)
BEGAN = datetime(2031, 5, 7, 9, 30, tzinfo=UTC)


def register(folder):
    with open_view(folder) as view:
        return view.commitments()


def entry(folder, sentence=LAMPS):
    return next(each for each in register(folder) if each.first.commitment.sentence == sentence)


class Log:
    """Gives changes their numbers and times, as a library does."""

    def __init__(self):
        self.changes: list[Change] = []

    def add(self, *wishes: Wish) -> None:
        for wish in wishes:
            number = len(self.changes) + 1
            made = BEGAN + timedelta(minutes=number)
            self.changes.append(
                Change(
                    wish.commitment, wish.by, wish.field, wish.old, wish.new, wish.note,
                    number=number, made=made,
                )
            )  # fmt: skip


@pytest.fixture(scope="module")
def printed_places(tmp_path_factory):
    """Places as a library gives them: two of one undertaking, one each of two others."""
    from search.library import Library
    from tests.embedders import HashEmbedder

    folder = tmp_path_factory.mktemp("register") / "library"
    with Library.create_or_open(folder, HashEmbedder.name, HashEmbedder.dimension) as library:
        library.keep(embedded(DRAFT, PACK, LATER))
        return places(library._db)


# Grouping


def test_a_draft_the_printed_minutes_and_a_pack_are_one_entry_quoted_from_the_record(
    library, folder
):
    library.keep(embedded(DRAFT, PACK, PRINTED))
    lamps = entry(folder)
    assert [each.paper.source for each in lamps.places] == [
        "/papers/printed.md",
        "/papers/draft.md",
        "/papers/pack.md",
    ]
    assert len(register(folder)) == 2


def test_what_one_place_does_not_tell_another_does(library, folder):
    library.keep(embedded(DRAFT, PRINTED))
    present = entry(folder).present
    assert (present.owner, present.due) == ("Mrs Tarn", BY_JUNE)


def test_the_same_words_of_another_meeting_or_with_another_figure_are_another_entry(
    library, folder
):
    again = promising(
        paper([LAMPS], source="/papers/again.md", meeting_date=date(2031, 6, 3)), LAMPS
    )
    moved = LAMPS.replace("30 June", "31 July")
    corrected = promising(paper([moved], source="/papers/corrected.md"), moved)
    library.keep(embedded(PRINTED, again, corrected))
    assert len(register(folder)) == 4


def test_the_same_words_under_two_items_of_one_paper_are_two_entries(library, folder):
    twice = ["Officers agreed to write to all members with the figures."]
    minutes = paper(twice, ["Another matter.", *twice])
    draft = paper(twice, ["Another matter.", *twice], source="/papers/draft.md")
    library.keep(embedded(*(promising(each, *twice, *twice) for each in (minutes, draft))))
    found = register(folder)
    assert [len(each.places) for each in found] == [2, 2]
    assert len({reference(each) for each in found}) == 2


def test_undated_papers_are_never_taken_for_one_meetings(library, folder):
    undated = [
        promising(paper([LAMPS], source=f"/papers/{n}.md", meeting_date=None), LAMPS)
        for n in range(2)
    ]
    library.keep(embedded(*undated))
    assert len(register(folder)) == 2


@given(st.permutations(range(4)))
def test_the_order_in_which_places_are_given_does_not_matter(printed_places, order):
    assert entries([printed_places[at] for at in order], []) == entries(printed_places, [])


# Changes

IDS = st.sampled_from(["0" * 16, "1" * 16])
NAMES = st.sampled_from(["Mrs Tarn", "Mr Orme", None])
DAYS = st.sampled_from(["2031-06-30", "2031-06-01/2031-06-30", None])


@st.composite
def logs(draw):
    log = Log()
    for _ in range(draw(st.integers(0, 8))):
        field = draw(st.sampled_from([Field.STATE, Field.OWNER, Field.DUE, Field.NOTE, Field.UNDO]))
        new = {
            Field.STATE: st.sampled_from([each.value for each in State]),
            Field.OWNER: NAMES,
            Field.DUE: DAYS,
            Field.NOTE: st.none(),
            Field.UNDO: st.integers(1, max(len(log.changes), 1)).map(str),
        }[field]
        if field is Field.UNDO and not log.changes:
            continue
        log.add(Wish(draw(IDS), "E. Reed", field, None, draw(new), draw(NAMES)))
    return log


@given(logs(), st.randoms())
def test_the_fold_of_a_log_does_not_hang_on_how_it_is_read(printed_places, log, random):
    shuffled = [*log.changes]
    random.shuffle(shuffled)
    assert fold(printed_places, shuffled) == fold(printed_places, log.changes)


@given(logs(), st.sampled_from([State.DONE, State.DROPPED]), NAMES)
def test_undoing_a_change_restores_what_was_before(printed_places, log, state, note):
    before = fold(printed_places, log.changes)
    log.add(Wish("0" * 16, "E. Reed", Field.STATE, None, state.value, note))
    log.add(Wish("0" * 16, "E. Reed", Field.UNDO, None, str(len(log.changes))))
    assert fold(printed_places, log.changes) == before


@given(logs())
def test_undoing_an_undoing_brings_the_change_back(printed_places, log):
    log.add(Wish("0" * 16, "E. Reed", Field.STATE, None, State.DONE.value))
    after = fold(printed_places, log.changes)
    log.add(Wish("0" * 16, "E. Reed", Field.UNDO, None, str(len(log.changes))))
    log.add(Wish("0" * 16, "E. Reed", Field.UNDO, None, str(len(log.changes))))
    assert fold(printed_places, log.changes) == after


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2)), max_size=4))
def test_which_entry_is_named_first_in_a_merge_does_not_matter(printed_places, pairs):
    def merged(pairs):
        log, base = Log(), entries(printed_places, [])
        for one, other in pairs:
            log.add(Wish(base[one].id, "E. Reed", Field.MERGE, new=base[other].id))
        found = entries(printed_places, log.changes)
        return [(each.id, each.places, each.present) for each in found]

    assert merged(pairs) == merged([pair[::-1] for pair in pairs])


def test_a_merge_can_be_undone_and_leaves_each_entry_its_own_changes(printed_places):
    log = Log()
    base = entries(printed_places, [])
    one, other = base[0], base[2]
    log.add(*merging(one, other, "E. Reed"))
    both = find(entries(printed_places, log.changes), other.id)
    assert both.id == one.id
    log.add(*setting(find(entries(printed_places, log.changes), other.id), "E. Reed",
                     {Field.STATE: "done"}))  # fmt: skip
    log.add(*undoing(find(entries(printed_places, log.changes), one.id), "E. Reed", 1))
    found = entries(printed_places, log.changes)
    assert len(found) == len(base)
    assert find(found, one.id).present.state is State.DONE
    assert find(found, other.id).present.state is State.OPEN


def test_an_officer_sets_state_owner_due_and_a_note_at_once(printed_places):
    lamps = entries(printed_places, [])[0]
    log = Log()
    given_ = {Field.STATE: "done", Field.OWNER: "Mr Orme", Field.DUE: "2031-08-01"}
    log.add(*setting(lamps, " E. Reed ", given_, "Seen by the ward member."))
    after = entries(printed_places, log.changes)[0]
    assert after.present.state is State.DONE
    assert after.present.owner == "Mr Orme"
    assert after.present.due == due_of("2031-08-01")
    assert [each.note for each in after.present.notes] == ["Seen by the ward member."]
    assert [each.old for each in after.history] == ["open", "Mrs Tarn", "2031-06-30"]
    assert {each.by for each in after.history} == {"E. Reed"}


@pytest.mark.parametrize(
    ("by", "given_", "note", "says"),
    [
        ("", {Field.STATE: "done"}, None, "who"),
        ("E. Reed", {Field.STATE: "finished"}, None, "no state"),
        ("E. Reed", {Field.STATE: None}, None, "no state"),
        ("E. Reed", {Field.DUE: "next week"}, None, "no day"),
        ("E. Reed", {Field.DUE: "2031-08-02/2031-08-01"}, None, "no day"),
        ("E. Reed", {Field.DUE: "31 February 2031"}, None, "no day"),
        ("E. Reed", {Field.DUE: "2 August 2031 to 1 August 2031"}, None, "no day"),
        ("E. Reed", {Field.STATE: "open"}, None, "nothing would change"),
        ("E. Reed", {}, "  ", "nothing would change"),
        ("E. Reed", {}, "x" * 2001, "too many"),
    ],
)
def test_a_change_that_makes_no_sense_is_refused(printed_places, by, given_, note, says):
    with pytest.raises(ChangeRefused, match=says):
        setting(entries(printed_places, [])[0], by, given_, note)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("31 March 2031", "2031-03-31"),
        (" 1 Mar 2031", "2031-03-01"),
        ("31/3/2031", "2031-03-31"),
        ("02/11/2031", "2031-11-02"),
        ("March 2031", "2031-03-01/2031-03-31"),
        ("2031", "2031-01-01/2031-12-31"),
        ("1 March 2031 to 5 April 2031", "2031-03-01/2031-04-05"),
        ("2031-03-01/2031-04-05", "2031-03-01/2031-04-05"),
    ],
)
def test_a_day_may_be_typed_as_people_write_it(printed_places, typed, kept):
    (wish,) = setting(entries(printed_places, [])[0], "E. Reed", {Field.DUE: typed})
    assert wish.new == kept


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(0, 800))
def test_a_day_is_taken_as_it_is_shown(first, length):
    last = first + timedelta(days=length)
    shown = day(first) if first == last else days(first, last)
    typed = due_typed(shown)
    assert (typed.first, typed.last) == (first, last)


def test_what_cannot_be_undone_or_merged_is_refused(printed_places):
    lamps = entries(printed_places, [])[0]
    for refused in (
        lambda: undoing(lamps, "E. Reed", None),
        lambda: undoing(lamps, "E. Reed", 7),
        lambda: merging(lamps, lamps, "E. Reed"),
    ):
        with pytest.raises(ChangeRefused):
            refused()


@pytest.mark.parametrize("written", ["2031-06-30", "2031-06-01/2031-06-30"])
def test_a_due_date_is_written_as_it_is_read(written):
    assert due_words(due_of(written)) == written


# What outlives what


def test_a_paper_comes_back_with_its_commitments(library, folder):
    library.keep(embedded(DRAFT))
    with open_view(folder) as view:
        assert view.paper(DRAFT.id).commitments == DRAFT.commitments


def test_changes_are_seen_at_once_and_outlive_another_reading_of_the_paper(library, folder):
    library.keep(embedded(DRAFT))
    library.record(setting(entry(folder), "E. Reed", {Field.STATE: "done"}))
    assert entry(folder).present.state is State.DONE
    library.keep(embedded(DRAFT))
    assert entry(folder).present.state is State.DONE


def test_changes_go_over_to_the_same_undertaking_read_otherwise(library, folder):
    library.keep(embedded(DRAFT))
    library.record(setting(entry(folder), "E. Reed", {Field.STATE: "done"}))
    longer = f"(i) {LAMPS}"
    library.keep(embedded(promising(paper([longer], source=DRAFT.source), longer)))
    assert entry(folder, longer).present.state is State.DONE


def test_changes_of_what_is_found_no_more_are_kept_until_it_is_found_again(library, folder):
    library.keep(embedded(DRAFT))
    library.record(setting(entry(folder), "E. Reed", {Field.STATE: "done"}))
    library.keep(embedded(replace(DRAFT, commitments=())))
    assert register(folder) == ()
    library.keep(embedded(DRAFT))
    assert entry(folder).present.state is State.DONE


def test_changes_go_over_to_the_printed_minutes_when_the_draft_is_forgotten(library, folder):
    library.keep(embedded(DRAFT))
    library.record(setting(entry(folder), "E. Reed", {Field.STATE: "done"}, "Seen."))
    library.keep(embedded(PRINTED))
    library.forget([DRAFT.source])
    assert entry(folder).present.state is State.DONE
    library.forget([PRINTED.source])
    library.keep(embedded(DRAFT))
    assert entry(folder).history == ()


def test_what_was_said_goes_with_the_paper_from_every_file(library, folder):
    library.keep(embedded(DRAFT, LATER))
    library.record(setting(entry(folder), "E. Reed", {}, "Zanzibar was mentioned."))
    library.forget([DRAFT.source])
    for file in folder.rglob("*"):
        if file.is_file():
            assert b"Zanzibar" not in file.read_bytes(), file


def test_a_change_of_what_is_printed_no_more_is_refused_and_changes_nothing(library, folder):
    library.keep(embedded(DRAFT))
    wishes = setting(entry(folder), "E. Reed", {Field.STATE: "done"})
    gone = replace(wishes[0], commitment="f" * 16)
    with pytest.raises(NotHeld, match="commitment"):
        library.record([*wishes, gone])
    assert entry(folder).history == ()


def test_an_open_view_does_not_see_a_later_change_and_a_new_one_does(library, folder):
    library.keep(embedded(DRAFT))
    with open_view(folder) as view:
        library.record(setting(view.commitments()[0], "E. Reed", {Field.STATE: "done"}))
        assert view.commitments()[0].history == ()
    assert register(folder)[0].history != ()


@pytest.mark.parametrize("hidden", ["paper", "item", "commitment"])
def test_whoever_may_not_see_a_paper_or_item_sees_none_of_its_commitments_or_their_changes(
    library, folder, hidden
):
    library.keep(embedded(PRINTED, LATER))
    wishes = [setting(each, "E. Reed", {}, "Secret.") for each in register(folder)]
    library.record([wish for each in wishes for wish in each])
    with open_view(folder) as view:
        number = "SELECT number FROM main.paper WHERE source = '/papers/printed.md'"
        column = "number" if hidden == "paper" else "paper"
        view._db.execute(
            f"CREATE TEMP VIEW {hidden} AS SELECT * FROM main.{hidden} WHERE {column} <> ({number})"
        )
        assert [each.first.commitment.sentence for each in view.commitments()] == [SIGNS]
        assert {each.commitment for each in changes(view._db)} == {LATER.commitments[0].id}


# References


@given(st.lists(st.sampled_from([LAMPS, BINS, SIGNS]), max_size=6))
def test_codes_of_one_paper_differ_and_do_not_hang_on_what_comes_after(sentences):
    made = codes(sentences)
    assert len(set(made)) == len(made)
    assert codes(sentences[:3]) == made[:3]


def test_a_reference_says_body_and_day_and_survives_drafts_and_readings(library, folder):
    library.keep(embedded(DRAFT, LATER))
    before = reference(entry(folder))
    assert before.startswith("CAB-2031-05-06-")
    assert reference(entry(folder, SIGNS)).startswith("RP-2031-07-08-")
    library.keep(embedded(DRAFT))
    library.keep(embedded(PRINTED))
    assert reference(entry(folder)) == before
    for name in (before, before.lower(), before[-5:], DRAFT.commitments[0].id):
        assert find(register(folder), name).id == entry(folder).id


def test_a_reference_still_finds_its_entry_when_the_meetings_date_was_set_right(library, folder):
    library.keep(embedded(DRAFT))
    before = reference(entry(folder))
    library.keep(embedded(replace(DRAFT, meeting_date=date(2031, 5, 7))))
    assert find(register(folder), before).first.commitment.sentence == LAMPS


def test_a_code_that_two_entries_have_is_told_apart_by_the_whole_reference(library, folder):
    again = promising(
        paper([LAMPS], source="/papers/again.md", meeting_date=date(2031, 6, 3)), LAMPS
    )
    library.keep(embedded(DRAFT, again))
    found = register(folder)
    whole = "CAB-2031-06-03-" + reference(found[0])[-5:]
    assert find(found, whole).meeting_date == date(2031, 6, 3)
    with pytest.raises(AmbiguousName, match="2 commitments"):
        find(found, whole[-5:])
    with pytest.raises(NotHeld):
        find(found, "CAB-2031-06-03-00000")


# Lists


@pytest.fixture
def listed(library, folder):
    library.keep(embedded(DRAFT, PRINTED, LATER))
    library.record(setting(entry(folder, BINS), "E. Reed", {Field.STATE: "rejected"}))

    def listed(**wanted):
        found = chosen(register(folder), Wanted(**wanted), TODAY)
        return [each.first.commitment.sentence for each in found]

    return listed


ALL = tuple(State)


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({}, [SIGNS, LAMPS]),
        ({"states": ALL}, [SIGNS, LAMPS, BINS]),
        ({"states": (State.REJECTED,)}, [BINS]),
        ({"owner": "tarn"}, [LAMPS]),
        ({"owner": "tar"}, []),
        ({"bodies": ("Roads Panel",)}, [SIGNS]),
        ({"bodies": ("Moon Panel",)}, []),
        ({"since": date(2031, 5, 7)}, [SIGNS]),
        ({"until": date(2031, 5, 6)}, [LAMPS]),
        ({"due_before": date(2031, 6, 30)}, [LAMPS]),
        ({"due_before": date(2031, 6, 29)}, []),
        ({"due_after": date(2031, 6, 30)}, [LAMPS]),
        ({"overdue": True}, [LAMPS]),
        ({"topic": "repair of lamps", "states": ALL}, [LAMPS]),
        ({"topic": "streets", "states": ALL}, [LAMPS, BINS]),
        ({"topic": "submarines"}, []),
        ({"holding": tuple(stems("lamps submarines"))}, [LAMPS]),
        ({"holding": tuple(stems("submarines"))}, []),
        ({"holding": tuple(stems("quarry")), "topic": "lamps"}, []),
        ({"order": Order.DUE}, [LAMPS, SIGNS]),
        ({"order": Order.OWNER}, [LAMPS, SIGNS]),
        ({"order": Order.BODY}, [LAMPS, SIGNS]),
    ],
)
def test_a_list_holds_what_every_filter_allows_in_its_order(listed, wanted, found):
    assert listed(**wanted) == found


def test_of_what_is_overdue_that_whose_day_passed_last_comes_first(library, folder):
    library.keep(embedded(DRAFT, LATER))
    for sentence, due in ((LAMPS, "2021-06-30"), (SIGNS, "2031-06-01")):
        library.record(setting(entry(folder, sentence), "E. Reed", {Field.DUE: due}))
    found = chosen(register(folder), Wanted(order=Order.OVERDUE), TODAY)
    assert [each.first.commitment.sentence for each in found] == [BINS, SIGNS, LAMPS]


def test_what_was_due_today_is_not_overdue(library, folder):
    library.keep(embedded(DRAFT))
    assert not entry(folder).overdue(date(2031, 6, 30))
    assert entry(folder).overdue(TODAY)


def test_what_is_done_is_not_overdue(library, folder):
    library.keep(embedded(DRAFT))
    library.record(setting(entry(folder), "E. Reed", {Field.STATE: "done"}))
    assert not entry(folder).overdue(TODAY)


def test_only_changes_that_hold_count(printed_places):
    log = Log()
    log.add(Wish("0" * 16, "E. Reed", Field.NOTE, note="One."))
    log.add(Wish("0" * 16, "E. Reed", Field.UNDO, new="1"))
    assert holding(log.changes) == []
