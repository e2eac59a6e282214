"""Writes docs/performance.md and its plot from the figures that the benchmarks wrote."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from math import log10

from tests.benchmarks.aims import AIMS
from tests.benchmarks.recording import recorded
from tests.shared import ROOT

PAGE = ROOT / "docs" / "performance.md"
PLOT = ROOT / "docs" / "performance.svg"
SHARED = (
    "Figures that a busy machine gave are worse than those of an idle one; only those of one run "
    "compare."
)

MEASURED = ("ask", "ingest", "model", "peers", "scale")
"""The benchmarks whose figures are told."""

ROWS: Mapping[str, Callable[[dict], object]] = {
    "a question, one client, median ms": lambda of: of["question ms"]["1 at once"]["median"],
    "… with filters": lambda of: of["question ms"]["filtered"]["median"],
    "… slowest but one of 30": lambda of: of["question ms"]["1 at once"]["slowest but one"],
    "questions a second, 1 client": lambda of: of["question ms"]["1 at once"]["a second"],
    "… 4 clients": lambda of: of["question ms"]["4 at once"]["a second"],
    "… 16 clients": lambda of: of["question ms"]["16 at once"]["a second"],
    "nearest 100 by meaning that are found": lambda of: of["recall of the nearest"],
    "server ready, s": lambda of: of["server ready, s"],
    "memory while serving, MB": lambda of: of["megabytes resident"]["all"],
    "bytes a passage on disk": lambda of: of["bytes a passage"]["all"],
    "passages kept a second, without the model": lambda of: of["passages kept a second"],
    "memory at most meanwhile, MB": lambda of: of["megabytes at most while made"],
    "a paper more can be found after, s": lambda of: of["seconds to"]["add a paper"],
    "a paper less is found no more after, s": lambda of: of["seconds to"]["remove a paper"],
    "… and has left no trace after, s": lambda of: of["seconds to"]["leave no trace of it"],
    "… an officer's change meanwhile takes at most, s": lambda of: of["seconds to"].get(
        "change the register meanwhile", "–"
    ),
}
PLOTTED: Mapping[str, Callable[[dict], float]] = {
    "a question": lambda of: of["question ms"]["1 at once"]["median"],
    "server ready": lambda of: of["server ready, s"],
    "memory": lambda of: of["megabytes resident"]["all"],
    "a paper more": lambda of: of["seconds to"]["add a paper"],
    "disk": lambda of: of["bytes a passage"]["all"] * of["passages"],
}
COLOURS = ("#14375e", "#b3541e", "#3d7a3d", "#7a3d6b", "#666666")
PARTS = 8
"""Of the largest library on disk, the biggest."""

WIDE, HIGH, EDGE, LINE = 640, 360, 60, 14


def write() -> None:
    """Write the page and the plot."""
    PAGE.write_text(page(), encoding="utf-8")
    PLOT.write_text(plot(), encoding="utf-8")


def page() -> str:
    """Return docs/performance.md."""
    scale, model, ingest, ask = map(recorded, ("scale", "model", "ingest", "ask"))
    sizes = _sizes(scale)
    largest = max(sizes)
    parts = list(sizes[largest]["bytes a passage"].items())[: PARTS + 1]
    return "\n".join(
        [
            "# How quick, how big",
            "",
            "Made by `python -m tests.benchmarks` of the files in `data/measurements`; each names "
            f"its command, machine, versions and commit. {SHARED}",
            "",
            "## What we set out for",
            "",
            *_table(["", "aim", "measured", "what stands in the way"], _against_aims(), told=1),
            "",
            "## What size costs",
            "",
            "Libraries of passages made of sentences of real papers, each of six sentences of "
            "three passages; its vector is the sum of theirs with a little noise. They went in "
            "through the library's own door and were asked through the API, other questions in "
            f"each round; a million only where `BENCH_LARGEST=1` is set. {_by(scale)}",
            "",
            *_table(
                ["passages", *(f"{size:,}" for size in sizes)],
                [
                    [name, *(_shown(of(each)) for each in sizes.values())]
                    for name, of in ROWS.items()
                ],
            ),
            "",
            *_kept_from_before(sizes),
            "![Cost against size, relative to the smallest library](performance.svg)",
            "",
            f"Where the bytes of a passage are, of {largest:,}:",
            "",
            *_table(["part", "bytes a passage"], [[name, _shown(size)] for name, size in parts]),
            "",
            "## Reading papers in",
            "",
            f"The papers of one county council, from files to a library. {_by(ingest)}",
            "",
            *_figures(ingest),
            "",
            "Nearly all of that is the model, which multiplies matrices. Its operations, beside "
            f"what the processor does in one square product. {_by(model)}",
            "",
            *_figures(model),
            "",
            "What keeps the share below one: between the products, attention, normalisation and "
            "activation wait for memory.",
            "",
            "## A question",
            "",
            "Of real papers, as a client of a server sees it that has one core and has answered "
            f"other questions before; the stages in a process of their own. {_by(ask)}",
            "",
            *_figures(ask),
            "",
            "Most of a question's time is the model again: its own vector, and those of "
            "the sentences of the first two hits, which choose the one that is marked. They are "
            "remembered, so the same question with another filter is answered sooner. "
            "`matters ask --explain` names the stages.",
            "",
            *_beside_peers(),
        ]
    )


def plot() -> str:
    """Return an SVG of costs against size, relative to the smallest library, both logarithmic."""
    sizes = _sizes(recorded("scale"))
    first, last = min(sizes), max(sizes)
    lines = {
        name: [(size, of(each) / of(sizes[first])) for size, each in sizes.items()]
        for name, of in PLOTTED.items()
    }
    span = max(1.0, log10(last / first))
    inside = (WIDE - 3 * EDGE, HIGH - 2 * EDGE)

    def at(size: float, times: float) -> str:
        across = EDGE + inside[0] * log10(size / first) / span
        up = HIGH - EDGE - inside[1] * max(-0.15, log10(times)) / span
        return f"{across:.1f},{up:.1f}"

    drawn = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE} {HIGH}" '
        'font-family="sans-serif" font-size="12">',
        "<title>Cost against size, relative to the smallest library</title>",
        f'<rect width="{WIDE}" height="{HIGH}" fill="white"/>',
        f'<polyline points="{at(first, 1)} {at(last, last / first)}" stroke="#aaa" fill="none" '
        'stroke-dasharray="4"/>',
    ]
    for power in range(int(span) + 1):
        size = first * 10**power
        x, y = at(size, 10**power).split(",")
        drawn += [
            f'<text x="{x}" y="{HIGH - EDGE / 2}" text-anchor="middle">{size:,}</text>',
            f'<text x="{EDGE - 8}" y="{y}" text-anchor="end">{10**power}×</text>',
        ]
    heights = _apart({name: float(at(*points[-1]).split(",")[1]) for name, points in lines.items()})
    for colour, (name, points) in zip(COLOURS, lines.items(), strict=True):
        x = at(*points[-1]).split(",")[0]
        drawn += [
            f'<polyline points="{" ".join(at(*each) for each in points)}" stroke="{colour}" '
            'stroke-width="2" fill="none"/>',
            f'<text x="{float(x) + 8:.1f}" y="{heights[name]:.1f}" fill="{colour}">{name}</text>',
        ]
    drawn.append(f'<text x="{WIDE / 2}" y="{HIGH - 10}" text-anchor="middle">passages</text></svg>')
    return "\n".join(drawn) + "\n"


def _apart(heights: Mapping[str, float]) -> dict[str, float]:
    """Return heights of labels moved down so far that none stands in another."""
    moved: dict[str, float] = {}
    for name, height in sorted(heights.items(), key=lambda pair: pair[1]):
        moved[name] = max(height, *(above + LINE for above in moved.values()), 0.0)
    return moved


def _against_aims() -> list[list[str]]:
    figures = {name: recorded(name)["figures"] for name in MEASURED}
    return [each.row(figures) for each in AIMS]


def _beside_peers() -> list[str]:
    """Return what is told of the peers."""
    peers = recorded("peers")
    reading, asking = peers["figures"]["reading"], peers["figures"]["asking"]
    readers = {name: of for name, of in reading.items() if isinstance(of, dict)}
    searchers = {name: of for name, of in asking.items() if isinstance(of, dict)}
    versions = ", ".join(f"{name} {of}" for name, of in peers["figures"]["versions"].items())
    return [
        "## Beside what a user would pick instead",
        "",
        f"The same model for all, on the same machine, in turn. {_by(peers)}",
        "",
        f"From files to an index that can be asked, the {reading['papers']} papers of one "
        "council's budget meeting; models were loaded before. LangChain as its tutorial has it: "
        "pypdf, pieces of 1,000 characters that overlap by 200, FAISS. txtai reads PDF only by way "
        "of Java, so it is given the same pieces; it indexes words and meaning. Both run the model "
        "in float32, as they do by themselves; we find committees, dates, agenda items and "
        "commitments too.",
        "",
        *_grid(readers),
        "",
        f"{asking['questions']} questions, one after another, in a warm process. Peers are given "
        f"passages and vectors of the library of real papers, which has "
        f"{asking['passages of ours']:,}; ours is asked whole. txtai and Haystack (in memory) ask "
        "words and meaning, Chroma meaning alone; none names a sentence, counts by committee or "
        "judges whether the papers answer, which our whole answer does. Finding alone is what "
        "they do too.",
        "",
        *_grid(searchers),
        "",
        f"Versions: {versions}.",
        "",
    ]


def _grid(rows: Mapping[str, Mapping[str, object]]) -> list[str]:
    """Return a table of figures: a row for each name, a column for each figure."""
    heads = list(next(iter(rows.values())))
    return _table(["", *heads], [[name, *map(_shown, of.values())] for name, of in rows.items()])


def _sizes(scale: dict) -> dict[int, dict]:
    given = scale["figures"]["sizes"]
    return {int(size): {**of, "passages": int(size)} for size, of in given.items()}


def _kept_from_before(sizes: Mapping[int, dict]) -> list[str]:
    """Return a line for each size that was measured by an earlier run than the rest."""
    return [
        line
        for size, of in sizes.items()
        if "commit" in of
        for line in (
            f"Those of {size:,} are of commit {of['commit']}, measured on the same machine while "
            f"{of['load before']} other processes on average were at work there.",
            "",
        )
    ]


def _by(kept: dict) -> str:
    machine = kept["machine"]
    return (
        f"`{kept['command']}`, on {machine['cores']} cores of {machine['processor']}, "
        f"Python {machine['python']}, commit {kept['commit']}."
    )


def _figures(kept: dict) -> list[str]:
    flat = {
        f"{name}: {inner}" if inner else name: value
        for name, given in kept["figures"].items()
        for inner, value in (given.items() if isinstance(given, dict) else [("", given)])
    }
    return _table(["figure", ""], [[name, _shown(value)] for name, value in flat.items()])


def _shown(value: object) -> str:
    return value if isinstance(value, str) else f"{value:,}"


def _table(heads: Sequence[str], rows: Iterable[Iterable[str]], told: int = 0) -> list[str]:
    """Return a table of figures behind names, the last so many columns words."""
    lines = [list(heads), *map(list, rows)]
    rule = ["---", *["---:"] * (len(heads) - 1 - told), *["---"] * told]
    return [f"| {' | '.join(cells)} |" for cells in (lines[0], rule, *lines[1:])]
