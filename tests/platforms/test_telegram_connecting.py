"""From the environment to a bot that answers and sends."""

import asyncio

import orjson
import pytest
from pydantic import ValidationError

from bot.messages import Address, Incoming, Reply, SendFailed
from bot.platforms import Incomplete
from bot.platforms.telegram import connect
from bot.webhooks import Request
from tests.platforms.stand_in import Answer, Call, Fault, standing_in
from tests.platforms.telegram_pushes import SECRET, pressed, said

TOKEN = "4711:canary"


async def echo(incoming: Incoming) -> Reply:
    return Reply(text=incoming.text or incoming.tap)


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch, tmp_path: object) -> pytest.MonkeyPatch:
    monkeypatch.chdir(str(tmp_path))  # where no .env of a developer's is
    for name in ("TOKEN", "SECRET", "MODE", "API_BASE"):
        monkeypatch.delenv(f"ZHIBU_TELEGRAM_{name}", raising=False)
    return monkeypatch


@pytest.mark.parametrize("also", [{}, {"MODE": "polling"}, {"TOKEN": "", "SECRET": " "}])
def test_what_is_not_configured_is_not_there(
    environment: pytest.MonkeyPatch, also: dict[str, str]
) -> None:
    for name, value in also.items():
        environment.setenv(f"ZHIBU_TELEGRAM_{name}", value)

    assert connect(echo) is None


@pytest.mark.parametrize(
    ("given", "missing"),
    [
        ({"TOKEN": TOKEN}, "ZHIBU_TELEGRAM_SECRET"),
        ({"SECRET": SECRET}, "ZHIBU_TELEGRAM_TOKEN"),
        ({"SECRET": SECRET, "MODE": "polling"}, "ZHIBU_TELEGRAM_TOKEN"),
    ],
)
def test_what_is_missing_is_named(
    environment: pytest.MonkeyPatch, given: dict[str, str], missing: str
) -> None:
    for name, value in given.items():
        environment.setenv(f"ZHIBU_TELEGRAM_{name}", value)

    with pytest.raises(Incomplete) as incomplete:
        connect(echo)
    assert incomplete.value.missing == (missing,)


@pytest.mark.parametrize("secret", ["with space", "x" * 257, "支部", "a:b"])
def test_a_secret_that_telegram_would_not_take_is_refused_and_not_shown(
    environment: pytest.MonkeyPatch, secret: str
) -> None:
    environment.setenv("ZHIBU_TELEGRAM_TOKEN", TOKEN)
    environment.setenv("ZHIBU_TELEGRAM_SECRET", secret)

    with pytest.raises(ValidationError, match="A-Za-z0-9_-") as refused:
        connect(echo)
    assert secret not in str(refused.value)


async def test_a_file_configures_it_too(environment: pytest.MonkeyPatch, tmp_path: object) -> None:
    lines = [f"ZHIBU_TELEGRAM_TOKEN={TOKEN}", f"ZHIBU_TELEGRAM_SECRET={SECRET}", "ELSE=1"]
    with open(f"{tmp_path}/.env", "w") as env:  # noqa: ASYNC230, PTH123
        env.write("\n".join(lines))

    bot = connect(echo)

    assert bot is not None
    assert list(bot.webhooks()) == ["/webhooks/telegram"]
    await bot.close()


async def test_by_webhook_it_hears_and_speaks(environment: pytest.MonkeyPatch) -> None:
    async with standing_in(lambda _: {"ok": True, "result": True}) as there:
        environment.setenv("ZHIBU_TELEGRAM_TOKEN", TOKEN)
        environment.setenv("ZHIBU_TELEGRAM_SECRET", SECRET)
        environment.setenv("ZHIBU_TELEGRAM_API_BASE", there.url + "/")
        bot = connect(echo)
        assert bot is not None
        hear = bot.webhooks()["/webhooks/telegram"]
        signed = {"x-telegram-bot-api-secret-token": SECRET}

        response = await hear(
            Request("POST", "/webhooks/telegram", {}, signed, orjson.dumps(pressed("in:1")))
        )
        async with asyncio.timeout(5):
            await there.called.wait()
        await bot.send(Address("telegram", "7"), Reply(text="提醒"), key="1")
        await bot.listen()
        await bot.close()

    assert orjson.loads(response.body)["text"] == "in:1"
    assert [call.path for call in there.calls] == [
        f"/bot{TOKEN}/answerCallbackQuery",
        f"/bot{TOKEN}/sendMessage",
    ]


async def test_by_polling_it_hears_without_a_webhook(environment: pytest.MonkeyPatch) -> None:
    updates = [said("签到")]

    def answer(call: Call) -> Answer:
        if call.path.endswith("/getUpdates"):
            return {"ok": True, "result": [updates.pop()]} if updates else Fault.HANG
        return {"ok": True, "result": True}

    async with standing_in(answer) as there:
        environment.setenv("ZHIBU_TELEGRAM_TOKEN", TOKEN)
        environment.setenv("ZHIBU_TELEGRAM_MODE", "polling")
        environment.setenv("ZHIBU_TELEGRAM_API_BASE", there.url)
        bot = connect(echo)
        assert bot is not None
        assert not bot.webhooks()
        listening = asyncio.create_task(bot.listen())
        async with asyncio.timeout(5):
            while len(there.calls) < 3:
                there.called.clear()
                await there.called.wait()
        listening.cancel()
        await asyncio.gather(listening, return_exceptions=True)
        await bot.close()

    assert listening.cancelled()
    asked, answered, asked_again = there.calls
    assert answered.json["text"] == "签到"
    assert asked.path == asked_again.path
    assert asked_again.form["offset"] == "11"


async def test_half_of_a_long_message_is_neither_sent_nor_not_sent(
    environment: pytest.MonkeyPatch,
) -> None:
    def answer(call: Call) -> Answer:
        if len(there.calls) == 1:
            return {"ok": True, "result": True}
        return {"ok": False, "error_code": 500, "description": "Internal Server Error"}

    async with standing_in(answer) as there:
        environment.setenv("ZHIBU_TELEGRAM_TOKEN", TOKEN)
        environment.setenv("ZHIBU_TELEGRAM_MODE", "polling")
        environment.setenv("ZHIBU_TELEGRAM_API_BASE", there.url)
        bot = connect(echo)
        assert bot is not None
        with pytest.raises(SendFailed) as failed:
            await bot.send(Address("telegram", "7"), Reply(text="一句话。" * 2000), key="1")
        await bot.close()

    assert failed.value.uncertain


async def test_an_address_of_another_kind_is_no_address(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("ZHIBU_TELEGRAM_TOKEN", TOKEN)
    environment.setenv("ZHIBU_TELEGRAM_MODE", "polling")
    bot = connect(echo)
    assert bot is not None

    with pytest.raises(SendFailed) as failed:
        await bot.send(
            Address("telegram", "o6_bmjrPTlm6_2sgVt7hMZOPfL2M"), Reply(text="x"), key="1"
        )
    await bot.close()

    assert failed.value.permanent
