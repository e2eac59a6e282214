import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from search.store.vectors import pack_vectors, packed_anew, vectors_of

directions = arrays(
    np.float32,
    st.tuples(st.integers(1, 4), st.just(64)),
    elements=st.floats(-1, 1, width=32, allow_subnormal=False),
).filter(lambda rows: np.abs(rows).max(axis=1).min() > 1e-3)


def normal(rows):
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


@given(directions)
def test_what_is_read_points_where_what_was_kept_pointed(rows):
    rows = normal(rows)
    read = vectors_of(pack_vectors(rows), 64)
    assert read.dtype == np.float32
    assert np.linalg.norm(read, axis=1) == pytest.approx(1, abs=1e-5)
    assert np.einsum("ij,ij->i", rows, read).min() > 0.999


@given(directions)
def test_keeping_again_what_was_read_changes_nothing(rows):
    once = pack_vectors(normal(rows))
    assert pack_vectors(vectors_of(once, 64)) == once


def test_a_row_of_a_model_loses_less_than_bfloat16_does():
    rows = normal(np.random.default_rng(7).standard_normal((500, 384)).astype(np.float32))
    read = vectors_of(pack_vectors(rows), 384)
    assert np.einsum("ij,ij->i", rows, read).min() > 0.9999


def test_a_byte_a_part_is_kept():
    assert [len(each) for each in pack_vectors(np.eye(3, 64, dtype=np.float32))] == [64] * 3


def test_no_rows_are_kept_as_none():
    assert pack_vectors(np.zeros((0, 0), np.float32)) == []
    assert vectors_of([], 64).shape == (0, 64)


def test_what_was_kept_as_float16_is_kept_anew():
    row = normal(np.random.default_rng(1).standard_normal((1, 64)).astype(np.float32))
    packed = packed_anew(row.astype("<f2").tobytes())
    assert vectors_of([packed], 64)[0] @ row[0] > 0.9999
