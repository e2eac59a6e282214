"""What happens in an item, in the ways of English, Scottish, Welsh and Irish minutes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.business import find_business
from ingest.contexts import MOTION_WORDS, moved
from ingest.paper import (
    AgendaItem,
    Block,
    BlockRole,
    Business,
    CleanText,
    ItemKind,
    Outcome,
    Page,
    PaperKind,
    Ruling,
)


def text_of(*paragraphs: str) -> CleanText:
    whole = "\n".join(paragraphs)
    blocks, at = [], 0
    for paragraph in paragraphs:
        blocks.append(Block(BlockRole.PARAGRAPH, at, at + len(paragraph)))
        at += len(paragraph) + 1
    return CleanText(whole, (Page(1, None, 0, whole),), tuple(blocks))


def business(*paragraphs: str, kind: ItemKind = ItemKind.SUBSTANTIVE) -> tuple[str, Business]:
    """Return a text and its business; its first paragraph is the heading of its only item."""
    text = text_of(*paragraphs)
    item = AgendaItem(0, "7", None, paragraphs[0], kind, 1, 0, len(text.text))
    return text.text, find_business(text, (item,), PaperKind.MINUTES)


def said(text: str, span: tuple[int, int] | None) -> str | None:
    return text[slice(*span)] if span else None


def test_a_county_motion_with_a_lost_amendment_and_the_names_of_those_who_voted():
    text, found = business(
        "71. Winter ferry",
        "1) Mr Pell proposed, and Mrs Dray seconded the motion that “the ferry run in winter”",
        "2) Ms Quill asked what it would cost.",
        "3) Mr Crane proposed and Dr Marsh seconded the following amendment:",
        "“That the ferry run in winter, but on Saturdays only.”",
        "4) Following the debate, the amendment was put to the vote and the voting was as follows:",
        "For (2)",
        "Mr Crane, Dr Marsh",
        "Against (3)",
        "Mr Pell, Mrs Dray, Ms Quill",
        "Abstain (0)",
        "Amendment lost.",
        "5) The Chairman put the motion set out in paragraph 1 to the vote.",
        "For",
        "Mr Pell, Mrs Dray, Ms Quill, Sir John Teal, MBE",
        "Against",
        "Mr Crane",
        "Motion carried.",
        "6) RESOLVED that the ferry run in winter.",
    )
    (motion,) = found.motions
    (amendment,) = motion.amendments
    assert (motion.proposer, motion.seconder) == ("Mr Pell", "Mrs Dray")
    assert said(text, motion.words) == "“the ferry run in winter”"
    assert (amendment.proposer, amendment.seconder) == ("Mr Crane", "Dr Marsh")
    assert said(text, amendment.words) == "“That the ferry run in winter, but on Saturdays only.”"
    assert amendment.outcome is Outcome.LOST
    assert said(text, amendment.outcome_at) == "Amendment lost"
    assert (amendment.vote.in_favour, amendment.vote.against, amendment.vote.abstaining) == (
        2,
        3,
        0,
    )
    assert motion.outcome is Outcome.CARRIED
    assert (motion.vote.in_favour, motion.vote.against) == (4, 1)  # names counted, no honours
    (resolution,) = found.resolutions
    assert said(text, resolution.span) == "RESOLVED that the ferry run in winter."
    assert resolution.ruling is Ruling.RESOLVED


def test_an_irish_notice_of_motion_with_its_reply_and_referral():
    text, found = business(
        "14. Notice of Motion submitted by Councillor P. Ó Dálaigh",
        "I will move at the next Meeting that this Council put lamps on the quay.",
        "The motion was proposed by Councillor Ó Dálaigh and seconded by Councillor Quill (M).",
        "REPLY:",
        "Lamps for the quay will be priced this summer.",
        "It was agreed to refer this Notice of Motion to the Harbour Committee.",
        kind=ItemKind.MOTION,
    )
    (motion,) = found.motions
    assert (motion.proposer, motion.seconder) == ("Councillor P. Ó Dálaigh", "Councillor Quill (M)")
    assert said(text, motion.words).startswith("I will move at the next Meeting")
    assert said(text, motion.words).endswith("on the quay.")
    assert said(text, motion.reply) == "Lamps for the quay will be priced this summer."
    assert motion.outcome is Outcome.REFERRED
    assert found.questions == ()


def test_an_irish_proposal_over_three_lines():
    text, found = business(
        "2. Disposal of the old slip",
        "Proposed by Councillor Quill (M);",
        "Seconded by Councillor Teal;",
        "And Resolved:",
        "“That the old slip be let for ten years.”",
        "Members then spoke of the tides.",
    )
    (motion,) = found.motions
    assert (motion.proposer, motion.seconder) == ("Councillor Quill (M)", "Councillor Teal")
    assert said(text, motion.words) == "“That the old slip be let for ten years.”"
    assert motion.outcome is Outcome.CARRIED
    (resolution,) = found.resolutions
    assert said(text, resolution.span).endswith("“That the old slip be let for ten years.”")


def test_a_scottish_division_between_motion_and_amendment():
    text, found = business(
        "9. Mooring fees",
        "Councillor Pell, seconded by Councillor Dray, moved that mooring fees rise by 4%.",
        "As an amendment, Councillor Crane, seconded by Councillor Marsh, moved that fees stay.",
        "On a vote being taken, 11 members voted for the motion, 14 for the amendment.",
        "The amendment was declared carried.",
    )
    (motion,) = found.motions
    (amendment,) = motion.amendments
    assert (motion.proposer, motion.seconder) == ("Councillor Pell", "Councillor Dray")
    assert said(text, motion.words) == "mooring fees rise by 4%."
    assert amendment.proposer == "Councillor Crane"
    assert amendment.outcome is Outcome.CARRIED
    assert (amendment.vote.in_favour, amendment.vote.against) == (14, 11)


def test_a_welsh_motion_on_the_casting_vote():
    _text, found = business(
        "5. School buses",
        "It was moved by Councillor Rhys Teal and seconded by Councillor Quill that buses be free.",
        "There being an equality of votes, 9 in favour and 9 against with 2 abstentions, the Chair"
        " used her casting vote and the motion was lost.",
    )
    (motion,) = found.motions
    assert motion.seconder == "Councillor Quill"
    assert motion.outcome is Outcome.LOST
    vote = motion.vote
    assert (vote.in_favour, vote.against, vote.abstaining) == (9, 9, 2)
    assert vote.manner == "casting vote"


def test_a_parish_proposal_carried_nem_con():
    text, found = business(
        "24/107 Bench on the green",
        "Proposed Cllr Pell, seconded Cllr Dray, that a bench be bought for £640."
        " Carried nem. con.",
    )
    (motion,) = found.motions
    assert (motion.proposer, motion.seconder) == ("Cllr Pell", "Cllr Dray")
    assert said(text, motion.words) == "a bench be bought for £640."
    assert motion.outcome is Outcome.CARRIED
    assert motion.vote.manner == "nem con"


@pytest.mark.parametrize(
    ("minutes", "outcome"),
    [
        (
            "Three prices had been received. Resolved: to have the quay swept every week. Proposed"
            " Cllr Pell, seconded Cllr Dray, all in favour.",
            Outcome.CARRIED,
        ),
        (
            "It was agreed to have the quay swept every week (proposed Cllr Pell, seconded Cllr"
            " Dray).",
            Outcome.AGREED,
        ),
        (
            "RESOLVED that the quay be swept every week. Proposed: Cllr Pell. Seconded: Cllr Dray.",
            Outcome.CARRIED,
        ),
        (
            "The quay was to be swept every week. Proposed by Cllr Pell, seconded by Cllr Dray and"
            " agreed.",
            Outcome.AGREED,
        ),
    ],
)
def test_a_parish_says_after_what_was_resolved_who_proposed_it(minutes, outcome):
    text, found = business("9. The quay", minutes)
    (motion,) = found.motions
    assert (motion.proposer, motion.seconder) == ("Cllr Pell", "Cllr Dray")
    assert motion.outcome is outcome
    words = said(text, motion.words)
    assert words.startswith(("to have", "have", "the quay", "The quay")) and "every week" in words
    assert "Pell" not in words


def test_a_mover_is_named_by_initials_and_what_is_moved_stands_below():
    text, found = business(
        "9. Consent",
        "Moved by B. Van Pell",
        "Seconded by A. Dray",
        "That items 2.1 to 2.6 BE APPROVED.",
        "Motion Passed (15 to 0)",
    )
    (motion,) = found.motions
    assert (motion.proposer, motion.seconder) == ("B. Van Pell", "A. Dray")
    assert said(text, motion.words) == "items 2.1 to 2.6 BE APPROVED."
    assert motion.outcome is Outcome.CARRIED


def test_where_the_words_stand_below_who_proposed_them_what_stands_before_is_no_part():
    text, found = business(
        "9. The quay",
        "The Surveyor showed how the quay had been swept. Proposed by Councillor Pell; Seconded by"
        " Councillor Dray; And Resolved:",
        "“That the quay be swept every week.”",
    )
    (motion,) = found.motions
    assert said(text, motion.words) == "“That the quay be swept every week.”"


def test_a_borough_motion_by_words_and_figures():
    text, found = business(
        "Motion: Lamps on the quay",
        "Councillor Pell moved that lamps be put up on the quay.",
        "The motion was carried by nine votes to four.",
    )
    (motion,) = found.motions
    assert motion.proposer == "Councillor Pell"
    assert motion.seconder is None
    assert said(text, motion.words) == "lamps be put up on the quay."
    assert motion.outcome is Outcome.CARRIED
    assert (motion.vote.in_favour, motion.vote.against) == (9, 4)


@pytest.mark.parametrize(
    ("told", "outcome"),
    [
        ("The motion was withdrawn with the consent of the Council.", Outcome.WITHDRAWN),
        ("Councillor Pell withdrew her motion.", Outcome.WITHDRAWN),
        ("It was agreed that the motion be deferred to the next meeting.", Outcome.DEFERRED),
        ("The motion was put to the vote and was defeated.", Outcome.LOST),
        ("There was no seconder for the motion.", Outcome.LOST),
        ("The motion, on being put, was not carried.", Outcome.LOST),
        ("The motion was noted.", Outcome.NOTED),
        ("The motion was referred to the Harbour Committee.", Outcome.REFERRED),
        ("On being put to the vote, the motion was declared CARRIED.", Outcome.CARRIED),
        ("The motion was agreed unanimously.", Outcome.AGREED),
    ],
)
def test_every_outcome_is_read_from_its_words(told, outcome):
    text, found = business(
        "8. Motion: Lamps", "Councillor Pell moved that lamps be put up on the quay.", told
    )
    (motion,) = found.motions
    assert motion.outcome is outcome
    assert said(text, motion.outcome_at) in told


RIVALS = (
    "2. Election of Chair",
    "Proposed by Councillor Pell;",
    "Seconded by Councillor Dray;",
    "“That Councillor Anna Quill be elected Chair for the coming year.”",
    "Proposed by Councillor Crane;",
    "Seconded by Councillor Teal;",
    "“That Councillor Ryder (B) be elected Chair for the coming year.”",
)


@pytest.mark.parametrize(
    "ballot",
    [
        (
            "A roll call vote was taken, which resulted as follows:",
            "For Councillor Quill",
            "Councillors Crane, Ryder (B) and Teal",
            "(3) For Councillor Ryder",
            "Councillors Ryder (A), Dray, Marsh, Pell and Quill",
            "(5)",
            "The Clerk declared Councillor Bob Ryder duly elected.",
        ),
        (
            "A vote was taken:",
            "For Councillor Quill:",
            "Councillors Crane, Ryder (B) and Teal",
            "For Councillor Ryder (B):",
            "Councillors Ryder (A), Dray, Marsh, Pell and Quill",
            "Councillor Ryder (B) was elected Chair.",
        ),
        (
            "Upon a ballot Councillor Quill received three votes, Councillor Ryder (B) 5 votes.",
            "RESOLVED that Councillor Ryder (B) be elected.",
        ),
    ],
)
def test_rival_nominations_have_their_votes_and_the_one_declared_elected_won(ballot):
    text, found = business(*RIVALS, *ballot, kind=ItemKind.STANDING)
    quill, ryder = found.motions
    assert (quill.proposer, quill.seconder) == ("Councillor Pell", "Councillor Dray")
    assert (quill.outcome, ryder.outcome) == (Outcome.LOST, Outcome.CARRIED)
    assert (quill.vote.in_favour, ryder.vote.in_favour) == (3, 5)
    assert quill.vote.against is None
    assert "Ryder" in said(text, ryder.outcome_at)


def test_a_nomination_without_a_rival_is_carried_and_another_office_is_another_election():
    _, found = business(
        *RIVALS[:4],
        "There were no other nominations, and the Clerk declared Councillor Quill elected.",
        "Mr Crane nominated Mrs Marsh as Vice-Chair, and Dr Dray seconded this.",
        kind=ItemKind.STANDING,
    )
    chair, vice = found.motions
    assert (chair.outcome, chair.vote) == (Outcome.CARRIED, None)
    assert (vice.proposer, vice.seconder, vice.outcome) == ("Mr Crane", "Dr Dray", None)


def test_a_rival_of_whom_no_vote_is_told_has_an_outcome_unknown():
    _, found = business(
        *RIVALS, "The Clerk declared Councillor Quill elected.", kind=ItemKind.STANDING
    )
    assert [motion.outcome for motion in found.motions] == [Outcome.CARRIED, None]


def test_a_passage_with_the_words_of_rivals_says_what_became_of_each():
    ballot = ("A vote was taken.", "The Clerk declared Councillor Ryder (B) elected.")
    text, found = business(*RIVALS, *ballot, kind=ItemKind.STANDING)
    quill, ryder = found.motions
    lost, carried = "motion of Councillor Pell: lost", "motion of Councillor Crane: carried"
    assert moved(text, found.motions, quill.span[0], ryder.words[1]) == f"{lost}; {carried}"
    assert moved(text, found.motions, ryder.words[0], ryder.words[1]) == carried
    assert moved(text, found.motions, *quill.span) is None


def test_a_passage_with_a_vote_says_what_was_voted_on_where_it_lacks_the_words():
    names = ", ".join(["Mrs Quill"] * 40)
    text, found = business(
        "8. Lamps",
        "Mr Pell proposed, and Mrs Dray seconded the motion that “lamps be put up on the quay "
        + "and by the weir " * 12
        + "before winter”",
        "The voting was as follows:",
        "For (1)",
        "Mr Pell",
        "Against (40)",
        names,
        "Motion lost.",
    )
    (motion,) = found.motions
    votes, end = motion.vote.span[0], motion.span[1]
    told = moved(text, found.motions, votes, end)
    assert told.startswith("motion of Mr Pell (“lamps be put up on the quay and by the weir")
    assert told.endswith(" …): lost")
    assert len(told.partition("(")[2].split()) == MOTION_WORDS + 2  # with "…):" and "lost"
    assert moved(text, found.motions, text.index(names), end - len("Motion lost.")) == told
    assert moved(text, found.motions, 0, votes) == "motion of Mr Pell: lost"
    assert moved(text, found.motions, 0, end) is None


def test_who_was_elected_is_a_decision_where_the_item_is_an_election():
    line = "Councillor Quill was duly elected Chair of the Board for the coming year."
    text, found = business("2. Election of Chair", line)
    assert [said(text, each.span) for each in found.resolutions] == [line]
    assert found.resolutions[0].ruling is Ruling.DECIDED
    assert business("3. Parks", line)[1].resolutions == ()


def test_the_first_letters_of_a_verb_are_no_part_of_a_name():
    _, found = business(
        "4. Parks",
        "Councillor Pell moved that the gate be locked.",
        "Councillor Quill seconded and it was carried.",
        "Mrs Dray approved of the gate.",
    )
    assert found.motions[0].proposer == "Councillor Pell"


def test_an_amendment_published_on_a_form_is_a_motion_with_the_words_under_its_label():
    text = text_of(
        "Budget Amendment Form",
        "Amendment Name: More lamps Amendment Number: 6",
        "Proposer: Anna Quill, MBE Seconder: Mr Bob Dray",
        "Proposed Purpose:",
        "Put up twelve lamps on Mill Lane.",
        "They would burn until midnight.",
        "Proposed Amount Proposed Funding Source:",
        "£12k General reserves",
    )
    found = find_business(text, (), PaperKind.MOTION)
    (motion,) = found.motions
    assert (motion.proposer, motion.seconder) == ("Anna Quill", "Mr Bob Dray")
    lines = text.text.splitlines()
    assert said(text.text, motion.words) == "\n".join(lines[4:6])
    assert (motion.outcome, motion.vote) == (None, None)


def test_names_given_again_below_a_form_are_of_the_same_motion():
    text = text_of(
        "Proposer: Mrs Quill Seconder: Mr Dray",
        "Purpose: To put up twelve lamps.",
        "Amendment to the budget",
        "Proposed by Mrs Quill",
        "Seconded by Mr Dray",
        "1. Introduction",
    )
    (motion,) = find_business(text, (), PaperKind.MOTION).motions
    assert said(text.text, motion.words) == "To put up twelve lamps."


def test_what_became_of_a_motion_in_its_own_sentence_is_no_part_of_its_words():
    text, found = business(
        "5. Time", "The Chairman proposed that the meeting go on until five and it was agreed."
    )
    (motion,) = found.motions
    assert said(text, motion.words) == "the meeting go on until five"
    assert (motion.outcome, said(text, motion.outcome_at)) == (Outcome.AGREED, "it was agreed")


def test_what_is_only_suggested_is_no_motion():
    _, found = business(
        "3. Ferry",
        "Councillor Pell proposed that the timetable be looked at again some day.",
        "The Harbour Master spoke of the proposed slipway and of moving the buoys.",
    )
    assert found.motions == ()


def test_a_question_has_its_reply_and_what_was_asked_after_it():
    text, found = business(
        "6. Questions from members",
        "Question 1 by Mr Pell to Mrs Dray, Cabinet Member for Harbours",
        "When will the slipway be mended?",
        "Answer:",
        "By the first of May.",
        "Supplementary question:",
        "And who will pay for it?",
        "Answer:",
        "The harbour fund will.",
        "Question 2 by Ms Quill to the Leader",
        "Why is the ferry late?",
        "The Leader replied that the tides were to blame.",
        kind=ItemKind.QUESTION,
    )
    first, second = found.questions
    assert (first.asker, first.asked_of) == ("Mr Pell", "Mrs Dray, Cabinet Member for Harbours")
    assert said(text, first.words) == "When will the slipway be mended?"
    assert said(text, first.reply) == "By the first of May."
    (after,) = first.supplementary
    assert said(text, after.words) == "And who will pay for it?"
    assert said(text, after.reply) == "The harbour fund will."
    assert (second.asker, second.asked_of, second.replier) == ("Ms Quill", "Leader", "Leader")
    assert said(text, second.reply) == "The Leader replied that the tides were to blame."


def test_a_question_on_an_agenda_has_no_reply():
    _text, found = business(
        "8. Question submitted by Councillor R. O’Teal",
        "I will ask at the next Meeting when the lamps will be lit.",
        kind=ItemKind.QUESTION,
    )
    (question,) = found.questions
    assert question.asker == "Councillor R. O’Teal"
    assert question.reply is None


def test_a_resolution_has_its_clauses_and_ends_with_them():
    text, found = business(
        "4. Harbour dues",
        "RESOLVED that:",
        "(a) dues rise by 3%;",
        "(b) the rise be reviewed in May; and",
        "(c) traders be told.",
        "5. Contact: the Harbour Master, at the Customs House.",
    )
    (resolution,) = found.resolutions
    assert said(text, resolution.span).endswith("traders be told.")
    assert [clause.mark for clause in resolution.clauses] == ["a", "b", "c"]
    assert said(text, resolution.clauses[1].span) == "(b) the rise be reviewed in May; and"


def test_a_quoted_term_leads_into_nothing_that_follows_it():
    text, found = business(
        "8. Library",
        "It was agreed that the words “for two years” be added to recommendation (c).",
        "4. Ms Quill asked when the reading room would open.",
    )
    (resolution,) = found.resolutions
    assert said(text, resolution.span).endswith("recommendation (c).")
    assert resolution.clauses == ()


def test_numbered_paragraphs_below_a_list_are_no_part_of_it():
    text, found = business(
        "8. Library",
        "Recommendations:",
        "The Committee is asked to:",
        "A. Agree the opening hours:",
        "1. in summer, and",
        "2. in winter; and",
        "B. Note the costs.",
        "1. Background",
        "1.1 The library opened in 1911.",
    )
    (resolution,) = found.resolutions
    assert said(text, resolution.span).endswith("B. Note the costs.")
    assert [clause.mark for clause in resolution.clauses] == ["A", "1", "2", "B"]


@pytest.mark.parametrize("broken", ["the next meeting be held from", "a lift be built, with room"])
def test_a_resolution_that_a_page_end_breaks_goes_on_below_it(broken):
    rest = "10 May at noon." if broken.endswith("from") else "for two chairs."
    text, found = business("8. Library", f"RESOLVED that {broken}", rest, "Mr Pell left.")
    (resolution,) = found.resolutions
    assert said(text, resolution.span).endswith(rest)


def test_one_item_may_hold_several_resolutions():
    text, found = business(
        "4. Harbour",
        "It was agreed that dues rise. It was noted that the tide is late.",
        "It was further resolved that the buoys be painted.",
        "Recommendation: that Cabinet buy a second dredger.",
        "Decision:",
        "(i) To buy a dredger.",
        "(ii) To sell the old one.",
    )
    assert [each.ruling for each in found.resolutions] == [
        Ruling.AGREED,
        Ruling.RESOLVED,
        Ruling.RECOMMENDED,
        Ruling.DECIDED,
    ]
    assert said(text, found.resolutions[0].span) == "It was agreed that dues rise."
    assert [each.mark for each in found.resolutions[3].clauses] == ["i", "ii"]


def test_clauses_in_one_paragraph_are_told_apart():
    _text, found = business(
        "4. Harbour", "The Board RESOLVED to: (1) dredge the channel; (2) tell the ferrymen."
    )
    (resolution,) = found.resolutions
    assert [each.mark for each in resolution.clauses] == ["1", "2"]


def test_a_transcript_moves_nothing():
    text = text_of("Councillor Pell: I move that we rise.", "The motion was carried.")
    assert find_business(text, (), PaperKind.TRANSCRIPT) == Business()


def test_business_is_told_of_the_innermost_item():
    text = text_of(
        "7. Motions",
        "(a) Lamps",
        "Councillor Pell moved that lamps be lit. The motion was carried.",
    )
    whole = AgendaItem(0, "7", None, "Motions", ItemKind.MOTION, 1, 0, len(text.text))
    inner = AgendaItem(1, "7(a)", None, "Lamps", ItemKind.MOTION, 2, 11, len(text.text))
    (motion,) = find_business(text, (whole, inner), PaperKind.MINUTES).motions
    assert motion.item == 1


def test_a_reply_that_the_minutes_only_report_is_one():
    text, found = business(
        "6. Question submitted by Councillor Teal",
        "I will ask at the next Meeting if the hedge on Quay Lane will be cut.",
        "It was stated that the hedge would be cut in March.",
        kind=ItemKind.QUESTION,
    )
    (question,) = found.questions
    assert said(text, question.reply) == "It was stated that the hedge would be cut in March."


def test_names_that_go_on_in_the_next_line_all_give_notice():
    text, found = business(
        "9. Notice of Motion submitted by Councillors Pell, Dray and",
        "Quill",
        "We will move at the next Meeting that lamps be lit.",
        kind=ItemKind.MOTION,
    )
    (motion,) = found.motions
    assert motion.proposer == "Councillors Pell, Dray and Quill"
    assert said(text, motion.words).startswith("We will move")


def test_what_somebody_asks_about_a_motion_is_not_its_outcome():
    _, found = business(
        "9. Motion: Lamps",
        "Councillor Pell moved that lamps be lit.",
        "Speaking on the motion, Councillor Quill asked whether advice had to be accepted.",
    )
    assert [motion.outcome for motion in found.motions] in ([], [None])


def test_a_list_of_dates_without_marks_is_part_of_what_was_agreed():
    text, found = business(
        "3. Meetings",
        "It was agreed to meet on these days:",
        "Friday, 21 February",
        "Friday, 15 May",
        "The Harbour Master spoke of the tides at length, and was thanked by all for doing so.",
    )
    (resolution,) = found.resolutions
    assert said(text, resolution.span).endswith("Friday, 15 May")


phrases = st.sampled_from(
    [
        "Councillor Pell proposed and Councillor Dray seconded the following motion:",
        "Councillor Crane moved an amendment that fees be frozen.",
        "“That the ferry run”",
        "“",
        "For (3)",
        "Against (2)",
        "Mr Pell, Mrs Dray",
        "The amendment was lost by four votes to seven.",
        "Motion carried.",
        "Question by Mr Pell to the Leader",
        "Reply:",
        "Supplementary question:",
        "RESOLVED that:",
        "(a) dues rise;",
        "(b) traders be told.",
        "1.",
        "It was agreed to refer this Notice of Motion to the Board.",
    ]
)


@given(st.lists(phrases, min_size=1, max_size=14), st.sampled_from(list(ItemKind)))
def test_however_minutes_go_on_all_spans_stand_in_order_inside_their_item(lines, kind):
    text, found = business("4. Motion submitted by Councillor Teal", *lines, kind=kind)
    motions = [each for motion in found.motions for each in (motion, *motion.amendments)]
    for each in motions:
        vote = each.vote.span if each.vote else None
        for part in filter(None, (each.words, vote, each.outcome_at, each.reply)):
            assert each.span[0] <= part[0] < part[1] <= each.span[1]
    for motion in found.motions:
        for amendment in motion.amendments:
            assert motion.span[0] <= amendment.span[0] < amendment.span[1] <= motion.span[1]
    for question in found.questions:
        assert question.reply is None or question.words[1] <= question.reply[0]
    for resolution in found.resolutions:
        assert all(clause.span[1] <= resolution.span[1] for clause in resolution.clauses)
    for each in (*motions, *found.questions, *found.resolutions):
        assert 0 <= each.span[0] < each.span[1] <= len(text)
