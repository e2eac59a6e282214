"""What stands around every request: a limit on its body, and headers that keep browsers careful."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

PAGE_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""Pages of ours need our own style sheet, script and pictures, and nothing written into them; the
script asks how far papers are read in."""

HEADERS = {
    "Content-Security-Policy": PAGE_POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    # Questions stand in the page's address: no other site is to learn it, no cache to keep it.
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
"""Set unless the response has its own: an original paper has a policy and caching of its own."""


DAY = 24 * 60 * 60


class CarefulHeaders:
    """Adds HEADERS to every response that does not set them itself."""

    def __init__(self, app: ASGIApp, https_days: int = 0) -> None:
        """Stand around app; browsers are to come by https alone for so many days."""
        self._app = app
        self._more = (
            {"Strict-Transport-Security": f"max-age={https_days * DAY}"} if https_days else {}
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and add to its response."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in (HEADERS | self._more).items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, send_with_headers)


class SmallBodies:
    """Refuses a request body above a limit, whether or not it owns up to its length."""

    def __init__(
        self, app: ASGIApp, most_bytes: int, larger: Mapping[str, int] | None = None
    ) -> None:
        """Stand around app; larger: other limits, by the address that takes as much."""
        self._app = app
        self._most_bytes = most_bytes
        self._larger = larger or {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, counting its body as it comes."""
        taken = 0
        most = self._larger.get(scope.get("path", ""), self._most_bytes)

        async def receive_counted() -> Message:
            nonlocal taken
            message = await receive()
            if message["type"] == "http.request":
                taken += len(message.get("body", b""))
                if taken > most:
                    # Closed, or the rest of the body would be waited for.
                    raise HTTPException(
                        413,
                        f"A request holds {most:,} bytes at most.",
                        {"Connection": "close"},
                    )
            return message

        await self._app(scope, receive_counted, send)
