"""Finds a paper by what a person calls it: its id, its source, or a path to its file."""

from __future__ import annotations

from pathlib import Path

from ingest.paper import Citation, paper_id
from search.answer import Hit, PaperCard
from search.errors import NotHeld
from search.view import View


def sources_of(name: str) -> tuple[str, str]:
    """Return the sources that a name may stand for: itself, and its absolute path."""
    return name, Path(name).absolute().as_posix()


def find_paper(view: View, name: str) -> PaperCard:
    """Return the paper of a name.

    Raises:
        NotHeld: there is none.
    """
    for identity in (name, *map(paper_id, sources_of(name))):
        try:
            return view.card(identity)
        except NotHeld:
            continue
    raise NotHeld("paper", name)


def page_of_answer(view: View, hit: Hit) -> int:
    """Return the page, from 1, on which the sentence that answers begins."""
    return page_of_words(view, hit.paper.id, hit.citation, hit.answer[0])


def page_of_words(view: View, paper: str, cited: Citation, at: int) -> int:
    """Return the page, from 1, that holds a character of what is cited, counted from its start."""
    if cited.first_page == cited.last_page:
        return cited.first_page
    try:
        found = view.page_at(paper, cited.start + at)
    except NotHeld:  # replaced since it was found
        return cited.first_page
    return min(max(found, cited.first_page), cited.last_page)
