"""How the service does: a line and a count for each request, without what was asked.

A line names the kind of address ("/v1/papers/{paper}"), never the paper, the question or who asked.
"""

from __future__ import annotations

import json
import logging
import secrets
import time
from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from fastapi import APIRouter, Request, Response
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
)
from prometheus_client import generate_latest as told
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.access.callers import needs
from api.access.roles import Role
from api.routes.parts import TheDoorstep
from search.access import Access
from search.errors import SearchError
from search.holdings import Status

if TYPE_CHECKING:
    from search.explaining import Times

LOG = logging.getLogger("matters.requests")

ID = "X-Request-Id"
"""The header that names a request, in the response and in the log."""

NO_ROUTE = "none"
"""Where a request matched no address of ours: its own may be anything, and is not kept."""

METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
"""Any other is counted as OTHER: callers may make up any number, and each count is kept."""

OTHER = "other"

STAGE_SECONDS = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0)
"""Where stages of an answer are told apart: most take some milliseconds."""

router = APIRouter(include_in_schema=False)


class Figures:
    """What is counted, since the server began, and what is held now."""

    def __init__(self) -> None:
        """Begin at nothing."""
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        self._held = {
            name: Gauge(f"matters_{name}", told, registry=self.registry)
            for name, told in (
                ("papers", "Papers held, exempt ones too."),
                ("passages", "Passages held."),
                ("failures", "Files that could not be read."),
            )
        }
        self._requests = Counter(
            "matters_requests", "Requests.", ["method", "route", "status"], registry=self.registry
        )
        self._seconds = Histogram(
            "matters_request_seconds", "How long they took.", ["route"], registry=self.registry
        )
        self._stages = Histogram(
            "matters_stage_seconds",
            "How long the stages of an answer took.",
            ["stage"],
            buckets=STAGE_SECONDS,
            registry=self.registry,
        )

    def count(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count one request."""
        self._requests.labels(method, route, str(status)).inc()
        self._seconds.labels(route).observe(seconds)

    def time_stages(self, times: Times) -> None:
        """Count the stages of one answer."""
        for stage, milliseconds in times:
            self._stages.labels(stage).observe(milliseconds / 1000)

    def tell(self, held: Status) -> None:
        """Take what the library holds now."""
        for name, gauge in self._held.items():
            gauge.set(getattr(held, name))


class Recorded:
    """Names, counts and logs every request."""

    def __init__(self, app: ASGIApp, figures: Figures) -> None:
        """Stand around app."""
        self._app = app
        self._figures = figures

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and note what became of it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began, name, status = time.perf_counter(), secrets.token_hex(8), 500

        async def send_named(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)[ID] = name
            await send(message)

        try:
            await self._app(scope, receive, send_named)
        finally:
            seconds = time.perf_counter() - began
            method = scope["method"] if scope["method"] in METHODS else OTHER
            route = getattr(scope.get("route"), "path", NO_ROUTE)
            self._figures.count(method, route, status, seconds)
            LOG.info(
                "%s %s %s %.0f ms",
                method,
                route,
                status,
                1000 * seconds,
                extra={
                    "request": name,
                    "method": method,
                    "route": route,
                    "status": status,
                    "milliseconds": round(1000 * seconds, 1),
                },
            )


class AsJson(logging.Formatter):
    """Writes a line of the log as JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        names = ("request", "method", "route", "status", "milliseconds")
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        return json.dumps({"at": at, **{name: getattr(record, name, None) for name in names}})


def log_requests(form: str) -> None:
    """Have each request logged on standard error: "plain", "json" or "none"."""
    LOG.handlers.clear()
    if form == "none":
        return
    handler = logging.StreamHandler()
    handler.setFormatter(AsJson() if form == "json" else logging.Formatter("%(message)s"))
    LOG.addHandler(handler)
    LOG.setLevel(logging.INFO)
    LOG.propagate = False


@router.get("/metrics", dependencies=[needs(Role.ADMINISTRATOR)])
def figures(request: Request, house: TheDoorstep) -> Response:
    """Give the counts as Prometheus reads them, to administrators, whatever the library does."""
    counted: Figures = request.app.state.figures
    with suppress(SearchError), house.opened_for(Access.EXEMPT).view() as view:
        counted.tell(view.status())
    return Response(told(counted.registry), media_type=CONTENT_TYPE_LATEST)
