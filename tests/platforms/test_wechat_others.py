"""Messages exchanged, both ways, with the npm packages that other people's bots use."""

import os
import random
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import orjson
import pytest

from bot.messages import Reply
from bot.platforms.tencent.envelope import Envelope
from bot.platforms.tencent.receive import Door
from bot.platforms.tencent.xml import read
from bot.webhooks import Request
from tests.npm import node_with
from tests.platforms import payloads
from tests.platforms.doors import NOW, Listener, wechat_door, wecom_door

PACKAGES = ("wechat-crypto@0.0.2", "@wecom/crypto@1.0.1")
SCRIPT = Path(__file__).with_name("others.js")

TIMESTAMP, NONCE = str(int(NOW.timestamp())), "263014780"

Doors = Callable[[Listener], Door]
Exchange = Callable[[str, Sequence[dict[str, str]]], list[dict[str, str]]]

ACCOUNTS: list[Any] = [
    pytest.param("wechat-crypto", payloads.WECHAT, payloads.APP_ID, wechat_door, id="wechat"),
    pytest.param("@wecom/crypto", payloads.WECOM, payloads.CORP_ID, wecom_door, id="wecom"),
]


@pytest.fixture(scope="module")
def node() -> tuple[str, Path]:
    return node_with(PACKAGES)


@pytest.fixture
def exchange(node: tuple[str, Path]) -> Exchange:
    program, modules = node

    def run(library: str, tasks: Sequence[dict[str, str]]) -> list[dict[str, str]]:
        common = {"library": library, "token": payloads.TOKEN, "key": payloads.AES_KEY}
        common |= {"timestamp": TIMESTAMP, "nonce": NONCE}
        done = subprocess.run(
            [program, str(SCRIPT)],
            input=b"\n".join(orjson.dumps({**common, **task}) for task in tasks),
            env={**os.environ, "NODE_PATH": str(modules)},
            capture_output=True,
            check=True,
            timeout=60,
        )
        return [orjson.loads(line) for line in done.stdout.splitlines()]

    return run


def sentences() -> list[str]:
    """Every length of the last block, in scripts of one to four bytes a character."""
    chance = random.Random(7)
    alphabet = "签到 4826。ab\n<>&é𠮷"
    return ["", *("".join(chance.choices(alphabet, k=length)) for length in range(1, 200))]


@pytest.mark.parametrize(("library", "envelope", "account", "door"), ACCOUNTS)
def test_they_open_what_we_sealed(
    exchange: Exchange, library: str, envelope: Envelope, account: str, door: Doors
) -> None:
    tasks = [
        {"id": account, "sealed": envelope.encrypt(words.encode(), os.urandom(16))}
        for words in sentences()
    ]
    opened = exchange(library, tasks)

    assert [each["message"] for each in opened] == sentences()
    assert {each["id"] for each in opened} == {account}


@pytest.mark.parametrize(("library", "envelope", "account", "door"), ACCOUNTS)
def test_we_open_what_they_sealed(
    exchange: Exchange, library: str, envelope: Envelope, account: str, door: Doors
) -> None:
    sealed = exchange(library, [{"id": account, "words": words} for words in sentences()])
    opened = [
        envelope.open(
            each["sealed"], signed=each["signature"], timestamp=TIMESTAMP, nonce=NONCE
        ).decode()
        for each in sealed
    ]
    assert opened == sentences()


@pytest.mark.parametrize(("library", "envelope", "account", "door"), ACCOUNTS)
async def test_a_visit_of_theirs(
    exchange: Exchange, library: str, envelope: Envelope, account: str, door: Doors
) -> None:
    words = payloads.text("签到 4826", user="o1", at=NOW)
    [sealed] = exchange(library, [{"id": account, "words": words}])
    query = {"timestamp": TIMESTAMP, "nonce": NONCE, "msg_signature": sealed["signature"]}
    body = f"<xml><Encrypt><![CDATA[{sealed['sealed']}]]></Encrypt></xml>".encode()
    listener = Listener(reply=Reply(text="已签到：主题党日，08:26。"))
    response = await door(listener)(Request("POST", "/", query, {}, body))
    answer = read(response.body)
    [opened] = exchange(library, [{"id": account, "sealed": answer["Encrypt"]}])

    assert [each.text for each in listener.asked] == ["签到 4826"]
    assert opened["signature"] == answer["MsgSignature"]
    assert read(opened["message"].encode())["Content"] == "已签到：主题党日，08:26。"
