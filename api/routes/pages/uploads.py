"""GET and POST /uploads: papers that clerks send; and /uploads/{paper}, where one is withdrawn."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.datastructures import FormData, UploadFile

from api import wording
from api.access.callers import TOKEN, TheForm, check_form, needs
from api.access.roles import Role
from api.problems import STATUS
from api.receiving.reading_in import Reader
from api.receiving.storing import UploadRefused, place_of, store, stored
from api.routes.pages import links
from api.routes.parts import TheDoorstep, TheHouse
from api.schemas.cards import PAPER_ID
from api.templating import page
from api.wiring import House
from ingest.overrides import EXEMPT, LONGEST, OPEN
from ingest.paper import PaperKind, paper_id
from search.answer import PaperCard
from search.errors import LibraryBusy, LibraryMissing, NotHeld
from search.holdings import Exempt, FailedFile
from search.view import View

router = APIRouter()

ADDRESS = "/uploads"

CLERKS = [needs(Role.CLERK)]
"""They read papers in and remove them."""

MOST_FILES = 100
"""Sent at once: more than any meeting has."""

MOST_FIELDS = 20

MOST_LISTED = 100
"""Papers that were sent, listed at once."""

BUSY = "Papers are being read in or withdrawn just now. Send these again when that is done."
BUSY_TOO = "Papers are being read in or withdrawn just now. Withdraw it when that is done."
NO_FOLDER = "The folder for papers cannot be written. Ask whoever runs this service to look at it."
NONE_SENT = "Choose the papers to send."

EXEMPTIONS = {"": "As the paper says", EXEMPT: "Keep it from the public", OPEN: "Open it wholly"}


async def _sent(request: Request) -> AsyncIterator[FormData]:
    """Lend a form with files, made for the browser that sends it.

    It is read when whoever sends it may send anything at all: a route asks for the role first.
    """
    async with request.form(max_files=MOST_FILES, max_fields=MOST_FIELDS) as form:
        check_form(request, str(form.get(TOKEN, "")))
        yield form


TheSent = Annotated[FormData, Depends(_sent)]


@dataclass(frozen=True, slots=True)
class Told:
    """What is said of the papers that are sent, as it was typed."""

    body: str = ""
    day: str = ""
    kind: str = ""
    exempt: str = ""
    replace: str = ""

    def facts(self) -> tuple[dict[str, object], dict[str, str]]:
        """Return what a sidecar says of them, and what is wrong with what was typed, by field."""
        errors: dict[str, str] = {}
        try:
            day = date.fromisoformat(self.day).isoformat() if self.day else ""
        except ValueError:
            day = ""
            errors["day"] = "Enter a day as year, month and day, such as 2024-03-12."
        if self.kind and self.kind not in set(PaperKind):
            errors["kind"] = "Choose a kind of paper from the list."
        if self.exempt not in EXEMPTIONS:
            errors["exempt"] = "Choose from the list."
        if len(self.body) > LONGEST["body"]:
            errors["body"] = f"Shorten the name to {LONGEST['body']} characters."
        facts: dict[str, object] = {"body": self.body, "meeting_date": day, "kind": self.kind}
        facts = {name: value for name, value in facts.items() if value}
        return facts | ({"exempt": self.exempt == EXEMPT} if self.exempt else {}), errors


@dataclass(frozen=True, slots=True)
class Kept:
    """A paper that was sent, and what became of it."""

    id: str
    name: str
    card: PaperCard | None
    failure: FailedFile | None
    exempt: Exempt | None = None
    """What of it is kept from the public; None where nothing is."""


@router.get(ADDRESS, dependencies=CLERKS)
def uploads(request: Request, house: TheHouse) -> HTMLResponse:
    """Show the form, how far papers are read in, and what was sent."""
    return _page(request, house, Told(), {})


@router.get(f"{ADDRESS}/progress", dependencies=CLERKS)
def progress(request: Request, _: TheDoorstep) -> HTMLResponse:
    """Tell how far papers are read in, as a part of a page."""
    return page(request, "progress.html", now=_reader(request).latest, wording=wording)


@router.post(ADDRESS, dependencies=CLERKS)
def send(request: Request, house: TheHouse, sent: TheSent) -> Response:
    """Keep the papers that were sent, and begin to read them in."""
    told = Told(*(str(sent.get(name, "")).strip() for name in Told.__slots__))
    folder, reader = house.settings.uploads, _reader(request)
    if folder is None:
        return _page(request, house, told, {})
    files = [each for each in sent.getlist("files") if isinstance(each, UploadFile)]
    files = [each for each in files if each.filename]
    facts, errors = told.facts()
    if not files and "again" not in sent:
        errors["files"] = NONE_SENT
    if errors:
        return _page(request, house, told, errors, 422)
    try:
        reader.check_idle()
        refused = _keep(house, folder, files, told, facts)
        if len(refused) < len(files) or not files:
            reader.start(folder, house.caller)
    except LibraryBusy:
        return _page(request, house, told, {"files": BUSY}, STATUS[LibraryBusy])
    except OSError:
        return _page(request, house, told, {"files": NO_FOLDER}, 503)
    if refused:
        errors = {"files": _not_taken(refused, len(files))}
        return _page(request, house, told, errors, 422, refused if len(files) > 1 else ())
    return RedirectResponse(ADDRESS, status_code=303)


@router.get(f"{ADDRESS}/{{paper}}", dependencies=CLERKS)
def withdrawal(request: Request, house: TheHouse, paper: PAPER_ID) -> HTMLResponse:
    """Ask whether a paper that was sent is to be withdrawn."""
    return _withdrawal(request, house, paper, {})


@router.post(f"{ADDRESS}/{{paper}}", dependencies=CLERKS)
def withdraw(request: Request, house: TheHouse, paper: PAPER_ID, _: TheForm) -> Response:
    """Begin to remove a paper that was sent: from the library wholly, and its file."""
    folder, file = _found(house, paper)
    try:
        _reader(request).withdraw(house, folder, file)
    except LibraryBusy:
        return _withdrawal(request, house, paper, {"withdraw": BUSY_TOO}, STATUS[LibraryBusy])
    return RedirectResponse(ADDRESS, status_code=303)


def _keep(
    house: House, folder: Path, files: list[UploadFile], told: Told, facts: Mapping[str, object]
) -> list[str]:
    """Keep files; return why some were not taken, a sentence each."""
    day = facts.get("meeting_date")
    place = place_of(folder, told.body, date.fromisoformat(str(day)) if day else None)
    kept, refused = [], []
    for each in files:
        try:
            content = each.file.read()
            name = each.filename or ""
            file = store(place, name, content, facts, replace=bool(told.replace))
            kept.append(file.as_posix())
        except UploadRefused as refusal:
            refused.append(f"{str(refusal).removesuffix('.')}.")
    house.note("uploaded", kept)
    return refused


def _not_taken(refused: Sequence[str], sent: int) -> str:
    """Return what became of files that were sent, of which some or all were refused."""
    if sent == 1:
        return refused[0]
    if len(refused) == sent:
        return f"None of the {sent} files was taken."
    verb = "was" if len(refused) == 1 else "were"
    return f"{len(refused)} of {sent} files {verb} not taken. The others are being read in."


def _page(
    request: Request,
    house: House,
    told: Told,
    errors: Mapping[str, str],
    status: int = 200,
    refused: Sequence[str] = (),
) -> HTMLResponse:
    # First: what it says is over must be over for all that is looked up after it.
    now = _reader(request).latest
    folder = house.settings.uploads
    files = stored(folder) if folder else {}
    bodies: list[str] = []
    kept = [Kept(name, file.name, None, None) for name, file in files.items()][:MOST_LISTED]
    try:
        with house.view() as view:
            bodies = [each.body for each in view.bodies() if each.body]
            kept = _known(view, list(files.values())[:MOST_LISTED])
    except LibraryMissing:
        pass  # the first papers make it
    return page(
        request,
        "uploads.html",
        status,
        folder=folder,
        told=told,
        errors=errors,
        refused=refused,
        bodies=bodies,
        kinds=wording.KINDS,
        exemptions=EXEMPTIONS,
        now=now,
        kept=kept,
        total=len(files),
        most_bytes=house.settings.upload_bytes,
        most_files=MOST_FILES,
        to=links,
        wording=wording,
    )


def _withdrawal(
    request: Request, house: House, paper: str, errors: Mapping[str, str], status: int = 200
) -> HTMLResponse:
    _, file = _found(house, paper)
    card = None
    try:
        with house.view() as view:
            card = _card(view, paper)
    except LibraryMissing:
        pass  # it was never read in
    return page(
        request,
        "withdraw.html",
        status,
        paper=paper,
        name=file.name,
        card=card,
        errors=errors,
        to=links,
        wording=wording,
    )


def _found(house: House, paper: str) -> tuple[Path, Path]:
    """Return the folder of papers that were sent, and the file of one.

    Raises:
        NotHeld: none of them has this id.
    """
    folder = house.settings.uploads
    file = stored(folder).get(paper) if folder else None
    if folder is None or file is None:
        raise NotHeld("paper that was sent", paper)
    return folder, file


def _known(view: View, files: list[Path]) -> list[Kept]:
    """Return what the library knows of files."""
    failed = {each.source: each for each in view.failures()}
    named = {paper_id(each.as_posix()): each for each in files}
    exempt = view.exempt(list(named))
    return [
        Kept(name, file.name, _card(view, name), failed.get(file.as_posix()), exempt.get(name))
        for name, file in named.items()
    ]


def _card(view: View, paper: str) -> PaperCard | None:
    try:
        return view.card(paper)
    except NotHeld:
        return None


def _reader(request: Request) -> Reader:
    reader: Reader = request.app.state.reader
    return reader
