"""What a clerk says of a paper, which is believed before the paper itself.

It is said in a sidecar, a small TOML file beside the paper ("minutes.pdf.toml" beside
"minutes.pdf"), or on the command line, which the library then remembers. The command line wins:
it was said of this very run.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from difflib import get_close_matches
from enum import StrEnum
from hashlib import sha256
from pathlib import Path

from ingest.errors import SidecarWrong
from ingest.paper import Fact, PaperKind, PaperState

SUFFIX = ".toml"
"""Follows the paper's whole file name."""

LARGEST = 64 * 1024
"""Bytes of a sidecar; six short lines need no more."""

LONGEST = {"title": 300, "body": 200}
"""Characters of what is free text; a longer one is a paragraph gone astray."""

NAMES = ("title", "body", "meeting_date", "kind", "state", "exempt")
"""What may be overridden, as the facts of a paper are named."""

OPEN, EXEMPT = "open", "exempt"
"""How "exempt = false" and "exempt = true" are told as facts."""

COMMAND_LINE = "command line"
"""The evidence of what was said there."""

Given = Mapping[str, str]
"""What was said on the command line, by name of fact, each as checked() gives it."""


class WrongOverride(ValueError):
    """A fact of that name cannot be overridden, or not with that value."""


@dataclass(frozen=True, slots=True)
class Overrides:
    """The facts of a paper that a clerk has settled."""

    facts: Mapping[str, Fact] = field(default_factory=dict)

    def get(self, name: str) -> Fact | None:
        """Return the fact of that name, if it was settled."""
        return self.facts.get(name)

    @property
    def kind(self) -> PaperKind | None:
        """What the paper is for."""
        told = self.get("kind")
        return PaperKind(told.value) if told else None

    @property
    def state(self) -> PaperState | None:
        """Whether its minutes were confirmed."""
        told = self.get("state")
        return PaperState(told.value) if told else None

    @property
    def meeting_date(self) -> date | None:
        """When its meeting was."""
        told = self.get("meeting_date")
        return date.fromisoformat(told.value) if told else None


NOTHING = Overrides()
"""Nobody has said anything of the paper."""


def sidecar_of(paper: Path) -> Path:
    """Return where the sidecar of a paper would lie."""
    return paper.with_name(paper.name + SUFFIX)


def overrides_of(paper: Path, given: Given) -> Overrides:
    """Return what a clerk has said of a paper.

    Args:
        paper: its path; its sidecar is read, if there is one.
        given: what the command line said of it.

    Raises:
        SidecarWrong: the sidecar cannot be read, or says what makes no sense.
    """
    sidecar = sidecar_of(paper)
    content = _content(paper, sidecar)
    told = [] if content is None else _said(paper, sidecar, content)
    facts = {name: Fact(value, f"sidecar {sidecar.name}", "override") for name, value in told}
    facts |= {name: Fact(value, COMMAND_LINE, "override") for name, value in given.items()}
    return Overrides(facts)


def mark_of(paper: Path, given: Given) -> str:
    """Return what changes whenever what is said of a paper does; "" where nothing is."""
    try:
        content = _bounded(sidecar_of(paper))
    except OSError:
        content = b"unreadable"
    if content is None and not given:
        return ""
    said = sha256()
    said.update(b"none" if content is None else b"sidecar " + sha256(content).digest())
    said.update(repr(sorted(given.items())).encode())
    return said.hexdigest()[:12]


def checked(name: str, value: object) -> str:
    """Return the value of an override as facts are written.

    Args:
        name: one of NAMES.
        value: a text, a date or a truth value.

    Raises:
        WrongOverride: there is no such fact, or the value makes no sense; says what does.
    """
    if name not in NAMES:
        raise WrongOverride(f"{name!r} is nothing that can be set; {_meant(name, NAMES)}")
    if name == "exempt":
        if not isinstance(value, bool):
            raise WrongOverride(f"exempt is true or false, not {value!r}")
        return EXEMPT if value else OPEN
    if name == "meeting_date":
        return _day(value)
    text = " ".join(value.split()) if isinstance(value, str) else ""
    if not text:
        raise WrongOverride(f"{name} is a text between quotation marks, not {value!r}")
    if name == "kind":
        return _one_of(PaperKind, name, text)
    if name == "state":
        return _one_of(PaperState, name, text)
    if len(text) > LONGEST[name]:
        raise WrongOverride(f"{name} has {len(text):,} characters, more than {LONGEST[name]}")
    return text


def _content(paper: Path, sidecar: Path) -> bytes | None:
    """Return a sidecar's bytes, or None where there is none."""
    try:
        content = _bounded(sidecar)
    except OSError as exc:
        reason = f"its sidecar {sidecar.name} cannot be opened ({exc.strerror})"
        raise SidecarWrong(paper, reason) from exc
    if content is not None and len(content) > LARGEST:
        raise SidecarWrong(paper, f"its sidecar {sidecar.name} is too large to be one")
    return content


def _bounded(sidecar: Path) -> bytes | None:
    """Return a file's bytes, those after LARGEST and one more left out; None where it is none."""
    try:
        with sidecar.open("rb") as file:
            return file.read(LARGEST + 1)
    except (FileNotFoundError, NotADirectoryError):
        return None


def _said(paper: Path, sidecar: Path, content: bytes) -> list[tuple[str, str]]:
    """Return what a sidecar says, checked."""
    try:
        # Notepad puts a mark before the text, which TOML does not know.
        told = tomllib.loads(content.decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as exc:
        reason = f"its sidecar {sidecar.name} is not TOML: {exc}"
        raise SidecarWrong(paper, reason) from exc
    try:
        return [(name, checked(name, value)) for name, value in told.items()]
    except WrongOverride as exc:
        raise SidecarWrong(paper, f"in its sidecar {sidecar.name}, {exc}") from exc


def _day(value: object) -> str:
    """Return a day as facts are written: TOML has dates of its own, and a text may hold one."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()
    try:
        return datetime.strptime(str(value), "%Y-%m-%d").date().isoformat()
    except ValueError as exc:
        raise WrongOverride(f"meeting_date is a day such as 2024-03-12, not {value!s:.40}") from exc


def _one_of(values: type[StrEnum], name: str, text: str) -> str:
    known = [each.value for each in values]
    if text.lower() not in known:
        raise WrongOverride(f"{name} cannot be {text!r}; {_meant(text.lower(), known)}")
    return text.lower()


def _meant(name: str, known: tuple[str, ...] | list[str]) -> str:
    """Say which known name is meant, or else which there are."""
    near = get_close_matches(name, known, n=1)
    return f"did you mean {near[0]!r}?" if near else f"there are {', '.join(known)}"
