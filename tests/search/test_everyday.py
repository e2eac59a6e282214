"""Everyday words and what papers call the same thing."""

import tomllib
from itertools import chain

import pytest

from search.readings.everyday import everyday
from search.readings.names import Expansion, Names
from search.readings.tokens import tokens
from search.words import stems
from tests.shared import ROOT

PAIRS = [
    pair
    for subject in tomllib.loads((ROOT / "search/readings/everyday.toml").read_text()).values()
    for pair in subject.items()
]
NOBODY = Names((), (), ())


def read(question, *held, names=NOBODY):
    words = set(chain.from_iterable(map(stems, held)))
    return [(each.words, each.values) for each in everyday(question, words.__contains__, names)]


def test_no_words_are_paired_twice_nor_with_themselves():
    keys = [tuple(each.stem for each in tokens(words)) for words, _ in PAIRS]
    assert len(set(keys)) == len(keys)
    for key, (_, terms) in zip(keys, PAIRS, strict=True):
        assert terms
        assert all(tuple(stems(term)) != key for term in terms)


@pytest.mark.parametrize("words", [words for words, _ in PAIRS])
def test_every_pair_is_read_whatever_the_letters(words):
    terms = dict(PAIRS)[words]
    for typed in (words, words.upper()):
        ((found, values),) = read(f"Which {typed}?", *terms)
        assert (found, values) == (typed, tuple(terms))


def test_only_terms_that_the_library_holds_are_read():
    assert read("Who mends the street lights?", "public lighting") == [
        ("street lights", ("public lighting",))
    ]
    assert read("Who mends the street lights?", "public benches") == []


def test_the_longest_words_are_read():
    held = ("voids", "social housing")
    assert read("How many empty council houses are there?", *held)[0] == (
        "empty council houses",
        ("voids",),
    )


def test_the_acronym_of_a_term_is_read_too():
    known = Expansion("SCP", "School Crossing Patrol", {"Cabinet": 1})
    names = Names((), (), (known,))
    ((_, values),) = read("Which lollipop lady left?", "school crossing patrol", names=names)
    assert values == ("school crossing patrol", "SCP")
