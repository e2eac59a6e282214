"""The words of a printed page are parted as Python parts them."""

import re

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from ingest.reading.words import parted_by_space

letters = st.sampled_from("aZ9é\x02\ufffe\U0001f600")
spaces = st.sampled_from(
    [chr(code) for code in range(0x110000) if chr(code).isspace() and code < 0xD800]
)


@given(st.text(st.one_of(letters, spaces, st.characters())))
def test_words_are_parted_at_every_space_that_python_knows(text):
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    starts, lasts = parted_by_space(codes)
    found = [match.span() for match in re.finditer(r"\S+", text)]
    assert starts.tolist() == [start for start, _ in found]
    assert lasts.tolist() == [end - 1 for _, end in found]
