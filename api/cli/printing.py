"""How answers, reports and figures look on a terminal; all text of papers is shown as it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from api.cli.tables import tables
from api.wording import cited, cited_twin, counted, listed, matching, met, read_as

if TYPE_CHECKING:
    from api.measuring import Measure
    from ingest.pipeline import Report
    from search.answer import Answer, Count, Hit, Part, Trace

OPENS, CLOSES = "»", "«"
"""Stand around the sentence that answers: it shows without colour too."""


def show(console: Console, parts: Iterable[RenderableType]) -> None:
    """Print parts, without rich's own ideas on markup, emoji and highlighting.

    Text goes out as it is: a path that is broken into lines cannot be copied.
    """
    for part in parts:
        whole = isinstance(part, Text)
        console.print(part, markup=False, highlight=False, emoji=False, soft_wrap=whole)


def answer(found: Answer, explain: bool) -> Iterator[RenderableType]:
    """Yield an answer: a word on whether it is one, then its passages."""
    if not found.hits:
        yield Text("Nothing was found.", style="bold")
    elif not found.answered:
        yield Text("These papers do not seem to answer this.", style="bold")
        yield Text("The nearest passages, which may be about something else:")
    yield from _readings(found)
    if explain:
        yield _how_it_was_asked(found)
        yield from _facets(found)
    if found.meetings:
        for meeting in found.meetings:
            yield Text(f"\n{met(meeting)}", style="bold underline")
            for rank in meeting.ranks:
                yield from _numbered(found, rank, explain)
    else:
        for hit in found.hits:
            yield from _numbered(found, hit.rank, explain)
    if found.trace:
        yield from _trace(found.trace)


def report(done: Report) -> Iterator[RenderableType]:
    """Yield what an ingest did: the counts, then whatever needs a clerk's eye."""
    table = Table.grid(padding=(0, 1))
    table.add_column(justify="right")
    rows = (
        (done.added, "added"),
        (done.replaced, "replaced"),
        (done.unchanged, "unchanged"),
        (done.removed, "removed"),
        (done.failed, "failed"),
    )
    for sources, name in rows:
        table.add_row(f"{len(sources):,}", name)
    yield table
    stages = ", ".join(f"{name} {took:.1f}" for name, took in done.seconds.items() if took >= 0.05)
    spent = f"in {sum(done.seconds.values()):.1f} s" + (f" ({stages})" if stages else "")
    read = f"{counted(done.pages, 'page')} read, {counted(done.passages, 'passage')} made"
    yield Text(f"{read} {spent}")
    yield from _remarks(done)


def figures(measures: Sequence[Measure]) -> RenderableType:
    """Return measures as a table, each with its 95 % interval."""
    table = Table(box=None, pad_edge=False)
    table.add_column("measure")
    for name in ("value", "95 % interval", "n"):
        table.add_column(name, justify="right")
    for each in measures:
        interval = f"{each.low:.3f} to {each.high:.3f}"
        table.add_row(Text(each.name), f"{each.value:.3f}", interval, f"{each.n:,}")
    return table


def _how_it_was_asked(found: Answer) -> Text:
    asked = found.filters
    narrowed = [
        *(f"body {body}" for body in asked.bodies),
        *(f"kind {kind}" for kind in asked.kinds),
        *([f"since {asked.since}"] if asked.since else []),
        *([f"until {asked.until}"] if asked.until else []),
        *(f"paper {paper}" for paper in asked.papers),
    ]
    only = f"; only {listed(narrowed)}" if narrowed else ""
    return Text(
        f"Searched as “{found.asked}”{only}; likely answered: {found.confidence:.0%}", style="dim"
    )


def _readings(found: Answer) -> Iterator[Text]:
    for each in found.readings:
        yield Text(f"Read “{each.words}” as {read_as(each)}; --ignore '{each.key}'", style="dim")


def _facets(found: Answer) -> Iterator[Text]:
    facets = found.facets
    yield Text(f"{matching(facets)}.", style="dim")
    for name, counts in (
        ("bodies", facets.bodies),
        ("kinds", facets.kinds),
        ("years", facets.years),
    ):
        if counts:
            yield Text(f"   {name}: {', '.join(map(_count, counts))}", style="dim")


def _count(count: Count) -> str:
    return f"{count.value or 'unknown'} {count.passages:,}"


def _numbered(found: Answer, rank: int, explain: bool) -> Iterator[RenderableType]:
    hit = found.hits[rank - 1]
    parts = found.trace.parts[rank - 1] if found.trace else ()
    yield Text()
    grid = Table.grid(padding=(0, 1))
    grid.add_row(Text(f"{hit.rank}.", style="bold"), Group(*_hit(hit, explain, parts)))
    yield grid


def _trace(trace: Trace) -> Iterator[Text]:
    for name, candidates in (("words", trace.by_words), ("meaning", trace.by_meaning)):
        yield Text(f"\nFirst candidates by {name}:", style="dim")
        for identity, score in candidates:
            yield Text(f"   {identity} {score:.3f}", style="dim")
    stages = ", ".join(f"{stage} {took:.1f}" for stage, took in trace.milliseconds)
    yield Text(f"\nMilliseconds: {stages}", style="dim")


def _hit(hit: Hit, explain: bool, parts: Sequence[Part]) -> Iterator[RenderableType]:
    yield Text(cited(hit.paper, hit.item, hit.citation), style="bold cyan")
    start, end = hit.answer
    text = Text(hit.text[:start])
    if end > start:
        text.append(OPENS + hit.text[start:end] + CLOSES, style="bold")
    yield text.append(hit.text[end:])
    yield from tables(hit.tables)
    for twin in hit.twins:
        yield Text(f"also in {cited_twin(twin)}", style="dim")
    if explain:
        yield Text(_why(hit), style="dim")
        told = ", ".join(f"{part.voice} {part.score:.3f}" for part in parts)
        yield Text(f"its voices: {told}", style="dim")


def _why(hit: Hit) -> str:
    why = hit.reasons
    words = f"words {why.lexical:.2f}" if why.lexical is not None else "not by its words"
    meaning = f"meaning {why.dense:.3f}" if why.dense is not None else "not by its meaning"
    matched = f"; matched {listed(why.matched)}" if why.matched else ""
    return f"score {why.score:.3f}: {words}, {meaning}{matched}; passage {hit.passage}"


def _remarks(done: Report) -> Iterator[Text]:
    for failure in done.failed:
        yield Text(f"\nFailed: {failure.source}", style="bold red")
        yield Text(f"   {failure.reason}\n   {failure.advice}")
    if done.scanned:
        yield Text(f"\nPages without text, which no question finds. {on_scans()}")
        for source, numbers in done.scanned.items():
            yield Text(f"   {source}: {page_numbers(numbers)}")
    if done.read_by_ocr:
        yield Text("\nPages read off pictures by OCR, which may misread:")
        for source, numbers in done.read_by_ocr.items():
            yield Text(f"   {source}: {page_numbers(numbers)}")
    if done.missing:
        yield Text("\nOn disk no more, and still held; --prune removes them:")
        yield from (Text(f"   {source}") for source in done.missing)


def on_scans() -> str:
    """Return what can be done about pages without text."""
    from ingest.reading.ocr import available

    if available():
        return "OCR finds no words on them, or has not read them: ingest them again."
    return "To read them, add the optional OCR as the README says, and ingest again."


def page_numbers(pages: Sequence[int]) -> str:
    """Return page numbers, ascending, with runs drawn together: pages 1 to 4, 9."""
    runs: list[tuple[int, int]] = []
    for page in pages:
        if runs and page == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], page)
        else:
            runs.append((page, page))
    shown = [f"{first}" if first == last else f"{first} to {last}" for first, last in runs]
    return f"{'page' if len(pages) == 1 else 'pages'} {', '.join(shown)}"
