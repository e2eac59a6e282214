"""What can go wrong with one paper; the other papers go on.

IngestError
├── UnreadablePaper     broken, empty or not what its name says
│   ├── UnopenedPaper   gone, locked or not ours to read
│   ├── EncryptedPaper  needs a password
│   └── EmptyPaper      no text on any page
│       └── ScannedPaper  only pictures of pages, and no OCR to read them
├── UnknownFormat       no reader takes it
├── SidecarWrong        what the sidecar beside it says makes no sense
└── ReaderFailed        the reader ran out of time or memory, or died
"""

from __future__ import annotations

from pathlib import Path


class IngestError(Exception):
    """One paper could not be read; the others still can.

    Attributes:
        path: the paper's file.
        reason: what is wrong, in plain English.
        advice: what the clerk can do next.
        retry: whether the same file may succeed at the next run.
    """

    advice: str = "Open the file; if it opens, save it again and ingest it anew."
    retry: bool = False

    def __init__(self, path: Path, reason: str) -> None:
        """Name the paper, so that no log line lacks it."""
        super().__init__(f"{path.name}: {reason}")
        self.path = path
        self.reason = reason

    def __reduce__(self) -> tuple[type[IngestError], tuple[object, ...]]:
        """Cross from a worker process whole: exceptions are rebuilt from their message else."""
        return type(self), (self.path, self.reason)


class UnreadablePaper(IngestError):
    """The file is broken, empty or not what its name says."""


class UnopenedPaper(UnreadablePaper):
    """The file is gone, locked or not ours to read."""

    advice = "See that it is still there and that you may read it, and ingest again."


class EncryptedPaper(UnreadablePaper):
    """The file needs a password."""

    advice = "Save a copy without the password and ingest that."


class EmptyPaper(UnreadablePaper):
    """No page holds any text."""

    advice = "If it is a scan, run it through OCR and ingest the result."


class ScannedPaper(EmptyPaper):
    """Every page is a picture, and there is no OCR here to read them.

    Attributes:
        pages: how many pictures there are.
    """

    advice = (
        "Add the optional OCR, as the README says, and ingest again, or run the paper "
        "through another OCR and ingest the result."
    )

    def __init__(self, path: Path, reason: str, pages: int = 1) -> None:
        """Name the paper and count its pictures."""
        super().__init__(path, reason)
        self.pages = pages

    def __reduce__(self) -> tuple[type[IngestError], tuple[object, ...]]:
        """Cross from a worker process whole."""
        return type(self), (self.path, self.reason, self.pages)


class UnknownFormat(IngestError):
    """No reader takes this file."""

    advice = "Save it as PDF, Word (.docx), HTML, Markdown or plain text."


class SidecarWrong(IngestError):
    """What the sidecar says makes no sense; the paper is not read with half of it."""

    advice = "Correct the sidecar, or remove it, and ingest again."


class ReaderFailed(IngestError):
    """The reader ran out of time or memory, or died."""

    advice = "Run ingest again; if it fails again, print the paper to a new PDF and ingest that."
    retry = True
