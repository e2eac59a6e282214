"""What a run that is cut off leaves for the next one."""

import sqlite3

import pytest

from ingest.pipeline import SLICE_TEXTS, Options, Progress, ingest
from search.library import Library
from search.store.schema import DATABASE
from tests.embedders import HashEmbedder

PASSAGES = 3 * SLICE_TEXTS


class PowerCut(Exception):
    pass


class Counting(HashEmbedder):
    """Counts the texts that it embeds; stops before there would be more than it may embed."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.texts = 0

    def embed_passages(self, texts):
        if self.texts + len(texts) > self.most:
            raise PowerCut
        self.texts += len(texts)
        return super().embed_passages(texts)


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "library"


def paragraph(number: int) -> str:
    """Return a paragraph that is a passage of its own, its words those of no other."""
    return " ".join(f"lamp{number}w{word}" for word in range(150)) + "."


@pytest.fixture
def papers(tmp_path):
    folder = tmp_path / "papers"
    folder.mkdir()
    for half in range(2):
        numbers = range(half * PASSAGES // 2, (half + 1) * PASSAGES // 2)
        text = "# Lamps\n\n" + "\n\n".join(map(paragraph, numbers))
        (folder / f"{half}.md").write_text(text)
    return folder


def run(papers, folder, embedder):
    with Library.create_or_open(folder, "hash", 64) as library:
        return ingest([papers], library, lambda: embedder, Options(processes=1))


def early(folder) -> int:
    db = sqlite3.connect(folder / DATABASE)
    count = db.execute("SELECT count(*) FROM early_vector").fetchone()[0]
    db.close()
    return count


def test_what_was_embedded_before_a_run_was_cut_off_is_not_embedded_again(papers, folder):
    first, second = Counting(most=2 * SLICE_TEXTS), Counting(most=10 * PASSAGES)
    with pytest.raises(PowerCut):
        run(papers, folder, first)
    assert first.texts == early(folder) == 2 * SLICE_TEXTS
    report = run(papers, folder, second)
    assert report.passages == first.texts + second.texts
    assert early(folder) == 0


def test_vectors_of_papers_that_went_meanwhile_do_not_stay(papers, folder):
    with pytest.raises(PowerCut):
        run(papers, folder, Counting(most=SLICE_TEXTS))
    for each in papers.iterdir():
        each.write_text("The lamps are lit.")
    run(papers, folder, Counting(most=PASSAGES))
    assert early(folder) == 0


def test_vectors_kept_early_go_when_anything_is_removed(papers, folder):
    with pytest.raises(PowerCut):
        run(papers, folder, Counting(most=SLICE_TEXTS))
    with Library.create_or_open(folder, "hash", 64) as library:
        library.forget(["/papers/of/nobody.md"])
    assert early(folder) == 0


def test_the_model_begins_before_all_papers_are_read(papers, folder):
    done = []

    class Watching(HashEmbedder):
        def embed_passages(self, texts):
            done.append(progress.done)
            return super().embed_passages(texts)

    for copy in range(2, 8):
        text = (papers / "0.md").read_text().replace("lamp", f"lantern{copy}x")
        (papers / f"{copy}.md").write_text(text)
    with Library.create_or_open(folder, "hash", 64) as library:
        progress = Progress(0, 0, 0, 0, "")

        def told(now: Progress) -> None:
            nonlocal progress
            progress = now

        ingest([papers], library, Watching, Options(processes=1), told)
    assert done[0] < 2 < progress.total == 8


def test_no_text_is_embedded_twice_however_papers_share_it(papers, folder):
    text = (papers / "0.md").read_text()
    (papers / "twin.md").write_text(text)
    (papers / "corrected.md").write_text(text.replace("lamp3w5 ", "lantern "))
    counting = Counting(most=10 * PASSAGES)
    report = run(papers, folder, counting)
    assert report.passages > 1.9 * PASSAGES
    assert report.embedded == counting.texts <= PASSAGES + 2
    (papers / "later.md").write_text(text.replace("lamp4w5 ", "lantern "))
    assert run(papers, folder, counting).embedded <= 2
