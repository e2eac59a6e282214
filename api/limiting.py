"""Keeps one caller from taking the service from the others, and all of them from drowning it."""

from __future__ import annotations

from math import ceil
from time import time

from fastapi import Request
from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.access.callers import address_of, caller_of
from api.access.errors import TooManyRequests, UnknownKey
from api.problems import problem, respond

FREE = ("/healthz", "/readyz", "/static/", "/metrics")
"""Addresses that cost nothing, and by which an operator sees how the service does."""

BUSY_SECONDS = 2
"""After which a caller who was turned away may try again: some questions are done by then."""


class FairShares:
    """Counts the requests of each caller within the last minute; a dependency of every route."""

    def __init__(self, per_minute: int) -> None:
        """Allow so many; 0 for any number."""
        self._limit = RateLimitItemPerMinute(per_minute) if per_minute else None
        self._window = MovingWindowRateLimiter(MemoryStorage())

    def __call__(self, request: Request) -> None:
        """Count a request.

        Raises:
            TooManyRequests: its caller has sent as many as may be.
        """
        if self._limit is None or not _costs(request.scope):
            return
        caller = _name(request)
        if not self._window.hit(self._limit, caller):
            reset = self._window.get_window_stats(self._limit, caller).reset_time
            raise TooManyRequests(max(1, ceil(reset - time())))


class BoundedCrowd:
    """Refuses requests while as many are being answered as the machine bears."""

    def __init__(self, app: ASGIApp, most_at_once: int) -> None:
        """Stand around app."""
        self._app = app
        self._most = most_at_once
        self._here = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if not _costs(scope):
            await self._app(scope, receive, send)
            return
        if self._here >= self._most:
            full = problem(503, "Too many are asking just now: try again in a moment.")
            response = respond(Request(scope), full, {"Retry-After": str(BUSY_SECONDS)})
            await response(scope, receive, send)
            return
        whole = False

        async def receive_outside() -> Message:
            # Whoever has not sent all of it yet keeps nobody out.
            nonlocal whole
            if whole:
                return await receive()
            self._here -= 1
            try:
                message = await receive()
            finally:
                self._here += 1
            whole = not message.get("more_body", False)
            return message

        async def send_outside(message: Message) -> None:
            # Nor whoever takes the answer slowly.
            self._here -= 1
            try:
                await send(message)
            finally:
                self._here += 1

        self._here += 1  # one event loop: nothing comes between
        try:
            await self._app(scope, receive_outside, send_outside)
        finally:
            self._here -= 1


def _costs(scope: Scope) -> bool:
    return scope["type"] == "http" and not scope["path"].startswith(FREE)


def _name(request: Request) -> str:
    """Return who is counted: an account, a key, or an address, for which wrong keys count too."""
    address = address_of(request)
    try:
        caller = caller_of(request)
    except UnknownKey:
        return f"address {address}"
    return f"caller {caller.name}" if caller.known else f"address {address}"
