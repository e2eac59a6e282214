from dataclasses import replace
from datetime import date

import pytest

from ingest.paper import Due, PaperKind
from search.generation import open_view
from search.register.changing import setting
from search.register.completion import completion
from search.register.followup import MOST_EVIDENCE, Suggestion, follow_up
from search.register.values import Field
from tests.search.factory import embedded, paper, promising

PLAN = "Mrs Tarn undertook to publish the dredging plan for Sallowmere quay by 30 June 2031."
DUE = Due("by 30 June 2031", date(2031, 6, 30), date(2031, 6, 30))
PROMISED = promising(
    paper([PLAN], source="/papers/minutes.md", item="Quay"), PLAN, owner="Mrs Tarn", due=DUE
)
MINUTES = replace(
    PROMISED,
    commitments=tuple(
        replace(each, action="publish the dredging plan for Sallowmere quay by 30 June 2031")
        for each in PROMISED.commitments
    ),
)
FILLER = tuple(
    paper([f"Matter {n} was noted and the meeting went on."], source=f"/papers/{n}.md")
    for n in range(120)
)
TODAY = date(2031, 7, 8)
JULY = date(2031, 7, 1)


@pytest.fixture
def told(library, folder):
    """Return what later papers tell of the plan, given what is held beside its minutes."""

    def told(*others, today=TODAY):
        library.keep(embedded(MINUTES, *FILLER, *others))
        return told_of(folder, today)

    return told


def told_of(folder, today=TODAY):
    with open_view(folder) as view:
        entry = next(each for each in view.commitments() if each.first.commitment.sentence == PLAN)
        return follow_up(view, entry, today)


def later(text, source="/papers/later.md", day=JULY, **more):
    return paper([text], source=source, meeting_date=day, **more)


def test_nothing_later_leaves_an_entry_open_until_its_day_has_passed(told):
    assert told(today=date(2031, 6, 30)).suggested is Suggestion.OPEN
    assert told(today=TODAY).suggested is Suggestion.OVERDUE


def test_what_officers_call_done_is_not_overdue(told, library, folder):
    told()
    with open_view(folder) as view:
        done = setting(view.commitments()[0], "E. Reed", {Field.STATE: "done"})
    library.record(done)
    assert told().suggested is Suggestion.OPEN


def test_a_later_passage_on_it_is_evidence_with_what_ties_it(told):
    found = told(later("The dredging plan for Sallowmere quay is being drawn up by Mrs Tarn."))
    assert found.suggested is Suggestion.REPORTED
    evidence = found.evidence[0]
    assert {"dredging", "plan", "quay"} <= set(evidence.words)
    assert evidence.names == ("Sallowmere",)  # who is to do it ties nothing
    assert evidence.completed is None


def test_a_later_passage_that_says_it_was_done_suggests_done(told):
    words = "Members heard. The dredging plan for Sallowmere quay had been published in June."
    found = told(later(words))
    assert found.suggested is Suggestion.DONE
    start, end = found.evidence[0].sentence
    assert words[start:end].startswith("The dredging plan")
    assert found.evidence[0].completed == "had been published"


def test_the_same_form_of_words_for_another_occasion_is_no_evidence(told):
    again = "Mrs Tarn undertook to publish the lighting plan for Sallowmere quay by 31 August 2031."
    assert told(later(again)).evidence == ()


def test_a_paper_of_another_body_must_be_nearer_in_meaning(told):
    words = "The dredging plan for Sallowmere quay is to be published late."
    far = f"{words} {' '.join(f'Pond {n} lost its ducks and reeds.' for n in range(12))}"
    own = later(far, source="/papers/own.md")
    assert [each.kept.paper.body for each in told(own).evidence] == ["Cabinet"]
    other = later(far, source="/papers/own.md", body="Ponds Panel")
    assert told(other).evidence == ()


def test_a_passage_without_a_name_or_nearly_all_the_words_is_no_evidence(told):
    assert (
        told(later("The dredging plan for the outer quay is to be published late.")).evidence == ()
    )


def test_a_passage_on_one_of_several_places_counts_and_one_on_none_does_not(library, folder):
    words = "Mrs Tarn undertook to look at the cameras in Gorse and Banwell and Sallowmere."
    asked = promising(paper([words], source="/papers/c.md"), words, owner="Mrs Tarn")
    asked = replace(
        asked,
        commitments=tuple(
            replace(each, action="look at the cameras in Gorse and Banwell and Sallowmere")
            for each in asked.commitments
        ),
    )
    here = later("The cameras in Gorse and Banwell were looked at.", source="/papers/here.md")
    elsewhere = later("The cameras in Sallowmere, and how they look, were praised.")
    library.keep(embedded(asked, *FILLER, here, elsewhere))
    with open_view(folder) as view:
        (entry,) = view.commitments()
        found = follow_up(view, entry, TODAY).evidence
    assert [each.kept.paper.source for each in found] == ["/papers/here.md"]


@pytest.mark.parametrize(
    "action", ["hold the May meeting at Sallowmere quay", "refer this motion to the Quay Panel"]
)
def test_what_later_papers_cannot_be_known_by_is_not_looked_for(library, folder, action):
    words = f"It was agreed to {action}."
    made = promising(paper([words], source="/papers/m.md"), words)
    made = replace(made, commitments=(replace(made.commitments[0], action=action),))
    like = later(
        "The May meeting at Sallowmere quay, and this motion of the Quay Panel, were held."
    )
    library.keep(embedded(made, *FILLER, like))
    with open_view(folder) as view:
        (entry,) = view.commitments()
        assert follow_up(view, entry, TODAY).evidence == ()


def test_what_earlier_papers_or_those_of_the_same_day_say_is_no_evidence(told):
    words = "The dredging plan for Sallowmere quay had been published."
    same = later(words, source="/papers/same.md", day=date(2031, 5, 6), body="Harbour Panel")
    assert told(later(words, day=date(2031, 4, 1)), same).evidence == ()


def test_the_minutes_printed_again_in_a_later_pack_are_no_evidence(told, library):
    more = (
        " Members asked when the dredging plan for Sallowmere quay would be ready, and who had "
        "been asked to draw it up, and were told by Mr Orme that the harbour office had been "
        "given the work of the plan by the Cabinet, which had found the money for it in the spring "
        "after a long search, and that the quay would be closed for some weeks in the autumn."
    )
    minutes = paper([PLAN], [more.strip()], source="/papers/minutes in full.md")
    pack = paper(
        [PLAN], [more.strip()], source="/papers/pack.md", kind=PaperKind.PACK, meeting_date=JULY
    )
    assert told(minutes, pack).evidence == ()


def test_the_suggestion_sets_nothing(told, folder):
    told(later("The dredging plan for Sallowmere quay had been published."))
    with open_view(folder) as view:
        assert {each.present.state for each in view.commitments()} == {"open"}
        assert all(each.history == () for each in view.commitments())


def test_a_day_in_the_farthest_future_is_a_day(told, library, folder):
    told()
    with open_view(folder) as view:
        far = setting(view.commitments()[0], "E. Reed", {Field.DUE: "9999-12-31"})
    library.record(far)
    assert told().suggested is Suggestion.OPEN


def test_an_entry_without_a_date_has_no_later_papers(library, folder):
    library.keep(embedded(replace(MINUTES, meeting_date=None)))
    with open_view(folder) as view:
        assert follow_up(view, view.commitments()[0], TODAY).evidence == ()


def test_no_more_is_shown_than_an_officer_reads_and_the_latest_is_known(told):
    many = [
        later(
            f"Report {n}: the dredging plan for Sallowmere quay, part {n}.",
            source=f"/papers/report {n}.md",
            day=date(2031, 7, n),
        )
        for n in range(1, 10)
    ]
    found = told(*many)
    assert len(found.evidence) == MOST_EVIDENCE
    assert found.latest.kept.paper.meeting_date == max(
        each.kept.paper.meeting_date for each in found.evidence
    )


def test_the_same_library_tells_the_same_twice(told, folder):
    first = told(later("The dredging plan for Sallowmere quay is being drawn up."))
    assert told_of(folder) == first


ACTION = "publish the dredging plan for the quay"
WANTED = {"publish": 2.0, "dredg": 3.0, "plan": 2.5, "quay": 3.0}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The dredging plan for the quay has been published.", "has been published"),
        ("The dredging plan for the quay was duly sent to members.", "was duly sent"),
        ("Officers had published the dredging plan for the quay.", "had published"),
        ("The dredging plan for the quay is now complete.", "is now complete"),
        ("On the dredging plan for the quay: it was circulated.", "was circulated"),
        ("The quay needs a dredging plan. It has been completed.", "has been completed"),
    ],
)
def test_words_of_completion_are_found(text, words):
    assert completion(text, ACTION, WANTED).words == words


def test_one_verb_promises_and_another_of_its_kind_reports():
    text = "An office for moorings had been put in place."
    found = completion(text, "establish an office for moorings", {"offic": 2.0, "moor": 3.0})
    assert found.words == "had been put"


def test_what_was_to_be_put_up_is_done_when_it_is_in_place():
    found = completion("New lamps on the quay are now in place.", "install lamps", {"lamp": 2.0})
    assert found.words == "are now in place"


@pytest.mark.parametrize(
    "text",
    [
        "The dredging plan for the quay has not been published.",
        "The dredging plan for the quay had yet to be published.",
        "The dredging plan for the quay will have been published by May.",
        "It was asked whether the dredging plan for the quay had been published.",
        "Has the dredging plan for the quay been published?",
        "Once the dredging plan for the quay has been published, work begins.",
        "It was agreed that the dredging plan for the quay be published.",
        "The dredging plan for the quay was noted.",
        "The ferry timetable has been published.",
        "Mr Orme had published a book on dredging at the quay.",
        "No dredging plan for the quay.",
        "A contract for the dredging plan of the quay is now in place.",
    ],
)
def test_promises_doubts_and_other_matters_are_no_completion(text):
    assert completion(text, ACTION, WANTED) is None
