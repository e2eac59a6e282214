from pathlib import Path

import pytest

from search.library import Library
from tests.embedders import HashEmbedder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "library"


@pytest.fixture
def library(folder):
    with Library.create_or_open(folder, HashEmbedder.name, HashEmbedder.dimension) as opened:
        yield opened
