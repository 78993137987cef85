"""The stand-ins are believed by programs that we did not write: clients drive them unmodified, and
receivers accept what they push."""

import asyncio
import subprocess
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import orjson
import pytest
import telegram
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramForbiddenError, TelegramRetryAfter
from telegram.error import BadRequest, Forbidden, RetryAfter
from telegram.request import HTTPXRequest
from wechatpy.client import WeChatClient
from wechatpy.exceptions import WeChatClientException
from wechatpy.work import WeChatClient as WorkClient
from werobot import WeRoBot

from sandbox import text
from sandbox.ids import openid, telegram_id, userid
from sandbox.people import settle
from sandbox.stage import Stage
from sandbox.telegram import Telegram
from sandbox.web import Application
from sandbox.wechat import Settings, WeChat
from sandbox.wecom import Settings as App
from sandbox.wecom import WeCom
from tests.npm import node_with
from tests.sandbox.playing import lines, on_loopback, stage_of

ONE = openid(0)


@dataclass
class Town:
    stage: Stage
    url: str
    oa: WeChat
    app: WeCom
    bot: Telegram


@pytest.fixture
async def town() -> AsyncIterator[Town]:
    oa, app, bot = WeChat(), WeCom(), Telegram()
    settle([oa, app, bot], 3)
    stage = stage_of(oa, app, bot)
    async with on_loopback(stage) as url:
        yield Town(stage, url, oa, app, bot)


# clients


async def test_wechatpy_drives_the_official_account(town: Town) -> None:
    class Client(WeChatClient):  # type: ignore[misc]  # untyped
        API_BASE_URL = f"{town.url}/wechat/cgi-bin/"

        def fetch_access_token(self) -> Any:  # the one address that the library has written out
            return self._fetch_access_token(url=f"{self.API_BASE_URL}token", params=OA)

    def drive() -> None:
        client = Client(town.oa.settings.app_id, town.oa.settings.secret, auto_retry=False)
        assert client.user.get(ONE)["subscribe"] == 1
        with pytest.raises(WeChatClientException) as refusal:
            client.message.send_text(ONE, "您好")
        assert refusal.value.errcode == 45015
        town.oa.act(ONE, {"do": "say", "words": "签到"}, town.stage.clock.start)
        assert client.message.send_text(ONE, "您好")["errcode"] == 0
        sent = client.message.send_template(ONE, "T1", {"thing1": {"value": "党日"}})
        assert sent["msgid"]
        client.menu.create({"button": [{"type": "click", "name": "签到", "key": "签到"}]})
        assert client.menu.get()["menu"]["button"][0]["name"] == "签到"
        assert client.qrcode.create({"action_name": "QR_STR_SCENE", "action_info": SCENE})["ticket"]

    town.stage.clock.start -= 1  # what was said must not lie in the future
    await asyncio.to_thread(drive)
    assert [line["words"] for line in lines(town.stage, "shown")] == ["您好", "党日"]


OA = {"grant_type": "client_credential", "appid": Settings().app_id, "secret": Settings().secret}
CORP = {"corpid": App().corp_id, "corpsecret": App().secret}
SCENE = {"scene": {"scene_str": "join-1"}}


async def test_wechatpy_drives_wecom(town: Town) -> None:
    class Client(WorkClient):  # type: ignore[misc]  # untyped
        API_BASE_URL = f"{town.url}/wecom/cgi-bin/"

        def fetch_access_token(self) -> Any:
            return self._fetch_access_token(url=f"{self.API_BASE_URL}gettoken", params=CORP)

    def drive() -> None:
        client = Client(town.app.settings.corp_id, town.app.settings.secret)
        agent = town.app.settings.agent_id
        sent = client.message.send_text(agent, [userid(0), "nobody"], "您好")
        assert (sent["errcode"], sent["invaliduser"]) == (0, "nobody")
        with pytest.raises(WeChatClientException) as refusal:
            client.message.send_text(agent, "nobody", "您好")
        assert refusal.value.errcode == 81013
        assert client.user.get(userid(0))["userid"] == userid(0)

    await asyncio.to_thread(drive)
    assert [line["user"] for line in lines(town.stage, "shown")] == [userid(0)]


async def test_python_telegram_bot_drives_it_in_process(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "1")
    transport = httpx.ASGITransport(app=Application(town.stage))
    requests = [HTTPXRequest(httpx_kwargs={"transport": transport}) for _ in range(2)]
    token, base = town.bot.settings.token, "http://sandbox/telegram/bot"
    one = telegram_id(0)
    async with telegram.Bot(
        token, base_url=base, request=requests[0], get_updates_request=requests[1]
    ) as bot:
        button = telegram.InlineKeyboardButton("签到", callback_data="say:签到")
        markup = telegram.InlineKeyboardMarkup([[button]])
        message = await bot.send_message(one, "您好", reply_markup=markup)
        town.stage.act("telegram", str(one), {"do": "tap", "key": "say:签到"})
        [update] = await bot.get_updates(timeout=5)
        assert update.callback_query is not None
        assert update.callback_query.data == "say:签到"
        assert await bot.answer_callback_query(update.callback_query.id)
        with pytest.raises(BadRequest, match="too old"):
            await bot.answer_callback_query(update.callback_query.id)
        await bot.edit_message_text("已签到", chat_id=one, message_id=message.message_id)
        with pytest.raises(BadRequest, match="not modified"):
            await bot.edit_message_text("已签到", chat_id=one, message_id=message.message_id)
        assert (await bot.send_photo(one, b"\x89PNG", caption="码")).caption == "码"
        quiz = await bot.send_poll(
            one, "几月？", ["六", "七"], type="quiz", correct_option_ids=[1], is_anonymous=False
        )
        assert quiz.poll is not None
        assert (await bot.get_chat(one)).type == "private"
        await bot.send_message(one, "四条")
        with pytest.raises(RetryAfter):
            await bot.send_message(one, "五条")
        town.stage.act("telegram", str(one), {"do": "block"})
        with pytest.raises(Forbidden, match="blocked by the user"):
            await bot.send_message(one, "您好")


async def test_aiogram_drives_it_over_a_socket(town: Town) -> None:
    server = TelegramAPIServer.from_base(f"{town.url}/telegram")
    bot = Bot(town.bot.settings.token, session=AiohttpSession(api=server))
    one = telegram_id(0)
    try:
        assert (await bot.get_me()).is_bot
        assert (await bot.send_message(one, "您好")).text == "您好"
        asking = asyncio.ensure_future(bot.get_updates(timeout=20))
        await asyncio.wait([asking], timeout=0.2)
        assert not asking.done(), "a poller is held until there is news"
        town.stage.act("telegram", str(one), {"do": "say", "words": "签到"})
        [update] = await asyncio.wait_for(asking, 10)
        assert update.message is not None
        assert update.message.text == "签到"
        assert await bot.set_my_commands([{"command": "start", "description": "开始"}])  # type: ignore[list-item]
        for _ in range(3):
            await bot.send_message(one, "快")
        with pytest.raises(TelegramRetryAfter):
            await bot.send_message(one, "快")
        town.stage.act("telegram", str(one), {"do": "block"})
        with pytest.raises(TelegramForbiddenError, match="bot was blocked by the user"):
            await bot.send_message(one, "您好")
    finally:
        await bot.session.close()


# receivers


class InThread(httpx.AsyncBaseTransport):
    """A WSGI application, which waits where it likes."""

    def __init__(self, app: Any) -> None:
        self._transport = httpx.WSGITransport(app=app)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        body = await request.aread()
        plain = httpx.Request(request.method, request.url, headers=request.headers, content=body)
        response = await asyncio.to_thread(self._transport.handle_request, plain)
        return httpx.Response(response.status_code, content=response.read())


@pytest.mark.parametrize("mode", ["plain", "safe"])
async def test_werobot_accepts_what_is_pushed(mode: str) -> None:
    account = Settings(mode=mode, webhook="http://robot/")
    robot = WeRoBot(token=account.token)
    robot.config["SESSION_STORAGE"] = False
    robot.config["APP_ID"], robot.config["ENCODING_AES_KEY"] = account.app_id, account.aes_key
    robot.handler(lambda message: f"heard: {getattr(message, 'content', message.type)}")
    oa = WeChat(account)
    settle([oa], 1)
    stage = stage_of(oa, to=InThread(robot.wsgi))
    await everything_is_heard(stage, oa)


async def everything_is_heard(stage: Stage, oa: WeChat) -> None:
    call, echo = oa.visits.verification(stage.clock.now())
    verified = await stage.client.get(call.path, params=call.query)
    assert verified.text == echo
    for deed in ({"do": "say", "words": "签到 4826"}, {"do": "menu", "key": "签到"}):
        stage.act("wechat", ONE, deed)
    stage.act("wechat", ONE, {"do": "scan", "scene": "join-1"})
    await stage.settle()
    words = [line["words"] for line in lines(stage, "shown")]
    assert "heard: 签到 4826" in words
    assert len(words) == 3
    assert text.WECHAT_OUTAGE not in words
    assert {line["attempt"] for line in lines(stage, "visit")} == {1}


PACKAGES = ("wechat@2.1.0", "co-wechat@2.4.0", "co-wechat-api@3.11.0")
Task = Callable[..., dict[str, Any]]


@dataclass
class Node:
    port: int
    ask: Task


@pytest.fixture(scope="module")
def node() -> Iterator[Node]:
    program, modules = node_with(PACKAGES)
    account = Settings()
    about = {"appId": account.app_id, "secret": account.secret}
    about |= {"token": account.token, "aesKey": account.aes_key}
    script = Path(__file__).with_name("others.js")
    with subprocess.Popen(
        [program, str(script), orjson.dumps(about).decode()],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, env={"NODE_PATH": str(modules)},
    ) as process:  # fmt: skip
        assert process.stdin is not None
        assert process.stdout is not None
        pipe_in, pipe_out = process.stdin, process.stdout

        def ask(method: str, base: str, *arguments: object) -> dict[str, Any]:
            pipe_in.write(orjson.dumps({"method": method, "base": base, "arguments": arguments}))
            pipe_in.write(b"\n")
            pipe_in.flush()
            found: dict[str, Any] = orjson.loads(pipe_out.readline())
            return found

        yield Node(int(pipe_out.readline()), ask)
        pipe_in.close()


@pytest.mark.parametrize(
    "path", ["wechat/safe", "wechat/plain", "co-wechat/safe", "co-wechat/plain"]
)
async def test_receivers_of_npm_accept_what_is_pushed(node: Node, path: str) -> None:
    mode = path.partition("/")[2]
    oa = WeChat(Settings(mode=mode, webhook=f"http://127.0.0.1:{node.port}/{path}"))
    settle([oa], 1)
    stage = stage_of(oa, to=httpx.AsyncHTTPTransport())
    await everything_is_heard(stage, oa)
    await stage.close()


async def test_co_wechat_api_drives_the_official_account(node: Node, town: Town) -> None:
    base = f"{town.url}/wechat"

    async def ask(method: str, *arguments: object) -> dict[str, Any]:
        return await asyncio.to_thread(node.ask, method, base, *arguments)

    assert (await ask("sendText", ONE, "您好"))["code"] == 45015
    town.stage.act("wechat", ONE, {"do": "say", "words": "签到"})
    assert (await ask("sendText", ONE, "您好"))["answer"]["errcode"] == 0
    assert (await ask("getFollowers"))["answer"]["total"] == 3
    menu = {"button": [{"type": "click", "name": "签到", "key": "签到"}]}
    assert (await ask("createMenu", menu))["answer"]["errcode"] == 0
    assert (await ask("createTmpQRCode", 7, 60))["answer"]["ticket"]
    template = await ask("sendTemplate", ONE, "T1", "", "", {"thing1": {"value": "党日"}})
    assert template["answer"]["msgid"]
