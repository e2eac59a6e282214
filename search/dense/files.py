"""The dense index's files: a row, a sketch and an entry for each passage, in the order they came.

Rows and sketches are only added to, and read where they lie; what was removed is blotted out, and
so many as are marked removed leave when they are worth the writing. The entries are written anew
with each change and put in place as a whole: what they do not name is not there.

A sketch is a bit a part, by which the nearest are found first among many: RaBitQ, Gao and Long,
2024.
"""

from __future__ import annotations

import io
import os
import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray

from ingest.keeping import Vectors
from search.publishing import write_whole
from search.store.vectors import pack_vectors

ENTRIES, ROWS, SKETCHES = "entries.npy", "rows.i8", "sketches.u8"

ENTRY = np.dtype([("number", "<i8"), ("length", "<f4")])
"""A passage's number, and the length of its row as it is kept: its cosine is divided by that."""

REMOVED = -1
"""The number of a passage that is gone."""

REMOVED_SHARE = 0.2
"""Share of removed passages at which the files are written without them: a second a million."""

AT_A_TIME = 50_000
"""Passages in memory while the files are written anew: 20 MB."""

Entries = NDArray[Any]
Sketches = Any
"""A FAISS IndexRaBitQ; FAISS's own stubs do not know what may be done with it."""


def sketches_of(dimension: int) -> Sketches:
    """Return an empty FAISS index of sketches."""
    index = faiss.IndexRaBitQ(dimension, faiss.METRIC_INNER_PRODUCT)
    # Around zero: nothing to learn, so a sketch does not hang on what came before it.
    faiss.copy_array_to_vector(np.zeros(dimension, dtype=np.float32), index.center)
    index.is_trained = True
    return index


class Files:
    """The files in one folder, for their only writer; readers take what they need of it."""

    def __init__(self, folder: Path, dimension: int) -> None:
        """Read the entries.

        Raises:
            ValueError: there are no such files, or broken ones.
        """
        self.folder = folder
        self.dimension = dimension
        self._sketching = sketches_of(dimension)
        try:
            self.entries: Entries = np.load(io.BytesIO((folder / ENTRIES).read_bytes()))
            whole = self.entries.dtype == ENTRY and all(
                (folder / name).stat().st_size >= width * len(self.entries)
                for name, width in self._widths.items()
            )
        except (OSError, ValueError, EOFError) as exc:
            raise ValueError(f"no dense index at {folder}, or a broken one") from exc
        if not whole:
            raise ValueError(f"the dense index at {folder} is broken")

    @classmethod
    def start(cls, folder: Path, dimension: int) -> Files:
        """Drop what is in a folder and begin there with no passages."""
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        for name in (ROWS, SKETCHES):
            (folder / name).touch()
        write_whole(folder / ENTRIES, _saved(np.zeros(0, dtype=ENTRY)))
        return cls(folder, dimension)

    @property
    def _widths(self) -> dict[str, int]:
        return {ROWS: self.dimension, SKETCHES: int(self._sketching.code_size)}

    @property
    def count(self) -> int:
        """How many passages there are."""
        return int(np.count_nonzero(self.entries["number"] != REMOVED))

    def rows(self) -> NDArray[np.int8]:
        """Return the rows as they are kept, mapped and not read."""
        return self._mapped(ROWS).view(np.int8)

    def sketches(self) -> NDArray[np.uint8]:
        """Return the sketches, mapped and not read."""
        return self._mapped(SKETCHES)

    def change(
        self, gone: NDArray[np.int64], added: Iterable[tuple[Sequence[int], Vectors]]
    ) -> None:
        """Blot some passages out, and add others behind the last."""
        fresh = self._append(added)
        entries = np.concatenate([self.entries, *fresh])
        places = np.flatnonzero(np.isin(self.entries["number"], gone))
        if not len(places) and not fresh:
            return
        for name in self._widths if len(places) else ():
            self._blot(name, places)
        entries["number"][places] = REMOVED
        write_whole(self.folder / ENTRIES, _saved(entries))
        self.entries = entries
        if len(entries) - self.count > REMOVED_SHARE * len(entries):
            self._compact()

    def _append(self, added: Iterable[tuple[Sequence[int], Vectors]]) -> list[Entries]:
        """Write rows and sketches behind the last; return their entries."""
        fresh = []
        with (
            (self.folder / ROWS).open("r+b") as rows,
            (self.folder / SKETCHES).open("r+b") as sketches,
        ):
            for file, width in zip((rows, sketches), self._widths.values(), strict=True):
                file.truncate(width * len(self.entries))  # what a killed writer left
                file.seek(0, os.SEEK_END)
            for numbers, vectors in added:
                if numbers:
                    packed = b"".join(pack_vectors(vectors))
                    rows.write(packed)
                    sketches.write(self._sketching.sa_encode(vectors).tobytes())
                    fresh.append(_entries(numbers, packed))
            for file in (rows, sketches):
                file.flush()
                os.fsync(file.fileno())
        return fresh

    def _blot(self, name: str, places: NDArray[np.int64]) -> None:
        width = self._widths[name]
        with (self.folder / name).open("r+b") as file:
            for place in places.tolist():
                file.seek(place * width)
                file.write(bytes(width))
            file.flush()
            os.fsync(file.fileno())

    def _compact(self) -> None:
        """Write the files without what was removed, and put them in place of these."""
        left = np.flatnonzero(self.entries["number"] != REMOVED)
        aside = Files.start(self.folder.with_name(f"{self.folder.name}.new"), self.dimension)
        for name in self._widths:
            with (aside.folder / name).open("r+b") as file:
                for at in range(0, len(left), AT_A_TIME):
                    file.write(self._mapped(name)[left[at : at + AT_A_TIME]].tobytes())
                file.flush()
                os.fsync(file.fileno())
        write_whole(aside.folder / ENTRIES, _saved(self.entries[left]))
        shutil.rmtree(self.folder)
        aside.folder.rename(self.folder)
        self.entries = self.entries[left]

    def _mapped(self, name: str) -> NDArray[np.uint8]:
        shape = (len(self.entries), self._widths[name])
        if not len(self.entries):
            return np.zeros(shape, dtype=np.uint8)
        try:
            return np.memmap(self.folder / name, dtype=np.uint8, mode="r", shape=shape)
        except OSError as exc:  # a writer has just put other files in place
            raise ValueError(f"no dense index at {self.folder}, or a broken one") from exc


def _entries(numbers: Sequence[int], packed: bytes) -> Entries:
    rows = np.frombuffer(packed, dtype=np.int8).reshape(len(numbers), -1)
    entries = np.empty(len(numbers), dtype=ENTRY)
    entries["number"] = numbers
    entries["length"] = np.linalg.norm(rows.astype(np.float32), axis=1)
    return entries


def _saved(entries: Entries) -> bytes:
    file = io.BytesIO()
    np.save(file, entries)
    return file.getvalue()
