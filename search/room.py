"""Lends one view of the library to many readers, and changes it when a newer one is complete."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

from search.access import Access
from search.errors import SearchError
from search.generation import open_view, try_to_open
from search.publishing import published
from search.store.faults import damage_named
from search.view import View


class ReadingRoom:
    """The present view of a library, for any number of threads."""

    def __init__(
        self,
        folder: Path,
        access: Access = Access.PUBLIC,
        prepare: Callable[[View], None] = lambda _: None,
    ) -> None:
        """Open nothing yet: the library may come later.

        Args:
            folder: the library's.
            access: what whoever reads may see.
            prepare: told of a newer view before it takes the place of one that is in use, so that
                nobody else waits for what it needs, such as another model.
        """
        self._prepare = prepare
        self._folder = folder
        self._access = access
        self._current: View | None = None
        self._users: dict[View, int] = {}
        self._guard = Lock()
        self._opening = Lock()

    @contextmanager
    def view(self) -> Iterator[View]:
        """Lend the present view; it stays as it is until it is given back.

        Raises:
            SearchError: there is no library, or it cannot be read (see open_view).
            LibraryDamaged: what was read of it meanwhile makes no sense.
        """
        view = self._take()
        try:
            with damage_named(self._folder):
                yield view
        finally:
            self._give_back(view)

    def close(self) -> None:
        """Let go of the view as soon as its last user has given it back."""
        with self._guard:
            retired, self._current = self._current, None
            self._close_if_idle(retired)

    def _take(self) -> View:
        if self._current is None:
            with self._opening:
                if self._current is None:
                    self._replace(open_view(self._folder, self._access))
        elif self._is_old(self._current) and self._opening.acquire(blocking=False):
            # One thread looks; the others go on with the view that they have.
            try:
                self._look_for_a_newer()
            finally:
                self._opening.release()
        with self._guard:
            view = self._current
            if view is not None:
                self._users[view] = self._users.get(view, 0) + 1
                return view
        return self._take()  # closed meanwhile

    def _is_old(self, view: View) -> bool:
        found = published(self._folder)
        return found is not None and found != view.published

    def _look_for_a_newer(self) -> None:
        try:
            newer = try_to_open(self._folder, self._access)
        except SearchError:  # the folder is being moved or replaced: what is open still answers
            return
        if newer is not None:
            self._prepare(newer)
            self._replace(newer)

    def _replace(self, view: View) -> None:
        with self._guard:
            retired, self._current = self._current, view
            self._close_if_idle(retired)

    def _give_back(self, view: View) -> None:
        with self._guard:
            self._users[view] -= 1
            if view is not self._current:
                self._close_if_idle(view)

    def _close_if_idle(self, view: View | None) -> None:
        if view is not None and not self._users.get(view):
            self._users.pop(view, None)
            view.close()
