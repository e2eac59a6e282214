"""Refuses a request whose length is told in two ways.

A proxy in front may have believed the other one, and taken for the body of one caller's request
what is the next caller's here (RFC 9112, section 6.3).
"""

from __future__ import annotations

from fastapi import Request
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from api.problems import problem, respond


class OneLength:
    """Lets through requests whose length is told once, and closes the connection of others."""

    def __init__(self, app: ASGIApp) -> None:
        """Stand around app."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] == "http" and {"content-length", "transfer-encoding"} <= {
            *Headers(scope=scope).keys()
        }:
            twice = problem(400, "The request tells its length in two ways.")
            response = respond(Request(scope), twice, {"Connection": "close"})
            await response(scope, receive, send)
            return
        await self._app(scope, receive, send)
