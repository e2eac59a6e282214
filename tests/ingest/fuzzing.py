"""Lets a fuzzer look for bytes that a reader did not foresee, guided by what code they reach.

python -m tests.ingest.fuzzing html 300 does so for five minutes; pdf, docx, md and txt are the
others. It needs Atheris (pip install -e ".[fuzz]"), and stops at the first find: an error that is
no IngestError, a text that breaks the laws of tests.ingest.papers, more than 20 seconds or 2 GiB.
What it found, it leaves in build/fuzzing; what is worth keeping becomes a paper of
tests.ingest.hostile.
"""

import sys
from importlib import import_module
from pathlib import Path

from tests.shared import ROOT

PLACE = ROOT / "build" / "fuzzing"

LARGEST = 1_024
"""Bytes: what goes wrong shows in little, and little is quick."""

TOKENS = ["1. ", "RESOLVED that ", "(a) ", "Cllr ", "12 March 2024", "|", "<td>", "<w:p>", "obj"]
"""What means something to readers: a fuzzer would be long in finding it."""


def seeds(form: str) -> Path:
    """Write down what the fuzzer begins with: small papers of a format."""
    from tests.ingest.hostile import DEADLY, HOSTILE
    from tests.ingest.test_reading_laws import SEEDS

    folder = PLACE / form
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "seed").write_bytes(SEEDS[f".{form}"])
    for name, make in HOSTILE.items():
        if name.endswith(f".{form}") and name not in DEADLY:
            (folder / name).write_bytes(make(1)[:LARGEST])
    (PLACE / "tokens").write_text("".join(f'"{each}"\n' for each in TOKENS))
    return folder


def main() -> None:
    form, seconds = sys.argv[1], int(sys.argv[2])
    # By its name alone: it is no tool that everybody needs, and not there for every Python.
    atheris = import_module("atheris")
    with atheris.instrument_imports(include=["ingest"]):
        from ingest.errors import IngestError
        from ingest.understanding import make_paper
    from tests.ingest.papers import check_laws

    path = Path(f"/papers/minutes.{form}")

    def read(content: bytes) -> None:
        try:
            paper = make_paper(path, content)
        except IngestError:
            return
        check_laws(paper.text)
        for each in paper.passages:
            assert paper.text.text[each.citation.start : each.citation.end] == each.text

    options = [f"-max_total_time={seconds}", f"-max_len={LARGEST}", "-timeout=20"]
    options += ["-rss_limit_mb=2048", f"-artifact_prefix={PLACE}/", f"-dict={PLACE}/tokens"]
    begun = str(seeds(form))
    atheris.Setup([sys.argv[0], *options, begun], read)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
