"""Synthetic members, the same at every run: nobody's name is anywhere in them."""

from collections.abc import Iterable

from sandbox import ids
from sandbox.telegram import Telegram
from sandbox.values import StandIn
from sandbox.wechat import WeChat
from sandbox.wecom import WeCom


def name_on(platform: str, number: int) -> str:
    """What the platform calls the `number`-th member."""
    match platform:
        case "wechat":
            return ids.openid(number)
        case "wecom":
            return ids.userid(number)
        case "telegram":
            return str(ids.telegram_id(number))
        case _:
            raise ValueError(f"no such platform: {platform}")


def settle(stands: Iterable[StandIn], count: int) -> None:
    """Everybody follows, works there and has pressed Start, without anybody being told."""
    for stand in stands:
        for number in range(count):
            arrive(stand, name_on(stand.name, number))


def arrive(stand: StandIn, user: str) -> None:
    match stand:
        case WeChat():
            stand.followers.meet(user).following = True
        case WeCom():
            stand.staff.hire(user)
        case Telegram():
            stand.chats.meet(int(user)).started = True
        case _:
            raise ValueError(f"nobody can live on {stand.name}")
