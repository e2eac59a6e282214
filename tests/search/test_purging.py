from contextlib import closing

from search.indexes import LEXICAL, rows
from search.lexical.index import LexicalIndex
from search.lexical.writer import build_aside, owes
from search.library import Library
from search.purging import ASIDE, PURGING_LOCK, purge, put_in_place
from search.store import papers as paper_rows
from search.store import passages as passage_rows
from search.store.lock import WriterLock
from search.store.schema import open_to_read
from tests.search.factory import embedded, paper

LIDO = paper(["The lido opens at nine."])
PIER = paper(["The pier is mended."], source="/papers/pier.md")
QUAY = paper(["The quay is dry."], source="/papers/quay.md")


def told(folder, *stems):
    """Return how many passages the index counts with each stem, those removed among them."""
    index = LexicalIndex(folder / LEXICAL)
    return [index.frequency(stem) for stem in stems]


def removed_in_haste(folder):
    """Make a library that owes the traces of one paper."""
    with Library.create_or_open(folder, "hash", 64) as library:
        library.keep(embedded(LIDO, PIER))
    with Library.open(folder, in_haste=True) as library:
        library.forget([LIDO.source])
    assert owes(folder / LEXICAL)


def test_who_is_in_haste_leaves_the_traces_to_the_next(folder):
    removed_in_haste(folder)
    with Library.open(folder, in_haste=True):
        pass
    assert told(folder, "lido") == [1]
    Library.open(folder).close()
    assert told(folder, "lido", "pier") == [0, 1]
    assert not owes(folder / LEXICAL)


def test_who_writes_while_traces_are_taken_out_is_not_held_up_and_loses_nothing(folder):
    removed_in_haste(folder)
    with closing(open_to_read(folder)) as db:
        identity, built = paper_rows.identity(db), passage_rows.passage_numbers(db)
        build_aside(folder / ASIDE, rows(db, built))
    with Library.open(folder, in_haste=True) as library:  # beside the building
        library.keep(embedded(QUAY))
        library.forget([PIER.source])
    assert put_in_place(folder, folder, identity, built)
    assert owes(folder / LEXICAL)  # for what was removed meanwhile
    purge(folder)
    assert not owes(folder / LEXICAL)
    assert told(folder, "lido", "pier", "quay") == [0, 0, 1]
    assert not (folder / ASIDE).exists()


def test_of_two_who_purge_the_second_leaves_it_to_the_first(folder):
    removed_in_haste(folder)
    first = WriterLock(folder, PURGING_LOCK)
    purge(folder)
    assert owes(folder / LEXICAL)
    first.release()
    purge(folder)
    assert not owes(folder / LEXICAL)


def test_what_was_built_for_another_library_is_not_put_in_place(folder):
    removed_in_haste(folder)
    with closing(open_to_read(folder)) as db:
        build_aside(folder / ASIDE, rows(db, passage_rows.passage_numbers(db)[:0]))
        built = passage_rows.passage_numbers(db)
    assert put_in_place(folder, folder, "another", built)
    assert told(folder, "pier") == [1]
