"""What can go wrong with one paper; the other papers go on.

IngestError
├── UnreadablePaper     broken, empty or not what its name says
│   ├── EncryptedPaper  needs a password
│   └── EmptyPaper      no text on any page
├── UnknownFormat       no reader takes it
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

    def __reduce__(self) -> tuple[type[IngestError], tuple[Path, str]]:
        """Cross from a worker process whole: exceptions are rebuilt from their message else."""
        return type(self), (self.path, self.reason)


class UnreadablePaper(IngestError):
    """The file is broken, empty or not what its name says."""


class EncryptedPaper(UnreadablePaper):
    """The file needs a password."""

    advice = "Save a copy without the password and ingest that."


class EmptyPaper(UnreadablePaper):
    """No page holds any text."""

    advice = "If it is a scan, run it through OCR and ingest the result."


class UnknownFormat(IngestError):
    """No reader takes this file."""

    advice = "Save it as PDF, Word (.docx), HTML, Markdown or plain text."


class ReaderFailed(IngestError):
    """The reader ran out of time or memory, or died."""

    advice = "Run ingest again; if it fails again, print the paper to a new PDF and ingest that."
    retry = True
