"""One writer at a time: a lock that dies with its process, however that ends."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path
from threading import Lock

from search.errors import LibraryBusy

_held_here: set[Path] = set()
_guard = Lock()


class WriterLock:
    """The right to write to a library, from construction until release."""

    def __init__(self, folder: Path, name: str = "writer.lock") -> None:
        """Take the lock at once.

        Args:
            folder: the library's.
            name: of the lock's file; another one is for something that may go on beside writing.

        Raises:
            LibraryBusy: someone else has it, in this process or another.
        """
        folder.mkdir(parents=True, exist_ok=True)
        self._path = folder.resolve() / name
        with _guard:
            if self._path in _held_here:
                raise LibraryBusy(folder)
            self._file = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o666)
            try:
                # A record lock, not flock: worker processes that outlive a killed writer would
                # inherit flock's. It does not hold within one process: hence the set.
                fcntl.lockf(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as exc:
                os.close(self._file)
                raise LibraryBusy(folder) from exc
            _held_here.add(self._path)

    def release(self) -> None:
        """Let others write; a second call does nothing."""
        with _guard:
            if self._path in _held_here and self._file >= 0:
                _held_here.remove(self._path)
                os.close(self._file)
                self._file = -1
