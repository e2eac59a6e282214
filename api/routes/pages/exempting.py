"""Which of the places that a page shows are kept from the public, so that it can say so."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.paper import Citation
from search.view import View


def exempt_places(view: View, places: Sequence[tuple[str, Citation]]) -> list[bool]:
    """Return of each place whether any of it is exempt; to the public nothing is.

    Args:
        view: one generation of a library.
        places: a paper's id, and where in it.
    """
    held = view.exempt([paper for paper, _ in places])
    return [paper in held and held[paper].meets(cited.start, cited.end) for paper, cited in places]
