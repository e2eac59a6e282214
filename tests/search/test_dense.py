import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.dense import DenseIndex, DenseWriter

DIMENSION = 8
NONE = np.zeros(0, dtype=np.int64)


def vectors(count, seed=0):
    rows = np.random.default_rng(seed).standard_normal((count, DIMENSION)).astype(np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def index(folder, rows, numbers=None):
    writer = DenseWriter(folder, "identity", DIMENSION)
    writer.held(0)
    writer.write(NONE, [(numbers or list(range(1, len(rows) + 1)), rows)], 1)
    return DenseIndex(folder)


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
    assert [score for _, score in found] == pytest.approx(expected, abs=2e-3)
    for number, score in found:
        assert score == pytest.approx(cosines[number], abs=2e-3)


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
    assert DenseIndex(tmp_path / "steps").search(question, None, 20) == at_once.search(
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
        DenseIndex(tmp_path)


def test_a_generation_without_other_passages_leaves_the_file_as_it_is(tmp_path):
    writer = DenseWriter(tmp_path, "identity", DIMENSION)
    writer.held(0)
    rows = np.eye(DIMENSION, dtype=np.float32)[:3]
    writer.write(np.zeros(0, dtype=np.int64), [([1, 2, 3], rows)], 1)
    (file,) = tmp_path.glob("*.faiss")
    before = file.stat().st_ino, file.stat().st_mtime_ns
    writer.write(np.zeros(0, dtype=np.int64), [], 2)
    assert (file.stat().st_ino, file.stat().st_mtime_ns) == before
    assert DenseWriter(tmp_path, "identity", DIMENSION).held(2).tolist() == [1, 2, 3]
