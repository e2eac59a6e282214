"""How long the server takes for each page of the real papers, and how large the pages are."""

import re
import statistics
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from html import unescape
from itertools import cycle, islice
from math import ceil
from urllib.parse import urlencode

import httpx2

from api.cli.measuring import read_questions
from api.routes.pages.links import body_link, briefing_link, commitment_link, meeting_link
from api.settings import Settings
from api.wiring import House
from search.view import View
from tests.benchmarks.library import FOLDER
from tests.browsing import serving
from tests.shared import shared

REQUESTS = 40
"""Of each page, each with its own arguments as far as there are so many."""

TOPICS = (
    "family hubs",
    "flood defence",
    "home to school transport",
    "highways maintenance",
    "the budget",
    "street lighting",
    "housing",
    "special educational needs",
    "bus services",
    "planning enforcement",
    "derelict sites",
    "footpaths",
    "water supply",
    "car parking",
    "cycle lanes",
    "public toilets",
    "libraries",
    "adult social care",
    "children in care",
    "climate change",
    "litter",
    "traffic calming",
    "playgrounds",
    "community safety",
    "waste recycling",
    "council tax",
    "apprenticeships",
    "tourism",
    "fire safety",
    "estates",
    "roads programme",
    "Traveller accommodation",
    "asylum seekers",
    "pension fund",
    "mental health",
    "broadband",
    "heritage",
    "swimming pool",
    "school places",
    "winter service",
)
"""What councils of any kind deal with; for the register and for briefings."""


_MARKED = re.compile(r'href="(/papers/[0-9a-f]{16}/pages/[^"#]*)')
_PICTURE = re.compile(rb"<svg.*?</svg>", re.DOTALL)
_PASSAGE = re.compile(r"/passages/[0-9a-f]{20}")


def measure() -> dict[str, object]:
    """Return milliseconds and kilobytes of each page, asked with other arguments each time.

    The first piece is what a browser shows first; only the page of a briefing has another. Pictures
    that stand in a page are left out of its size.
    """
    house = House(Settings(library=FOLDER, per_minute=0, log="none"))
    with house.view() as view:
        asked = _addresses(view)
    with _served(house) as client:
        # Each first hit of an answer, as a reader opens it.
        answers = [client.get(each).text for each in asked["answer"]]
        asked["marked page"] = [unescape(each[1]) for each in map(_MARKED.search, answers) if each]
        asked["passage"] = [each[0] for each in map(_PASSAGE.search, answers) if each]
    with _served(House(house.settings)) as client:  # that remembers nothing of these answers
        return {name: _of(client, addresses) for name, addresses in asked.items()}


@contextmanager
def _served(house: House) -> Iterator[httpx2.Client]:
    """Lend a client of a server that is ready to answer."""
    with serving(house) as address, httpx2.Client(base_url=address, timeout=60) as client:
        client.get("/commitments?topic=the")  # waits for the register, as the server does at first
        yield client


def _of(client: httpx2.Client, addresses: Sequence[str]) -> dict[str, float]:
    """Return the times and sizes of a page, after one request that is not counted.

    Raises:
        HTTPError: a page was refused.
    """
    first, whole, sent = [], [], []
    for address in [addresses[-1], *islice(cycle(addresses), REQUESTS)]:
        began = time.perf_counter()
        with client.stream("GET", address) as reply:
            reply.raise_for_status()
            pieces = reply.iter_bytes()
            page = next(pieces)
            first.append(1000 * (time.perf_counter() - began))
            page += b"".join(pieces)
            whole.append(1000 * (time.perf_counter() - began))
        sent.append(len(_PICTURE.sub(b"", page)) / 1000)
    return {
        "first, median ms": round(statistics.median(first[1:]), 1),
        "first, 95th percentile ms": round(_at_least(0.95, first[1:]), 1),
        "whole, median ms": round(statistics.median(whole[1:]), 1),
        "whole, 95th percentile ms": round(_at_least(0.95, whole[1:]), 1),
        "median kB": round(statistics.median(sent[1:]), 1),
        "largest kB": round(max(sent[1:]), 1),
    }


def _at_least(share: float, values: Sequence[float]) -> float:
    """Return the smallest value that at least this share of all do not exceed."""
    return sorted(values)[ceil(share * len(values)) - 1]


def _addresses(view: View) -> dict[str, list[str]]:
    """Return what each page is called, and addresses of it."""
    questions = [
        each.text
        for name in ("kent-dev", "lim-dev")
        for each in read_questions(shared() / "eval" / f"{name}.jsonl")
    ]
    bodies = [each.body for each in view.bodies() if each.body]
    met = {(each.body, each.meeting_date) for each in view.papers() if each.body}
    meetings = sorted((body, day) for body, day in met if day)
    entries = _spread([each.id for each in view.commitments()])
    return {
        "ask": ["/"],
        "answer": [f"/ask?{urlencode({'q': each})}" for each in _spread(questions)],
        "papers": ["/papers", *(f"/papers?{urlencode({'body': each})}" for each in bodies)],
        "body": [body_link(each) for each in _spread(bodies)],
        "meeting": [meeting_link(*each) for each in _spread(meetings)],
        "commitments": [f"/commitments?which={at + 1}" for at in range(REQUESTS)],
        "commitments on a matter": [
            f"/commitments?{urlencode({'topic': each})}" for each in TOPICS
        ],
        "commitment": [commitment_link(each) for each in entries],
        "briefings": ["/briefings"],
        "briefing": [briefing_link(topic=each) for each in TOPICS],
        "library": ["/library"],
        "help": ["/help"],
        "accessibility": ["/accessibility"],
    }


def _spread(things: Sequence) -> list:
    """Return REQUESTS of some things, evenly from the first to the last; all of fewer."""
    step = max(1, len(things) // REQUESTS)
    return list(things[::step][:REQUESTS])
