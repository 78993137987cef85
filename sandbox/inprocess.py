"""Without sockets: whatever opens an httpx client here talks to the application instead."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx


@contextmanager
def talking_to(app: Any) -> Iterator[None]:
    """Clients that are made within this block call `app`, wherever their address points, but for
    those that were given a transport."""
    transport = httpx.ASGITransport(app=app)
    usual = httpx.AsyncClient._init_transport

    def ours(self: httpx.AsyncClient, *args: Any, **kwargs: Any) -> httpx.AsyncBaseTransport:
        chosen = kwargs.get("transport")
        return chosen if isinstance(chosen, httpx.AsyncBaseTransport) else transport

    httpx.AsyncClient._init_transport = ours  # type: ignore[method-assign]
    try:
        yield
    finally:
        httpx.AsyncClient._init_transport = usual  # type: ignore[method-assign]
