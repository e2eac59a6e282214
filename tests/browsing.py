"""A real browser and a real server, for tests and screenshots of the pages."""

from __future__ import annotations

import shutil
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from playwright.sync_api import Browser, sync_playwright

from api.app import create_app
from api.wiring import House

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
"""The system's own; None where there is none."""

START_SECONDS = 30

PATIENCE = 15_000
"""Milliseconds for anything on a page to come; most is there at once."""


@contextmanager
def browser() -> Iterator[Browser]:
    """Lend a browser without a window."""
    with sync_playwright() as playwright:
        # Its sandbox needs rights that a build's container seldom has; it opens our pages alone.
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        try:
            yield started
        finally:
            started.close()


@contextmanager
def serving(house: House) -> Iterator[str]:
    """Serve a house on a free port of this machine; give its address."""
    house.embedder()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(create_app(house), port=port, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    deadline = time.monotonic() + START_SECONDS
    while not server.started:
        if time.monotonic() > deadline:
            raise TimeoutError(f"the server had not started after {START_SECONDS} s")
        time.sleep(0.02)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(timeout=START_SECONDS)
