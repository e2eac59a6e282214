"""/v1/commitments: the register, what officers change of it, and documents to take away."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response
from fastapi.exceptions import RequestValidationError

from api.access.roles import Role
from api.documents.forms import Form, document
from api.problems import BODY_REFUSALS, EVERYWHERE, documented
from api.routes.parts import TheHouse
from api.routes.registering import OFFICERS, Named, this_day
from api.schemas.commitments import (
    CommitmentsModel,
    HistoryModel,
    MergeModel,
    PatchModel,
    UndoModel,
    WholeCommitmentModel,
    commitment_model,
    history_models,
    whole_commitment_model,
)
from api.wiring import House
from ingest.paper import CommitmentKind
from search.register.changing import merging, setting, undoing
from search.register.followup import follow_up
from search.register.listing import STANDING, Order, Wanted, find
from search.register.values import Entry, State, Wish

router = APIRouter(tags=["commitments"], responses=EVERYWHERE)

MOST_COMMITMENTS = 200
"""Entries in one page of the register."""

MOST_FOLLOWED = 300
"""Entries of a table for which later papers are searched: some twenty milliseconds each, which
anybody may ask for. A whole register has thousands."""


def _wanted(
    state: Annotated[
        tuple[State, ...],
        Query(max_length=10, description="Any of these; without any, all but rejected ones."),
    ] = (),
    kind: Annotated[
        tuple[CommitmentKind, ...], Query(max_length=10, description="Any of these.")
    ] = (),
    body: Annotated[tuple[str, ...], Query(max_length=50, description="Any of these.")] = (),
    owner: Annotated[
        str | None, Query(max_length=200, description="Words that the owner's name holds.")
    ] = None,
    topic: Annotated[
        str | None,
        Query(max_length=500, description="In plain words: what sentence or item is about."),
    ] = None,
    since: Annotated[date | None, Query(description="Meetings on this day or later.")] = None,
    until: Annotated[date | None, Query(description="Meetings on this day or earlier.")] = None,
    due_after: Annotated[date | None, Query(description="Due on this day or later.")] = None,
    due_before: Annotated[date | None, Query(description="Due on this day or earlier.")] = None,
    overdue: Annotated[bool, Query(description="Only what is open and was due before.")] = False,
    sort: Annotated[
        Order | None, Query(description="Without one: by topic if given, else by meeting.")
    ] = None,
) -> Wanted:
    for name, first, last in (("since", since, until), ("due_after", due_after, due_before)):
        if first and last and first > last:
            fault = {"loc": ("query", name), "msg": "the last day is before the first"}
            raise RequestValidationError([{**fault, "type": "value_error"}])
    return Wanted(
        states=state or STANDING,
        kinds=kind,
        bodies=body,
        owner=owner,
        topic=topic,
        since=since,
        until=until,
        due_after=due_after,
        due_before=due_before,
        overdue=overdue,
        order=sort,
    )


def _today(
    today: Annotated[
        date | None, Query(description="What was due before is overdue; else the server's date.")
    ] = None,
) -> date:
    return today or this_day()


TheWanted = Annotated[Wanted, Depends(_wanted)]
Today = Annotated[date, Depends(_today)]


@router.get("/v1/commitments", responses=documented(422))
def commitments(
    house: TheHouse,
    wanted: TheWanted,
    today: Today,
    with_follow_up: Annotated[
        bool, Query(description="Also what later papers tell of each; takes a moment.")
    ] = False,
    offset: Annotated[int, Query(ge=0)] = 0,
    limit: Annotated[int, Query(ge=1, le=MOST_COMMITMENTS)] = 50,
) -> CommitmentsModel:
    """List the entries of the register that the filters allow.

    A filter that nothing meets leaves nothing. Overdue is told by the day alone; what later papers
    report is a suggestion beside it.
    """
    with house.view() as view:
        found = view.chosen_commitments(wanted, today)
        page = found[offset : offset + limit]
        return CommitmentsModel(
            total=len(found),
            offset=offset,
            today=today,
            commitments=[
                commitment_model(
                    each, today, follow_up(view, each, today) if with_follow_up else None
                )
                for each in page
            ],
        )


@router.get(
    "/v1/commitments/export",
    response_class=Response,
    responses={
        200: {
            "description": "The document.",
            "content": {form.media_type: {} for form in Form},
        },
        **documented(422),
    },
)
def export(house: TheHouse, wanted: TheWanted, today: Today, form: Form = Form.XLSX) -> Response:
    """Return the entries that the filters allow as a document, or their days as a calendar.

    For each entry of a table the later papers are searched for evidence, for 300 entries at most.
    """
    with house.view() as view:
        found = view.chosen_commitments(wanted, today)
        content = document(
            form,
            view,
            found,
            today,
            datetime.now(UTC),
            house.settings.council,
            most_followed=MOST_FOLLOWED,
        )
    name = f"commitments-{today}.{form.value}"
    return Response(
        content,
        media_type=form.media_type,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@router.get("/v1/commitments/{commitment}", responses=documented(404, 409, 422))
def commitment(commitment: Named, house: TheHouse, today: Today) -> WholeCommitmentModel:
    """Return one entry: every place that prints it, and what later papers tell.

    Officers also see its history.
    """
    return _whole(house, commitment, today)


@router.get(
    "/v1/commitments/{commitment}/history",
    responses=documented(404, 409, 422),
    dependencies=OFFICERS,
)
def history(commitment: Named, house: TheHouse) -> HistoryModel:
    """Return all that officers changed of one entry."""
    with house.view() as view:
        return HistoryModel(history=history_models(find(view.commitments(), commitment).history))


@router.patch(
    "/v1/commitments/{commitment}",
    responses=documented(*BODY_REFUSALS, 404, 409),
    dependencies=OFFICERS,
)
def change(
    commitment: Named, asked: PatchModel, house: TheHouse, today: Today
) -> WholeCommitmentModel:
    """Set state, owner or due date of an entry, or add a note; return it as it stands then."""
    by = house.caller.name
    return _changed(
        house,
        commitment,
        today,
        lambda entry, _: setting(entry, by, asked.given(), asked.note),
    )


@router.post(
    "/v1/commitments/{commitment}/undo",
    responses=documented(*BODY_REFUSALS, 404, 409),
    dependencies=OFFICERS,
)
def undo(
    commitment: Named, asked: UndoModel, house: TheHouse, today: Today
) -> WholeCommitmentModel:
    """Take a change of an entry back, a merge or an undoing too; return it as it stands then."""
    by = house.caller.name
    return _changed(
        house, commitment, today, lambda entry, _: undoing(entry, by, asked.change, asked.note)
    )


@router.post(
    "/v1/commitments/{commitment}/merge",
    responses=documented(*BODY_REFUSALS, 404, 409),
    dependencies=OFFICERS,
)
def merge(
    commitment: Named, asked: MergeModel, house: TheHouse, today: Today
) -> WholeCommitmentModel:
    """Make two entries one, whichever is named first; return it as it stands then."""
    by = house.caller.name
    return _changed(
        house,
        commitment,
        today,
        lambda entry, register: merging(entry, find(register, asked.other), by, asked.note),
    )


def _changed(
    house: House,
    name: str,
    today: date,
    decide: Callable[[Entry, Sequence[Entry]], list[Wish]],
) -> WholeCommitmentModel:
    """Change the entry of a name as is decided, and return it as it stands then."""
    house.change(lambda register: decide(find(register, name), register))
    return _whole(house, name, today)


def _whole(house: House, name: str, today: date) -> WholeCommitmentModel:
    with house.view() as view:
        entry = find(view.commitments(), name)
        model = whole_commitment_model(entry, today, follow_up(view, entry, today))
    return (
        model
        if house.caller.role.at_least(Role.OFFICER)
        else model.model_copy(update={"history": []})
    )
