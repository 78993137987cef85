"""An official account of WeChat, without a wire: its stand-in answers, and tells us things."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import orjson
import pytest

from bot.messages import Incoming, Reply, SendFailed
from bot.platforms import wechat
from bot.platforms.tencent.api import Tokens
from bot.webhooks import Request
from sandbox.values import Call, Shown, Told
from sandbox.wechat import WeChat as OfficialAccount
from storage import lanes
from tests.delivery.conftest import PostOffice, only

ID = "wechat-王芳"
NOTICE = {"id": "T1", "fields": {"thing1": "{text}", "thing2": "{text}", "time3": "{time}"}}


@dataclass
class Calls:
    """The stand-in's answers, without a wire."""

    account: OfficialAccount
    now: datetime
    made: list[str] = field(default_factory=list)
    shown: list[str] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)
    """What WeChat will tell us of it."""
    answer_is_lost: bool = False
    meanwhile: Callable[[], Awaitable[None]] | None = None
    """What happens before we know that it is."""

    async def post(self, path: str, payload: object, **query: str) -> Any:
        if "message/" in path:
            self.made.append(path.rpartition("message/")[2])
        call = Call("POST", path, query, {}, orjson.dumps(payload))
        outcome = self.account.call(call, self.now.timestamp())
        self.shown += [each.words for each in outcome.effects if isinstance(each, Shown)]
        self.told += [each for each in outcome.effects if isinstance(each, Told)]
        if "message/" in path and self.answer_is_lost:
            if self.meanwhile:
                await self.meanwhile()
            raise SendFailed("no answer", uncertain=True)
        return outcome.answer.body


def connected(
    office: PostOffice, patch: pytest.MonkeyPatch, templates: dict[str, Any]
) -> OfficialAccount:
    """An official account with these templates; 王芳 follows it, and has said nothing lately."""
    account = OfficialAccount()
    account.act(ID, {"do": "follow"}, office.world.now.timestamp() - 3600)
    settings = account.settings
    given = {"APP_ID": settings.app_id, "APP_SECRET": settings.secret, "TOKEN": settings.token}
    given |= {"AES_KEY": settings.aes_key, "TEMPLATES": json.dumps(templates)}
    for name, value in given.items():
        patch.setenv(f"ZHIBU_WECHAT_{name}", value)
    patch.setattr(lanes, "LIMITS", dict(lanes.LIMITS))

    async def ask(incoming: Incoming) -> Reply:
        with office.database.unit_of_work() as db:
            return office.world.dispatcher.answer_all(db, [incoming])[0]

    platform = wechat.connect(ask, now=lambda: office.world.now)
    assert platform is not None
    office.calls = Calls(account, office.world.now)  # type: ignore[attr-defined]
    platform._sender._calls = office.calls  # type: ignore[attr-defined]
    platform._sender._use(Tokens(platform._sender._fetch_token))
    office.platforms |= {"wechat": platform, **platform.other_ways()}
    only(office, "王芳", "wechat")
    return account


def calls(office: PostOffice) -> Calls:
    found: Calls = office.calls  # type: ignore[attr-defined]
    return found


def tells(office: PostOffice, *told: Told) -> None:
    asyncio.run(tell(office, *told))


async def tell(office: PostOffice, *told: Told) -> None:
    """Through our door; whatever it was, nothing is said to it."""
    for each in told:
        call = calls(office).account.visits.visit(each, office.world.now.timestamp())
        visit = Request(call.method, "/webhooks/wechat", call.query, call.headers, call.body)
        assert (await office.platforms["wechat"]._visit(visit)).body == b"success"
