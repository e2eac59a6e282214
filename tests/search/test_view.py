import threading
from contextlib import ExitStack

import pytest

from search.answer import Filters
from search.errors import LibraryMissing
from search.generation import open_view
from search.library import Library
from search.room import ReadingRoom
from tests.search.factory import embedded, paper


def lidos(turn, papers=4):
    """Return papers whose passages all tell the same turn."""
    return embedded(
        *(paper([f"Lido {n} of turn {turn}."], source=f"/papers/{n}.md") for n in range(papers))
    )


def turns(view):
    """Return the turns that a view's papers, and its words, tell of."""
    hits = view.by_words(["lido"], Filters(), 100)
    kept = view.passages([identity for identity, _ in hits])
    assert len(kept) == len(hits) == view.passage_count
    return {each.passage.text.partition("turn")[2] for each in kept.values()}


def test_an_open_view_stays_as_it_is(library, folder):
    library.keep(lidos(1))
    with open_view(folder) as view:
        library.keep(lidos(2))
        library.forget(["/papers/0.md"])
        assert turns(view) == {" 1."}
        assert len(view.papers()) == 4


def test_a_room_lends_the_newest_view(library, folder):
    room = ReadingRoom(folder)
    for turn in (1, 2, 3):
        library.keep(lidos(turn))
        with room.view() as view:
            assert turns(view) == {f" {turn}."}
    room.close()


def test_a_view_on_loan_outlives_its_replacement(library, folder):
    room = ReadingRoom(folder)
    library.keep(lidos(1))
    with room.view() as old:
        library.keep(lidos(2))
        with room.view() as new:
            assert turns(new) == {" 2."}
        assert turns(old) == {" 1."}
    room.close()


def test_a_view_is_shared_until_something_changes(library, folder):
    library.keep(lidos(1))
    room = ReadingRoom(folder)
    with room.view() as one, room.view() as other:
        assert one is other
    room.close()


def test_a_room_opened_before_its_library_finds_it_later(folder):
    room = ReadingRoom(folder)
    with pytest.raises(LibraryMissing), room.view():
        pass
    with Library.create_or_open(folder, "hash", 64) as library:
        library.keep(lidos(1))
    with room.view() as view:
        assert turns(view) == {" 1."}
    room.close()


def test_readers_see_whole_generations_while_a_writer_writes(library, folder):
    library.keep(lidos(0))
    room = ReadingRoom(folder)
    done = threading.Event()
    seen, wrong = set(), []

    def read():
        while not done.is_set():
            with ExitStack() as stack:
                view = stack.enter_context(room.view())
                found = turns(view)
                seen.update(found)
                if len(found) != 1 or len(view.papers()) != 4:
                    wrong.append(found)

    readers = [threading.Thread(target=read) for _ in range(3)]
    for each in readers:
        each.start()
    for turn in range(1, 8):
        library.keep(lidos(turn))
    done.set()
    for each in readers:
        each.join()
    assert not wrong
    assert seen
    room.close()
