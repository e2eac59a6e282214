"""GET / and GET /ask: the page where a question is asked, and its answer."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import accumulate

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from markupsafe import Markup

from api import wording
from api.problems import Problem, problem_of
from api.routes.pages import links
from api.routes.pages.exempting import exempt_places
from api.routes.pages.forms import Form, TheForm, filters_of, sentence
from api.routes.parts import TheHouse
from api.schemas.cards import file_link
from api.templating import page
from api.viewing.text import Marked, marked_words
from api.wiring import House
from ingest.embedding import ModelUnusable
from ingest.paper import PaperKind
from search.answer import Answer, Filters, Hit, PaperCard, Twin
from search.errors import EmptyQuery, LibraryMissing, NotHeld, QuestionTooLong, SearchError
from search.tables import TableSlice, nearest
from search.view import View

router = APIRouter()

PASSAGES = 10
"""Passages on the page: what a member reads before asking in other words."""

EXAMPLES = 4
"""Questions offered to whoever has not asked yet."""

RECENT = 6
"""Latest papers shown beside them."""

ROWS_CHARACTERS = 800
"""Of a passage's tables, those rows that are nearest to the answer; its own page has all."""

TWINS = 3
"""Places with the same words that are named; more only count."""

FACETS = 15
"""Committees, kinds or years that are counted; the form has all of them."""

ASKING = {
    PaperKind.MINUTES: "{}: what was decided?",
    PaperKind.REPORT: "{}: what does the report recommend?",
    PaperKind.AGENDA: "{}: what was said?",
}
"""How a question is put about a matter that a paper of this kind has; its title stands as it is,
for some begin with a number and few with an article."""


@dataclass(frozen=True, slots=True)
class Around:
    """What the page has besides the answer itself."""

    empty: bool = False
    bodies: list[str] = field(default_factory=list)
    links: dict[int, str] = field(default_factory=dict)
    """To each hit's page, by rank."""
    examples: list[str] = field(default_factory=list)
    recent: list[PaperCard] = field(default_factory=list)
    only: PaperCard | None = None
    """The one paper that was asked."""
    allowed: int = 0
    """Papers that the filters leave."""
    exempt: frozenset[str] = frozenset()
    """Passages among the hits and their twins that hold what the public is not shown."""


@router.get("/")
@router.get("/ask")
def ask(request: Request, house: TheHouse, form: TheForm) -> HTMLResponse:
    """Show the form, and below it the answer to what was asked."""
    filters, errors = filters_of(form)
    answer, unready = None, None
    try:
        if "q" in request.query_params and not errors:
            answer = house.ask(form.q, filters, PASSAGES, form.wishes())
    except (EmptyQuery, QuestionTooLong) as refused:
        errors = {"q": sentence(refused)}
    except LibraryMissing:
        pass  # the page says so anyway
    except (SearchError, ModelUnusable) as refused:
        unready = problem_of(refused)
    around, trouble = _around(house, form, filters, answer, errors)
    unready = trouble or unready
    return page(
        request,
        "answers.html" if answer and not unready else "ask.html",
        unready.status if unready else 422 if errors else 200,
        form=form,
        errors=errors,
        answer=answer,
        unready=unready,
        around=around,
        kinds=wording.KINDS,
        longest=house.settings.question_characters,
        quoted=quoted,
        in_part=in_part,
        twins=TWINS,
        facets_shown=FACETS,
        permalink=lambda hit: permalink(request, hit.passage),
        file_link=file_link,
        to=links,
        wording=wording,
    )


def _around(
    house: House,
    form: Form,
    filters: Filters,
    answer: Answer | None,
    errors: Mapping[str, str],
) -> tuple[Around, Problem | None]:
    """Return what stands around an answer, and what is wrong with the library if anything is."""
    try:
        with house.view() as view:
            asked = answer is not None or errors
            back = f"/ask?{form.query()}"
            return Around(
                empty=view.passage_count == 0,
                bodies=[each.body for each in view.bodies() if each.body],
                links={hit.rank: links.hit_link(view, hit, answer, back) for hit in answer.hits}
                if answer
                else {},
                examples=[] if asked else _examples(view),
                recent=[] if asked else view.part_of_list(Filters(), RECENT)[0],
                only=_only(view, form) if not errors else None,
                allowed=view.part_of_list(filters, 0)[1] if answer else 0,
                exempt=exempt_passages(view, answer) if answer else frozenset(),
            ), None
    except LibraryMissing:
        return Around(empty=True), None
    except SearchError as refused:
        return Around(), problem_of(refused)


def exempt_passages(view: View, answer: Answer) -> frozenset[str]:
    """Return the passages of an answer, twins too, that hold anything exempt."""
    twins = (twin for hit in answer.hits for twin in hit.twins)
    shown: list[Hit | Twin] = [*answer.hits, *twins]
    exempt = exempt_places(view, [(each.paper.id, each.citation) for each in shown])
    return frozenset(each.passage for each, shut in zip(shown, exempt, strict=True) if shut)


def _only(view: View, form: Form) -> PaperCard | None:
    if not form.paper:
        return None
    try:
        return view.card(form.paper)
    except NotHeld:
        return None


def quoted(hit: Hit) -> Markup:
    """Return the words of a passage, escaped, the sentence that answers marked."""
    return marked_words(hit.text, 0, (0, len(hit.text)), Marked(words=(hit.answer,)))


@dataclass(frozen=True, slots=True)
class InPart:
    """As much of a passage's tables as an answer shows."""

    slices: tuple[TableSlice, ...]
    read_out: tuple[str, ...]
    """Rows as they are read out, where no table is known."""
    left: int
    """Rows left out."""


def in_part(hit: Hit) -> InPart:
    """Return the rows of a hit's tables that are nearest to its answer."""
    if hit.tables:
        slices, left = nearest(hit.tables, hit.citation.start + hit.answer[0], ROWS_CHARACTERS)
        return InPart(slices, (), left)
    rows = (hit.read_out or "").splitlines()
    reach = list(accumulate(len(row) for row in rows))
    kept = max(1, bisect_right(reach, ROWS_CHARACTERS))
    return InPart((), tuple(rows[:kept]), max(len(rows) - kept, 0))


def permalink(request: Request, passage: str) -> str:
    """Return the whole address of a passage, to be sent on."""
    return f"{request.base_url}passages/{passage}"


def _examples(view: View) -> list[str]:
    """Return questions about matters of the latest papers, of each kind in turn."""
    known = [(how, view.matters(kind, EXAMPLES)) for kind, how in ASKING.items()]
    asked: dict[str, str] = {}
    for at in range(EXAMPLES):
        for how, titles in known:
            for title in titles[at : at + 1]:
                asked.setdefault(title.casefold(), how.format(title))
    return list(asked.values())[:EXAMPLES]
