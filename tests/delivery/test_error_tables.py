"""Every answer that a platform is known to give, and what follows from it: for the letter, for its
reader's account, for the lane. By the tables of FACTS.md, code by code."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import orjson
import pytest

from bot.clock import HOME
from bot.messages import Address, Incoming, Reply, SendFailed
from bot.platforms import telegram, wechat, wecom
from bot.platforms.http import Answer
from bot.platforms.telegram import Telegram
from bot.platforms.telegram.receive.answering import Answering
from bot.platforms.telegram.send import Api as BotApi
from bot.platforms.tencent.api import Api, Tokens
from bot.platforms.wechat.send import Sender as OfficialAccount
from bot.platforms.wechat.templates import Template
from bot.platforms.wecom.send import REFUSALS, Sender
from scheduler.delivery import speaking
from scheduler.delivery.rules.after import (
    BREAKER_AT,
    Again,
    End,
    History,
    OtherWay,
    Outcome,
    Sent,
    after,
    lane_after,
)
from storage.lanes import Limits
from tests.platforms.doors import wechat_settings, wecom_settings

HELLO = Reply(text="开会")
DUE = datetime(2026, 11, 23, 9, tzinfo=HOME)
FRESH = History(doubts=0, tries=0, pinned=False, buttons=False)

BREAKER = "not sent; the lane rests after three of them"
OTHER_WAY = "this account takes nothing any more; the next one"
WINDOW = "this way is shut; the next one"
TOKEN = "a new token, and sent"
REFUSED = "tried five times, then given up with its reason"
DOUBT = "said once more, marked"


def waits(seconds: int) -> str:
    return f"not sent; the lane waits {seconds} s"


OA = {
    -1: BREAKER,
    40001: TOKEN,
    40014: TOKEN,
    42001: TOKEN,
    41001: BREAKER,
    40003: OTHER_WAY,
    40013: BREAKER,
    40031: OTHER_WAY,
    40033: REFUSED,
    40125: BREAKER,
    40164: BREAKER,
    40200: REFUSED,
    43004: OTHER_WAY,
    43019: OTHER_WAY,
    44002: REFUSED,
    44004: REFUSED,
    45002: REFUSED,
    45009: waits(3600),
    45011: waits(60),
    45015: WINDOW,
    45047: WINDOW,
    45072: waits(60),
    46004: OTHER_WAY,
    47001: REFUSED,
    48001: BREAKER,
    48002: OTHER_WAY,
    48004: BREAKER,
    48008: BREAKER,
    50002: BREAKER,
    50005: OTHER_WAY,
}
TEMPLATES = {
    -1: BREAKER,
    40001: TOKEN,
    42001: TOKEN,
    40003: OTHER_WAY,
    40037: WINDOW,
    43004: OTHER_WAY,
    43101: WINDOW,
    45009: waits(3600),
    45011: waits(60),
    47003: WINDOW,
    48001: WINDOW,
    48004: BREAKER,
}
WECOM = {
    -1: BREAKER,
    40001: TOKEN,
    40014: TOKEN,
    42001: TOKEN,
    41001: BREAKER,
    40003: OTHER_WAY,
    40008: REFUSED,
    40013: BREAKER,
    40031: OTHER_WAY,
    40056: BREAKER,
    40058: REFUSED,
    41011: BREAKER,
    44004: REFUSED,
    45002: REFUSED,
    45009: waits(60),
    45033: BREAKER,
    46004: OTHER_WAY,
    48002: BREAKER,
    50002: OTHER_WAY,
    50003: BREAKER,
    60011: OTHER_WAY,
    60020: BREAKER,
    60111: OTHER_WAY,
    81013: OTHER_WAY,
    82001: OTHER_WAY,
    82002: REFUSED,
    82003: REFUSED,
    301002: BREAKER,
}
BOT = {
    (429, "Too Many Requests: retry after 30"): waits(30),
    (401, "Unauthorized"): BREAKER,
    (404, "Not Found"): BREAKER,
    (403, "Forbidden: bot was blocked by the user"): OTHER_WAY,
    (403, "Forbidden: user is deactivated"): OTHER_WAY,
    (403, "Forbidden: bot was kicked from the group chat"): OTHER_WAY,
    (403, "Forbidden: bot was kicked from the supergroup chat"): OTHER_WAY,
    (403, "Forbidden: bot is not a member of the channel chat"): OTHER_WAY,
    (403, "Forbidden: bot can't initiate conversation with a user"): OTHER_WAY,
    (403, "Forbidden: something that nobody has seen"): REFUSED,
    (400, "Bad Request: chat not found"): OTHER_WAY,
    (400, "Bad Request: message text is empty"): REFUSED,
    (400, "Bad Request: BUTTON_DATA_INVALID"): REFUSED,
    (400, "Bad Request: can't parse entities: unexpected end"): REFUSED,
    (400, "Bad Request: message is too long"): REFUSED,
    (409, "Conflict: terminated by other getUpdates request"): BREAKER,
    (500, "Internal Server Error"): BREAKER,
    (502, "Bad Gateway"): BREAKER,
    (502, ""): DOUBT,
    (200, ""): DOUBT,
}


@dataclass
class Codes:
    """What the server answers, in this order; then it is content."""

    left: list[int]
    tokens: int = 0
    sends: int = 0

    async def post(self, path: str, payload: object, **query: str) -> Any:
        if path.endswith("stable_token"):
            return await self.get("/cgi-bin/gettoken")
        self.sends += 1
        return {"errcode": self.left.pop(0) if self.left else 0, "errmsg": "-", "msgid": "m"}

    async def get(self, path: str, **query: str) -> Any:
        self.tokens += 1
        return {"access_token": f"T{self.tokens}", "expires_in": 7200, "errcode": 0}


def follows(outcome: Outcome, limits: Limits, tokens: int = 1) -> str:
    """In the words of the tables."""
    lane = lane_after([outcome], BREAKER_AT - 1, 0.5)
    match after(outcome, FRESH, limits, 0.5):
        case End() if isinstance(outcome, Sent):
            return TOKEN if tokens == 2 else "sent"
        case OtherWay():
            assert not lane.pause
            return WINDOW if type(outcome).__name__ == "Shut" else OTHER_WAY
        case Again(tries=1):
            assert not lane.pause
            return REFUSED
        case Again(doubts=1):
            return DOUBT
        case Again(wait):
            at_once = lane_after([outcome], 0, 0.5).pause
            assert lane.pause
            return waits(int(wait.total_seconds())) if at_once else BREAKER
        case End():
            raise AssertionError(outcome)


async def spoken(call: Any) -> Outcome:
    """As delivery understands it."""
    try:
        failures = await call
    except SendFailed as failure:
        return speaking.outcome_of(failure)
    if isinstance(failures, tuple) and isinstance(failures[0], dict) and failures[0]:
        return speaking.outcome_of(next(iter(failures[0].values())))
    return Sent()


@pytest.mark.parametrize(("code", "expected"), OA.items())
async def test_the_official_account(code: int, expected: str) -> None:
    sender, server = OfficialAccount(wechat_settings()), Codes([code])
    sender._calls = server  # type: ignore[assignment]
    sender._use(Tokens(sender._fetch_token))

    outcome = await spoken(sender.send("o1", HELLO))
    assert follows(outcome, wechat.LIMITS, server.tokens) == expected
    assert server.sends == 1 + (expected is TOKEN)


@pytest.mark.parametrize(("code", "expected"), TEMPLATES.items())
async def test_a_template_of_it(code: int, expected: str) -> None:
    templates = {"*": Template(id="T", fields={"thing1": "{text}"})}
    sender, server = OfficialAccount(wechat_settings(templates=templates)), Codes([code])
    sender._calls = server  # type: ignore[assignment]
    sender._use(Tokens(sender._fetch_token))
    assert sender.by_template

    to = Address("wechat_template", "o1")
    call = sender.by_template.send_kind(to, HELLO, kind="notice", due=DUE, key="k")
    assert follows(await spoken(call), Limits(per_second=30), server.tokens) == expected


@pytest.mark.parametrize(("code", "expected"), WECOM.items())
async def test_what_follows_from_each_code_of_wecom(code: int, expected: str) -> None:
    sender, server = Sender(wecom_settings()), Codes([code])
    calls: Any = server
    sender._calls, sender._api = calls, Api(calls, Tokens(sender._fetch_token), REFUSALS)

    outcome = await spoken(sender.send_many(["M1"], HELLO, "k"))
    assert follows(outcome, wecom.LIMITS, server.tokens) == expected


@dataclass
class BotServer:
    status: int
    said: str
    calls: list[str] = field(default_factory=list)

    async def call(self, method: str, target: str, body: bytes = b"", **_: object) -> Answer:
        self.calls.append(target)
        told: dict[str, Any] = {"ok": False, "error_code": self.status, "description": self.said}
        if self.status == 429:
            told["parameters"] = {"retry_after": 30}
        return Answer(self.status, {}, orjson.dumps(told) if self.said else b"<html>")

    async def close(self) -> None: ...


@pytest.mark.parametrize(("told", "expected"), BOT.items())
async def test_the_bot_api(told: tuple[int, str], expected: str) -> None:
    async def nobody(_: Incoming) -> None: ...

    api, server = BotApi("1:x", "http://127.0.0.1:9"), BotServer(*told)
    api._transport._server = server
    bot = Telegram(Answering(nobody, api), webhook=None, polling=None)

    outcome = await spoken(bot.send(Address("telegram", "1000"), HELLO, key="k"))
    assert follows(outcome, telegram.LIMITS) == expected
    assert len(server.calls) == 1
