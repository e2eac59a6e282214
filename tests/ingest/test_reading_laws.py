"""Laws of reading: whatever the bytes, there is a clean text or a reason."""

from pathlib import Path

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.errors import IngestError
from ingest.paper import BlockRole
from ingest.reading import SUFFIXES, read
from tests.ingest.papers import check_laws, lines, pdf, word
from tests.ingest.test_reading_html import AGENDA
from tests.ingest.test_reading_markdown import EXPORT
from tests.shared import corpora

SEEDS = {
    ".pdf": pdf(lines("The ferry sails at noon, and", "returns by night."), lines("2. Lamps")),
    ".docx": word(docx.Document()),
    ".html": AGENDA.encode(),
    ".md": EXPORT.encode(),
    ".txt": b"1.\n\nFerry\n\nThe lamps of the-\n\nquay\f were lit.",
}
CUTS = st.lists(
    st.tuples(st.integers(0, 10_000), st.integers(0, 12), st.binary(max_size=6)), max_size=8
)


def mutated(content: bytes, cuts: list[tuple[int, int, bytes]]) -> bytes:
    for at, gone, put in cuts:
        at %= len(content) + 1
        content = content[:at] + put + content[at + gone :]
    return content


@pytest.mark.parametrize("kind", SEEDS)
@given(cuts=CUTS, suffix=st.sampled_from(sorted(SUFFIXES)))
@settings(max_examples=60, deadline=None)
def test_broken_bytes_give_a_lawful_text_or_a_reason(kind, cuts, suffix):
    try:
        text = read(Path(f"paper{suffix}"), mutated(SEEDS[kind], cuts))
    except IngestError as error:
        assert error.reason
    else:
        check_laws(text)


@given(st.text(st.sampled_from("aB1.-•(|*#_[]<>&\n \f\u00ad\ufb01\uf0b7"), max_size=300))
@settings(max_examples=200, deadline=None)
def test_odd_text_gives_a_lawful_text_or_a_reason_in_every_written_format(written):
    for suffix in (".txt", ".md", ".html"):
        try:
            check_laws(read(Path(f"paper{suffix}"), written.encode()))
        except IngestError as error:
            assert error.reason


def real(pattern: str, count: int) -> list[Path]:
    found = sorted(corpora().glob(pattern))
    return found[:: max(1, len(found) // count)]


def test_real_pdf_papers_keep_the_laws_and_nearly_all_their_characters():
    for path in real("kent/**/*.pdf", 8):
        text = read(path, path.read_bytes())
        check_laws(text)
        assert text.origins[:, 1].sum() > 0.95 * len(text.text), path.name


def test_few_paragraphs_of_real_papers_start_in_the_middle_of_a_sentence():
    for path in [*real("kent/**/*minutes*.pdf", 8), *real("limerick/2019/**/Minutes*.md", 8)]:
        text = read(path, path.read_bytes())
        check_laws(text)
        prose = [block for block in text.blocks if block.role is BlockRole.PARAGRAPH]
        low = [block for block in prose if text.text[block.start].islower()]
        assert len(low) <= 0.04 * len(prose) + 1, path.name
