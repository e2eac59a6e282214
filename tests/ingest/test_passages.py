from datetime import date
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from ingest.contexts import paper_heading
from ingest.paper import AgendaItem, Block, BlockRole, CleanText, ItemKind, Page
from ingest.passages import LONGEST_WORDS, MOST_WORDS, cut, embedded_text

SOURCE = "/papers/minutes.pdf"


def paper(*blocks: tuple[BlockRole, str], page_size: int = 10_000) -> CleanText:
    """Return a paper of these blocks, its pages page_size characters long."""
    text, spans = "", []
    for role, words in blocks:
        if text:
            text += "\n"
        spans.append(Block(role, len(text), len(text) + len(words)))
        text += words
    pages = tuple(
        Page(number, None, start, text[start : start + page_size])
        for number, start in enumerate(range(0, max(len(text), 1), page_size), start=1)
    )
    return CleanText(text, pages, tuple(spans))


def item(text: CleanText, position: int, first: int, last: int, **more) -> AgendaItem:
    """Return an item over the blocks first to last."""
    given_values = {
        "number": str(position + 1),
        "minute": None,
        "title": f"Item {position + 1}",
        "kind": ItemKind.SUBSTANTIVE,
        "depth": 1,
    }
    start, end = text.blocks[first].start, text.blocks[last].end
    return AgendaItem(position=position, start=start, end=end, **(given_values | more))


def prose(words: int, word: str = "drain") -> str:
    return " ".join([word] * (words - 1)) + " done."


HEAD, PARA, ROW = BlockRole.HEADING, BlockRole.PARAGRAPH, BlockRole.TABLE_ROW


def test_a_passage_never_crosses_an_agenda_item():
    text = paper((PARA, prose(20)), (PARA, prose(20)), (PARA, prose(20)))
    items = (item(text, 0, 0, 1), item(text, 1, 2, 2))
    assert [p.item for p in cut(SOURCE, text, items, "Cabinet")] == [0, 1]


def test_an_item_that_is_only_a_title_is_a_passage_of_its_own():
    text = paper((HEAD, "Apologies"), (HEAD, "Minutes"), (PARA, prose(20)))
    items = (item(text, 0, 0, 0, title="Apologies"), item(text, 1, 1, 2, title="Minutes"))
    assert [p.text.split("\n")[0] for p in cut(SOURCE, text, items, "Cabinet")] == [
        "Apologies",
        "Minutes",
    ]


def test_a_sub_item_has_passages_of_its_own():
    text = paper((PARA, prose(20)), (PARA, prose(20)))
    items = (item(text, 0, 0, 1), item(text, 1, 1, 1, depth=2, title="(a) Drains"))
    first, second = cut(SOURCE, text, items, "Cabinet")
    assert (first.item, second.item) == (0, 1)
    assert second.context == "Cabinet – Item 1 – (a) Drains"


def test_a_question_stays_with_its_reply():
    text = paper((HEAD, "7. Question"), (PARA, prose(90)), (PARA, prose(140)))
    items = (item(text, 0, 0, 2, kind=ItemKind.QUESTION),)
    assert len(cut(SOURCE, text, items, "Council")) == 1


def test_a_lead_in_stays_with_what_it_leads_into():
    text = paper((PARA, prose(180)), (PARA, "RESOLVED that:"), (PARA, prose(40)))
    last = cut(SOURCE, text, (), "Council")[-1]
    assert last.text.startswith("RESOLVED that:\ndrain")


def test_a_heading_opens_a_passage_and_is_the_context_of_the_next():
    text = paper((PARA, prose(60)), (HEAD, "Flooding"), (PARA, prose(140)), (PARA, prose(140)))
    first, second, third = cut(SOURCE, text, (), "Council")
    assert second.text.startswith("Flooding\n")
    assert third.context == "Council – Flooding"
    assert first.context == "Council"


def test_a_long_paragraph_is_cut_between_sentences():
    text = paper((PARA, " ".join(["We will mend the drains in Mill Lane."] * 60)))
    passages = cut(SOURCE, text, (), "Council")
    assert all(p.text.startswith("We") and p.text.endswith("Lane.") for p in passages)
    assert all(100 <= len(p.text.split()) <= MOST_WORDS for p in passages)


def test_a_passage_over_a_page_break_cites_both_pages():
    text = paper((PARA, prose(100)), page_size=200)
    (passage,) = cut(SOURCE, text, (), "Council")
    assert (passage.citation.first_page, passage.citation.last_page) == (1, 3)


def test_the_same_words_twice_in_a_paper_are_two_passages():
    text = paper((PARA, prose(20)), (PARA, prose(20)))
    items = (item(text, 0, 0, 0), item(text, 1, 1, 1))
    first, second = cut(SOURCE, text, items, "Council")
    assert first.text == second.text
    assert first.id != second.id


def test_a_passage_keeps_its_id_when_the_paper_changes_elsewhere():
    before = paper((PARA, prose(150, "bridge")), (PARA, prose(150)))
    after = paper((PARA, prose(150, "tunnel")), (PARA, prose(150)))
    assert cut(SOURCE, before, (), "Council")[1].id == cut(SOURCE, after, (), "Council")[1].id


def test_the_context_is_embedded_before_the_words():
    (passage,) = cut(SOURCE, paper((PARA, prose(10))), (), "Council")
    assert embedded_text(passage) == "Council\n" + passage.text


def test_a_paper_is_named_by_body_date_and_title():
    assert paper_heading("Budget", "Cabinet", date(2025, 1, 9)) == "Cabinet, 9 January 2025, Budget"
    assert paper_heading("Budget", None, None) == "Budget"
    assert paper_heading("Minutes of the Cabinet", "Cabinet", date(2025, 1, 9)) == (
        "Minutes of the Cabinet, 9 January 2025"
    )


def test_a_context_does_not_say_a_title_twice():
    text = paper((HEAD, "4. Flood wall"), (PARA, prose(150)), (PARA, prose(150)))
    passages = cut(SOURCE, text, (item(text, 0, 0, 2, title="Flood wall"),), "Cabinet")
    assert {p.context for p in passages} == {"Cabinet – Flood wall"}


blocks = st.lists(
    st.tuples(st.sampled_from([HEAD, PARA, ROW]), st.integers(1, 400).map(prose)),
    min_size=1,
    max_size=12,
)


@given(blocks, st.integers(50, 3000))
def test_every_passage_is_an_exact_slice_and_no_word_is_lost_or_doubled(given_blocks, page_size):
    text = paper(*given_blocks, page_size=page_size)
    passages = cut(SOURCE, text, (), "Council")
    for p in passages:
        assert p.text == text.text[p.citation.start : p.citation.end]
        assert p.citation.first_page == text.page_at(p.citation.start)
    assert all(a.citation.end <= b.citation.start for a, b in pairwise(passages))
    assert " ".join(p.text for p in passages).split() == text.text.split()
    assert len({p.id for p in passages}) == len(passages)


@given(blocks)
def test_no_passage_is_longer_than_a_full_one_with_its_stubs(given_blocks):
    for p in cut(SOURCE, paper(*given_blocks), (), "Council"):
        assert len(p.text.split()) <= LONGEST_WORDS
