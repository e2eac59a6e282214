from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.paper import ItemKind
from search.answer import ItemCard, PaperCard
from search.holdings import KeptPassage
from search.query import understand
from search.ranking import AGREEING, Found, rank
from tests.search.factory import paper


def kept(text, at=0, item=None, source="/papers/minutes.md"):
    made = paper([text], source=source)
    card = PaperCard(
        made.id, source, made.title, made.kind, None, made.body, made.meeting_date, "md", True, 1
    )
    passage = replace(made.passages[0], id=f"{at:03}", context="")
    title = None if item is None else ItemCard(None, None, item, ItemKind.SUBSTANTIVE)
    return KeptPassage(passage, card, title)


def found(passages, question="Who mends the weir?") -> Found:
    by_id = {each.passage.id: each for each in passages}
    ranking = [(identity, 1.0 / at) for at, identity in enumerate(sorted(by_id), start=1)]
    return rank(
        understand(question),
        ranking,
        [],
        lambda ids: {each: by_id[each] for each in ids},
        lambda stem: 1.0,
    )


items = st.lists(st.sampled_from(["Weirs", "Geese", "Kerbs"]), min_size=1, max_size=30)


@given(items)
def test_agreement_is_a_share(titles):
    passages = [kept("The weir.", at, item) for at, item in enumerate(titles)]
    assert 1 / AGREEING <= found(passages).agreement() <= 1.0


def test_passages_of_one_item_agree_and_those_of_many_papers_do_not():
    one = [kept("The weir.", at, "Weirs") for at in range(AGREEING)]
    many = [kept("The weir.", at, "Weirs", f"/papers/{at}.md") for at in range(AGREEING)]
    assert found(one).agreement() == 1.0
    assert found(many).agreement() == pytest.approx(1 / AGREEING)


def test_no_candidates_agree_on_nothing():
    assert found([]).agreement() == 0.0


def test_a_passage_holds_the_share_of_the_names_that_stands_in_it():
    head = found([kept("The weir at Larch Mill.")], "Who mends the weir at Larch Weald?")
    assert head.names("000") == 0.5


def test_a_question_without_names_lacks_none():
    assert found([kept("Geese.")], "who mends the weir?").names("000") == 1.0
