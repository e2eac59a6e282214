"""`matters serve`."""

from __future__ import annotations

import gc
from ipaddress import ip_address
from typing import Annotated

import typer

from api.cli.root import LibraryOption, app, start_of

GRACE_SECONDS = 10
"""How long requests under way may take to end when the server is stopped."""

SELDOM = 10_000
"""Values made between two searches for rings of them that nothing else holds; Python's 700 are made
many times in one answer, and its searches took a fifteenth of the time."""


def is_this_machine(host: str) -> bool:
    """Tell whether an address to listen on is reached from this machine alone."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


@app.command()
def serve(
    ctx: typer.Context,
    library: LibraryOption = None,
    host: Annotated[
        str | None,
        typer.Option(metavar="ADDRESS", help="Where to listen; else this machine only."),
    ] = None,
    port: Annotated[int | None, typer.Option(min=1, max=65535, help="Else 8000.")] = None,
) -> None:
    """Serve the page and the API; Ctrl+C stops."""
    import uvicorn

    from api.access.errors import NobodyYet
    from api.access.people import People
    from api.app import create_app
    from api.pacing import CONNECTIONS, Connection
    from api.recording import log_requests

    house = start_of(ctx).house(library=library, host=host, port=port)
    settings = house.settings
    known = settings.oidc_issuer or People(house.store).anyone()
    if not is_this_machine(settings.host) and not known:
        raise NobodyYet(settings.host)
    log_requests(settings.log)
    gc.set_threshold(SELDOM)
    served = create_app(house)
    served.state.easel.warm_up()
    uvicorn.run(
        served,
        host=settings.host,
        port=settings.port,
        http=Connection,
        ws="none",
        limit_concurrency=CONNECTIONS,
        # Questions stand in addresses, and a log of who asked what is nobody's business.
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=GRACE_SECONDS,
    )
