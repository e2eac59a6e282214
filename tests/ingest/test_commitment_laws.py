"""What holds of commitments whatever a paper says."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.commitments.clauses import holds_any
from ingest.commitments.parts import Candidate, Part
from ingest.commitments.repeats import Printed, collapse
from ingest.commitments.signals import RULES
from ingest.understanding import make_paper
from tests.ingest.commitment_sentences import SENTENCES
from tests.ingest.test_commitments import HEAD

sentences = st.sampled_from([each.words for each in SENTENCES])
blocks = st.lists(sentences, min_size=1, max_size=4).map(" ".join)
leads = st.sampled_from(
    ["RESOLVED that:", "REPLY:", "Mr Dray proposed, and Mrs Quill seconded the motion that:"]
)
items = st.lists(st.one_of(blocks, leads, st.text(max_size=40)), min_size=1, max_size=5)


@settings(max_examples=60, deadline=None)
@given(st.lists(items, min_size=1, max_size=3))
def test_commitments_are_exact_sentences_of_their_paper_within_their_item(business):
    parts = [f"{at}. Matter {at}\n\n" + "\n\n".join(of) for at, of in enumerate(business, start=2)]
    paper = make_paper(Path("/papers/minutes.txt"), (HEAD + "\n\n".join(parts)).encode())
    assert len({each.id for each in paper.commitments}) == len(paper.commitments)
    text = paper.text.text
    for each in paper.commitments:
        where = each.citation
        assert each.sentence == text[where.start : where.end]
        assert each.action in each.sentence
        if each.item is not None:
            item = paper.items[each.item]
            assert item.start <= where.start < where.end <= item.end
        holder = next(one for one in paper.passages if one.id == each.passage)
        assert holder.citation.start <= where.start < holder.citation.end
        assert all(0 <= place.start < place.end <= len(text) for place in each.places)
        assert 0 < each.confidence <= 1


pieces = st.one_of(
    sentences,
    st.sampled_from([word for each in SENTENCES for word in each.words.split()]),
)


@given(st.lists(pieces, min_size=1, max_size=6).map(" ".join), st.sampled_from(Part))
def test_a_rule_finds_nothing_in_words_without_its_cues(words, part):
    sentence = Candidate(0, len(words), words, part, "", "", None, None, None)
    for rule in RULES:
        assert holds_any(words, rule.cues) or rule.find(sentence) is None


printings = st.builds(
    lambda words, at, item, formal, settled: Printed(
        words, 100 * at, 100 * at + 90, item, formal or settled, settled
    ),
    st.one_of(sentences, st.sampled_from(["It will be done.", "This will be done soon."])),
    st.integers(0, 50),
    st.sampled_from([None, 0, 1]),
    st.booleans(),
    st.booleans(),
)


@given(st.lists(printings, max_size=12, unique_by=lambda each: each.start))
def test_collapsing_twice_is_collapsing_once(printed):
    once = collapse(printed)
    assert collapse(once) == once


@given(st.lists(printings, max_size=12, unique_by=lambda each: each.start))
def test_collapsing_loses_no_place(printed):
    places = [(each.start, each.end) for each in printed]
    kept = [place for each in collapse(printed) for place in ((each.start, each.end), *each.again)]
    assert sorted(kept) == sorted(places)
