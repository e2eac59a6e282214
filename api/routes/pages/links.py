"""Addresses of the pages, made in one place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from urllib.parse import quote, urlencode

from api.naming import page_of_answer, page_of_words
from api.returning import Back
from api.schemas.cards import MARK, page_address
from search.answer import Answer, Hit, Twin
from search.holdings import KeptPassage
from search.view import View

ALSO = 5
"""Other answers in the same paper that a link carries along."""


def page_link(
    paper: str,
    number: int,
    *,
    passage: str = "",
    sentence: str = "",
    also: Sequence[str] = (),
    words: str = "",
    back: str = "",
) -> str:
    """Return the address of a page of a paper, with a passage or words marked on it.

    Args:
        paper: its id.
        number: of the page, from 1.
        passage: id of the passage to mark.
        sentence: the part of it that answers, as "12-80": characters of the passage.
        also: ids of the paper's other passages that may answer.
        words: to mark instead of a passage; see api.viewing.quoted.
        back: address of the page that it is opened from.
    """
    named = {
        "passage": passage,
        "sentence": sentence,
        "also": ",".join(also[:ALSO]),
        "words": words,
        "back": back,
    }
    query = urlencode({name: value for name, value in named.items() if value}, safe=",/")
    address = page_address(paper, number)
    return f"{address}?{query}{MARK if passage or words else ''}" if query else address


def hit_link(view: View, hit: Hit, answer: Answer, back: str) -> str:
    """Return the address of the page with a hit's answer, other answers of its paper carried on."""
    also = [
        other.passage
        for other in answer.hits
        if other.paper.id == hit.paper.id and other.passage != hit.passage
    ]
    start, end = hit.answer
    return page_link(
        hit.paper.id,
        page_of_answer(view, hit),
        passage=hit.passage,
        sentence=f"{start}-{end}" if end > start else "",
        also=also,
        back=f"{back}#hit-{hit.rank}",
    )


def twin_link(twin: Twin, back: str) -> str:
    """Return the address of the page with the same words in another paper."""
    return page_link(twin.paper.id, twin.citation.first_page, passage=twin.passage, back=back)


def body_link(body: str) -> str:
    """Return the address of a body's page."""
    return f"/bodies/{quote(body, safe='')}"


def meeting_link(body: str, day: date) -> str:
    """Return the address of a meeting's page."""
    return f"/meetings/{day.isoformat()}/{quote(body, safe='')}"


def commitment_link(commitment: str, back: str = "") -> str:
    """Return the address of an entry of the register, by its id or reference."""
    address = f"/commitments/{quote(commitment, safe='')}"
    return f"{address}?{urlencode({'back': back}, safe='/')}" if back else address


def briefing_link(**form: str) -> str:
    """Return the address of a briefing, by what its form has."""
    return f"/briefings?{urlencode({name: value for name, value in form.items() if value})}"


def words_link(view: View, kept: KeptPassage, words: tuple[int, int], back: str = "") -> str:
    """Return the address of the page with some words of a passage, both marked."""
    start, end = words
    cited = kept.passage.citation
    return page_link(
        kept.paper.id,
        page_of_words(view, kept.paper.id, cited, start),
        passage=kept.passage.id,
        sentence=f"{start}-{end}",
        back=back,
    )


def zoom_link(paper: str, number: int, zoom: int, named: Mapping[str, Any]) -> str:
    """Return the address of a page with its picture in another size."""
    address, _, mark = page_link(paper, number, **named).partition("#")
    return f"{address}{'&' if '?' in address else '?'}zoom={zoom}" + (f"#{mark}" if mark else "")


def part_link(paper: str, number: int, part: int | None, back: Back | None) -> str:
    """Return the address of a page without marks, or of a part of a file that has no pages."""
    address = page_link(paper, number, back=back.address if back else "")
    return f"{address}{'&' if '?' in address else '?'}part={part}" if part else address


def others(shown: Sequence[str], chosen: str) -> list[str]:
    """Return the passages to carry along when one of those carried is chosen."""
    return [each for each in shown if each != chosen]
