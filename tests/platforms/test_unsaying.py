"""What was sent is taken back or reworded, as far as each platform's stand-in lets us."""

from dataclasses import dataclass
from typing import Any

import orjson
import pytest

from bot.messages import Address, Button, Incoming, Reply, SendFailed, StaysShown
from bot.platforms.http import Answer
from bot.platforms.telegram import Telegram
from bot.platforms.telegram.receive.answering import Answering
from bot.platforms.telegram.send import Api
from bot.platforms.tencent import api as tencent
from bot.platforms.tencent.api import Tokens
from bot.platforms.wecom.send import REFUSALS, Sender
from sandbox import telegram, wecom
from sandbox.ids import userid
from sandbox.people import settle
from sandbox.values import Call, StandIn
from tests.platforms.doors import wecom_settings

NOON = 1_700_000_000.0
HELLO = Reply(text="周五三点开会", buttons=[Button(label="收到", tap="ack:1")])
ALICE = "1000"


@dataclass
class Wire:
    """To a stand-in, without a socket."""

    stand: StandIn
    now: float = NOON

    async def call(
        self, method: str, target: str, body: bytes = b"", *, type: str = "", within: float = 0
    ) -> Answer:
        headers = {"content-type": "application/json"}
        outcome = self.stand.call(Call(method, target, {}, headers, body), self.now)
        told = outcome.answer.body
        said = told if isinstance(told, bytes) else orjson.dumps(told)
        return Answer(outcome.answer.status, {}, said)

    async def post(self, path: str, payload: object, **query: str) -> Any:
        call = Call("POST", path, query, {}, orjson.dumps(payload))
        return self.stand.call(call, self.now).answer.body

    async def get(self, path: str, **query: str) -> Any:
        return self.stand.call(Call("GET", path, query), self.now).answer.body

    async def close(self) -> None: ...


@pytest.fixture
def bot() -> tuple[Telegram, telegram.Telegram, Wire]:
    stand = telegram.Telegram()
    stand.chats.meet(int(ALICE)).started = True

    async def nobody(_: Incoming) -> None: ...

    api = Api(stand.settings.token, "http://127.0.0.1:9")
    wire = Wire(stand)
    api._transport._server = wire
    return Telegram(Answering(nobody, api), webhook=None, polling=None), stand, wire


def on_phone(stand: telegram.Telegram) -> list[str]:
    return [each["text"] for each in stand.chats.meet(int(ALICE)).messages.values()]


async def test_telegram_deletes_every_part_once(
    bot: tuple[Telegram, telegram.Telegram, Wire],
) -> None:
    platform, stand, _ = bot
    receipt = await platform.send(
        Address("telegram", ALICE), Reply(text="今天开会。" * 1000), key=""
    )
    assert receipt == "1,2"

    for _ in range(2):  # nobody knew whether the first was heard
        await platform.unsay([ALICE], receipt, None)
    assert on_phone(stand) == []


async def test_telegram_rewords_and_keeps_the_buttons(
    bot: tuple[Telegram, telegram.Telegram, Wire],
) -> None:
    platform, stand, _ = bot
    receipt = await platform.send(Address("telegram", ALICE), HELLO, key="")

    for _ in range(2):
        await platform.unsay([ALICE], receipt, HELLO.model_copy(update={"text": "周六开会"}))
    assert on_phone(stand) == ["周六开会"]
    [message] = stand.chats.meet(int(ALICE)).messages.values()
    assert message["reply_markup"]["inline_keyboard"]


async def test_telegram_takes_nothing_back_after_two_days(
    bot: tuple[Telegram, telegram.Telegram, Wire],
) -> None:
    platform, stand, wire = bot
    receipt = await platform.send(Address("telegram", ALICE), HELLO, key="")
    wire.now += 48 * 3600 + 1

    with pytest.raises(StaysShown):
        await platform.unsay([ALICE], receipt, None)
    assert on_phone(stand) == [HELLO.text]


async def test_who_has_blocked_us_keeps_it(
    bot: tuple[Telegram, telegram.Telegram, Wire],
) -> None:
    platform, stand, _ = bot
    receipt = await platform.send(Address("telegram", ALICE), HELLO, key="")
    stand.chats.meet(int(ALICE)).blocked = True

    with pytest.raises(SendFailed) as failed:
        await platform.unsay([ALICE], receipt, HELLO.model_copy(update={"text": "周六"}))
    assert failed.value.permanent


async def test_wecom_recalls_for_a_day() -> None:
    stand = wecom.WeCom()
    settle([stand], 3)
    own = stand.settings
    sender = Sender(wecom_settings(corp_id=own.corp_id, agent_id=own.agent_id, secret=own.secret))
    wire: Any = Wire(stand)
    sender._calls, sender._api = wire, tencent.Api(wire, Tokens(sender._fetch_token), REFUSALS)
    people = [userid(n) for n in range(3)]

    missed, receipt = await sender.send_many(people, Reply(text="开会"), "k")
    assert (missed, bool(receipt)) == ({}, True)
    await sender.unsay(receipt)
    with pytest.raises(StaysShown):
        await sender.unsay(receipt)

    _, receipt = await sender.send_many(people, Reply(text="再开会"), "k2")
    wire.now += 24 * 3600 + 1
    with pytest.raises(StaysShown):
        await sender.unsay(receipt)
