"""Damages papers in every way we know, and looks whether each is read or reported.

python -m tests.ingest.mutating 10000 damages ten thousand: the sample papers, the hostile ones, and
real ones where there are any (MATTERS_SHARED). Each goes the whole way in, through worker processes
under the limits that an operator has; a sound paper is read among them, again and again. A second
number says where to begin, so that a long run can be taken in slices.

What may come of a paper: it is read, and its text keeps the laws of tests.ingest.papers; or it is
reported, in one line. A process that died, or that a limit of time or memory had to end, is
reported too, but printed here, since a reader may be mended. What may not come of it: an error that
no reader foresaw, or the sound paper read otherwise than before.
"""

import random
import re
import sys
import tempfile
import time
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

import pytest

from ingest.errors import IngestError, ReaderFailed
from ingest.paper import Paper
from ingest.pipeline import Options
from ingest.rounds import Job, read_one
from ingest.workers import limit, work_through
from tests.ingest.hostile import HOSTILE
from tests.ingest.papers import check_laws
from tests.shared import ROOT, shared

LIMITS = Options()
"""An operator's."""

LARGEST = 2 << 20
"""Bytes of a paper that is worth damaging: larger ones take long and show the same."""

SOUND = b"HARBOUR COMMITTEE\n\nMinutes\n\n1. Quay\n\nRESOLVED that the quay be mended.\n"

EVERY = 100
"""Papers after which the sound one is read again."""

Change = Callable[[random.Random, bytes], bytes]


def flip(rng: random.Random, content: bytes) -> bytes:
    """Change some bytes."""
    damage = bytearray(content)
    for _ in range(rng.choice([1, 4, 32, 256])):
        damage[rng.randrange(len(damage))] = rng.randrange(256)
    return bytes(damage)


def cut(rng: random.Random, content: bytes) -> bytes:
    """Cut the end off, or the beginning."""
    at = rng.randrange(1, len(content))
    return content[:at] if rng.random() < 0.8 else content[at:]


def shuffle(rng: random.Random, content: bytes) -> bytes:
    """Take slices out, say them twice, move them."""
    for _ in range(rng.choice([1, 2, 8])):
        first, last = sorted(rng.randrange(len(content) + 1) for _ in range(2))
        last = min(last, first + 20_000)
        piece = content[first:last]
        if rng.random() < 0.5:
            content = content[:first] + content[last:]
        if rng.random() < 0.7 or not content:
            at = rng.randrange(len(content) + 1)
            content = content[:at] + piece * rng.choice([1, 1, 2, 40]) + content[at:]
    return content


def enlarge(rng: random.Random, content: bytes) -> bytes:
    """Make figures enormous, negative or nothing."""
    odd = [b"0", b"-1", b"99999999999", b"2147483648", b"1e308", b"-0.00001", b""]
    share = rng.choice([0.001, 0.02, 0.3])
    return re.sub(
        rb"\d+", lambda found: rng.choice(odd) if rng.random() < share else found[0], content
    )


TOKENS = {
    "pdf": [
        b"<<",
        b">>",
        b"[",
        b"]",
        b" 1 0 R ",
        b"stream\n",
        b"endobj\n",
        b"/Kids ",
        b"BT ",
        b"(",
    ],
    "html": [
        b"<table>",
        b"<td colspan=9>",
        b"</div>",
        b"<!--",
        b"&#x0;",
        b"<script>",
        b"<br>",
        b"<",
    ],
    "md": [b"|", b"\n---\n", b"> ", b"- ", b"```\n", b"[", b"](", b"**", b"\n# ", b"<small>"],
    "txt": [
        b"\f",
        b"\n1. ",
        b"\r",
        b"\0",
        b"\xff",
        b"RESOLVED that ",
        b"\n\n",
        b"(a)",
        b"-\n",
        b"\t",
    ],
}
TOKENS["docx"] = [b"<w:p>", b"</w:p>", b"<w:tbl>", b"<w:tr>", b'w:val="9"', b"&x;", b"<w:t>", b"<"]


def sprinkle(rng: random.Random, content: bytes) -> bytes:
    """Put in what means something to a format, some of it many times."""
    for _ in range(rng.choice([1, 10, 100])):
        token = rng.choice(TOKENS[rng.choice(list(TOKENS))])
        at = rng.randrange(len(content) + 1)
        content = content[:at] + token * rng.choice([1, 1, 3, 500]) + content[at:]
    return content


def swap(rng: random.Random, content: bytes) -> bytes:
    """Let a PDF's references name other objects, or its objects trade places."""
    numbers = re.findall(rb"(\d+) 0 R\b", content)
    if not numbers:
        return shuffle(rng, content)
    share = rng.choice([0.01, 0.1, 0.6])
    return re.sub(
        rb"\d+ 0 R\b",
        lambda found: rng.choice(numbers) + b" 0 R" if rng.random() < share else found[0],
        content,
    )


def repack(rng: random.Random, content: bytes) -> bytes:
    """Damage what is inside: the parts of a Word file, the streams of a PDF."""
    inner = [flip, cut, shuffle, enlarge, sprinkle]
    if content.startswith(b"PK"):
        try:
            return _within_parts(rng, content, inner)
        except (zipfile.BadZipFile, zlib.error, ValueError, NotImplementedError, OSError, EOFError):
            return changed(rng, content, inner)  # damaged before
    return re.sub(
        rb"stream\r?\n(.*?)endstream",
        lambda found: _within_stream(rng, found[0], found[1], inner),
        content,
        flags=re.DOTALL,
    )


def _within_parts(rng: random.Random, content: bytes, ways: Sequence[Change]) -> bytes:
    packed = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as parts, zipfile.ZipFile(packed, "w", 8) as whole:
        names = parts.namelist()
        wanted = {"word/document.xml", rng.choice(names)}
        for name in names:
            part = parts.read(name)
            whole.writestr(name, changed(rng, part, ways) if name in wanted else part)
    return packed.getvalue()


def _within_stream(
    rng: random.Random, whole: bytes, packed: bytes, ways: Sequence[Change]
) -> bytes:
    if rng.random() < 0.7:
        return whole
    try:
        content = zlib.decompress(packed)
    except zlib.error:
        return whole
    return b"stream\n" + zlib.compress(changed(rng, content, ways)) + b"\nendstream"


CHANGES: list[Change] = [flip, cut, shuffle, enlarge, sprinkle, swap, repack]


def changed(rng: random.Random, content: bytes, ways: Sequence[Change] = CHANGES) -> bytes:
    """Damage content in one of these ways; what is next to nothing stays as it is."""
    return rng.choice(ways)(rng, content) or b" " if len(content) > 3 else content


def seeds() -> list[Path]:
    """Return the papers to damage: the sample, and real ones where there are any."""
    found = [path for path in (ROOT / "data" / "sample").rglob("*") if path.is_file()]
    try:
        real = [path for path in (shared() / "corpora").rglob("*") if path.is_file()]
    except pytest.skip.Exception:
        real = []
    wanted = {".pdf", ".docx", ".html", ".md", ".txt"}
    return sorted(
        path
        for path in (*found, *real)
        if path.suffix in wanted and 0 < path.stat().st_size <= LARGEST
    )


def damaged(number: int, papers: list[Path]) -> tuple[str, bytes]:
    """Return the name and the bytes of one damaged paper: the same for the same number."""
    rng = random.Random(number)
    if rng.random() < 0.1:
        name = rng.choice(list(HOSTILE))
        suffix, content, how = Path(name).suffix, HOSTILE[name](1), f"hostile {name}"
        for _ in range(rng.choice([0, 1])):
            content = changed(rng, content)
    else:
        # A format first: of real papers most may be of one.
        suffix = rng.choice(sorted({path.suffix for path in papers}))
        # The smaller of two: large ones take long, and show little that small ones do not.
        two = rng.choices([path for path in papers if path.suffix == suffix], k=2)
        path = min(two, key=lambda path: path.stat().st_size)
        content, how = path.read_bytes(), path.name
        for _ in range(rng.choice([1, 1, 2, 3])):
            content = changed(rng, content)
    if rng.random() < 0.05:
        suffix = rng.choice([".pdf", ".docx", ".html", ".md", ".txt"])
    return f"{number} {Path(how).stem}{suffix}", content[: 4 * LARGEST]


@dataclass(slots=True)
class Found:
    """What came of the papers."""

    ends: Counter[str] = field(default_factory=Counter)
    """Read, reported, sound (a paper that nobody damaged, read as ever), or one of the faults."""
    faults: list[str] = field(default_factory=list)
    ended: list[str] = field(default_factory=list)
    slowest: float = 0.0
    """Seconds."""
    slowest_name: str = ""


def timed(job: Job) -> tuple[float, Paper | IngestError]:
    """Read one paper as rounds do, and tell how long it took; laws are kept."""
    began = time.perf_counter()
    try:
        paper, _ = read_one(job)
    except IngestError as error:
        return time.perf_counter() - began, error
    took = time.perf_counter() - began
    check_laws(paper.text)
    for passage in paper.passages:
        citation = passage.citation
        assert paper.text.text[citation.start : citation.end] == passage.text
    return took, paper


def try_out(
    first: int, count: int, papers: list[Path], folder: Path, limits: Options = LIMITS
) -> Found:
    """Damage so many papers, beginning with number first, and read each."""
    found = Found()

    def jobs() -> Iterator[Job]:
        for number in range(first, first + count):
            name, content = damaged(number, papers)
            yield written(name, content)
            if (number - first) % EVERY == 0:
                yield written(f"sound {number}.txt", SOUND)

    def written(name: str, content: bytes) -> Job:
        path = folder / name
        path.write_bytes(content)
        return Job(path, "code", {})

    results = work_through(
        jobs(),
        timed,
        processes=1,
        seconds=limits.seconds_per_paper,
        memory=limits.bytes_per_process,
    )
    for job, result in results:
        took, outcome = result if isinstance(result, tuple) else (0.0, result)
        end = _end(job.path.name, outcome)
        found.ends[end] += 1
        if took > found.slowest:
            found.slowest, found.slowest_name = took, job.path.name
        if end in ("read", "reported", "sound"):
            job.path.unlink()
            continue
        told = found.ended if end == "ended" else found.faults
        told.append(f"{job.path}: {end}: {outcome}"[:300])
    return found


def _end(name: str, outcome: Paper | IngestError) -> str:
    """Tell in a word what came of a paper."""
    if name.startswith("sound"):
        if isinstance(outcome, Paper) and outcome.text.text.encode() == SOUND.strip().replace(
            b"\n\n", b"\n"
        ):
            return "sound"
        return "harmed"
    if isinstance(outcome, ReaderFailed):
        return "failed" if "the reader failed" in outcome.reason else "ended"
    if isinstance(outcome, IngestError):
        one_line = 0 < len(outcome.reason) < 300 and "\n" not in outcome.reason
        return "reported" if one_line else "long"
    return "read"


def main() -> None:
    if sys.argv[1] == "one":  # of a number: to look at it by itself, without a worker
        limit(LIMITS.bytes_per_process)
        name, content = damaged(int(sys.argv[2]), seeds())
        path = Path(tempfile.mkdtemp()) / name
        path.write_bytes(content)
        print(path, *timed(Job(path, "code", {})))
        return
    count, first = int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 0
    folder = Path(tempfile.mkdtemp(prefix="mutating"))
    found = try_out(first, count, seeds(), folder)
    print(*found.faults, *found.ended, sep="\n")
    ends = ", ".join(f"{each} {end}" for end, each in sorted(found.ends.items()))
    print(f"{count} from {first}: {ends}; slowest {found.slowest:.1f} s ({found.slowest_name})")
    sys.exit(bool(found.faults))


if __name__ == "__main__":
    main()
