"""Make the sample council's papers anew, from their text to the files beside it.

Run `python data/make_sample.py`. The same text gives the same bytes, so that a
rebuild which changes nothing shows no difference.
"""

from __future__ import annotations

import shutil
import textwrap
from pathlib import Path

from papermaking.pages import write_page
from papermaking.pdf import write_pdf
from papermaking.source import Source, read
from papermaking.word import write_word

HERE = Path(__file__).resolve().parent
TEXTS = HERE / "sample_text"
PAPERS = HERE / "sample"
COLUMNS = 78


def wrapped(text: str) -> str:
    """Break long lines, as a plain text file has them."""
    lines = [textwrap.fill(line, COLUMNS, break_on_hyphens=False) for line in text.splitlines()]
    return "\n".join(lines)


def make(source: Source, target: Path) -> None:
    """Write one paper in the format that its name asks for."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.suffix == ".pdf":
        write_pdf(source, target, TEXTS)
    elif target.suffix == ".docx":
        write_word(source, target)
    elif target.suffix == ".html":
        write_page(source, target)
    else:
        text = wrapped(source.text) if target.suffix == ".txt" else source.text
        target.write_text(text.strip() + "\n", encoding="utf-8", newline="\n")


def main() -> None:
    """Write every paper into a fresh folder and say how many there are."""
    sources = [read(path) for path in sorted(TEXTS.glob("*.txt"))]
    if PAPERS.exists():
        shutil.rmtree(PAPERS)
    for source in sources:
        make(source, PAPERS / source.paper)
    print(f"{len(sources)} papers in {PAPERS}")


if __name__ == "__main__":
    main()
