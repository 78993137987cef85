"""What an operator's tools ask: alive, ready, and how much."""

import asyncio
from collections.abc import Iterator, Mapping

from prometheus_client import (
    CONTENT_TYPE_LATEST,
    REGISTRY,
    CollectorRegistry,
    Gauge,
    generate_latest,
)
from sqlalchemy import text as sql
from sqlalchemy.exc import SQLAlchemyError

from bot import clock
from bot.webhooks import Request, Response, Webhook
from storage import backlog, migrating
from storage.backlog import Backlog
from storage.database import Database


def webhooks(database: Database) -> Mapping[str, Webhook]:
    async def alive(_: Request) -> Response:
        return Response(200, b"ok")

    async def ready(_: Request) -> Response:
        """503 while the database cannot be reached, or has another shape than we expect."""
        trouble = await asyncio.to_thread(_trouble, database)
        if trouble:
            return Response(503, trouble.encode())
        queue = await asyncio.to_thread(_backlog, database)
        return Response(200, "\n".join(["ready", *said(queue)]).encode())

    async def metrics(_: Request) -> Response:
        queue = await asyncio.to_thread(_backlog, database)
        measured = generate_latest(REGISTRY) + generate_latest(gauges(queue))
        return Response(200, measured, CONTENT_TYPE_LATEST.encode())

    return {"/healthz": alive, "/readyz": ready, "/metrics": metrics}


def _backlog(database: Database) -> Backlog:
    with database.reading() as db:
        return backlog.look(db, clock.now())


def said(queue: Backlog) -> Iterator[str]:
    """Letters that wait are no reason to send nobody here any more."""
    if queue.waiting:
        oldest = queue.oldest.total_seconds()
        yield f"letters: {queue.waiting} waiting, the oldest for {oldest:.0f} s"
    for lane in queue.paused:
        yield f"lane {lane.name}: paused until {lane.paused_until:%H:%M:%S}, {lane.why}"


def gauges(queue: Backlog) -> CollectorRegistry:
    registry = CollectorRegistry()
    waiting = Gauge("zhibu_letters_waiting", "due, and not yet sent", registry=registry)
    waiting.set(queue.waiting)
    oldest = Gauge("zhibu_letters_oldest_seconds", "of those, the oldest", registry=registry)
    oldest.set(queue.oldest.total_seconds())
    paused = Gauge("zhibu_lane_paused", "platform accounts at rest", ["lane"], registry=registry)
    for lane in queue.paused:
        paused.labels(lane.name).set(1)
    return registry


def _trouble(database: Database) -> str:
    try:
        with database.readers.connect() as connection:
            connection.execute(sql("SELECT 1"))
            shape = migrating.state(connection)
    except SQLAlchemyError as error:  # the last one: all connections are in use
        return f"database: {type(getattr(error, 'orig', error)).__name__}"
    return "" if shape == "current" else f"database: {shape}"
