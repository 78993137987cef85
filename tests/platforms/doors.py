"""The doors of WeChat and WeCom, with somebody behind them who answers."""

from dataclasses import dataclass, field
from datetime import datetime

from pydantic import SecretStr

from bot.clock import HOME
from bot.messages import Incoming, Reply
from bot.platforms.tencent.receive import Door
from bot.platforms.wechat import receive as wechat
from bot.platforms.wechat.settings import Settings as WeChatSettings
from bot.platforms.wecom import receive as wecom
from bot.platforms.wecom.settings import Settings as WeComSettings
from tests.platforms import payloads

NOW = datetime(2026, 11, 27, 8, 26, 30, tzinfo=HOME)


@dataclass
class Listener:
    """Remembers what it was asked, and answers the same to everything."""

    reply: Reply | None = field(default_factory=lambda: Reply(text="已签到。"))
    failure: Exception | None = None
    asked: list[Incoming] = field(default_factory=list)

    async def __call__(self, incoming: Incoming) -> Reply | None:
        self.asked.append(incoming)
        if self.failure is not None:
            raise self.failure
        return self.reply


def wechat_settings(**changed: object) -> WeChatSettings:
    values: dict[str, object] = {
        "app_id": payloads.APP_ID,
        "app_secret": SecretStr("s3cret"),
        "token": SecretStr(payloads.TOKEN),
        "aes_key": SecretStr(payloads.AES_KEY),
        **changed,
    }
    return WeChatSettings.model_validate(values)


def wechat_door(listener: Listener, *, mode: str = "safe", now: datetime = NOW) -> Door:
    return wechat.door(wechat_settings(mode=mode), listener, lambda: now)


def wecom_settings(**changed: object) -> WeComSettings:
    values: dict[str, object] = {
        "corp_id": payloads.CORP_ID,
        "agent_id": 1000005,
        "secret": SecretStr("s3cret"),
        "token": SecretStr(payloads.TOKEN),
        "aes_key": SecretStr(payloads.AES_KEY),
        **changed,
    }
    return WeComSettings.model_validate(values)


def wecom_door(listener: Listener, *, now: datetime = NOW) -> Door:
    return wecom.door(wecom_settings(), listener, lambda: now)
