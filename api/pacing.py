"""Limits of time: for a caller who sends or takes slowly, and for an answer that does not come.

A caller who is slow on purpose would otherwise hold a place for as long as they like.
"""

from __future__ import annotations

import asyncio
import time
from typing import Any

from fastapi import Request
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

from api.problems import problem, respond

BODY_SECONDS, BODY_RATE = 20.0, 5_000
"""A request's body has so many seconds, and one more for so many bytes that came: nobody's line is
as slow as that."""

TAKING_SECONDS = 30.0
"""In which a caller must take the next piece of an answer; one is 64 KiB at most."""

LOOK_SECONDS = 10.0
"""How often a connection is looked at; one on which nothing moves from one look to the next is
closed."""

CONNECTIONS = 500
"""At a time; more are refused. A process has 1,024 files open at most on many machines."""


class InTime:
    """Ends a request whose body does not come, whose answer does not, or is not taken."""

    def __init__(self, app: ASGIApp, answer_seconds: float) -> None:
        """Stand around app, which has so many seconds to begin an answer."""
        self._app = app
        self._seconds = answer_seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and answer it with 503 where that takes too long."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        line = _Line(receive, send)
        work = asyncio.ensure_future(self._app(scope, line.receive, line.send))
        try:
            while not (work.done() or line.answered):
                left = self._seconds - line.worked()
                if left <= 0:
                    line.late = True
                    late = problem(503, f"This took longer than {self._seconds:g} seconds.")
                    await respond(Request(scope), late)(scope, receive, send)
                    break
                await asyncio.wait({work}, timeout=left)
            # A thread can't be ended: until it has done its work its place is taken.
            await work
        except _NotTaken:
            return  # uvicorn closes the connection of an answer that is not whole
        finally:
            work.cancel()


class _NotTaken(Exception):
    """The caller does not take the answer."""


class _Line:
    """What goes between one caller and us, and how long it was waited for."""

    def __init__(self, receive: Receive, send: Send) -> None:
        self._receive, self._send = receive, send
        self._began = time.monotonic()
        self._waited = 0.0
        self._waiting_since: float | None = None
        self._taken = 0
        self._whole = False
        self.answered = False
        self.late = False

    def worked(self) -> float:
        """Return the seconds since the request came in which nobody waited for its body."""
        now = time.monotonic()
        waiting = now - self._waiting_since if self._waiting_since is not None else 0.0
        return now - self._began - self._waited - waiting

    async def receive(self) -> Message:
        """Return what comes next, while it comes in time."""
        if self._whole:
            return await self._receive()
        self._waiting_since = time.monotonic()
        left = self._began + BODY_SECONDS + self._taken / BODY_RATE - self._waiting_since
        try:
            async with asyncio.timeout(left):
                message = await self._receive()
        except TimeoutError:
            self._whole = True
            raise HTTPException(
                408, "The request did not come in time.", {"Connection": "close"}
            ) from None
        finally:
            self._waited += time.monotonic() - self._waiting_since
            self._waiting_since = None
        self._taken += len(message.get("body", b""))
        self._whole = not message.get("more_body", False)
        return message

    async def send(self, message: Message) -> None:
        """Send a piece of the answer, while the caller takes it; nothing after a late one."""
        if self.late:
            return
        self.answered = True
        try:
            async with asyncio.timeout(TAKING_SECONDS):
                await self._send(message)
        except TimeoutError:
            raise _NotTaken from None


class Connection(H11Protocol):
    """A connection that is closed when nothing moves on it: no request comes, no answer goes."""

    look_seconds = LOOK_SECONDS

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to look at it."""
        super().connection_made(transport)
        self._seen = self._state()
        self._next = self.loop.call_later(self.look_seconds, self._look)

    def connection_lost(self, exc: Exception | None) -> None:
        """Look no more."""
        self._next.cancel()
        super().connection_lost(exc)

    def _look(self) -> None:
        before, self._seen = self._seen, self._state()
        cycle, idle, unsent = self._seen
        if idle and before[1] and cycle is before[0] and unsent >= before[2]:
            self.transport.abort()
            return
        self._next = self.loop.call_later(self.look_seconds, self._look)

    def _state(self) -> tuple[Any, bool, int]:
        """Return the last request, whether nothing is being done, and how much waits to go."""
        idle = self.cycle is None or self.cycle.response_complete or self.transport.is_closing()
        return self.cycle, idle, self.transport.get_write_buffer_size()
