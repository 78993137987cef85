"""The stand-ins on a port of this machine, and what the assistant has to be told to use them."""

import asyncio
import signal
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from granian.constants import Interfaces
from granian.server.embed import Server

from sandbox import telegram, wechat, wecom
from sandbox.clock import Clock
from sandbox.faults import Faults
from sandbox.people import name_on, settle
from sandbox.stage import Stage
from sandbox.transcript import Transcript
from sandbox.values import StandIn
from sandbox.web import Application

HOST = "127.0.0.1"


@dataclass(frozen=True)
class Plan:
    port: int = 8700
    speed: float = 1.0
    members: int = 100
    assistant: str = "http://127.0.0.1:8600"
    transcript: Path | None = None
    start: float | None = None
    """Seconds since 1970; None: now."""
    faults: Faults = field(default_factory=Faults)


def stands(assistant: str) -> Sequence[StandIn]:
    hooks = f"{assistant.rstrip('/')}/webhooks"
    return (
        wechat.WeChat(wechat.Settings(webhook=f"{hooks}/wechat")),
        wecom.WeCom(wecom.Settings(webhook=f"{hooks}/wecom")),
        telegram.Telegram(telegram.Settings(webhook=f"{hooks}/telegram", secret="sandbox")),  # noqa: S106
    )


def environment(base: str, via: str = "") -> Mapping[str, str]:
    """What to give the assistant. `via`: the name under which its calls are written down."""
    by = f"/~{via}" if via else ""
    oa, app, bot = wechat.Settings(), wecom.Settings(), telegram.Settings()
    return {
        "ZHIBU_WECHAT_APP_ID": oa.app_id,
        "ZHIBU_WECHAT_APP_SECRET": oa.secret,
        "ZHIBU_WECHAT_TOKEN": oa.token,
        "ZHIBU_WECHAT_AES_KEY": oa.aes_key,
        "ZHIBU_WECHAT_API_BASE": f"{base}/wechat{by}",
        "ZHIBU_WECOM_CORP_ID": app.corp_id,
        "ZHIBU_WECOM_AGENT_ID": str(app.agent_id),
        "ZHIBU_WECOM_SECRET": app.secret,
        "ZHIBU_WECOM_TOKEN": app.token,
        "ZHIBU_WECOM_AES_KEY": app.aes_key,
        "ZHIBU_WECOM_API_BASE": f"{base}/wecom{by}",
        "ZHIBU_TELEGRAM_TOKEN": bot.token,
        "ZHIBU_TELEGRAM_SECRET": "sandbox",
        "ZHIBU_TELEGRAM_API_BASE": f"{base}/telegram{by}",
    }


def somebody(base: str) -> str:
    """Where to speak for the first of the members."""
    return f"{base}/control/wechat/{name_on('wechat', 0)}"


async def serve(plan: Plan, ready: Callable[[Stage], None] = lambda stage: None) -> None:
    """Until it is told to stop by a signal."""
    clock = Clock(speed=plan.speed) if plan.start is None else Clock(plan.start, plan.speed)
    actors = stands(plan.assistant)
    settle(actors, plan.members)
    with Transcript(plan.transcript) as transcript:
        stage = Stage(actors, clock, transcript, plan.faults)
        server = Server(
            Application(stage), address=HOST, port=plan.port, interface=Interfaces.ASGI,
            websockets=False, log_enabled=False,
        )  # fmt: skip
        loop = asyncio.get_running_loop()
        for each in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(each, server.stop)
        ready(stage)
        try:
            await server.serve()
        except asyncio.CancelledError:
            pass
        finally:
            await stage.close()
