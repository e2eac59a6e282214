"""What can go wrong with a question or with the library.

SearchError
├── EmptyQuery        nothing to search for
├── QuestionTooLong   longer than any question
├── NotHeld           no such paper, passage or commitment
├── AmbiguousName     a reference that several commitments have
├── ChangeRefused     a change of a commitment that makes no sense
├── FileWithheld      a paper's file holds more than its open part
├── BackupUnusable    no copy of a library, or a damaged one
├── LibraryThere      a copy would overwrite a library
├── LibraryMissing    no library in this folder
├── LibraryDamaged    its database cannot be read
├── LibraryTooNew     made by a later version of this program
├── LibraryDerived    it is the open part of another, and is written from there alone
├── LibraryBusy       another process is writing
├── LibraryOutOfStep  its indexes have not caught up with its papers yet
├── NoRoom            its disk has not the room for what is to be written
├── NoRight           this account may not write in its folder
└── ModelMismatch     its vectors were made with another model
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path


class SearchError(Exception):
    """A question that cannot be answered as it stands; the message says what to do next."""


class EmptyQuery(SearchError):
    """The question holds nothing to search for."""

    def __init__(self) -> None:
        """Ask for a question."""
        super().__init__("the question is empty: type what you want to know")


class QuestionTooLong(SearchError):
    """The question is longer than any question is."""

    def __init__(self, length: int, limit: int) -> None:
        """Give both lengths in characters."""
        super().__init__(
            f"the question has {length:,} characters, of {limit:,} allowed: shorten it to what "
            "you want to know"
        )


class NotHeld(SearchError):
    """The library holds no paper, passage or commitment of this id."""

    def __init__(self, what: str, identity: str) -> None:
        """Name what was asked for: "paper", "passage" or "commitment", and its id."""
        super().__init__(
            f"no {what} {identity[:64]!r} in this library: it may have been replaced or removed; "
            "search for its words"
        )


class AmbiguousName(SearchError):
    """Several commitments have this reference."""

    def __init__(self, name: str, identities: Sequence[str]) -> None:
        """Give the ids, of which each is one commitment's alone."""
        super().__init__(
            f"{len(identities)} commitments are called {name!r}: give an id instead, "
            f"{' or '.join(identities)}"
        )


class ChangeRefused(SearchError):
    """A change of a commitment that makes no sense; the message says why.

    Attributes:
        field: name of the field whose value is refused (see Field); None where it is no one's.
    """

    def __init__(self, reason: str, field: str | None = None) -> None:
        """Say why, and of which field."""
        super().__init__(reason)
        self.field = field


class FileWithheld(SearchError):
    """The paper's file holds exempt matter beside what may be read."""

    def __init__(self) -> None:
        """Say what can be read instead, and nothing of the rest."""
        super().__init__(
            "part of this paper is not open to the public, so its file is not given out: read its "
            "passages instead"
        )


class LibraryError(SearchError):
    """Something about the library as a whole."""

    def __init__(self, folder: Path, reason: str) -> None:
        """Name the folder, so that no log line lacks it."""
        super().__init__(f"{folder}: {reason}")
        self.folder = folder


class LibraryMissing(LibraryError):
    """There is no library in this folder."""

    def __init__(self, folder: Path) -> None:
        """Say how a library comes about."""
        super().__init__(folder, "no library here: ingest papers into it first, or check the path")


class LibraryDamaged(LibraryError):
    """The database of the library cannot be read."""

    def __init__(self, folder: Path, reason: str) -> None:
        """Give the database's own words and the way out."""
        super().__init__(
            folder, f"its database is damaged ({reason}): restore a copy, or ingest anew elsewhere"
        )


class LibraryTooNew(LibraryError):
    """A later version of this program made the library."""

    def __init__(self, folder: Path, version: int, known: int) -> None:
        """Give the library's version and the newest one known here."""
        super().__init__(
            folder,
            f"made by a later version (schema {version}, known here up to {known}): "
            "update this program",
        )


class LibraryDerived(LibraryError):
    """The library is the open part of another one."""

    def __init__(self, folder: Path) -> None:
        """Say where papers go instead."""
        super().__init__(
            folder,
            "this is the open part of a library, made from it: read papers into the whole library",
        )


class LibraryBusy(LibraryError):
    """Another process is writing to the library."""

    def __init__(self, folder: Path) -> None:
        """Ask to wait."""
        super().__init__(folder, "another process is writing to it: try again when it is done")


class LibraryOutOfStep(LibraryError):
    """The indexes have not caught up with the papers, and this process may not bring them up."""

    def __init__(self, folder: Path) -> None:
        """Ask to try again, and say what to do if that does not help."""
        super().__init__(
            folder,
            "its indexes have not caught up with its papers: try again in a moment; if this stays, "
            "ingest once more with the right to write there",
        )


class ModelMismatch(LibraryError):
    """The library's vectors were made with another embedding model."""

    def __init__(self, folder: Path, held: str, given: str) -> None:
        """Name both models."""
        super().__init__(
            folder,
            f"its vectors were made with the model {held!r}, not {given!r}: leave the setting "
            f"model out, or change the library to {given!r} with `matters model use`",
        )


class NoRoom(LibraryError):
    """The disk has not the room for what is to be written."""

    def __init__(self, folder: Path, needed: int | None, free: int) -> None:
        """Give the bytes needed, None where that is not known, and those free."""
        wanted = f" of some {needed / 1e6:,.0f} MB needed" if needed is not None else ""
        super().__init__(
            folder,
            f"the disk is too full: {free / 1e6:,.0f} MB free{wanted}; make room and try again: "
            "what was made so far is kept",
        )


class NoRight(LibraryError):
    """This account has not the rights in the library's folder that it needs."""

    def __init__(self, folder: Path, reason: str) -> None:
        """Give the system's own words, and say what is needed."""
        super().__init__(
            folder,
            f"this account may not write there ({reason}), and even to read a library it must: run "
            "this as the account that made it, or copy the folder to where it may be written",
        )


class LibraryThere(LibraryError):
    """A copy is not restored over a library that is there."""

    def __init__(self, folder: Path) -> None:
        """Say what to do with it."""
        super().__init__(
            folder, "there is a library here: restore into another folder, or move this one away"
        )


class BackupUnusable(SearchError):
    """A file is not a copy of a library, or a damaged one."""

    def __init__(self, file: Path, reason: str) -> None:
        """Name the file."""
        super().__init__(f"{file}: this is no copy of a library that can be used ({reason})")
