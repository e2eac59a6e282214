"""Changing a library to another model, while it answers, is cut off, and is written to."""

import shutil
import sqlite3
import subprocess
import sys
import time
from collections import namedtuple
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.keeping import Embedded
from ingest.passages import embedded_text
from search import reembedding
from search.access import Access
from search.answer import Filters
from search.ask import Asker
from search.backup import back_up, restore
from search.checking import check
from search.errors import LibraryBusy, LibraryDerived, LibraryMissing, NoRoom
from search.generation import open_view
from search.library import Library
from search.reembedding import SLICE_TEXTS, change_model
from search.room import ReadingRoom
from search.store import models as model_rows
from search.store import writing
from search.store.faults import faults_named
from search.store.lock import WriterLock
from search.store.schema import DATABASE, open_to_write
from tests.embedders import DIMENSION, HashEmbedder
from tests.search.factory import STAMP, paper
from tests.shared import ROOT

MOST_LOOKED_AT = 50


class Named(HashEmbedder):
    """A model of its own: the hash embedder's vectors, turned."""

    def __init__(self, name: str = "one", dimension: int = DIMENSION) -> None:
        self.name = name
        self.dimension = dimension
        self.embedded = 0
        turn = np.random.default_rng(sum(name.encode())).standard_normal((DIMENSION, dimension))
        self._turn = np.asarray(turn, dtype=np.float32)

    def embed_passages(self, texts):
        self.embedded += len(texts)
        rows = super().embed_passages(texts) @ self._turn
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)

    embed_queries = embed_passages


def by(model, *papers):
    """Return papers ready to be kept, embedded by a model."""
    return [
        Embedded(each, STAMP, model.embed_passages([embedded_text(p) for p in each.passages]))
        for each in papers
    ]


def made(folder: Path, model: Named, *papers) -> None:
    with Library.create_or_open(folder, model.name, model.dimension) as library:
        library.keep(by(model, *papers))


def right(folder: Path, model: Named, access: Access = Access.EXEMPT) -> bool:
    """Tell whether passages (the nearest MOST_LOOKED_AT) are found by their vectors of a model."""
    with open_view(folder, access) as view:
        assert (view.model, view.dimension) == (model.name, model.dimension)
        near = view.by_meaning(model.embed_queries(["lido"])[0], Filters(), MOST_LOOKED_AT)
        kept = view.passages([each for each, _ in near])
        held = view.vectors(list(kept))
        texts = [embedded_text(each.passage) for each in kept.values()]
        wanted = dict(zip(kept, model.embed_passages(texts), strict=True))
        kept_right = [held[each] @ wanted[each] for each in kept]
        found = [view.by_meaning(wanted[each], Filters(), 1)[0][1] for each in kept]
        whole = len(kept) == min(view.passage_count, MOST_LOOKED_AT)
        return whole and min([*kept_right, *found], default=1) > 0.99


WEIR = paper(["The weir was mended in May.", "Geese were counted."], source="/papers/weir.md")
LIDO = paper(["The lido opens in May.", "The lido has a slide."], source="/papers/lido.md")
CLOSED = replace(
    paper(["The tender for the pier is secret."], source="/papers/pier.md"), exempt=True
)


@pytest.mark.parametrize("dimension", [DIMENSION, 16])
def test_afterwards_every_passage_has_the_new_models_vector(folder, dimension):
    made(folder, Named("one"), WEIR, LIDO)
    other = Named("other", dimension)
    changed = change_model(folder, other)
    assert (changed.texts, changed.embedded) == (4, 4)
    assert right(folder, other)
    assert check(folder) == []


def test_questions_are_answered_from_the_old_vectors_until_all_new_ones_are_there(folder):
    made(folder, Named("one"), WEIR, LIDO)
    seen = []

    class Watching(Named):
        def embed_passages(self, texts):
            with open_view(folder) as view:
                seen.append(view.model)
                assert Asker(Named("one")).ask(view, "lido").hits
            return super().embed_passages(texts)

    change_model(folder, Watching("other"))
    assert set(seen) == {"one"}


def test_a_view_in_use_stays_the_old_models(folder):
    made(folder, Named("one"), WEIR)
    with open_view(folder) as view:
        before = Asker(Named("one")).ask(view, "weir")
        change_model(folder, Named("other"))
        assert Asker(Named("one")).ask(view, "weir") == before
    with open_view(folder) as view:
        assert view.generation == before.generation + 1
        assert Asker(Named("other")).ask(view, "weir").hits


def test_the_way_back_embeds_only_what_has_come_since(folder):
    one, other = Named("one"), Named("other", 16)
    made(folder, one, WEIR)
    change_model(folder, other)
    with Library.open(folder) as library:
        library.keep(by(other, LIDO))
    changed = change_model(folder, one)
    assert (changed.texts, changed.embedded) == (4, 2)
    assert right(folder, one)
    assert change_model(folder, other).embedded == 0
    assert right(folder, other)


def test_of_a_third_model_nothing_is_kept(folder):
    made(folder, Named("one"), WEIR)
    change_model(folder, Named("other"))
    change_model(folder, Named("third"))
    with open_view(folder, Access.EXEMPT) as view:
        assert view.spare_vectors() == {"other": 2}


def test_the_model_that_the_library_has_is_changed_to_at_once(folder):
    made(folder, Named("one"), WEIR)
    assert change_model(folder, Named("one")).embedded == 0
    with open_view(folder, Access.EXEMPT) as view:
        assert (view.generation, view.spare_vectors()) == (1, {})


def test_papers_that_come_and_go_meanwhile_are_as_they_should_be(folder):
    one = Named("one")
    made(folder, one, WEIR)

    class Disturbed(Named):
        def embed_passages(self, texts):
            if not self.embedded:
                with Library.open(folder) as library:
                    library.keep(by(one, LIDO))
                    library.forget([WEIR.source])
            return super().embed_passages(texts)

    other = Disturbed("other")
    change_model(folder, other)
    assert right(folder, Named("other"))
    assert check(folder) == []


def test_a_removed_paper_leaves_no_spare_vector(folder):
    made(folder, Named("one"), WEIR, LIDO)
    change_model(folder, Named("other"))
    with Library.open(folder) as library:
        library.forget([WEIR.source])
    with open_view(folder, Access.EXEMPT) as view:
        assert view.spare_vectors() == {"one": 2}


def test_vectors_of_an_ingest_that_was_cut_off_do_not_outlive_their_model(folder):
    made(folder, Named("one"), WEIR)
    with Library.open(folder) as library:
        library.keep_vectors({"Towels.": Named("one").embed_passages(["Towels."])[0]})
    change_model(folder, Named("other"))
    with Library.open(folder) as library:
        assert library.known_vectors(["Towels."]) == {}


def test_the_open_part_follows_and_holds_nothing_exempt(folder):
    closed = replace(CLOSED, closed=((0, len(CLOSED.text.text)),))
    made(folder, Named("one"), WEIR, closed)
    for other in (Named("other"), Named("small", 16)):
        change_model(folder, other)
        assert right(folder, other) and right(folder, other, Access.PUBLIC)
        assert check(folder) == []
        with open_view(folder, Access.PUBLIC) as view:
            assert (view.passage_count, view.spare_vectors()) == (2, {})


def test_the_open_part_names_the_reranker_too(folder):
    closed = replace(CLOSED, closed=((0, len(CLOSED.text.text)),))
    made(folder, Named("one"), WEIR, closed)
    for name in ("a cross-encoder", None):
        with Library.open(folder) as library:
            library.set_reranker(name)
        for access in Access:
            with open_view(folder, access) as view:
                assert view.reranker == name


def test_whoever_reads_papers_in_keeps_their_turn_and_the_vectors_are_kept(folder):
    made(folder, Named("one"), WEIR)
    busy = WriterLock(folder)
    with pytest.raises(LibraryBusy):
        change_model(folder, Named("other"))
    busy.release()
    with open_view(folder) as view:
        assert view.model == "one"
    assert change_model(folder, Named("other")).embedded == 0


def test_two_do_not_change_one_library_at_a_time(folder):
    made(folder, Named("one"), WEIR)
    busy = WriterLock(folder, reembedding.CHANGING_LOCK)
    with pytest.raises(LibraryBusy):
        change_model(folder, Named("other"))
    busy.release()
    change_model(folder, Named("other"))


def test_an_empty_library_changes_too(folder):
    Library.create_or_open(folder, "one", DIMENSION).close()
    change_model(folder, Named("other", 16))
    made(folder, Named("other", 16), WEIR)
    assert right(folder, Named("other", 16))


def test_no_library_is_changed_where_there_is_none_nor_an_open_part_alone(folder):
    with pytest.raises(LibraryMissing):
        change_model(folder, Named("other"))
    made(folder, Named("one"), WEIR, CLOSED)
    with pytest.raises(LibraryDerived):
        change_model(folder / "open", Named("other"))


def test_too_full_a_disk_is_told_before_anything_is_embedded(folder, monkeypatch):
    made(folder, Named("one"), WEIR)
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage(1_000, 1_000, 0))
    other = Named("other")
    with pytest.raises(NoRoom, match="0 MB free of some"):
        change_model(folder, other)
    assert other.embedded == 0


def test_a_disk_that_fills_up_is_told_as_such(tmp_path):
    with closing(sqlite3.connect(tmp_path / "small")) as db:
        db.execute("PRAGMA max_page_count = 1")
        with pytest.raises(NoRoom), faults_named(tmp_path):
            db.execute("CREATE TABLE more (than_fits TEXT)")


@pytest.mark.parametrize("dimension", [DIMENSION, 16])
def test_a_crash_right_after_the_vectors_changed_places_is_made_good_by_the_next_reader(
    folder, dimension
):
    made(folder, Named("one"), WEIR, CLOSED)
    other = Named("other", dimension)
    with closing(open_to_write(folder)) as db:
        reembedding._Maker(folder, other, lambda _: None).make(db)
        with writing.transaction(db):
            model_rows.exchange(db, other.name, other.dimension)
            writing.raise_generation(db)
    assert right(folder, other) and right(folder, other, Access.PUBLIC)
    assert check(folder) == []


def test_a_copy_has_the_model_the_reranker_and_the_spare_vectors(folder, tmp_path):
    made(folder, Named("one"), WEIR)
    change_model(folder, Named("other"))
    with Library.open(folder) as library:
        library.set_reranker("reader")
    back_up({DATABASE: folder / DATABASE}, tmp_path / "copy")
    again = tmp_path / "again"
    restore(tmp_path / "copy", {DATABASE: again / DATABASE})
    assert right(again, Named("other"))
    with open_view(again, Access.EXEMPT) as view:
        assert (view.reranker, view.spare_vectors()) == ("reader", {"one": 2})


def test_a_room_prepares_for_a_newer_view_while_it_lends_the_old_one(folder):
    made(folder, Named("one"), WEIR)
    prepared = []

    def prepare(newer):
        with room.view() as present:  # somebody else's question
            prepared.append((present.model, newer.model))

    room = ReadingRoom(folder, prepare=prepare)
    with room.view() as view:
        assert view.model == "one"
    assert prepared == []
    change_model(folder, Named("other"))
    with room.view() as view:
        assert view.model == "other"
    assert prepared == [("one", "other")]
    room.close()


steps = st.lists(
    st.one_of(
        st.tuples(st.just("keep"), st.integers(0, 3), st.integers(0, 2)),
        st.tuples(st.just("forget"), st.integers(0, 3)),
        st.tuples(st.just("change"), st.sampled_from(["one", "other", "small"])),
    ),
    max_size=8,
)


@settings(max_examples=12)
@given(steps)
def test_however_papers_and_models_come_and_go_the_library_is_that_of_its_last_model(given_steps):
    models = {"one": Named("one"), "other": Named("other"), "small": Named("small", 16)}
    with TemporaryDirectory() as place:
        folder, present = Path(place) / "library", models["one"]
        Library.create_or_open(folder, present.name, present.dimension).close()
        for name, *values in given_steps:
            if name == "change":
                present = models[values[0]]
                change_model(folder, present)
                continue
            source = f"/papers/{values[0]}.md"
            with Library.open(folder) as library:
                if name == "forget":
                    library.forget([source])
                else:
                    texts = [f"Lido {each}." for each in range(values[1] + 1)]
                    library.keep(by(present, paper(texts, source=source)))
        assert right(folder, present)
        assert check(folder) == []


SLOW = """
import sys, time
from pathlib import Path
from search.reembedding import change_model
from tests.search.test_reembedding import Named

class Slow(Named):
    def embed_passages(self, texts):
        time.sleep(0.2)
        print(len(texts), flush=True)
        return super().embed_passages(texts)

change_model(Path(sys.argv[1]), Slow("other"))
"""


def test_a_run_that_is_killed_goes_on_where_it_was(folder):
    texts = [f"Lamp {number} was mended." for number in range(SLICE_TEXTS * 5)]
    made(folder, Named("one"), paper(texts))
    killed = subprocess.Popen(
        [sys.executable, "-c", SLOW, str(folder)], cwd=ROOT, stdout=subprocess.PIPE
    )
    for _ in range(3):  # the third slice is being made: two are kept
        assert killed.stdout.readline()
    killed.kill()
    killed.communicate()
    assert right(folder, Named("one"))
    other = Named("other")
    changed = change_model(folder, other)
    assert changed.texts == len(texts)
    assert changed.embedded <= len(texts) - 2 * SLICE_TEXTS
    assert right(folder, other)


FOR_EVER = """
import sys
from pathlib import Path
from search.reembedding import change_model
from tests.search.test_reembedding import Named

models = [Named("one"), Named("other"), Named("small", 16)]
print("ready", flush=True)
while True:
    models.append(models.pop(0))
    change_model(Path(sys.argv[1]), models[0])
"""


@pytest.mark.parametrize("seed", range(3))
def test_killed_at_any_moment_it_is_wholly_of_one_model(folder, seed):
    made(folder, Named("one"), WEIR, LIDO, CLOSED)
    changing = subprocess.Popen(
        [sys.executable, "-c", FOR_EVER, str(folder)], cwd=ROOT, stdout=subprocess.PIPE
    )
    assert changing.stdout.readline() == b"ready\n"
    time.sleep(np.random.default_rng(seed).uniform(0.05, 0.8))
    changing.kill()
    changing.communicate()
    with open_view(folder) as view:
        model = Named(view.model, view.dimension)
    assert right(folder, model) and right(folder, model, Access.PUBLIC)
    assert check(folder) == []
