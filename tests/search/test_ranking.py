from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from ingest.paper import ItemKind, PaperKind
from search.answer import ItemCard, PaperCard
from search.holdings import KeptPassage, PassageStems
from search.query import understand
from search.ranking import HEAD, Found, rank
from search.words import stems
from tests.search.factory import paper


def kept(text, at=0, item=None, source="/papers/minutes.md"):
    made = paper([text], source=source)
    card = PaperCard(
        made.id, source, made.title, made.kind, None, made.body, made.meeting_date, "md", True, 1
    )
    passage = replace(made.passages[0], id=f"{at:03}", context="")
    title = None if item is None else ItemCard(None, None, item, ItemKind.SUBSTANTIVE)
    return KeptPassage(passage, card, title)


def stems_of(passage: KeptPassage) -> PassageStems:
    own, beside = stems(passage.passage.text), stems(passage.beside)
    return PassageStems(f" {' '.join(own)} ", f" {' '.join(beside)} ")


def found(passages, question="Who mends the weir?") -> Found:
    by_id = {each.passage.id: each for each in passages}
    ranking = [(identity, 1.0 / at) for at, identity in enumerate(sorted(by_id), start=1)]
    return rank(
        understand(question),
        ranking,
        [],
        lambda ids: {each: by_id[each] for each in ids},
        lambda ids: {each: stems_of(by_id[each]) for each in ids},
        lambda stem: 1.0,
    )


def standing(starts, source="/papers/minutes.md"):
    """Return passages that begin at these characters of one paper."""
    made = []
    for at, start in enumerate(starts):
        each = kept("The weir.", at, source=source)
        place = replace(each.passage.citation, start=start, end=start + 9)
        made.append(replace(each, passage=replace(each.passage, citation=place)))
    return made


@given(st.lists(st.integers(0, 50_000), max_size=30))
def test_what_stands_together_is_a_share(starts):
    assert 0.0 <= found(standing(starts)).together() <= 1.0


def test_neighbours_stand_together_and_passages_far_apart_do_not():
    assert found(standing(range(0, 10_000, 1_000))).together() == 1.0
    assert found(standing(range(0, 100_000, 10_000))).together() == 0.0


def test_passages_of_many_papers_do_not_stand_together():
    many = [kept("The weir.", at, source=f"/papers/{at}.md") for at in range(HEAD)]
    assert found(many).together() == 0.0


def test_no_candidates_stand_nowhere():
    assert found([]).together() == 0.0


def test_a_passage_holds_the_share_of_the_names_that_stands_in_it():
    head = found([kept("The weir at Larch Mill.")], "Who mends the weir at Larch Weald?")
    assert head.names("000") == 0.5


def test_a_question_without_names_lacks_none():
    assert found([kept("Geese.")], "who mends the weir?").names("000") == 1.0


texts = st.lists(
    st.text(alphabet="weir mends boat the.£3 ", min_size=1, max_size=40).filter(str.strip),
    max_size=6,
)


@given(texts)
def test_fullness_is_a_share(given_texts):
    assert 0.0 <= found([kept(text, at) for at, text in enumerate(given_texts)]).fullness() <= 1.0


@given(texts.filter(len), st.floats(0, 1))
def test_what_a_cross_encoder_says_makes_nothing_fuller(given_texts, said):
    ranked = found([kept(text, at) for at, text in enumerate(given_texts)])
    voices = {each: replace(voice, reading=said) for each, voice in ranked.voices.items()}
    assert ranked.heard(voices).fullness() == ranked.fullness()


def test_a_voice_that_speaks_for_nobody_is_not_missed_and_one_that_speaks_elsewhere_is():
    ranked = found([kept("The weir.", 0), kept("The boat.", 1)])
    _, second = ranked.voices

    def dated(nearness):
        voices = {**ranked.voices, second: replace(ranked.voices[second], date=nearness)}
        return ranked.heard(voices).fullness()

    assert dated(0.0) == ranked.fullness()
    assert dated(0.1) < ranked.fullness()


def test_a_passage_with_all_that_is_asked_is_fuller_than_one_with_half():
    whole = found([kept("The warden mends the weir.")], "What mends the weir?")
    half = found([kept("The warden mends the boat.")], "What mends the weir?")
    assert whole.fullness() > half.fullness()


def test_minutes_record_what_was_said_or_decided_and_an_agenda_answers_nothing():
    for question, recording in (
        ("What did the Mayor say about the weir?", {PaperKind.MINUTES}),
        ("What was decided about the weir?", {PaperKind.MINUTES}),
        ("How much did the weir cost?", {PaperKind.MINUTES, PaperKind.REPORT}),
    ):
        for kind in (PaperKind.MINUTES, PaperKind.REPORT, PaperKind.AGENDA):
            passage = kept("The weir.")
            passage = replace(passage, paper=replace(passage.paper, kind=kind))
            told = found([passage], question).voices["000"].recorded
            assert told == float(kind in recording)


def test_a_name_counts_where_it_stands_whole():
    question = "What did we promise about Larch Hall?"
    whole = kept("Larch Hall will open again in May.", 0)
    apart = kept("The hall will open again when the larch is felled.", 1)
    voices = found([whole, apart], question).voices
    assert (voices["000"].named, voices["001"].named) == (1.0, 0.0)
    assert found([whole, apart], question).order[0][0] == "000"


def test_a_name_counts_in_the_context_of_a_passage():
    question = "What did we promise about Larch Hall?"
    plain = kept("It will open again in May.")
    passage = replace(plain, passage=replace(plain.passage, context="Larch Hall"))
    assert found([passage], question).voices["000"].named == 1.0


@given(st.text(max_size=80), st.text(max_size=80))
def test_how_much_of_the_names_stands_whole_is_a_share(text, question):
    if not understand(question).stems or not text.strip():
        return
    assert 0.0 <= found([kept(text)], question).voices["000"].named <= 1.0
