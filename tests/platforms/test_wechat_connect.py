"""Connecting WeChat and WeCom: nothing, half, and all of it configured."""

import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from bot.platforms import Incomplete, Platform, wechat, wecom
from tests.platforms import payloads
from tests.platforms.doors import Listener

NEEDED = {
    wechat: {
        "ZHIBU_WECHAT_APP_ID": payloads.APP_ID,
        "ZHIBU_WECHAT_APP_SECRET": "s3cret",
        "ZHIBU_WECHAT_TOKEN": payloads.TOKEN,
        "ZHIBU_WECHAT_AES_KEY": payloads.AES_KEY,
    },
    wecom: {
        "ZHIBU_WECOM_CORP_ID": payloads.CORP_ID,
        "ZHIBU_WECOM_AGENT_ID": "1000005",
        "ZHIBU_WECOM_SECRET": "s3cret",
        "ZHIBU_WECOM_TOKEN": payloads.TOKEN,
        "ZHIBU_WECOM_AES_KEY": payloads.AES_KEY,
    },
}


@pytest.fixture(params=[wechat, wecom], ids=["wechat", "wecom"])
def module(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> ModuleType:
    monkeypatch.chdir(tmp_path)  # away from anybody's .env
    for names in NEEDED.values():
        for name in names:
            monkeypatch.delenv(name, raising=False)
    found: ModuleType = request.param
    return found


def test_nothing_is_configured(module: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    assert module.connect(Listener()) is None
    for name in NEEDED[module]:
        monkeypatch.setenv(name, "")
    assert module.connect(Listener()) is None


async def test_all_is_configured(module: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in NEEDED[module].items():
        monkeypatch.setenv(name, value)
    platform: Platform = module.connect(Listener())

    assert list(platform.webhooks()) == [f"/webhooks/{platform.name}"]
    assert platform.name == module.__name__.rpartition(".")[2]
    await platform.listen()
    await platform.close()


def test_something_is_missing(module: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    first, *others = NEEDED[module].items()
    monkeypatch.setenv(*first)
    with pytest.raises(Incomplete) as incomplete:
        module.connect(Listener())

    assert incomplete.value.missing == tuple(name for name, _ in others)


def test_a_key_that_cannot_be_one(module: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in NEEDED[module].items():
        monkeypatch.setenv(name, value[:20] if name.endswith("AES_KEY") else value)
    with pytest.raises(ValueError, match="EncodingAESKey has 43") as failed:
        module.connect(Listener())

    assert payloads.AES_KEY[:20] not in str(failed.value)


def test_the_plain_mode_needs_no_key(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    for name, value in NEEDED[wechat].items():
        monkeypatch.setenv(name, "" if name.endswith("AES_KEY") else value)
    with pytest.raises(Incomplete):
        wechat.connect(Listener())
    monkeypatch.setenv("ZHIBU_WECHAT_MODE", "plain")

    assert wechat.connect(Listener()) is not None


def test_a_platform_that_is_not_configured_costs_nothing(tmp_path: Path) -> None:
    program = (
        "import sys\n"
        "from bot.platforms import wechat, wecom\n"
        "assert wechat.connect(None) is wecom.connect(None) is None\n"
        "heavy = {'wechatpy', 'httpx', 'cryptography', 'requests'} & set(sys.modules)\n"
        "assert not heavy, heavy\n"
    )
    root = str(Path(__file__).parents[2])
    subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        env={"PYTHONPATH": root},
        check=True,
    )
