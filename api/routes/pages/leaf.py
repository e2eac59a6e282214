"""GET /papers/{paper}/pages/{number}: a page as it is printed, what was found or quoted marked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.exceptions import HTTPException

from api import wording
from api.originals import OriginalChanged
from api.returning import back_of, question_of
from api.routes.pages import links
from api.routes.parts import TheHouse
from api.schemas.cards import PAPER_ID, file_link
from api.templating import page
from api.viewing.easel import Easel
from api.viewing.marks import FULL, Box, Run, runs_of
from api.viewing.quoted import spans_of
from api.viewing.sheets import Sheet, Trouble
from api.viewing.text import Marked, Span, parts, shown
from search.errors import FileWithheld, NotHeld
from search.holdings import KeptPassage, Leaf, SourceFile
from search.view import View

router = APIRouter()

WIDTHS = (700, 1000, 1600, 2000)
"""Dots across of the pictures that there are: for a column, a screen, and two sizes of zoom."""

ZOOMS = (100, 150, 200)
"""Per cent."""

PART = 12_000
"""Characters of a file without pages that are shown at once."""

MOST_ITEMS = 80
"""Of a list of contents: a pack's has some hundreds."""

_SPAN = re.compile(r"(\d{1,7})-(\d{1,7})")
_ID = re.compile(r"[0-9a-f]{20}")


@router.get("/papers/{paper}")
def first_page(paper: PAPER_ID, house: TheHouse) -> RedirectResponse:
    """Go to a paper's first page."""
    with house.view() as view:
        view.card(paper)
    return RedirectResponse(links.page_link(paper, 1), status_code=303)


@router.get("/papers/{paper}/pages/{number}.png")
def picture(
    request: Request,
    house: TheHouse,
    paper: PAPER_ID,
    number: int,
    width: Annotated[int, Query(ge=1)] = WIDTHS[1],
) -> Response:
    """Return a page of a PDF as a picture, of the nearest width that there is."""
    with house.view() as view:
        card, file = view.card(paper), view.source_file(paper)
    if file.format != "pdf" or not 1 <= number <= card.page_count:
        raise NotHeld("page", f"{number} of paper {paper}")
    wide = min(WIDTHS, key=lambda each: abs(each - width))
    tag = f'"{file.sha256[:32]}-{number}-{wide}"'
    # Whoever may no longer see the paper is refused above, so that a browser has to ask each time.
    headers = {"ETag": tag, "Cache-Control": "private, no-cache"}
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    drawn = _easel(request).picture(file, number, wide)
    if isinstance(drawn, Trouble):
        raise _refusal(drawn, file)
    return Response(drawn, media_type="image/png", headers=headers)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address of a page asks to be shown on it."""

    passage: KeptPassage | None
    marked: Marked
    also: tuple[KeptPassage, ...]
    """Others of the paper that may answer the same question."""

    @property
    def ids(self) -> list[str]:
        """All of them, the one to be marked first."""
        return [each.passage.id for each in (self.passage, *self.also) if each]


@router.get("/papers/{paper}/pages/{number}")
def leaf(
    request: Request,
    house: TheHouse,
    paper: PAPER_ID,
    number: int,
    passage: str = "",
    sentence: str = "",
    also: str = "",
    words: str = "",
    back: str = "",
    zoom: int = ZOOMS[0],
    part: int = 0,
) -> HTMLResponse:
    """Show a page: its picture and its words, a passage with its answer or other words marked."""
    with house.view() as view:
        found = view.leaf(paper, number)
        file = _open_file(view, paper)
        exempt = view.exempt([paper]).get(paper)
        asked = _asked(view, paper, passage, sentence, also.split(","), words)
    is_drawn = file is not None and file.format == "pdf"
    sheet = _sheet(_easel(request), file, found, asked.marked) if file and is_drawn else None
    spans = [(found.page.start, found.page.end)] if found.card.paged else parts(found, PART)
    way = back_of(back)
    at = _part(spans, part, asked.marked.begins)
    return page(
        request,
        "leaf.html",
        leaf=found,
        card=found.card,
        asked=asked,
        on_page=_on_page(found, asked.marked),
        sheet=sheet if isinstance(sheet, Sheet) else None,
        drawn=_drawn(found, asked.marked, sheet) if isinstance(sheet, Sheet) else None,
        trouble=sheet if isinstance(sheet, Trouble) else None,
        withheld=file is None,
        exempt=exempt is not None and exempt.meets(*spans[at]),
        full=FULL,
        shown=shown(found, spans[at], asked.marked),
        part=at + 1,
        parts=len(spans),
        starts=[span[0] for span in spans],
        contents=_contents(found, spans),
        goes_on=_goes_on(found, asked.marked),
        widths=WIDTHS,
        zoom=zoom if zoom in ZOOMS else ZOOMS[0],
        zooms=ZOOMS,
        q=question_of(way.address)[: house.settings.question_characters] if way else "",
        back=way,
        named=_named(asked, sentence, also, words) | ({"back": way.address} if way else {}),
        file_link=file_link,
        to=links,
        wording=wording,
    )


def _named(asked: Asked, sentence: str, also: str, words: str) -> dict[str, Any]:
    """Return what the addresses of the paper's other pages carry on, for links.page_link."""
    if asked.passage is None:
        return {"words": words} if asked.marked.words else {}
    passage = asked.passage.passage.id
    return {"passage": passage, "sentence": sentence, "also": also.split(",")}


def _open_file(view: View, paper: str) -> SourceFile | None:
    """Return a paper's file; None where it holds more than whoever asks may see."""
    try:
        return view.source_file(paper)
    except FileWithheld:
        return None


def _easel(request: Request) -> Easel:
    easel: Easel = request.app.state.easel
    return easel


def _asked(
    view: View, paper: str, passage: str, sentence: str, also: Sequence[str], words: str
) -> Asked:
    """Return what to mark: a passage of this paper, else words that it has; else nothing."""
    wanted = [each for each in (passage, *also[: links.ALSO]) if _ID.fullmatch(each)]
    kept = view.passages(wanted)
    here = {name: each for name, each in kept.items() if each.paper.id == paper}
    others = tuple(here[each] for each in wanted if each in here and each != passage)
    chosen = here.get(passage)
    if chosen is None:
        quoted = spans_of(words, partial(view.said, paper))
        return Asked(None, Marked(words=quoted), others)
    cited = chosen.passage.citation
    span = (cited.start, cited.end)
    return Asked(chosen, Marked(span, _sentence(span, sentence)), others)


def _sentence(passage: Span, sentence: str) -> tuple[Span, ...]:
    """Return the sentence that answers, as characters of the paper's text, if there is one."""
    found = _SPAN.fullmatch(sentence)
    if not found:
        return ()
    start, end = passage[0] + int(found[1]), passage[0] + int(found[2])
    return ((start, end),) if start < end <= passage[1] else ()


def _sheet(easel: Easel, file: SourceFile, found: Leaf, marked: Marked) -> Sheet | Trouble:
    lots: list[tuple[Run, ...]] = [
        runs_of(found.page.text, found.page.start, found.origins, span) for span in marked.spans
    ]
    return easel.sheet(file, found.page.number, lots)


@dataclass(frozen=True, slots=True)
class Drawn:
    """What is marked on the picture of a page."""

    passage: tuple[Box, ...]
    words: tuple[Box, ...]
    all_known: bool
    """The place is known of all that is to be marked on the page."""


def _drawn(found: Leaf, marked: Marked, sheet: Sheet) -> Drawn:
    passage, *words = sheet.marks
    here = [
        lines for span, lines in zip(marked.spans, sheet.marks, strict=True) if _on(found, span)
    ]
    return Drawn(passage, tuple(box for lines in words for box in lines), all(here))


def _on_page(found: Leaf, marked: Marked) -> bool:
    """Tell whether anything that is to be marked stands on the page."""
    return any(_on(found, span) for span in marked.spans)


def _on(found: Leaf, span: Span) -> bool:
    return max(span[0], found.page.start) < min(span[1], found.page.end)


def _part(spans: Sequence[Span], part: int, marked: int) -> int:
    """Return which part to show: the one asked for, else the one where what is marked begins."""
    if 1 <= part <= len(spans):
        return part - 1
    begins = [at for at, (start, _) in enumerate(spans) if start <= marked]
    return max(begins, default=0)


def _goes_on(found: Leaf, marked: Marked) -> tuple[int | None, int | None]:
    """Return the pages before and after this one that have a part of what is marked here."""
    number, page_ = found.page.number, found.page
    before = any(start < page_.start < end for start, end in marked.spans)
    after = any(start < page_.end < end for start, end in marked.spans)
    return number - 1 if before else None, number + 1 if after else None


def _contents(found: Leaf, spans: Sequence[Span]) -> list[tuple[str, int, int | None]]:
    """Return the paper's items as (words, page, part); deeper ones only of a short list."""
    items = [each for each in found.items if each.title]
    if len(items) > MOST_ITEMS:
        items = [each for each in items if each.depth == 1]
    rows = []
    for each in items[:MOST_ITEMS]:
        number = each.number or each.minute
        words = f"{number} {each.title}" if number else str(each.title)
        part = None
        if not found.card.paged:
            part = 1 + max(
                (at for at, (start, _) in enumerate(spans) if start <= each.start), default=0
            )
        rows.append((words, found.page_at(each.start), part))
    return rows


def _refusal(trouble: Trouble, file: SourceFile) -> Exception:
    if trouble.changed:
        return OriginalChanged(file.path.name, trouble.reason)
    return HTTPException(503, f"The page cannot be shown as a picture: it {trouble.reason}.")
