"""What an operator's tools ask: alive, ready, and how much."""

import asyncio
from collections.abc import Mapping

from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, generate_latest
from sqlalchemy import text as sql
from sqlalchemy.exc import DBAPIError

from bot.webhooks import Request, Response, Webhook
from storage import migrating
from storage.database import Database


def webhooks(database: Database) -> Mapping[str, Webhook]:
    async def alive(_: Request) -> Response:
        return Response(200, b"ok")

    async def ready(_: Request) -> Response:
        """503 while the database cannot be reached, or has another shape than we expect."""
        trouble = await asyncio.to_thread(_trouble, database)
        return Response(503, trouble.encode()) if trouble else Response(200, b"ready")

    async def metrics(_: Request) -> Response:
        return Response(200, generate_latest(REGISTRY), CONTENT_TYPE_LATEST.encode())

    return {"/healthz": alive, "/readyz": ready, "/metrics": metrics}


def _trouble(database: Database) -> str:
    try:
        with database.readers.connect() as connection:
            connection.execute(sql("SELECT 1"))
            shape = migrating.state(connection)
    except DBAPIError as error:
        return f"database: {type(error.orig).__name__}"
    return "" if shape == "current" else f"database: {shape}"
