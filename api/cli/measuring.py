"""`matters measure`: how well the library answers questions whose answers are known."""

from __future__ import annotations

import json
import time
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO

import typer
from rich.console import Console
from rich.progress import track
from rich.text import Text

from api.cli.root import LibraryOption, app, start_of

if TYPE_CHECKING:
    from api.measuring import Given, Question
    from api.wiring import House


@app.command()
def measure(
    ctx: typer.Context,
    questions: Annotated[
        Path, typer.Argument(metavar="QUESTIONS.jsonl", exists=True, dir_okay=False)
    ],
    library: LibraryOption = None,
    answers: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write what was answered, as JSON Lines.")
    ] = None,
    limit: Annotated[int, typer.Option(min=1, max=50, help="Passages a question.")] = 10,
) -> None:
    """Ask every question of a file, and score the passages against its gold quotations.

    QUESTIONS.jsonl has an object a line: id, kind, question, and gold, a list of doc (a path,
    of which the last two parts count), page (or null) and quote. Shares come with their 95 %
    Wilson interval, the mean reciprocal rank with a bootstrap one.
    """
    from api.cli import printing
    from api.measuring import measures, score

    asked = read_questions(questions)
    house = start_of(ctx).house(library=library)
    given: dict[str, Given] = {}
    took: list[float] = []
    with house.view():
        house.embedder()  # the time of the first question is not to hold the loading of the model
    with ExitStack() as stack:
        file = stack.enter_context(answers.open("w", encoding="utf-8")) if answers else None
        for question in _with_bar(asked):
            began = time.perf_counter()
            given[question.id] = given_for(house, question, limit)
            took.append(time.perf_counter() - began)
            if file:
                _write(file, question, given[question.id])
    found = printing.figures(measures(score(asked, given)))
    printing.show(Console(), [found, Text(_speed(took))])


def read_questions(file: Path) -> list[Question]:
    """Return the questions of a file, whose ids must differ."""
    from pydantic import ValidationError

    from api.schemas.measuring import QuestionLine

    found: dict[str, Question] = {}
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            each = QuestionLine.model_validate_json(line)
        except ValidationError as exc:
            first = exc.errors()[0]
            where = ".".join(map(str, first["loc"])) or "the line"
            raise typer.BadParameter(f"{file}, line {number}: {where}: {first['msg']}") from exc
        if each.id in found:
            raise typer.BadParameter(f"{file}, line {number}: {each.id} was there before")
        found[each.id] = each.as_asked()
    return list(found.values())


def _with_bar(asked: list[Question]) -> Iterable[Question]:
    console = Console(stderr=True)
    return track(asked, "Asking", console=console, transient=True, disable=not console.is_terminal)


def given_for(house: House, question: Question, limit: int) -> Given:
    """Ask the library one question."""
    from api.measuring import Given, Shown
    from api.naming import page_of_answer
    from search.answer import Filters

    answer = house.ask(question.text, Filters(), limit)
    with house.view() as view:
        shown = tuple(
            Shown(
                paper=hit.paper.source,
                page=page_of_answer(view, hit) if hit.paper.paged else None,
                text=hit.text,
            )
            for hit in answer.hits
        )
    return Given(shown, answer.answered)


def _write(file: TextIO, question: Question, given: Given) -> None:
    passages = [
        {"doc": each.paper, "page": each.page, "text": each.text} for each in given.passages
    ]
    line = {"id": question.id, "passages": passages, "answered": given.answered}
    file.write(json.dumps(line, ensure_ascii=False) + "\n")


def _speed(took: list[float]) -> str:
    """Say how long questions took: median and 95th percentile, in milliseconds."""
    if not took:
        return "no questions"
    inorder = sorted(took)
    median, late = (inorder[int(share * (len(inorder) - 1))] for share in (0.5, 0.95))
    return f"median {1000 * median:.0f} ms a question, 95th percentile {1000 * late:.0f} ms"
