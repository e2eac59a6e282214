import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.dense.index import REFINED, DenseIndex
from search.dense.writer import DenseWriter

DIMENSION = 8
NONE = np.zeros(0, dtype=np.int64)


def vectors(count, seed=0):
    rows = np.random.default_rng(seed).standard_normal((count, DIMENSION)).astype(np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def index(folder, rows, numbers=None):
    writer = DenseWriter(folder, "identity", DIMENSION)
    writer.held(0)
    writer.write(NONE, [(numbers or list(range(1, len(rows) + 1)), rows)], 1)
    return DenseIndex(folder, DIMENSION)


@settings(max_examples=30, deadline=None)
@given(
    st.integers(1, 60),
    st.integers(0, 5),
    st.integers(1, 80),
    st.sets(st.integers(1, 70)) | st.none(),
)
def test_search_is_the_plain_inner_product(tmp_path_factory, count, seed, limit, allowed):
    rows = vectors(count, seed)
    opened = index(tmp_path_factory.mktemp("dense"), rows)
    question = vectors(1, seed + 100)[0]
    numbers = None if allowed is None else np.array(sorted(allowed), dtype=np.int64)
    cosines = {n: float(row @ question) for n, row in enumerate(rows, start=1)}
    found = opened.search(question, numbers, limit)
    expected = sorted(
        (c for n, c in cosines.items() if allowed is None or n in allowed), reverse=True
    )[:limit]
    assert [score for _, score in found] == pytest.approx(expected, abs=1e-2)
    for number, score in found:
        assert score == pytest.approx(cosines[number], abs=1e-2)


def test_equal_scores_stand_by_number(tmp_path):
    opened = index(tmp_path, np.repeat(vectors(1), 10, axis=0), list(range(20, 10, -1)))
    found = opened.search(vectors(1)[0], None, 5)
    assert [number for number, _ in found] == [11, 12, 13, 14, 15]


def test_an_index_brought_up_in_steps_is_the_one_made_at_once(tmp_path):
    rows = vectors(20)
    writer = DenseWriter(tmp_path / "steps", "identity", DIMENSION)
    writer.held(0)
    writer.write(NONE, [(list(range(1, 11)), rows[:10])], 1)
    again = DenseWriter(tmp_path / "steps", "identity", DIMENSION)
    assert again.held(1).tolist() == list(range(1, 11))
    again.write(np.array([3, 7]), [(list(range(11, 21)), rows[10:])], 2)
    left = [n for n in range(1, 21) if n not in (3, 7)]
    at_once = index(tmp_path / "once", rows[[n - 1 for n in left]], left)
    question = vectors(1, 9)[0]
    assert DenseIndex(tmp_path / "steps", DIMENSION).search(question, None, 20) == at_once.search(
        question, None, 20
    )


def test_nothing_allowed_finds_nothing(tmp_path):
    assert index(tmp_path, vectors(3)).search(vectors(1)[0], NONE, 5) == []


def test_the_background_is_the_mean_of_all_cosines(tmp_path):
    rows, question = vectors(50), vectors(1, 3)[0]
    background = index(tmp_path, rows).background(question)
    assert background == pytest.approx(float((rows @ question).mean()), abs=1e-3)


def test_a_missing_file_is_told_as_such(tmp_path):
    with pytest.raises(ValueError, match="no dense index"):
        DenseIndex(tmp_path, DIMENSION)


def test_a_generation_without_other_passages_leaves_the_file_as_it_is(tmp_path):
    writer = DenseWriter(tmp_path, "identity", DIMENSION)
    writer.held(0)
    rows = np.eye(DIMENSION, dtype=np.float32)[:3]
    writer.write(np.zeros(0, dtype=np.int64), [([1, 2, 3], rows)], 1)
    file = tmp_path / "entries.npy"
    before = file.stat().st_ino, file.stat().st_mtime_ns
    writer.write(np.zeros(0, dtype=np.int64), [], 2)
    assert (file.stat().st_ino, file.stat().st_mtime_ns) == before
    assert DenseWriter(tmp_path, "identity", DIMENSION).held(2).tolist() == [1, 2, 3]


def by_plain_cosine(rows, question, allowed, limit):
    numbers = sorted(allowed, key=lambda number: (-float(rows[number - 1] @ question), number))
    return numbers[:limit]


@pytest.mark.parametrize("of", ["all", "a half", "a few"])
def test_of_many_passages_nearly_all_of_the_nearest_are_found(tmp_path, of):
    count = 4 * REFINED
    mixed = np.random.default_rng(1).standard_normal((count, 16)) @ vectors_of_length(16, 64)
    rows = (mixed / np.linalg.norm(mixed, axis=1, keepdims=True)).astype(np.float32)
    writer = DenseWriter(tmp_path, "identity", 64)
    writer.held(0)
    writer.write(NONE, [(list(range(1, count + 1)), rows)], 1)
    allowed = range(1, count + 1, {"all": 1, "a half": 2, "a few": 50}[of])
    given = None if of == "all" else np.array(allowed)
    opened = DenseIndex(tmp_path, 64)
    shares = []
    for question in rows[:: count // 20]:
        found = {number for number, _ in opened.search(question, given, 100)}
        shares.append(len(found & set(by_plain_cosine(rows, question, allowed, 100))) / 100)
    assert np.mean(shares) > 0.97  # a byte a part changes the order at the edge


def vectors_of_length(count, length):
    return np.random.default_rng(2).standard_normal((count, length))


def test_what_is_removed_leaves_no_row_and_no_sketch(tmp_path):
    rows = vectors(30)
    writer = DenseWriter(tmp_path, "identity", DIMENSION)
    writer.held(0)
    writer.write(NONE, [(list(range(1, 31)), rows)], 1)
    before = DenseIndex(tmp_path, DIMENSION)
    kept = {name: (tmp_path / name).read_bytes() for name in ("rows.i8", "sketches.u8")}
    writer.write(np.array([4]), [], 2)
    after = DenseIndex(tmp_path, DIMENSION)
    assert len(before) == 30 and len(after) == 29
    assert 4 not in after.numbers().tolist()
    for name, was in kept.items():
        now = (tmp_path / name).read_bytes()
        width = len(was) // 30
        assert was[3 * width : 4 * width] not in now
        assert now[: 3 * width] + now[4 * width :] == was[: 3 * width] + was[4 * width :]


def test_files_of_which_many_passages_are_removed_are_written_without_them(tmp_path):
    rows = vectors(30)
    writer = DenseWriter(tmp_path / "dense", "identity", DIMENSION)
    writer.held(0)
    writer.write(NONE, [(list(range(1, 31)), rows)], 1)
    writer.write(np.arange(1, 11), [([31], rows[:1])], 2)
    assert (tmp_path / "dense" / "rows.i8").stat().st_size == 21 * DIMENSION
    assert writer.held(2).tolist() == list(range(11, 32))
    left = index(tmp_path / "once", np.concatenate([rows[10:], rows[:1]]), list(range(11, 32)))
    question = vectors(1, 5)[0]
    found = DenseIndex(tmp_path / "dense", DIMENSION).search(question, None, 30)
    assert found == left.search(question, None, 30)
    assert [each.name for each in tmp_path.iterdir()].count("dense.new") == 0


def test_what_a_killed_writer_left_behind_the_last_entry_is_written_over(tmp_path):
    rows = vectors(6)
    index(tmp_path, rows[:3])
    for name in ("rows.i8", "sketches.u8"):
        with (tmp_path / name).open("ab") as file:
            file.write(b"left by a killed writer")
    again = DenseWriter(tmp_path, "identity", DIMENSION)
    assert again.held(1).tolist() == [1, 2, 3]
    again.write(NONE, [([4, 5, 6], rows[3:])], 2)
    question = vectors(1, 7)[0]
    at_once = index(tmp_path / "once", rows)
    assert DenseIndex(tmp_path, DIMENSION).search(question, None, 6) == at_once.search(
        question, None, 6
    )


@pytest.mark.parametrize("name", ["entries.npy", "rows.i8", "sketches.u8"])
def test_a_file_cut_short_is_told_as_such(tmp_path, name):
    index(tmp_path, vectors(3))
    (tmp_path / name).write_bytes((tmp_path / name).read_bytes()[:-1])
    with pytest.raises(ValueError, match="broken"):
        DenseIndex(tmp_path, DIMENSION)
