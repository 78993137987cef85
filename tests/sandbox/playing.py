"""Stand-ins on a stage, in process or on loopback, and people on it."""

import asyncio
import socket
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from typing import Any

import httpx
import orjson
from granian.constants import Interfaces
from granian.server.embed import Server

from sandbox.clock import Clock
from sandbox.faults import Faults
from sandbox.stage import Stage
from sandbox.telegram import Telegram
from sandbox.transcript import Line, Transcript
from sandbox.values import Answer, Call, Json, Outcome, Shown, StandIn
from sandbox.web import Application
from sandbox.wechat import WeChat
from sandbox.wecom import WeCom

NOON = 1_795_320_000.0
"""2026-11-22, 12:00 in China."""


def post(stand: StandIn, path: str, asked: object, now: float = NOON, **query: Any) -> Outcome:
    content = orjson.dumps(asked)
    headers = {"content-type": "application/json"}
    return stand.call(Call("POST", path, query, headers, content), now)


def said(outcome: Outcome) -> Json:
    assert isinstance(outcome.answer.body, dict)
    return outcome.answer.body


def shown(outcome: Outcome) -> list[tuple[str, str]]:
    return [(each.user, each.words) for each in outcome.effects if isinstance(each, Shown)]


def a_token(stand: WeChat | WeCom, now: float = NOON) -> str:
    if isinstance(stand, WeCom):
        who = {"corpid": stand.settings.corp_id, "corpsecret": stand.settings.secret}
        return str(said(stand.call(Call("GET", "/cgi-bin/gettoken", who), now))["access_token"])
    who = {"grant_type": "client_credential", "appid": stand.settings.app_id}
    outcome = post(stand, "/cgi-bin/stable_token", who | {"secret": stand.settings.secret}, now)
    return str(said(outcome)["access_token"])


class Phone(httpx.AsyncBaseTransport):
    """The assistant's end of visits: answers as the test says, and keeps what came."""

    def __init__(self, *answers: Answer | None) -> None:
        self.answers = list(answers)
        self.visits: list[httpx.Request] = []

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.visits.append(request)
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if answer is None:
            await asyncio.sleep(10_000)
            raise AssertionError("nobody waits so long")
        content = answer.body if isinstance(answer.body, bytes) else orjson.dumps(answer.body)
        return httpx.Response(answer.status, headers=dict(answer.headers), content=content)


def stage_of(
    *stands: StandIn, to: httpx.AsyncBaseTransport | None = None, faults: Faults | None = None
) -> Stage:
    """Must be called inside the loop."""
    client = httpx.AsyncClient(transport=to or Phone(Answer(200, b"")), timeout=None)
    return Stage(stands, Clock(NOON), Transcript(), faults, client)


def lines(stage: Stage, what: str) -> Sequence[Line]:
    return [line for line in stage.transcript.lines if line["what"] == what]


def telegram_call(bot: Telegram, method: str, now: float = NOON, **asked: Any) -> Outcome:
    return post(bot, f"/bot{bot.settings.token}/{method}", asked, now)


@asynccontextmanager
async def on_loopback(stage: Stage) -> AsyncIterator[str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = Server(
        Application(stage), address="127.0.0.1", port=port, interface=Interfaces.ASGI,
        websockets=False, log_enabled=False,
    )  # fmt: skip
    serving = asyncio.ensure_future(server.serve())
    while not serving.done():
        with suppress(OSError):
            _, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.close()
            break
        await asyncio.sleep(0)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.stop()  # type: ignore[no-untyped-call]
        with suppress(asyncio.CancelledError):
            await serving
        await stage.close()
